package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// startLab runs lab and returns the URL that it prints, and what ends it.
func startLab(t *testing.T, env environment, args ...string) (url string, end func() int) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	out, in := io.Pipe()
	env.stdout = in
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"lab", "--listen", "127.0.0.1:0"}, args...), env)
		_ = in.Close()
	}()
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatalf("no URL is printed: exit code %d", <-code)
	}
	return lines.Text(), func() int {
		stop()
		more, _ := io.ReadAll(out)
		if len(more) > 0 {
			t.Errorf("more than one line was printed: %q", more)
		}
		return <-code
	}
}

// mustEnd ends a lab, which has to pass.
func mustEnd(t *testing.T, end func() int) {
	t.Helper()
	if code := end(); code != exitPassed {
		t.Errorf("it ends with code %d", code)
	}
}

func TestTheLabPrintsItsURLAndEndsWhenItIsTold(t *testing.T) {
	state := filepath.Join(t.TempDir(), "lab.db")
	url, end := startLab(t, withVariables(nil), "--state", state)
	mustHold(t, "the page", got(t, url), "This is a simulation")
	stream, err := http.Get(url + "api/events") // an open stream does not keep the lab from ending
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	mustEnd(t, end)
	if _, err := os.Stat(state + ".lab.json"); err != nil {
		t.Error(err)
	}
}

func TestTheLabTakesATarget(t *testing.T) {
	env := withVariables(map[string]string{"SCIM_TOKEN": canary})
	url, end := startLab(t, env, "--target", "https://scim.example/v2/")
	text := got(t, url+"api/state")
	mustHold(t, "the state", text, `"target": "https://scim.example/v2"`)
	if strings.Contains(text, canary) {
		t.Errorf("the state shows the token: %s", text)
	}
	mustEnd(t, end)
}

func TestTheLabRefusesWhatItCannotDo(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(page, []byte("<!doctype html>"+strings.Repeat(" ", 4096)), 0o600); err != nil {
		t.Fatal(err)
	}
	for says, args := range map[string][]string{
		"the state cannot be read":                          {"--listen", "127.0.0.1:0", "--state", page},
		"the state cannot be kept":                          {"--listen", "127.0.0.1:0", "--state", filepath.Join(t.TempDir(), "absent", "lab.db")},
		"give --password-file FILE, or --insecure-no-login": {"--listen", "0.0.0.0:0"},
		"holds no password":                                 {"--listen", "0.0.0.0:0", "--password-file", empty},
		"write an address such as":                          {"--listen", "8443"},
		"did you mean https://":                             {"--target", "scim.example/v2"},
		"--token-file is for --target":                      {"--token-file", empty},
		"--directory:":                                      {"--directory", "absent.yaml"},
		"--ca-file":                                         {"--ca-file", "absent.pem"},
		"keeps its state in a file":                         {"--state", "postgres://localhost/x"},
		"have to be more than 0":                            {"--interval", "0s"},
		"choose another address, or port":                   {"--listen", "127.0.0.1:99999"},
	} {
		var stderr bytes.Buffer
		env := withVariables(nil)
		env.stderr = &stderr
		if code := run(t.Context(), append([]string{"lab"}, args...), env); code != exitCannot || !strings.Contains(stderr.String(), says) {
			t.Errorf("%v: exit code %d, it says %q, want %q", args, code, &stderr, says)
		}
	}
}
