package engine

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/judge"
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

// Answers that do not end cost time and memory, each of them, and tell nothing.
func TestARunEndsWhereAnswersAreTooLong(t *testing.T) {
	var long atomic.Int64
	block := bytes.Repeat([]byte(" "), 1<<20)
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method != http.MethodGet || !strings.Contains(r.URL.Path, "/Users/") {
			serve(w, r)
			return
		}
		long.Add(1)
		for range judge.MaxAnswer>>20 + 1 {
			_, _ = w.Write(block)
		}
	})
	result := mustRun(t, h.options(t, creatingFeature(100)))
	if !strings.Contains(result.Partial, "longer than 16 MiB") {
		t.Errorf("the run ends for %q", result.Partial)
	}
	if n := long.Load(); n > 40 {
		t.Errorf("%d answers without an end were asked for", n)
	}
}
