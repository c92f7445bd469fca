package report

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Finding is one cause for which the target was found wrong, and everything
// that met it.
type Finding struct {
	Verdict  Verdict // failed if it failed anything, otherwise warned
	Level    features.Level
	Message  string
	Want     string
	Got      string
	Exchange *wire.Exchange // what the first hit decided on; nil if it sent nothing
	Hits     []*Hit
}

// Hit is a requirement that met the cause.
type Hit struct {
	Requirement  *Requirement
	Examples     []string
	Alternatives []string // profiles other than the default one
	Usual        bool     // also, or only, under the default profile
}

// Findings groups what failed or warned, and is not known to, by cause: failures
// first, then by the worst level in the group, then in the order of the
// requirements.
func Findings(r *Report) []*Finding {
	var all []*Finding
	byCause := map[string]*Finding{}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		if Excused(q) {
			continue
		}
		for _, e := range q.Examples {
			if e.Verdict != Failed && e.Verdict != Warned {
				continue
			}
			f := byCause[Cause(e)]
			if f == nil {
				f = &Finding{Verdict: e.Verdict, Level: q.Level, Message: e.Message, Want: e.Want, Got: e.Got}
				byCause[Cause(e)] = f
				all = append(all, f)
			}
			f.add(q, e)
		}
	}
	slices.SortStableFunc(all, func(a, b *Finding) int {
		return cmp.Or(a.Verdict.Rank()-b.Verdict.Rank(), a.Level.Compare(b.Level))
	})
	return all
}

func (f *Finding) add(q *Requirement, e Example) {
	f.Verdict = Worst(f.Verdict, e.Verdict)
	if q.Level.Compare(f.Level) < 0 {
		f.Level = q.Level
	}
	if n := len(e.Exchanges); n > 0 && f.Exchange == nil {
		f.Exchange = e.Exchanges[n-1]
	}
	if n := len(f.Hits); n == 0 || f.Hits[n-1].Requirement != q {
		f.Hits = append(f.Hits, &Hit{Requirement: q})
	}
	f.Hits[len(f.Hits)-1].add(e)
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

// Worst is the first of the requirements with the level of the finding.
func (f *Finding) Worst() *Requirement {
	for _, h := range f.Hits {
		if h.Requirement.Level == f.Level {
			return h.Requirement
		}
	}
	return f.Hits[0].Requirement
}

// passing matches what differs from one run of a check to the next and says
// nothing about the cause: marks of scenarios, ids in addresses and ids that are
// long, times, ports.
var passing = regexp.MustCompile(`(?i)sduo-[0-9a-f]{8}(?:-\d+)?|(/(?:Users|Groups)/)[^\s\x00/?#"',:;)]+|[0-9a-f]{8,}(?:-[0-9a-f]+)*|[0-9a-z_-]{20,}|\d{4,}`)

// maxCause is how much of a text tells a cause, in bytes: what begins like this
// and differs later has no other cause.
const maxCause = 2000

// Cause is the same text for examples that were found wrong in the same way.
func Cause(e Example) string {
	text := words.Head(e.Message, maxCause) + "\x00" + words.Head(e.Want, maxCause) + "\x00" + words.Head(e.Got, maxCause)
	return passing.ReplaceAllString(text, "${1}#")
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
