package engine

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

const (
	// quickRequests is how many requests a quick run sends at most: a minute at ten per second.
	quickRequests = 600
	// quickReserve is what the examples under way and the walk at the end may take of them.
	quickReserve = 40
)

const quickNote = "this was a quick run: one example of each MUST, SHALL and REQUIRED and of each client's habit, " +
	"the default profile alone, no abuse; without --quick everything is tried"

// beQuick leaves one example of each binding requirement and of each habit of a client.
func (r *run) beQuick() {
	r.only = map[string]bool{}
	var chosen []features.Requirement
	for _, q := range r.chosen {
		if e := plainest(q); e != nil && (binding(q.Level) || ProfileOf(q.ID) != features.RFC) {
			r.only[key(q.ID, e.Name)] = true
			chosen = append(chosen, q)
		}
	}
	r.chosen = chosen
	r.options.NoSweep = true
	r.collector.Note(quickNote)
}

// binding says whether a level is one of the key words that leave no choice.
func binding(l features.Level) bool {
	return slices.Contains([]features.Level{features.Must, features.MustNot, features.Shall, features.ShallNot, features.Required}, l)
}

// plainest is the first of the examples that need the least of a target; nil if there is
// none without abuse.
func plainest(q features.Requirement) *features.Example {
	var best *features.Example
	for i, e := range q.Examples {
		if !isAbusive(q, e) && (best == nil || needs(e) < needs(*best)) {
			best = &q.Examples[i]
		}
	}
	return best
}

// needs counts the capabilities that the example alone requires.
func needs(e features.Example) int {
	n := 0
	for _, tag := range e.Tags {
		if strings.HasPrefix(tag, "requires.") {
			n++
		}
	}
	return n
}

// overQuick says why a quick run tries no further example: what is left of its requests is
// for clean-up.
func (r *run) overQuick() (report.Verdict, string) {
	if !r.options.Quick || r.options.Target.IsEmbedded() || r.sent()+r.guard.Remaining()+quickReserve <= quickRequests {
		return "", ""
	}
	return report.Untested, "left out: a quick run sends at most 600 requests"
}
