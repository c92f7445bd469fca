package safety

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

type answerer func(*http.Request) (*http.Response, error)

func (a answerer) RoundTrip(r *http.Request) (*http.Response, error) { return a(r) }

// A server that waits longer with each wrong token, on a clock that stands otherwise.
func TestABrakeAgainstGuessingIsNoticed(t *testing.T) {
	for name, test := range map[string]struct {
		grows func(time.Duration) time.Duration
		sent  int
	}{
		"a brake":                   {func(d time.Duration) time.Duration { return 2 * d }, 6},
		"a server that is slow":     {func(d time.Duration) time.Duration { return d }, 10},
		"a server that is prompt":   {func(time.Duration) time.Duration { return 0 }, 10},
		"a brake that ends at once": {func(time.Duration) time.Duration { return 200 * time.Millisecond }, 10},
	} {
		t.Run(name, func(t *testing.T) {
			now, delay, sent := time.Unix(0, 0), 100*time.Millisecond, 0
			b := &Brake{Tokens: []string{"right"}, Now: func() time.Time { return now }}
			b.Next = answerer(func(r *http.Request) (*http.Response, error) {
				sent++
				if r.Header.Get("Authorization") != "Bearer right" {
					now = now.Add(delay)
					delay = test.grows(delay)
				}
				return &http.Response{StatusCode: http.StatusUnauthorized, Body: http.NoBody}, nil
			})
			braked := 0
			for range 10 {
				r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/Users", nil)
				r.Header.Set("Authorization", "Bearer wrong")
				answer, err := b.RoundTrip(r)
				if errors.Is(BrakeOn(err), ErrBraked) {
					braked++
					continue
				}
				_ = answer.Body.Close()
			}
			if sent != test.sent || braked != 10-test.sent {
				t.Errorf("%d sent, %d held back; want %d", sent, braked, test.sent)
			}
			r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/Users", nil)
			r.Header.Set("Authorization", "bearer right")
			answer, err := b.RoundTrip(r)
			if err != nil {
				t.Fatalf("the right token is held back: %v", err)
			}
			_ = answer.Body.Close()
		})
	}
}

// A server that takes "bearer" for a wrong scheme, and lets whoever is wrong wait: it does not hang.
func TestAFormThatIsTakenForAWrongTokenIsNoHang(t *testing.T) {
	now, wrong := time.Unix(0, 0), 0
	b := &Brake{Tokens: []string{"right"}, Now: func() time.Time { return now }}
	b.Next = answerer(func(r *http.Request) (*http.Response, error) {
		if r.Header.Get("Authorization") == "Bearer right" {
			return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
		}
		if wrong++; wrong > 3 {
			now = now.Add(30 * time.Second)
			return nil, context.DeadlineExceeded
		}
		now = now.Add(time.Millisecond)
		return &http.Response{StatusCode: http.StatusUnauthorized, Body: http.NoBody}, nil
	})
	send := func(authorization string) error {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/Users", nil)
		r.Header.Set("Authorization", authorization)
		answer, err := b.RoundTrip(r)
		if err == nil {
			_ = answer.Body.Close()
		}
		return err
	}
	if err := send("bearer right"); err != nil {
		t.Fatalf("before the brake: %v", err)
	}
	for range 2 {
		if err := send("Bearer wrong"); err != nil {
			t.Fatalf("a wrong token before the brake: %v", err)
		}
	}
	if err := send("bearer right"); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrLate) {
		t.Errorf("no answer while nothing is known of a brake: %v", err)
	}
	if err := send("Bearer wrong"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the wrong token that shows the brake: %v", err)
	}
	if err := send("bearer right"); !errors.Is(err, ErrLate) {
		t.Errorf("another form behind the brake: %v, want %v", err, ErrLate)
	}
	if err := send("Bearer right"); err != nil {
		t.Errorf("the usual form: %v", err)
	}
}

