package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

func TestTheFirstInterruptCancelsTheSecondEnds(t *testing.T) {
	for name, test := range map[string]struct {
		target string
		says   string
	}{
		"where something may be left": {"http://127.0.0.1/scim", "\n  simulate-duo sweep --target http://127.0.0.1/scim\n"},
		"where nothing is":            {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var i interrupts
			if test.target != "" {
				i.mayLeave(test.target)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			signals, ended := make(chan os.Signal), make(chan int)
			var stderr bytes.Buffer
			go i.obey(signals, cancel, &stderr, func(code int) { ended <- code })
			signals <- os.Interrupt
			<-ctx.Done()
			signals <- syscall.SIGTERM
			if code := <-ended; code != exitCannot {
				t.Errorf("exit code %d", code)
			}
			if !strings.Contains(stderr.String(), test.says) || test.says == "" && stderr.Len() > 0 {
				t.Errorf("it says %q", &stderr)
			}
		})
	}
}

// A run is interrupted by its target's 60th request, and again by the first request
// of its clean-up, which never gets an answer. What it leaves is swept.
func TestASecondInterruptEndsACleanUpThatHangs(t *testing.T) {
	dir := t.TempDir()
	program, err := builtProgram()
	if err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Env = append(os.Environ(), "SCIM_TOKEN="+canary, "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
		return cmd
	}
	t.Setenv("SCIM_TOKEN", canary)
	target := handler(t)
	var process *os.Process // once running is closed
	running := make(chan struct{})
	interrupt := func() {
		<-running
		_ = process.Signal(os.Interrupt)
	}
	var requests atomic.Int64
	var interrupted, hangs atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if hangs.Load() && r.Method == http.MethodDelete && interrupted.Load() {
			interrupt()
			<-r.Context().Done()
			return
		}
		target.ServeHTTP(w, r)
		creates := r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users") // somebody is to be left
		if hangs.Load() && requests.Add(1) >= 60 && creates && interrupted.CompareAndSwap(false, true) {
			interrupt()
		}
	}))
	defer server.Close()
	base := server.URL + "/identity/v2/scim"

	hangs.Store(true)
	started := command("--no-sweep", "--profile", "duo", "--workers", "1", "--target", base)
	stderr, err := started.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := started.Start(); err != nil {
		t.Fatal(err)
	}
	process = started.Process
	close(running)
	said, _ := io.ReadAll(stderr)
	if err := started.Wait(); started.ProcessState.ExitCode() != exitCannot {
		t.Errorf("%v", err)
	}
	mustHold(t, "stderr", string(said), "interrupt again to end at once", "simulate-duo sweep --target "+base)

	hangs.Store(false)
	out, err := command("sweep", "--target", base).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "removed /Users/") || !strings.Contains(string(out), "still there: 0") {
		t.Errorf("%v\n%s", err, out)
	}
}
