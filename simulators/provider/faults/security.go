package faults

var securityFaults = []Fault{}
