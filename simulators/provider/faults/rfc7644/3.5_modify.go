package rfc7644

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// modifyFaults violate features/rfc7644/3.5_modify.feature.
func modifyFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.5-01", "PUT is not implemented", rewrite.RefuseBodies(rewrite.At("PUT", "/*/*"), rewrite.AnyBody, scim.NotImplemented("PUT is not supported"))},
		{"RFC7644-3.5-01", "PUT is not implemented for groups", rewrite.RefuseBodies(rewrite.At("PUT", "/Groups/*"), rewrite.AnyBody, scim.MethodNotAllowed("GET, DELETE"))},

		{"RFC7644-3.5-02", "PATCH answers 501 although it is declared", rewrite.RefuseOperations("/*/*", rewrite.Always, scim.NotImplemented("PATCH is not supported"))},
		{"RFC7644-3.5-02", "PATCH of groups answers 405 although it is declared", rewrite.RefuseOperations("/Groups/*", rewrite.Always, scim.MethodNotAllowed("GET"))},
		{"RFC7644-3.5-02", "PATCH works although it is not declared", rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("patch", scim.NewObject(scim.Member{Name: "supported", Value: false}))
		})},
	}
}
