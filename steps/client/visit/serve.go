package visit

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/provider/weather"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/client"
)

// maxLooked is how many bytes of a body are searched for the token.
const maxLooked = 1 << 20

// serve answers a request and records it.
func (h *Host) serve(w http.ResponseWriter, r *http.Request) {
	x := h.begin(r)
	r, met := weather.Watch(r)
	h.mu.Lock()
	handler := h.handler
	h.mu.Unlock()
	h.record(x, met, handler, w, r)
}

// serveElsewhere is the host that no token may reach.
func (h *Host) serveElsewhere(w http.ResponseWriter, r *http.Request) {
	x := h.begin(r)
	x.Elsewhere = true
	h.record(x, new(string), http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "this is another host", http.StatusMisdirectedRequest)
	}), w, r)
}

// record lets the handler answer, also with a panic, which drops the connection.
func (h *Host) record(x *client.Exchange, met *string, handler http.Handler, w http.ResponseWriter, r *http.Request) {
	recorder := wire.NewRecorder(append(presented(r), h.options.Token)...)
	defer func() {
		x.Exchange, x.Met, x.Ended = recorder.Exchanges()[0], *met, h.options.Now()
		if x.Met == weather.Loss {
			x.Err = "the answer was lost on purpose"
		}
		h.add(x)
	}()
	recorder.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var sent string
		x.Token, sent = h.tokenIn(r) // reads the body, which is recorded so even if nothing else reads it
		recorder.AddSecret(sent)
		handler.ServeHTTP(w, r)
	})).ServeHTTP(w, r)
}

// begin notes what the evidence will not show: where the token was, and how the request came.
func (h *Host) begin(r *http.Request) *client.Exchange {
	x := &client.Exchange{Began: h.options.Now()}
	if r.TLS != nil {
		x.TLS = r.TLS.Version
		x.Imposture = h.impostor.fooled(r)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.current != nil {
		x.Task = h.current.Name
	}
	return x
}

// presented are the tokens that the request has outside its body, right or wrong: a wrong
// one may be right elsewhere.
func presented(r *http.Request) []string {
	token, _ := provider.BearerToken(r)
	return slices.DeleteFunc([]string{token, r.URL.Query().Get(formParameter)}, isWord)
}

// isWord says whether a text is too short for a token: to hide it would hide other texts.
func isWord(text string) bool { return len(text) < 8 }

// formParameter is the name of a token in a form or a query (RFC 6750 sections 2.2 and 2.3).
const formParameter = "access_token"

// tokenIn says where the request has the token, and what its body has in its place.
func (h *Host) tokenIn(r *http.Request) (where client.Token, sent string) {
	token, err := provider.BearerToken(r)
	looked, _ := io.ReadAll(io.LimitReader(r.Body, maxLooked))
	r.Body = readCloser{io.MultiReader(bytes.NewReader(looked), r.Body), r.Body}
	if form, err := url.ParseQuery(string(looked)); err == nil && !isWord(form.Get(formParameter)) {
		sent = form.Get(formParameter)
	}
	escaped := url.QueryEscape(h.options.Token)
	return client.Token{
		Header:  err == nil && token == h.options.Token,
		Address: strings.Contains(r.RequestURI, h.options.Token) || strings.Contains(r.RequestURI, escaped),
		Body:    bytes.Contains(looked, []byte(h.options.Token)) || bytes.Contains(looked, []byte(escaped)),
	}, sent
}

// readCloser reads from one place and closes another.
type readCloser struct {
	io.Reader
	io.Closer
}

// add keeps an exchange, and says what is worth knowing at once.
func (h *Host) add(x *client.Exchange) {
	h.mu.Lock()
	h.recording.Exchanges = append(h.recording.Exchanges, x)
	if h.refused++; x.Status != http.StatusUnauthorized {
		h.refused = 0
	}
	refused := h.refused
	h.mu.Unlock()
	if refused == 3 {
		h.tell("three requests in a row came without the right token: does the client have the token that was shown, whole and without quotes?")
	}
	if x.Status == http.StatusNotFound && h.recording.Path(x) == nil && !x.Elsewhere {
		h.tell("a request went beside the base URL: the client's base URL has to be %s", h.base)
	}
	if h.options.OnExchange != nil {
		h.options.OnExchange(x)
	}
	select {
	case h.traffic <- struct{}{}:
	default:
	}
}
