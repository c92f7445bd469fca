package faults

var protocolFaults = []Fault{}
