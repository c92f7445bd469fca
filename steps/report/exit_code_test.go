package report

import "testing"

// ofVerdicts is a report with a requirement for each verdict.
func ofVerdicts(verdicts ...Verdict) *Report {
	var r Report
	for _, v := range verdicts {
		r.add(Requirement{ID: "CSA-SYNC-01", Verdict: v, Examples: []Example{{Name: "e", Verdict: v}}})
	}
	return &r
}

func TestTheExitCode(t *testing.T) {
	known := func(r *Report) { r.Requirements[0].Known = "issue 17" }
	strict := func(r *Report) { r.Strict = true }
	for name, test := range map[string]struct {
		verdicts []Verdict
		change   func(*Report)
		want     int
	}{
		"0 when all passed":                               {[]Verdict{Passed}, nil, 0},
		"0 when nothing is worse than a warning":          {[]Verdict{Passed, Warned}, nil, 0},
		"0 when only what is optional or not asked lacks": {[]Verdict{Passed, Unsupported, Untested}, nil, 0},
		"0 when what failed is known":                     {[]Verdict{Failed, Passed}, known, 0},
		"0 when what is blocked is known":                 {[]Verdict{Blocked, Passed}, known, 0},
		"1 when something failed":                         {[]Verdict{Passed, Failed}, nil, 1},
		"1 when something warned and the run is strict":   {[]Verdict{Passed, Warned}, strict, 1},
		"1 when something failed and more is blocked":     {[]Verdict{Failed, Blocked, Passed}, nil, 1},
		"1 when something failed and more is broken":      {[]Verdict{Failed, Broken, Passed}, nil, 1},
		"1 when what is known to fail passes":             {[]Verdict{Passed}, known, 1},
		"2 when something is blocked":                     {[]Verdict{Passed, Blocked}, nil, 2},
		"2 when something is broken":                      {[]Verdict{Passed, Broken}, nil, 2},
		"2 when something is broken that is known":        {[]Verdict{Broken, Passed}, known, 2},
		"2 when a warning hides what is blocked": {[]Verdict{Warned, Passed}, func(r *Report) {
			r.Requirements[0].Examples = append(r.Requirements[0].Examples, Example{Name: "f", Verdict: Blocked})
		}, 2},
		"2 when a known failure hides what is broken": {[]Verdict{Failed, Passed}, func(r *Report) {
			known(r)
			r.Requirements[0].Examples = append(r.Requirements[0].Examples, Example{Name: "f", Verdict: Broken})
		}, 2},
		"2 when the run stopped early":           {[]Verdict{Passed, Failed}, func(r *Report) { r.Partial = "interrupted" }, 2},
		"2 when everything was blocked":          {[]Verdict{Blocked, Blocked}, nil, 2},
		"2 when all that was judged was blocked": {[]Verdict{Blocked}, known, 2},
		"2 when nothing was selected":            {[]Verdict{Untested}, nil, 2},
		"2 when there was nothing to judge":      {nil, nil, 2},
		"2 when only options were asked for":     {[]Verdict{Unsupported, Untested}, nil, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r := ofVerdicts(test.verdicts...)
			if test.change != nil {
				test.change(r)
			}
			if got := r.ExitCode(); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
			green := NewEnding(r, Findings(r), "above").Verdict
			if (green == Passed || green == Warned) != (test.want == 0) {
				t.Errorf("the exit code is %d, and the ending is shown as %s", test.want, green)
			}
		})
	}
}

func TestTheEndingSaysWhatToDoNext(t *testing.T) {
	for partial, want := range map[string]string{
		"the run was interrupted": "Next: run again, and let it come to its end.",
		"the target is gone":      "Next: remove the cause and run again.",
	} {
		r := ofVerdicts(Passed)
		r.Partial = partial
		if got := NewEnding(r, nil, "above").Next; got != want {
			t.Errorf("%s: %s", partial, got)
		}
	}
	r := ofVerdicts(Failed, Blocked)
	end := NewEnding(r, Findings(r), "above")
	if got := end.Lead + " " + end.Text; got != "Failed, and inconclusive besides. 1 requirement not met. 1 requirement could not be judged: blocked." {
		t.Error(got)
	}
}
