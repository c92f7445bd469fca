package guide

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// A behaviour stands between Duo and the embedded target and does one thing
// wrong. The steps "a server that …" choose one by its sentence.
type behaviour func(w *World, next http.Handler) (http.Handler, error)

// behaviours are the misbehaving servers of the features, by what the feature says that they do.
var behaviours = map[string]behaviour{
	"refuses the token": answering(http.StatusUnauthorized, scimJSON,
		`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"invalid token"}`),
	"answers 200 with an error body": answering(http.StatusOK, scimJSON,
		`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"invalid token"}`),
	"answers 404 to everything":            answering(http.StatusNotFound, "text/plain", "404 page not found"),
	"answers 500 to everything":            answering(http.StatusInternalServerError, "text/plain", "internal error"),
	"answers an HTML page":                 answering(http.StatusOK, "text/html", "<!doctype html><title>Sign in</title><p>Welcome"),
	"answers something that is not a list": answering(http.StatusOK, scimJSON, `["no","list"]`),
	"answers with an empty body":           answering(http.StatusOK, scimJSON, ""),
	"answers an error body of 10 MB":       tellingTenMegabytes,
	"redirects to another host":            redirecting,
	"drops the connection within an answer": func(*World, http.Handler) (http.Handler, error) {
		return http.HandlerFunc(dropWithinAnswer), nil
	},
	"is not there":                  absent,
	"never answers":                 silent,
	"echoes the token in an error":  echoing,
	"has no groups":                 refusing(http.StatusNotFound, "no such endpoint", below("/Groups")),
	"has no PATCH":                  refusing(http.StatusNotImplemented, "PATCH is not supported", method(http.MethodPatch)),
	"is read-only":                  refusing(http.StatusForbidden, "read-only", not(method(http.MethodGet))),
	"is busy once":                  busyOnce,
	"ignores filters":               ignoringFilters,
	"gives no ids":                  givingNoIDs,
	`refuses the user "Josue"`:      refusing(http.StatusBadRequest, "the user is refused", creates("Josue")),
	`refuses the user "Josue" once`: once(refusing(http.StatusBadRequest, "the user is refused", creates("Josue"))),
	`drops the connection while it creates "Josue"`: droppingOnce,
	`fails once when "Josue" is deprovisioned`:      once(refusing(http.StatusInternalServerError, "try again", changes("active"))),
}

const scimJSON = "application/scim+json"

// aServerThat puts the behaviour of that name before the embedded target.
func (w *World) aServerThat(does string) error {
	behave, ok := behaviours[does]
	if !ok {
		return fmt.Errorf("no behaviour is called %q", does)
	}
	next, err := proxy(w.Conn.URL)
	if err != nil {
		return err
	}
	handler, err := behave(w, next)
	if err != nil || handler == nil {
		return err
	}
	return w.standBefore(handler)
}

// standBefore sends Duo to the handler; the judge goes on looking behind it.
func (w *World) standBefore(handler http.Handler) error {
	base, stop, err := serve(handler)
	if err != nil {
		return err
	}
	w.Conn.OnClose = append(w.Conn.OnClose, stop)
	w.Conn.DuoURL = base + strings.TrimPrefix(w.Conn.URL, judge.Origin(w.Conn.URL))
	return nil
}

func proxy(target string) (http.Handler, error) {
	u, err := url.Parse(judge.Origin(target))
	if err != nil {
		return nil, err
	}
	return &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(u)
		r.Out.Host = u.Host
	}}, nil
}

type condition func(w *World, r *http.Request) bool

func method(m string) condition {
	return func(_ *World, r *http.Request) bool { return r.Method == m }
}

func below(path string) condition {
	return func(_ *World, r *http.Request) bool { return strings.Contains(r.URL.Path, path) }
}

func not(c condition) condition {
	return func(w *World, r *http.Request) bool { return !c(w, r) }
}

// creates is true for the request that creates this user.
func creates(name string) condition {
	return func(w *World, r *http.Request) bool {
		if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/Users") {
			return false
		}
		user, err := w.userName(name)
		return err == nil && bytes.Contains(readAgain(r), []byte(`"`+user+`"`))
	}
}

// changes is true for a request that updates a user and names this attribute.
func changes(attribute string) condition {
	return func(_ *World, r *http.Request) bool {
		return (r.Method == http.MethodPatch || r.Method == http.MethodPut) &&
			strings.Contains(r.URL.Path, "/Users/") && bytes.Contains(readAgain(r), []byte(attribute))
	}
}

