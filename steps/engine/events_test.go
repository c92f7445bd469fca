package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

const (
	scimToken   = "the-token-of-the-target-7731"
	eventsToken = "the-token-of-the-events-4402"
)

// eventful is a server with events, whose stream is at a host of its own and carries what
// others have done as well.
type eventful struct {
	target, stream *httptest.Server

	mu           sync.Mutex
	shown        map[string][]string // the Authorization of requests, by host
	acknowledged []string
}

// othersEvent is the token of an event that the run has nothing to do with.
const othersEvent = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4IiwiZXZlbnRzIjp7InVybjppZXRmOnBhcmFtczpzY2ltOmV2ZW50OnByb3Y6ZGVsZXRlIjp7Im9kZCI6InBlcnNvbmFsIn19LCJzdWIiOiJzb21lYm9keSJ9."

func newEventful(t *testing.T, before func(next http.Handler) http.Handler) *eventful {
	t.Helper()
	e := &eventful{shown: map[string][]string{}}
	access, err := secureaccess.New(secureaccess.Config{Organization: "Example", Events: true, NewToken: func() string { return scimToken }})
	if err != nil {
		t.Fatal(err)
	}
	directory, err := access.IntegrateDirectory("Staff", secureaccess.Duo)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := directory.GenerateToken(); err != nil {
		t.Fatal(err)
	}
	noted := func(host string, next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			e.mu.Lock()
			e.shown[host] = append(e.shown[host], r.Header.Get("Authorization"))
			e.mu.Unlock()
			next.ServeHTTP(w, r)
		})
	}
	e.target = httptest.NewServer(noted("target", access))
	e.stream = httptest.NewServer(noted("stream", before(e.polled(access))))
	t.Cleanup(e.target.Close)
	t.Cleanup(e.stream.Close)
	return e
}

// polled serves the events of the target to whoever has the token for them.
func (e *eventful) polled(access http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+eventsToken {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		var asked struct{ Ack []string }
		body, _ := io.ReadAll(r.Body)
		_ = json.Unmarshal(body, &asked)
		e.mu.Lock()
		e.acknowledged = append(e.acknowledged, asked.Ack...)
		e.mu.Unlock()
		inner := httptest.NewRequestWithContext(r.Context(), http.MethodPost, e.target.URL+secureaccess.EventsPath, bytes.NewReader(body))
		inner.Header.Set("Authorization", "Bearer "+scimToken)
		inner.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		access.ServeHTTP(answer, inner)
		text := strings.Replace(answer.Body.String(), `"sets":{`, `"sets":{"of-somebody-else":"`+othersEvent+`",`, 1)
		text = strings.Replace(text, `",}`, `"}`, 1)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, text)
	})
}

func asItIs(next http.Handler) http.Handler { return next }

// nowAndThenBusy sends every other poll away for a moment, the first among them.
func nowAndThenBusy(next http.Handler) http.Handler {
	var n atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1)%2 == 1 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// options run the requirements of RFC 9967 against it.
func (e *eventful) options(t *testing.T) Options {
	t.Helper()
	o := guideOptions(t)
	o.Target = judge.Target{Name: "own", URL: e.target.URL + secureaccess.ProvisioningPath, Token: scimToken}
	o.Fit.Events = &judge.EventStream{Poll: e.stream.URL + "/stream?feed=1", Token: eventsToken, Wait: "2s"}
	o.JournalDir, o.NoSweep = t.TempDir(), true
	all, err := features.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		if strings.HasPrefix(q.ID, "RFC9967-") {
			o.Only = append(o.Only, q.ID)
		}
	}
	return o
}

func TestEventsOfARealTargetAreJudgedAndThoseOfOthersLeftAlone(t *testing.T) {
	for name, before := range map[string]func(http.Handler) http.Handler{"at once": asItIs, "after a while": nowAndThenBusy} {
		t.Run(name, func(t *testing.T) { judgedAndLeftAlone(t, newEventful(t, before)) })
	}
}

