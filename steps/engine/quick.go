package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

const (
	// quickRequests is how many requests a quick run sends at most: a minute at ten per second.
	quickRequests = 600
	// quickReserve is what the examples under way and the walk at the end may take of them.
	quickReserve = 40
)

// quickNote says what a quick run has tried, and how many of its examples were left out.
func quickNote(leftOut int64) string {
	return fmt.Sprintf("this was a quick run: one example of each client's habit and, as far as %d requests go, of each MUST, SHALL and REQUIRED "+
		"(%d left out), under the default profile alone and without abuse; without --quick everything is tried", quickRequests, leftOut)
}

// beQuick leaves one example of each binding requirement and of each habit of a client.
func (r *run) beQuick(ctx context.Context) {
	r.only = map[string]bool{}
	cost := r.guideCosts(ctx)
	var chosen []features.Requirement
	for _, q := range r.chosen {
		if e := plainest(q, cost); e != nil && (binding(q.Level) || ProfileOf(q.ID) != features.RFC) {
			r.only[key(q.ID, e.Name)] = true
			chosen = append(chosen, q)
		}
	}
	r.chosen = chosen
	r.options.NoSweep = true
}

// binding says whether a level is one of the key words that leave no choice.
func binding(l features.Level) bool {
	return slices.Contains([]features.Level{features.Must, features.MustNot, features.Shall, features.ShallNot, features.Required}, l)
}

// guideCosts is how many requests each example of the guide sends, as an embedded target
// sees them: the guide has the longest examples.
func (r *run) guideCosts(ctx context.Context) map[string]int {
	var mu sync.Mutex
	cost := map[string]int{}
	r.onEmbedded(ctx, func(s Scenario) {
		mu.Lock()
		defer mu.Unlock()
		cost[key(s.Requirement.ID, s.Example.Name)] = s.Example.Requests
	}, &pass{phase: guidePhase, of: slices.DeleteFunc(slices.Clone(r.chosen), func(q features.Requirement) bool { return !strings.HasPrefix(q.ID, "CSA-") })})
	return cost
}

// plainest is the first of the examples that need the least of a target, in capabilities
// and then in requests; nil if there is none without abuse. The story is always played.
func plainest(q features.Requirement, cost map[string]int) *features.Example {
	var best *features.Example
	for i, e := range q.Examples {
		switch {
		case isStory(q, e):
			return &q.Examples[i]
		case isAbusive(q, e):
		case best == nil, cmp.Or(needs(e)-needs(*best), cost[key(q.ID, e.Name)]-cost[key(q.ID, best.Name)]) < 0:
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
	r.leftOut.Add(1)
	return report.Untested, fmt.Sprintf("left out: a quick run sends at most %d requests", quickRequests)
}
