package report

import "fmt"

// ending is how a run ended, in one sentence, and what to do next.
type ending struct {
	verdict Verdict // how to paint it
	lead    string  // the sentence's first words
	text    string
}

// newEnding judges the run as a whole; where is the place of the details beside
// the sentence, "above" or "below".
func newEnding(r *Report, found []*finding, where string) ending {
	sum := r.Summary
	switch {
	case r.Partial != "":
		return ending{Broken, "Stopped early.", "What was judged until then is " + where + ". Next: remove the cause and run again."}
	case sum.Broken > 0:
		return ending{Broken, "Broken.", brokenWords(sum) + " Next: run again with --trace, and report it if it stays."}
	case sum.judged() == 0:
		return ending{Broken, "Nothing judged.", "Nothing can be said about the target. Next: see the reasons " + where + "."}
	}
	return judgedEnding(r, found, where)
}

// judgedEnding is the ending of a run that came to its end and judged something.
func judgedEnding(r *Report, found []*finding, where string) ending {
	unmet, stale := r.unmet(), len(r.stale())
	known, violated := knownWords(r), "Nothing binding is violated. "
	if known != "" {
		violated = "Nothing else that is binding is violated. "
	}
	switch {
	case unmet > 0:
		words := count(unmet, "requirement") + " not met"
		if r.Strict && r.Summary.Warned > 0 {
			words += ", as --strict counts warnings"
		}
		return ending{Failed, "Failed.", words + ". " + known + "Next: " + nextAfter(found, where)}
	case stale > 0:
		return ending{Failed, "Failed.", "The baseline is out of date. " + known + "Next: remove " + count(stale, "line") + " from it, see " + where + "."}
	case len(found) > 0:
		return ending{Warned, "Passed with warnings.", violated + known + "Next: decide about the " + count(len(openWarnings(r)), "warning") + " " + where + "."}
	case known != "":
		return ending{Warned, "Passed but for what is known.", known + "Next: mend one, and remove its line from the baseline."}
	case r.Target.Embedded:
		return ending{Passed, "Passed.", "Everything that was judged holds. Next: simulate-duo --target URL judges your own endpoint."}
	}
	return ending{Passed, "Passed.", "Everything that was judged holds. Next: connect Duo, and watch its Activity Log at the first sync."}
}

// brokenWords does not let what else failed go unsaid.
func brokenWords(sum Summary) string {
	text := count(sum.Broken, "requirement") + " could not be checked, through no fault of the target."
	if sum.Failed > 0 {
		text += fmt.Sprintf(" Besides, %d failed.", sum.Failed)
	}
	return text
}

// nextAfter is the next step after failures: one cause, one short run to see
// that it is gone.
func nextAfter(found []*finding, where string) string {
	if len(found) == 0 { // a report that was put together by hand
		return "see the reasons " + where + "."
	}
	return "mend the first cause " + where + ", then run again with --tags @" + Visible(found[0].hits[0].requirement.ID) + "."
}
