package wire

import (
	"context"
	"net/http"
)

type newConnectionKey struct{}

// OnNewConnection marks the requests of a context: a Connections transport sends them on
// connections that were not used before.
func OnNewConnection(ctx context.Context) context.Context {
	return context.WithValue(ctx, newConnectionKey{}, true)
}

// Connections is a transport that keeps connections for the next request, but for
// requests that are marked by OnNewConnection.
type Connections struct {
	kept, fresh *http.Transport
}

// NewConnections takes the transport that keeps connections.
func NewConnections(kept *http.Transport) *Connections {
	fresh := kept.Clone()
	fresh.DisableKeepAlives = true
	return &Connections{kept, fresh}
}

// RoundTrip sends the request.
func (c *Connections) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Context().Value(newConnectionKey{}) != nil {
		return c.fresh.RoundTrip(r)
	}
	return c.kept.RoundTrip(r)
}
