package faults

var bulkFaults = []Fault{}
