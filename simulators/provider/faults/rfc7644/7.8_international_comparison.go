package rfc7644

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// internationalComparisonFaults violate features/rfc7644/7.8_international_comparison.feature.
func internationalComparisonFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-7.8-01", "a filter does not fold what is beyond ASCII", rewrite.FilterRewritten("ZOË ÅNGSTRÖM", "zoË Ångström nobody")},
		{"RFC7644-7.8-01", "a filter does not compose accents", rewrite.FilterRewritten("Zoe\u0308", "nobody")},
		{"RFC7644-7.8-01", "a filter does not find what is beyond ASCII", rewrite.FilterRewritten("Zoë Ångström", "Zo? ?ngstr?m")},
		{"RFC7644-7.8-01", "a filter on a part does not fold what is beyond ASCII", rewrite.FilterRewritten("ånGSTRÖ", "nobody")},
		{"RFC7644-7.8-01", "a filter on the beginning does not fold what is beyond ASCII", rewrite.FilterRewritten(`"ZOË"`, `"nobody"`)},
		{"RFC7644-7.8-01", "a filter finds what has no accents", rewrite.FilterRewritten(`displayName eq "Zoë Ångström"`, `displayName sw "Zo"`)},
	}
}
