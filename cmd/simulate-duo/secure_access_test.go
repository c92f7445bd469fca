package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

func TestAServerThatListensEverywhereIsReachedByLoopback(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1:8443": "http://127.0.0.1:8443",
		"0.0.0.0:8443":   "http://127.0.0.1:8443",
		"[::]:8443":      "http://127.0.0.1:8443",
		":8443":          "http://127.0.0.1:8443",
		"[::1]:8443":     "http://[::1]:8443",
		"example:8443":   "http://example:8443",
	} {
		if got := originOf(address); got != want {
			t.Errorf("%s is reached at %s, want %s", address, got, want)
		}
	}
}

func TestTheCheckSaysWhetherTheSimulatorAnswers(t *testing.T) {
	server, _, err := integratedServer(withVariables(nil), "", secureaccess.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what    string
		handler http.Handler
		code    int
		says    string
	}{
		{"the simulator", server, exitPassed, ""},
		{"another server", http.NotFoundHandler(), exitCannot, "is not well"},
		{"none", nil, exitCannot, "does not answer"},
	} {
		t.Run(c.what, func(t *testing.T) {
			s := httptest.NewServer(c.handler)
			defer s.Close()
			if c.handler == nil {
				s.Close()
			}
			var stderr bytes.Buffer
			env := withVariables(map[string]string{listenVariable: strings.TrimPrefix(s.URL, "http://")})
			env.stderr = &stderr
			if code := run(t.Context(), []string{"secure-access", "--check"}, env); code != c.code || !strings.Contains(stderr.String(), c.says) {
				t.Errorf("exit code %d, want %d; it says %q, want %q", code, c.code, &stderr, c.says)
			}
		})
	}
}

// What a container does: listen where its environment says, accept the token of
// its environment, end when it is told to.
func TestTheEnvironmentConfiguresTheSimulator(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	env := withVariables(map[string]string{listenVariable: "127.0.0.1:0", "SCIM_TOKEN": canary})
	env.stdout = in
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, []string{"secure-access"}, env) }()
	lines := bufio.NewScanner(out)
	lines.Scan()
	url, _ := strings.CutPrefix(lines.Text(), "SCIM_BASE_URL=")
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/Users", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+canary)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("GET /Users is answered %s", answer.Status)
	}
	stop()
	if code := <-ended; code != exitPassed {
		t.Errorf("it ends with code %d", code)
	}
}

// withVariables is an environment of nothing but these variables.
func withVariables(variables map[string]string) environment {
	return environment{getenv: func(name string) string { return variables[name] }, stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard}
}

func TestTheSimulatorAnswersNoMoreThanItIsAllowedTo(t *testing.T) {
	server, token, err := integratedServer(withVariables(nil), "", secureaccess.Config{RequestLimit: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{http.StatusOK, http.StatusTooManyRequests} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, server.ProvisioningURL("http://127.0.0.1")+"/Users", nil)
		request.Header.Set("Authorization", "Bearer "+token)
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, request)
		if answer.Code != want {
			t.Errorf("status %d, want %d", answer.Code, want)
		}
	}
}

func TestTheSimulatorIsWrongWhereItIsAskedTo(t *testing.T) {
	for _, c := range []struct{ fault, header, says string }{
		{"RFC7644-3.3-05", "", ""},
		{"RFC7644-3.3-05/Location is the collection", "/identity/v2/scim/Users", ""},
		{"RFC7644-3.3-05/Location is lost in the mail", "", "no Location of groups"},
		{"RFC7644-9.9-99", "", "nothing violates"},
	} {
		t.Run(c.fault, func(t *testing.T) {
			server, token, err := integratedServer(withVariables(nil), "", secureaccess.Config{})
			if err != nil {
				t.Fatal(err)
			}
			found, err := findFaults([]string{c.fault})
			if c.says != "" {
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("got %v, want %q", err, c.says)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			s := httptest.NewServer(withFaults(server, found))
			defer s.Close()
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.ProvisioningURL(s.URL)+"/Users",
				strings.NewReader(`{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@example.com"}`))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Authorization", "Bearer "+token)
			request.Header.Set("Content-Type", "application/scim+json")
			answer, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if got := strings.TrimPrefix(answer.Header.Get("Location"), s.URL); answer.StatusCode != http.StatusCreated || got != c.header {
				t.Errorf("got %s with Location %q, want %q", answer.Status, got, c.header)
			}
		})
	}
}
