package rfc7643

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// characteristicsFaults violate features/rfc7643/2.2_characteristics.feature.
func characteristicsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-2.2-01", "a title belongs to one user", uniqueToo("title")},
		{"RFC7643-2.2-01", "a displayName belongs to one user", uniqueToo("displayName")},
		{"RFC7643-2.2-01", "a nickName cannot be changed", rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), "nickName", rewrite.HasMember("nickName"))},
		{"RFC7643-2.2-01", "a title is shown on request only", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) { o.Delete("title") })},
		{"RFC7643-2.2-01", "a filter on nickName is case exact", rewrite.Requests(rewrite.At("GET", "/Users"), func(r *http.Request, _ *scim.Object) {
			q := r.URL.Query()
			q.Set("filter", strings.Replace(q.Get("filter"), "mIXEDcASE", "nobody", 1))
			r.URL.RawQuery = q.Encode()
		})},
		{"RFC7643-2.2-01", "a title is required", rewrite.RefuseBodies(rewrite.At("PUT", "/Users/*"), func(body *scim.Object) bool {
			return !rewrite.HasMember("title")(body) && !rewrite.HasMember("nickName")(body)
		}, scim.InvalidValue("title is required"))},
	}
}

// uniqueToo refuses a new user with a value that another one has.
func uniqueToo(attribute string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("POST", "/Users"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		value, _ := scim.Marshal(rewrite.BodyOf(r).String(attribute))
		found := rewrite.Ask(next, r, http.MethodGet, "Users?filter="+strings.NewReplacer(" ", "%20", `"`, "%22").Replace(attribute+" eq "+string(value)), nil)
		if len(found.Resources()) > 0 && string(value) != `""` {
			return rewrite.Refusal(scim.UniquenessError("another user has this %s", attribute))
		}
		return nil
	})
}
