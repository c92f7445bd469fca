package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/population"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Profile names the client whose requirements a run judges; features.Clients lists
// them all.
type Profile = features.Profile

// ProfileOf is whose requirement it is. Loading has refused ids of no client.
func ProfileOf(id string) Profile {
	client, _, _ := features.ClientOf(id)
	return client.Profile
}

// byStandard says whether a document asks for the requirement, and no client whose requests are
// known.
func byStandard(id string) bool {
	client, _, _ := features.ClientOf(id)
	return client.Standard
}

// byDraft says whether a draft asks for the requirement that contradicts the standard.
func byDraft(id string) bool {
	client, _, _ := features.ClientOf(id)
	return client.Draft
}

// choose settles which requirements run, and refuses a choice of nothing: godog
// would run nothing and be content.
func (r *run) choose() error {
	for _, q := range r.all {
		only := len(r.options.Only) == 0 || slices.Contains(r.options.Only, q.ID)
		if only && slices.Contains(r.options.Profiles, ProfileOf(q.ID)) {
			r.chosen = append(r.chosen, q)
		}
	}
	r.chosen = r.whatClaimsNeed(r.chosen)
	if len(r.chosen) == 0 {
		return errors.New("no requirement is chosen; see simulate-duo requirements")
	}
	if r.options.Tags == "" {
		return nil
	}
	for _, tag := range strings.FieldsFunc(r.options.Tags+" ", func(c rune) bool { return c == ',' }) {
		for tag := range strings.SplitSeq(tag, "&&") {
			if name := strings.TrimLeft(strings.TrimSpace(tag), "~@"); name == "" || strings.ContainsAny(name, " ()") {
				return fmt.Errorf("tags %q: %q is no tag; write @a && ~@b for both and @a,@b for either", r.options.Tags, strings.TrimSpace(tag))
			}
		}
	}
	s := godog.TestSuite{Options: &godog.Options{FS: r.options.Features, Paths: paths(r.chosen), Tags: r.options.Tags}}
	found, err := s.RetrieveFeatures()
	if err != nil {
		return fmt.Errorf("tags %q: %w", r.options.Tags, err)
	}
	r.tagged = map[string]bool{}
	for _, f := range found {
		for _, p := range f.Pickles {
			for _, tag := range p.Tags {
				r.tagged[strings.TrimPrefix(tag.Name, "@")] = true
			}
		}
	}
	if len(r.tagged) > 0 {
		return nil
	}
	return fmt.Errorf("no requirement fits the tags %q; write them like @%s (see simulate-duo requirements)", r.options.Tags, r.chosen[0].ID)
}

// judges says whether an example of the requirement is to run: what another one tells
// is told only then.
func (r *run) judges(id string) bool {
	if r.tagged != nil && !r.tagged[id] {
		return false
	}
	return slices.ContainsFunc(r.chosen, func(q features.Requirement) bool {
		return q.ID == id && slices.ContainsFunc(q.Examples, func(e features.Example) bool {
			k := key(id, e.Name)
			return (r.only == nil || r.only[k]) && !r.surplus[k]
		})
	})
}

// paths are the files of the requirements, each once.
func paths(requirements []features.Requirement) []string {
	var files []string
	for _, q := range requirements {
		if !slices.Contains(files, q.File) {
			files = append(files, q.File)
		}
	}
	return files
}

// pass is one walk through some of the scenarios under one profile.
type pass struct {
	phase       phase
	alternative *duo.Alternative // nil for the default profile
	again       bool             // the examples were played before: what comes of them is told, not collected
	of          []features.Requirement
	examples    map[string]bool // the only ones to play, by key; nil for all
	workers     int
	ended       func(report.Example, *attempt) // is told of each example; nil for nobody
}

// takes says whether the scenario belongs to the pass. godog's own tag filter
// serves the user's expression: its "or" binds weaker than its "and", so that
// two expressions cannot be joined.
func (p *pass) takes(id string, tags []string, g *godog.Scenario) bool {
	isChosen := slices.ContainsFunc(p.of, func(q features.Requirement) bool { return q.ID == id })
	if !isChosen || p.examples != nil && !p.examples[key(id, g.Name)] {
		return false
	}
	return p.alternative != nil || p.again || p.phase == phaseOf(id, tags, g)
}

