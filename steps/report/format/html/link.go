package html

import (
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// cited is what follows the source on the page: its text, as a sentence of its own or
// as the rest of the sentence that the source begins; "" if there is none.
func cited(q *report.Requirement) string {
	source, joint, text := report.Citation(q)
	if source == "" && q.Source != "" {
		joint = ": " // the page shows the source in any case
	}
	return words.Visible(joint + text)
}
