package faults

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// passwordFaults violate what RFC 7643, section 4.1.1, says of passwords.
func passwordFaults() []Fault {
	return []Fault{
		{"RFC7643-4.1.1-13", "a creation shows the password", tellingPasswords(at("POST", "/Users"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a GET shows the password", tellingPasswords(at("GET", "/Users/*"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a PUT shows the password", tellingPasswords(at("PUT", "/Users/*"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a PATCH shows the password", tellingPasswords(at("PATCH", "/Users/*"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a list shows passwords", tellingPasswords(at("GET", "/Users"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a search shows passwords", tellingPasswords(at("POST", "/Users/.search"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a search at the root shows passwords", tellingPasswords(at("POST", "/.search"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a GET shows a hash", tellingPasswords(at("GET", "/Users/*"), "digest", func(s string) string {
			sum := sha256.Sum256([]byte(s))
			return hex.EncodeToString(sum[:])
		})},
		{"RFC7643-4.1.1-13", "a creation shows a hash as the password", tellingPasswords(at("POST", "/Users"), "password", func(s string) string {
			sum := md5.Sum([]byte(s))
			return "{MD5}" + base64.StdEncoding.EncodeToString(sum[:])
		})},
		{"RFC7643-4.1.1-13", "a GET shows the password in base64", tellingPasswords(at("GET", "/Users/*"), "credential", func(s string) string {
			return base64.StdEncoding.EncodeToString([]byte(s))
		})},
		{"RFC7643-4.1.1-13", "a GET shows asterisks", tellingPasswords(at("GET", "/Users/*"), "password", func(string) string { return "********" })},
		{"RFC7643-4.1.1-13", "a list shows a password hash", tellingPasswords(inUserLists, "passwordHash", func(string) string { return "$2b$12$abcdefghijklmnopqrstuu" })},
		{"RFC7643-4.1.1-13", "a PATCH shows the password in the title", tellingPasswords(at("PATCH", "/Users/*"), "title", inClear)},
		{"RFC7643-4.1.1-13", "a creation shows the password in a header", rememberingPasswords(func(r *http.Request, a *answer, of func(id string) string) {
			if at("POST", "/Users")(r) && a.ok() {
				a.header.Set("X-Created", of(a.body.String("id")))
			}
		})},
		{"RFC7643-4.1.1-13", "the password is shown after the user was changed", after(at("PUT", "/Users/*"), func(o *scim.Object) { o.Set("password", "changed") })},
		{"RFC7643-4.1.1-13", "a password sent in bulk is shown", answers(at("POST", "/Bulk"), func(_ *http.Request, a *answer) {
			for _, op := range objectsIn(a.body.Array("Operations")) {
				op.Set("response", scim.NewObject(scim.Member{Name: "password", Value: "sduo-Pa55-w0rd-never-shown"}))
			}
		})},

		{"RFC7643-4.1.1-14", "a password is shown on request", tellingPasswords(asksForPassword, "password", inClear)},
		{"RFC7643-4.1.1-14", "a password is shown on request in capital letters", tellingPasswords(func(r *http.Request) bool {
			return r.URL.Query().Get("attributes") == "PASSWORD"
		}, "password", inClear)},
		{"RFC7643-4.1.1-14", "a password is shown on request by its URN", tellingPasswords(func(r *http.Request) bool {
			return strings.HasPrefix(r.URL.Query().Get("attributes"), scim.UserURN)
		}, "password", inClear)},
		{"RFC7643-4.1.1-14", "a hash is shown on request", tellingPasswords(asksForPassword, "password", func(string) string { return "{SSHA}abc" })},
		{"RFC7643-4.1.1-14", "a conflict tells the password", quoting(func(_ *http.Request, a *answer) bool { return a.status == http.StatusConflict })},
		{"RFC7643-4.1.1-14", "the refusal of a user tells his password", quoting(func(_ *http.Request, a *answer) bool { return a.status == http.StatusBadRequest })},
		{"RFC7643-4.1.1-14", "the refusal of a filter tells it", answers(at("GET", "/Users"), func(r *http.Request, a *answer) {
			if strings.Contains(r.URL.Query().Get("filter"), "password") {
				a.refuse(scim.InvalidFilter("%s", r.URL.Query().Get("filter")))
			}
		})},

		{"RFC7643-4.1.1-15", "a filter finds a password by its beginning", filterWithout("password sw")},
		{"RFC7643-4.1.1-15", "a filter finds a password by a part", filterWithout("password co")},
		{"RFC7643-4.1.1-15", "a filter finds a password by its end", filterWithout("password ew")},
		{"RFC7643-4.1.1-15", "a filter compares passwords", filterWithout("password gt")},
		{"RFC7643-4.1.1-15", "a filter on passwords is an internal error", answers(at("GET", "/Users"), func(r *http.Request, a *answer) {
			if strings.Contains(r.URL.Query().Get("filter"), "password") {
				a.refuse(scim.Internal("no such column"))
			}
		})},
	}
}

func inClear(s string) string { return s }

func asksForPassword(r *http.Request) bool {
	return strings.Contains(strings.ToLower(r.URL.Query().Get("attributes")), "password")
}

// rememberingPasswords keeps the passwords that were set.
func rememberingPasswords(tell func(r *http.Request, a *answer, of func(id string) string)) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		passwords := map[string]string{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			sent := ""
			if aUser(r) {
				sent = sentPassword(bodyOf(r))
			}
			a := serve(next, r)
			mu.Lock()
			defer mu.Unlock()
			if id := a.body.String("id"); sent != "" && a.ok() && id != "" {
				passwords[id] = sent
			}
			tell(r, a, func(id string) string { return passwords[id] })
			a.send(w)
		})
	}
}

func sentPassword(body *scim.Object) string {
	for _, op := range objectsIn(body.Array("Operations")) {
		if op.String("path") == "password" {
			return op.String("value")
		}
		if s := op.Object("value").String("password"); s != "" {
			return s
		}
	}
	return body.String("password")
}

// tellingPasswords shows them under a name.
func tellingPasswords(chosen when, name string, form func(string) string) Wrap {
	return rememberingPasswords(func(r *http.Request, a *answer, of func(id string) string) {
		if !chosen(r) {
			return
		}
		for _, o := range a.resources() {
			if password := of(o.String("id")); password != "" {
				o.Set(name, form(password))
			}
		}
	})
}

// quoting puts the whole request into the detail of such an error.
func quoting(such func(r *http.Request, a *answer) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			sent := bodyOf(r)
			a := serve(next, r)
			if such(r, a) && sent != nil && a.body != nil {
				text, _ := sent.MarshalJSON()
				a.body.Set("detail", "cannot store "+string(text))
			}
			a.send(w)
		})
	}
}

// filterWithout drops the condition that contains a part.
func filterWithout(part string) Wrap {
	return requests(at("GET", "/Users"), func(r *http.Request, _ *scim.Object) {
		q := r.URL.Query()
		if before, _, ok := strings.Cut(q.Get("filter"), " and "+part); ok {
			q.Set("filter", before)
			r.URL.RawQuery = q.Encode()
		}
	})
}
