package engine

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// idForms are identifiers that a target may choose (RFC 7643 section 3.1).
var idForms = []string{
	"%d", "a/b/%d", "id@%d", "an id %d", "100%%25 %d", "ü-%d", "ID-%d", "o'%d", "1+%d", "what?%d", "#%d",
}

// What the standard permits changes no verdict: a requirement passes, or it is
// about something that the target says it does not offer.
func TestNoVariationChangesAVerdict(t *testing.T) {
	if testing.Short() {
		t.Skip("a run of everything, twice")
	}
	raisesNoAlarm(t, faults.Variations(), alarmsUnder)
}

// groups is how many runs have all variations between them: what is permitted one by one
// is permitted together. Only if a run raises an alarm, a smaller group is looked for.
const groups = 2

// alarming runs what is to raise no alarm against a target that varies so, and returns the alarms.
type alarming func(*testing.T, []faults.Variation) []string

// raisesNoAlarm runs it under all variations, in groups.
func raisesNoAlarm(t *testing.T, all []faults.Variation, run alarming) {
	t.Helper()
	for g := range groups {
		if g%everyGroup != 0 {
			continue
		}
		var group []faults.Variation
		for i := g; i < len(all); i += groups { // of each kind one
			group = append(group, all[i])
		}
		t.Run(fmt.Sprintf("group %d", g+1), func(t *testing.T) {
			t.Parallel()
			if alarms := run(t, group); len(alarms) > 0 {
				guilty := bisect(t, group, run)
				t.Errorf("%s:\n%s", namesOf(guilty), strings.Join(run(t, guilty), "\n"))
			}
		})
	}
}

// bisect finds a small group that raises an alarm by itself.
func bisect(t *testing.T, group []faults.Variation, run alarming) []faults.Variation {
	t.Helper()
	for len(group) > 1 {
		half := len(group) / 2
		switch {
		case len(run(t, group[:half])) > 0:
			group = group[:half]
		case len(run(t, group[half:])) > 0:
			group = group[half:]
		default:
			return group // only together
		}
	}
	return group
}

// together is the wrap of all: what is about the wire comes first in the list and has to be
// outermost.
func together(group []faults.Variation) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		for i := range group {
			next = group[len(group)-1-i].Wrap(next)
		}
		return next
	}
}

func namesOf(group []faults.Variation) string {
	var names []string
	for _, v := range group {
		names = append(names, v.Name)
	}
	return strings.Join(names, "; ")
}

// alarmsUnder runs everything that judges a target against one that varies so.
func alarmsUnder(t *testing.T, group []faults.Variation) []string {
	t.Helper()
	n := 10000 // ids take all forms in turn
	options := guideOptions(t)
	options.NoSweep, options.Workers, options.Only = true, 1, requirementsOnTargets(t)
	options.SecureAccess = secureaccess.Config{NewID: func() string { n++; return fmt.Sprintf(idForms[n%len(idForms)], n) }}
	options.Embedded = behind(together(group))
	result, err := Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	var alarms []string
	for _, q := range result.Requirements {
		for _, e := range q.Examples {
			if e.Verdict != report.Passed && e.Verdict != report.Unsupported && e.Verdict != report.Untested {
				alarms = append(alarms, fmt.Sprintf("%s %s: %s: %s (want %s, got %s)", q.ID, e.Name, e.Verdict, e.Message, e.Want, e.Got))
			}
		}
	}
	return alarms
}

// requirementsOnTargets are those that judge any target.
func requirementsOnTargets(t *testing.T) []string {
	t.Helper()
	all, err := features.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, q := range all {
		if !q.Unobservable && !aboutTheSimulators(q) && (ProfileOf(q.ID) == features.Duo || byStandard(q.ID)) {
			ids = append(ids, q.ID)
		}
	}
	return ids
}
