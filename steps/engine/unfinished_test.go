package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// What is given up when the run ends says nothing; what the target may have died of does.
func TestWhatIsGivenUpWhenTheRunEndsIsNoFinding(t *testing.T) {
	canceled, refused := fmt.Errorf("GET /Users: %w", context.Canceled), errors.New("GET /Users: connection refused")
	saysFailure := errors.New("want success, got failure")
	exchange := func(err string) []*wire.Exchange { return []*wire.Exchange{{Status: 200}, {Err: err}} }
	for name, test := range map[string]struct {
		cause     error
		failure   error
		exchanges []*wire.Exchange
		want      bool
	}{
		"while the run goes on":                       {nil, refused, nil, false},
		"canceled":                                    {errAway, canceled, nil, true},
		"canceled, in words of Duo":                   {errAway, saysFailure, exchange(canceled.Error()), true},
		"what has found it away":                      {errAway, refused, exchange(refused.Error()), false},
		"what has found it away, in words of Duo":     {errAway, saysFailure, append(exchange(refused.Error()), exchange(canceled.Error())...), false},
		"what has found it silent":                    {errSilent, refused, nil, false},
		"the answer that was one too many for a busy": {errBusy, saysFailure, nil, true},
		"the refusal of a lock-out":                   {errLocked, saysFailure, nil, true},
		"interrupted":                                 {context.Canceled, saysFailure, nil, true},
	} {
		ctx, cancel := context.WithCancelCause(t.Context())
		if test.cause != nil {
			cancel(test.cause)
		}
		if got := isGivenUp(ctx, test.failure, test.exchanges); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
		cancel(nil)
	}
}

// inMemory is a target without a network, so that a clock can stand still for it.
type inMemory func(w http.ResponseWriter, r *http.Request)

func (f inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	f(w, r)
	return w.Result(), nil
}

// A target that serves nobody any more once it has seen a wrong token.
func TestALockOutWithoutAnEndEndsTheRun(t *testing.T) {
	for _, refusal := range []int{http.StatusTooManyRequests, http.StatusForbidden} {
		synctest.Test(t, func(t *testing.T) {
			p, err := provider.New(provider.Config{BasePath: "/scim/v2"})
			if err != nil {
				t.Fatal(err)
			}
			locked := false
			base := inMemory(func(w http.ResponseWriter, r *http.Request) {
				if locked {
					w.WriteHeader(refusal)
					return
				}
				if locked = r.Header.Get("Authorization") == "Bearer wrong"; locked {
					w.WriteHeader(http.StatusUnauthorized)
					return
				}
				p.ServeHTTP(w, r)
			})
			ctx, stop := context.WithCancelCause(t.Context())
			defer stop(nil)
			gate := newWriteGate(base)
			r := &run{stop: stop, wellness: newWellness(gate), options: Options{
				Now: time.Now, JournalDir: t.TempDir(), Target: judge.Target{URL: "http://127.0.0.1/scim/v2", Token: "right"},
			}}
			if err := r.prepareRealTarget(ctx, gate, base); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			for _, token := range []string{"right", "wrong", "right", "right"} {
				request, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1/scim/v2/Users", http.NoBody)
				request.Header.Set("Authorization", "Bearer "+token)
				if answer, err := gate.RoundTrip(request); err == nil {
					_, _ = io.Copy(io.Discard, answer.Body)
					_ = answer.Body.Close()
				}
			}
			if took := time.Since(began); !errors.Is(context.Cause(ctx), errLocked) || took != safety.LockTime {
				t.Errorf("%d: the run ends after %s for %v", refusal, took, context.Cause(ctx))
			}
			if err := r.guard.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
