package lab

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// newLab is a lab that is served at the address that it has for its own.
func newLab(t *testing.T, opt Options) (*Lab, *httptest.Server) {
	t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if opt.Access.Listen == "" {
		opt.Access.Listen = listener.Addr().String()
	}
	opt.Origin = "http://" + listener.Addr().String()
	l, err := New(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: l.Handler()}}
	server.Start()
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		server.Close()
	})
	return l, server
}
