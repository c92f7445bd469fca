// Package features holds the requirements of simulate-duo as Gherkin files and
// reads them. A Rule is a requirement and its examples are the checks; there is
// no second list of requirements anywhere.
//
// The tags of a Rule carry the rest: exactly one id
// (@RFC7644-3.3-05, @DUO-CONNECT-01), exactly one level (@SHALL, @OBSERVED) and,
// where nothing can be observed from outside, @unobservable. Capitals in a tag
// are reserved for ids and levels, so that a misspelt one is an error and not
// one tag more.
package features

import "embed"

// FS holds every feature file, one folder per origin: guide for Cisco's guide,
// rfc7643 and its siblings for the standards. A new folder is part of it
// without a further line here.
//
//go:embed */*.feature
var FS embed.FS
