package steps

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// Target is what the scenarios are run against: the embedded Secure Access
// simulator, a new one for each scenario, or a SCIM service at a URL.
type Target struct {
	Name        string
	URL         string // the base URL; empty for the embedded simulator
	Token       string
	SecondToken string // of a second client or tenant; "" if there is none
}

// Embedded is the Secure Access simulator inside this process.
func Embedded() Target { return Target{Name: "Cisco Secure Access (embedded simulator)"} }

// IsEmbedded says whether the target is the simulator inside this process.
func (t Target) IsEmbedded() bool { return t.URL == "" }

// connection is a target as one scenario sees it.
type connection struct {
	baseURL     string // where Duo is sent
	token       string
	secondToken string
	behind      string        // where the judge looks when Duo is sent to a server in between; else baseURL
	timeout     time.Duration // of one request of Duo's; 0 is the run's
	dashboard   *secureaccess.Server
	directory   *secureaccess.Directory
	close       []func()
}

func (c *connection) Close() {
	for _, stop := range slices.Backward(c.close) {
		stop()
	}
	c.close = nil
}

// DirectoryName is the IdP directory name of the guide, "Directory Configuration".
const DirectoryName = "DUO Integration"

// openEmbedded starts a Secure Access of its own with the directory of the guide.
// A second directory with a token of its own stands beside it. wrap, if not nil,
// is put before the whole.
func openEmbedded(config secureaccess.Config, wrap func(http.Handler) http.Handler) (*connection, error) {
	server, err := secureaccess.New(config)
	if err != nil {
		return nil, err
	}
	directory, err := server.IntegrateDirectory(DirectoryName, secureaccess.Duo)
	if err != nil {
		return nil, err
	}
	token, err := directory.GenerateToken()
	if err != nil {
		return nil, err
	}
	second, err := secondToken(server)
	if err != nil {
		return nil, err
	}
	handler := http.Handler(server)
	if wrap != nil {
		handler = wrap(handler)
	}
	base, stop, err := serve(handler)
	if err != nil {
		return nil, err
	}
	url := server.ProvisioningURL(base)
	return &connection{
		baseURL: url, behind: url, token: token, secondToken: second,
		dashboard: server, directory: directory, close: []func(){stop},
	}, nil
}

// otherDirectory stands beside the guide's: what one of them holds the other does not show.
const otherDirectory = "Other Integration"

func secondToken(server *secureaccess.Server) (string, error) {
	other, err := server.IntegrateDirectory(otherDirectory, secureaccess.Okta)
	if err != nil {
		return "", err
	}
	return other.GenerateToken()
}

// serve runs a handler on a free port of the loopback interface.
func serve(handler http.Handler) (base string, stop func(), err error) {
	var config net.ListenConfig
	listener, err := config.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("listen on the loopback interface: %w", err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	return "http://" + listener.Addr().String(), func() { _ = server.Close() }, nil
}
