// Package steps plays the features against a target and judges the target: the
// sentences that the features may use, the world of one scenario, and the run.
//
// A run takes three walks: the story, whose Activity Log is shown as it happens;
// the other scenarios; and the scenarios again under every alternative of what
// nobody outside knows about Duo. A step that finds the target wrong returns a
// Mismatch; any other error says that the harness could not tell, and is never
// held against the target.
package steps
