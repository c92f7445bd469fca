package main

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/explain"
)

// explainAll explains the requirements. Those that a target can be checked for are played
// against the embedded one, as it is and making choices that a server may make.
func explainAll(ctx context.Context, chosen []features.Requirement) ([]*explain.Explanation, error) {
	p := &explaining{byID: map[string]*explain.Explanation{}}
	var all []*explain.Explanation
	for _, q := range chosen {
		x, err := explain.Of(q)
		if err != nil {
			return nil, err
		}
		all = append(all, x)
		if !x.Unobservable && !x.AboutClients {
			p.byID[q.ID] = x
			p.ids = append(p.ids, q.ID)
		}
	}
	if len(p.ids) == 0 {
		return all, nil
	}
	if err := p.requests(ctx); err != nil {
		return nil, err
	}
	return all, p.choices(ctx)
}

// explaining is what is played to explain some requirements.
type explaining struct {
	ids  []string
	byID map[string]*explain.Explanation
	mu   sync.Mutex
}

func (p *explaining) options() steps.Options {
	return steps.Options{
		Target: steps.Embedded(), Profiles: features.Profiles(), Only: p.ids, NoSweep: true, EvidenceAll: true, Version: version(),
	}
}

// requests plays the checks and keeps what they send.
func (p *explaining) requests(ctx context.Context) error {
	o := p.options()
	o.OnTrace = func(t steps.Trace) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if x := p.byID[t.Requirement.ID]; x != nil && t.Example.Verdict == report.Passed {
			keepRequests(x, t)
		}
	}
	result, err := steps.Run(ctx, o)
	if err != nil {
		return err
	}
	for id, x := range p.byID {
		x.Played(result.Find(id))
	}
	return ctx.Err()
}

func keepRequests(x *explain.Explanation, t steps.Trace) {
	for _, step := range t.Steps {
		for _, sent := range step.Sent {
			base, _, _ := strings.Cut(sent.Exchange.URL, secureaccess.ProvisioningPath)
			x.Sent(t.Example.Name, step.Text, sent.Duo, base+secureaccess.ProvisioningPath, sent.Exchange)
		}
	}
}

// groups is how many runs have all choices between them: what is permitted one by one is
// permitted together, and those of a kind, which stand side by side, come into different ones.
const groups = 4

// choices plays the checks against servers that make every choice there is. One that had a
// say in an answer by which an example was decided, and changed no verdict, is told.
func (p *explaining) choices(ctx context.Context) error {
	all := faults.Variations()
	had := map[string]map[string]bool{} // by the id and the name of the choice
	for g := range groups {
		var group []faults.Variation
		for i := g; i < len(all); i += groups {
			group = append(group, all[i])
		}
		if err := p.tell(ctx, group, had); err != nil {
			return err
		}
	}
	for id, x := range p.byID {
		for _, v := range slices.Backward(all) { // those of the wire are first, and have a say in everything
			if had[id][v.Name] && !x.AboutDuo {
				x.Allowed = append(x.Allowed, explain.Choice{Name: v.Name, Why: v.Why})
			}
		}
	}
	return nil
}

// tell notes which choices of the group had a say.
func (p *explaining) tell(ctx context.Context, group []faults.Variation, had map[string]map[string]bool) error {
	o := p.options()
	o.Embedded = func(s *secureaccess.Server) http.Handler { return telling(s, group) }
	o.OnScenario = func(s steps.Scenario) {
		x := report.Deciding(s.Example)
		if x == nil || s.Example.Verdict != report.Passed {
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if had[s.Requirement.ID] == nil {
			had[s.Requirement.ID] = map[string]bool{}
		}
		for _, name := range x.ResponseHeader.Values(touched) {
			had[s.Requirement.ID][name] = true
		}
	}
	if _, err := steps.Run(ctx, o); err != nil {
		return err
	}
	return ctx.Err()
}
