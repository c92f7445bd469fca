package html

import (
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/explain"
)

// maxMistakes is how many ways to get a requirement wrong are listed.
const maxMistakes = 12

// explainedView is what simulate-duo explain tells of a requirement, but for the requests,
// which the evidence shows.
type explainedView struct {
	Wrongly  string // who gets it wrong
	Mistakes []string
	Left     int    // how many mistakes are left out
	Rule     string // the Gherkin
	Commands []string
}

// explained is nil for a requirement that this program does not know, and where there is no
// room left.
func (p *painter) explained(q *report.Requirement) *explainedView {
	x := explain.Find(q.ID, q.Title)
	if x == nil || p.room <= len(x.Rule) {
		return nil
	}
	v := &explainedView{Wrongly: x.Wrongly(), Mistakes: x.Mistakes, Commands: []string{x.Command()}}
	if len(v.Mistakes) > maxMistakes+1 {
		v.Mistakes, v.Left = v.Mistakes[:maxMistakes], len(v.Mistakes)-maxMistakes
	}
	if x.Try != "" {
		v.Commands = append(v.Commands, x.Try)
	}
	v.Rule, _ = p.take(x.Rule, len(x.Rule))
	return v
}
