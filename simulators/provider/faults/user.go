package faults

import "slices"

// userFaults violate RFC 7643, sections 4 and 9.2, and RFC 7644, sections 5 and 7.8.
func userFaults() []Fault {
	return slices.Concat(userNameFaults(), userStatusFaults(), passwordFaults(), userValueFaults(), membershipFaults(), groupFaults(), enterpriseFaults(), comparisonFaults())
}
