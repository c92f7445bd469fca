package report

import (
	"slices"
	"strings"
)

// Limits of the list below one cause.
const (
	maxHitsOpen      = 5 // requirements that are not folded away
	maxExamplesShown = 8
)

// causeView is what is wrong, told by the worst requirement that it violates,
// with every way in which it showed.
type causeView struct {
	ID      string
	Open    bool // the first of all, as an example of what is in the others
	Verdict Verdict
	Level   string
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

// causes is the findings of a verdict. Those that are told by the same
// requirement are one: a server that mends it mends them all.
func (p *painter) causes(found []*finding, v Verdict) []*causeView {
	var all []*causeView
	byID := map[string]*causeView{}
	hits := map[string][]*hit{}
	for _, f := range found {
		if f.verdict != v {
			continue
		}
		q := f.worst()
		c := byID[q.ID]
		if c == nil {
			c = &causeView{ID: "cause-" + Visible(q.ID), Verdict: v, Level: levelName(f.level), Title: Visible(q.Title), First: p.way(f)}
			byID[q.ID] = c
			all = append(all, c)
		} else {
			c.Others = append(c.Others, p.way(f))
		}
		hits[c.ID] = joinHits(hits[c.ID], f.hits)
	}
	for _, c := range all {
		c.show(hits[c.ID])
	}
	if v == Failed && len(all) > 0 {
		all[0].Open = true
	}
	return all
}

// show lists what the cause violates, the most binding first.
func (c *causeView) show(hits []*hit) {
	slices.SortStableFunc(hits, func(a, b *hit) int { return a.requirement.Level.Compare(b.requirement.Level) })
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
		c.More = "and " + count(n, "more requirement")
	}
}

// worst is the first of the requirements with the level of the finding.
func (f *finding) worst() *Requirement {
	for _, h := range f.hits {
		if h.requirement.Level == f.level {
			return h.requirement
		}
	}
	return f.hits[0].requirement
}

// joinHits adds hits to those of other findings, each requirement once.
func joinHits(all, more []*hit) []*hit {
	for _, h := range more {
		i := slices.IndexFunc(all, func(other *hit) bool { return other.requirement == h.requirement })
		if i < 0 {
			joined := *h
			all = append(all, &joined)
			continue
		}
		all[i].examples = union(all[i].examples, h.examples)
		all[i].alternatives = union(all[i].alternatives, h.alternatives)
		all[i].usual = all[i].usual || h.usual
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

func (p *painter) way(f *finding) wayView {
	v := wayView{Message: short(f.message, maxMessage), Brief: brief(f.want, f.got), Diff: p.diff(f.want, f.got)}
	if f.exchange != nil {
		v.Exchange = p.exchange(f.exchange)
		v.Repeat = p.repeat(f)
	}
	return v
}

func newHit(h *hit) hitView {
	q := h.requirement
	examples := h.examples
	v := hitView{
		ID: Visible(q.ID), Level: levelName(q.Level), Title: Visible(q.Title), Source: Visible(q.Source), Link: linkTo(q), Text: plainText(q),
		Examples: each(examples[:min(len(examples), maxExamplesShown)], func(s string) string { return short(s, maxMessage) }),
	}
	if n := len(examples) - len(v.Examples); n > 0 {
		v.Rest = count(n, "more example")
	}
	switch {
	case len(h.alternatives) > 0 && h.usual:
		v.Under = "also under " + Visible(list(h.alternatives, maxIDs))
	case len(h.alternatives) > 0:
		v.Under = "only under " + Visible(list(h.alternatives, maxIDs))
	}
	return v
}

// plainText is the requirement's text without the source, which stands beside it.
func plainText(q *Requirement) string {
	text := strings.Join(strings.Fields(q.Text), " ")
	if _, number, ok := strings.Cut(q.Source, " section "); ok {
		for _, lead := range []string{"Section " + number + ". ", "Section " + number + ": "} {
			if rest, found := strings.CutPrefix(text+" ", lead); found {
				text = strings.TrimSpace(rest)
			}
		}
	}
	text = strings.TrimSpace(strings.Replace(text, "Source: "+q.Source+".", "", 1))
	return Visible(text)
}

// brief is expected and got in one line, or "".
func brief(want, got string) string {
	const most = 80
	if want == "" || got == "" || len(want) > most || len(got) > most || strings.Contains(want+got, "\n") {
		return ""
	}
	return "expected " + Visible(want) + ", got " + Visible(got)
}

// diff is the difference as far as there is room.
func (p *painter) diff(want, got string) []diffLine {
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
