package main

import (
	"fmt"
	"time"

	"github.com/simulate-duo/simulate-duo/steps"
)

// progress is how far the run is. On a terminal one line tells it and overwrites itself;
// anywhere else a line is written every ten seconds.
type progress struct {
	began time.Time
	since time.Time // when the part began that is told: the run, or its clean-up
	told  time.Time // when it was last told
	last  steps.Progress
}

const (
	progressColumns = 60 // what every terminal shows without wrapping
	progressEvery   = 10 * time.Second
)

// progressed takes note of the run's progress.
func (s *screen) progressed(p steps.Progress) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.CleaningUp != s.progress.last.CleaningUp || s.progress.since.IsZero() {
		s.progress.since = s.now()
	}
	s.progress.last = p
	s.tell()
}

// every tells the progress again and again, so that a run that waits for one answer does
// not seem to be dead. It returns what ends that.
func (s *screen) every(d time.Duration) (stop func()) {
	ticker, done := time.NewTicker(d), make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				s.mu.Lock()
				s.tell()
				s.mu.Unlock()
			case <-done:
				return
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(done)
	}
}

// tell shows, from the second second on, how far the run is.
func (s *screen) tell() {
	now, p := s.now(), &s.progress
	switch {
	case p.last.Total == 0:
	case s.terminal && now.Sub(p.began) >= time.Second:
		width := progressColumns
		if s.talkWidth > 0 {
			width = min(width, s.talkWidth-1)
		}
		fmt.Fprint(s.talk, "\r\x1b[K"+fit(p.line(now), width))
		s.shown = true
	case !s.terminal && now.Sub(p.told) >= progressEvery:
		p.told = now
		fmt.Fprintln(s.talk, "simulate-duo: "+p.line(now))
	}
}

// line is "412/2105, 19 %, 3 min left: RFC 7644, 3.6 Delete".
func (p *progress) line(now time.Time) string {
	l := p.last
	text := fmt.Sprintf("%d/%d, %d %%", l.Done, l.Total, 100*l.Done/max(l.Total, 1))
	if spent := now.Sub(p.since); l.Done > 0 && l.Done < l.Total && spent >= time.Second {
		text += ", " + roughly(time.Duration(float64(spent)/float64(l.Done)*float64(l.Total-l.Done))) + " left"
	}
	switch {
	case l.CleaningUp:
		return text + ": clean-up"
	case l.Profile != "":
		return text + ": sweep, " + l.Profile
	}
	return text + ": " + l.Feature
}

// roughly is a duration in seconds or, from two minutes on, in minutes.
func roughly(d time.Duration) string {
	if d < 2*time.Minute {
		return fmt.Sprintf("%d s", int(d.Seconds()+0.5))
	}
	return fmt.Sprintf("%d min", int(d.Minutes()+0.5))
}
