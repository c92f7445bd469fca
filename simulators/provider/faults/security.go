package faults

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func securityFaults() []Fault {
	return slices.Concat(
		openDoors("RFC7644-2-01", "without credentials", lacksCredentials),
		openDoors("RFC7644-2-03", "with a wrong token", withWrongToken),
		doneAnyway("RFC7644-2-01", "without credentials", lacksCredentials),
		doneAnyway("RFC7644-2-03", "with a wrong token", withWrongToken),
		credentialFaults(), refusalFaults(), tenantFaults(),
	)
}

// door is a way into a provider.
type door struct {
	name   string
	chosen when
}

var doors = []door{
	{"the list of users", at("GET", "/Users")},
	{"a user", at("GET", "/Users/*")},
	{"the headers of a user", at("HEAD", "/Users/*")},
	{"the list of groups", at("GET", "/Groups")},
	{"a group", at("GET", "/Groups/*")},
	{"the search by POST", at("POST", "/Users/.search")},
	{"the creation of users", at("POST", "/Users")},
	{"the creation of groups", at("POST", "/Groups")},
	{"the replacement of users", at("PUT", "/Users/*")},
	{"the replacement of groups", at("PUT", "/Groups/*")},
	{"changes to users", at("PATCH", "/Users/*")},
	{"changes to groups", at("PATCH", "/Groups/*")},
	{"the deletion of users", at("DELETE", "/Users/*")},
	{"the deletion of groups", at("DELETE", "/Groups/*")},
	{"bulk requests", at("POST", "/Bulk")},
	{"look-ups", func(r *http.Request) bool { return r.Method == http.MethodGet && r.URL.Query().Has("filter") }},
}

// openDoors are doors that are open to requests with such credentials.
func openDoors(requirement, how string, such believable) []Fault {
	var all []Fault
	for _, d := range doors {
		if requirement == "RFC7644-2-03" && (d.name == "look-ups" || strings.HasPrefix(d.name, "the headers")) {
			continue
		}
		all = append(all, Fault{requirement, d.name + " " + how, believing(d.chosen, such)})
	}
	return append(all, Fault{requirement, "everything " + how, believing(at("", ""), such)})
}

// doneAnyway are writes that are refused and done.
func doneAnyway(requirement, how string, such believable) []Fault {
	var all []Fault
	for _, d := range doors {
		write := strings.HasPrefix(d.name, "the creation") || strings.HasPrefix(d.name, "the replacement") ||
			strings.HasPrefix(d.name, "the deletion") || strings.HasPrefix(d.name, "changes")
		if write {
			all = append(all, Fault{requirement, d.name + " " + how + ": refused and done", refusingAfterwards(d.chosen, such)})
		}
	}
	return all
}

// believable says whether a provider takes credentials for good that are not;
// good are such that were.
type believable func(given, good string) bool

func lacksCredentials(given, _ string) bool { return given == "" }
func withWrongToken(given, good string) bool {
	return strings.HasPrefix(given, "Bearer ") && given != good
}

// keyring remembers the credentials that a provider has accepted, in their order.
type keyring struct {
	mu   sync.Mutex
	good []string
}

func (k *keyring) first() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.good) == 0 {
		return ""
	}
	return k.good[0]
}

func (k *keyring) last() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.good) == 0 {
		return ""
	}
	return k.good[len(k.good)-1]
}

func (k *keyring) has(credentials string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Contains(k.good, credentials)
}

func (k *keyring) learn(credentials string, status int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if credentials != "" && status != http.StatusUnauthorized && !slices.Contains(k.good, credentials) {
		k.good = append(k.good, credentials)
	}
}

// keyed stands before a provider with a keyring; edit decides what a request with
// credentials that are not on it, or are not the first, is turned into.
func keyed(edit func(k *keyring, w http.ResponseWriter, r *http.Request, next http.Handler) (done bool)) Wrap {
	return func(next http.Handler) http.Handler {
		k := &keyring{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			given := r.Header.Get("Authorization")
			if edit(k, w, r, next) {
				return
			}
			changed := r.Header.Get("Authorization") != given
			a := serve(next, r)
			if !changed && len(segments(r)) > 0 && segments(r)[0] != "ServiceProviderConfig" {
				k.learn(given, a.status)
			}
			a.send(w)
		})
	}
}

