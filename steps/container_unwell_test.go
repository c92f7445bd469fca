package steps

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/moby/moby/client"
)

// unwell builds the binary of an image that does not do its work, and returns the
// folder to build the image from.
func unwell(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	dockerfile, err := os.ReadFile("testdata/unwell/Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "Dockerfile"), dockerfile, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := prepared(t.Context(), ".", []string{"go", "build", "-o", filepath.Join(dir, "unwell"), "./testdata/unwell"}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAContainerThatDoesNotServeIsToldWithItsLastWords(t *testing.T) {
	dockerOf(t)
	if err := reap(); err != nil {
		t.Fatal(err)
	}
	dir := unwell(t)
	for _, c := range []struct{ what, does, says string }{
		{"dies at once", "die", "the database is missing"},
		{"never listens", "hang", "still waiting for the database"},
		{"never gets well", "ail", "its log ends"},
		{"logs 100 MB and dies", "chatter", "and that was all"},
	} {
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			begun := time.Now()
			_, err := start(t.Context(), t, &Container{Build: ".", Command: []string{c.does}, Port: 8080, Startup: 5 * time.Second}, dir)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error does not say %q: %v", c.says, err)
			}
			if err != nil && len(err.Error()) > 8<<10 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
			if took := time.Since(begun); took > time.Minute {
				t.Errorf("it took %s", took)
			}
		})
	}
}

func TestAContainerIsReadyWhenItAnswersAtAll(t *testing.T) {
	dockerOf(t)
	c := &Container{Build: ".", Command: []string{"refuse"}, Port: 8080, BasePath: "/scim/v2"}
	running, err := start(t.Context(), t, c, unwell(t))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(running.origin, "http://127.0.0.1:") {
		t.Errorf("it is published at %s", running.origin)
	}
}

func TestAnImageThatNobodyHasIsToldApart(t *testing.T) {
	docker := dockerOf(t)
	// A registry that does not answer: nobody listens on port 1.
	err := pulled(t.Context(), docker.Client(), "127.0.0.1:1/nobody/has:this")
	if err == nil || !strings.Contains(err.Error(), errNoRegistry.Error()) {
		t.Errorf("got %v", err)
	}
}

// dying is set for a copy of this test that starts a container and is killed.
const dying = "SIMULATE_DUO_TEST_DIES"

func TestAKilledRunLeavesNoContainer(t *testing.T) {
	docker := dockerOf(t)
	if os.Getenv(dying) != "" {
		if err := reap(); err != nil {
			t.Fatal(err)
		}
		if _, err := start(t.Context(), t, &Container{Build: ".", Command: []string{"refuse"}, Port: 8080}, os.Getenv(dying)); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(os.Stdout, "session "+session)
		go func() { panic("in another goroutine, which no test can recover from") }()
		select {}
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), dying+"="+unwell(t))
	out, err := cmd.CombinedOutput()
	_, rest, ok := strings.Cut(string(out), "session ")
	if err == nil || !ok {
		t.Fatalf("the copy was to start a container and to die: %v\n%s", err, out)
	}
	of, _, _ := strings.Cut(rest, "\n")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for running(t, docker.Client(), of) > 0 {
		select {
		case <-ctx.Done():
			t.Fatal("its container is still there")
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// running counts the containers of a session.
func running(t *testing.T, docker client.APIClient, session string) int {
	t.Helper()
	found, err := docker.ContainerList(t.Context(), client.ContainerListOptions{
		All: true, Filters: client.Filters{}.Add("label", reapedLabel+"="+session),
	})
	if err != nil {
		t.Fatal(err)
	}
	return len(found.Items)
}
