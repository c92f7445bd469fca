package faults

var createFaults = []Fault{}
