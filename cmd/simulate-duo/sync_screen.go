package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// tellEvery is how often a cycle says on a pipe how far it is.
const tellEvery = 5 * time.Second

// tellAfter is how long a phase goes on before it says how fast: before, that is chance.
const tellAfter = time.Second

// syncScreen shows how far a cycle is: a bar on a terminal, a line every few
// seconds elsewhere.
type syncScreen struct {
	out      io.Writer
	terminal bool

	bar   *progressbar.ProgressBar
	phase duo.Phase
	began time.Time // of the phase
	told  time.Time
}

func newSyncScreen(env environment) *syncScreen {
	return &syncScreen{out: env.stderr, terminal: env.isTerminal(env.stderr)}
}

func (s *syncScreen) begin() { s.phase, s.told = "", time.Now() }

// piece begins another piece of a cycle, whose phases may be those of the last one.
func (s *syncScreen) piece() {
	s.end()
	s.phase = ""
}

// progress is called after each user and group, by one goroutine at a time.
func (s *syncScreen) progress(p duo.Progress) {
	if p.Phase != s.phase {
		s.next(p)
	}
	if s.bar != nil {
		_ = s.bar.Set(p.Done)
		return
	}
	if now := time.Now(); now.Sub(s.told) >= tellEvery && now.Sub(s.began) >= tellAfter {
		s.told = now
		fmt.Fprintf(s.out, "simulate-duo: %s: %s\n", p.Phase, pace(p, now.Sub(s.began)))
	}
}

func (s *syncScreen) next(p duo.Progress) {
	s.end()
	s.phase, s.began = p.Phase, time.Now()
	if s.terminal {
		s.bar = progressbar.NewOptions(p.Total,
			progressbar.OptionSetWriter(s.out), progressbar.OptionSetDescription(string(p.Phase)), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish())
	}
}

func (s *syncScreen) end() {
	if s.bar != nil {
		_ = s.bar.Clear()
		s.bar = nil
	}
}

// entry shows what the administrator has to know at once.
func (s *syncScreen) entry(e duo.Entry) {
	switch e.Action {
	case duo.ProvisioningPaused, duo.ProvisioningResumed:
		if s.bar != nil {
			_ = s.bar.Clear()
		}
		fmt.Fprintf(s.out, "simulate-duo: %s: %s\n", e.Label().Text, words.Visible(e.Details.String("reason")))
	}
}

// pace says how much is done, how fast it goes, and how long the rest will take.
func pace(p duo.Progress, taken time.Duration) string {
	text := fmt.Sprintf("%d of %d", p.Done, p.Total)
	if p.Done == 0 || taken <= 0 {
		return text
	}
	left := time.Duration(float64(taken) / float64(p.Done) * float64(p.Total-p.Done))
	return fmt.Sprintf("%s, %.0f/s, %s left", text, float64(p.Done)/taken.Seconds(), left.Round(time.Second))
}

// indented writes each line four spaces to the right.
type indented struct{ to io.Writer }

func (w indented) Write(p []byte) (int, error) {
	var b strings.Builder
	for line := range strings.Lines(string(p)) {
		b.WriteString("    " + line)
	}
	_, err := io.WriteString(w.to, b.String())
	return len(p), err
}
