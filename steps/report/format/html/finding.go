package html

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Limits of the list below one cause.
const (
	maxHitsOpen      = 5 // requirements that are not folded away
	maxExamplesShown = 8
)

// causeView is one cause, told by the worst requirement that it violates, with every
// way in which it showed.
type causeView struct {
	ID      string
	Open    bool // the first of all, as an example of what is in the others
	Verdict report.Verdict
	Level   string
	Harm    string // what comes of it
	Blocks  string // what can be judged once it is mended
	Title   string // the requirement in words
	More    string // how many others are violated as well
	Hits    []hitView
	Folded  []hitView
	First   wayView
	Others  []wayView
}

// wayView is one way in which it showed.
type wayView struct {
	Message  string
	Brief    string // expected and got, if they fit in a line
	Diff     []diffLine
	Exchange *exchangeView
	Repeat   []snippet
}

// hitView is a requirement that met the cause.
type hitView struct {
	ID, Level, Title, Source, Link, Text string
	Told                                 bool // the cause is told in its words already
	Examples                             []string
	Rest                                 string // how many examples are left out
	Under                                string
}

// causes is the findings of these verdicts. Those that are told by the same
// requirement are one: a server that mends it mends them all.
func (p *painter) causes(found []*report.Finding, verdicts ...report.Verdict) []*causeView {
	var all []*causeView
	byID := map[string]*causeView{}
	hits := map[string][]*report.Hit{}
	for _, f := range found {
		if !slices.Contains(verdicts, f.Verdict) {
			continue
		}
		q := f.Worst()
		c := byID[q.ID]
		if c == nil {
			c = &causeView{ID: "cause-" + words.Visible(q.ID), Verdict: f.Verdict, Harm: f.Consequence.Text, Blocks: f.BlocksWords(), Level: levelName(f.Level), Title: words.Visible(q.Title), First: p.way(f)}
			byID[q.ID] = c
			all = append(all, c)
		} else {
			c.Others = append(c.Others, p.way(f))
		}
		hits[c.ID] = joinHits(hits[c.ID], f.Hits)
		if f.Verdict == report.Blocked {
			hits[c.ID] = joinHits(hits[c.ID], f.Blocks)
		}
	}
	for _, c := range all {
		c.show(hits[c.ID])
	}
	if slices.Contains(verdicts, report.Failed) && len(all) > 0 {
		all[0].Open = true
	}
	return all
}

// show lists what the cause violates, the most binding first.
func (c *causeView) show(hits []*report.Hit) {
	slices.SortStableFunc(hits, func(a, b *report.Hit) int { return a.Requirement.Level.Compare(b.Requirement.Level) })
	for _, h := range hits {
		v := newHit(h)
		v.Told = v.Title == c.Title
		if len(c.Hits) < maxHitsOpen || len(hits) == maxHitsOpen+1 { // to fold one saves no room
			c.Hits = append(c.Hits, v)
		} else {
			c.Folded = append(c.Folded, v)
		}
	}
	if n := len(hits) - 1; n > 0 {
		c.More = "and " + words.Count(n, "more requirement")
	}
}

// joinHits adds hits to those of other findings, each requirement once.
func joinHits(all, more []*report.Hit) []*report.Hit {
	for _, h := range more {
		i := slices.IndexFunc(all, func(other *report.Hit) bool { return other.Requirement == h.Requirement })
		if i < 0 {
			joined := *h
			all = append(all, &joined)
			continue
		}
		all[i].Examples = union(all[i].Examples, h.Examples)
		all[i].Alternatives = union(all[i].Alternatives, h.Alternatives)
		all[i].Usual = all[i].Usual || h.Usual
	}
	return all
}

func union(a, b []string) []string {
	a = slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

func (p *painter) way(f *report.Finding) wayView {
	v := wayView{Message: words.Short(f.Message, words.MaxMessage), Brief: brief(f.Want, f.Got), Diff: p.diff(f.Want, f.Got)}
	if f.Exchange != nil {
		v.Exchange = p.exchange(f.Exchange)
		v.Repeat = p.repeat(f)
	}
	return v
}

func newHit(h *report.Hit) hitView {
	q := h.Requirement
	examples := h.Examples
	v := hitView{
		ID: words.Visible(q.ID), Level: levelName(q.Level), Title: words.Visible(q.Title), Source: words.Visible(q.Source), Link: report.Link(q), Text: cited(q),
		Examples: words.Each(examples[:min(len(examples), maxExamplesShown)], func(s string) string { return words.Short(s, words.MaxMessage) }),
	}
	if n := len(examples) - len(v.Examples); n > 0 {
		v.Rest = words.Count(n, "more example")
	}
	switch {
	case len(h.Alternatives) > 0 && h.Usual:
		v.Under = "also under " + words.Visible(words.List(h.Alternatives, words.MaxIDs))
	case len(h.Alternatives) > 0:
		v.Under = "only under " + words.Visible(words.List(h.Alternatives, words.MaxIDs))
	}
	return v
}

// brief is expected and got in one line, or "".
func brief(want, got string) string {
	const most = 80
	want, got = report.Values(want, got)
	if want == "" || got == "" || len(want) > most || len(got) > most || strings.Contains(want+got, "\n") {
		return ""
	}
	return "expected " + words.Visible(want) + ", got " + words.Visible(got)
}

// diff is the difference as far as there is room.
func (p *painter) diff(want, got string) []diffLine {
	want, got = report.Values(want, got)
	switch {
	case want == "" && got == "":
		return nil
	case p.room <= 0:
		return []diffLine{{" ", moreBytes(len(want) + len(got))}}
	}
	all := lineDiff(want, got)
	for i := range all {
		all[i].Text, _ = p.take(all[i].Text, maxDiffBytes)
	}
	return all
}
