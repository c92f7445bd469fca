package faults

var patchFaults = []Fault{}
