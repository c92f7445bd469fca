package report

import (
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Limits of the list below one cause.
const (
	maxHits     = 3
	maxExamples = 3
	maxLines    = 12   // of one value
	maxCommand  = 8000 // bytes of a command
)

// finding writes one cause: what is wrong, which requirements it violates and
// where they are written, what was expected and what came, and how to repeat it.
func (s *screen) finding(f *finding, target Target) {
	label := strings.ToUpper(string(f.verdict)) + "  "
	s.prose(color(f.verdict), label, short(f.message, maxMessage))
	for i, h := range f.hits {
		if i == maxHits && len(f.hits) > maxHits+1 {
			s.prose("", "  ", "and "+count(len(f.hits)-maxHits, "more requirement")+": "+list(ids(f.hits[maxHits:]), 2*maxIDs))
			break
		}
		s.hit(h)
	}
	s.field("expected", f.want)
	s.field("got", f.got)
	if f.exchange != nil {
		s.exchange(f.exchange)
		s.labelled("repeat", repeat(f, target))
	}
}

func (s *screen) hit(h *hit) {
	q := h.requirement
	s.prose(bold, "  "+Visible(q.ID)+"  "+Visible(q.Level.Words())+"  ", Visible(q.Title))
	quoted := make([]string, len(h.examples))
	for i, name := range h.examples {
		quoted[i] = `"` + short(name, maxMessage) + `"`
	}
	s.prose(dim, "    in       ", list(quoted, maxExamples))
	if len(h.alternatives) > 0 {
		lead := "    also     "
		if !h.usual {
			lead = "    only     "
		}
		s.prose(dim, lead, "under "+Visible(list(h.alternatives, maxIDs)))
	}
	s.prose(dim, "    written  ", written(q))
}

// written is where the requirement stands, and in whose words it is argued.
func written(q *Requirement) string {
	text := strings.Join(strings.Fields(q.Text), " ")
	switch {
	case text == "":
		return Visible(q.Source)
	case q.Source == "" || strings.Contains(text, q.Source):
		return Visible(text)
	}
	return Visible(q.Source + ": " + text)
}

func ids(hits []*hit) []string {
	all := make([]string, len(hits))
	for i, h := range hits {
		all[i] = Visible(h.requirement.ID)
	}
	return all
}

// field writes a value beside its label; a value of several lines keeps them.
func (s *screen) field(label, value string) {
	if value == "" {
		return
	}
	lines := strings.Split(strings.TrimRight(head(value, maxValue), "\n"), "\n")
	shown := lines[:min(len(lines), maxLines)]
	for i, text := range shown {
		shown[i] = Visible(text)
	}
	if len(value) > maxValue || len(lines) > maxLines {
		shown = append(shown, "… ("+count(len(value), "byte")+")")
	}
	for _, text := range shown {
		s.labelled(label, text)
		label = ""
	}
}

// labelled writes one line in the column beside the labels.
func (s *screen) labelled(label, text string) {
	pad := strings.Repeat(" ", 11-len(label))
	if label != "" {
		label = s.paint(dim, label)
	}
	s.line("  ", label, pad, text)
}

// exchange writes the request that decided, and what came of it.
func (s *screen) exchange(x *wire.Exchange) {
	answer := "no answer: " + x.Err
	if x.Status != 0 {
		answer = statusLine(x.Status)
	}
	s.field("request", x.Method+" "+x.URL+" -> "+answer)
}

// repeat is the command that shows the finding again. An embedded target is
// gone by now, so no request can reach it.
func repeat(f *finding, target Target) string {
	if target.Embedded {
		return "simulate-duo --trace --tags @" + Visible(f.hits[0].requirement.ID)
	}
	return repeatable(f.exchange, f.hits[0].requirement.ID)
}

// repeatable is the command that sends the request again. One that is too long to
// read is too long to print: the JSON report keeps as much of it as there is.
func repeatable(x *wire.Exchange, id string) string {
	c := command(x.Curl())
	if len(c) <= maxCommand {
		return c
	}
	return fmt.Sprintf("# cut: the command has %s. With --report json=FILE: simulate-duo replay FILE %s", count(len(c), "byte"), Visible(id))
}
