package rfc7643

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// caseInFiltersFaults violate features/rfc7643/7_case_in_filters.feature.
func caseInFiltersFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-7-06", "displayName has case", rewrite.SetExactness(true, rewrite.AttributesNamed("displayName"))},
		{"RFC7643-7-06", "nickName has case", rewrite.SetExactness(true, rewrite.AttributesNamed("nickName"))},
		{"RFC7643-7-06", "userType has case", rewrite.SetExactness(true, rewrite.AttributesNamed("userType"))},
		{"RFC7643-7-06", "types of emails have case", rewrite.SetExactness(true, rewrite.AttributesNamed("emails.type"))},
		{"RFC7643-7-06", "parts of names have case", rewrite.SetExactness(true, rewrite.AttributesNamed("name.givenName", "name.familyName"))},
		{"RFC7643-7-06", "extensions have case", rewrite.SetExactness(true, rewrite.AttributesNamed("department"))},
		{"RFC7643-7-06", "externalId has no case", rewrite.IgnoreCaseOfExternalID(filter.Ew)},
		{"RFC7643-7-06", "externalId has no case in co", rewrite.IgnoreCaseOfExternalID(filter.Co)},
		{"RFC7643-7-06", "co on displayName has case", rewrite.RespectCase(filter.Co)},
	}
}
