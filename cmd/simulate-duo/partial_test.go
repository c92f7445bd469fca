package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// partialSigns is how each format says that the run stopped early.
var partialSigns = map[string]string{
	"har":      `"comment": "The run stopped early, and this archive is partial: `,
	"html":     "Stopped early",
	"json":     `"partial": "`,
	"junit":    `<error message="the run stopped early, and this report is partial: `,
	"markdown": "> Stopped early, and this report is partial: ",
	"sarif":    "The run stopped early, and this report is partial: ",
	"tap":      "Bail out! The run stopped early, and this report is partial: ",
}

func TestARunThatStopsEarlyStillWritesEveryReport(t *testing.T) {
	for name, test := range map[string]struct {
		args    []string
		after   int64 // requests, upon which
		happens func(cancel context.CancelFunc, w http.ResponseWriter)
		why     string
	}{
		"by its limit":  {[]string{"--max-requests", "120"}, 0, nil, "the limit of 120 requests was reached"},
		"by the user":   {nil, 120, func(cancel context.CancelFunc, _ http.ResponseWriter) { cancel() }, "the run was interrupted"},
		"by the target": {nil, 60, func(context.CancelFunc, http.ResponseWriter) { panic(http.ErrAbortHandler) }, "the target stopped answering"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("SCIM_TOKEN", canary)
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			target := handler(t)
			var requests atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if n := requests.Add(1); test.happens != nil && n > test.after {
					test.happens(cancel, w)
				}
				target.ServeHTTP(w, r)
			}))
			defer server.Close()

			dir := t.TempDir()
			badge := filepath.Join(dir, "badge.svg")
			args := append([]string{"--no-sweep", "--profile", "duo", "--target", server.URL + "/identity/v2/scim", "--badge", badge}, test.args...)
			for _, f := range everyFormat() {
				args = append(args, "--report", f.Name+"="+filepath.Join(dir, f.Name))
			}
			var out, errs bytes.Buffer
			if code := run(ctx, args, environment{getenv: os.Getenv, stdin: strings.NewReader(""), stdout: &out, stderr: &errs}); code != exitCannot {
				t.Errorf("exit code %d", code)
			}
			mustHold(t, "the screen", out.String(), "Stopped early: "+test.why, "Stopped early. What was judged until then is above.")
			mustHold(t, "badge", read(t, badge), "stopped early")
			for _, f := range everyFormat() {
				if partialSigns[f.Name] == "" {
					t.Errorf("say in the table how %s shows that it is partial", f.Name)
				}
				mustHold(t, f.Name, read(t, filepath.Join(dir, f.Name)), partialSigns[f.Name], test.why)
			}
			if r, err := report.Read("json", []byte(read(t, filepath.Join(dir, "json")))); err != nil || r.Summary.Passed == 0 || r.Summary.Untested == 0 {
				t.Errorf("it holds neither what was judged nor what was not: %v", err)
			}
		})
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func mustHold(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s: %q is missing in\n%s", what, part, text[:min(len(text), 2000)])
		}
	}
}
