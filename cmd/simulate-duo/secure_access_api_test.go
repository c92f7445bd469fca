package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	sse "github.com/simulate-duo/simulate-duo/simulators/secureaccess/container"
)

// startSecureAccess runs secure-access --api, and returns it as a test with a container sees it.
func startSecureAccess(t *testing.T, variables map[string]string, args ...string) *sse.Container {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	env := withVariables(variables)
	env.stdout = in
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"secure-access", "--api", "--listen", "127.0.0.1:0"}, args...), env)
	}()
	t.Cleanup(func() {
		stop()
		if got := <-code; got != exitPassed {
			t.Errorf("it ends with code %d", got)
		}
	})
	lines := bufio.NewScanner(out)
	lines.Scan()
	base := strings.TrimPrefix(lines.Text(), "SCIM_BASE_URL=")
	origin, _, _ := strings.Cut(base, "/identity")
	return &sse.Container{BaseURL: base, Token: variables["SCIM_TOKEN"], APIURL: origin + "/api", Password: variables[passwordVariable]}
}

// create sends a creation as a client does.
func create(t *testing.T, c *sse.Container, name string) *http.Response {
	t.Helper()
	body := `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "` + name + `"}`
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.BaseURL+"/Users", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+c.Token)
	r.Header.Set("Content-Type", "application/scim+json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer
}

func TestATestAsksSecureAccess(t *testing.T) {
	c := startSecureAccess(t, map[string]string{"SCIM_TOKEN": canary, passwordVariable: "open sesame"}, "--fault", "RFC7644-3.3-05/no Location")
	ada := map[string]any{"schemas": []string{"urn:ietf:params:scim:schemas:core:2.0:User"}, "id": "42", "userName": "ada"}
	if err := c.Seed(t.Context(), sse.Resources{Users: []any{ada}}); err != nil {
		t.Fatal(err)
	}
	if got := create(t, c, "ADA").StatusCode; got != http.StatusConflict {
		t.Errorf("a user who was seeded is created again: %d", got)
	}
	for i, step := range []struct {
		do    func(context.Context) error
		wrong bool
	}{
		{func(context.Context) error { return nil }, true},
		{c.NoFaults, false},
		{func(ctx context.Context) error { return c.Fault(ctx, "RFC7644-3.3-05", "") }, true},
		{c.NoFaults, false},
		{c.Reset, true}, // as it began
	} {
		if err := step.do(t.Context()); err != nil {
			t.Fatal(err)
		}
		if location := create(t, c, "user"+strings.Repeat("x", i)).Header.Get("Location"); (location == "") != step.wrong {
			t.Errorf("step %d: Location %q", i, location)
		}
	}
	sent, err := c.WaitForRequest(t.Context(), sse.Filter{Method: http.MethodPost, Status: "201"})
	if err != nil || sent.Path != "/Users" || !strings.Contains(sent.Request.Body, "userxxxx") || strings.Contains(sent.Request.Headers.Get("Authorization"), canary) {
		t.Errorf("%+v, %v", sent, err)
	}
}

func TestTheAPIOfSecureAccessSaysWhatIsWrong(t *testing.T) {
	c := startSecureAccess(t, map[string]string{"SCIM_TOKEN": canary, passwordVariable: "open sesame"})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for says, err := range map[string]error{
		"nothing violates":    c.Fault(ctx, "RFC7644-9.9-99", ""),
		"secure_access[0]":    c.Seed(ctx, sse.Resources{Users: []any{map[string]any{"userName": 1}}}),
		"asks for its passwo": (&sse.Container{APIURL: c.APIURL}).Reset(ctx),
	} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
	if _, err := c.WaitForRequest(ctx, sse.Filter{Status: "ok"}); err == nil || !strings.Contains(err.Error(), "such as 404") {
		t.Error(err)
	}
	for path, status := range map[string]int{"/users": http.StatusNotFound, "/sync": http.StatusNotFound, "/clock": http.StatusOK, "/snapshot": http.StatusOK, "/openapi.yaml": http.StatusOK} {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.APIURL+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.SetBasicAuth("test", c.Password)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != status {
			t.Errorf("%s: %s", path, answer.Status)
		}
	}
}

func TestTheAPIOfSecureAccessIsNotForEveryone(t *testing.T) {
	var stderr bytes.Buffer
	env := withVariables(map[string]string{"SCIM_TOKEN": canary})
	env.stderr = &stderr
	code := run(t.Context(), []string{"secure-access", "--api", "--listen", "0.0.0.0:0"}, env)
	if code != exitCannot || !strings.Contains(stderr.String(), "give --password-file") {
		t.Errorf("exit code %d: %s", code, &stderr)
	}
}
