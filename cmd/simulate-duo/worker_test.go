package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store/storetest"
	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

// staff is a directory of so many people in one group, without those who leave.
func staff(people int, leaves func(i int) bool) string {
	var users strings.Builder
	n := 0
	for i := range people {
		if !leaves(i) {
			fmt.Fprintf(&users, `{"key":"DU%018d","username":"person%d@example.com","groups":["Staff"]}`+"\n", i, i)
			n++
		}
	}
	return fmt.Sprintf(`{"directory":{"users":%d,"groups":1}}`+"\n"+`{"key":"DG%018d","name":"Staff"}`+"\n", n, 0) + users.String()
}

// sharedCompany is a target, a state in PostgreSQL and files, for workers.
type sharedCompany struct {
	t             *testing.T
	dir, state    string
	target        *httptest.Server
	expected      int64        // people
	creations     atomic.Int64 // answered
	deactivations atomic.Int64 // PATCH requests on users
	half          chan struct{}
}

func newSharedCompany(t *testing.T, people int) *sharedCompany {
	t.Helper()
	c := &sharedCompany{t: t, dir: t.TempDir(), state: storetest.Postgres(t), half: make(chan struct{}), expected: int64(people)}
	p, err := provider.New(provider.Config{})
	if err != nil {
		t.Fatal(err)
	}
	c.target = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.ServeHTTP(w, r)
		if r.Method == http.MethodPatch && strings.HasPrefix(r.URL.Path, "/Users/") {
			c.deactivations.Add(1)
		}
		if r.Method == http.MethodPost && r.URL.Path == "/Users" && c.creations.Add(1) == c.expected/2 {
			close(c.half)
		}
	}))
	t.Cleanup(c.target.Close)
	write(t, c.dir, "app.yaml", watchedApp)
	write(t, c.dir, "people.jsonl", staff(people, func(int) bool { return false }))
	return c
}

func (c *sharedCompany) args(command string, more ...string) []string {
	return append([]string{
		command, "--config", filepath.Join(c.dir, "app.yaml"), "--directory", filepath.Join(c.dir, "people.jsonl"),
		"--state", c.state, "--target", c.target.URL,
	}, more...)
}

// worker starts a process, which is killed in the end at the latest. The function kills
// it now.
func (c *sharedCompany) worker() (out, talk *bufio.Scanner, kill func()) {
	c.t.Helper()
	self, err := os.Executable()
	if err != nil {
		c.t.Fatal(err)
	}
	cmd := exec.CommandContext(c.t.Context(), self)
	cmd.Args = append([]string{"simulate-duo"}, c.args("worker", "--interval", "2s", "--slice", "1s", "--rescue", "5s", "--workers", "4")...)
	cmd.Env = append(os.Environ(), "SCIM_TOKEN="+canary)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	kill = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	c.t.Cleanup(kill)
	return bufio.NewScanner(stdout), bufio.NewScanner(stderr), kill
}

// Two workers provision a company. One is killed in the middle, and the other one brings
// it to the same end; it goes on with what changes, and stops before too many leave.
func TestWorkersShareACycleAndOneMayDie(t *testing.T) {
	if testing.Short() {
		t.Skip("waits until a process is taken for dead")
	}
	const people = 4000
	c := newSharedCompany(t, people)
	lostOut, lostTalk, kill := c.worker()
	out, talk, _ := c.worker()
	go drain(lostOut)
	lost := make(chan string, 1)
	go func() { lost <- drain(lostTalk) }()
	told := make(chan string, 1000)
	go func() {
		for talk.Scan() {
			select {
			case told <- talk.Text():
			default:
			}
		}
	}()
	select {
	case <-c.half:
	case why := <-lost:
		t.Fatalf("the worker has ended: %s", why)
	}
	kill()
	saysInTheEnd(t, out, "1 created, 1 with other members")
	c.equal("a worker was killed")

	write(t, c.dir, "people.jsonl", staff(people, func(i int) bool { return i < 5 }))
	saysInTheEnd(t, out, "5 deactivated; groups: 1 with other members")
	c.equal("five have left")

	write(t, c.dir, "people.jsonl", staff(people, func(i int) bool { return i < people/2 }))
	for line := range told {
		if strings.Contains(line, "would deprovision 1995 of 3995 users") {
			break
		}
	}
	if n := c.deactivations.Load(); n != 5 {
		t.Errorf("%d people were deactivated, want 5", n)
	}
}

