package engine

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// answers is a network on which every request takes this long.
type answers time.Duration

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-time.After(time.Duration(a)):
		return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

func request(t *testing.T, method string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://scim.example.com/Users", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Time passes at once in these tests: they wait for nothing.
func TestWaitingForTheGateTakesNothingOfARequestsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := newWriteGate(&timeLimit{next: answers(time.Second), limit: 2 * time.Second})
		client := &http.Client{Transport: gate}
		closed := make(chan struct{})
		go func() {
			_ = gate.withoutWrites(t.Context(), func() error {
				close(closed)
				time.Sleep(time.Hour)
				return nil
			})
		}()
		<-closed
		begun := time.Now()
		answer, err := client.Do(request(t, http.MethodPost))
		if err != nil {
			t.Fatalf("a write that waited for our own gate failed: %v", err)
		}
		_ = answer.Body.Close()
		if took := time.Since(begun); took < time.Hour {
			t.Errorf("it did not wait for the look: %s", took)
		}
	})
}

func TestARequestHasItsTimeAndNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := &http.Client{Transport: newWriteGate(&timeLimit{next: answers(time.Minute), limit: 2 * time.Second})}
		begun := time.Now()
		answer, err := client.Do(request(t, http.MethodPost))
		if err == nil {
			_ = answer.Body.Close()
		}
		if took := time.Since(begun); !errors.Is(err, context.DeadlineExceeded) || took != 2*time.Second {
			t.Errorf("got %v after %s", err, took)
		}
	})
}

func TestWaitingForTheGateEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := newWriteGate(answers(time.Hour))
		writing, cancel := context.WithCancel(t.Context())
		go func() {
			answer, err := gate.RoundTrip(request(t, http.MethodPost).WithContext(writing))
			if err == nil {
				_ = answer.Body.Close()
			}
		}()
		synctest.Wait() // the write is on its way
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		err := gate.withoutWrites(ctx, func() error { t.Error("it looked although a write was on its way"); return nil })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a look that waits for writes got %v", err)
		}
		cancel()
		synctest.Wait()
		looked := false
		if err := gate.withoutWrites(t.Context(), func() error { looked = true; return nil }); err != nil || !looked {
			t.Errorf("the gate is stuck: %v", err)
		}
	})
}