// believing gives good credentials to requests whose own are believable.
func believing(chosen when, such believable) Wrap {
	return keyed(func(k *keyring, _ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		given, good := r.Header.Get("Authorization"), k.first()
		if good != "" && !k.has(given) && chosen(r) && such(given, good) {
			r.Header.Set("Authorization", good)
		}
		return false
	})
}

// refusingAfterwards does what it was asked for before it refuses.
func refusingAfterwards(chosen when, such believable) Wrap {
	return keyed(func(k *keyring, w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		given, good := r.Header.Get("Authorization"), k.first()
		if good == "" || k.has(given) || !chosen(r) || !such(given, good) {
			return false
		}
		r.Header.Set("Authorization", good)
		serve(next, r)
		refusal := &answer{}
		refusal.refuse(scim.Unauthorized("SCIM", "the credentials are not valid"))
		refusal.header.Set("WWW-Authenticate", `Bearer realm="SCIM"`)
		refusal.send(w)
		return true
	})
}

func tokenOf(credentials string) string {
	_, token, _ := strings.Cut(credentials, " ")
	return token
}

// credentialTaken is a fault that takes credentials for good.
func credentialTaken(requirement, name string, such believable) Fault {
	return Fault{requirement, name, believing(at("", ""), such)}
}

func credentialFaults() []Fault {
	return []Fault{
		credentialTaken("RFC7644-2-08", "a beginning of the token will do", func(given, good string) bool {
			return given != "Bearer " && len(given) > len("Bearer ") && strings.HasPrefix(good, given)
		}),
		credentialTaken("RFC7644-2-08", "the token may lack its last character", func(given, good string) bool { return given == good[:len(good)-1] }),
		credentialTaken("RFC7644-2-08", "the token may have more behind it", strings.HasPrefix),
		credentialTaken("RFC7644-2-08", "the token may have more before it", func(given, good string) bool {
			return strings.HasPrefix(given, "Bearer ") && strings.HasSuffix(given, tokenOf(good))
		}),
		credentialTaken("RFC7644-2-08", "the end of the token will do", func(given, good string) bool {
			return len(tokenOf(given)) > 4 && strings.HasSuffix(tokenOf(good), tokenOf(given))
		}),
		credentialTaken("RFC7644-2-08", "tokens have no case", func(given, good string) bool { return strings.EqualFold(tokenOf(given), tokenOf(good)) }),
		credentialTaken("RFC7644-2-08", "tokens of the right length are not looked at", func(given, good string) bool {
			return strings.HasPrefix(given, "Bearer ") && len(given) == len(good)
		}),
		credentialTaken("RFC7644-2-08", "any name and password will do", func(given, _ string) bool { return strings.HasPrefix(given, "Basic YWRtaW46") }),
		credentialTaken("RFC7644-2-08", "the scheme Basic with the token", func(given, good string) bool { return given == "Basic "+tokenOf(good) }),
		credentialTaken("RFC7644-2-08", "the scheme is not looked at", func(given, good string) bool {
			return !strings.HasPrefix(strings.ToLower(given), "b") && tokenOf(given) == tokenOf(good)
		}),
		credentialTaken("RFC7644-2-08", "the scheme need only begin with Bearer", func(given, good string) bool { return given == "BearerX "+tokenOf(good) }),
		credentialTaken("RFC7644-2-08", "an unsigned JWT will do", func(given, _ string) bool { return strings.HasPrefix(given, "Bearer eyJhbGciOiJub25l") }),
		credentialTaken("RFC7644-2-08", "the token null will do", func(given, _ string) bool { return given == "Bearer null" }),
		credentialTaken("RFC7644-2-08", "the token * will do", func(given, _ string) bool { return given == "Bearer *" }),
		credentialTaken("RFC7644-2-08", "an injection will do", func(given, _ string) bool { return strings.Contains(given, "' OR '1'='1") }),
		{"RFC7644-2-08", "an apostrophe in a token is a server error", breakingDown(func(r *http.Request) bool {
			return strings.Contains(r.Header.Get("Authorization"), "'")
		})},

		credentialTaken("RFC7644-2-09", "an empty header will do", func(given, _ string) bool { return given == "" }),
		credentialTaken("RFC7644-2-09", "an empty token will do", func(given, _ string) bool { return strings.TrimSpace(given) == "Bearer" }),
		credentialTaken("RFC7644-2-09", "the scheme may be left out", func(given, good string) bool { return given == tokenOf(good) }),
		credentialTaken("RFC7644-2-09", "the space behind the scheme may be left out", func(given, good string) bool { return given == "Bearer"+tokenOf(good) }),
		credentialTaken("RFC7644-2-09", "the scheme may stand twice", func(given, good string) bool { return given == "Bearer "+good }),
		credentialTaken("RFC7644-2-09", "spaces within the token are dropped", func(given, good string) bool {
			return given != good && strings.ReplaceAll(given, " ", "") == strings.ReplaceAll(good, " ", "")
		}),
		credentialTaken("RFC7644-2-09", "the second word is enough", func(given, good string) bool {
			words := strings.Fields(given)
			return len(words) == 3 && words[1] == tokenOf(good)
		}),
		{"RFC7644-2-09", "a header without a space is a server error", breakingDown(func(r *http.Request) bool {
			given := r.Header.Get("Authorization")
			return given != "" && !strings.Contains(given, " ")
		})},
		{"RFC7644-2-09", "a long token is a server error", breakingDown(func(r *http.Request) bool { return len(r.Header.Get("Authorization")) > 2000 })},

		{"RFC7644-2-05", "the scheme in lower case is refused", unbelieving(at("", ""), "bearer ")},
		{"RFC7644-2-05", "the scheme in upper case is refused", unbelieving(at("", ""), "BEARER ")},
		{"RFC7644-2-05", "the scheme in lower case is refused for writing", unbelieving(at("PUT", ""), "bearer ")},
		{"RFC7644-2-05", "the scheme in mixed case is refused", unbelieving(at("", ""), "bEaReR ")},

		{"RFC7644-2-11", "a token in the URL will do", believingURL("access_token")},

		{"RFC7644-7.4-01", "a replaced token is served", keyed(func(k *keyring, _ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
			if k.has(r.Header.Get("Authorization")) {
				r.Header.Set("Authorization", k.last())
			}
			return false
		})},
		{"RFC7644-7.6-01", "the fourth anonymous request in a row gets in", tiring(4)},
		{"RFC7644-7.6-01", "too many anonymous requests are answered 429 without Retry-After", answers(at("GET", "/Users/*"), func(r *http.Request, a *answer) {
			if r.Header.Get("Authorization") == "" {
				a.refuse(&scim.Error{Status: http.StatusTooManyRequests, Detail: "too many requests"})
			}
		})},
		{"RFC7644-7.6-01", "anonymous requests are a server error", breakingDown(func(r *http.Request) bool { return r.Header.Get("Authorization") == "" })},
	}
}

// breakingDown answers the chosen requests with 500.
func breakingDown(chosen when) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) { a.refuse(scim.Internal("the request could not be processed")) })
}

// unbelieving refuses what begins so.
func unbelieving(chosen when, prefix string) Wrap {
	return answers(chosen, func(r *http.Request, a *answer) {
		if strings.HasPrefix(r.Header.Get("Authorization"), prefix) {
			a.refuse(scim.Unauthorized("SCIM", "the credentials are not valid"))
		}
	})
}

func believingURL(parameter string) Wrap {
	return keyed(func(_ *keyring, _ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if token := r.URL.Query().Get(parameter); token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		return false
	})
}

// tiring lets the nth anonymous request in.
func tiring(n int) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		seen := 0
		return believing(at("", ""), func(given, _ string) bool {
			mu.Lock()
			defer mu.Unlock()
			if given == "" {
				seen++
			}
			return given == "" && seen == n
		})(next)
	}
}
