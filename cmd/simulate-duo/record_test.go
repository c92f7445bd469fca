package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// companion is a command that serves while the test goes on.
type companion struct {
	base string // what its first line says
	stop func() (code int, stderr string)
}

// recorder starts record with these arguments.
func recorder(t *testing.T, args ...string) companion {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	var stderr bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		code := run(ctx, append([]string{"record"}, args...), environment{getenv: os.Getenv, stdin: strings.NewReader(""), stdout: in, stderr: &stderr})
		_ = in.Close()
		ended <- code
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	base, found := strings.CutPrefix(strings.TrimSpace(line), "SCIM_BASE_URL=")
	if err != nil || !found {
		t.Fatalf("it says %q: %v, exit status %d, %s", line, err, <-ended, &stderr)
	}
	return companion{base, func() (int, string) {
		cancel()
		return <-ended, stderr.String()
	}}
}

// certificateOf is a file with the certificate of a server.
func certificateOf(t *testing.T, server *httptest.Server) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// provisioned sends the people of a file through the recorder.
func provisioned(t *testing.T, base, state string, more ...string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	config := write("app.yaml", "name: My App\ntype: generic\nattribute_mapping:\n  - {duo: Username, application: userName}\n  - {duo: Display Name, application: displayName}\ngroups: {select: [Staff]}\n")
	people := write("people.yaml", "users:\n  - {username: ada@example.org, display_name: Ada Lovelace}\n  - {username: bob@example.org, display_name: Bob}\ngroups:\n  - {name: Staff, members: [ada@example.org, bob@example.org]}\n")
	runs(t, exitPassed, append([]string{"sync", "--config", config, "--directory", people, "--state", state, "--target", base, "--workers", "1"}, more...)...)
}

func TestWhatIsRecordedIsRecognisedAndPlayed(t *testing.T) {
	t.Setenv("SCIM_TOKEN", canary)
	server := httptest.NewTLSServer(handler(t))
	defer server.Close()
	dir := t.TempDir()
	har, profile, ca := filepath.Join(dir, "duo.har"), filepath.Join(dir, "profile.yaml"), certificateOf(t, server)
	begin := "user-create-active: omitted\ngroup-create: with-members\nmember-shape: value-display\n"
	if err := os.WriteFile(profile, []byte(begin), 0o600); err != nil {
		t.Fatal(err)
	}
	r := recorder(t, "--upstream", server.URL+"/identity/v2/scim", "--ca-file", ca, "--out", har, "--pseudonyms")
	provisioned(t, r.base, filepath.Join(dir, "state.db"), "--duo-profile", profile)
	code, stderr := r.stop()
	if code != exitPassed || !strings.Contains(stderr, "exchanges are in "+har) {
		t.Errorf("exit status %d: %s", code, stderr)
	}
	text := read(t, har)
	for _, sign := range append(signs(), "ada@", "Ada", "Staff") {
		if strings.Contains(text, sign) {
			t.Errorf("%q is in the recording", sign)
		}
	}
	stdout, stderr := runs(t, exitPassed, "recognise", har, "--write", profile)
	mustHold(t, "recognise", stdout, "user-create-active  omitted", "group-create        with-members", "member-shape        value-display", "0 contradict the model", "- ")
	mustHold(t, "stderr", stderr, "wrote "+profile)
	mustHold(t, "the profile", read(t, profile), `group-create: "with-members" # entry `, `discovery: "no" # entry 1, GET /Users`, "# retry: open; ")

	again := filepath.Join(dir, "again.har")
	r = recorder(t, "--upstream", server.URL+"/identity/v2/scim", "--ca-file", ca, "--out", again)
	provisioned(t, r.base, filepath.Join(dir, "another.db"), "--duo-profile", profile)
	if code, stderr := r.stop(); code != exitPassed {
		t.Errorf("exit status %d: %s", code, stderr)
	}
	stdout, _ = runs(t, exitPassed, "recognise", again)
	mustHold(t, "recognise", stdout, "0 contradict the model")
	stdout, _ = runs(t, exitPassed, "--duo-profile", profile, "--tags", "@CSA-SYNC-01", "--no-sweep")
	mustHold(t, "the run", stdout, "As "+profile+" has it: ", "Passed.")
}

// A process that is killed leaves every exchange that had ended.
func TestARecorderThatIsKilledLosesNothingThatWasComplete(t *testing.T) {
	t.Setenv("SCIM_TOKEN", canary)
	server := httptest.NewServer(handler(t))
	defer server.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	har := filepath.Join(t.TempDir(), "duo.har")
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = []string{"simulate-duo", "record", "--upstream", server.URL + "/identity/v2/scim", "--out", har}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	base := strings.TrimPrefix(strings.TrimSpace(line), "SCIM_BASE_URL=")
	provisioned(t, base, filepath.Join(t.TempDir(), "state.db"))
	response, err := http.Get(base + "/Users?startIndex=1&count=1") // the last one, of which nothing is asked
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	stdout, _ := runs(t, exitPassed, "recognise", har)
	mustHold(t, "recognise", stdout, "members-add         one-operation", "0 contradict the model")
}

func TestRecordAndRecogniseSayWhatIsMissing(t *testing.T) {
	dir := t.TempDir()
	there := filepath.Join(dir, "there.har")
	if err := os.WriteFile(there, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"--upstream is missing":      {"record", "--out", "x.har"},
		"--out is missing":           {"record", "--upstream", "http://127.0.0.1:1"},
		"has to begin with https://": {"record", "--upstream", "ftp://example.com", "--out", "x.har"},
		"is there already":           {"record", "--upstream", "http://127.0.0.1:1", "--out", there},
		"choose another address":     {"record", "--upstream", "http://127.0.0.1:1", "--out", filepath.Join(dir, "x.har"), "--listen", "192.0.2.1:1"},
		"no log.entries":             {"recognise", there},
		"no such file":               {"recognise", filepath.Join(dir, "none.har")},
		"--duo-profile: open":        {"--duo-profile", there + ".yaml"},
	} {
		_, stderr := runs(t, exitCannot, args...)
		mustHold(t, strings.Join(args, " "), stderr, want)
	}
}
