package duo

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// ApplicationType says which list of application attributes the Provisioning
// tab offers.
type ApplicationType string

// The application types whose lists are known, and the custom application.
const (
	CiscoSecureAccess ApplicationType = "cisco-secure-access" // Cisco guide 225885
	CiscoWebex        ApplicationType = "cisco-webex"         // Cisco lab LTRCOL-2004
	Generic           ApplicationType = "generic"             // the list is not published: Webex's, assumed
)

// CiscoExtensionURN is the schema under which Secure Access declares authName
// and nativeObjectId (Microsoft's and Cisco's pages on provisioning Secure Access).
const CiscoExtensionURN = "urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User"

// RequiredAttribute is the one application attribute that every application
// requires (Cisco guide 225885, Cisco lab LTRCOL-2004).
const RequiredAttribute = "userName"

var secureAccessAttributes = []string{
	RequiredAttribute,
	"authName", "displayName", "emails", "name.familyName", "name.formatted", "name.givenName", "nativeObjectId",
}

var webexAttributes = []string{
	RequiredAttribute,
	"costCenter", "department", "displayName", "division", "emails", "employeeNumber", "locale",
	"name.familyName", "name.formatted", "name.givenName", "name.honorificPrefix", "name.honorificSuffix",
	"name.middleName", "nickName", "organization", "phoneNumbers", "preferredLanguage", "profileUrl",
	"timezone", "title",
}

// Attributes lists the application attributes that a type offers: the required
// one, then the optional ones in alphabetical order, as the Admin Panel shows
// them. An unknown type has none.
func (t ApplicationType) Attributes() []string {
	switch t {
	case CiscoSecureAccess:
		return slices.Clone(secureAccessAttributes)
	case CiscoWebex, Generic:
		return slices.Clone(webexAttributes)
	}
	return nil
}

// extension is the URN of the schema extension that the type's list draws on.
// Duo's lists show its attributes by bare name; that they travel under the URN
// is assumed.
func (t ApplicationType) extension() string {
	if t == CiscoSecureAccess {
		return CiscoExtensionURN
	}
	return scim.EnterpriseURN
}

var (
	ciscoExtensionNames = []string{"authName", "nativeObjectId"}
	enterpriseNames     = []string{"costCenter", "department", "division", "employeeNumber", "organization"}
	multiValuedNames    = []string{"emails", "phoneNumbers"}
)

// didYouMean returns `: did you mean "…"?` with the candidate that differs from
// word by at most two edits or by case only, or else the list of all.
func didYouMean(word string, candidates []string) string {
	best, distance := "", 3
	for _, c := range candidates {
		if d := editDistance(strings.ToLower(word), strings.ToLower(c), distance); d < distance {
			best, distance = c, d
		}
	}
	if best != "" {
		return ": did you mean " + quote(best) + "?"
	}
	return ": use one of " + strings.Join(candidates, ", ")
}

// editDistance is the Levenshtein distance of two words, or limit if it is not
// smaller; words whose lengths differ by limit are not compared at all.
func editDistance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= limit || len(y)-len(x) >= limit {
		return limit
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return min(row[len(y)], limit)
}
