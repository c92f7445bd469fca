package report

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/features"
)

// Stakes are who would meet it that a requirement is not met.
type Stakes struct {
	Risk     string   // riskSecurity, riskData or ""
	Breaks   []string // clients, in a word each, that ask for it themselves or send one of its requests as it is
	MayBreak []string // clients of which is not known whether they send one
	Warns    []string // clients that ask for it themselves and do not break by it
}

// StakesOf works that out as consequences are, from a requirement whose examples passed, with
// all of their exchanges: who sends what has to be answered, breaks where it is not. That
// something is taken which has to be refused breaks no client.
func StakesOf(q *Requirement) Stakes {
	s := Stakes{Risk: q.Risk}
	for _, client := range features.Clients() {
		name, strict := shortName(client), q.Level.Strict()
		switch {
		case client.Profile == features.RFC, isApart(q):
		case owns(client, q) && strict, strict && meets(client.Profile, q, false):
			s.Breaks = append(s.Breaks, name)
		case owns(client, q):
			s.Warns = append(s.Warns, name)
		case strict && meets(client.Profile, q, true):
			s.MayBreak = append(s.MayBreak, name)
		}
	}
	return s
}

// meets says whether the client sends what one of the examples sends and a right target answers.
func meets(p features.Profile, q *Requirement, perhaps bool) bool {
	return slices.ContainsFunc(q.Examples, func(e Example) bool {
		x := Deciding(e)
		answered := x != nil && (x.Status < http.StatusBadRequest || x.Status == http.StatusNotFound)
		return answered && sends(p, e, perhaps)
	})
}
