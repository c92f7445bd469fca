package rfc7643

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// referencesInFiltersFaults violate features/rfc7643/2.3.7_references_in_filters.feature.
func referencesInFiltersFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-2.3.7-06", "references have no case", rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
			if rewrite.About(c, "profileUrl") {
				c.Op, c.Value = filter.Pr, nil
			}
			return c
		})},
		{"RFC7643-2.3.7-06", "references are found by letters of any case", referencesFolded},
		{"RFC7643-2.3.7-06", "references are not found", rewrite.EditComparisonsOf("profileUrl", filter.Eq, rewrite.MatchNone)},
	}
}

var referencesFolded = rewrite.IgnoreCase(rewrite.Queries(), "profileUrl", filter.Eq, filter.Ew)
