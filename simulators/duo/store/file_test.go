package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store/storetest"
)

// filled is the name of a closed state with some hundred links.
func filled(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "state.db")
	s := open(t, name)
	for i := range 300 {
		key := strings.Repeat("k", i+1)
		commit(t, s, store.Batch{PutUsers: []store.User{user(key, key)}, Entries: []store.Entry{{ID: key, Time: noon}}})
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

// refused opens a state and demands an error that names the file, is this
// reason, and says what to do.
func refused(t *testing.T, name string, reason error, remedy string) {
	t.Helper()
	s, err := store.Open(t.Context(), name, "Secure Access")
	if err == nil {
		_ = s.Close()
		t.Fatal("it was opened")
	}
	if reason != nil && !errors.Is(err, reason) {
		t.Errorf("got %v, want %v", err, reason)
	}
	for _, says := range []string{name, remedy} {
		if !strings.Contains(err.Error(), says) {
			t.Errorf("%v does not say %q", err, says)
		}
	}
}

func TestAStateIsKeptInOneFileThatCanBeCopied(t *testing.T) {
	name := filled(t)
	if left, _ := filepath.Glob(name + "-*"); len(left) > 0 {
		t.Errorf("after closing there are %q as well", left)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	data, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(copied, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, copied)
	defer func() { _ = s.Close() }()
	equal(t, "users", len(all(t, s.Users(t.Context()))), 300)
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read it: %v, %v", info.Mode(), err)
	}
}

func TestAStateHoldsSeveralApplicationsApart(t *testing.T) {
	for kind, where := range map[string]func(*testing.T) string{"sqlite": filled, "postgresql": storetest.Postgres} {
		t.Run(kind, func(t *testing.T) {
			at := where(t)
			first := open(t, at)
			commit(t, first, store.Batch{PutUsers: []store.User{user("one", "one")}})
			if err := first.Close(); err != nil {
				t.Fatal(err)
			}
			second, err := store.Open(t.Context(), at, "Webex")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = second.Close() }()
			commit(t, second, store.Batch{PutUsers: []store.User{user("one", "one")}})
			equal(t, "users of the second", len(all(t, second.Users(t.Context()))), 1)
			names, err := store.Applications(t.Context(), at)
			equal(t, "applications", []any{names, err}, []any{[]string{"Secure Access", "Webex"}, error(nil)})
			if _, err := store.OpenReadOnly(t.Context(), at, ""); err == nil || !strings.Contains(err.Error(), "name one of") {
				t.Errorf("without a name: %v", err)
			}
			if _, err := store.OpenReadOnly(t.Context(), at, "Slack"); err == nil || !strings.Contains(err.Error(), `no state of the application "Slack"`) {
				t.Errorf("an unknown name: %v", err)
			}
		})
	}
}

func TestASecondProcessSaysSoAndAReaderIsWelcome(t *testing.T) {
	for kind, where := range map[string]func(*testing.T) string{"sqlite": filled, "postgresql": storetest.Postgres} {
		t.Run(kind, func(t *testing.T) {
			at := where(t)
			first := open(t, at)
			second := childOf(t, at, "once")
			out, err := second.Output()
			if err == nil || !strings.Contains(string(out), store.ErrInUse.Error()) || !strings.Contains(string(out), "wait until it has ended, or end it") {
				t.Errorf("a second process: %v, %s", err, out)
			}
			commit(t, first, store.Batch{PutUsers: []store.User{user("new", "new")}})
			reader, err := store.OpenReadOnly(t.Context(), at, "")
			if err != nil {
				t.Fatal(err)
			}
			if _, ok, err := reader.User(t.Context(), "new"); !ok || err != nil {
				t.Errorf("a reader does not see what was committed: %t, %v", ok, err)
			}
			if err := reader.Commit(t.Context(), store.Batch{}); err == nil {
				t.Error("a reader may write")
			}
			if err := errors.Join(reader.Close(), first.Close(), first.Close()); err != nil {
				t.Error(err)
			}
			if err := first.Commit(t.Context(), store.Batch{}); err == nil {
				t.Error("a closed state may be written")
			}
			if out, err := childOf(t, at, "once").Output(); err != nil {
				t.Errorf("after the first has ended: %v, %s", err, out)
			}
		})
	}
}

