package chaos

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Kind is one way in which the wire or the target fails.
type Kind string

// The kinds. All but Stale and Empty are honest: the client can tell that
// something went wrong, or nothing did.
const (
	Busy        Kind = "busy"
	Unavailable Kind = "unavailable"
	Failure     Kind = "failure"
	Gateway     Kind = "gateway"
	Latency     Kind = "latency"
	ResetBefore Kind = "reset-before"
	ResetAfter  Kind = "reset-after"
	Truncated   Kind = "truncated"
	Duplicate   Kind = "duplicate"
	Stale       Kind = "stale"
	Empty       Kind = "empty"
)

// Kinds lists the kinds with their meanings.
var Kinds = []struct {
	Kind    Kind
	Meaning string
}{
	{Busy, "429 with Retry-After, as seconds or as a date; the request was not processed"},
	{Unavailable, "503 with or without Retry-After; the request was not processed"},
	{Failure, "500; the request was not processed"},
	{Gateway, "502, though the request was processed"},
	{Latency, "the request is sent later"},
	{ResetBefore, "the connection breaks before the request was sent"},
	{ResetAfter, "the connection breaks after the request was processed"},
	{Truncated, "the answer ends in the middle of its body"},
	{Duplicate, "the request is delivered twice; one of the two answers arrives"},
	{Stale, "a read is answered as it was answered before"},
	{Empty, "the target answers as if it had no resource"},
}

// defaultLatency is the longest delay where the spec names none.
const defaultLatency = 100 * time.Millisecond

// spec is how often each kind happens, between 0 and 1.
type spec struct {
	of      map[Kind]float64
	latency time.Duration // the longest delay
}

// parse reads a list such as "busy=0.05,latency=0.1:200ms" or "all=0.02".
func parse(text string) (spec, error) {
	s := spec{of: map[Kind]float64{}, latency: defaultLatency}
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if err := s.add(part); err != nil {
			return spec{}, err
		}
	}
	total := 0.0
	for _, p := range s.of {
		total += p
	}
	if total > 1 {
		return spec{}, fmt.Errorf("chaos: the probabilities add up to %g: keep them at 1 or below", total)
	}
	return s, nil
}

func (s *spec) add(part string) error {
	name, value, _ := strings.Cut(part, "=")
	value, delay, delayed := strings.Cut(value, ":")
	p, err := strconv.ParseFloat(value, 64)
	if err != nil || !(p >= 0 && p <= 1) {
		return fmt.Errorf("chaos: %q: write kind=probability with a probability between 0 and 1, such as busy=0.05", part)
	}
	if delayed {
		if s.latency, err = time.ParseDuration(delay); err != nil || s.latency <= 0 || name != string(Latency) {
			return fmt.Errorf("chaos: %q: only latency takes a duration, such as latency=0.1:200ms", part)
		}
	}
	if name == "all" {
		for _, k := range Kinds {
			s.of[k.Kind] = p
		}
		return nil
	}
	var known []string
	for _, k := range Kinds {
		if name == string(k.Kind) {
			s.of[k.Kind] = p
			return nil
		}
		known = append(known, string(k.Kind))
	}
	return fmt.Errorf("chaos: unknown kind %q: use all, %s", name, strings.Join(known, ", "))
}
