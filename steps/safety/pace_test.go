package safety

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// limited serves so many requests per second, with as many in store, and answers 429 to the rest.
type limited struct {
	perSecond  float64
	retryAfter string

	mu              sync.Mutex
	level           float64
	at              time.Time
	served, refused int
}

func (l *limited) RoundTrip(*http.Request) (*http.Response, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if l.at.IsZero() {
		l.level, l.at = l.perSecond, now
	}
	l.level, l.at = min(l.perSecond, l.level+l.perSecond*now.Sub(l.at).Seconds()), now
	w := httptest.NewRecorder()
	if l.level < 1 {
		l.refused++
		if l.retryAfter != "" {
			w.Header().Set("Retry-After", l.retryAfter)
		}
		w.WriteHeader(http.StatusTooManyRequests)
		return w.Result(), nil
	}
	l.level--
	l.served++
	return w.Result(), nil
}

func TestARunKeepsToTheLimitOfItsTarget(t *testing.T) {
	for name, target := range map[string]*limited{
		"10 a second, that says how long":   {perSecond: 10, retryAfter: "1"},
		"25 a second, that does not say it": {perSecond: 25},
		"one a second":                      {perSecond: 1, retryAfter: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const each, workers = 50, 8
				p := &Pace{Next: target}
				var all sync.WaitGroup
				gaveUp := make(chan int, each*workers)
				began := time.Now()
				for range workers {
					all.Go(func() {
						patient := &Patience{Next: p, Most: 4 * time.Minute}
						for range each {
							r, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://example.com/Users", http.NoBody)
							if answer, err := patient.RoundTrip(r); err != nil || answer.StatusCode != http.StatusOK {
								gaveUp <- 1
							}
						}
					})
				}
				all.Wait()
				least := each * workers / target.perSecond
				if n := len(gaveUp); n > 0 {
					t.Errorf("%d of %d requests were given up", n, each*workers)
				}
				if target.refused > 40 {
					t.Errorf("%d requests were refused", target.refused)
				}
				if took := time.Since(began).Seconds(); took > 2*least+5 {
					t.Errorf("it took %.0f s, and %.0f s would do", took, least)
				}
			})
		})
	}
}

func TestAPauseHoldsForEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		target := &scripted{answers: []string{"503 20"}}
		p := &Pace{Next: target}
		began := time.Now()
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.com/Users", http.NoBody)
		if _, err := p.RoundTrip(r); err != nil {
			t.Fatal(err)
		}
		if _, err := p.RoundTrip(r); err != nil || time.Since(began) != 20*time.Second {
			t.Errorf("the next request went out after %v (%v), want 20s", time.Since(began), err)
		}
		if p.PerSecond() != 0 {
			t.Errorf("503 is taken for a limit of %v a second", p.PerSecond())
		}
	})
}

func TestARefusalOfAWrongTokenTellsNothingOfTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &Pace{Next: &scripted{answers: []string{"429 20"}}, Counts: func(*http.Request) bool { return false }}
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.com/Users", http.NoBody)
		began := time.Now()
		for range 2 {
			if _, err := p.RoundTrip(r); err != nil {
				t.Fatal(err)
			}
		}
		if time.Since(began) > 0 || p.PerSecond() != 0 {
			t.Errorf("waited %v, pace %v", time.Since(began), p.PerSecond())
		}
	})
}

func TestATargetThatIsBusyForGoodIsGivenUp(t *testing.T) {
	for name, test := range map[string]struct {
		answers []string // in turn
		busy    int      // how often it is told
	}{
		"429 for years":                 {[]string{"429 99999999999"}, 1},
		"429 without a time":            {[]string{"429"}, 1},
		"503 for a minute":              {[]string{"503 60"}, 1},
		"an allowance by the minute":    {[]string{"429 60", "200"}, 0},
		"one refusal in two is in vain": {[]string{"429 60", "503 60", "404"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				target := &scripted{}
				for range 40 {
					target.answers = append(target.answers, test.answers...)
				}
				told, began, took := 0, time.Now(), time.Duration(0)
				p := &Pace{Next: target}
				p.Busy = func() { told, took = told+1, time.Since(began) }
				r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.com/Users", http.NoBody)
				for range 40 {
					if _, err := p.RoundTrip(r); err != nil {
						t.Fatal(err)
					}
				}
				if told != test.busy || told > 0 && (took < BusyTime || took > BusyTime+maxRetryWait) {
					t.Errorf("told %d times, after %v; want %d times", told, took, test.busy)
				}
			})
		})
	}
}
