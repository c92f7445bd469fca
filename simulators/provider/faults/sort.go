package faults

var sortFaults = []Fault{}
