package safety

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// newProvider is a target that does everything right, with people of its own.
func newProvider(t *testing.T) (base string, content func() string) {
	t.Helper()
	p, err := provider.New(provider.Config{BasePath: "/scim/v2"})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	base = server.URL + "/scim/v2"
	client := &wire.Client{BaseURL: base}
	ann := idIn(t, mustDo(t, client, "POST", "/Users", user("ann"), 201))
	mustDo(t, client, "POST", "/Groups", `{"schemas":["`+scim.GroupURN+`"],"displayName":"staff","members":[{"value":"`+ann+`"}]}`, 201)
	return base, func() string {
		return string(mustDo(t, client, "GET", "/Users", "", 200).Body) + string(mustDo(t, client, "GET", "/Groups", "", 200).Body)
	}
}

// playRun is a run with everything in it that changes a target, and its clean-up.
func playRun(t *testing.T, r *rig, next http.RoundTripper) {
	scope := r.guard.Scope()
	client := r.client(scope, next)
	send := func(method, path, body string) string {
		if answer, err := do(t, client, method, path, body); err == nil && answer.Status == http.StatusCreated {
			return idIn(t, answer)
		}
		return "sduo-0a1b2c3d-unknown"
	}
	alice := send("POST", "/Users", user("sduo-0a1b2c3d-alice"))
	send("POST", "/Users", user("sduo-0a1b2c3d-alice"))
	send("POST", "/Users", `{"displayName":"sduo-0a1b2c3d-nobody"}`)
	bob := send("POST", "/Users", user("sduo-0a1b2c3d-bob"))
	sales := send("POST", "/Groups", group("sduo-0a1b2c3d-sales"))
	send("PATCH", "/Groups/"+sales, `{"schemas":["`+scim.PatchOpURN+`"],"Operations":[{"op":"add","path":"members","value":[{"value":"`+alice+`"},{"value":"`+bob+`"}]}]}`)
	send("PUT", "/Users/"+alice, user("sduo-0a1b2c3d-alicia"))
	send("DELETE", "/Users/"+bob, "")
	scope.Cleanup(t.Context())
}

// A killer is a transport that ends with the run at one request.
type killer struct {
	next http.RoundTripper
	at   int // the request to die at, from 1
	how  string
	sent int
}

const (
	beforeTheRequest = "before the request is sent"
	beforeTheAnswer  = "before the answer arrives"
	withinTheAnswer  = "within the answer"
)

var errKilled = errors.New("killed")

func (k *killer) RoundTrip(r *http.Request) (*http.Response, error) {
	k.sent++
	switch {
	case k.sent > k.at, k.sent == k.at && k.how == beforeTheRequest:
		return nil, errKilled
	case k.sent < k.at:
		return k.next.RoundTrip(r)
	}
	answer, err := k.next.RoundTrip(r)
	if err != nil || k.how == beforeTheAnswer {
		if err == nil {
			answer.Body.Close()
		}
		return nil, errKilled
	}
	answer.Body = io.NopCloser(io.MultiReader(io.LimitReader(answer.Body, 10), failedReader{errKilled}))
	return answer, nil
}

func TestSweepAfterARunThatWasKilledAtAnyPoint(t *testing.T) {
	for _, how := range []string{beforeTheRequest, beforeTheAnswer, withinTheAnswer} {
		t.Run(how, func(t *testing.T) {
			for at := 1; ; at++ {
				base, content := newProvider(t)
				before := content()
				r := newRig(t, base)
				k := &killer{next: http.DefaultTransport, at: at, how: how}
				r.guard.client.HTTP = &http.Client{Transport: r.guard.transport(nil, k)}
				playRun(t, r, k)
				r.die()
				if result := mustSweep(t, base, r.dir); len(result.Left) != 0 || len(result.Journals) != 1 {
					t.Errorf("killed at request %d: %+v", at, result)
				}
				if after := content(); after != before {
					t.Fatalf("killed at request %d, the target is not as it was:\n%s\n%s", at, before, after)
				}
				if k.sent < at {
					break
				}
			}
		})
	}
}

func TestSweepAfterAKillTornIntoTheJournal(t *testing.T) {
	base, content := newProvider(t)
	before := content()
	for _, cut := range []int{1, 20, 40, 60} {
		r := newRig(t, base)
		_, client := r.scope()
		mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-alice"), 201)
		if err := os.Truncate(r.journal.file.Name(), r.journal.size-int64(cut)); err != nil {
			t.Fatal(err)
		}
		r.die()
		mustSweep(t, base, r.dir)
		if after := content(); after != before {
			t.Fatalf("torn %d bytes before its end, the target is not as it was:\n%s", cut, after)
		}
	}
}

const killedTarget = "SIMULATE_DUO_TEST_KILLED_TARGET"

// TestKilledProcess is the run of TestSweepAfterAProcessWasKilled, in a process of
// its own.
func TestKilledProcess(t *testing.T) {
	base, dir, ok := strings.Cut(os.Getenv(killedTarget), " ")
	if !ok {
		t.Skip("not the process that is to be killed")
	}
	r := newRigIn(t, base, testMarker, dir)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-alice"), 201)
	_, _ = fmt.Fprintln(os.Stdout, "created")
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func TestSweepAfterAProcessWasKilled(t *testing.T) {
	base, content := newProvider(t)
	before := content()
	dir := t.TempDir()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledProcess$")
	child.Env = append(os.Environ(), killedTarget+"="+base+" "+dir)
	stdin, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "created\n" {
		t.Fatalf("the process said %q, %v", line, err)
	}
	if result := mustSweep(t, base, dir); len(result.Running) != 1 || len(result.Removed) != 0 {
		t.Errorf("while it lives: %+v", result)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
	if result := mustSweep(t, base, dir); len(result.Removed) != 1 || len(result.Journals) != 1 {
		t.Errorf("when it is dead: %+v", result)
	}
	if after := content(); after != before {
		t.Errorf("the target is not as it was:\n%s", after)
	}
}