// saysInTheEnd reads lines up to one with the text.
func saysInTheEnd(t *testing.T, lines *bufio.Scanner, want string) {
	t.Helper()
	for lines.Scan() {
		if strings.Contains(lines.Text(), want) {
			return
		}
	}
	t.Fatalf("it has ended and did not say %q", want)
}

// drain reads until the process ends, and returns what it said.
func drain(lines *bufio.Scanner) string {
	var all []string
	for lines.Scan() {
		all = append(all, lines.Text())
	}
	return strings.Join(all, "\n")
}

// equal holds that the target equals the directory, that nobody has two accounts, and
// that the log tells of each.
func (c *sharedCompany) equal(when string) {
	c.t.Helper()
	getenv := func(name string) string { return map[string]string{"SCIM_TOKEN": canary}[name] }
	var out strings.Builder
	if code := run(c.t.Context(), c.args("verify"), environment{getenv: getenv, stdin: strings.NewReader(""), stdout: &out, stderr: &out}); code != exitPassed {
		c.t.Errorf("%s: verify answers %d: %s", when, code, &out)
	}
	if n := c.creations.Load(); n != c.expected {
		c.t.Errorf("%s: %d creations for %d people", when, n, c.expected)
	}
	s, err := store.OpenReadOnly(c.t.Context(), c.state, "My App")
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	told := map[string]int{}
	for e, err := range s.Entries(c.t.Context(), store.Query{}) {
		if err != nil {
			c.t.Fatal(err)
		}
		told[e.Affected.Key]++
	}
	for i := range c.expected {
		if n := told[fmt.Sprintf("DU%018d", i)]; n == 0 || n > 2 {
			c.t.Fatalf("%s: the log has %d entries about person %d", when, n, i)
		}
	}
}

func TestAWorkerNeedsAStateThatCanBeShared(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "app.yaml", watchedApp)
	write(t, dir, "people.jsonl", staff(1, func(int) bool { return false }))
	var talk strings.Builder
	code := run(t.Context(), []string{
		"worker", "--config", filepath.Join(dir, "app.yaml"), "--directory", filepath.Join(dir, "people.jsonl"),
		"--state", filepath.Join(dir, "state.db"), "--target", "https://example.com/scim",
	}, environment{getenv: func(string) string { return canary }, stdin: strings.NewReader(""), stdout: io.Discard, stderr: &talk})
	if code != exitCannot || !strings.Contains(talk.String(), "a file belongs to one process at a time: give the postgres://…") {
		t.Errorf("exit status %d: %s", code, &talk)
	}
	if _, err := os.Stat(filepath.Join(dir, "state.db")); err == nil {
		t.Error("it has made a state")
	}
}

func TestAWorkerRefusesAStateOfAnotherTarget(t *testing.T) {
	c := newSharedCompany(t, 3)
	ran := func(args []string) (code int, said string) {
		var out strings.Builder
		getenv := func(name string) string { return map[string]string{"SCIM_TOKEN": canary}[name] }
		code = run(t.Context(), args, environment{getenv: getenv, stdin: strings.NewReader(""), stdout: &out, stderr: &out})
		return code, out.String()
	}
	if code, said := ran(c.args("sync")); code != exitPassed {
		t.Fatal(said)
	}
	code, said := ran(c.args("worker", "--target", "http://127.0.0.1:1"))
	if code != exitCannot || !strings.Contains(said, "the state was made with the target "+c.target.URL) {
		t.Errorf("%d: %s", code, said)
	}
}
