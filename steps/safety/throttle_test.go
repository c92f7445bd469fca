package safety

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// scripted answers with one status and Retry-After after the other, and then 200.
type scripted struct {
	answers []string // "status" or "status retry-after"
	bodies  []string
}

func (s *scripted) RoundTrip(r *http.Request) (*http.Response, error) {
	body := ""
	if r.Body != nil {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = string(b)
	}
	s.bodies = append(s.bodies, body)
	w := httptest.NewRecorder()
	if n := len(s.bodies); n <= len(s.answers) {
		code, after, ok := strings.Cut(s.answers[n-1], " ")
		if ok {
			w.Header().Set("Retry-After", after)
		}
		status, err := strconv.Atoi(code)
		if err != nil {
			return nil, err
		}
		w.WriteHeader(status)
	}
	return w.Result(), nil
}

func TestPatience(t *testing.T) {
	date := time.Now().Add(20 * time.Second).UTC().Format(http.TimeFormat)
	for _, test := range []struct {
		name       string
		answers    []string
		want, sent int
		slept      time.Duration
	}{
		{"an answer passes", []string{"200"}, 200, 1, 0},
		{"429 is repeated after the time that it asks for", []string{"429 5"}, 200, 2, 5 * time.Second},
		{"503 as well", []string{"503 1", "429 2"}, 200, 3, 3 * time.Second},
		{"a date is a time, too", []string{"429 " + date}, 200, 2, 20 * time.Second},
		{"three times at most", []string{"429 1", "429 1", "429 1", "429 1", "200"}, 429, 4, 3 * time.Second},
		{"429 without Retry-After is repeated soon", []string{"429"}, 200, 2, 200 * time.Millisecond},
		{"503 without it may have created something", []string{"503"}, 503, 1, 0},
		{"a Retry-After that cannot be read is none", []string{"429 soon"}, 429, 1, 0},
		{"more than a minute is too long", []string{"429 61"}, 429, 1, 0},
		{"500 with Retry-After is an answer", []string{"500 1"}, 500, 1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			target := &scripted{answers: test.answers}
			slept := time.Duration(0)
			p := &Patience{Next: target, Sleep: func(_ context.Context, d time.Duration) error {
				slept += d
				return nil
			}}
			r, err := http.NewRequestWithContext(t.Context(), "POST", "http://example.com/Users", strings.NewReader("body"))
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.RoundTrip(r)
			if err != nil || got.StatusCode != test.want || len(target.bodies) != test.sent {
				t.Errorf("got %v, %v after %d requests", got, err, len(target.bodies))
			}
			if (test.slept-slept).Abs() > 2*time.Second || (test.slept == 0) != (slept == 0) {
				t.Errorf("slept %v, want %v", slept, test.slept)
			}
			for _, body := range target.bodies {
				if body != "body" {
					t.Errorf("a body was sent as %q", body)
				}
			}
		})
	}
}

func TestPatienceRepeatsAReadThatIsAnswered503(t *testing.T) {
	target := &scripted{answers: []string{"503", "503"}}
	p := &Patience{Next: target, Sleep: func(context.Context, time.Duration) error { return nil }}
	r, err := http.NewRequestWithContext(t.Context(), "GET", "http://example.com/Users", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := p.RoundTrip(r); err != nil || got.StatusCode != 200 || len(target.bodies) != 3 {
		t.Errorf("got %v, %v after %d requests", got, err, len(target.bodies))
	}
}

func TestPatienceEndsWithTheDeadline(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", "http://example.com/Users", nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &Patience{Next: &scripted{answers: []string{"429 30"}}, Sleep: func(context.Context, time.Duration) error {
		t.Error("it slept, for longer than there is time")
		return nil
	}}
	if got, err := p.RoundTrip(r); err != nil || got.StatusCode != 429 {
		t.Errorf("got %v, %v", got, err)
	}
	p = &Patience{Next: &scripted{answers: []string{"429 1"}}, Sleep: func(context.Context, time.Duration) error { return context.Canceled }}
	if _, err := p.RoundTrip(r); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted in its sleep: %v", err)
	}
}

