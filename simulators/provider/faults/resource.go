package faults

import "slices"

// resourceFaults violate RFC 7643, sections 2 and 3.
func resourceFaults() []Fault {
	return slices.Concat(formFaults(), typeFaults(), dateFaults(), referenceFaults(), pluralFaults(), unassignedFaults(), commonFaults(), metaFaults(), extensionFaults())
}
