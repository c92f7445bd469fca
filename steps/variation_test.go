package steps

import (
	"context"
	"fmt"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// What the standard permits changes no verdict: a requirement passes, or it is
// about something that the target says it does not offer.
func TestNoVariationChangesAVerdict(t *testing.T) {
	for _, variation := range faults.Variations() {
		t.Run(variation.Name, func(t *testing.T) {
			t.Parallel()
			expectNoAlarm(t, func(o *Options) { o.Wrap = variation.Wrap })
		})
	}
	for name, id := range map[string]string{
		"slashes": "a/b/%d", "at signs": "id@%d", "spaces": "an id %d", "percent signs": "100%%25 %d",
		"letters outside ASCII": "ü-%d", "capitals": "ID-%d", "nothing but digits": "%d",
		"a quote": "o'%d", "a plus": "1+%d", "a question mark": "what?%d", "a hash": "#%d",
	} {
		t.Run("ids with "+name, func(t *testing.T) {
			t.Parallel()
			n := 0
			expectNoAlarm(t, func(o *Options) {
				o.SecureAccess = secureaccess.Config{NewID: func() string { n++; return fmt.Sprintf(id, 10000+n) }}
			})
		})
	}
}

func expectNoAlarm(t *testing.T, vary func(*Options)) {
	t.Helper()
	options := guideOptions(t)
	options.NoSweep, options.Workers = true, 1
	options.Only = requirementsOnTargets(t)
	vary(&options)
	result, err := Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range result.Requirements {
		for _, e := range q.Examples {
			if e.Verdict != report.Passed && e.Verdict != report.Unsupported && e.Message != "not selected for this run" {
				t.Errorf("%s %s: %s: %s (want %s, got %s)", q.ID, e.Name, e.Verdict, e.Message, e.Want, e.Got)
			}
		}
	}
}

// requirementsOnTargets are those that judge any target.
func requirementsOnTargets(t *testing.T) []string {
	t.Helper()
	all, err := ownFeatures()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, q := range all {
		if !q.Unobservable && !aboutTheSimulators(q) && (ProfileOf(q.ID) == DuoProfile || ProfileOf(q.ID) == RFCProfile) {
			ids = append(ids, q.ID)
		}
	}
	return ids
}