func judgedAndLeftAlone(t *testing.T, e *eventful) {
	t.Helper()
	result := mustRun(t, e.options(t))
	passed := 0
	for _, q := range result.Requirements {
		for _, x := range q.Examples {
			switch x.Verdict {
			case report.Passed:
				passed++
			case report.Untested, report.Unsupported:
			default:
				t.Errorf("%s %s: %s: %s (want %s, got %s)", q.ID, x.Name, x.Verdict, x.Message, x.Want, x.Got)
			}
		}
	}
	if passed < 50 {
		t.Errorf("%d examples passed", passed)
	}
	if slices.Contains(e.acknowledged, "of-somebody-else") || len(e.acknowledged) == 0 {
		t.Errorf("acknowledged: %v", e.acknowledged)
	}
	if slices.Contains(e.shown["stream"], "Bearer "+scimToken) {
		t.Error("the host of the events was shown the token of the target")
	}
	if slices.Contains(e.shown["target"], "Bearer "+eventsToken) {
		t.Error("the target was shown the token for the events")
	}
	left, err := http.NewRequestWithContext(t.Context(), http.MethodGet, e.target.URL+secureaccess.ProvisioningPath+"/Users", nil)
	if err != nil {
		t.Fatal(err)
	}
	left.Header.Set("Authorization", "Bearer "+scimToken)
	answer, err := http.DefaultClient.Do(left)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if text, _ := io.ReadAll(answer.Body); !strings.Contains(string(text), `"totalResults":0`) {
		t.Errorf("something is left at the target: %s", text)
	}
}

func TestAStreamThatCannotBeReadIsSaid(t *testing.T) {
	answering := func(status int, mediaType, text string) func(http.Handler) http.Handler {
		return func(http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", mediaType)
				w.WriteHeader(status)
				_, _ = io.WriteString(w, text)
			})
		}
	}
	for _, c := range []struct {
		name, says string
		before     func(http.Handler) http.Handler
	}{
		{"it hangs", "no answer in time", func(http.Handler) http.Handler {
			return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body) // else the server does not notice that nobody waits any more
				<-r.Context().Done()
			})
		}},
		{"it answers a page", "its answer is no JSON object", answering(200, "text/html", "<html>Please log in</html>")},
		{"it refuses the token", "it answers 401 Unauthorized: look at the token, --events-token-file", answering(401, "application/json", "{}")},
		{"it is not there", "it answers 404 Not Found", answering(404, "text/plain", "")},
		{"it leads elsewhere", "it answers 307 Temporary Redirect", func(http.Handler) http.Handler {
			return http.RedirectHandler("http://127.0.0.1:9/", http.StatusTemporaryRedirect)
		}},
		{"it is broken", "it answers 500 Internal Server Error", answering(500, "application/json", "{")},
		{"it answers an array", "its answer is no JSON object", answering(200, "application/json", "[]")},
		{"it has no sets", `its answer has no member "sets"`, answering(200, "application/json", `{"moreAvailable": true}`)},
		{"sets are null", "", answering(200, "application/json", `{"sets": null}`)},
		{"it answers 20 MB", "its answer is longer than 16 MiB", answering(200, "application/json", `{"sets":{"a":"`+strings.Repeat("a", 20<<20)+`"}}`)},
		{"it has no end", "its answer is longer than 16 MiB", func(http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				for {
					if _, err := w.Write(bytes.Repeat([]byte("{"), 1<<20)); err != nil {
						return
					}
				}
			})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newEventful(t, c.before)
			o := e.options(t)
			o.Fit.Events.Wait = "0s"
			if c.name == "it hangs" { // the others are told however slow the machine is
				o.Timeout = 2 * time.Second
			}
			o.Only = []string{"RFC9967-2.1-01", "RFC9967-2.4-02", "RFC9967-2.5.1.3-01"}
			result := mustRun(t, o)
			said := fmt.Sprintf("%+v", result)
			if c.says != "" && (!strings.Contains(said, c.says) || result.ExitCode() != 2) {
				t.Errorf("exit code %d, and it does not say %q", result.ExitCode(), c.says)
				for _, q := range result.Requirements {
					if q.Message != "not selected for this run" {
						t.Logf("%s: %s", q.ID, q.Message)
					}
				}
			}
			for _, secret := range []string{scimToken, eventsToken, "feed=1"} {
				if strings.Contains(said, secret) {
					t.Errorf("%s is shown", secret)
				}
			}
			if slices.Contains(e.shown["stream"], "Bearer "+scimToken) {
				t.Error("the host of the events was shown the token of the target")
			}
		})
	}
}
