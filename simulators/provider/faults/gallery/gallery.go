// Package gallery holds the faults against features/gallery: servers that the gallery of
// Microsoft Entra ID would not take in.
package gallery

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		usersFaults(),
		groupsFaults(),
		scimFaults(),
		authenticationFaults(),
	)
}

const managerPath = scim.EnterpriseURN + ":manager"

var (
	deletesUsers  = rewrite.At("DELETE", "/Users/*")
	deletesGroups = rewrite.At("DELETE", "/Groups/*")
	refused       = scim.InvalidValue("this server does not take that")
	noGroupSchema = rewrite.EditListing("Schemas", rewrite.WithoutID(scim.GroupURN))
)

// setsActive chooses operations that set active by a string or by a boolean.
func setsActive(op *scim.Object) bool { return rewrite.OnPath("active")(op) }
