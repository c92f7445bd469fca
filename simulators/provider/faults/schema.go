package faults

var schemaFaults = []Fault{}
