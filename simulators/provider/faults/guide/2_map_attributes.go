package guide

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// mapAttributesFaults violate features/guide/2_map_attributes.feature.
func mapAttributesFaults() rewrite.Table {
	return rewrite.Table{
		{"CSA-MAP-01", "the display name is dropped", rewrite.WithoutSent(rewrite.At("POST", "/Users"), "displayName")},
		{"CSA-MAP-01", "the e-mail addresses are dropped", rewrite.WithoutSent(rewrite.At("POST", "/Users"), "emails")},
		{"CSA-MAP-01", "the family name is dropped", droppedName("familyName")},
		{"CSA-MAP-01", "letters outside ASCII are replaced", rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if body != nil {
				body.Set("displayName", strings.Map(func(r rune) rune { return min(r, '\x7f') }, body.String("displayName")))
			}
		})},

		{"CSA-MAP-02", "the extension of Secure Access is dropped", rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			for name := range body.Clone().All() {
				if strings.Contains(name, "ciscoumbrella") {
					body.Delete(name)
				}
			}
		})},

		{"CSA-MAP-03", "the formatted name is dropped", droppedName("formatted")},

		{"CSA-MAP-04", "a user without a display name is refused", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), func(body *scim.Object) bool { return body.String("displayName") == "" }, scim.InvalidValue("incomplete"))},

		{"CSA-MAP-05", "a user without a userName is given one", rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if body != nil && body.String("userName") == "" {
				body.Set("userName", "user-"+body.String("displayName"))
			}
		})},

		{"CSA-MAP-06", "changes are answered and not made", rewrite.Ignore(rewrite.At("PATCH,PUT", "/Users/*"), rewrite.AnyBody)},
		{"CSA-MAP-06", "a change of one attribute clears another", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			if o.Object("name").String("familyName") == "Rojas" {
				o.Delete("displayName")
			}
		})},
		{"CSA-MAP-06", "the userName cannot be changed", rewrite.Requests(rewrite.At("PATCH", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			rewrite.DropOperations(body, func(op *scim.Object) bool { return op.String("path") == "userName" })
		})},
		{"CSA-MAP-06", "removing a value does nothing", rewrite.Requests(rewrite.At("PATCH", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			rewrite.DropOperations(body, func(op *scim.Object) bool { return op.String("op") == "remove" })
		})},
	}
}

func droppedName(part string) rewrite.Wrap {
	return rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) { body.Object("name").Delete(part) })
}
