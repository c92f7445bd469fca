package lab

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// organization is the name of the simulated Secure Access's organization.
const organization = "simulate-duo"

// side is what Duo provisions into: a simulated Secure Access, or an endpoint at a URL.
type side struct {
	server *secureaccess.Server // nil with a URL
	url    string               // the base URL

	mu      *sync.RWMutex
	handler http.Handler      // what answers in the place of server, nil for itself
	broken  http.RoundTripper // a wire that fails on purpose, nil for none
	plain   http.RoundTripper
	own     *sync.Map // addresses from which the lab itself asks
}

// newSide sets the other side up.
func newSide(l *Lab) (side, error) {
	s := side{url: strings.TrimRight(l.opt.Target, "/"), mu: &sync.RWMutex{}, own: &sync.Map{}}
	s.plain = s.noted(nil)
	if c := l.opt.Credentials; c != nil {
		s.plain = c.Transport(s.url, s.noted)
	}
	if s.url != "" {
		_, err := wire.CheckBaseURL(s.url)
		return s, err
	}
	var err error
	if s.server = l.opt.SecureAccess; s.server == nil {
		s.server, err = secureaccess.New(secureaccess.Config{Organization: organization, Now: l.Now})
	}
	if err == nil {
		s.url = s.server.ProvisioningURL(l.opt.Origin)
	}
	return s, err
}

// noted is a transport that notes the addresses of its connections, so that requests of
// others can be told from those of the simulated Duo.
func (s *side) noted(config *tls.Config) http.RoundTripper {
	t := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // the standard library says so
	if config != nil {
		t.TLSClientConfig = config
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		s.own.Store(c.LocalAddr().String(), true)
		return &notedConn{Conn: c, own: s.own}, nil
	}
	return t
}

// notedConn is a connection that takes its address off the list when it is closed.
type notedConn struct {
	net.Conn
	own *sync.Map
}

func (c *notedConn) Close() error {
	c.own.Delete(c.LocalAddr().String())
	return c.Conn.Close()
}

// isOwn says whether the lab itself has sent a request.
func (s *side) isOwn(r *http.Request) bool {
	_, ok := s.own.Load(r.RemoteAddr)
	return ok
}

// transport is the way to the other side, as it is at the time of a request.
func (s *side) transport() http.RoundTripper { return wayTo{s} }

type wayTo struct{ side *side }

func (w wayTo) RoundTrip(r *http.Request) (*http.Response, error) {
	w.side.mu.RLock()
	next := w.side.broken
	w.side.mu.RUnlock()
	if next == nil {
		next = w.side.plain
	}
	return next.RoundTrip(r)
}

// Break puts a wire that fails on purpose between Duo and the other side; nil takes it
// away. make gets the wire that does not fail.
func (l *Lab) Break(broken func(next http.RoundTripper) (http.RoundTripper, error)) error {
	var way http.RoundTripper
	if broken != nil {
		var err error
		if way, err = broken(l.side.plain); err != nil {
			return err
		}
	}
	l.side.mu.Lock()
	l.side.broken = way
	l.side.mu.Unlock()
	l.changed(eventStatus, "the wire is another one")
	return nil
}

var errNoServer = errors.New("the other side is at a URL: only the lab's own Secure Access can be made faulty")

// Spoil puts something in front of the simulated Secure Access, such as faults; nil takes
// it away.
func (l *Lab) Spoil(faulty func(next http.Handler) http.Handler) error {
	if l.side.server == nil {
		return errNoServer
	}
	var handler http.Handler
	if faulty != nil {
		handler = faulty(l.side.server)
	}
	l.side.mu.Lock()
	l.side.handler = handler
	l.side.mu.Unlock()
	l.changed(eventStatus, "Secure Access answers otherwise")
	return nil
}

// Target is the simulated Secure Access with the faults that are on; its requests are
// recorded.
func (l *Lab) Target() http.Handler { return http.HandlerFunc(l.serveSCIM) }

// serveSCIM is the simulated Secure Access as any client reaches it. What others than
// the simulated Duo ask is recorded, too.
func (l *Lab) serveSCIM(w http.ResponseWriter, r *http.Request) {
	l.side.mu.RLock()
	handler := l.side.handler
	l.side.mu.RUnlock()
	if handler == nil {
		handler = l.side.server
	}
	if !l.side.isOwn(r) {
		handler = l.wire.others.Handler(handler)
	}
	handler.ServeHTTP(w, r)
}
