package rewrite

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// door is a way into a provider.
type door struct {
	Name   string
	Chosen When
}

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

// Believable says whether a provider takes credentials for good that are not;
// good are such that were.
type Believable func(given, good string) bool

// Keyring remembers the credentials that a provider has accepted, in their order.
type Keyring struct {
	mu   sync.Mutex
	good []string
}

func (k *Keyring) First() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.good) == 0 {
		return ""
	}
	return k.good[0]
}

func (k *Keyring) Last() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.good) == 0 {
		return ""
	}
	return k.good[len(k.good)-1]
}

func (k *Keyring) Has(credentials string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Contains(k.good, credentials)
}

func (k *Keyring) learn(credentials string, status int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if credentials != "" && status != http.StatusUnauthorized && !slices.Contains(k.good, credentials) {
		k.good = append(k.good, credentials)
	}
}

// Keyed stands before a provider with a keyring; edit decides what a request with
// credentials that are not on it, or are not the first, is turned into.
func Keyed(edit func(k *Keyring, w http.ResponseWriter, r *http.Request, next http.Handler) (done bool)) Wrap {
	return func(next http.Handler) http.Handler {
		k := &Keyring{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			given := r.Header.Get("Authorization")
			if edit(k, w, r, next) {
				return
			}
			changed := r.Header.Get("Authorization") != given
			a := Serve(next, r)
			if !changed && len(Segments(r)) > 0 && Segments(r)[0] != "ServiceProviderConfig" {
				k.learn(given, a.Status)
			}
			a.Send(w)
		})
	}
}

// Believing gives good credentials to requests whose own are believable.
func Believing(chosen When, such Believable) Wrap {
	return Keyed(func(k *Keyring, _ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		given, good := r.Header.Get("Authorization"), k.First()
		if good != "" && !k.Has(given) && chosen(r) && such(given, good) {
			r.Header.Set("Authorization", good)
		}
		return false
	})
}

func TokenOf(credentials string) string {
	_, token, _ := strings.Cut(credentials, " ")
	return token
}

// Crossing serves the chosen requests of the second client with the credentials
// of the first one, as a provider does that forgets to ask for the tenant there.
func Crossing(chosen When) Wrap {
	return Keyed(func(k *Keyring, _ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		first, given := k.First(), r.Header.Get("Authorization")
		if first != "" && given != "" && given != first && chosen(r) {
			r.Header.Set("Authorization", first)
		}
		return false
	})
}

// OfTheSecond rewrites what the second client gets.
func OfTheSecond(chosen When, edit func(a *Answer)) Wrap {
	return Keyed(func(k *Keyring, w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		first, given := k.First(), r.Header.Get("Authorization")
		if first == "" || given == "" || given == first || !chosen(r) {
			return false
		}
		a := Serve(next, r)
		edit(a)
		a.Send(w)
		return true
	})
}
