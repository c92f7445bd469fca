// Package safety keeps a real endpoint as it was: every name that a run makes
// carries its marker, every creation is in a journal before it is sent, nothing
// without a marker is changed, and everything is removed at the end or by a
// later sweep.
package safety
