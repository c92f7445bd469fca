package engine

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// restarting answers but for a time in which it takes no connection.
type restarting struct {
	from, until time.Time
	bodies      []string
}

func (s *restarting) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if now := time.Now(); !now.Before(s.from) && now.Before(s.until) {
		return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	}
	s.bodies = append(s.bodies, string(body))
	return httptest.NewRecorder().Result(), nil
}

func TestATargetThatStartsAnewIsWaitedFor(t *testing.T) {
	for name, test := range map[string]struct {
		begins, away time.Duration
		once         bool // its body cannot be read again
		served       bool
		cause        error
	}{
		"for three seconds":           {time.Second, 3 * time.Second, false, true, nil},
		"with a body that is gone":    {time.Second, 3 * time.Second, true, false, nil},
		"for good":                    {time.Second, time.Hour, false, false, errAway},
		"before it has ever answered": {0, 3 * time.Second, false, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, gone := context.WithCancelCause(t.Context())
				defer gone(nil)
				began := time.Now()
				target := &restarting{from: began.Add(test.begins), until: began.Add(test.begins + test.away)}
				l := &liveness{next: target, gone: gone}
				send := func() error {
					r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://example.com/Users", strings.NewReader("body"))
					if err != nil {
						return err
					}
					if test.once {
						r.GetBody = nil
					}
					answer, err := l.RoundTrip(r)
					if err != nil {
						return err
					}
					return answer.Body.Close()
				}
				if test.begins > 0 {
					if err := send(); err != nil {
						t.Fatal(err)
					}
					time.Sleep(test.begins)
				}
				err := send()
				if (err == nil) != test.served || !errors.Is(context.Cause(ctx), test.cause) {
					t.Errorf("got %v, the run ends for %v", err, context.Cause(ctx))
				}
				if test.begins == 0 && time.Since(began) > 0 {
					t.Errorf("it waited %s", time.Since(began))
				}
				for _, body := range target.bodies {
					if body != "body" {
						t.Errorf("a body was sent as %q", body)
					}
				}
			})
		})
	}
}

// endless writes more than is read of an answer; compressed, so that it costs little.
func endless(t *testing.T) func(w http.ResponseWriter) {
	t.Helper()
	var short bytes.Buffer
	z := gzip.NewWriter(&short)
	block := bytes.Repeat([]byte(" "), 1<<20)
	for range judge.MaxAnswer>>20 + 1 {
		if _, err := z.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(short.Bytes())
	}
}

// A target whose answers do not end is given up. Each costs 16 MiB.
func TestARunEndsWhereAnswersAreTooLong(t *testing.T) {
	if raced {
		t.Skip("it takes minutes under the race detector; .ci/run runs it without")
	}
	var long atomic.Int64
	write := endless(t)
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method != http.MethodGet || !strings.Contains(r.URL.Path, "/Users/") {
			serve(w, r)
			return
		}
		long.Add(1)
		write(w)
	})
	result := mustRun(t, h.options(t, creatingFeature(100)))
	if !strings.Contains(result.Partial, "longer than 16 MiB") {
		t.Errorf("the run ends for %q", result.Partial)
	}
	if n := long.Load(); n < 10 || n > 40 {
		t.Errorf("%d answers without an end were asked for", n)
	}
}

// A company of 20,000 people on a server that shows all of them, unless it is asked for fewer, is
// no hostile target.
func TestALongListIsToldAndTheRunGoesOn(t *testing.T) {
	var long atomic.Int64
	write := endless(t)
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/Users") && !r.URL.Query().Has("count") {
			long.Add(1)
			write(w)
			return
		}
		serve(w, r)
	})
	var examples strings.Builder
	for i := range 20 {
		fmt.Fprintf(&examples, "\n    Example: whole %d\n      When the client sends GET /Users\n      Then the answer is 200\n"+
			"\n    Example: page %d\n      When the client sends GET /Users?count=1\n      Then the answer is 200\n", i, i)
	}
	feature := "Feature: RFC 7644, lists\n\n  @RFC7644-9-01 @MUST\n  Rule: Users are listed\n" + examples.String()
	result := mustRun(t, h.options(t, feature))
	if result.Partial != "" || len(result.LeftBehind) > 0 {
		t.Errorf("partial %q, left %v", result.Partial, result.LeftBehind)
	}
	if n := long.Load(); n > 10 {
		t.Errorf("the whole list was asked for %d times", n)
	}
	if !slices.ContainsFunc(result.Notes, func(n string) bool { return strings.Contains(n, "more than 16 MiB") }) {
		t.Errorf("notes: %q", result.Notes)
	}
	for name, v := range verdictsByExample(result) {
		if want := map[bool]report.Verdict{true: report.Untested, false: report.Passed}[strings.HasPrefix(name, "whole")]; v != want {
			t.Errorf("%s: %s, want %s", name, v, want)
		}
	}
}

type answeringBy func(r *http.Request) (*http.Response, error)

func (by answeringBy) RoundTrip(r *http.Request) (*http.Response, error) { return by(r) }

// A target that cuts every connection at one kind of request, and answers others, is there.
func TestATargetThatBreaksAtOneKindOfRequestIsNotGone(t *testing.T) {
	for name, test := range map[string]struct {
		answersElse bool
		cause       error
	}{
		"and answers others": {true, nil},
		"and at every other": {false, errSilent},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, gone := context.WithCancelCause(t.Context())
			defer gone(nil)
			breaking := answeringBy(func(r *http.Request) (*http.Response, error) {
				if test.answersElse && r.URL.Path == "/scim/ServiceProviderConfig" {
					return httptest.NewRecorder().Result(), nil
				}
				return nil, io.ErrUnexpectedEOF
			})
			l := &liveness{next: breaking, base: "http://example.com/scim", gone: gone}
			for range 3 * maxSilence {
				r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.com/scim/Users", nil)
				if err != nil {
					t.Fatal(err)
				}
				if answer, err := l.RoundTrip(r); err == nil {
					t.Fatal(answer.Status, answer.Body.Close())
				}
			}
			if cause := context.Cause(ctx); !errors.Is(cause, test.cause) {
				t.Errorf("the run ends for %v, want %v", cause, test.cause)
			}
		})
	}
}
