package faults

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// unassignedFaults violate RFC 7643, section 2.5.
func unassignedFaults() []Fault {
	return []Fault{
		{"RFC7643-2.5-01", "null is refused in a new user", refusingBodies(at("POST", "/Users"), hasNull, scim.InvalidValue("null"))},
		{"RFC7643-2.5-01", "null is refused in a PUT", refusingBodies(at("PUT", "/Users/*"), hasNull, scim.InvalidValue("null"))},
		{"RFC7643-2.5-01", "an empty list is refused in a new user", refusingBodies(at("POST", "/Users"), hasEmptyList, scim.InvalidValue("empty"))},
		{"RFC7643-2.5-01", "an empty list is refused in a new group", refusingBodies(at("POST", "/Groups"), hasEmptyList, scim.InvalidValue("empty"))},
		{"RFC7643-2.5-01", "null as members is refused", refusingBodies(at("POST", "/Groups"), hasNull, scim.InvalidValue("null"))},
		{"RFC7643-2.5-01", "null is stored as a text", receivingNulls(at("POST", "/Users"), "null")},
		{"RFC7643-2.5-01", "null is stored as an empty text", receivingNulls(anyOf(at("POST", "/Users"), at("PUT", "/Users/*")), "")},
		{"RFC7643-2.5-01", "a PUT with null keeps the value", keepingOld(at("PUT", "/Users/*"), "nickName", hasNull)},
		{"RFC7643-2.5-01", "a PUT with an empty list keeps the elements", keepingOld(at("PUT", "/Users/*"), "phoneNumbers", hasEmptyList)},
		{"RFC7643-2.5-01", "a PUT with null keeps the elements", keepingOld(at("PUT", "/Users/*"), "phoneNumbers", hasNull)},
		{"RFC7643-2.5-01", "a PATCH with null does nothing", patching("/Users/*", func(op *scim.Object) bool { return valueOf(op) != nil })},
		{"RFC7643-2.5-01", "a PATCH with an empty list does nothing", patching("/Users/*", func(op *scim.Object) bool {
			list, ok := valueOf(op).([]any)
			return !ok || len(list) > 0
		})},
		{"RFC7643-2.5-01", "a filter finds what is null", filterRewritten(" and nickName pr", "")},
		{"RFC7643-2.5-01", "a filter finds an empty list", filterRewritten(" and phoneNumbers pr", "")},
		{"RFC7643-2.5-01", "null is an internal error", refusingBodies(aUser, hasNull, scim.Internal("null pointer"))},

		{"RFC7643-2.5-02", "what is unassigned is an empty text", showingIfNone(ofUsers, "nickName", "")},
		{"RFC7643-2.5-02", "what is unassigned is a dash", showingIfNone(ofUsers, "title", "-")},
		{"RFC7643-2.5-02", "a list without elements has an empty one", showingIfNone(ofUsers, "phoneNumbers", []any{scim.NewObject(scim.Member{Name: "value", Value: ""})})},
	}
}

func hasNull(body *scim.Object) bool {
	for _, v := range body.All() {
		if v == nil {
			return true
		}
	}
	return false
}

func hasEmptyList(body *scim.Object) bool {
	for _, v := range body.All() {
		if list, ok := v.([]any); ok && len(list) == 0 {
			return true
		}
	}
	return false
}

func receivingNulls(chosen when, as any) Wrap {
	return requests(chosen, func(_ *http.Request, body *scim.Object) {
		for name, v := range body.All() {
			if v == nil && name != "phoneNumbers" {
				body.Set(name, as)
			}
		}
	})
}

// showingIfNone makes a value up.
func showingIfNone(chosen when, name string, value any) Wrap {
	return shown(chosen, func(o *scim.Object) {
		if v, _ := o.Get(name); scim.IsUnassigned(v) && o.String("id") != "" {
			o.Set(name, value)
		}
	})
}
