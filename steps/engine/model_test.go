package engine

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A target that is right agrees with the model, whatever the seed.
func TestTheModelNeverContradictsATargetThatIsRight(t *testing.T) {
	for _, method := range []string{http.MethodPatch, http.MethodPut} {
		for _, kind := range []string{"user", "group"} {
			t.Run(method+" to a "+kind, func(t *testing.T) {
				t.Parallel()
				for _, e := range modelled(t, method, kind, 8, nil).Examples {
					if e.Verdict != report.Passed {
						t.Errorf("%s: %s: %s (want %s, got %s)", e.Name, e.Verdict, e.Message, e.Want, e.Got)
					}
				}
			})
		}
	}
}

// What goes wrong is shown as small as it can be.
func TestTheModelShrinksWhatGoesWrong(t *testing.T) {
	for name, c := range map[string]struct {
		method, kind, fault string
		operations          int
		says                string
	}{
		"one operation is enough to lose the divisions": {http.MethodPatch, "user", "the division cannot be changed", 1, "division"},
		"one operation is enough to lose a middleName":  {http.MethodPatch, "user", "the middleName is taken for the givenName", 1, "middleName"},
		"it takes four operations to lose the fourth":   {http.MethodPatch, "user", "the fourth operation is lost", 4, `"op"`},
		"one list is enough to lose a third element":    {http.MethodPut, "user", "a PUT loses the third element of a list", 0, "type"},
		"one list is enough to lose a third member":     {http.MethodPut, "group", "a PUT loses the third member of a group", 0, "members"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := modelled(t, c.method, c.kind, 12, faultNamed(t, c.fault)).Examples
			for _, e := range found {
				if e.Verdict != report.Failed {
					continue
				}
				if got := strings.Count(e.Message, `"op":`); got != c.operations {
					t.Errorf("%d operations, want %d: %s", got, c.operations, e.Message)
				}
				if !strings.Contains(e.Message, c.says) {
					t.Errorf("%q is not in %s", c.says, e.Message)
				}
				return
			}
			t.Errorf("none of %d seeds noticed it", len(found))
		})
	}
}

func faultNamed(t *testing.T, name string) faults.Wrap {
	t.Helper()
	for _, f := range faults.All() {
		if f.Name == name {
			return f.Wrap
		}
	}
	t.Fatalf("there is no fault %q", name)
	return nil
}

// modelled runs the model with the seeds 1 to n.
func modelled(t *testing.T, method, kind string, n int, wrap faults.Wrap) report.Requirement {
	t.Helper()
	const id = "RFC7644-3.5.2-99"
	var text strings.Builder
	fmt.Fprintf(&text, "Feature: RFC 7644\n\n  @%s @SHALL\n  Rule: the model\n    Text.\n\n    Scenario Outline: seed <seed>\n", id)
	fmt.Fprintf(&text, "      When the client sends 20 random %s requests to a %s, of the seed <seed>\n", method, kind)
	fmt.Fprintf(&text, "      Then after each request the %s is as RFC 7644 section 3.5 defines it\n\n      Examples:\n        | seed |\n", kind)
	for seed := range n {
		fmt.Fprintf(&text, "        | %d |\n", 1000+seed)
	}
	options := guideOptions(t)
	options.Features = fstest.MapFS{"rfc7644/model.feature": {Data: []byte(text.String())}}
	options.Only, options.Profiles, options.NoSweep, options.Workers = []string{id}, features.Profiles(), true, 2
	options.Embedded = behind(wrap)
	result, err := Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	return result.Requirements[0]
}

// What is reported is the comparison at fault, not the thicket it was found in.
func TestADisagreementIsMadeSmall(t *testing.T) {
	for _, fault := range faults.Of("RFC7644-3.4.2.2-42") {
		if fault.Name != "ew means co" {
			continue
		}
		for _, e := range judged(t, fault.Requirement, fault.Wrap).Examples {
			if e.Verdict != report.Failed {
				continue
			}
			found, _, _ := strings.Cut(e.Message, " (the smallest")
			if strings.Contains(found, " or ") || strings.Count(found, " and ") != 1 || !strings.Contains(found, " ew ") {
				t.Errorf("not small: %s", e.Message)
			}
		}
	}
}
