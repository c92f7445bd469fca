package faults

var queryFaults = []Fault{}
