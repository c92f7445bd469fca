package draft

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// connectsByTLS13 asks for what needs no token, so that nothing is at stake.
func (w *World) connectsByTLS13(ctx context.Context) error {
	config := &tls.Config{}
	if w.Run.TLS != nil {
		config = w.Run.TLS.Clone()
	}
	config.MinVersion = tls.VersionTLS13
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: config, DisableKeepAlives: true}
	client := &http.Client{Transport: transport, Timeout: w.Run.Patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(w.Conn.URL, "/")+"/ServiceProviderConfig", nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(request)
	if err == nil {
		err = answer.Body.Close()
	}
	w.tried, w.handshake = true, err
	if err != nil && !refusesVersion(err) {
		return fmt.Errorf("the connection could not be tried: %w", err)
	}
	return nil
}

// refusesVersion says whether the server ended the handshake because of the version: by an
// alert, or as one that answers with an older version than was offered.
func refusesVersion(err error) bool {
	var alert tls.AlertError
	return errors.As(err, &alert) || strings.Contains(err.Error(), "protocol version")
}

func (w *World) isConnected() error {
	if !w.tried {
		return errors.New("no connection was tried")
	}
	got := "a connection"
	if w.handshake != nil {
		got = w.handshake.Error()
	}
	return w.ExpectThat(w.handshake == nil, "TLS 1.3 at "+w.Run.Target.URL, "a connection", got)
}
