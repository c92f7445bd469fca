package replay

import (
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// about is what every form says first: what the finding is, and what has to be
// known about sending its requests again.
func (p *Replay) about(needs string) []string {
	q, e := p.Requirement, p.Example
	lines := []string{
		fmt.Sprintf("%s (%s): %s", q.ID, q.Level.Words(), q.Title),
		fmt.Sprintf("Found %s by %s %s in %q, profile %s:", q.Verdict, p.Tool.Name, p.Tool.Version, e.Name, e.Profile),
		"  " + e.Message,
	}
	if want, got := report.Values(e.Want, e.Got); want != "" {
		lines = append(lines, "  expected  "+oneLine(want), "  got       "+oneLine(got))
	}
	lines = append(lines, "", needs)
	if p.hidden() {
		lines = append(lines, "Some requests showed other credentials than the token. No report holds them: they are left out here.")
	}
	if p.Mark != "" && !p.creates() {
		lines = append(lines, "They are about what the run had created before, which is gone: only a replay without --as creates it again.")
	}
	for i, line := range lines {
		lines[i] = words.Visible(line)
	}
	return lines
}

func (p *Replay) hidden() bool {
	for _, s := range p.Steps {
		if s.Hidden {
			return true
		}
	}
	return false
}

// creates says whether there may be something to remove afterwards.
func (p *Replay) creates() bool {
	for _, s := range p.Steps {
		if s.Creates {
			return true
		}
	}
	return false
}

// maxLine is how much of a value a comment repeats.
const maxLine = 300

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxLine {
		return strings.ToValidUTF8(s[:maxLine], "") + "…"
	}
	return s
}

// comment puts a mark before every line.
func comment(mark string, lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimRight(mark+" "+line, " ") + "\n")
	}
	return b.String()
}

func itself(s string) string { return s }
