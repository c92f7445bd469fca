package report

import (
	"cmp"
	"slices"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Finding is one cause for which the target was found wrong, and everything
// that met it.
type Finding struct {
	Verdict     Verdict // failed if it failed anything, otherwise warned; blocked if it only stands in the way
	Consequence Consequence
	Level       features.Level
	Message     string
	Want        string
	Got         string
	Example     Example        // the first hit, whose message this is
	Exchange    *wire.Exchange // what it was decided by; nil if it sent nothing
	Hits        []*Hit
	Blocks      []*Hit // what cannot be judged until this is mended
	likelihood  int    // of the likeliest example: surely, perhapsMet or hardly
}

// Hit is a requirement that met the cause.
type Hit struct {
	Requirement  *Requirement
	Examples     []string
	Alternatives []string // profiles other than the default one
	Usual        bool     // also, or only, under the default profile
}

// Findings groups what failed or warned, and is not known to, by cause, with what cannot
// be judged for it. The one with the worst consequence comes first, then the one that a client is
// the likeliest to meet, then the one that explains and blocks the most requirements, then by
// verdict and level and in the order of the requirements.
func Findings(r *Report) []*Finding {
	g := &grouping{byCause: map[string]*Finding{}, consequences: newConsequences(r)}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		if Excused(q) || q.Known != "" && q.Verdict == Blocked {
			continue
		}
		for _, e := range q.Examples {
			if e.Verdict == Failed || e.Verdict == Warned || e.Verdict == Blocked && q.Verdict == Blocked {
				g.add(q, e)
			}
		}
	}
	g.all = hung(g.all)
	slices.SortStableFunc(g.all, compareFindings)
	return g.all
}

func compareFindings(a, b *Finding) int {
	return cmp.Or(
		a.Consequence.Rank-b.Consequence.Rank,
		a.likelihood-b.likelihood,
		len(b.Hits)+len(b.Blocks)-len(a.Hits)-len(a.Blocks),
		cmp.Compare(a.clientsOwn(), b.clientsOwn()),
		a.Verdict.Rank()-b.Verdict.Rank(),
		a.Level.Compare(b.Level),
	)
}

// grouping is findings under construction.
type grouping struct {
	all          []*Finding
	byCause      map[string]*Finding
	last         *Finding // of the requirement that was added to last, and told by no error
	of           *Requirement
	consequences *consequences
}

func (g *grouping) add(q *Requirement, e Example) {
	cause, shared := rootCause(q, e)
	f := g.byCause[cause]
	if f == nil && !shared && g.of == q && e.Verdict != Blocked {
		f = g.last // one Rule that is violated in several ways is one thing to mend
		g.byCause[cause] = f
	}
	if f == nil {
		f = &Finding{Verdict: e.Verdict, Level: q.Level, Consequence: g.consequences.of(q, e), likelihood: g.consequences.likelihood(e)}
		f.tell(e)
		g.byCause[cause] = f
		g.all = append(g.all, f)
	}
	if !shared && e.Verdict != Blocked {
		g.last, g.of = f, q
	}
	f.add(q, e)
	f.likelihood = min(f.likelihood, g.consequences.likelihood(e))
	if c := g.consequences.of(q, e); c.Rank < f.Consequence.Rank {
		f.Consequence = c
		f.tell(e)
	}
}

// tell takes over the words and the request of the example.
func (f *Finding) tell(e Example) {
	f.Example, f.Exchange = e, Deciding(e)
	f.Message, f.Want, f.Got = wrong(e)
}

func (f *Finding) add(q *Requirement, e Example) {
	if e.Verdict == Blocked {
		f.Blocks = hit(f.Blocks, q, e)
		return
	}
	if f.Verdict == Blocked || f.Exchange == nil && len(e.Exchanges) > 0 {
		f.tell(e)
	}
	if f.Verdict == Blocked {
		f.Verdict, f.Level = e.Verdict, q.Level
	}
	f.Verdict = Worst(f.Verdict, e.Verdict)
	if q.Level.Compare(f.Level) < 0 {
		f.Level = q.Level
	}
	f.Hits = hit(f.Hits, q, e)
}

// hit adds the example to the hits, which are in the order of the requirements.
func hit(all []*Hit, q *Requirement, e Example) []*Hit {
	if n := len(all); n == 0 || all[n-1].Requirement != q {
		all = append(all, &Hit{Requirement: q})
	}
	all[len(all)-1].add(e)
	return all
}

func (h *Hit) add(e Example) {
	if !slices.Contains(h.Examples, e.Name) {
		h.Examples = append(h.Examples, e.Name)
	}
	switch {
	case e.Profile == DefaultProfile:
		h.Usual = true
	case !slices.Contains(h.Alternatives, e.Profile):
		h.Alternatives = append(h.Alternatives, e.Profile)
	}
}

// clientsOwn is 0 if a client asks for it itself, and 1 if the standard alone does: what a
// client is seen to break by comes before what it may stumble over.
func (f *Finding) clientsOwn() int {
	for _, h := range f.Hits {
		if client, _, err := features.ClientOf(h.Requirement.ID); err == nil && !client.Standard {
			return 0
		}
	}
	return 1
}

// First is the requirement by which the finding is told and repeated.
func (f *Finding) First() *Requirement {
	for _, hits := range [][]*Hit{f.Hits, f.Blocks} {
		if len(hits) > 0 {
			return hits[0].Requirement
		}
	}
	return &Requirement{}
}

// Worst is the first of the requirements with the level of the finding.
func (f *Finding) Worst() *Requirement {
	for _, h := range f.Hits {
		if h.Requirement.Level == f.Level {
			return h.Requirement
		}
	}
	return f.First()
}

// BlocksWords says what mending it is good for besides; "" if nothing waits for it.
func (f *Finding) BlocksWords() string {
	if len(f.Blocks) == 0 {
		return ""
	}
	return "mend this, and " + words.Count(len(f.Blocks), "more requirement") + " can be judged: " + words.List(IDsOf(f.Blocks), words.MaxIDs)
}

// MaxHits is how many requirements are listed below one cause before they are counted.
const MaxHits = 3

// IDsOf is the ids of the requirements.
func IDsOf(hits []*Hit) []string {
	all := make([]string, len(hits))
	for i, h := range hits {
		all[i] = words.Visible(h.Requirement.ID)
	}
	return all
}
