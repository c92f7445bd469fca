package faults

var projectionFaults = []Fault{}
