// Package engine runs the scenarios of the features and gives each its verdict. It alone
// knows godog's runner. A scenario gets a new session with the target; the packages of
// the steps register their sentences and keep what they know of the scenario beside them.
// What the run sends goes through one transport, which keeps a real endpoint unharmed.
package engine
