package rfc7643

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// multiValuedFaults violate features/rfc7643/2.4_multi_valued.feature.
func multiValuedFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-2.4-01", "every address is primary", rewrite.EditShown(rewrite.OfUsers, "emails", allPrimary)},
		{"RFC7643-2.4-01", "every address is primary in lists", rewrite.EditShown(rewrite.InUserLists, "emails", allPrimary)},
		{"RFC7643-2.4-01", "every telephone number is primary", rewrite.EditShown(rewrite.OfUsers, "phoneNumbers", allPrimary)},
		{"RFC7643-2.4-01", "the last address is primary as well", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "emails", rewrite.OnList(func(list []any) []any {
			rewrite.ObjectsIn(list)[len(list)-1].Set("primary", true)
			return list
		}))},
		{"RFC7643-2.4-01", "no address is primary", rewrite.EditShown(rewrite.OfUsers, "emails/primary", rewrite.ToGone)},

		{"RFC7643-2.4-02", "a new user keeps two primary addresses", rewrite.StoreAsSent(rewrite.At("POST", "/Users"), "emails", twoPrimaries)},
		{"RFC7643-2.4-02", "a PUT keeps two primary addresses", rewrite.StoreAsSent(rewrite.At("PUT", "/Users/*"), "emails", twoPrimaries)},
		{"RFC7643-2.4-02", "a PATCH keeps two primary addresses", rewrite.After(rewrite.At("PATCH", "/Users/*"), rewrite.Part("emails", allPrimary))},
		{"RFC7643-2.4-02", "two primary addresses are an internal error", rewrite.Answers(rewrite.AUser, func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusBadRequest {
				a.Refuse(scim.Internal("two rows"))
			}
		})},
		{"RFC7643-2.4-02", "two primary addresses in a PATCH are an internal error", rewrite.RefuseBodies(rewrite.At("PATCH", "/Users/*"), func(body *scim.Object) bool {
			for _, op := range rewrite.Operations(body) {
				if twoPrimaries(rewrite.ValueOf(op)) {
					return true
				}
			}
			return false
		}, scim.Internal("two rows"))},

		{"RFC7643-2.4-04", "addresses have no type", rewrite.EditShown(rewrite.OfUsers, "emails/type", rewrite.ToGone)},
		{"RFC7643-2.4-04", "every address is one at work", rewrite.EditShown(rewrite.OfUsers, "emails/type", rewrite.ToValue("work"))},
		{"RFC7643-2.4-04", "types of addresses are lost by a creation", rewrite.EditSent(rewrite.At("POST", "/Users"), "emails/type", rewrite.ToGone)},

		{"RFC7643-2.4-05", "an address under two types is lost", rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if emails := rewrite.ObjectsIn(body.Array("emails")); len(emails) == 2 && emails[0].String("value") == emails[1].String("value") {
				body.Delete("emails")
			}
		})},
		{"RFC7643-2.4-05", "an address under two types is an internal error", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), func(body *scim.Object) bool {
			emails := rewrite.ObjectsIn(body.Array("emails"))
			return len(emails) == 2 && emails[0].String("value") == emails[1].String("value")
		}, scim.Internal("duplicate key"))},

		{"RFC7643-2.4-06", "addresses come back twice", rewrite.EditShown(rewrite.OfUsers, "emails", rewrite.OnList(func(list []any) []any { return append(list, list...) }))},
		{"RFC7643-2.4-06", "a new user keeps an address twice", rewrite.StoreAsSent(rewrite.At("POST", "/Users"), "emails", func(v any) bool { return rewrite.SameAgain(rewrite.ObjectsIn(v)) })},
		{"RFC7643-2.4-06", "members come back twice in lists", rewrite.EditShown(rewrite.InGroupLists, "members", rewrite.OnList(func(list []any) []any { return append(list, list...) }))},
		{"RFC7643-2.4-06", "a PATCH adds an address again", rewrite.After(rewrite.At("PATCH", "/Users/*"), rewrite.Part("emails", rewrite.OnList(func(list []any) []any { return append(list, list[0]) })))},

		{"RFC7643-2.4-07", "an address that is nothing but a value is a text", rewrite.EditShown(rewrite.OfUsers, "emails", rewrite.OnList(func(list []any) []any {
			for i, v := range list {
				if e, ok := v.(*scim.Object); ok && e.String("type") == "" {
					list[i] = e.String("value")
				}
			}
			return list
		}))},
		{"RFC7643-2.4-07", "a new user keeps the first address", rewrite.EditSent(rewrite.At("POST", "/Users"), "emails", rewrite.OnList(rewrite.First))},
		{"RFC7643-2.4-07", "a new user keeps the last address", rewrite.EditSent(rewrite.At("POST", "/Users"), "emails", rewrite.OnList(rewrite.Last))},
		{"RFC7643-2.4-07", "a new user keeps two addresses", rewrite.EditSent(rewrite.At("POST", "/Users"), "emails", rewrite.OnList(func(list []any) []any { return list[:min(2, len(list))] }))},
		{"RFC7643-2.4-07", "a new user keeps the primary address", rewrite.EditSent(rewrite.At("POST", "/Users"), "emails", rewrite.OnList(primaryOnly))},
		{"RFC7643-2.4-07", "a PUT keeps the first address", rewrite.EditSent(rewrite.At("PUT", "/Users/*"), "emails", rewrite.OnList(rewrite.First))},
		{"RFC7643-2.4-07", "a PUT adds its addresses to those from before", mergingEmails()},
		{"RFC7643-2.4-07", "a PUT ignores addresses", rewrite.WithoutSent(rewrite.At("PUT", "/Users/*"), "emails")},
		{"RFC7643-2.4-07", "a PATCH that adds an address replaces the others", rewrite.Patching("/Users/*", func(op *scim.Object) bool {
			op.Set("op", "replace")
			return true
		})},
		{"RFC7643-2.4-07", "a PATCH does not add an address", rewrite.Patching("/Users/*", func(op *scim.Object) bool { return op.String("path") != "emails" })},
		{"RFC7643-2.4-07", "a list shows the first address", rewrite.EditShown(rewrite.InUserLists, "emails", rewrite.OnList(rewrite.First))},
		{"RFC7643-2.4-07", "a list shows no addresses", rewrite.EditShown(rewrite.InUserLists, "emails", rewrite.ToGone)},
		{"RFC7643-2.4-07", "addresses swap their types", rewrite.EditShown(rewrite.OfUsers, "emails", rewrite.OnList(swapTypes))},
		{"RFC7643-2.4-07", "addresses swap their values", rewrite.EditSent(rewrite.AUser, "emails", rewrite.OnList(swapValues))},
		{"RFC7643-2.4-07", "addresses are joined", rewrite.EditSent(rewrite.AUser, "emails", rewrite.OnList(joinValues))},
		{"RFC7643-2.4-07", "a list of one is an object", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "roles", func(v any) any { return rewrite.ObjectsIn(v)[0] })},
		{"RFC7643-2.4-07", "telephone numbers overwrite each other", rewrite.EditSent(rewrite.At("POST", "/Users"), "phoneNumbers", rewrite.OnList(rewrite.Last))},
		{"RFC7643-2.4-07", "postal addresses overwrite each other", rewrite.EditSent(rewrite.At("POST", "/Users"), "addresses", rewrite.OnList(rewrite.Last))},
		{"RFC7643-2.4-07", "roles without a type overwrite each other", rewrite.EditSent(rewrite.At("POST", "/Users"), "roles", rewrite.OnList(rewrite.Last))},
		{"RFC7643-2.4-07", "entitlements without a type overwrite each other", rewrite.EditSent(rewrite.At("POST", "/Users"), "entitlements", rewrite.OnList(rewrite.First))},
		{"RFC7643-2.4-07", "a user has one photo", rewrite.EditSent(rewrite.At("POST", "/Users"), "photos", rewrite.OnList(rewrite.First))},
		{"RFC7643-2.4-07", "a change of the name loses an address", rewrite.After(rewrite.At("PUT", "/Users/*"), rewrite.Part("emails", rewrite.OnList(rewrite.First)))},

		{"RFC7643-2.4-09", "the address of another version is refused", rewrite.RefuseBodies(rewrite.AGroup, refersTo(func(ref string) bool {
			return strings.Contains(ref, "/v9/")
		}), scim.InvalidValue("members: $ref does not fit value"))},
		{"RFC7643-2.4-09", "a member with a relative address is dropped", rewrite.Requests(rewrite.AGroup, withoutMembers(func(ref string) bool {
			return ref != "" && !strings.Contains(ref, "://")
		}))},
		{"RFC7643-2.4-09", "a member with any address is refused", rewrite.RefuseBodies(rewrite.AGroup, refersTo(func(ref string) bool {
			return ref != ""
		}), scim.InvalidValue("members: $ref is not known"))},
	}
}

