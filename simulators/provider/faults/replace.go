package faults

var replaceFaults = []Fault{}
