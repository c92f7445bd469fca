package report

import "testing"

func TestTheVerdictOfAWhole(t *testing.T) {
	for name, test := range map[string]struct {
		parts []Verdict
		want  Verdict
	}{
		"nothing was found out without parts":             {nil, Untested},
		"one part decides alone":                          {[]Verdict{Passed}, Passed},
		"a failure outweighs what passed":                 {[]Verdict{Passed, Failed, Warned}, Failed},
		"a warning outweighs what passed":                 {[]Verdict{Passed, Warned}, Warned},
		"a broken check needs another look above all":     {[]Verdict{Failed, Broken}, Broken},
		"a finding outweighs a check that was blocked":    {[]Verdict{Blocked, Warned}, Warned},
		"a blocked check leaves a requirement unproven":   {[]Verdict{Passed, Blocked}, Blocked},
		"an absent option takes nothing from what passed": {[]Verdict{Unsupported, Passed}, Passed},
		"what did not run takes nothing from what passed": {[]Verdict{Untested, Passed}, Passed},
		"an absent option tells more than no run":         {[]Verdict{Untested, Unsupported}, Unsupported},
		"what is no verdict does not pass":                {[]Verdict{Passed, "ok"}, Broken},
		"an empty verdict does not pass":                  {[]Verdict{Passed, ""}, Broken},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Worst(test.parts...); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestTheOrderOfPartsDoesNotMatter(t *testing.T) {
	for _, a := range Verdicts {
		for _, b := range Verdicts {
			if Worst(a, b) != Worst(b, a) {
				t.Errorf("%s and %s: %s or %s", a, b, Worst(a, b), Worst(b, a))
			}
		}
	}
}

func TestTheExitCode(t *testing.T) {
	for name, test := range map[string]struct {
		report Report
		want   int
	}{
		"0 when all passed":                       {Report{Summary: Summary{Passed: 3}}, 0},
		"0 when nothing worse than a warning":     {Report{Summary: Summary{Passed: 3, Warned: 1}}, 0},
		"0 when some could not be judged":         {Report{Summary: Summary{Passed: 3, Blocked: 1, Unsupported: 1, Untested: 1}}, 0},
		"1 when something failed":                 {Report{Summary: Summary{Passed: 3, Failed: 1}}, 1},
		"2 when something is broken":              {Report{Summary: Summary{Passed: 3, Failed: 1, Broken: 1}}, 2},
		"2 when the run stopped early":            {Report{Summary: Summary{Passed: 3, Failed: 1}, Partial: "interrupted"}, 2},
		"2 when everything was blocked":           {Report{Summary: Summary{Blocked: 3}}, 2},
		"2 when nothing was selected":             {Report{Summary: Summary{Untested: 3}}, 2},
		"2 when there was nothing to judge":       {Report{}, 2},
		"2 when only options were asked for":      {Report{Summary: Summary{Unsupported: 3, Untested: 3}}, 2},
		"1 when everything that could be, failed": {Report{Summary: Summary{Failed: 3, Blocked: 9}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.report.ExitCode(); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
