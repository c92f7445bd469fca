// Package judge looks at a target: always anew, by SCIM, and believing only what fits
// what it asked for. A Session is the judge's side of one scenario, a Run what the
// scenarios of one run share. What is wrong with the target is a Mismatch; any other
// error says that the harness could not tell. The package knows no Gherkin.
package judge