func primaryOnly(list []any) []any {
	for _, e := range rewrite.ObjectsIn(list) {
		if p, _ := e.Get("primary"); p == true {
			return []any{e}
		}
	}
	return list
}

func allPrimary(v any) any {
	for _, e := range rewrite.ObjectsIn(v) {
		e.Set("primary", true)
	}
	return v
}

// twoPrimaries says whether a list has more than one primary value.
func twoPrimaries(v any) bool {
	n := 0
	for _, e := range rewrite.ObjectsIn(v) {
		if p, _ := e.Get("primary"); p == true {
			n++
		}
	}
	return n > 1
}

func swapTypes(list []any) []any { return swapped(list, "type") }

func swapValues(list []any) []any { return swapped(list, "value") }

// swapped turns the values of a sub-attribute by one element.
func swapped(list []any, name string) []any {
	elements := rewrite.ObjectsIn(list)
	carried, _ := elements[len(elements)-1].Get(name)
	for _, e := range elements {
		own, _ := e.Get(name)
		e.Set(name, carried)
		carried = own
	}
	return list
}

// joinValues makes one element of a list, with all values in it.
func joinValues(list []any) []any {
	var all []string
	elements := rewrite.ObjectsIn(list)
	for _, e := range elements {
		all = append(all, e.String("value"))
	}
	elements[0].Set("value", strings.Join(all, ","))
	return list[:1]
}

// mergingEmails adds the addresses from before to those of a PUT.
func mergingEmails() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PUT", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		if body := rewrite.BodyOf(r); body != nil {
			old := rewrite.Now(next, r)
			body.Set("emails", append(old.Body.Array("emails"), body.Array("emails")...))
			rewrite.SetBody(r, body)
		}
		return nil
	})
}

// refersTo chooses bodies with a member whose $ref is such.
func refersTo(such func(ref string) bool) func(*scim.Object) bool {
	return func(body *scim.Object) bool {
		for _, m := range rewrite.ObjectsIn(body.Array("members")) {
			if such(m.String("$ref")) {
				return true
			}
		}
		return false
	}
}

// withoutMembers leaves out the members whose $ref is such.
func withoutMembers(such func(ref string) bool) func(*http.Request, *scim.Object) {
	return func(_ *http.Request, body *scim.Object) {
		if body == nil {
			return
		}
		kept := []any{}
		for _, m := range rewrite.ObjectsIn(body.Array("members")) {
			if !such(m.String("$ref")) {
				kept = append(kept, m)
			}
		}
		body.Set("members", kept)
	}
}
