package guide

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// verifyInSecureAccessFaults violate features/guide/5_verify_in_secure_access.feature.
func verifyInSecureAccessFaults() rewrite.Table {
	return rewrite.Table{
		{"CSA-VERIFY-01", "names are kept in capitals", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(strings.ToUpper))},

		{"CSA-VERIFY-02", "group names are kept in capitals", rewrite.EditSent(rewrite.At("POST", "/Groups"), "displayName", rewrite.ToText(strings.ToUpper))},

		{"CSA-VERIFY-03", "a user is created together with a shadow", rewrite.AnswersWith(rewrite.At("POST", "/Users"), func(next http.Handler, r *http.Request, a *rewrite.Answer) {
			shadow := scim.NewObject(
				scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
				scim.Member{Name: "userName", Value: "shadow-of-" + a.Body.String("userName")},
			)
			rewrite.Ask(next, r, http.MethodPost, "Users", shadow)
		})},

		{"CSA-VERIFY-04", "authName is dropped", rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			for name := range body.Clone().All() {
				if extension := body.Object(name); strings.Contains(name, "ciscoumbrella") && extension != nil {
					extension.Delete("authName")
				}
			}
		})},

		{"CSA-VERIFY-05", "a deletion is answered and not made", rewrite.Ignore(rewrite.At("DELETE", "/Users/*"), rewrite.AnyBody)},

		{"CSA-VERIFY-06", "a list leaves the newest resource out", rewrite.Answers(rewrite.At("GET", "/*"), func(r *http.Request, a *rewrite.Answer) {
			if list := a.Body.Array("Resources"); len(list) > 0 && !r.URL.Query().Has("filter") {
				a.Body.Set("Resources", list[:len(list)-1])
			}
		})},

		{"CSA-VERIFY-07", "a list shows other values than the user itself", rewrite.EditShown(rewrite.At("GET", "/Users"), "displayName", rewrite.ToValue("Somebody"))},

		{"CSA-VERIFY-08", "a user names another group", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			for _, g := range o.Array("groups") {
				g.(*scim.Object).Set("value", "another")
			}
		})},
	}
}
