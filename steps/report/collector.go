package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/features"
)

// Collector gathers the results of a run. It is safe for concurrent use, and
// the order in which results arrive does not matter. The zero value is ready.
type Collector struct {
	mu      sync.Mutex
	results map[string][]Example // by requirement id
	stopped string
	notes   []string
}

// Add records the result of one check of the requirement with this id. An empty
// profile means DefaultProfile. A result without a verdict is broken: nothing
// passes by silence. Of an alternative that passed, the exchanges are counted
// and dropped: a sweep repeats every check dozens of times, and what is worth
// reading are those under the default profile and those that tell of a deviation.
func (c *Collector) Add(id string, e Example) {
	if e.Profile == "" {
		e.Profile = DefaultProfile
	}
	if !slices.Contains(Verdicts, e.Verdict) {
		e.Verdict, e.Message = Broken, "the check ended without a verdict"
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.results == nil {
		c.results = map[string][]Example{}
	}
	if e.Profile != DefaultProfile && e.Verdict == Passed {
		e.Exchanges = nil
	}
	c.results[id] = append(c.results[id], e)
}

// Stop records why the run ends early; the first reason counts. What has no
// result by then is untested for that reason.
func (c *Collector) Stop(reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped == "" {
		c.stopped = reason
	}
}

// Note records what a reader has to know about the whole run.
func (c *Collector) Note(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Contains(c.notes, text) {
		c.notes = append(c.notes, text)
	}
}

// Withdraw makes untested the results that turn out to say nothing. Why tells the
// reason, and whether the result is such a one.
func (c *Collector) Withdraw(why func(id string, e Example) (reason string, ok bool)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, results := range c.results {
		for i, e := range results {
			if reason, ok := why(id, e); ok {
				results[i].Verdict, results[i].Message, results[i].Want, results[i].Got = Untested, reason, "", ""
			}
		}
	}
}

// Passed says whether the example has passed under the default profile.
func (c *Collector) Passed(id, example string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.ContainsFunc(c.results[id], func(e Example) bool {
		return e.Name == example && e.Profile == DefaultProfile && e.Verdict == Passed
	})
}

// Report joins the results with the requirements, in their order. Whatever has
// no result is untested and says why. A result for something that is no
// requirement or no example of one is kept, as broken. A failure of a requirement
// whose level is not strict is a warning, and so is one under an alternative
// profile. Summary.Requests counts what was sent for the results; the caller adds
// what else was sent, and fills in tool, target, times, activity log and what was
// left behind.
func (c *Collector) Report(requirements []features.Requirement) *Report {
	c.mu.Lock()
	defer c.mu.Unlock()
	found := c.results // not all of it may have been found yet: see settle
	defer func() { c.results = found }()
	c.results = maps.Clone(found)
	for id, examples := range found {
		c.results[id] = slices.Clone(examples)
	}
	c.settle()
	r := &Report{Version: Version, Partial: c.stopped, Notes: slices.Clone(c.notes), Requirements: []Requirement{}, ActivityLog: []LogRow{}}
	known := map[string]bool{}
	for _, q := range requirements {
		known[q.ID] = true
		r.add(c.join(q))
	}
	for _, id := range c.strangers(known) {
		r.add(stranger(id, c.results[id]))
	}
	return r
}

func (r *Report) add(q Requirement) {
	r.Requirements = append(r.Requirements, q)
	*r.Summary.Of(q.Verdict)++
	r.Summary.Requests += q.Requests
}

func (c *Collector) join(q features.Requirement) Requirement {
	r := Requirement{
		ID: q.ID, Level: q.Level, Title: q.Title, Feature: q.Feature,
		Source: q.Source, Text: q.Text, File: q.File, Line: q.Line, Risk: riskOf(q.Tags), OneOf: q.OneOf(), Essential: slices.Contains(q.Tags, essential),
	}
	if q.Unobservable && len(c.results[q.ID]) == 0 {
		r.Verdict, r.Examples = Untested, []Example{}
		r.Message = "cannot be observed from outside"
		return r
	}
	r.Examples = soften(inOrder(q.Examples, c.results[q.ID], c.reason()), q.Strict())
	r.judge()
	return r
}

// reason is why something has no result.
func (c *Collector) reason() string {
	if c.stopped != "" {
		return "not reached: " + c.stopped
	}
	return notSelected
}

// notSelected is the message of what the user left out of the run.
const notSelected = "not selected for this run"

// judge sets verdict and message from the examples.
func (r *Requirement) judge() {
	all := make([]Verdict, len(r.Examples))
	for i, e := range r.Examples {
		all[i] = e.Verdict
		r.Requests += e.Requests
	}
	r.Verdict = Worst(all...)
	if i := slices.Index(all, r.Verdict); i >= 0 {
		r.Message = r.Examples[i].Message
	}
}

// inOrder sorts results as their examples stand in the file, the default
// profile first and alternatives by name; it adds what did not run. A result
// for no example of the requirement comes last, as broken.
func inOrder(examples []features.Example, results []Example, reason string) []Example {
	place := make(map[string]int, len(examples))
	for i, e := range examples {
		place[e.Name] = i
	}
	ran := make(map[string]bool, len(results))
	sorted := make([]Example, 0, len(results))
	for _, e := range results {
		if _, ok := place[e.Name]; !ok {
			e.Verdict, e.Message = Broken, "no example of this requirement has this name"
		}
		ran[e.Name] = true
		sorted = append(sorted, e)
	}
	for _, e := range examples {
		if !ran[e.Name] {
			sorted = append(sorted, Example{Name: e.Name, Profile: DefaultProfile, Verdict: Untested, Message: reason})
		}
	}
	slices.SortStableFunc(sorted, func(a, b Example) int {
		return cmp.Or(
			cmp.Compare(placeOf(place, a.Name), placeOf(place, b.Name)),
			strings.Compare(a.Name, b.Name),
			CompareProfiles(a.Profile, b.Profile),
		)
	})
	return sorted
}

func placeOf(place map[string]int, name string) int {
	if i, ok := place[name]; ok {
		return i
	}
	return len(place)
}

// CompareProfiles orders the names of profiles: the default one, then by name.
func CompareProfiles(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == DefaultProfile:
		return -1
	case b == DefaultProfile:
		return 1
	}
	return strings.Compare(a, b)
}

// soften makes a warning of a failure where a target cannot fail: by a level
// that is not strict, and by what an alternative profile alone has met. It is not
// published whether Duo acts that way; and a precondition that only the
// alternative could not meet is a finding about the alternative.
func soften(examples []Example, strict bool) []Example {
	usual := map[string]Verdict{}
	for _, e := range examples {
		if e.Profile == DefaultProfile {
			usual[e.Name] = e.Verdict
		}
	}
	for i := range examples {
		e := &examples[i]
		alternative := e.Profile != DefaultProfile
		switch {
		case e.Verdict == Failed && (alternative || !strict):
			e.Verdict = Warned
		case e.Verdict == Blocked && alternative && usual[e.Name].Judged():
			e.Verdict = Warned
		}
	}
	return examples
}

// strangers returns the ids of results that belong to no requirement, sorted.
func (c *Collector) strangers(known map[string]bool) []string {
	var ids []string
	for id := range c.results {
		if !known[id] {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// stranger keeps the results of something that is no requirement.
func stranger(id string, results []Example) Requirement {
	return Requirement{
		ID: id, Verdict: Broken, Message: "no requirement has this id",
		Examples: inOrder(nil, results, ""),
	}
}
