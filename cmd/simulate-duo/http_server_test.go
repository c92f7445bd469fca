package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
)

func TestTheServerWaitsForNoClientForEver(t *testing.T) {
	s := newHTTPServer(http.NotFoundHandler(), io.Discard)
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 {
		t.Errorf("a limit is missing: %v, %v, %v, %v", s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout)
	}
}

func TestTheServerTellsOnlyOfItsOwnPanics(t *testing.T) {
	var stderr bytes.Buffer
	s := newHTTPServer(http.NotFoundHandler(), &stderr)
	s.ErrorLog.Print("http: TLS handshake error from 127.0.0.1:1: EOF")
	if stderr.Len() > 0 {
		t.Errorf("it says %q", &stderr)
	}
	s.ErrorLog.Print("http: panic serving 127.0.0.1:1: oops")
	mustHold(t, "stderr", stderr.String(), "simulate-duo: the simulator failed", "oops")
}

// locked is a buffer that several write to.
type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// served runs secure-access, sends it one request and returns what it wrote.
func served(t *testing.T, variables map[string]string, args ...string) (stdout, stderr string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	var said locked
	env := withVariables(variables)
	env.stdout, env.stderr = in, &said
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append([]string{"secure-access", "--listen", "127.0.0.1:0"}, args...), env)
		_ = in.Close()
	}()
	reader := bufio.NewReader(out)
	first, err := reader.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	rest := make(chan string, 1)
	go func() { text, _ := io.ReadAll(reader); rest <- string(text) }()
	url := strings.TrimSpace(strings.TrimPrefix(first, "SCIM_BASE_URL="))
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/Users", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+canary)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	answer.Body.Close()
	stop()
	if code := <-ended; code != exitPassed {
		t.Errorf("it ends with code %d", code)
	}
	return first + <-rest, said.String()
}

func TestATokenThatWasGivenIsNeverPrinted(t *testing.T) {
	file := t.TempDir() + "/token"
	if err := os.WriteFile(file, []byte(canary), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		variables map[string]string
		args      []string
	}{
		"by the environment": {map[string]string{"SCIM_TOKEN": canary}, []string{"--trace"}},
		"by a file":          {nil, []string{"--trace", "--token-file", file}},
	} {
		t.Run(name, func(t *testing.T) {
			stdout, stderr := served(t, test.variables, test.args...)
			if strings.Contains(stdout+stderr, canary) || strings.Contains(stdout, "SCIM_TOKEN") {
				t.Errorf("it prints the token:\n%s\n%s", stdout, stderr)
			}
			mustHold(t, "the trace", stderr, "GET http://127.0.0.1:", "/Users -> 200")
		})
	}
	if stdout, _ := served(t, nil); !strings.Contains(stdout, "\nSCIM_TOKEN=") {
		t.Errorf("a new token is not told: %s", stdout)
	}
}

func TestTheSimulatorTellsWhatItDoesWrong(t *testing.T) {
	_, stderr := served(t, map[string]string{"SCIM_TOKEN": canary}, "--fault", "RFC7644-3.3-05")
	mustHold(t, "stderr", stderr, "on purpose it violates RFC7644-3.3-05: ")
}

// A target that answers twice makes net/http write to the log of the process.
func TestNothingOfNetHTTPsOwnLogIsSeen(t *testing.T) {
	var leak locked
	log.SetOutput(&leak)
	defer log.SetOutput(os.Stderr)
	t.Setenv("SCIM_TOKEN", canary)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		answerTwice(conn)
	}))
	defer server.Close()
	code := run(t.Context(), []string{"--no-sweep", "--tags", "@CSA-AUTH-01", "--target", server.URL},
		environment{getenv: os.Getenv, stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard})
	if code == exitPassed || leak.String() != "" {
		t.Errorf("exit code %d, and the log has %q", code, leak.String())
	}
}

func answerTwice(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	const answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
	fmt.Fprint(conn, answer+answer)
	_, _ = io.Copy(io.Discard, conn)
}
