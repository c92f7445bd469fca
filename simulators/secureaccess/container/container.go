// Package container runs the Cisco Secure Access simulator in a container, for
// the tests of SCIM clients that are to meet it as they would a service:
//
//	sse, err := container.Run(ctx)
//	testcontainers.CleanupContainer(t, sse)
//
// A test then says who is there (Seed), what goes wrong (Fault), and asks what its client has
// sent (WaitForRequest).
//
// It is for tests: what it imports is not part of the simulate-duo program.
package container

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/netip"

	mobycontainer "github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/network"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// Image is what Run starts unless testcontainers.WithImage names another: what
// "make image" builds.
const Image = "simulate-duo"

const port = "8443/tcp"

// Container is a Secure Access with one integrated directory that has no users.
type Container struct {
	testcontainers.Container

	BaseURL string   // of the SCIM service, on the loopback interface
	Token   string   // the bearer token that it accepts
	Faults  []string // the requirements that it violates from the beginning; see WithFaults

	APIURL   string // of the API for tests in any language, see /openapi.yaml below it
	Password string // of the API, with any user name
}

// Run starts the simulator and returns when it answers. Beside an error there may
// be a container all the same: testcontainers.CleanupContainer and
// TerminateContainer take either.
func Run(ctx context.Context, opts ...testcontainers.ContainerCustomizer) (*Container, error) {
	token, password := rand.Text(), rand.Text()
	own := []testcontainers.ContainerCustomizer{
		testcontainers.WithCmd("secure-access", "--api"),
		testcontainers.WithEnv(map[string]string{"SCIM_TOKEN": token, "SIMULATE_DUO_PASSWORD": password}),
		testcontainers.WithExposedPorts(port),
		testcontainers.WithHostConfigModifier(confine),
		testcontainers.WithWaitStrategy(wait.ForHTTP(secureaccess.ProvisioningPath + "/ServiceProviderConfig").
			WithPort(port).WithStatusCodeMatcher(func(status int) bool { return status == http.StatusOK })),
	}
	running, err := testcontainers.Run(ctx, Image, append(own, opts...)...)
	if running == nil {
		return nil, fmt.Errorf("start the Secure Access simulator: %w", err)
	}
	c := &Container{Container: running, Token: token, Password: password}
	for _, o := range opts {
		if f, ok := o.(faults); ok {
			c.Faults = append(c.Faults, f...)
		}
	}
	if err != nil {
		return c, fmt.Errorf("start the Secure Access simulator: %w", err)
	}
	origin, err := running.PortEndpoint(ctx, port, "http")
	c.BaseURL, c.APIURL = origin+secureaccess.ProvisioningPath, origin+"/api"
	return c, err
}

// confine publishes the port on the loopback interface only, and takes away what
// the simulator does not need.
func confine(h *mobycontainer.HostConfig) {
	h.PortBindings = network.PortMap{network.MustParsePort(port): {{HostIP: netip.MustParseAddr("127.0.0.1")}}}
	h.ReadonlyRootfs = true
	h.CapDrop = []string{"ALL"}
}

// faults are requirements to violate.
type faults []string

// WithFaults makes the simulator violate requirements, to see how a client takes
// it: by an id, such as RFC7644-3.3-05, or by an id and the name of one of its
// faults, "RFC7644-3.3-05/no Location".
func WithFaults(requirements ...string) testcontainers.ContainerCustomizer {
	return faults(requirements)
}

// Customize implements testcontainers.ContainerCustomizer.
func (f faults) Customize(request *testcontainers.GenericContainerRequest) error {
	for _, requirement := range f {
		request.Cmd = append(request.Cmd, "--fault", requirement)
	}
	return nil
}
