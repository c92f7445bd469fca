package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// screen is what a person sees while a run goes on: the Activity Log row by row
// on the output, and on standard error how far the run is, see progress.
type screen struct {
	out       io.Writer
	color     bool
	width     int       // columns of the output; 0 if it is no terminal
	talk      io.Writer // standard error
	terminal  bool      // it is one
	talkWidth int
	now       func() time.Time
	mu        sync.Mutex
	shown     bool // a line of progress stands there
	header    bool
	progress  progress
}

func newScreen(env environment, out io.Writer) *screen {
	return &screen{
		out: out, color: env.color(out), width: env.width(out), now: time.Now,
		talk: env.stderr, terminal: env.isTerminal(env.stderr), talkWidth: env.width(env.stderr),
		progress: progress{began: time.Now(), told: time.Now()},
	}
}

// begin says who judges which target.
func (s *screen) begin(t steps.Target, profiles []steps.Profile) {
	name := words.Visible(t.URL)
	if t.IsEmbedded() {
		name = t.Name
	}
	var others []string
	for _, c := range features.Clients() {
		switch {
		case !slices.Contains(profiles, c.Profile):
		case c.Profile == features.Duo:
			fmt.Fprintf(s.out, "Duo provisions %s.\n", name)
		default:
			others = append(others, c.Title)
		}
	}
	if len(others) > 0 && !slices.Contains(profiles, features.Duo) {
		fmt.Fprintf(s.out, "%s is judged by the requirements of %s.\n", name, strings.Join(others, ", "))
	}
}

// entry prints a row of the Activity Log.
func (s *screen) entry(e duo.Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clear()
	row := e.Row(time.Local)
	if !s.header {
		s.header = true
		zone, _ := e.Time.Local().Zone()
		fmt.Fprintf(s.out, "\nActivity Log of %s\n\n", words.Visible(row.Application))
		fmt.Fprintln(s.out, "  "+s.columns("Time ("+zone+")", "Action", "Actor", "Affected"))
	}
	mark, paint := "✓", "32"
	if row.Failed {
		mark, paint = "✗", "31"
	}
	if s.color {
		mark = "\x1b[" + paint + "m" + mark + "\x1b[0m"
	}
	fmt.Fprintln(s.out, mark+" "+s.columns(e.Time.Local().Format("15:04:05"), row.Action, words.Visible(row.Actor), words.Visible(row.Affected)))
	if row.Failed {
		fmt.Fprintf(s.out, "    %s\n", words.Visible(row.Details))
	}
}

// wholeRow is how many columns a row of the Activity Log takes; where there are
// fewer, it is shown without the actor, and cut.
const wholeRow = 120

func (s *screen) columns(when, action, actor, affected string) string {
	if s.width == 0 || s.width >= wholeRow {
		return fmt.Sprintf("%-14s  %-36s  %-34s  %s", when, action, actor, affected)
	}
	return fit(fmt.Sprintf("%-10s  %-35s  %s", when, action, affected), s.width-2)
}

// fit is at most so many characters of the text.
func fit(text string, width int) string {
	runes := []rune(text)
	if len(runes) <= width {
		return text
	}
	return string(runes[:max(width-1, 0)]) + "…"
}

// clear takes the line of progress away.
func (s *screen) clear() {
	if s.shown {
		fmt.Fprint(s.talk, "\r\x1b[K")
		s.shown = false
	}
}

// end leaves a blank line between the log and the verdict.
func (s *screen) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clear()
	fmt.Fprintln(s.out)
}
