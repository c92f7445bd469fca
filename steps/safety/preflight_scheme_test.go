package safety

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestPreflightSaysWhichOfHTTPAndHTTPSItIs(t *testing.T) {
	var asked atomic.Int64
	serve := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusNotFound)
	})
	plain, secured := httptest.NewServer(serve), httptest.NewTLSServer(serve)
	t.Cleanup(plain.Close)
	t.Cleanup(secured.Close)
	for name, test := range map[string]struct{ base, want string }{
		"http to a port with TLS": {strings.Replace(secured.URL, "https:", "http:", 1), "speaks TLS, and the URL says http: the base URL seems to be " + secured.URL},
		"https to a port without": {strings.Replace(plain.URL, "http:", "https:", 1), "speaks plain HTTP, and the URL says https: the base URL seems to be " + plain.URL},
		"http to a port without":  {plain.URL, "nothing at " + plain.URL + " answers like a SCIM service"},
	} {
		t.Run(name, func(t *testing.T) {
			asked.Store(0)
			transport := &http.Transport{}
			t.Cleanup(transport.CloseIdleConnections)
			client := &wire.Client{BaseURL: test.base, Token: "t", HTTP: &http.Client{Transport: transport}}
			wantPreflight(t, Preflight(t.Context(), client), true, test.want)
			if n := asked.Load(); n > maxPreflight {
				t.Errorf("it took %d requests, want %d at most", n, maxPreflight)
			}
		})
	}
}
