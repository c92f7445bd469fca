package main

import (
	"bufio"
	"context"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

const watchedApp = `name: My App
type: generic
attribute_mapping: [{duo: Username, application: userName}]
groups: {select: [Staff]}
`

// watched runs sync --watch on files in a folder, and returns the lines that it
// prints to standard output and to standard error, and how to end it.
func watched(t *testing.T, dir, target string, more ...string) (out, talk *bufio.Scanner, interrupt func() (code int)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	outReader, stdout := io.Pipe()
	talkReader, stderr := io.Pipe()
	code := make(chan int)
	args := append([]string{
		"sync", "--watch", "--interval", "1h", "--config", filepath.Join(dir, "app.yaml"), "--directory", filepath.Join(dir, "people.yaml"),
		"--state", filepath.Join(dir, "state.db"), "--target", target, "--retries", "0",
	}, more...)
	getenv := func(name string) string { return map[string]string{"SCIM_TOKEN": canary}[name] }
	go func() {
		c := run(ctx, args, environment{getenv: getenv, stdin: strings.NewReader(""), stdout: stdout, stderr: stderr})
		_, _ = stdout.Close(), stderr.Close()
		code <- c
	}()
	return bufio.NewScanner(outReader), bufio.NewScanner(talkReader), func() int {
		cancel()
		go func() { _, _ = io.Copy(io.Discard, outReader) }()
		go func() { _, _ = io.Copy(io.Discard, talkReader) }()
		return <-code
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	part := filepath.Join(dir, name+".part") // as editors do it
	if err := os.WriteFile(part, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(part, filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

func says(t *testing.T, lines *bufio.Scanner, want string) {
	t.Helper()
	if !lines.Scan() || !strings.Contains(lines.Text(), want) {
		t.Fatalf("it says %q, want %q", lines.Text(), want)
	}
}

func TestWatchRunsACycleWheneverAFileChangesAndOutlivesABrokenOne(t *testing.T) {
	target, err := provider.New(provider.Config{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(target)
	t.Cleanup(server.Close)
	dir := t.TempDir()
	write(t, dir, "app.yaml", watchedApp)
	write(t, dir, "people.yaml", "users: [{username: ada}]\ngroups: [{name: Staff, members: [ada]}]\n")
	out, talk, interrupt := watched(t, dir, server.URL)
	says(t, out, "users: 1 created; groups: 1 created")
	write(t, dir, "people.yaml", "users: [{username: ada}, {username: bob}]\ngroups: [{name: Staff, members: [ada, bob]}]\n")
	says(t, out, "users: 1 created; groups: 1 with other members")
	write(t, dir, "people.yaml", "users: [{username: ada}, {user")
	says(t, talk, "people.yaml:1:")
	for !strings.Contains(talk.Text(), "{user") { // the excerpt of the line
		if !talk.Scan() {
			t.Fatal("the excerpt of the line is missing")
		}
	}
	if !talk.Scan() { // the mark under it
		t.Fatal("the mark under the excerpt is missing")
	}
	write(t, dir, "app.yaml", watchedApp+"deprovisioning: delete\n")
	write(t, dir, "people.yaml", "users: [{username: ada}]\ngroups: [{name: Staff, members: [ada]}]\n")
	says(t, out, "users: 1 deleted")
	if code := interrupt(); code != exitPassed {
		t.Errorf("an interrupt ends it with %d", code)
	}
	if n := target.Len("User"); n != 1 {
		t.Errorf("the target has %d users", n)
	}
}
