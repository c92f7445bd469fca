package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// pluralFaults violate RFC 7643, section 2.4.
func pluralFaults() []Fault {
	return []Fault{
		{"RFC7643-2.4-01", "every address is primary", showing(ofUsers, "emails", allPrimary)},
		{"RFC7643-2.4-01", "every address is primary in lists", showing(inUserLists, "emails", allPrimary)},
		{"RFC7643-2.4-01", "every telephone number is primary", showing(ofUsers, "phoneNumbers", allPrimary)},
		{"RFC7643-2.4-01", "the last address is primary as well", showing(at("GET", "/Users/*"), "emails", onList(func(list []any) []any {
			objectsIn(list)[len(list)-1].Set("primary", true)
			return list
		}))},
		{"RFC7643-2.4-01", "no address is primary", showing(ofUsers, "emails/primary", toGone)},

		{"RFC7643-2.4-02", "a new user keeps two primary addresses", storingAsSent(at("POST", "/Users"), "emails", twoPrimaries)},
		{"RFC7643-2.4-02", "a PUT keeps two primary addresses", storingAsSent(at("PUT", "/Users/*"), "emails", twoPrimaries)},
		{"RFC7643-2.4-02", "a PATCH keeps two primary addresses", after(at("PATCH", "/Users/*"), part("emails", allPrimary))},
		{"RFC7643-2.4-02", "two primary addresses are an internal error", answers(aUser, func(_ *http.Request, a *answer) {
			if a.status == http.StatusBadRequest {
				a.refuse(scim.Internal("two rows"))
			}
		})},
		{"RFC7643-2.4-02", "two primary addresses in a PATCH are an internal error", refusingBodies(at("PATCH", "/Users/*"), func(body *scim.Object) bool {
			for _, op := range objectsIn(body.Array("Operations")) {
				if twoPrimaries(valueOf(op)) {
					return true
				}
			}
			return false
		}, scim.Internal("two rows"))},

		{"RFC7643-2.4-04", "addresses have no type", showing(ofUsers, "emails/type", toGone)},
		{"RFC7643-2.4-04", "every address is one at work", showing(ofUsers, "emails/type", toValue("work"))},
		{"RFC7643-2.4-04", "types of addresses are lost by a creation", receiving(at("POST", "/Users"), "emails/type", toGone)},

		{"RFC7643-2.4-05", "an address under two types is lost", requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if emails := objectsIn(body.Array("emails")); len(emails) == 2 && emails[0].String("value") == emails[1].String("value") {
				body.Delete("emails")
			}
		})},
		{"RFC7643-2.4-05", "an address under two types is an internal error", refusingBodies(at("POST", "/Users"), func(body *scim.Object) bool {
			emails := objectsIn(body.Array("emails"))
			return len(emails) == 2 && emails[0].String("value") == emails[1].String("value")
		}, scim.Internal("duplicate key"))},

		{"RFC7643-2.4-06", "addresses come back twice", showing(ofUsers, "emails", onList(func(list []any) []any { return append(list, list...) }))},
		{"RFC7643-2.4-06", "a new user keeps an address twice", storingAsSent(at("POST", "/Users"), "emails", func(v any) bool { return sameAgain(objectsIn(v)) })},
		{"RFC7643-2.4-06", "members come back twice in lists", showing(inGroupLists, "members", onList(func(list []any) []any { return append(list, list...) }))},
		{"RFC7643-2.4-06", "a PATCH adds an address again", after(at("PATCH", "/Users/*"), part("emails", onList(func(list []any) []any { return append(list, list[0]) })))},

		{"RFC7643-2.4-07", "a new user keeps the first address", receiving(at("POST", "/Users"), "emails", onList(first))},
		{"RFC7643-2.4-07", "a new user keeps the last address", receiving(at("POST", "/Users"), "emails", onList(last))},
		{"RFC7643-2.4-07", "a new user keeps two addresses", receiving(at("POST", "/Users"), "emails", onList(func(list []any) []any { return list[:min(2, len(list))] }))},
		{"RFC7643-2.4-07", "a new user keeps the primary address", receiving(at("POST", "/Users"), "emails", onList(primaryOnly))},
		{"RFC7643-2.4-07", "a PUT keeps the first address", receiving(at("PUT", "/Users/*"), "emails", onList(first))},
		{"RFC7643-2.4-07", "a PUT adds its addresses to those from before", mergingEmails},
		{"RFC7643-2.4-07", "a PUT ignores addresses", withoutSent(at("PUT", "/Users/*"), "emails")},
		{"RFC7643-2.4-07", "a PATCH that adds an address replaces the others", patching("/Users/*", func(op *scim.Object) bool {
			op.Set("op", "replace")
			return true
		})},
		{"RFC7643-2.4-07", "a PATCH does not add an address", patching("/Users/*", func(op *scim.Object) bool { return op.String("path") != "emails" })},
		{"RFC7643-2.4-07", "a list shows the first address", showing(inUserLists, "emails", onList(first))},
		{"RFC7643-2.4-07", "a list shows no addresses", showing(inUserLists, "emails", toGone)},
		{"RFC7643-2.4-07", "addresses swap their types", showing(ofUsers, "emails", onList(swapTypes))},
		{"RFC7643-2.4-07", "addresses swap their values", receiving(aUser, "emails", onList(swapValues))},
		{"RFC7643-2.4-07", "addresses are joined", receiving(aUser, "emails", onList(joinValues))},
		{"RFC7643-2.4-07", "a list of one is an object", showing(at("GET", "/Users/*"), "roles", func(v any) any { return objectsIn(v)[0] })},
		{"RFC7643-2.4-07", "telephone numbers overwrite each other", receiving(at("POST", "/Users"), "phoneNumbers", onList(last))},
		{"RFC7643-2.4-07", "postal addresses overwrite each other", receiving(at("POST", "/Users"), "addresses", onList(last))},
		{"RFC7643-2.4-07", "roles without a type overwrite each other", receiving(at("POST", "/Users"), "roles", onList(last))},
		{"RFC7643-2.4-07", "entitlements without a type overwrite each other", receiving(at("POST", "/Users"), "entitlements", onList(first))},
		{"RFC7643-2.4-07", "a user has one photo", receiving(at("POST", "/Users"), "photos", onList(first))},
		{"RFC7643-2.4-07", "a change of the name loses an address", after(at("PUT", "/Users/*"), part("emails", onList(first)))},
	}
}

