package rfc7643

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// unassignedFaults violate features/rfc7643/2.5_unassigned.feature.
func unassignedFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-2.5-01", "null is refused in a new user", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), hasNull, scim.InvalidValue("null"))},
		{"RFC7643-2.5-01", "null is refused in a PUT", rewrite.RefuseBodies(rewrite.At("PUT", "/Users/*"), hasNull, scim.InvalidValue("null"))},
		{"RFC7643-2.5-01", "an empty list is refused in a new user", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), rewrite.HasEmptyList, scim.InvalidValue("empty"))},
		{"RFC7643-2.5-01", "an empty list is refused in a new group", rewrite.RefuseBodies(rewrite.At("POST", "/Groups"), rewrite.HasEmptyList, scim.InvalidValue("empty"))},
		{"RFC7643-2.5-01", "null as members is refused", rewrite.RefuseBodies(rewrite.At("POST", "/Groups"), hasNull, scim.InvalidValue("null"))},
		{"RFC7643-2.5-01", "null is stored as a text", receivingNulls(rewrite.At("POST", "/Users"), "null")},
		{"RFC7643-2.5-01", "null is stored as an empty text", receivingNulls(rewrite.AnyOf(rewrite.At("POST", "/Users"), rewrite.At("PUT", "/Users/*")), "")},
		{"RFC7643-2.5-01", "a PUT with null keeps the value", rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), "nickName", hasNull)},
		{"RFC7643-2.5-01", "a PUT with an empty list keeps the elements", rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), "phoneNumbers", rewrite.HasEmptyList)},
		{"RFC7643-2.5-01", "a PUT with null keeps the elements", rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), "phoneNumbers", hasNull)},
		{"RFC7643-2.5-01", "a PATCH with null does nothing", rewrite.Patching("/Users/*", func(op *scim.Object) bool { return rewrite.ValueOf(op) != nil })},
		{"RFC7643-2.5-01", "a PATCH with an empty list does nothing", rewrite.Patching("/Users/*", func(op *scim.Object) bool {
			list, ok := rewrite.ValueOf(op).([]any)
			return !ok || len(list) > 0
		})},
		{"RFC7643-2.5-01", "a filter finds null", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts(" and nickName pr", ""))},
		{"RFC7643-2.5-01", "a filter finds an empty list", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts(" and phoneNumbers pr", ""))},
		{"RFC7643-2.5-01", "null is an internal error", rewrite.RefuseBodies(rewrite.AUser, hasNull, scim.Internal("null pointer"))},

		{"RFC7643-2.5-02", "an unassigned attribute is an empty text", rewrite.ShowIfNone(rewrite.OfUsers, "nickName", "")},
		{"RFC7643-2.5-02", "an unassigned attribute is a dash", rewrite.ShowIfNone(rewrite.OfUsers, "title", "-")},
		{"RFC7643-2.5-02", "a list without elements has an empty one", rewrite.ShowIfNone(rewrite.OfUsers, "phoneNumbers", []any{scim.NewObject(scim.Member{Name: "value", Value: ""})})},
	}
}

// hasNull says whether a member of the body is null.
func hasNull(body *scim.Object) bool {
	for _, v := range body.All() {
		if v == nil {
			return true
		}
	}
	return false
}

// receivingNulls takes null for another value.
func receivingNulls(chosen rewrite.When, as any) rewrite.Wrap {
	return rewrite.Requests(chosen, func(_ *http.Request, body *scim.Object) {
		for name, v := range body.All() {
			if v == nil && name != "phoneNumbers" {
				body.Set(name, as)
			}
		}
	})
}
