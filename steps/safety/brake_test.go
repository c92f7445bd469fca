package safety

import (
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
				if IsBraked(err) {
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
