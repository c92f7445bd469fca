package faults

var cursorFaults = []Fault{}
