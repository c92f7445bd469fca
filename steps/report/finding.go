package report

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// finding is one cause for which the target was found wrong, and everything
// that met it.
type finding struct {
	verdict  Verdict // failed if it failed anything, otherwise warned
	level    features.Level
	message  string
	want     string
	got      string
	exchange *wire.Exchange // what the first hit decided on; nil if it sent nothing
	hits     []*hit
}

// hit is a requirement that met the cause.
type hit struct {
	requirement  *Requirement
	examples     []string
	alternatives []string // profiles other than the default one
	usual        bool     // also, or only, under the default profile
}

// findings groups what failed or warned, and is not known to, by cause: failures
// first, then by the worst level in the group, then in the order of the
// requirements.
func findings(r *Report) []*finding {
	var all []*finding
	byCause := map[string]*finding{}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		if excused(q) {
			continue
		}
		for _, e := range q.Examples {
			if e.Verdict != Failed && e.Verdict != Warned {
				continue
			}
			f := byCause[Cause(e)]
			if f == nil {
				f = &finding{verdict: e.Verdict, level: q.Level, message: e.Message, want: e.Want, got: e.Got}
				byCause[Cause(e)] = f
				all = append(all, f)
			}
			f.add(q, e)
		}
	}
	slices.SortStableFunc(all, func(a, b *finding) int {
		return cmp.Or(a.verdict.rank()-b.verdict.rank(), a.level.Compare(b.level))
	})
	return all
}

func (f *finding) add(q *Requirement, e Example) {
	f.verdict = Worst(f.verdict, e.Verdict)
	if q.Level.Compare(f.level) < 0 {
		f.level = q.Level
	}
	if n := len(e.Exchanges); n > 0 && f.exchange == nil {
		f.exchange = e.Exchanges[n-1]
	}
	if n := len(f.hits); n == 0 || f.hits[n-1].requirement != q {
		f.hits = append(f.hits, &hit{requirement: q})
	}
	f.hits[len(f.hits)-1].add(e)
}

func (h *hit) add(e Example) {
	if !slices.Contains(h.examples, e.Name) {
		h.examples = append(h.examples, e.Name)
	}
	switch {
	case e.Profile == DefaultProfile:
		h.usual = true
	case !slices.Contains(h.alternatives, e.Profile):
		h.alternatives = append(h.alternatives, e.Profile)
	}
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
	text := head(e.Message, maxCause) + "\x00" + head(e.Want, maxCause) + "\x00" + head(e.Got, maxCause)
	return passing.ReplaceAllString(text, "${1}#")
}
