package container_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/testcontainers/testcontainers-go"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess/container"
)

// root is the folder of the Dockerfile.
const root = "../../.."

// image builds the image as "make image" does, from the Dockerfile of the project.
func image(t *testing.T) testcontainers.ContainerCustomizer {
	t.Helper()
	provider, err := testcontainers.NewDockerProvider()
	if err == nil {
		defer func() { _ = provider.Close() }()
		err = provider.Health(t.Context())
	}
	switch {
	case err == nil:
	case os.Getenv("REQUIRE_DOCKER") == "1":
		t.Fatalf("Docker does not answer, and REQUIRE_DOCKER=1 asks for it: %v", err)
	default:
		t.Skipf("Docker does not answer: %v", err)
	}
	dir := t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(dir, "simulate-duo"), "./cmd/simulate-duo")
	build.Dir, build.Env = root, append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"Dockerfile", ".dockerignore", "LICENSE"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return testcontainers.CustomizeRequestOption(func(request *testcontainers.GenericContainerRequest) error {
		request.Image, request.FromDockerfile = "", testcontainers.FromDockerfile{Context: dir}
		return nil
	})
}

// run starts the simulator from the image of this project.
func run(t *testing.T, opts ...testcontainers.ContainerCustomizer) *container.Container {
	t.Helper()
	sse, err := container.Run(t.Context(), append(opts, image(t))...)
	testcontainers.CleanupContainer(t, sse)
	if err != nil && strings.Contains(err.Error(), "reaper") && os.Getenv("REQUIRE_DOCKER") != "1" {
		t.Skipf("the image of testcontainers' reaper cannot be had: %v; set TESTCONTAINERS_RYUK_DISABLED=true", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return sse
}

// get asks the simulator for its users.
func get(t *testing.T, method string, c *container.Container, token, body string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, c.BaseURL+"/Users", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/scim+json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer
}

func TestTheSimulatorRunsInAContainer(t *testing.T) {
	sse := run(t)
	if !strings.HasPrefix(sse.BaseURL, "http://127.0.0.1:") && !strings.HasPrefix(sse.BaseURL, "http://localhost:") {
		t.Errorf("it is published at %s", sse.BaseURL)
	}
	for token, want := range map[string]int{sse.Token: http.StatusOK, "another": http.StatusUnauthorized} {
		if answer := get(t, http.MethodGet, sse, token, ""); answer.StatusCode != want {
			t.Errorf("the answer is %s, want %d", answer.Status, want)
		}
	}
	code, _, err := sse.Exec(t.Context(), []string{"/simulate-duo", "secure-access", "--check"})
	if err != nil || code != 0 {
		t.Errorf("the health check ends with %d, %v", code, err)
	}
}

func TestTheSimulatorIsWrongOnPurpose(t *testing.T) {
	sse := run(t, container.WithFaults("RFC7644-3.3-05/no Location"))
	if len(sse.Faults) != 1 {
		t.Errorf("it says that it violates %q", sse.Faults)
	}
	body := `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@example.com"}`
	answer := get(t, http.MethodPost, sse, sse.Token, body)
	if answer.StatusCode != http.StatusCreated || answer.Header.Get("Location") != "" {
		t.Errorf("the answer is %s with Location %q, want 201 without", answer.Status, answer.Header.Get("Location"))
	}
}

func TestATestAsksTheSimulatorInItsContainer(t *testing.T) {
	sse := run(t)
	ada := map[string]any{"schemas": []string{"urn:ietf:params:scim:schemas:core:2.0:User"}, "id": "42", "userName": "ada@example.com"}
	if err := sse.Seed(t.Context(), container.Resources{Users: []any{ada}}); err != nil {
		t.Fatal(err)
	}
	if err := sse.Fault(t.Context(), "RFC7644-3.3-05", "no Location"); err != nil {
		t.Fatal(err)
	}
	answer := get(t, http.MethodPost, sse, sse.Token, `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "grace@example.com"}`)
	if answer.StatusCode != http.StatusCreated || answer.Header.Get("Location") != "" {
		t.Errorf("the answer is %s with Location %q, want 201 without", answer.Status, answer.Header.Get("Location"))
	}
	sent, err := sse.WaitForRequest(t.Context(), container.Filter{Method: http.MethodPost, Text: "/Users"})
	if err != nil || !strings.Contains(sent.Request.Body, "grace@example.com") {
		t.Errorf("%+v, %v", sent, err)
	}
	if answer, err := http.Get(sse.APIURL + "/requests"); err != nil || answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("without the password: %v, %v", answer, err)
	}
}
