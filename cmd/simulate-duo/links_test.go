package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// state makes a state with two users, a group and a failure.
func state(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "state.db")
	s := openState(t, name)
	at := time.Date(2026, 3, 18, 12, 0, 0, 0, time.Local)
	err := s.Commit(t.Context(), store.Batch{
		PutUsers: []store.User{
			{Key: "DUJOSUE0000000000001", ID: "id-1", Username: "josue@example.com", Active: true, Since: at, Changed: at},
			{Key: "DUNAOMI0000000000005", ID: "id-2", Username: "naomi@example.com", Since: at, Changed: at},
		},
		PutGroups: []store.Group{{Key: "DGUSERS0000000000001", ID: "id-3", Name: "DUO - Users", Since: at, Changed: at}},
		Join:      []store.Membership{{Group: "DGUSERS0000000000001", User: "DUJOSUE0000000000001"}},
		PutFailures: []store.Failure{
			{Kind: store.UserKind, Key: "DUJOSUE0000000000001", Reason: "the target answered 500", Since: at, Last: at},
			{Kind: store.UserKind, Key: "DUZOE000000000000002", Name: "zoe\x1b[31m", Reason: "the target answered 409", Since: at, Last: at},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

func openState(t *testing.T, name string) store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), name, "Secure Access")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// runs runs the program and demands an exit code.
func runs(t *testing.T, code int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, talk bytes.Buffer
	if got := run(t.Context(), args, environment{getenv: os.Getenv, stdin: strings.NewReader(""), stdout: &out, stderr: &talk}); got != code {
		t.Errorf("%q ends with %d, want %d\n%s%s", args, got, code, &out, &talk)
	}
	return out.String(), talk.String()
}

func TestLinksShowWhatIsLinkedToWhatSinceWhenAndWhatWentWrong(t *testing.T) {
	name := state(t)
	out, _ := runs(t, exitPassed, "links", "--state", name)
	want := `KIND   KEY                   NAME                                  TARGET                                STATE        SINCE                LAST ERROR
user   DUJOSUE0000000000001  josue@example.com                     id-1                                  active       2026-03-18 12:00:00  the target answered 500
user   DUNAOMI0000000000005  naomi@example.com                     id-2                                  deactivated  2026-03-18 12:00:00
group  DGUSERS0000000000001  DUO - Users                           id-3                                  active       2026-03-18 12:00:00
user   DUZOE000000000000002  zoe\x1b[31m                                                                 not linked   2026-03-18 12:00:00  the target answered 409
`
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
	out, _ = runs(t, exitPassed, "links", "--state", name, "--format", "json")
	if lines := strings.Split(strings.TrimSpace(out), "\n"); len(lines) != 4 || !strings.Contains(lines[0], `"error":"the target answered 500"`) {
		t.Errorf("got\n%s", out)
	}
}

func TestALinkIsRemovedWhileNoSyncIsRunning(t *testing.T) {
	name := state(t)
	s := openState(t, name)
	_, talk := runs(t, exitCannot, "links", "remove", "josue@example.com", "--state", name)
	if !strings.Contains(talk, "another process uses the state") || !strings.Contains(talk, "while no sync is running") {
		t.Errorf("while a sync is running: %s", talk)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	out, _ := runs(t, exitPassed, "links", "remove", "JOSUE@example.com", "--state", name)
	if !strings.Contains(out, "removed the link of the user josue@example.com (DUJOSUE0000000000001) to id-1") {
		t.Errorf("got %s", out)
	}
	runs(t, exitPassed, "links", "remove", "--group", "id-3", "--state", name)
	out, _ = runs(t, exitPassed, "links", "--state", name)
	if strings.Contains(out, "josue") || strings.Contains(out, "DUO - Users") || !strings.Contains(out, "naomi") {
		t.Errorf("left are\n%s", out)
	}
	for what, args := range map[string][]string{
		"no user \"josue@example.com\" is linked": {"links", "remove", "josue@example.com", "--state", name},
		"--state FILE":   {"links"},
		"no such file":   {"links", "--state", name + "x"},
		"name one of":    {"links", "remove", "naomi@example.com", "--state", name, "--application", "Webex"},
		"table and json": {"links", "--state", name, "--format", "xml"},
		"0 arguments given: the command is simulate-duo links remove": {"links", "remove", "--state", name},
	} {
		if _, talk := runs(t, exitCannot, args...); !strings.Contains(talk, what) {
			t.Errorf("%q: %s", args, talk)
		}
	}
}
