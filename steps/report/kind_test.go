package report

import "testing"

func TestADiffKnowsTheKindOfAChange(t *testing.T) {
	for _, test := range []struct {
		was, is Verdict
		want    Kind
	}{
		{Passed, Failed, Worsened}, {Passed, Warned, Worsened}, {Warned, Failed, Worsened}, {Passed, Blocked, Worsened}, {Passed, Broken, Worsened},
		{Failed, Passed, Improved}, {Failed, Warned, Improved}, {Warned, Passed, Improved},
		{Untested, Passed, Appeared}, {Blocked, Failed, Appeared}, {Unsupported, Passed, Appeared},
		{Passed, Untested, Vanished}, {Failed, Blocked, Vanished}, {Failed, Unsupported, Vanished}, {Failed, Broken, Vanished},
		{Passed, Passed, unchanged}, {Failed, Failed, unchanged}, {Untested, Blocked, unchanged},
	} {
		if got := kindOf(&Requirement{Verdict: test.was}, &Requirement{Verdict: test.is}); got != test.want {
			t.Errorf("%s -> %s: got %d, want %d", test.was, test.is, got, test.want)
		}
	}
}
