package safety

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// die is what a kill does to a run: its memory and its locks are gone, only the
// file of the journal stays.
func (r *rig) die() {
	if err := r.journal.file.Close(); err != nil {
		r.t.Fatal(err)
	}
}

func sweepNow(t *testing.T, base, dir string, options SweepOptions) (SweepResult, error) {
	t.Helper()
	if options.Now == nil {
		options.Now = longAfter
	}
	s := newSweeper(&wire.Client{BaseURL: base, Token: testToken}, options)
	s.sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return s.run(t.Context(), dir)
}

// longAfter is an hour in which the runs of the tests' markers must have ended.
func longAfter() time.Time { return time.Unix(0x800*3600, 0) }

func mustSweep(t *testing.T, base, dir string) SweepResult {
	t.Helper()
	result, err := sweepNow(t, base, dir, SweepOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestSweepRemovesWhatIsMarkedAndNothingElse(t *testing.T) {
	for _, test := range []struct {
		name string
		set  func(f *foreignTarget)
	}{
		{"from a target that behaves", func(*foreignTarget) {}},
		{"from one that ignores filters", func(f *foreignTarget) { f.ignoreFilters = true }},
		{"from one that ignores filters and pages", func(f *foreignTarget) { f.ignoreFilters, f.ignorePages = true, true }},
		{"from one that refuses filters", func(f *foreignTarget) {
			f.around = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
				if r.URL.Query().Has("filter") {
					answer(w, 400, nil)
				}
				return r.URL.Query().Has("filter")
			}
		}},
		{"from one that refuses a startIndex behind the end", func(f *foreignTarget) {
			f.around = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
				refused := strings.Contains(r.URL.RawQuery, "startIndex=303")
				if refused {
					answer(w, 400, nil)
				}
				return refused
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newForeignTarget(t)
			for i := range 300 {
				f.add("Users", user(fmt.Sprintf("employee-%d", i)))
			}
			f.add("Groups", `{"displayName":"staff","members":[{"display":"sduo-0a1b2c3d-1","value":"x"}]}`)
			before := f.content()
			test.set(f)
			f.add("Users", user("sduo-0a1b2c3d-1"))
			f.add("Users", `{"userName":"x","emails":[{"value":"sduo-99999999-2@example.com"}]}`)
			f.add("Groups", group("SDUO-99999999"))
			result := mustSweep(t, f.URL, t.TempDir())
			if want := []string{"/Groups/304", "/Users/302", "/Users/303"}; !reflect.DeepEqual(result.Removed, want) || len(result.Left) != 0 {
				t.Errorf("removed %v, want %v; left %v", result.Removed, want, result.Left)
			}
			if after := f.content(); after != before {
				t.Errorf("the target was changed: %s", lastLines(after, 30))
			}
		})
	}
}

func TestSweepFollowsTheJournalWhereNoListLeads(t *testing.T) {
	f := newForeignTarget(t)
	f.add("Users", user("ann"))
	before := f.content()
	f.around = func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) bool {
		isWalk := r.Method == "GET" && strings.Count(r.URL.Path, "/") == 1 && !r.URL.Query().Has("filter")
		if isWalk {
			answer(w, 403, nil)
		}
		if strings.Contains(r.Header.Get("X-Test"), "lose the answer") {
			serve(discarding{}, r)
			answer(w, 500, nil)
			return true
		}
		return isWalk
	}
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	_, err := client.Do(t.Context(), wire.Request{
		Method: "POST", Path: []string{"Users"}, Body: []byte(user(`sduo-0a1b2c3d-"quoted"`)),
		Header: http.Header{"X-Test": {"lose the answer"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	r.die()
	result := mustSweep(t, f.URL, r.dir)
	if after := f.content(); after != before {
		t.Errorf("the target was changed: %s", after)
	}
	if len(result.Removed) != 2 || len(result.Left) != 2 {
		t.Errorf("got %+v, want two removed, and two collections that could not be walked", result)
	}
	if len(result.Journals) != 0 {
		t.Errorf("the journals %v were removed although the walk may have missed something", result.Journals)
	}
}

type discarding struct{}

func (discarding) Header() http.Header         { return http.Header{} }
func (discarding) Write(b []byte) (int, error) { return len(b), nil }
func (discarding) WriteHeader(int)             {}

func TestSweepTakesTheJournalsOfItsTargetAlone(t *testing.T) {
	f, other := newForeignTarget(t), newForeignTarget(t)
	dir := t.TempDir()
	for _, at := range []struct {
		base   string
		marker Marker
	}{{f.URL, testMarker}, {other.URL, otherMarker}} {
		r := newRigIn(t, at.base, at.marker, dir)
		_, client := r.scope()
		mustDo(t, client, "POST", "/Users", user(string(at.marker)+"-1"), 201)
		r.die()
	}
	result := mustSweep(t, strings.ToUpper(f.URL[:4])+f.URL[4:]+"/", dir)
	if want := []string{filepath.Join(dir, "sduo-0a1b2c3d.jsonl")}; !reflect.DeepEqual(result.Journals, want) {
		t.Errorf("journals removed: %v, want %v", result.Journals, want)
	}
	if !strings.Contains(other.content(), "sduo") {
		t.Error("the other target was swept")
	}
	mustSweep(t, other.URL, dir)
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
		t.Errorf("left: %v, %v", files, err)
	}
}

func TestSweepLeavesALivingRunAlone(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	f.add("Users", user("sduo-99999999-dead"))
	result := mustSweep(t, f.URL, r.dir)
	if want := []Marker{testMarker}; !reflect.DeepEqual(result.Running, want) || !reflect.DeepEqual(result.Removed, []string{"/Users/2"}) {
		t.Errorf("got %+v", result)
	}
	wantNothingLeft(t, r.guard.Cleanup(t.Context()))
	r.die()
	if result := mustSweep(t, f.URL, r.dir); len(result.Journals) != 1 || len(result.Running) != 0 {
		t.Errorf("once it is dead: %+v", result)
	}
}

// A run on another machine has its journal there.
func TestSweepLeavesAYoungRunOfAnotherMachineAlone(t *testing.T) {
	f := newForeignTarget(t)
	f.add("Users", user("sduo-7ff00000-1"))
	f.add("Users", user("sduo-0a1b2c3d-1"))
	result := mustSweep(t, f.URL, t.TempDir())
	if want := []Marker{"sduo-7ff00000"}; !reflect.DeepEqual(result.Young, want) || !reflect.DeepEqual(result.Removed, []string{"/Users/2"}) {
		t.Errorf("got %+v", result)
	}
	result, err := sweepNow(t, f.URL, t.TempDir(), SweepOptions{Marks: []Marker{"sduo-7ff00000"}})
	if err != nil || !reflect.DeepEqual(result.Removed, []string{"/Users/1"}) {
		t.Errorf("once it is named: %+v, %v", result, err)
	}
}

func TestSweepOfAYoungRunThatItsJournalKnowsToBeDead(t *testing.T) {
	f := newForeignTarget(t)
	r := newRigIn(t, f.URL, "sduo-7ff00000", t.TempDir())
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-7ff00000-1"), 201)
	r.die()
	if result := mustSweep(t, f.URL, r.dir); len(result.Removed) != 1 || len(result.Young) != 0 {
		t.Errorf("got %+v", result)
	}
}

func TestSweepRemovesWhatTheJournalTellsWhereListsHang(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	r.die()
	f.around = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
		isList := r.Method == "GET" && strings.Count(r.URL.Path, "/") == 1
		if isList {
			drop(w, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{")
		}
		return isList
	}
	result := mustSweep(t, f.URL, r.dir)
	if !reflect.DeepEqual(result.Removed, []string{"/Users/1"}) || len(result.Journals) != 0 {
		t.Errorf("got %+v", result)
	}
}

func TestSweepChecksRightBeforeItDeletes(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	mustDo(t, client, "PATCH", "/Users/1", `{"userName":"ann"}`, 204)
	r.die()
	listed := f.add("Users", user("sduo-99999999-listed"))
	f.around = only("GET", "/Users/"+listed, func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		answer(w, 200, scim.NewObject(scim.Member{Name: "userName", Value: "renamed in the meantime"}))
	})
	result := mustSweep(t, f.URL, r.dir)
	if len(result.Removed) != 0 || len(result.Left) != 2 || len(f.requests("DELETE")) != 0 {
		t.Errorf("got %+v and %v", result, f.requests("DELETE"))
	}
}

func TestSweepTellsWhatIsStillThereAndKeepsItsJournal(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	r.die()
	f.around = only("DELETE", "/", status(405))
	result := mustSweep(t, f.URL, r.dir)
	if len(result.Left) != 1 || !strings.Contains(result.Left[0].String(), "DELETE /Users/1 was answered 405") || len(result.Journals) != 0 {
		t.Errorf("got %+v", result)
	}
	f.around = nil
	if result := mustSweep(t, f.URL, r.dir); len(result.Removed) != 1 || len(result.Journals) != 1 {
		t.Errorf("once the target deletes: %+v", result)
	}
}

func TestSweepOnTrialDeletesNothing(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	r.die()
	result, err := sweepNow(t, f.URL, r.dir, SweepOptions{DryRun: true})
	if err != nil || !reflect.DeepEqual(result.Removed, []string{"/Users/1"}) || len(result.Journals) != 0 {
		t.Errorf("got %+v, %v", result, err)
	}
	if len(f.requests("DELETE")) != 0 {
		t.Errorf("the target saw %v", f.requests("DELETE"))
	}
	if _, err := os.Stat(r.journal.file.Name()); err != nil {
		t.Error(err)
	}
}

func TestSweepOfATargetWithoutGroups(t *testing.T) {
	f := newForeignTarget(t)
	f.add("Users", user("sduo-0a1b2c3d-1"))
	f.around = only("GET", "/Groups", status(404))
	if result := mustSweep(t, f.URL, t.TempDir()); len(result.Removed) != 1 || len(result.Left) != 0 {
		t.Errorf("got %+v", result)
	}
}

func TestSweepSaysWhenAWalkEndsTooEarly(t *testing.T) {
	f := newForeignTarget(t)
	for i := range 300 {
		f.add("Users", user(fmt.Sprintf("employee-%d", i)))
	}
	f.around = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
		refused := strings.Contains(r.URL.RawQuery, "startIndex=201")
		if refused {
			answer(w, 500, nil)
		}
		return refused
	}
	result := mustSweep(t, f.URL, t.TempDir())
	if len(result.Left) != 1 || result.Left[0].Path != "/Users" || !strings.Contains(result.Left[0].Why, "500") {
		t.Errorf("got %+v", result)
	}
}

func TestSweepSaysWhenItCannotBeMade(t *testing.T) {
	f := newForeignTarget(t)
	f.Close()
	_, err := sweepNow(t, f.URL, t.TempDir(), SweepOptions{})
	var transport *wire.TransportError
	if !errors.As(err, &transport) || transport.Kind != wire.Unreachable {
		t.Errorf("an unreachable target: %v", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sweepNow(t, f.URL, file, SweepOptions{}); err == nil || !strings.Contains(err.Error(), "journals") {
		t.Errorf("a file for a folder: %v", err)
	}
	interrupted, interrupt := context.WithCancel(t.Context())
	interrupt()
	if _, err := Sweep(interrupted, &wire.Client{BaseURL: newForeignTarget(t).URL}, t.TempDir(), SweepOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupt: %v", err)
	}
}

func TestSweepDropsJournalsWithoutAHeader(t *testing.T) {
	f := newForeignTarget(t)
	dir := t.TempDir()
	for name, age := range map[string]time.Duration{"sduo-00000001": time.Hour, "sduo-00000002": 0} {
		path := filepath.Join(dir, name+journalSuffix)
		if err := os.WriteFile(path, []byte(`{"run":{"tar`), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	mustSweep(t, f.URL, dir)
	files, err := journalFiles(dir)
	if want := []string{filepath.Join(dir, "sduo-00000002.jsonl")}; err != nil || !reflect.DeepEqual(files, want) {
		t.Errorf("left: %v, want the one that may belong to a run that is just starting: %v", files, want)
	}
}

func TestASweepSaysWhatToDoAboutACertificate(t *testing.T) {
	f := httptest.NewTLSServer(http.NotFoundHandler())
	defer f.Close()
	client := &wire.Client{BaseURL: f.URL, Token: testToken, HTTP: &http.Client{}}
	if _, err := Sweep(t.Context(), client, t.TempDir(), SweepOptions{}); err == nil || !strings.Contains(err.Error(), "name that with --ca-file") {
		t.Errorf("got %v", err)
	}
}
