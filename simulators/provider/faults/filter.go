package faults

var filterFaults = []Fault{}
