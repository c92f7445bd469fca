package engine

import (
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Without a fault every requirement holds: the embedded target is right, and so
// are the checks.
func TestTheCataloguePassesOnTheEmbeddedTarget(t *testing.T) {
	requirements, err := features.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	for i, q := range requirements {
		if i%everyNth != 0 { // the run of everything at once has them all
			continue
		}
		if q.Unobservable || ProfileOf(q.ID) == features.Duo {
			continue
		}
		t.Run(q.ID, func(t *testing.T) {
			t.Parallel()
			for _, e := range judged(t, q.ID, nil).Examples {
				if e.Verdict != report.Passed {
					t.Errorf("%s: %s: %s (want %s, got %s)", e.Name, e.Verdict, e.Message, e.Want, e.Got)
				}
			}
		})
	}
}