// havingPhase are the requirements with examples of a phase. The guide's pass has seen all
// examples by then; what it has not, such as in a run of nothing else, is kept.
func (r *run) havingPhase(of []features.Requirement, ph phase) []features.Requirement {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(of), func(q features.Requirement) bool {
		seen, known := r.phases[q.ID]
		return known && !seen[ph]
	})
}

// notePhase keeps that the requirement has an example of the phase.
func (r *run) notePhase(id string, ph phase) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.phases[id] == nil {
		r.phases[id] = map[phase]bool{}
	}
	r.phases[id][ph] = true
}

// play goes from harmless to hostile: the story, the guide, the guide again under every
// alternative that has a say, the standard, and in the end what may break a fragile
// target. Before that end it looks whether the guide still holds.
func (r *run) play(ctx context.Context) {
	r.expect(r.examplesOf(r.chosen))
	r.allow(guideShare)
	r.suite(ctx, &pass{phase: storyPhase, of: r.chosen, examples: r.only, workers: 1})
	r.suite(ctx, &pass{phase: guidePhase, of: r.chosen, examples: r.only, workers: r.options.Workers})
	r.settle(ctx)
	if !r.options.NoSweep {
		r.sweep(ctx)
	}
	r.spareDear()
	r.allow(1)
	for _, phase := range judging {
		r.suite(ctx, &pass{phase: phase, of: r.havingPhase(r.chosen, phase), examples: r.only, workers: r.options.Workers})
		r.settle(ctx)
	}
	r.suite(ctx, &pass{phase: loadPhase, of: r.havingPhase(r.chosen, loadPhase), examples: r.only, workers: 1})
	r.judge.Discard(ctx, population.ManyUsers)
	r.judge.Vacate(ctx)
	if r.options.Quick {
		r.collector.Note(quickNote(r.leftOut.Load(), !r.options.Target.IsEmbedded()))
		return
	}
	r.control(ctx)
	r.abuse(ctx)
}

// guideShare is the part of what may stay at a target that deletes nothing which the guide may
// use: the standard needs the rest to have people to search among.
const guideShare = 0.4

// allow lets a part of MaxLeft stay, of what finding out about the target has left of it.
func (r *run) allow(part float64) {
	if r.guard != nil {
		r.guard.Share(part)
	}
}

// tagsOf keeps godog from preparing scenarios that the pass would skip. That the features
// have no other Rules than those of the pass is the business of rulesOf: godog would hold
// each id against each tag of each scenario.
func (r *run) tagsOf(p *pass) string {
	switch {
	case r.options.Tags != "":
		return r.options.Tags // cannot be joined with others, see takes
	case p.again: // of any phase
	case p.phase == storyPhase:
		return storyTag
	case p.phase == abusePhase:
		return abuseTag
	}
	return ""
}

// mixed is the order, always the same, in which a real target sees the examples of a
// feature: those that start from the same scene one after the other, and not all at once.
const mixed = 1

func (r *run) suite(ctx context.Context, p *pass) {
	if ctx.Err() != nil || len(p.of) == 0 || r.enough.Load() {
		return
	}
	s := godog.TestSuite{
		ScenarioInitializer: func(sc *godog.ScenarioContext) {
			if ctx.Err() != nil { // an interrupted run has to end soon, and to prepare a scenario takes time
				skip(sc)
				return
			}
			r.initialize(sc, p)
		},
		Options: &godog.Options{
			Format: "progress", Output: io.Discard, NoColors: true, Strict: true,
			FS: rulesOf(r.options.Features, r.all, p.of), Paths: paths(p.of), Tags: r.tagsOf(p),
			Concurrency: p.workers, DefaultContext: ctx,
		},
	}
	if !r.options.Target.IsEmbedded() && p.phase > guidePhase {
		s.Options.Randomize = mixed
	}
	code := s.Run()
	r.proveHeld(ctx, 1)
	if code > 1 { // 1 is that of examples that failed
		r.mu.Lock()
		defer r.mu.Unlock()
		r.unable = fmt.Errorf("godog could not run the features and exits with %d: see what it wrote to standard error", code)
	}
}

// skip leaves a scenario out.
func skip(sc *godog.ScenarioContext) {
	sc.Before(func(ctx context.Context, _ *godog.Scenario) (context.Context, error) { return ctx, godog.ErrSkip })
}
