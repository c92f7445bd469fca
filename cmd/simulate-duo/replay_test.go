package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
)

// found runs the checks of a requirement against a target that violates it, and
// returns the base URL of the target and the file of the report.
func found(t *testing.T, id, fault string) (base, file string) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("SCIM_TOKEN", canary)
	t.Setenv("XDG_CACHE_HOME", dir)
	target := handler(t)
	for _, f := range faults.Of(id) {
		if f.Name == fault {
			target = f.Wrap(target)
		}
	}
	server := httptest.NewServer(target)
	t.Cleanup(server.Close)
	base, file = server.URL+"/identity/v2/scim", filepath.Join(dir, "report.json")
	if code, out := program(t, "--no-sweep", "--profile", "all", "--target", base, "--tags", "@"+id, "--report", "json="+file); code != exitFailed && !strings.Contains(out, "WARNED") {
		t.Fatalf("the fault is not found:\n%s", out)
	}
	return base, file
}

// handler is a Secure Access that meets every requirement.
func handler(t *testing.T) http.Handler {
	t.Helper()
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte(canary), 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := secureAccessAt(token)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// soundTarget is the base URL of one.
func soundTarget(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(handler(t))
	t.Cleanup(server.Close)
	return server.URL + "/identity/v2/scim"
}

// program runs the program and returns its exit code and all that it printed.
func program(t *testing.T, args ...string) (int, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), args, environment{getenv: os.Getenv, stdin: strings.NewReader(""), stdout: &out, stderr: &errs})
	return code, out.String() + errs.String()
}

// held is how many users and groups the target holds.
func held(t *testing.T, base string) (n int) {
	t.Helper()
	for _, collection := range []string{"/Users", "/Groups"} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+collection, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+canary)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		var body bytes.Buffer
		if _, err := body.ReadFrom(response.Body); err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		n += strings.Count(body.String(), `"userName"`) + strings.Count(body.String(), `"displayName"`)
	}
	return n
}

// replayed are findings of every kind: about a status and about what is in the
// answer; with ids in URLs, in bodies and in bulk operations, with versions.
var replayed = []struct {
	id, fault   string
	there, gone string // what the replay prints while the finding is there, and after it was mended; "" if it cannot tell
}{
	{"CSA-SYNC-06", "a duplicate answers 400", "still fails: expected 409, got 400", "passes now: 409"},
	{"CSA-DEPROV-01", "a deactivation is answered and not made", `"active":true`, ""},
	{"RFC7644-3.7-01", "replacements in bulk are not made", `"userName":"`, ""},
	{"RFC7643-2.3.2-01", "active is a text", "", ""},
	{"RFC7644-2-08", "tokens have no case", "", ""},
	{"RFC7644-3.14-03", "If-None-Match is ignored", "still fails: expected 304, got 200", "passes now: 304"},
}

func TestAReplayReproducesWhatWasFound(t *testing.T) {
	for _, test := range replayed {
		t.Run(test.id, func(t *testing.T) {
			base, file := found(t, test.id, test.fault)
			sound := soundTarget(t)
			for form, prepare := range map[string]func(*testing.T, string) func() string{"curl": shell, "go": goTest} {
				t.Run(form, func(t *testing.T) {
					_, script := program(t, "replay", file, test.id, "--as", form)
					if strings.Contains(script, canary) {
						t.Errorf("the token is in\n%s", script)
					}
					run := prepare(t, script)
					out := run()
					if form == "curl" && !strings.Contains(out, test.there) {
						t.Errorf("%q is missing in\n%s\nof\n%s", test.there, out, script)
					}
					if form == "go" && !strings.Contains(out, "--- FAIL") {
						t.Errorf("the test does not fail while the finding is there:\n%s\nof\n%s", out, script)
					}
					if form == "go" {
						t.Setenv("SCIM_BASE_URL", sound)
						if out := run(); strings.Contains(out, "--- FAIL") {
							t.Errorf("the test fails at a target that is right:\n%s\nof\n%s", out, script)
						}
						t.Setenv("SCIM_BASE_URL", base)
					}
					if test.gone != "" {
						t.Setenv("SCIM_BASE_URL", sound)
						if out := run(); !strings.Contains(out, test.gone) && !strings.Contains(out, "--- PASS") {
							t.Errorf("it does not tell that the finding is gone:\n%s", out)
						}
					}
					if n := held(t, base) + held(t, sound); n != 0 {
						t.Errorf("%d are left at the target after\n%s\n%s", n, script, out)
					}
				})
			}
		})
	}
}

// shell returns what runs a script, and returns what it prints.
func shell(t *testing.T, script string) func() string {
	t.Helper()
	for _, tool := range []string{"sh", "curl", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(err)
		}
	}
	file := filepath.Join(t.TempDir(), "replay.sh")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	return func() string {
		out, _ := exec.CommandContext(t.Context(), "sh", file).CombinedOutput()
		return string(out)
	}
}

// buildCache is that of the go command, which would look for it where the tests
// put theirs.
var buildCache = func() string {
	out, _ := exec.Command("go", "env", "GOCACHE").Output()
	return strings.TrimSpace(string(out))
}()

// goTest compiles a test in a module of its own, and returns what runs it.
func goTest(t *testing.T, test string) func() string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module replay\n\ngo 1.24\n", "replay_test.go": test} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", "replay.test", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOCACHE="+buildCache)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s\nof\n%s", err, out, test)
	}
	return func() string {
		out, _ := exec.CommandContext(t.Context(), filepath.Join(dir, "replay.test"), "-test.v").CombinedOutput()
		return string(out)
	}
}

func TestReplayAndDiffSayByTheirExitCodeHowItIs(t *testing.T) {
	_, file := found(t, "CSA-SYNC-06", "a duplicate answers 400")
	sound := soundTarget(t)
	good := filepath.Join(t.TempDir(), "good.json")
	for _, test := range []struct {
		name string
		args []string
		want int
	}{
		{"still not met", []string{"replay", file, "CSA-SYNC-06"}, exitFailed},
		{"met now", []string{"replay", file, "CSA-SYNC-06", "--target", sound}, exitPassed},
		{"nobody there", []string{"replay", file, "CSA-SYNC-06", "--target", "http://127.0.0.1:1"}, exitCannot},
		{"printed", []string{"replay", file, "CSA-SYNC-06", "--as", "http"}, exitPassed},
		{"nothing to replay", []string{"replay", file, "CSA-SYNC-05"}, exitCannot},
		{"a good run", []string{"--no-sweep", "--target", sound, "--tags", "@CSA-SYNC-06", "--report", "json=" + good}, exitPassed},
		{"better", []string{"diff", file, good}, exitPassed},
		{"worse", []string{"diff", good, file}, exitFailed},
		{"no report", []string{"diff", good, good + "x"}, exitCannot},
	} {
		if code, out := program(t, test.args...); code != test.want {
			t.Errorf("%s: exit code %d, want %d\n%s", test.name, code, test.want, out)
		}
	}
}
