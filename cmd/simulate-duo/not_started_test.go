package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A run that cannot start writes every report over that of yesterday, each valid
// and with the reason; the baseline, which people write into, is left alone.
func TestARunThatCannotStartWritesEveryReport(t *testing.T) {
	for name, test := range map[string]struct {
		target http.HandlerFunc // nil for nothing at the address
		args   []string
		token  string
		why    string
	}{
		"unreachable":      {nil, nil, canary, "unreachable"},
		"hanging":          {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, []string{"--timeout", "50ms"}, canary, "timed out"},
		"refusing":         {answers(http.StatusUnauthorized, "text/plain", "no").ServeHTTP, nil, canary, "token"},
		"without a token":  {answers(http.StatusOK, "text/plain", "").ServeHTTP, nil, "", "no token for the target"},
		"with a bad token": {answers(http.StatusOK, "text/plain", "").ServeHTTP, nil, "two\nlines", "line"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("SCIM_TOKEN", test.token)
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			base := "http://127.0.0.1:1"
			if test.target != nil {
				server := httptest.NewServer(test.target)
				defer server.Close()
				base = server.URL
			}
			dir := t.TempDir()
			file := func(name string) string { return filepath.Join(dir, name) }
			t.Setenv(jobSummary, put(t, file("summary")))
			args := append([]string{"--target", base, "--badge", put(t, file("badge")), "--write-baseline", put(t, file("baseline"))}, test.args...)
			for _, f := range everyFormat() {
				args = append(args, "--report", f.Name+"="+put(t, file(f.Name)))
			}
			var out, errs bytes.Buffer
			if code := run(t.Context(), args, environment{getenv: os.Getenv, stdin: strings.NewReader(""), stdout: &out, stderr: &errs}); code != exitCannot {
				t.Errorf("exit code %d", code)
			}
			mustHold(t, "stderr", errs.String(), test.why)
			mustHold(t, "badge", read(t, file("badge")), "stopped early")
			mustHold(t, "summary", read(t, file("summary")), "yesterday", test.why)
			for _, f := range everyFormat() {
				mustHold(t, f.Name, read(t, file(f.Name)), partialSigns[f.Name], "the run could not start", test.why)
			}
			r, err := report.Read("json", []byte(read(t, file("json"))))
			if err != nil || r.Target.URL != base || r.Summary.Judged() > 0 || r.ExitCode() != exitCannot {
				t.Errorf("the JSON report is not what it should be: %v", err)
			}
			if got := read(t, file("baseline")); got != "yesterday" {
				t.Errorf("the baseline became %q", got)
			}
		})
	}
}
