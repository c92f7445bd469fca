package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// What is measured, and how large.
const (
	benchWorkers = 16
	benchRounds  = 5
	smallCompany = 10_000
	largeCompany = 100_000
)

// TestBenchmarks measures what the engine and the provider promise, as ratios
// within one run, and writes them to the file that $BENCHMARKS names: make bench.
func TestBenchmarks(t *testing.T) {
	file := os.Getenv("BENCHMARKS")
	if file == "" {
		t.Skip("make bench runs it: it takes minutes")
	}
	r := &results{}
	t.Run("first synchronisation", func(t *testing.T) { firstSync(t, r) })
	t.Run("incremental cycle", func(t *testing.T) { incremental(t, r) })
	t.Run("provider", func(t *testing.T) { providerRatios(t, r) })
	if err := os.WriteFile(file, []byte(r.markdown()), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.figures {
		if !f.holds {
			t.Errorf("%s: %s, wanted %s", f.what, f.got, f.wanted)
		}
	}
}

// firstSync compares a first synchronisation with vegeta, and SQLite with memory.
func firstSync(t *testing.T, r *results) {
	dir := company(t, smallCompany, 100)
	requests := recordedRequests(t, dir)
	var engineToVegeta, sqliteToMemory []float64
	var raw strings.Builder
	for range benchRounds {
		memory := syncOnce(t, dir, store.NewMemory())
		vegeta := attackOnce(t, requests)
		s := openBench(t)
		sqlite := syncOnce(t, dir, s)
		closeBench(t, s)
		engineToVegeta = append(engineToVegeta, memory.rate()/vegeta.rate())
		sqliteToMemory = append(sqliteToMemory, sqlite.rate()/memory.rate())
		fmt.Fprintf(&raw, "\n  - memory %v; vegeta %v; SQLite %v", memory, vegeta, sqlite)
	}
	r.atLeast("first sync of 10,000 users and 100 groups: rate of the engine to that of vegeta with the same requests", median(engineToVegeta), 0.8, "the rounds:"+raw.String())
	r.atLeast("the same with an SQLite file: rate to that with memory", median(sqliteToMemory), 0.85, "the same rounds")
}

// incremental measures a large company: the first synchronisation, a cycle without
// a change, and one with ten.
func incremental(t *testing.T, r *results) {
	dir := company(t, largeCompany, 100)
	target := startTarget(t)
	s := openBench(t)
	defer closeBench(t, s)
	before := liveHeap()
	empty := target.heap(t)
	peak := watchHeap()
	first := cycleAt(t, target.url, dir, s)
	used := float64(peak()-before) / largeCompany
	idle := cycleAt(t, target.url, dir, s)
	changed := tenChanges(t, dir)
	small := cycleAt(t, target.url, changed, s)
	r.atMost("100,000 users: a cycle without a change, requests", float64(idle.requests), 0, idle.String())
	r.atMost("100,000 users: a cycle with 10 changes, requests", float64(small.requests), 30, small.String())
	r.atMost("its time to that of the first cycle", small.took.Seconds()/first.took.Seconds(), 0.02, "the first cycle: "+first.String())
	r.atMost("100,000 users: bytes a user of the engine above the directory", used, 2048, "live heap at its peak less that before")
	r.atMost("100,000 users: bytes a user of the provider", float64(target.heap(t)-empty)/largeCompany, 2048, "live heap after the cycle less that before")
}

func company(t *testing.T, users, groups int) *directory.Directory {
	t.Helper()
	name := filepath.Join(t.TempDir(), "company.jsonl")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := directory.Generate(f, directory.Population{Users: users, Groups: groups, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	dir, err := directory.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// tenChanges is the directory after five changes of an attribute, two joiners,
// two leavers and one who moves to another group.
func tenChanges(t *testing.T, dir *directory.Directory) *directory.Directory {
	t.Helper()
	d := dir.Clone()
	everybody := d.Groups[0].Key
	var errs []error
	for i := range 5 {
		errs = append(errs, d.SetAttribute(d.Users[100+i].Key, directory.DisplayName, "Somebody Else"))
	}
	for _, name := range []string{"joiner1@example.com", "joiner2@example.com"} {
		errs = append(errs, d.AddUser(directory.User{Username: name, DisplayName: name, Email: name}), d.AddMember(everybody, name))
	}
	for _, key := range []string{d.Users[200].Key, d.Users[300].Key} {
		errs = append(errs, d.RemoveUser(key))
	}
	mover := d.Users[400].Key
	for _, g := range d.Groups[90:] {
		if !d.HasMember(g.Key, mover) {
			errs = append(errs, d.AddMember(g.Key, mover))
			break
		}
	}
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// benchApp provisions every group of the directory.
func benchApp(dir *directory.Directory) duo.Application {
	app := duo.Application{
		Name: "Benchmark", Type: "generic", Deprovisioning: duo.Deactivate, Enabled: true,
		Mapping: []duo.Row{
			{Duo: directory.Username, Application: "userName"}, {Duo: directory.DisplayName, Application: "displayName"},
			{Duo: directory.Email, Application: "emails"}, {Duo: directory.LastName, Application: "name.familyName"}, {Duo: directory.FirstName, Application: "name.givenName"},
		},
	}
	for _, g := range dir.Groups {
		app.Groups.Select = append(app.Groups.Select, g.Key)
	}
	return app
}

func openBench(t *testing.T) store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), "Benchmark")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closeBench(t *testing.T, s store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

func round(d time.Duration) time.Duration { return d.Round(time.Millisecond) }

// results are figures with what they have to be.
type results struct{ figures []figure }

type figure struct {
	what, got, wanted, raw string
	holds                  bool
}

func (r *results) atLeast(what string, got, least float64, raw string) {
	r.figures = append(r.figures, figure{what, fmt.Sprintf("%.2f", got), fmt.Sprintf("at least %g", least), raw, got >= least})
}

func (r *results) atMost(what string, got, most float64, raw string) {
	r.figures = append(r.figures, figure{what, strings.TrimSuffix(fmt.Sprintf("%.3f", got), ".000"), fmt.Sprintf("at most %g", most), raw, got <= most})
}
