package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// sweep tries every alternative of every profile field that had a say in an example, as
// many at a time as there are workers: one after the other, each would wait for its own
// slowest example.
//
// An embedded target sees every such example under every alternative. A real one sees
// the examples in which an alternative sends something that it has not seen yet: what
// they send is found out before, on an embedded target.
func (r *run) sweep(ctx context.Context) {
	var running sync.WaitGroup
	slots := make(chan struct{}, r.options.Workers)
	passes := r.sweepPasses(ctx)
	for _, p := range passes {
		r.expect(r.playedIn(p))
	}
	for _, p := range passes {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		running.Go(func() {
			defer func() { <-slots }()
			r.suite(ctx, p)
		})
	}
	running.Wait()
	r.confirm(ctx)
}

// sweepPasses has a pass for each alternative that has a say.
func (r *run) sweepPasses(ctx context.Context) []*pass {
	var passes []*pass
	for _, alternative := range r.options.DuoProfile.Alternatives() {
		if of := r.concerned(alternative); len(of) > 0 {
			passes = append(passes, &pass{phase: guidePhase, alternative: &alternative, of: of, workers: 1})
		}
	}
	if r.options.Target.IsEmbedded() || len(passes) == 0 {
		return passes
	}
	return r.thinned(passes, r.rehearse(ctx, passes))
}

// playedIn counts the examples of a pass of the sweep.
func (r *run) playedIn(p *pass) int {
	n := 0
	for _, q := range p.of {
		for _, e := range q.Examples {
			k := key(q.ID, e.Name)
			if (p.examples == nil || p.examples[k]) && r.hasSay(*p.alternative, k) {
				n++
			}
		}
	}
	return n
}

// concerned lists the requirements on the target in whose examples the alternative would have a say.
func (r *run) concerned(a duo.Alternative) []features.Requirement {
	var concerned []features.Requirement
	for _, q := range r.chosen {
		if !judgesDuo(q.ID) && slices.ContainsFunc(q.Examples, func(e features.Example) bool { return r.hasSay(a, key(q.ID, e.Name)) }) {
			concerned = append(concerned, q)
		}
	}
	return concerned
}

// A played example is what Duo sends in it: its shapes, see shapesOf.
type played struct {
	key    string
	shapes []string
	cost   int // requests
}

// rehearse plays the passes on an embedded target and returns what Duo sends in each
// example, by the alternative's name. An alternative of which nothing came is not in it.
func (r *run) rehearse(ctx context.Context, passes []*pass) map[string][]played {
	var mu sync.Mutex
	found := map[string][]played{}
	var embedded []*pass
	for _, p := range passes {
		embedded = append(embedded, &pass{phase: guidePhase, alternative: p.alternative, of: p.of})
	}
	r.onEmbedded(ctx, func(s Scenario) {
		mu.Lock()
		defer mu.Unlock()
		found[s.Example.Profile] = append(found[s.Example.Profile], played{key(s.Requirement.ID, s.Example.Name), shapesOf(s.Duo), s.Example.Requests})
	}, embedded...)
	return found
}

// onEmbedded plays passes on an embedded target, to know before what they will send.
func (r *run) onEmbedded(ctx context.Context, each func(Scenario), passes ...*pass) {
	options := r.options
	options.Target, options.OnExchange, options.OnProgress, options.OnEntry, options.OnWarning, options.OnTrace = judge.Embedded(), nil, nil, nil, nil, nil
	options.OnScenario, options.Quick = each, false
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	rehearsal, err := newRun(ctx, stop, options)
	if err != nil { // the same options have made this run, so this is a mistake of ours
		r.warn("what the examples send is not known before: " + err.Error())
		return
	}
	defer rehearsal.judge.Close()
	rehearsal.consulted = r.consulted
	for _, p := range passes {
		p.workers = r.options.Workers
		rehearsal.suite(ctx, p)
	}
}

// thinned leaves to each pass the examples that show the target something new. Of an
// alternative that has nothing new to send, one example is left: to be told that it was
// tried costs little.
func (r *run) thinned(passes []*pass, rehearsed map[string][]played) []*pass {
	seen := map[string]bool{}
	r.mu.Lock()
	for _, shape := range r.shapes {
		seen[shape] = true
	}
	r.mu.Unlock()
	for _, p := range passes {
		examples := rehearsed[profileName(p.alternative)]
		if len(examples) == 0 {
			continue // nothing is known of it: all are played
		}
		slices.SortFunc(examples, func(a, b played) int { return cmp.Or(a.cost-b.cost, strings.Compare(a.key, b.key)) })
		p.examples = map[string]bool{}
		for {
			best := mostNews(examples, seen)
			if best < 0 {
				break
			}
			p.examples[examples[best].key] = true
			for _, shape := range examples[best].shapes {
				seen[shape] = true
			}
		}
		if len(p.examples) == 0 {
			p.examples[examples[0].key] = true
		}
	}
	return passes
}

// mostNews is the example with the most shapes for its requests that were not seen, or -1.
func mostNews(examples []played, seen map[string]bool) int {
	best, most := -1, 0.0
	for i, e := range examples {
		news := 0
		for _, shape := range e.shapes {
			if !seen[shape] {
				news++
			}
		}
		if worth := float64(news) / float64(max(e.cost, 1)); worth > most {
			best, most = i, worth
		}
	}
	return best
}

// confirm plays again, under the default profile, each example that an alternative has
// failed. One that now fails there, too, says that the target has changed, and nothing
// about the alternative.
func (r *run) confirm(ctx context.Context) {
	r.mu.Lock()
	doubtful := r.worse
	r.mu.Unlock()
	if len(doubtful) == 0 || r.options.Target.IsEmbedded() {
		return
	}
	var changed sync.Map
	r.again(ctx, doubtful, 1, func(e report.Example, a *attempt) {
		if e.Verdict != report.Passed {
			changed.Store(a.key(), e.Message)
		}
	})
	r.collector.Withdraw(func(id string, e report.Example) (string, bool) {
		why, ok := changed.Load(key(id, e.Name))
		if !ok || e.Profile == report.DefaultProfile || e.Verdict == report.Passed {
			return "", false
		}
		text, _ := why.(string)
		return "the default profile fares no better any more, so this says nothing about the alternative: " + text, true
	})
}

// again plays examples once more under the default profile; what comes of them is told
// and not collected.
func (r *run) again(ctx context.Context, examples map[string]bool, workers int, ended func(report.Example, *attempt)) {
	var of []features.Requirement
	for _, q := range r.chosen {
		if slices.ContainsFunc(q.Examples, func(e features.Example) bool { return examples[key(q.ID, e.Name)] }) {
			of = append(of, q)
		}
	}
	r.suite(ctx, &pass{phase: guidePhase, again: true, of: of, examples: examples, workers: workers, ended: ended})
}