// onList edits a list that is not empty.
func onList(edit func(list []any) []any) func(any) any {
	return func(v any) any {
		if list, ok := v.([]any); ok && len(list) > 0 {
			return edit(list)
		}
		return v
	}
}

func first(list []any) []any { return list[:1] }
func last(list []any) []any  { return list[len(list)-1:] }

func primaryOnly(list []any) []any {
	for _, e := range objectsIn(list) {
		if p, _ := e.Get("primary"); p == true {
			return []any{e}
		}
	}
	return list
}

func allPrimary(v any) any {
	for _, e := range objectsIn(v) {
		e.Set("primary", true)
	}
	return v
}

func twoPrimaries(v any) bool {
	n := 0
	for _, e := range objectsIn(v) {
		if p, _ := e.Get("primary"); p == true {
			n++
		}
	}
	return n > 1
}

func valueOf(op *scim.Object) any { v, _ := op.Get("value"); return v }

// sameAgain says whether two neighbours are the same.
func sameAgain(list []*scim.Object) bool {
	return len(list) > 1 && scim.Equal(list[0], list[1])
}

func swapTypes(list []any) []any  { return swapped(list, "type") }
func swapValues(list []any) []any { return swapped(list, "value") }

// swapped turns the values of a sub-attribute by one element.
func swapped(list []any, name string) []any {
	elements := objectsIn(list)
	carried, _ := elements[len(elements)-1].Get(name)
	for _, e := range elements {
		own, _ := e.Get(name)
		e.Set(name, carried)
		carried = own
	}
	return list
}

func joinValues(list []any) []any {
	var all []string
	elements := objectsIn(list)
	for _, e := range elements {
		all = append(all, e.String("value"))
	}
	elements[0].Set("value", strings.Join(all, ","))
	return list[:1]
}

// mergingEmails adds the addresses from before to those of a PUT.
func mergingEmails(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("PUT", "/Users/*")(r) {
			if body := bodyOf(r); body != nil {
				old := ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil)
				body.Set("emails", append(old.body.Array("emails"), body.Array("emails")...))
				setBody(r, body)
			}
		}
		next.ServeHTTP(w, r)
	})
}
