package text

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// WriteDiff writes the differences for people: worst first, within a kind in the
// order of the requirements.
func WriteDiff(w io.Writer, d *report.Diff, style Style) error {
	s := &screen{style: style}
	s.compared("old", d.Old)
	s.compared("new", d.New)
	if d.Old.Target.URL != d.New.Target.URL {
		s.prose(yellow, "Beware: ", "the reports are of two targets.")
	}
	for _, section := range []struct {
		kind         report.Kind
		title, color string
	}{
		{report.Worsened, "Worse", red}, {report.Otherwise, "Not met in another way", yellow}, {report.Improved, "Better", green},
		{report.Appeared, "Judged for the first time", bold}, {report.Vanished, "No longer judged", bold},
	} {
		if d.Count(section.kind) == 0 {
			continue
		}
		s.line()
		s.line(s.paint(section.color, section.title))
		for _, c := range d.Changes {
			if c.Kind == section.kind {
				s.change(c)
			}
		}
	}
	s.line()
	s.line(fmt.Sprintf("Worse: %d, in another way: %d, better: %d, for the first time: %d, no longer: %d, the same: %d.",
		d.Count(report.Worsened), d.Count(report.Otherwise), d.Count(report.Improved), d.Count(report.Appeared), d.Count(report.Vanished), d.Same))
	_, err := w.Write(s.text)
	return err
}

// compared writes which report it is.
func (s *screen) compared(which string, r *report.Report) {
	s.prose(dim, which+"  ", fmt.Sprintf("%s, %s, %s %s: %s", strings.TrimSpace(words.Visible(r.Target.Name+" "+r.Target.URL)),
		r.Started.UTC().Format(time.RFC3339), words.Visible(r.Tool.Name), words.Visible(r.Tool.Version), r.Summary.Words()))
}

func (s *screen) change(c report.Change) {
	q := c.Now
	if q == nil {
		q = c.Old
	}
	verdicts := string(c.Was()) + " -> " + string(c.Is())
	switch {
	case c.Old == nil:
		verdicts = string(c.Now.Verdict)
	case c.Now == nil:
		verdicts = string(c.Old.Verdict) + ", now gone"
	}
	s.prose(bold, "  "+words.Visible(q.ID)+"  "+words.Visible(q.Level.Words())+"  ", verdicts+": "+words.Visible(q.Title))
	if c.Kind <= report.Otherwise || c.Kind == report.Appeared && q.Verdict != report.Passed {
		s.prose(dim, "    ", words.Short(q.Message, words.MaxMessage))
	}
}
