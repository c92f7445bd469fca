package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

const (
	costly   = 200 // requests from which on it is worth to know what for
	maxCosts = 3
)

// Cost says which requirements took the most requests, and what was sent for no
// single one of them: the looks that all checks share. It is "" after
// a short run, and for the embedded target.
func Cost(r *Report) string {
	if r.Target.Embedded || r.Summary.Requests < costly {
		return ""
	}
	var sent []*Requirement
	common := r.Summary.Requests
	for i := range r.Requirements {
		if q := &r.Requirements[i]; q.Requests > 0 {
			sent = append(sent, q)
			common -= q.Requests
		}
	}
	slices.SortStableFunc(sent, func(a, b *Requirement) int { return cmp.Compare(b.Requests, a.Requests) })
	var parts []string
	for _, q := range sent[:min(len(sent), maxCosts)] {
		parts = append(parts, fmt.Sprintf("%s %d", words.Visible(q.ID), q.Requests))
	}
	if len(parts) == 0 {
		return ""
	}
	text := "Most requests: " + strings.Join(parts, ", ")
	if common > 0 {
		text += fmt.Sprintf("; shared by all checks %d", common)
	}
	return text + "."
}
