package faults

var versionFaults = []Fault{}
