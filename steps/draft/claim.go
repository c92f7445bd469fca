package draft

import (
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// isTrueOnlyIfItHolds judges a claim by the verdicts on the requirements whose ids begin with
// the prefix. Without the claim there is nothing that could be wrong about it.
func (w *World) isTrueOnlyIfItHolds(claim, prefix string) error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	if value, _ := judge.At(answer, claim); value != true {
		return w.ExpectThat(true, "", "", "")
	}
	return w.holds(prefix, fmt.Sprintf("the claim of conformance, %q in %s", claim, w.TheRequest()), "true")
}

func (w *World) allHolds(prefix string) error {
	return w.holds(prefix, "what is binding in "+prefix, "")
}

// holds demands that everything binding of a family was judged and holds.
func (w *World) holds(prefix, what, claimed string) error {
	v := w.Run.VerdictsOn(prefix)
	want, got := "all of it", statements(len(v.Failed))+" "+doNotHold(v.Failed)
	if claimed != "" {
		want, got = "no such claim: "+got, claimed
	}
	switch {
	case len(v.Failed) > 0:
		return w.ExpectThat(false, what, want, got)
	case v.Held == 0:
		return &judge.Untested{Reason: "no requirement of " + prefix + " was judged in this run: judge the whole profile"}
	case len(v.Open) > 0:
		return &judge.Untested{Reason: fmt.Sprintf("nothing speaks against it, but %s could not be judged: %s", statements(len(v.Open)), few(v.Open))}
	}
	return w.ExpectThat(true, "", "", "")
}

func statements(n int) string {
	if n == 1 {
		return "1 binding statement"
	}
	return fmt.Sprintf("%d binding statements", n)
}

func doNotHold(ids []string) string {
	if len(ids) == 1 {
		return "does not hold (" + ids[0] + ")"
	}
	return "do not hold (" + few(ids) + ")"
}

// few is a list that fits into a message.
func few(ids []string) string {
	const most = 6
	if len(ids) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(ids[:most], ", "), len(ids)-most)
	}
	return strings.Join(ids, ", ")
}
