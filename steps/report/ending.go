package report

import (
	"fmt"

	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Ending is how a run ended, in one sentence, and what to do next.
type Ending struct {
	Verdict Verdict // how to paint it
	Lead    string  // the sentence's first words
	Text    string
}

// NewEnding judges the run as a whole; where is the place of the details beside
// the sentence, "above" or "below".
func NewEnding(r *Report, found []*Finding, where string) Ending {
	sum := r.Summary
	switch {
	case r.Partial != "":
		return Ending{Broken, "Stopped early.", "What was judged until then is " + where + ". Next: remove the cause and run again."}
	case sum.Broken > 0:
		return Ending{Broken, "Broken.", brokenWords(sum) + " Next: run again with --trace, and report it if it stays."}
	case sum.Judged() == 0:
		return Ending{Broken, "Nothing judged.", "Nothing can be said about the target. Next: see the reasons " + where + "."}
	}
	return judgedEnding(r, found, where)
}

// judgedEnding is the ending of a run that came to its end and judged something.
func judgedEnding(r *Report, found []*Finding, where string) Ending {
	unmet, stale := r.Unmet(), len(r.Stale())
	known, violated := KnownWords(r), "Nothing binding is violated. "
	if known != "" {
		violated = "Nothing else that is binding is violated. "
	}
	switch {
	case unmet > 0:
		words := words.Count(unmet, "requirement") + " not met"
		if r.Strict && r.Summary.Warned > 0 {
			words += ", as --strict counts warnings"
		}
		return Ending{Failed, "Failed.", words + ". " + known + "Next: " + nextAfter(found, where)}
	case stale > 0:
		return Ending{Failed, "Failed.", "The baseline is out of date. " + known + "Next: remove " + words.Count(stale, "line") + " from it, see " + where + "."}
	case len(found) > 0:
		return Ending{Warned, "Passed with warnings.", violated + known + "Next: decide about the " + words.Count(len(OpenWarnings(r)), "warning") + " " + where + "."}
	case known != "":
		return Ending{Warned, "Passed but for what is known.", known + "Next: mend one, and remove its line from the baseline."}
	case r.Target.Embedded:
		return Ending{Passed, "Passed.", "Everything that was judged holds. Next: simulate-duo --target URL judges your own endpoint."}
	}
	return Ending{Passed, "Passed.", "Everything that was judged holds. Next: connect Duo, and watch its Activity Log at the first sync."}
}

// brokenWords does not let what else failed go unsaid.
func brokenWords(sum Summary) string {
	text := words.Count(sum.Broken, "requirement") + " could not be checked, through no fault of the target."
	if sum.Failed > 0 {
		text += fmt.Sprintf(" Besides, %d failed.", sum.Failed)
	}
	return text
}

// nextAfter is the next step after failures: one cause, one short run to see
// that it is gone.
func nextAfter(found []*Finding, where string) string {
	if len(found) == 0 { // a report that was put together by hand
		return "see the reasons " + where + "."
	}
	return "mend the first cause " + where + ", then run again with --tags @" + words.Visible(found[0].Hits[0].Requirement.ID) + "."
}
