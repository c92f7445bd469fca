package engine

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// briefLoad sends 50 look-ups, by a clock that knows no waiting.
func briefLoad() *judge.Load {
	c := &stepClock{now: time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)}
	return &judge.Load{For: 2 * time.Second, Now: c.Now, Sleep: c.Sleep}
}

// stepClock goes forward by what somebody sleeps.
type stepClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *stepClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *stepClock) Sleep(_ context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return nil
}

// grantedFor is a token that an authorization server has granted for so long.
func grantedFor(life time.Duration) func() *judge.Granted {
	return func() *judge.Granted { return &judge.Granted{ByAssertion: true, Life: life} }
}

func TestATokenLivesFromOneToSixHours(t *testing.T) {
	for life, want := range map[time.Duration]report.Verdict{
		59 * time.Minute: report.Failed, time.Hour: report.Passed, 6 * time.Hour: report.Passed, 6*time.Hour + time.Second: report.Failed, 0: report.Failed,
	} {
		q := judgedWith(t, "GALLERY-SCIM-07", func(o *Options) { o.Granted = grantedFor(life) })
		if q.Verdict != want {
			t.Errorf("%s: %s, want %s: %s", life, q.Verdict, want, q.Message)
		}
	}
}

func TestTheTestsOfAuthenticationAreSkippedWithAnotherWayIn(t *testing.T) {
	for _, id := range []string{"GALLERY-SCIM-07", "GALLERY-SCIM-08"} {
		q := judgedWith(t, id, func(o *Options) { o.Granted = nil })
		if q.Verdict != report.Untested || !strings.Contains(q.Message, "fixed bearer token") {
			t.Errorf("%s: %s %s", id, q.Verdict, q.Message)
		}
	}
	bySecret := func() *judge.Granted { return &judge.Granted{Life: time.Hour} }
	if q := judgedWith(t, "GALLERY-SCIM-08", func(o *Options) { o.Granted = bySecret }); q.Verdict != report.Untested {
		t.Errorf("%s %s", q.Verdict, q.Message)
	}
}

func TestTheLoadIsLeftOutUnlessTheRunIsToldTo(t *testing.T) {
	q := judgedWith(t, "GALLERY-LOAD-01", func(o *Options) { o.Load = nil })
	if q.Verdict != report.Untested || !strings.Contains(q.Message, "--load") {
		t.Errorf("%s %s", q.Verdict, q.Message)
	}
}

func TestTheLoadTellsHowFastItWasAnsweredAndWhatWasRefusedFirst(t *testing.T) {
	for name, c := range map[string]struct{ wrap faults.Wrap }{
		"none was refused":                {nil},
		"the first refused was number 20": {faults.Of("GALLERY-LOAD-01")[0].Wrap},
	} {
		options := guideOptions(t)
		options.Only, options.Profiles, options.NoSweep, options.Embedded = []string{"GALLERY-LOAD-01"}, features.Profiles(), true, behind(c.wrap)
		result, err := Run(context.Background(), options)
		if err != nil {
			t.Fatal(err)
		}
		if notes := fmt.Sprint(result.Notes); !strings.Contains(notes, name) && !strings.Contains(notes, "the first refused was number") || !strings.Contains(notes, "(p99)") {
			t.Errorf("%s: the notes are %s", name, notes)
		}
	}
}