func TestPatienceWaitsNoLongerThanItMay(t *testing.T) {
	var waited time.Duration
	p := &Patience{Next: &scripted{answers: []string{"503 20", "503 20", "200"}}, Most: 30 * time.Second, Sleep: func(_ context.Context, d time.Duration) error {
		waited += d
		return nil
	}}
	answer, err := p.RoundTrip(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/Users", nil))
	if err != nil || answer.StatusCode != http.StatusServiceUnavailable || waited != 20*time.Second {
		t.Errorf("got %v, %v after waiting %s", answer, err, waited)
	}
}

func TestPatienceWaitsForAnAllowanceByTheMinute(t *testing.T) {
	var waited time.Duration
	p := &Patience{Next: &scripted{answers: []string{"429 60", "429 60", "200"}}, Most: 30 * time.Second, Sleep: func(_ context.Context, d time.Duration) error {
		waited += d
		return nil
	}}
	answer, err := p.RoundTrip(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/Users", nil))
	if err != nil || answer.StatusCode != http.StatusOK || waited != 2*time.Minute {
		t.Errorf("got %v, %v after waiting %s", answer, err, waited)
	}
}

func TestPatienceDoesNotRepeatABodyThatIsGone(t *testing.T) {
	target := &scripted{answers: []string{"429 1"}}
	p := &Patience{Next: target, Sleep: func(context.Context, time.Duration) error { return nil }}
	r, err := http.NewRequestWithContext(t.Context(), "POST", "http://example.com/Users", io.NopCloser(strings.NewReader("body")))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := p.RoundTrip(r); err != nil || got.StatusCode != 429 || len(target.bodies) != 1 {
		t.Errorf("got %v, %v after %v", got, err, target.bodies)
	}
}

func TestThrottleLimitsTheNumberOfRequests(t *testing.T) {
	f := newForeignTarget(t)
	client := http.Client{Transport: NewThrottle(http.DefaultTransport, 0, 5)}
	var mu sync.Mutex
	results := map[bool]int{}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			answer, err := client.Get(f.URL + "/Users")
			if err == nil {
				answer.Body.Close()
			}
			mu.Lock()
			defer mu.Unlock()
			results[errors.Is(err, ErrMaxRequests)]++
		})
	}
	all.Wait()
	if want := map[bool]int{true: 15, false: 5}; !reflect.DeepEqual(results, want) || len(f.requests("GET")) != 5 {
		t.Errorf("got %v, and the target saw %d", results, len(f.requests("GET")))
	}
}

func TestThrottleKeepsThePace(t *testing.T) {
	f := newForeignTarget(t)
	client := http.Client{Transport: NewThrottle(http.DefaultTransport, 50, 0)}
	started := time.Now()
	for range 6 {
		answer, err := client.Get(f.URL + "/Users")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	if took := time.Since(started); took < 90*time.Millisecond {
		t.Errorf("6 requests at 50 a second took %v, want 100 ms", took)
	}
}

func TestThrottleDoesNotOverstayADeadline(t *testing.T) {
	f := newForeignTarget(t)
	throttle := NewThrottle(http.DefaultTransport, 0.001, 0)
	send := func(ctx context.Context) error {
		r, err := http.NewRequestWithContext(ctx, "POST", f.URL+"/Users", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := throttle.RoundTrip(r)
		if err == nil {
			answer.Body.Close()
		}
		return err
	}
	if err := send(t.Context()); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := send(short); !errors.Is(err, errNotSent) || !strings.Contains(err.Error(), "raise --rps or --timeout") {
		t.Errorf("got %v", err)
	}
	interrupted, interrupt := context.WithCancel(t.Context())
	interrupt()
	if err := send(interrupted); !errors.Is(err, errNotSent) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := f.requests("POST"); len(got) != 1 {
		t.Errorf("the target saw %v", got)
	}
}
