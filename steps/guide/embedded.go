package guide

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// DirectoryName is the IdP directory name of the guide, "Directory Configuration".
const DirectoryName = "DUO Integration"

// otherDirectory stands beside the guide's: what one of them holds the other does not show.
const otherDirectory = "Other Integration"

// openEmbedded starts a Secure Access with the directory of the guide, in the place of
// the one before. A second directory with a token of its own stands beside it.
func (w *World) openEmbedded(config secureaccess.Config) error {
	if config.Now == nil {
		config.Now = w.Clock
	}
	server, err := secureaccess.New(config)
	if err != nil {
		return err
	}
	directory, token, err := integrated(server, DirectoryName, secureaccess.Duo)
	if err != nil {
		return err
	}
	_, second, err := integrated(server, otherDirectory, secureaccess.Okta)
	if err != nil {
		return err
	}
	handler := http.Handler(server)
	if w.options.Serve != nil {
		handler = w.options.Serve(server)
	}
	base, stop, err := serve(handler)
	if err != nil {
		return err
	}
	url := server.ProvisioningURL(base)
	w.ReplaceConnection(&judge.Connection{DuoURL: url, URL: url, Token: token, SecondToken: second, OnClose: []func(){stop}})
	w.dashboard, w.integrated = server, directory
	return nil
}

// integrated adds a directory and generates its token.
func integrated(server *secureaccess.Server, name string, from secureaccess.IdP) (*secureaccess.Directory, string, error) {
	directory, err := server.IntegrateDirectory(name, from)
	if err != nil {
		return nil, "", err
	}
	token, err := directory.GenerateToken()
	return directory, token, err
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
