// Package rfc7644 holds the faults against features/rfc7644: the protocol.
package rfc7644

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		introductionFaults(),
		authenticationFaults(),
		notationFaults(),
		meFaults(),
		errorsFaults(),
		protocolVersionsFaults(),
		versioningFaults(),
		backgroundFaults(),
		endpointsFaults(),
		resourceTypesFaults(),
		createFaults(),
		getFaults(),
		filterEndpointFaults(),
		filterLogicFaults(),
		filterOperatorFaults(),
		filterRefusalFaults(),
		filterValueFaults(),
		sortFaults(),
		pageFaults(),
		projectionFaults(),
		queryFaults(),
		searchFaults(),
		putFaults(),
		patchAddFaults(),
		patchRemoveFaults(),
		patchReplaceFaults(),
		patchFaults(),
		modifyFaults(),
		deleteFaults(),
		bulkIDsFaults(),
		bulkResultsFaults(),
		bulkLimitsFaults(),
		bulkFaults(),
		formatsFaults(),
		attributeParameterFaults(),
		discoveryFaults(),
		internationalizedStringsFaults(),
		multiTenancyFaults(),
		internationalComparisonFaults(),
		securityFaults(),
		mediaTypeFaults(),
		concurrencyFaults(),
	)
}
