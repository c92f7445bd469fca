package steps

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/network"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"
	tclog "github.com/testcontainers/testcontainers-go/log"
	"github.com/testcontainers/testcontainers-go/wait"
)

// dockerOf is the Docker engine. Where there is none the test is skipped, or
// fails under REQUIRE_DOCKER=1.
func dockerOf(t *testing.T) *testcontainers.DockerProvider {
	t.Helper()
	var err error
	defer func() {
		if p := recover(); p != nil { // how testcontainers says that it finds no Docker
			err = fmt.Errorf("%v", p)
		}
		switch {
		case err == nil:
		case os.Getenv("REQUIRE_DOCKER") == "1":
			t.Fatalf("Docker does not answer, and REQUIRE_DOCKER=1 asks for it: %v", err)
		default:
			t.Skipf("Docker does not answer: %v", err)
		}
	}()
	provider, err := testcontainers.NewDockerProvider()
	if err != nil {
		return nil
	}
	t.Cleanup(func() { _ = provider.Close() })
	err = provider.Health(t.Context())
	return provider
}

// errNoRegistry says that an image is not here and cannot be had.
var errNoRegistry = errors.New("the image is not here, and no registry gives it")

// pulled makes sure that the image is there.
func pulled(ctx context.Context, docker client.APIClient, image string) error {
	if _, err := docker.ImageInspect(ctx, image); err == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	progress, err := docker.ImagePull(ctx, image, client.ImagePullOptions{})
	if err == nil {
		err = progress.Wait(ctx)
	}
	if err != nil {
		return fmt.Errorf("%w: %s: %w", errNoRegistry, image, err)
	}
	return nil
}

// errMissing says that a program that an image is built with is not here.
var errMissing = errors.New("a program is missing")

// prepared runs the command that makes what the Dockerfile copies. A shell's 127
// is its word for a command that it does not find.
func prepared(ctx context.Context, folder string, command []string) error {
	if len(command) == 0 {
		return nil
	}
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux")
	out, err := cmd.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); errors.Is(err, exec.ErrNotFound) || ok && exit.ExitCode() == 127 {
		err = errors.Join(errMissing, err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, lastLines(out))
	}
	return nil
}

// started is a container that answers.
type started struct {
	origin    string // http://127.0.0.1:PORT
	container testcontainers.Container
}

// start runs the target's container until the test ends. dir is the folder of its
// target file. An error carries the last lines of the container's log.
func start(ctx context.Context, t *testing.T, c *Container, dir string) (*started, error) {
	t.Helper()
	request := testcontainers.ContainerRequest{
		Image: c.Image, Env: c.Environment, Cmd: c.Command,
		Labels:             map[string]string{reapedLabel: session},
		ExposedPorts:       []string{fmt.Sprintf("%d/tcp", c.Port)},
		HostConfigModifier: func(h *container.HostConfig) { confine(h, c.Port) },
		WaitingFor: wait.ForHTTP(cmp.Or(c.Ready, c.BasePath, "/")).WithPort(fmt.Sprintf("%d/tcp", c.Port)).
			WithStatusCodeMatcher(func(status int) bool { return status < 500 }).
			WithStartupTimeout(cmp.Or(c.Startup, time.Minute)),
	}
	if c.Build != "" {
		request.FromDockerfile = testcontainers.FromDockerfile{
			Context: filepath.Join(dir, c.Build), Repo: "simulate-duo-target",
			BuildOptionsModifier: func(o *client.ImageBuildOptions) { o.Labels = map[string]string{reapedLabel: session} },
		}
	}
	running, err := testcontainers.GenericContainer(ctx, testcontainers.GenericContainerRequest{
		ContainerRequest: request, Started: true, Logger: tclog.TestLogger(t),
	})
	t.Cleanup(func() {
		// Many servers do not listen to SIGTERM as the first process of a container.
		if err := testcontainers.TerminateContainer(running, testcontainers.StopTimeout(time.Second)); err != nil {
			t.Errorf("the container is not removed: %v", err)
		}
	})
	switch {
	case err != nil && strings.Contains(err.Error(), "reaper"):
		if os.Getenv("REQUIRE_DOCKER") != "1" {
			t.Skipf("the image of testcontainers' reaper cannot be had: %v; set TESTCONTAINERS_RYUK_DISABLED=true", err)
		}
		return nil, fmt.Errorf("%w; set TESTCONTAINERS_RYUK_DISABLED=true, since these tests remove their containers themselves", err)
	case err != nil:
		return nil, fmt.Errorf("%w\n%s", err, lastLog(running))
	}
	origin, err := running.PortEndpoint(ctx, fmt.Sprintf("%d/tcp", c.Port), "http")
	return &started{origin, running}, err
}

// confine publishes the port on the loopback interface, where the engine finds a
// free one, and bounds what a container may take.
func confine(h *container.HostConfig, port int) {
	h.PortBindings = network.PortMap{
		network.MustParsePort(fmt.Sprintf("%d/tcp", port)): {{HostIP: netip.MustParseAddr("127.0.0.1")}},
	}
	h.LogConfig = container.LogConfig{Type: "json-file", Config: map[string]string{"max-size": "1m", "max-file": "1"}}
	h.Memory = 2 << 30
	pids := int64(2048)
	h.PidsLimit = &pids
}

func lastLog(c testcontainers.Container) string {
	if c == nil {
		return "there is no log"
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	log, err := c.Logs(ctx)
	if err != nil {
		return fmt.Sprintf("its log cannot be read: %v", err)
	}
	defer log.Close()
	said, _ := io.ReadAll(io.LimitReader(log, 4<<20))
	return "its log ends:\n" + lastLines(said)
}

// lastLines are the last twenty lines, each no longer than a screen is wide.
func lastLines(text []byte) string {
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	var b strings.Builder
	for _, line := range lines[max(0, len(lines)-20):] {
		fmt.Fprintf(&b, "    %.200s\n", line)
	}
	return b.String()
}