// A server that serves nobody for half a minute after five wrong tokens.
func TestALockOutIsWaitedForAndNotProvokedAgain(t *testing.T) {
	now, until, wrong, sent := time.Unix(0, 0), time.Time{}, 0, 0
	status := func(r *http.Request) int {
		sent++
		switch {
		case now.Before(until):
			return http.StatusForbidden
		case r.Header.Get("Authorization") == "Bearer right":
			return http.StatusOK
		}
		if wrong++; wrong == 5 {
			until = now.Add(30 * time.Second)
		}
		return http.StatusUnauthorized
	}
	b := &Brake{
		Tokens: []string{"right"}, Now: func() time.Time { return now },
		Next: answerer(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status(r), Body: http.NoBody}, nil
		}),
		Sleep: func(_ context.Context, d time.Duration) error { now = now.Add(d); return nil },
	}
	send := func(token string) (int, error) {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/Users", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		answer, err := b.RoundTrip(r)
		if err != nil {
			return 0, err
		}
		return answer.StatusCode, nil
	}
	for range 3 {
		if got, err := send("right"); err != nil || got != http.StatusOK {
			t.Fatalf("the right token before: %d, %v", got, err)
		}
	}
	for range 5 {
		if got, err := send("wrong"); err != nil || got != http.StatusUnauthorized {
			t.Fatalf("a wrong token: %d, %v", got, err)
		}
	}
	if _, err := send("wrong"); !errors.Is(BrakeOn(err), ErrLocked) {
		t.Errorf("the answer of a lock-out passes for one to a wrong token: %v", err)
	}
	if got, err := send("right"); err != nil || got != http.StatusOK || now.Before(until) {
		t.Errorf("the right token: %d, %v; the lock-out was not waited for", got, err)
	}
	before := sent
	if _, err := send("wrong"); !errors.Is(BrakeOn(err), ErrLocked) || sent != before {
		t.Errorf("another wrong token was sent: %v", err)
	}
}

// A target that answers 429 to everybody looks like a lock-out without an end.
func TestALockOutWithoutAnEndIsGivenUp(t *testing.T) {
	for _, refusal := range []int{http.StatusTooManyRequests, http.StatusForbidden} {
		waited, told, refuses := time.Duration(0), 0, false
		b := &Brake{
			Tokens: []string{"right"}, Now: time.Now, Busy: func() { told++ },
			Next: answerer(func(r *http.Request) (*http.Response, error) {
				switch {
				case refuses:
					return &http.Response{StatusCode: refusal, Body: http.NoBody}, nil
				case r.Header.Get("Authorization") == "Bearer right":
					return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
				}
				return &http.Response{StatusCode: http.StatusUnauthorized, Body: http.NoBody}, nil
			}),
			Sleep: func(_ context.Context, d time.Duration) error { waited += d; return nil },
		}
		for _, token := range []string{"right", "wrong", "right", "right"} { // the last one is of the clean-up
			refuses = token == "right" && b.guessed
			r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/Users", nil)
			r.Header.Set("Authorization", "Bearer "+token)
			if _, err := b.RoundTrip(r); err != nil {
				t.Fatal(err)
			}
		}
		if told != 1 || waited != LockTime {
			t.Errorf("%d: told %d times, after %s; want once, after %s", refusal, told, waited, LockTime)
		}
	}
}

func TestARefusalOfOneRequestIsNoLockOut(t *testing.T) {
	b := &Brake{
		Tokens: []string{"right"}, Now: time.Now,
		Next: answerer(func(r *http.Request) (*http.Response, error) {
			status := http.StatusOK
			if r.Method == http.MethodPost || r.Header.Get("Authorization") != "Bearer right" {
				status = http.StatusForbidden
			}
			return &http.Response{StatusCode: status, Body: http.NoBody}, nil
		}),
		Sleep: func(context.Context, time.Duration) error { t.Error("it waits"); return context.Canceled },
	}
	for _, x := range []struct {
		method, token string
		want          int
	}{{"GET", "right", 200}, {"GET", "wrong", 403}, {"POST", "right", 403}, {"GET", "wrong", 403}} {
		r := httptest.NewRequest(x.method, "http://127.0.0.1/Users", nil)
		r.Header.Set("Authorization", "Bearer "+x.token)
		if answer, err := b.RoundTrip(r); err != nil || answer.StatusCode != x.want {
			t.Errorf("%s with the %s token: %v", x.method, x.token, err)
		}
	}
}
