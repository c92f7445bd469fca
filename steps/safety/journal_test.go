package safety

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func readFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestJournalSaysWhatIsOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "journal")
	j, err := OpenJournal(dir, "https://Example.com/scim/v2/", testMarker)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		j.intend(journalIntent{Seq: 1, Method: "POST", Path: "/Users", Names: names{"userName": "sduo-0a1b2c3d-1"}}),
		j.created(1, "/Users/17", false),
		j.intend(journalIntent{Seq: 2, Method: "POST", Path: "/Users"}),
		j.settled(2),
		j.intend(journalIntent{Seq: 3, Method: "POST", Path: "/Groups", Names: names{"displayName": "sduo-0a1b2c3d"}}),
		j.intend(journalIntent{Seq: 4, Method: "POST", Path: "/Users"}),
		j.created(4, "/Users/18", false),
		j.gone("/Users/18"),
		j.gone("/Users/17"),
		j.created(5, "/Users/17", false),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	path := j.file.Name()
	record := parseJournal([]byte(readFile(t, path)))
	if record.header.Target != "https://example.com/scim/v2" || record.header.Marker != testMarker || record.header.PID != os.Getpid() {
		t.Errorf("header: %+v", record.header)
	}
	if want := []string{"/Users/17", "/Users/17"}; !reflect.DeepEqual(record.paths, want) {
		t.Errorf("paths: %v, want %v: an id that was used again is there again", record.paths, want)
	}
	if len(record.doubtful) != 1 || record.doubtful[0].Names["displayName"] != "sduo-0a1b2c3d" {
		t.Errorf("in doubt: %+v", record.doubtful)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, dir: 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if err := j.Close(false); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the journal of a run that was not clean: %v", err)
	}
}

func TestJournalOfACleanRunIsRemoved(t *testing.T) {
	dir := t.TempDir()
	j, err := OpenJournal(dir, "https://example.com", testMarker)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(true); err != nil {
		t.Fatal(err)
	}
	if files, err := journalFiles(dir); err != nil || len(files) != 0 {
		t.Errorf("left: %v, %v", files, err)
	}
}

func TestJournalIsLockedWhileItsRunLives(t *testing.T) {
	j, err := OpenJournal(t.TempDir(), "https://example.com", testMarker)
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.OpenFile(j.file.Name(), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	if lockFile(other) == nil {
		t.Error("a living run's journal could be locked")
	}
	if err := j.Close(false); err != nil {
		t.Fatal(err)
	}
	if err := lockFile(other); err != nil {
		t.Errorf("a dead run's journal could not be locked: %v", err)
	}
}

func TestJournalCannotBeStarted(t *testing.T) {
	t.Run("where a file is in the way of the folder", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenJournal(filepath.Join(file, "journal"), "https://example.com", testMarker); err == nil {
			t.Error("no error")
		}
	})
	t.Run("twice with the same marker", func(t *testing.T) {
		dir := t.TempDir()
		j, err := OpenJournal(dir, "https://example.com", testMarker)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = j.Close(true) }()
		if _, err := OpenJournal(dir, "https://example.com", testMarker); err == nil {
			t.Error("no error")
		}
	})
}

func TestNothingIsCreatedThatTheJournalDoesNotKnow(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	_, client := r.scope()
	if err := r.journal.file.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := do(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1")); err == nil || !strings.Contains(err.Error(), "journal") {
		t.Errorf("got %v", err)
	}
	if got := f.requests(""); len(got) != 0 {
		t.Errorf("the target saw %v", got)
	}
}

func TestJournalHoldsNothingPersonalAndNoToken(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", `{"userName":"sduo-0a1b2c3d-1","displayName":"Jane Roe","name":{"familyName":"Roe"},"password":"hush"}`, 201)
	got := readFile(t, r.journal.file.Name())
	for _, secret := range []string{testToken, "Jane", "Roe", "hush"} {
		if strings.Contains(got, secret) {
			t.Errorf("the journal contains %q:\n%s", secret, got)
		}
	}
	if !strings.Contains(got, `"userName":"sduo-0a1b2c3d-1"`) {
		t.Errorf("the journal does not contain the marked name:\n%s", got)
	}
}

func TestJournalIsReadWhereverItWasTorn(t *testing.T) {
	const whole = `{"run":{"target":"https://example.com","marker":"sduo-0a1b2c3d","pid":1,"started":"2026-01-02T03:04:05Z"}}
{"intent":{"seq":1,"method":"POST","path":"/Users","names":{"userName":"sduo-0a1b2c3d-1"}}}
{"created":{"seq":1,"path":"/Users/17"}}
{"gone":"/Users/17"}
`
	lines := strings.SplitAfter(whole, "\n")
	for cut := range len(whole) + 1 {
		r := parseJournal([]byte(whole[:cut]))
		said := func(line int) bool { return cut >= len(strings.Join(lines[:line], ""))-1 }
		if (r.header.Marker != "") != said(1) || len(r.doubtful) == 1 != (said(2) && !said(3)) || len(r.paths) == 1 != (said(3) && !said(4)) {
			t.Fatalf("torn at byte %d: %+v", cut, r)
		}
	}
}

func FuzzParseJournal(f *testing.F) {
	f.Add([]byte("{\"run\":{}}\n{\"intent\":{\"seq\":1}}\n{\"created\":{\"seq\":1,\"path\":\"/Users/1\"}}\n{\"gone\":\"/Users/1\"}\n"))
	f.Add([]byte("{\"created\":null}\n\x00{}\n[]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := parseJournal(data)
		for _, p := range r.paths {
			if path, ok := parsePathText(p); ok {
				if again, ok := parsePathText(pathText(path)); !ok || !reflect.DeepEqual(again, path) {
					t.Errorf("%q is %q and then %q", p, path, again)
				}
			}
		}
	})
}
