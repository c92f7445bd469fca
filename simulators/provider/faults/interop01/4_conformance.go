package interop01

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// conformanceFaults violate features/interop01/4_conformance.feature.
func conformanceFaults() rewrite.Table {
	return rewrite.Table{
		{"INTEROP01-4-01", "the claim is a text", rewrite.SetConfig("interopProfileConformant", "", "true")},
		{"INTEROP01-4-01", "the claim is an object", rewrite.SetConfig("interopProfileConformant", "", scim.NewObject(scim.Member{Name: "supported", Value: true}))},

		{"INTEROP01-4-02", "conformance is claimed and operations without a path are taken", takesNoPath()},
		{"INTEROP01-4-02", "conformance is claimed and a conflict is a bad request", rewrite.Answers(rewrite.At("POST,PATCH", ""), rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
	}
}
