package main

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/steps"
)

// clockedScreen is a screen on a clock that its user puts forward.
func clockedScreen(talk *strings.Builder, terminal bool, width int) (*screen, *time.Time) {
	now := time.Unix(1_000, 0)
	s := &screen{talk: talk, terminal: terminal, talkWidth: width, now: func() time.Time { return now }}
	s.progress = progress{began: now, told: now}
	return s, &now
}

func TestProgressIsOneLineOfATerminal(t *testing.T) {
	long := steps.Progress{Done: 1_234, Total: 2_345, Feature: "RFC 7644, " + strings.Repeat("a long title ", 9)}
	for _, width := range []int{0, 20, 60, 200} {
		var out strings.Builder
		s, now := clockedScreen(&out, true, width)
		s.progressed(long)
		if out.Len() > 0 {
			t.Errorf("it is told at once: %q", out.String())
		}
		*now = now.Add(time.Minute)
		s.progressed(long)
		line := strings.TrimPrefix(out.String(), "\r\x1b[K")
		if n := utf8.RuneCountInString(line); strings.Contains(line, "\n") || n > 60 || width > 0 && n >= width {
			t.Errorf("%d columns: %q", width, line)
		}
		if !strings.HasPrefix(line, "1234/2345, 52 %") {
			t.Errorf("got %q", line)
		}
	}
}

func TestProgressInAPipeIsALineEveryTenSeconds(t *testing.T) {
	var out strings.Builder
	s, now := clockedScreen(&out, false, 0)
	for i := range 61 {
		s.progressed(steps.Progress{Done: i, Total: 120, Feature: "F"})
		*now = now.Add(time.Second)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 6 || lines[5] != "simulate-duo: 60/120, 50 %, 60 s left: F" {
		t.Errorf("got %d lines: %q", len(lines), lines)
	}
}

func TestCleanUpHasAProgressOfItsOwn(t *testing.T) {
	var out strings.Builder
	s, now := clockedScreen(&out, false, 0)
	s.progressed(steps.Progress{Done: 100, Total: 100, Feature: "F"})
	*now = now.Add(time.Hour)
	s.progressed(steps.Progress{CleaningUp: true, Done: 0, Total: 50})
	*now = now.Add(10 * time.Second)
	s.progressed(steps.Progress{CleaningUp: true, Done: 10, Total: 50})
	if want := "10/50, 20 %, 40 s left: clean-up\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("got %q, want %q at the end", out.String(), want)
	}
}
