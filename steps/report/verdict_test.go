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
		"a failure is certain, whatever else is broken":   {[]Verdict{Failed, Broken}, Failed},
		"a broken check outweighs a warning":              {[]Verdict{Warned, Broken}, Broken},
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
