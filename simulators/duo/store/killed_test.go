package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store/storetest"
)

// A child is this test program again, with a state to work on and a task.
const (
	childState = "STORE_CHILD"
	childTask  = "STORE_CHILD_TASK"
)

func child(where, task string) int {
	s, err := store.Open(context.Background(), where, "Secure Access")
	if err != nil {
		fmt.Fprintln(os.Stdout, "error:", err)
		return 1
	}
	switch task {
	case "once":
		err = s.Commit(context.Background(), store.Batch{PutUsers: []store.User{user("a", "1")}})
	default:
		err = work(s, task)
	}
	if err = errors.Join(err, s.Close()); err != nil {
		fmt.Fprintln(os.Stdout, "error:", err)
		return 1
	}
	return 0
}

// work commits for ever, eight at a time, and tells each link when it is durable.
// It stops at the first error.
func work(s store.Store, name string) error {
	failed := make(chan error)
	for w := range 8 {
		go func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("%s-%d-%d", name, w, i)
				ref := store.Ref{Kind: store.UserKind, Key: key}
				err := s.Commit(context.Background(), store.Batch{OpenIntents: []store.Intent{{Kind: ref.Kind, Key: key, Operation: "create"}}})
				if err == nil {
					err = s.Commit(context.Background(), store.Batch{
						CloseIntents: []store.Ref{ref}, PutUsers: []store.User{user(key, key)}, Join: []store.Membership{{Group: "g", User: key}},
						Entries: []store.Entry{{ID: key, Time: noon}},
					})
				}
				if err != nil {
					failed <- err
					return
				}
				fmt.Fprintln(os.Stdout, key)
			}
		}()
	}
	return <-failed
}

func childOf(t *testing.T, where, task string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), childState+"="+where, childTask+"="+task)
	return cmd
}

func TestAKilledProcessLosesNothingThatWasCommitted(t *testing.T) {
	const rounds = 12
	for name, where := range map[string]func(*testing.T) string{
		"sqlite":     func(t *testing.T) string { return filepath.Join(t.TempDir(), "state.db") },
		"postgresql": storetest.Postgres,
	} {
		t.Run(name, func(t *testing.T) {
			at := where(t)
			told := map[string]bool{}
			for round := range rounds {
				killed(t, at, fmt.Sprint(round), rand.IntN(300), told)
				consistent(t, at, told)
			}
			if len(told) < rounds {
				t.Errorf("only %d links were told: the test proves little", len(told))
			}
		})
	}
}

// killed lets a child work until it has told so many links, and kills it.
func killed(t *testing.T, where, name string, after int, told map[string]bool) {
	t.Helper()
	cmd := childOf(t, where, name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		if n == after {
			_ = cmd.Process.Kill()
		}
		if strings.HasPrefix(lines.Text(), "error:") {
			t.Fatal(lines.Text())
		}
		told[lines.Text()] = true
	}
	_ = cmd.Wait()
}

// consistent says whether each link that was told is there, and each link has
// its entry and its membership, and no request under way.
func consistent(t *testing.T, where string, told map[string]bool) {
	t.Helper()
	s := open(t, where)
	defer func() { _ = s.Close() }()
	entries, members := map[string]int{}, map[string]bool{}
	for _, e := range all(t, s.Entries(t.Context(), store.Query{})) {
		entries[e.ID]++
	}
	for _, key := range all(t, s.Members(t.Context(), "g")) {
		members[key] = true
	}
	linked := map[string]bool{}
	for _, u := range all(t, s.Users(t.Context())) {
		linked[u.Key] = true
		if entries[u.Key] != 1 || !members[u.Key] {
			t.Errorf("%s has %d entries, is a member: %t", u.Key, entries[u.Key], members[u.Key])
		}
	}
	for key := range told {
		if !linked[key] {
			t.Errorf("%s was told to be durable and is lost", key)
		}
	}
	for _, i := range all(t, s.Intents(t.Context())) {
		if linked[i.Key] {
			t.Errorf("%s is linked and its request is still under way", i.Key)
		}
	}
	if len(entries) != len(linked) || len(members) != len(linked) {
		t.Errorf("%d links, %d entries, %d members", len(linked), len(entries), len(members))
	}
}
