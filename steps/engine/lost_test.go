package engine

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// dropping drops the connection of the first n requests whose line and body contain a text.
func dropping(n int64, text string) func(http.Handler) http.Handler {
	var dropped atomic.Int64
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			if strings.Contains(r.Method+" "+r.URL.Path+" "+string(body), text) && dropped.Add(1) <= n {
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		})
	}
}

func verdictsOf(t *testing.T, id string, set func(*Options)) map[report.Verdict]int {
	t.Helper()
	options := guideOptions(t)
	options.Only, options.Profiles, options.NoSweep, options.Workers = []string{id}, features.Profiles(), true, 1
	set(&options)
	result, err := Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[report.Verdict]int{}
	for _, q := range result.Requirements {
		if q.ID == id {
			for _, e := range q.Examples {
				verdicts[e.Verdict]++
			}
		}
	}
	return verdicts
}

// A requirement that requires filters, and whose Background is the population.
const onPopulation = "RFC7644-3.4.2.2-03"

// What all its scenarios share: the population, and what the target offers.
var shared = map[string]struct {
	text string // what its requests contain
	lost int64  // more answers than one attempt can do without
}{"the population": {"-people-", 1}, "the capabilities": {"/ServiceProviderConfig", 3}}

func TestAConnectionThatDropsDuringSharedSetUpChangesNoVerdict(t *testing.T) {
	for name, thing := range shared {
		t.Run(name, func(t *testing.T) {
			got := verdictsOf(t, onPopulation, func(o *Options) { o.Embedded = behind(dropping(thing.lost, thing.text)) })
			if len(got) != 1 || got[report.Passed] == 0 {
				t.Errorf("got %v, want nothing but passed", got)
			}
		})
	}
}

// Broken where nothing is answered to any look; blocked where the target answers other
// requests, and never passed or unsupported.
func TestWhereSharedSetUpGetsNoAnswerNothingIsPassed(t *testing.T) {
	want := map[string]report.Verdict{"the population": report.Blocked, "the capabilities": report.Broken}
	for name, thing := range shared {
		t.Run(name, func(t *testing.T) {
			got := verdictsOf(t, onPopulation, func(o *Options) { o.Embedded = behind(dropping(1<<30, thing.text)) })
			if len(got) != 1 || got[want[name]] == 0 {
				t.Errorf("got %v, want nothing but %s", got, want[name])
			}
		})
	}
}

// readOnce gives each file once: what loads the features finds them, godog does not.
type readOnce struct {
	fs.FS
	opened map[string]int
}

func (r *readOnce) Open(name string) (fs.File, error) {
	if r.opened[name]++; strings.HasSuffix(name, ".feature") && r.opened[name] > 1 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.FS.Open(name)
}

func TestARunThatGodogCannotMakeIsAnError(t *testing.T) {
	options := guideOptions(t)
	options.Features = &readOnce{opened: map[string]int{}, FS: fstest.MapFS{"rfc7644/one.feature": {Data: []byte(`Feature: one

  @RFC7644-3.3-01 @SHALL
  Rule: a user is created
    Section 3.3.

    Example: a user
      When the client creates the user "A"
      Then the answer is 201
`)}}}
	result, err := Run(context.Background(), options)
	if err == nil || !strings.Contains(err.Error(), "godog") {
		t.Errorf("got the report %v and the error %v", result, err)
	}
}

// A busy server cuts a connection now and then: the example is played again, and what
// comes of it then counts. A target that cuts it every time, while it answers other
// requests, fails on this one.
func TestARequestWithoutAnAnswerIsConfirmedBeforeItCounts(t *testing.T) {
	for name, c := range map[string]struct {
		id, text string
		times    int64
		want     report.Verdict
	}{
		"a creation, once":     {"RFC7644-3.3-04", "POST /", 1, report.Passed},
		"a creation, always":   {"RFC7644-3.3-03", "POST /", 1 << 30, report.Failed},
		"a change, once":       {"RFC7644-3.5.1-10", "PUT /", 1, report.Passed},
		"a read, once":         {"RFC7644-3.4.1-01", "/Users/", 1, report.Passed},
		"a read, always":       {"RFC7644-3.4.1-01", "/Users/", 1 << 30, report.Failed},
		"everything, always":   {"RFC7644-3.4.1-01", "", 1 << 30, report.Broken},
		"the capabilities too": {"RFC7644-3.5.1-10", "", 1, report.Passed},
	} {
		t.Run(name, func(t *testing.T) {
			got := verdictsOf(t, c.id, func(o *Options) { o.Embedded = behind(dropping(c.times, c.text)) })
			if got[c.want] == 0 || c.want == report.Passed && len(got) != 1 {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}
