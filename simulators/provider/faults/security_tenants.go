package faults

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// crossing serves the chosen requests of the second client with the credentials
// of the first one, as a provider does that forgets to ask for the tenant there.
func crossing(chosen when) Wrap {
	return keyed(func(k *keyring, _ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		first, given := k.first(), r.Header.Get("Authorization")
		if first != "" && given != "" && given != first && chosen(r) {
			r.Header.Set("Authorization", first)
		}
		return false
	})
}

// crossingAndRefusing does the same and answers 404.
func crossingAndRefusing(chosen when) Wrap {
	return keyed(func(k *keyring, w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		first, given := k.first(), r.Header.Get("Authorization")
		if first == "" || given == "" || given == first || !chosen(r) {
			return false
		}
		r.Header.Set("Authorization", first)
		serve(next, r)
		a := &answer{}
		a.refuse(scim.NotFound("User", "of another tenant"))
		a.send(w)
		return true
	})
}

// ofTheSecond rewrites what the second client gets.
func ofTheSecond(chosen when, edit func(a *answer)) Wrap {
	return keyed(func(k *keyring, w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		first, given := k.first(), r.Header.Get("Authorization")
		if first == "" || given == "" || given == first || !chosen(r) {
			return false
		}
		a := serve(next, r)
		edit(a)
		a.send(w)
		return true
	})
}

func tenantFaults() []Fault {
	return slices.Concat(crossings(), []Fault{
		{"RFC7644-6-01", "everything is shared", crossing(at("", ""))},
		{"RFC7644-6-01", "a list counts the other tenant's users", crossingCount()},
		{"RFC7644-6-01", "a deletion is refused and done", crossingAndRefusing(at("DELETE", "/Users/*"))},
		{"RFC7644-6-01", "a replacement is refused and done", crossingAndRefusing(at("PUT", "/Users/*"))},
		{"RFC7644-6-01", "a change is refused and done", crossingAndRefusing(at("PATCH", "/Users/*"))},
		{"RFC7644-6-01", "the deletion of a group is refused and done", crossingAndRefusing(at("DELETE", "/Groups/*"))},
		{"RFC7644-6-01", "a user of another tenant is a server error", ofTheSecond(at("GET", "/Users/*"), func(a *answer) {
			a.refuse(scim.Internal("tenant mismatch"))
		})},
		{"RFC7644-6-01", "a refusal names the user of another tenant", crossingDetail()},

		{"RFC7644-2-06", "a client without the right to it is answered 401", ofTheSecond(at("", "/Users/*"), func(a *answer) {
			a.refuse(scim.Unauthorized("SCIM", "not yours"))
		})},
		{"RFC7644-2-06", "a client without the right to it is answered 400", ofTheSecond(at("GET", "/Users/*"), func(a *answer) {
			a.refuse(scim.InvalidValue("not yours"))
		})},
		{"RFC7644-2-06", "every client may read everything", crossing(at("GET", "/Users/*"))},
		{"RFC7644-2-06", "every client may delete everything", crossing(at("DELETE", "/Users/*"))},
		{"RFC7644-2-06", "every client may replace everything", crossing(at("PUT", "/Users/*"))},
		{"RFC7644-2-06", "a client is refused its own", ofTheSecond(at("GET", "/Users"), func(a *answer) {
			a.refuse(scim.Forbidden("not yours"))
		})},
	})
}

// crossings are the doors through which a tenant gets at another one.
func crossings() []Fault {
	var all []Fault
	for _, d := range doors {
		switch d.name {
		case "the headers of a user", "bulk requests", "the creation of groups", "look-ups":
			continue
		}
		all = append(all, Fault{"RFC7644-6-01", d.name + " for another tenant", crossing(d.chosen)})
	}
	byID := func(r *http.Request) bool {
		return r.URL.Query().Has("filter") && r.URL.Query().Get("filter")[:2] == "id"
	}
	byExternalID := func(r *http.Request) bool {
		return r.URL.Query().Has("filter") && r.URL.Query().Get("filter")[:2] == "ex"
	}
	return append(all,
		Fault{"RFC7644-6-01", "a look-up by id for another tenant", crossing(byID)},
		Fault{"RFC7644-6-01", "a look-up by externalId for another tenant", crossing(byExternalID)},
	)
}

// crossingCount counts what it does not show.
func crossingCount() Wrap {
	return keyed(func(k *keyring, w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		first, given := k.first(), r.Header.Get("Authorization")
		if first == "" || given == first || !at("GET", "/Users")(r) || !r.URL.Query().Has("filter") {
			return false
		}
		a := serve(next, r)
		other := r.Clone(r.Context())
		other.Header.Set("Authorization", first)
		if total, ok := serve(next, other).body.Get("totalResults"); ok && a.body != nil {
			a.body.Set("totalResults", total)
		}
		a.send(w)
		return true
	})
}

// crossingDetail tells who it was.
func crossingDetail() Wrap {
	return keyed(func(k *keyring, w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		first, given := k.first(), r.Header.Get("Authorization")
		if first == "" || given == first || !at("GET", "/Users/*")(r) {
			return false
		}
		a := serve(next, r)
		other := r.Clone(r.Context())
		other.Header.Set("Authorization", first)
		if found := serve(next, other); found.body != nil && a.body != nil {
			a.body.Set("detail", found.body.String("userName")+" belongs to another tenant")
		}
		a.send(w)
		return true
	})
}
