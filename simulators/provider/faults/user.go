package faults

var userFaults = []Fault{}
