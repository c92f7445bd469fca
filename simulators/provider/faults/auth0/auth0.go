// Package auth0 holds the faults against features/auth0: servers that Auth0 cannot
// work with.
package auth0

import "github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table { return usersFaults() }
