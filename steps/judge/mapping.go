package judge

import "github.com/simulate-duo/simulate-duo/simulators/scim"

// usualMapping are the attributes of the documentation's table of examples, without externalId,
// which no schema of the standard has. Source: MicrosoftDocs/entra-docs,
// use-scim-to-provision-users-and-groups.md of March 2025, read in November 2026.
var usualMapping = map[string][]string{
	"Users": {
		"userName", "active", "displayName", "title", "name.givenName", "name.familyName",
		`emails[type eq "work"].value`, `emails[type eq "other"].value`,
		`phoneNumbers[type eq "work"].value`, `phoneNumbers[type eq "mobile"].value`, `phoneNumbers[type eq "fax"].value`,
		`addresses[type eq "work"].streetAddress`, `addresses[type eq "work"].postalCode`, `addresses[type eq "other"].formatted`,
		scim.EnterpriseURN + ":employeeNumber", scim.EnterpriseURN + ":department", scim.EnterpriseURN + ":manager",
	},
	"Groups": {"displayName", "members"},
}

// Mapping is which attributes of "Users" or "Groups" Entra ID maps at this target: those of the
// target file, or the usual ones.
func (f *Fit) Mapping(collection string) []string {
	if own := f.Mapped[collection]; len(own) > 0 {
		return own
	}
	return usualMapping[collection]
}
