package rfc7644

import "github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"

// internationalComparisonFaults violate features/rfc7644/7.8_international_comparison.feature.
func internationalComparisonFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-7.8-01", "a filter does not fold characters outside ASCII", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts("ZOË ÅNGSTRÖM", "zoË Ångström nobody"))},
		{"RFC7644-7.8-01", "a filter does not compose accents", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts("Zoe\u0308", "nobody"))},
		{"RFC7644-7.8-01", "a filter does not find characters outside ASCII", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts("Zoë Ångström", "Zo? ?ngstr?m"))},
		{"RFC7644-7.8-01", "a filter on a part does not fold characters outside ASCII", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts("ånGSTRÖ", "nobody"))},
		{"RFC7644-7.8-01", "a filter on the beginning does not fold characters outside ASCII", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts(`"ZOË"`, `"nobody"`))},
		{"RFC7644-7.8-01", "a filter finds values without the accents", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts(`displayName eq "Zoë Ångström"`, `displayName sw "Zo"`))},
	}
}
