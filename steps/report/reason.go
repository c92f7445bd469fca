package report

import (
	"cmp"
	"slices"
)

// reason is why requirements have a verdict, and which.
type reason struct {
	text string
	ids  []string
}

// reasons groups the requirements with this verdict by their message, the
// largest group first.
func reasons(r *Report, v Verdict) []*reason {
	var all []*reason
	byText := map[string]*reason{}
	for _, q := range r.Requirements {
		if q.Verdict != v {
			continue
		}
		key := passing.ReplaceAllString(q.Message, "#")
		if byText[key] == nil {
			byText[key] = &reason{text: cmp.Or(short(q.Message, maxMessage), "no reason given")}
			all = append(all, byText[key])
		}
		byText[key].ids = append(byText[key].ids, Visible(q.ID))
	}
	slices.SortStableFunc(all, func(a, b *reason) int { return len(b.ids) - len(a.ids) })
	return all
}