func TestAFileThatIsNoWholeStateIsRefused(t *testing.T) {
	edit := func(change func([]byte) []byte) func(*testing.T, string) {
		return func(t *testing.T, name string) {
			t.Helper()
			data, err := os.ReadFile(name)
			if err == nil {
				err = os.WriteFile(name, change(data), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	execute := func(statement string) func(*testing.T, string) {
		return func(t *testing.T, name string) {
			t.Helper()
			db, err := sql.Open("sqlite", name)
			if err == nil {
				_, err = db.ExecContext(t.Context(), statement)
			}
			if err = errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		harm   func(*testing.T, string)
		reason error
		remedy string
	}{
		"empty":              {edit(func([]byte) []byte { return nil }), store.ErrCorrupt, "bring back a copy, or remove the file to begin anew"},
		"cut in half":        {edit(func(b []byte) []byte { return b[:len(b)/2] }), store.ErrCorrupt, "bring back a copy"},
		"cut in the header":  {edit(func(b []byte) []byte { return b[:50] }), store.ErrCorrupt, "bring back a copy"},
		"no database":        {edit(func([]byte) []byte { return []byte(strings.Repeat("users:\n", 1000)) }), store.ErrCorrupt, "bring back a copy"},
		"zeros in it":        {edit(func(b []byte) []byte { clear(b[4096:]); return b }), store.ErrCorrupt, "bring back a copy"},
		"another program's":  {execute("PRAGMA application_id = 7"), store.ErrCorrupt, "name another file"},
		"of a later version": {execute("PRAGMA user_version = 99"), store.ErrNewer, "use the newer program"},
	} {
		t.Run(name, func(t *testing.T) {
			state := filled(t)
			c.harm(t, state)
			before, _ := os.ReadFile(state)
			refused(t, state, c.reason, c.remedy)
			if after, _ := os.ReadFile(state); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
			if _, err := store.OpenReadOnly(t.Context(), state, ""); err == nil {
				t.Error("it was opened for reading")
			}
		})
	}
	t.Run("a folder", func(t *testing.T) { refused(t, t.TempDir(), nil, "name a file") })
	t.Run("in no folder", func(t *testing.T) { refused(t, filepath.Join(t.TempDir(), "no", "state.db"), nil, "make it first") })
	t.Run("nothing to read", func(t *testing.T) {
		if _, err := store.OpenReadOnly(t.Context(), filepath.Join(t.TempDir(), "state.db"), ""); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v", err)
		}
	})
}

func TestDamageThatShowsLaterIsToldWhereItShows(t *testing.T) {
	name := filled(t)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for page := len(data) / 4096 / 2; page < len(data)/4096; page++ {
		copy(data[page*4096:], bytes.Repeat([]byte{0xA5}, 4096))
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), name, "Secure Access")
	if err == nil {
		defer func() { _ = s.Close() }()
		for _, problem := range s.Users(t.Context()) {
			err = errors.Join(err, problem)
		}
		for _, problem := range s.Entries(t.Context(), store.Query{}) {
			err = errors.Join(err, problem)
		}
	}
	if !errors.Is(err, store.ErrCorrupt) || !strings.Contains(err.Error(), name) {
		t.Errorf("got %v", err)
	}
}

func TestAFullDiskIsToldAndNothingOfTheBatchIsWritten(t *testing.T) {
	dir := t.TempDir()
	if err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", dir).Run(); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := exec.CommandContext(context.Background(), "umount", dir).Run(); err != nil {
			t.Error(err)
		}
	})
	name := filepath.Join(dir, "state.db")
	out, err := childOf(t, name, "full").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "free space on the disk and run again") {
		t.Fatalf("%v: %.2000s", err, out)
	}
	told := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		if !strings.HasPrefix(line, "error:") {
			told[strings.TrimSpace(line)] = true
		}
	}
	if err := exec.CommandContext(t.Context(), "mount", "-o", "remount,size=4m", dir).Run(); err != nil {
		t.Fatal(err)
	}
	consistent(t, name, told)
}

func TestAFileThatCannotBeWrittenIsTold(t *testing.T) {
	if _, err := exec.LookPath("runuser"); err != nil || os.Geteuid() != 0 {
		t.Skip("only root can try it as another user")
	}
	dir, err := os.MkdirTemp("", "state") //nolint:usetesting // others may not enter a folder of the test
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, state := filepath.Join(dir, "program"), filepath.Join(dir, "state.db")
	for to, from := range map[string]string{program: self, state: filled(t)} {
		data, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(to, data, 0o755)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	asNobody := func() (string, error) {
		cmd := exec.CommandContext(t.Context(), "runuser", "-u", "nobody", "--", program)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), childState+"="+state, childTask+"=once")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for mode, what := range map[os.FileMode]string{0o777: "the file", 0o755: "the folder"} {
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		_ = os.Remove(state + ".lock") // which another mode may have left
		out, err := asNobody()
		if err == nil || !strings.Contains(out, state) || !strings.Contains(out, "allow this user to") {
			t.Errorf("%s is not writable: %v, %s", what, err, out)
		}
	}
}
