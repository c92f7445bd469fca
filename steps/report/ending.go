package report

import (
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Ending is how a run ended, and what to do next.
type Ending struct {
	Verdict Verdict // how to paint it
	Lead    string  // the result in a word or two
	Text    string  // the result in sentences
	Next    string  // what to do, in one sentence
}

// NewEnding judges the run as a whole; where is the place of the details beside
// the sentence, "above" or "below".
func NewEnding(r *Report, found []*Finding, where string) Ending {
	switch {
	case r.Partial != "" && r.Summary.Judged() == 0:
		return Ending{Broken, "Stopped early.", "Nothing was judged.", nextAfterStop(r)}
	case r.Partial != "":
		return Ending{Broken, "Stopped early.", "What was judged until then is " + where + ".", nextAfterStop(r)}
	case r.Summary.Judged() == 0:
		return Ending{Broken, "Inconclusive.", "Nothing was judged, and nothing can be said about the " + subject(r) + ".", "Next: see the reasons " + where + "."}
	}
	return judgedEnding(r, found, where)
}

// nextAfterStop is the next step after a run that ended early: there is nothing to mend if a
// person ended it.
func nextAfterStop(r *Report) string {
	if strings.Contains(r.Partial, "interrupted") {
		return "Next: run again, and let it come to its end."
	}
	return "Next: remove the cause and run again."
}

// subject is what was to be judged.
func subject(r *Report) string {
	if r.Target.Client {
		return "client"
	}
	return "target"
}

// judgedEnding is the ending of a run that came to its end and judged something. It
// has the order of ExitCode.
func judgedEnding(r *Report, found []*Finding, where string) Ending {
	unmet, stale, undecided := r.Unmet(), len(r.Stale()), r.Undecided()
	known, gate := KnownWords(r), refusingGate(r)
	switch {
	case unmet > 0:
		text := words.Count(unmet, "requirement") + " not met"
		if r.Strict && r.Summary.Warned > 0 {
			text += ", as --strict counts warnings"
		}
		return failedEnding(text+".", undecided, known, "Next: "+nextAfter(r, found, where))
	case stale > 0:
		return failedEnding("The baseline is out of date.", undecided, known,
			"Next: remove "+words.Count(stale, "line")+" from it, see "+where+".")
	case len(undecided) > 0:
		return Ending{Broken, "Inconclusive.", words.Sentences("Nothing that was judged is violated, but "+undecidedWords(undecided)+".", known), nextAfterUndecided(undecided, where)}
	case LeftOutWords(r) != "":
		return Ending{Broken, "Inconclusive.", words.Sentences("Nothing that was judged is violated, but not judged are "+LeftOutWords(r)+".", known), "Next: have the client do them, and judge it again."}
	case gate != nil:
		return Ending{Warned, "Passed, but not accepted.", words.Sentences("Everything that was judged holds, and "+gate.Name+" would not accept it: "+gate.Why+".", known),
			"Next: see " + where + " what was skipped, and why."}
	case len(found) > 0:
		violated := "Nothing binding is violated."
		if known != "" {
			violated = "Nothing else that is binding is violated."
		}
		return Ending{Warned, "Passed with warnings.", words.Sentences(violated, known), "Next: decide about the " + words.Count(len(OpenWarnings(r)), "warning") + " " + where + "."}
	case known != "":
		return Ending{Warned, "Passed but for what is known.", known, "Next: mend one, and remove its line from the baseline."}
	case r.Target.Client:
		return Ending{Passed, "Passed.", "Everything that was judged holds.", "Next: see " + where + " what was not judged, and why."}
	case r.Target.Embedded:
		return Ending{Passed, "Passed.", "Everything that was judged holds.", "Next: simulate-duo --target URL judges your own endpoint."}
	}
	return Ending{Passed, "Passed.", "Everything that was judged holds.", "Next: connect Duo, and watch its Activity Log at the first sync."}
}

// refusingGate is a gate that was asked for and would not take the target in although nothing has
// failed: a test that it demands was skipped. nil if there is none.
func refusingGate(r *Report) *Readiness {
	for _, x := range AskedReadiness(r) {
		if x.Gate && x.Answer == ReadyNo {
			return &x
		}
	}
	return nil
}

// failedEnding does not let it go unsaid that there may be more failures.
func failedEnding(text string, undecided []*Requirement, known, next string) Ending {
	lead, besides := "Failed.", ""
	if len(undecided) > 0 {
		lead, besides = "Failed, and inconclusive besides.", undecidedWords(undecided)+"."
	}
	return Ending{Failed, lead, words.Sentences(text, besides, known), next}
}

// undecidedWords counts what could not be judged, by the reason.
func undecidedWords(undecided []*Requirement) string {
	broken := 0
	for _, q := range undecided {
		if q.Verdict == Broken {
			broken++
		}
	}
	parts := words.Count(len(undecided), "requirement") + " could not be judged"
	switch blocked := len(undecided) - broken; {
	case broken == 0:
		return parts + ": blocked"
	case blocked == 0:
		return parts + ": broken"
	default:
		return fmt.Sprintf("%s: %d blocked, %d broken", parts, blocked, broken)
	}
}

// nextAfterUndecided is the next step after requirements that could not be judged: a
// blocked one waits for the target, a broken one for this program or the network.
func nextAfterUndecided(undecided []*Requirement, where string) string {
	for _, q := range undecided {
		if q.Verdict != Broken {
			return "Next: see " + where + " what blocks them, mend it, and run again."
		}
	}
	return "Next: run again with --trace, and report it if it stays."
}

// nextAfter is the next step after failures: one cause, one short run to see
// that it is gone.
func nextAfter(r *Report, found []*Finding, where string) string {
	switch {
	case len(found) == 0: // a report that was put together by hand
		return "see the reasons " + where + "."
	case r.Target.Client:
		return "mend the first cause " + where + " in the client, and have it judged again."
	}
	return "mend the first cause " + where + ", then run again with --tags @" + words.Visible(found[0].First().ID) + "."
}
