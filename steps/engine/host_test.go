package engine

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

const hostToken = "host-token-3f1c"

// host is a real target on this machine, with somebody in it already.
type host struct {
	*httptest.Server

	count atomic.Int64 // of requests
}

// newHost serves a right provider behind a wrapper; nil changes nothing.
func newHost(t *testing.T, wrap func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc)) *host {
	t.Helper()
	p, err := provider.New(provider.Config{BasePath: "/scim/v2"})
	if err != nil {
		t.Fatal(err)
	}
	h := &host{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.count.Add(1)
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if wrap == nil {
			p.ServeHTTP(w, r)
			return
		}
		wrap(w, r, body, p.ServeHTTP)
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *host) options(t *testing.T, feature string) Options {
	t.Helper()
	o := guideOptions(t)
	o.Target = judge.Target{Name: "host", URL: h.URL + "/scim/v2", Token: hostToken}
	o.JournalDir = t.TempDir()
	o.Workers = 1
	if feature != "" {
		o.Features = fstest.MapFS{"rfc7644/test.feature": &fstest.MapFile{Data: []byte(feature)}}
	}
	return o
}

func mustRun(t *testing.T, o Options) *report.Report {
	t.Helper()
	result, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func verdictsByExample(r *report.Report) map[string]report.Verdict {
	verdicts := map[string]report.Verdict{}
	for _, q := range r.Requirements {
		for _, e := range q.Examples {
			verdicts[e.Name] = e.Verdict
		}
	}
	return verdicts
}
