package report

import (
	"cmp"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// AreaOf is the area that the requirement counts in: its feature, or where there
// are dozens of those the whole document or client.
func AreaOf(q *Requirement) string {
	_, family, err := features.ClientOf(q.ID)
	if err == nil && family.Area != "" {
		return family.Area
	}
	return cmp.Or(words.Visible(q.Feature), "(no area)")
}
