package faults

var deleteFaults = []Fault{}
