package engine

import (
	"context"
	"fmt"
	"net/http"
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
	// quickShared is what the examples of the standard look at together.
	quickShared = 70
)

// quickNote says what a quick run has tried, and how many of its examples were left out.
// One on the embedded target has no limit.
func quickNote(leftOut int64, limited bool) string {
	if !limited {
		return "this was a quick run: one example of each client's habit and of each MUST, SHALL and REQUIRED, " +
			"under the default profile alone and without abuse; without --quick everything is tried"
	}
	return fmt.Sprintf("this was a quick run: one example of each client's habit and, as far as %d requests go, of each MUST, SHALL and REQUIRED, "+
		"those of few requests first (%d left out), under the default profile alone and without abuse; without --quick everything is tried", quickRequests, leftOut)
}

// beQuick leaves one example of each habit of a client and of each binding requirement: of
// these the cheapest, as far as the requests go.
func (r *run) beQuick(ctx context.Context) {
	r.only, r.surplus = map[string]bool{}, map[string]bool{}
	cost := r.costs(ctx)
	var chosen []features.Requirement
	for _, q := range r.chosen {
		if e := plainest(q, cost); e != nil && (binding(q.Level) || !byStandard(q.ID)) {
			r.only[key(q.ID, e.Name)] = true
			chosen = append(chosen, q)
		}
	}
	r.chosen, r.cost = chosen, cost
	r.options.NoSweep = true
}

// spareDear leaves out of a quick run what the requests do not reach for that the guide has
// left: the examples of the standard that take most.
func (r *run) spareDear() {
	if !r.options.Quick || r.options.Target.IsEmbedded() {
		return
	}
	var optional []string
	for _, q := range r.chosen {
		for _, e := range q.Examples {
			if k := key(q.ID, e.Name); r.only[k] && byStandard(q.ID) {
				optional = append(optional, k)
			}
		}
	}
	slices.SortStableFunc(optional, func(a, b string) int { return r.cost[a] - r.cost[b] })
	left := quickRequests - quickReserve - quickShared - r.sent() - r.guard.Remaining()
	for _, k := range optional {
		left -= r.cost[k]
		r.surplus[k] = left < 0
	}
}

// binding says whether a level is one of the key words that leave no choice.
func binding(l features.Level) bool {
	return slices.Contains([]features.Level{features.Must, features.MustNot, features.Shall, features.ShallNot, features.Required}, l)
}

// costs are the requests that examples take, as an embedded target sees them, with one for
// the removal of each thing that they create. Of the standard, which shares what it looks
// at, only binding requirements are of interest, and one example of each.
func (r *run) costs(ctx context.Context) map[string]int {
	var mu sync.Mutex
	cost, plain := map[string]int{}, map[string]bool{}
	of := slices.DeleteFunc(slices.Clone(r.chosen), func(q features.Requirement) bool {
		return judgesDuo(q.ID) || byStandard(q.ID) && !binding(q.Level)
	})
	for _, q := range of {
		for _, e := range q.Examples {
			plain[key(q.ID, e.Name)] = !byStandard(q.ID)
		}
		if e := plainest(q, nil); e != nil {
			plain[key(q.ID, e.Name)] = true
		}
	}
	each := func(s Scenario) {
		mu.Lock()
		defer mu.Unlock()
		n := s.Example.Requests
		for _, e := range s.Example.Exchanges {
			if e.Status == http.StatusCreated {
				n++
			}
		}
		cost[key(s.Requirement.ID, s.Example.Name)] = n
	}
	var passes []*pass
	for _, ph := range append([]phase{guidePhase}, judging...) {
		passes = append(passes, &pass{phase: ph, of: of, examples: plain})
	}
	r.onEmbedded(ctx, each, passes...)
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
		case best == nil, needs(e) < needs(*best), needs(e) == needs(*best) && cheaper(cost, key(q.ID, e.Name), key(q.ID, best.Name)):
			best = &q.Examples[i]
		}
	}
	return best
}

// cheaper says whether an example is known to take fewer requests than another one.
func cheaper(cost map[string]int, one, other string) bool {
	a, known := cost[one]
	b, otherKnown := cost[other]
	return known && otherKnown && a < b
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

// overQuick says why a quick run does not try an example: others are cheaper, or what is
// left of its requests is for clean-up.
func (r *run) overQuick(key string) (report.Verdict, string) {
	if !r.options.Quick || r.options.Target.IsEmbedded() || !r.surplus[key] && r.sent()+r.guard.Remaining()+quickReserve <= quickRequests {
		return "", ""
	}
	r.leftOut.Add(1)
	return report.Untested, fmt.Sprintf("left out: a quick run sends at most %d requests", quickRequests)
}
