// Package rfc7643 holds the faults against features/rfc7643: the core schema.
package rfc7643

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		attributesFaults(),
		characteristicsFaults(),
		referencesInFiltersFaults(),
		dataTypesFaults(),
		multiValuedFaults(),
		primaryInFiltersFaults(),
		unassignedFaults(),
		commonAttributesFaults(),
		idsInFiltersFaults(),
		extensionsFaults(),
		resourcesFaults(),
		userSingularFaults(),
		userMultiValuedFaults(),
		groupFaults(),
		enterpriseUserFaults(),
		serviceProviderConfigFaults(),
		resourceTypesFaults(),
		caseInFiltersFaults(),
		schemaHonestyFaults(),
		schemasFaults(),
	)
}
