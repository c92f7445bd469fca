package rewrite

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Keyed stands before a provider with a keyring. edit may change the request's
// credentials, or answer in place of the provider; nil goes on to the provider.
func Keyed(edit func(k *Keyring, next http.Handler, r *http.Request) *Answer) Wrap {
	return Stateful(func() Wrap {
		k := &Keyring{}
		return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
			given := r.Header.Get("Authorization")
			if a := edit(k, next, r); a != nil {
				return a
			}
			changed := r.Header.Get("Authorization") != given
			a := Serve(next, r)
			if !changed && len(Segments(r)) > 0 && Segments(r)[0] != "ServiceProviderConfig" {
				k.learn(given, a.Status)
			}
			return a
		})
	})
}

// Keyring remembers the credentials that a provider accepted, in their order.
type Keyring struct {
	mu   sync.Mutex
	good []string
}

// First are the credentials that were accepted first; "" if there are none.
func (k *Keyring) First() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.good) == 0 {
		return ""
	}
	return k.good[0]
}

// Last are the credentials that were accepted last; "" if there are none.
func (k *Keyring) Last() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.good) == 0 {
		return ""
	}
	return k.good[len(k.good)-1]
}

// Has says whether credentials were accepted.
func (k *Keyring) Has(credentials string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Contains(k.good, credentials)
}

// learn remembers credentials unless the answer to them was 401.
func (k *Keyring) learn(credentials string, status int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if credentials != "" && status != http.StatusUnauthorized && !slices.Contains(k.good, credentials) {
		k.good = append(k.good, credentials)
	}
}

// Believable says whether a provider mistakes credentials for good ones. good are
// credentials that it accepted.
type Believable func(given, good string) bool

// Believing accepts credentials that are believable.
func Believing(chosen When, such Believable) Wrap {
	return Keyed(func(k *Keyring, _ http.Handler, r *http.Request) *Answer {
		given, good := r.Header.Get("Authorization"), k.First()
		if good != "" && !k.Has(given) && chosen(r) && such(given, good) {
			r.Header.Set("Authorization", good)
		}
		return nil
	})
}

// Crossing serves the chosen requests of the second client with the credentials
// of the first one, as a provider does that does not look at the tenant.
func Crossing(chosen When) Wrap {
	return Keyed(func(k *Keyring, _ http.Handler, r *http.Request) *Answer {
		first, given := k.First(), r.Header.Get("Authorization")
		if first != "" && given != "" && given != first && chosen(r) {
			r.Header.Set("Authorization", first)
		}
		return nil
	})
}

// OfTheSecond rewrites the answers that the second client gets.
func OfTheSecond(chosen When, edit func(a *Answer)) Wrap {
	return Keyed(func(k *Keyring, next http.Handler, r *http.Request) *Answer {
		first, given := k.First(), r.Header.Get("Authorization")
		if first == "" || given == "" || given == first || !chosen(r) {
			return nil
		}
		a := Serve(next, r)
		edit(a)
		return a
	})
}

// TokenOf is the token in an Authorization header.
func TokenOf(credentials string) string {
	_, token, _ := strings.Cut(credentials, " ")
	return token
}

// Doors are the ways into a provider.
var Doors = []door{
	{"the list of users", At("GET", "/Users")},
	{"a user", At("GET", "/Users/*")},
	{"the headers of a user", At("HEAD", "/Users/*")},
	{"the list of groups", At("GET", "/Groups")},
	{"a group", At("GET", "/Groups/*")},
	{"the search by POST", At("POST", "/Users/.search")},
	{"the creation of users", At("POST", "/Users")},
	{"the creation of groups", At("POST", "/Groups")},
	{"the replacement of users", At("PUT", "/Users/*")},
	{"the replacement of groups", At("PUT", "/Groups/*")},
	{"changes to users", At("PATCH", "/Users/*")},
	{"changes to groups", At("PATCH", "/Groups/*")},
	{"the deletion of users", At("DELETE", "/Users/*")},
	{"the deletion of groups", At("DELETE", "/Groups/*")},
	{"bulk requests", At("POST", "/Bulk")},
	{"look-ups", func(r *http.Request) bool { return r.Method == http.MethodGet && r.URL.Query().Has("filter") }},
}

// door is a way into a provider: its name, and the requests that take it.
type door struct {
	Name   string
	Chosen When
}
