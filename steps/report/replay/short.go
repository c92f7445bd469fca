package replay

import (
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// maxShort is how long the commands of a finding may be where it is told, in bytes.
const maxShort = 8000

// Short is the commands that show a finding again, for where it is told: one for each
// request that it needs, the ids taken from the answers. What would be too long, or needs
// more than one value of an answer, is left to a replay.
func Short(f *report.Finding, target report.Target) []string {
	alone := []string{report.Repeat(f, target)}
	if target.Embedded || f.Exchange == nil || len(f.Example.Exchanges) == 0 {
		return alone
	}
	p, err := newReplay(target.URL, f.First(), f.Example)
	if err != nil {
		return alone
	}
	if len(p.Steps) == 1 {
		return p.oneCommand(f)
	}
	var lines []string
	for i, s := range p.Steps {
		line, ok := p.shortStep(s, i == len(p.Steps)-1)
		if !ok {
			return alone
		}
		lines = append(lines, words.Command(line))
	}
	if p.Mark != "" && p.creates() {
		lines = append(lines, "# what this creates: simulate-duo sweep --target "+shellWord(p.Base)+" --mark "+p.Mark+" removes it")
	}
	if len(strings.Join(lines, "\n")) > maxShort {
		return alone
	}
	return lines
}

// oneCommand sends the one request again. What it looks for may have been made by another
// check.
func (p *Replay) oneCommand(f *report.Finding) []string {
	commands := []string{report.Repeatable(f.Exchange, p.Requirement.ID)}
	if p.Mark != "" && !p.creates() {
		commands = append(commands, fmt.Sprintf("# what it looks for was made by the run and is gone: with --report json=FILE, simulate-duo replay FILE %s makes it again", words.Visible(p.Requirement.ID)))
	}
	return commands
}

// shortStep is the command of a step; false if it cannot be told in one.
func (p *Replay) shortStep(s Step, last bool) (string, bool) {
	if len(s.Captures) > 1 || len(s.Captures) == 1 && s.Captures[0].header != "" || s.Hidden {
		return "", false
	}
	parts := []string{"curl -s" + shellMethod(s.Method), p.shortText(s.URL)}
	if last {
		parts[0] = "curl -i" + shellMethod(s.Method)
	}
	parts = append(parts, s.Form.ShellConnection()...)
	switch {
	case s.Credentials != nil:
		parts = append(parts, s.Form.Shell(*s.Credentials))
	case s.Token && s.Form.Scheme == wire.SchemeBearer:
		parts = append(parts, `-H "Authorization: Bearer $SCIM_TOKEN"`)
	case s.Token && s.Form.Scheme != wire.SchemeCertificate:
		parts = append(parts, s.Form.Shell("Bearer {token}"))
	}
	for _, h := range s.Header {
		if last || h.name == "Content-Type" || strings.HasPrefix(h.name, "If-") {
			parts = append(parts, "-H "+p.shortText(h.value.after(h.name+": ")))
		}
	}
	if len(s.Body) > 0 {
		parts = append(parts, "--data-raw "+p.shortText(s.Body))
	}
	command := strings.Join(parts, " ")
	switch {
	case len(s.Captures) == 1:
		return fmt.Sprintf("%s=$(%s | jq -r %s)", s.Captures[0].variable, command, shellWord(s.Captures[0].query())), true
	case !last:
		command += " > /dev/null"
	}
	return command, true
}

// shortText is one word of the shell, with the base URL as it was.
func (p *Replay) shortText(t text) string {
	var merged text
	for _, x := range t {
		if x.variable == base {
			x = piece{literal: p.Base}
		}
		if n := len(merged); n > 0 && x.variable == "" && merged[n-1].variable == "" {
			merged[n-1].literal += x.literal
			continue
		}
		merged = append(merged, x)
	}
	return merged.fill(func(s string) string { return shellWord(words.Visible(s)) }, func(x piece) string { return `"$` + x.variable + `"` })
}
