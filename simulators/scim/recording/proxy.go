package recording

import (
	"errors"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// maxKept is how many bytes of a body are recorded. What passes through is not
// limited.
const maxKept = 1 << 20

// maxSecrets is how many tokens are remembered, to be taken out wherever they are
// echoed. Nobody but somebody who guesses sends more.
const maxSecrets = 256

// Proxy is a reverse proxy that records. It passes on what it gets as it is, except
// that answers are asked for without compression.
type Proxy struct {
	recorder *wire.Recorder
	handler  http.Handler
	secrets  atomic.Int64

	// AskToWait answers the first creation of a group itself, with 503 and Retry-After:
	// how a client takes that cannot be seen otherwise.
	AskToWait bool
	asked     atomic.Bool
}

// NewProxy returns a proxy to the endpoint with this base URL. keep gets each
// exchange, clean, when it is complete; several at once.
func NewProxy(upstream *url.URL, transport http.RoundTripper, cleaner *Cleaner, keep func(*wire.Exchange)) *Proxy {
	p := &Proxy{recorder: wire.NewRecorder()}
	p.recorder.Keep, p.recorder.MaxBody = 1, maxKept
	p.recorder.OnExchange = func(x *wire.Exchange) { keep(cleaner.Clean(x)) }
	p.handler = p.recorder.Handler(p.busyOnce(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(upstream)
			r.Out.URL.RawQuery = r.In.URL.RawQuery
			r.Out.Header.Del("Accept-Encoding")
		},
		Transport:    transport,
		ErrorHandler: unreachable,
	}))
	return p
}

// busyOnce is AskToWait.
func (p *Proxy) busyOnce(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		creation := r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Groups")
		if !p.AskToWait || !creation || !p.asked.CompareAndSwap(false, true) {
			next.ServeHTTP(w, r)
			return
		}
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxKept)) // so that it is recorded
		w.Header().Set("Retry-After", "2")
		answer(w, &scim.Error{Status: http.StatusServiceUnavailable, Detail: "the recorder asks to wait, once, on purpose"})
	})
}

// ServeHTTP passes a request on.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodConnect {
		answer(w, &scim.Error{Status: http.StatusMethodNotAllowed, Detail: "this is a reverse proxy: use its address as the base URL"})
		return
	}
	if p.secrets.Load() < maxSecrets {
		p.learn(r.Header)
	}
	p.handler.ServeHTTP(w, r)
}

// learn makes the credentials of a request secrets.
func (p *Proxy) learn(h http.Header) {
	for _, name := range []string{"Authorization", "Proxy-Authorization", "X-Api-Key"} {
		for _, value := range h[name] {
			p.secrets.Add(1)
			p.recorder.AddSecret(value)
			if _, token, found := strings.Cut(value, " "); found {
				p.recorder.AddSecret(token)
			}
		}
	}
}

// unreachable answers for an endpoint that gives no answer.
func unreachable(w http.ResponseWriter, _ *http.Request, err error) {
	status, detail := http.StatusBadGateway, "the endpoint behind the recorder cannot be reached: "+err.Error()
	if timeout, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err); ok && timeout.Timeout() {
		status = http.StatusGatewayTimeout
	}
	answer(w, &scim.Error{Status: status, Detail: detail})
}

func answer(w http.ResponseWriter, e *scim.Error) {
	text, err := scim.Marshal(e.Object())
	if err != nil {
		text = nil // texts and numbers can always be written
	}
	w.Header().Set("Content-Type", scim.MediaType)
	w.WriteHeader(e.Status)
	_, _ = w.Write(text)
}
