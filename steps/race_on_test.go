//go:build race

package steps

// everyNth thins out the proofs under the race detector, which makes them several
// times as long: all of them run without it.
const everyNth = 15
