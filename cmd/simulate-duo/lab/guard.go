package lab

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// Access says who may use the pages and the API.
type Access struct {
	// Listen is the address that the lab listens on: its host decides which names a
	// request may ask for.
	Listen string
	// Password is asked for with every request; "" asks for none.
	Password string
	// Open gives up the password where the address can be reached from elsewhere.
	Open bool
}

// Check refuses an address that others can reach, unless there is a password or it is
// open on purpose.
func (a Access) Check() error {
	host, _, err := net.SplitHostPort(a.Listen)
	if err != nil {
		return fmt.Errorf("--listen %s: write an address such as 127.0.0.1:8443: %w", a.Listen, err)
	}
	if isLoopback(host) || a.Password != "" || a.Open {
		return nil
	}
	return fmt.Errorf("--listen %s can be reached by others: give --password-file FILE, or --insecure-no-login if everyone may use the lab", a.Listen)
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// The limits of one request to the pages and the API. The SCIM endpoint has its own.
const (
	maxBody   = 1 << 20
	maxImport = 32 << 20 // of users, or a seed
)

// policy lets a page load what the lab serves and nothing else, run no script and take
// no style that stands in the page, and stand in no other page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guarded lets only those requests through that may use the lab: for a host that is the
// lab's (DNS rebinding), with the password if there is one, and from the lab's own pages
// if they change something (cross-site request forgery).
func (l *Lab) guarded(next http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header())
		switch {
		case !l.opt.Access.serves(r.Host):
			refuseIn(w, r, http.StatusMisdirectedRequest, "this lab does not go by the name "+cutText(r.Host, 80)+": open it by the address that it printed")
		case !l.opt.Access.admits(r):
			w.Header().Set("WWW-Authenticate", `Basic realm="simulate-duo lab", charset="UTF-8"`)
			refuseIn(w, r, http.StatusUnauthorized, "this lab asks for its password; any user name will do")
		case origin.Check(r) != nil:
			refuseIn(w, r, http.StatusForbidden, "the request comes from another site: use the lab's own pages, or a client that is no browser")
		default:
			r.Body = http.MaxBytesReader(w, r.Body, limitOf(r))
			next.ServeHTTP(w, r)
		}
	})
}

func setHeaders(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

func limitOf(r *http.Request) int64 {
	if strings.HasSuffix(r.URL.Path, "/import") || r.URL.Path == APIPath+"seed" {
		return maxImport
	}
	return maxBody
}

// refuseIn refuses a request in the form of what was asked for: the API's, or plain text.
func refuseIn(w http.ResponseWriter, r *http.Request, status int, text string) {
	if strings.HasPrefix(r.URL.Path, APIPath) {
		writeJSON(w, status, errorJSON{text})
		return
	}
	refuse(w, status, text)
}

func refuse(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintln(w, text)
}

// serves says whether the lab goes by this host. A page elsewhere can make a name point
// here, but not an IP address or localhost; behind a password the name does not matter.
func (a Access) serves(host string) bool {
	if a.Password != "" {
		return true
	}
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return true
	}
	return slices.ContainsFunc(a.names(), func(own string) bool { return strings.EqualFold(own, name) })
}

// names are those of the address to listen on and, if others can reach it, of the machine.
func (a Access) names() []string {
	own := []string{"localhost"}
	host, _, err := net.SplitHostPort(a.Listen)
	if err == nil && host != "" {
		own = append(own, host)
	}
	if machine, err := os.Hostname(); err == nil && !isLoopback(host) {
		own = append(own, machine)
	}
	return own
}

// admits says whether a request has the password, if there is one.
func (a Access) admits(r *http.Request) bool {
	if a.Password == "" {
		return true
	}
	_, given, _ := r.BasicAuth()
	got, want := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(a.Password))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// tooLarge says whether an error is a body beyond the limit.
func tooLarge(err error) bool {
	_, ok := errors.AsType[*http.MaxBytesError](err)
	return ok
}

// cutText is at most so many characters of a text.
func cutText(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}
