package faults

var dialectFaults = []Fault{}
