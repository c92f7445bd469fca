package report

import (
	"cmp"
	"slices"

	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Reason is why requirements have a verdict, and which.
type Reason struct {
	Text string
	IDs  []string
}

// Reasons groups the requirements with this verdict by their message, the
// largest group first.
func Reasons(r *Report, v Verdict) []*Reason {
	var all []*Reason
	byText := map[string]*Reason{}
	for _, q := range r.Requirements {
		if q.Verdict != v {
			continue
		}
		key := passing.ReplaceAllString(q.Message, "#")
		if byText[key] == nil {
			byText[key] = &Reason{Text: cmp.Or(words.Short(q.Message, words.MaxMessage), "no reason given")}
			all = append(all, byText[key])
		}
		byText[key].IDs = append(byText[key].IDs, words.Visible(q.ID))
	}
	slices.SortStableFunc(all, func(a, b *Reason) int { return len(b.IDs) - len(a.IDs) })
	return all
}
