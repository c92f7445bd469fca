package text

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/replay"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Limits of the list below one cause.
const (
	maxCauses   = 10 // that are told at length
	maxExamples = 3
	maxLines    = 12 // of one value
)

// findings writes the first causes at length, and counts the rest.
func (s *screen) findings(found []*report.Finding, target report.Target) {
	for _, f := range found[:min(len(found), maxCauses)] {
		s.line()
		s.finding(f, target)
	}
	if len(found) <= maxCauses {
		return
	}
	var more []string
	for _, f := range found[maxCauses:] {
		more = append(more, words.Visible(f.First().ID))
	}
	s.line()
	s.prose(bold, "", "And "+words.Count(len(more), "more cause")+", with less to come of them: "+words.List(slices.Compact(more), words.MaxIDs)+". All are in --report html=FILE.")
}

// finding writes one cause: the message and what comes of it, the requirements that it
// violates and where they are written, the expected and the actual value, what waits for
// it, and how to repeat it.
func (s *screen) finding(f *report.Finding, target report.Target) {
	label := strings.ToUpper(string(f.Verdict)) + "  "
	s.prose(color(f.Verdict), label, words.Short(f.Message, words.MaxMessage))
	s.labelled("consequence", f.Consequence.Text)
	for i, h := range f.Hits {
		if i == report.MaxHits && len(f.Hits) > report.MaxHits+1 {
			s.prose("", "  ", "and "+words.Count(len(f.Hits)-report.MaxHits, "more requirement")+": "+words.List(report.IDsOf(f.Hits[report.MaxHits:]), 2*words.MaxIDs))
			break
		}
		s.hit(h)
	}
	want, got := report.Values(f.Want, f.Got)
	s.field("expected", want)
	s.field("got", got)
	if blocks := f.BlocksWords(); blocks != "" {
		s.prose(dim, "  blocks     ", blocks)
	}
	if f.Exchange != nil {
		s.exchange(f.Exchange)
		s.repeat(f, target)
	}
}

// repeat writes the one command that sends the deciding request again and, where that needs
// more, how to get it: the page and Markdown tell the commands at length.
func (s *screen) repeat(f *report.Finding, target report.Target) {
	if whole := replay.Short(f, target); len(whole) == 1 && !strings.Contains(whole[0], "\n") {
		s.labelled("repeat", whole[0])
		return
	}
	label := "repeat"
	if command, _, _ := strings.Cut(report.Repeat(f, target), "\n# "); !strings.Contains(command, "\n") {
		s.labelled(label, command)
		label = ""
	}
	id := words.Visible(f.First().ID)
	if s.style.JSON == "" {
		s.labelled(label, "`simulate-duo replay FILE "+id+" --as curl` prints it with its set-up; --report json=FILE writes the file")
		return
	}
	s.labelled(label, "`simulate-duo replay "+words.Visible(s.style.JSON)+" "+id+" --as curl` prints it with its set-up")
}

func (s *screen) hit(h *report.Hit) {
	q := h.Requirement
	s.prose(bold, "  "+words.Visible(q.ID)+"  "+words.Visible(q.Level.Words())+"  ", words.Visible(q.Title))
	quoted := make([]string, len(h.Examples))
	for i, name := range h.Examples {
		quoted[i] = `"` + words.Short(name, words.MaxMessage) + `"`
	}
	s.prose(dim, "    in       ", words.List(quoted, maxExamples))
	if len(h.Alternatives) > 0 {
		lead := "    also     "
		if !h.Usual {
			lead = "    only     "
		}
		s.prose(dim, lead, "under "+words.Visible(words.List(h.Alternatives, words.MaxIDs)))
	}
	s.prose(dim, "    written  ", report.Written(q))
}

// field writes a value beside its label; a value of several lines keeps them.
func (s *screen) field(label, value string) {
	if value == "" {
		return
	}
	lines := strings.Split(strings.TrimRight(words.Head(value, words.MaxValue), "\n"), "\n")
	shown := lines[:min(len(lines), maxLines)]
	for i, text := range shown {
		shown[i] = words.Visible(text)
	}
	if len(value) > words.MaxValue || len(lines) > maxLines {
		shown = append(shown, "… ("+words.Count(len(value), "byte")+")")
	}
	for _, text := range shown {
		s.labelled(label, text)
		label = ""
	}
}

// labelled writes one line in the column beside the labels.
func (s *screen) labelled(label, text string) {
	pad := strings.Repeat(" ", max(11-len(label), 2))
	if label != "" {
		label = s.paint(dim, label)
	}
	s.line("  ", label, pad, text)
}

// exchange writes the request that decided, and what came of it.
func (s *screen) exchange(x *wire.Exchange) {
	answer := "no answer: " + x.Err
	if x.Status != 0 {
		answer = words.StatusLine(x.Status)
	}
	s.field("request", x.Method+" "+x.URL+" -> "+answer)
}
