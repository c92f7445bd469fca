package faults

var pageFaults = []Fault{}
