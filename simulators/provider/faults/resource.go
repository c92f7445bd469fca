package faults

var resourceFaults = []Fault{}
