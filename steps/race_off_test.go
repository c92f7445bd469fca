//go:build !race

package steps

const everyNth = 1