// readAgain reads the request's body and leaves it to be read again.
func readAgain(r *http.Request) []byte {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body
}

func reply(w http.ResponseWriter, status int, mediaType, body string) {
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func replyError(w http.ResponseWriter, status int, detail string) {
	reply(w, status, scimJSON, fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d","detail":%q}`, status, detail))
}

func answering(status int, mediaType, body string) behaviour {
	return func(*World, http.Handler) (http.Handler, error) {
		return http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { reply(rw, status, mediaType, body) }), nil
	}
}

// tellingTenMegabytes makes its body when a server is wanted: every start of the program would pay
// for it.
func tellingTenMegabytes(w *World, next http.Handler) (http.Handler, error) {
	return answering(http.StatusInternalServerError, "text/plain", strings.Repeat("x", 10<<20))(w, next)
}

func refusing(status int, detail string, when condition) behaviour {
	return func(w *World, next http.Handler) (http.Handler, error) {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if when(w, r) {
				replyError(rw, status, detail)
				return
			}
			next.ServeHTTP(rw, r)
		}), nil
	}
}

// once lets a behaviour act until it has answered an error itself, and stands aside from then on.
func once(b behaviour) behaviour {
	return func(w *World, next http.Handler) (http.Handler, error) {
		var passed, done atomic.Bool
		inner, err := b(w, http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			passed.Store(true)
			next.ServeHTTP(rw, r)
		}))
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if done.Load() {
				next.ServeHTTP(rw, r)
				return
			}
			passed.Store(false)
			inner.ServeHTTP(rw, r)
			done.Store(!passed.Load())
		}), err
	}
}

func busyOnce(_ *World, next http.Handler) (http.Handler, error) {
	var asked atomic.Bool
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && asked.CompareAndSwap(false, true) {
			rw.Header().Set("Retry-After", "1")
			replyError(rw, http.StatusTooManyRequests, "busy")
			return
		}
		next.ServeHTTP(rw, r)
	}), nil
}

func redirecting(w *World, _ http.Handler) (http.Handler, error) {
	base, stop, err := serve(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		w.strayed.Add(1)
		reply(rw, http.StatusOK, scimJSON, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0}`)
	}))
	if err != nil {
		return nil, err
	}
	w.Conn.OnClose = append(w.Conn.OnClose, stop)
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, base+r.URL.Path, http.StatusTemporaryRedirect)
	}), nil
}

// absent sends Duo to a port where nobody listens: 1 is reserved and never
// given out, unlike one that was free a moment ago.
func absent(w *World, _ http.Handler) (http.Handler, error) {
	w.Conn.DuoURL = "http://127.0.0.1:1"
	return nil, nil
}

func silent(w *World, _ http.Handler) (http.Handler, error) {
	w.Conn.Timeout = 100 * time.Millisecond
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), nil
}

func echoing(*World, http.Handler) (http.Handler, error) {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		replyError(rw, http.StatusInternalServerError, "cannot parse header "+r.Header.Get("Authorization"))
	}), nil
}

func dropWithinAnswer(rw http.ResponseWriter, _ *http.Request) {
	rw.Header().Set("Content-Type", scimJSON)
	rw.Header().Set("Content-Length", "1000")
	_, _ = io.WriteString(rw, `{"schemas":["urn:ietf`)
	panic(http.ErrAbortHandler)
}

// droppingOnce lets the target do the work and then loses the answer.
func droppingOnce(w *World, next http.Handler) (http.Handler, error) {
	var dropped atomic.Bool
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if creates("Josue")(w, r) && dropped.CompareAndSwap(false, true) {
			next.ServeHTTP(&unheard{header: http.Header{}}, r)
			dropWithinAnswer(rw, r)
		}
		next.ServeHTTP(rw, r)
	}), nil
}

// unheard takes an answer that nobody will hear.
type unheard struct{ header http.Header }

func (u *unheard) Header() http.Header         { return u.header }
func (u *unheard) Write(p []byte) (int, error) { return len(p), nil }
func (u *unheard) WriteHeader(int)             {}

func ignoringFilters(_ *World, next http.Handler) (http.Handler, error) {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		query.Del("filter")
		r.URL.RawQuery = query.Encode()
		next.ServeHTTP(rw, r)
	}), nil
}

func givingNoIDs(_ *World, next http.Handler) (http.Handler, error) {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			reply(rw, http.StatusCreated, scimJSON, `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}`)
			return
		}
		next.ServeHTTP(rw, r)
	}), nil
}
