// Package report joins what the checks of a run found with the requirements
// they check, and writes the result: a screen to read, JSON to keep.
//
// A writer is a function of an io.Writer and a *Report. Whatever came from the
// target is hostile here: no writer lets a control character through.
package report

import "slices"

// Verdict is what a run found out about a check or a requirement.
type Verdict string

// The verdicts. The first three judge the target; the others say why it could
// not be judged.
const (
	Passed      Verdict = "passed"      // the target did what the requirement says
	Warned      Verdict = "warned"      // the target deviates from something that is not binding
	Failed      Verdict = "failed"      // the target deviates from something binding
	Unsupported Verdict = "unsupported" // an optional capability that the target does not offer
	Blocked     Verdict = "blocked"     // a precondition could not be met; the message says which
	Untested    Verdict = "untested"    // did not run; the message says why
	Broken      Verdict = "broken"      // the harness or the network; never the target's fault
)

// Verdicts holds every verdict, worst first.
//
//   - failed is first: one example that shows the deviation is enough;
//   - broken is next, because nothing can be said until it is gone;
//   - blocked is worse than passed, because part of the requirement was meant
//     to be judged and was not;
//   - unsupported is better than passed: a capability that is optional and absent takes
//     nothing from a requirement that holds wherever it applies;
//   - untested is last, because it tells nothing at all.
var Verdicts = []Verdict{Failed, Broken, Warned, Blocked, Passed, Unsupported, Untested}

// Worst is the verdict of a whole from the verdicts of its parts, in the order of
// Verdicts. Of no part it is untested. Something that is no verdict counts as
// broken, so that nothing passes by a slip.
func Worst(parts ...Verdict) Verdict {
	worst := len(Verdicts) - 1
	for _, v := range parts {
		worst = min(worst, v.Rank())
	}
	return Verdicts[worst]
}

// Rank is the place in Verdicts. Any other text has the rank of broken.
func (v Verdict) Rank() int {
	if i := slices.Index(Verdicts, v); i >= 0 {
		return i
	}
	return slices.Index(Verdicts, Broken)
}

// Judged says whether the target itself was judged: passed, warned or failed.
func (v Verdict) Judged() bool { return v == Passed || v == Warned || v == Failed }
