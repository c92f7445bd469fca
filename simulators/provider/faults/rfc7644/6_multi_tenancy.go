package rfc7644

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// multiTenancyFaults violate features/rfc7644/6_multi_tenancy.feature.
func multiTenancyFaults() rewrite.Table {
	return slices.Concat(
		crossings(),
		rewrite.Table{
			{"RFC7644-6-01", "everything is shared", rewrite.Crossing(rewrite.Anywhere)},
			{"RFC7644-6-01", "a list counts the other tenant's users", crossingCount()},
			{"RFC7644-6-01", "a deletion is refused and done", crossingAndRefusing(rewrite.At("DELETE", "/Users/*"))},
			{"RFC7644-6-01", "a replacement is refused and done", crossingAndRefusing(rewrite.At("PUT", "/Users/*"))},
			{"RFC7644-6-01", "a change is refused and done", crossingAndRefusing(rewrite.At("PATCH", "/Users/*"))},
			{"RFC7644-6-01", "the deletion of a group is refused and done", crossingAndRefusing(rewrite.At("DELETE", "/Groups/*"))},
			{"RFC7644-6-01", "a user of another tenant is a server error", rewrite.OfTheSecond(rewrite.At("GET", "/Users/*"), func(a *rewrite.Answer) {
				a.Refuse(scim.Internal("tenant mismatch"))
			})},
			{"RFC7644-6-01", "a refusal names the user of another tenant", crossingDetail()},
		})
}

// crossingAndRefusing makes the change in the other tenant and answers 404.
func crossingAndRefusing(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Keyed(func(k *rewrite.Keyring, next http.Handler, r *http.Request) *rewrite.Answer {
		first, given := k.First(), r.Header.Get("Authorization")
		if first == "" || given == "" || given == first || !chosen(r) {
			return nil
		}
		r.Header.Set("Authorization", first)
		rewrite.Serve(next, r)
		a := &rewrite.Answer{}
		a.Refuse(scim.NotFound("User", "of another tenant"))
		return a
	})
}

// crossings are the faults of a provider with a door to another tenant.
func crossings() rewrite.Table {
	var all rewrite.Table
	for _, d := range rewrite.Doors {
		switch d.Name {
		case "the headers of a user", "bulk requests", "the creation of groups", "look-ups":
			continue
		}
		all = append(all, rewrite.Table{{"RFC7644-6-01", d.Name + " for another tenant", rewrite.Crossing(d.Chosen)}}...)
	}
	byID := func(r *http.Request) bool {
		return r.URL.Query().Has("filter") && r.URL.Query().Get("filter")[:2] == "id"
	}
	byExternalID := func(r *http.Request) bool {
		return r.URL.Query().Has("filter") && r.URL.Query().Get("filter")[:2] == "ex"
	}
	return append(all, rewrite.Table{
		{"RFC7644-6-01", "a look-up by id for another tenant", rewrite.Crossing(byID)},
		{"RFC7644-6-01", "a look-up by externalId for another tenant", rewrite.Crossing(byExternalID)},
	}...)
}

// crossingCount counts the resources of the other tenant, too.
func crossingCount() rewrite.Wrap {
	return rewrite.Keyed(func(k *rewrite.Keyring, next http.Handler, r *http.Request) *rewrite.Answer {
		first, given := k.First(), r.Header.Get("Authorization")
		if first == "" || given == first || !rewrite.At("GET", "/Users")(r) || !r.URL.Query().Has("filter") {
			return nil
		}
		a := rewrite.Serve(next, r)
		other := r.Clone(r.Context())
		other.Header.Set("Authorization", first)
		if total, ok := rewrite.Serve(next, other).Body.Get("totalResults"); ok && a.Body != nil {
			a.Body.Set("totalResults", total)
		}
		return a
	})
}

// crossingDetail names the user of the other tenant in the refusal.
func crossingDetail() rewrite.Wrap {
	return rewrite.Keyed(func(k *rewrite.Keyring, next http.Handler, r *http.Request) *rewrite.Answer {
		first, given := k.First(), r.Header.Get("Authorization")
		if first == "" || given == first || !rewrite.At("GET", "/Users/*")(r) {
			return nil
		}
		a := rewrite.Serve(next, r)
		other := r.Clone(r.Context())
		other.Header.Set("Authorization", first)
		if found := rewrite.Serve(next, other); found.Body != nil && a.Body != nil {
			a.Body.Set("detail", found.Body.String("userName")+" belongs to another tenant")
		}
		return a
	})
}
