package work

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store/storetest"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestMain(m *testing.M) {
	code := m.Run()
	storetest.Stop()
	os.Exit(code)
}

func TestAStageBeginsWhenEveryPieceOfTheOneBeforeIsDone(t *testing.T) {
	a := &agenda{Cycle: "one", Agenda: duo.Agenda{Stages: [][]duo.Piece{make([]duo.Piece, 3), make([]duo.Piece, 1)}}}
	a.begin(0)
	for _, piece := range []int{2, 0, 2, 1} {
		if a.Stage != 0 || a.over() {
			t.Fatalf("stage %d before piece %d was done", a.Stage, piece)
		}
		a.done(piece)
	}
	if a.Stage != 1 || !slices.Equal(a.Todo, []int64{0}) {
		t.Errorf("stage %d, pieces %v", a.Stage, a.Todo)
	}
	for job, has := range map[pieceJob]bool{
		{Cycle: "one", Stage: 1, Piece: 0}: true,
		{Cycle: "one", Stage: 0, Piece: 0}: false,
		{Cycle: "one", Stage: 1, Piece: 1}: false,
		{Cycle: "two", Stage: 1, Piece: 0}: false,
	} {
		if a.has(job) != has {
			t.Errorf("the agenda has %+v: %v", job, !has)
		}
	}
	if a.done(0); !a.over() || a.has(pieceJob{Cycle: "one", Stage: 2}) {
		t.Error("it is not over after the last piece")
	}
}

// empty is a target without users, which counts the requests that would change it.
func empty(t *testing.T, changes *atomic.Int64) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			changes.Add(1)
		}
		w.Header().Set("Content-Type", "application/scim+json")
		_, _ = fmt.Fprint(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0}`)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func connector(url string) func(store.Store) (*duo.Provisioner, error) {
	app := duo.Application{
		Name: "Shared", Type: duo.Generic, Deprovisioning: duo.Deactivate, Groups: duo.GroupSelection{Select: []string{"Staff"}},
		Mapping: []duo.Row{{Duo: directory.Username, Application: "userName"}},
	}
	return func(s store.Store) (*duo.Provisioner, error) {
		return duo.New(app, duo.Profile{}, &wire.Client{BaseURL: url}, duo.Options{Store: s})
	}
}

// The directory changes between the beginning of a cycle and its first piece. The
// cycle ends without a change, and the next one is told apart by the new version.
func TestACycleOfOneDirectoryIsNotDoneWithAnother(t *testing.T) {
	state := storetest.Postgres(t)
	var changes, loads atomic.Int64
	url := empty(t, &changes)
	dir := &directory.Directory{}
	for _, err := range []error{
		dir.AddGroup(directory.Group{Name: "Staff"}), dir.AddUser(directory.User{Username: "ada"}), dir.AddMember("Staff", "ada"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	reasons := make(chan error, 10)
	ran := make(chan error, 1)
	go func() {
		ran <- Run(ctx, Config{
			State: state, Application: "Shared", Interval: time.Hour,
			Load: func() (Loaded, error) {
				return Loaded{Version: fmt.Sprint(loads.Add(1)), Directory: dir, Connector: connector(url)}, nil
			},
			Ended: func(_ duo.Summary, err error) { reasons <- err },
		})
	}()
	select {
	case err := <-reasons:
		if !errors.Is(err, errOther) {
			t.Errorf("the cycle ended with: %v", err)
		}
	case err := <-ran:
		t.Fatal(err)
	}
	cancel()
	if err := <-ran; err != nil {
		t.Error(err)
	}
	if n := changes.Load(); n > 0 {
		t.Errorf("%d requests changed the target", n)
	}
	s, err := store.OpenReadOnly(t.Context(), state, "Shared")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for run, err := range s.Runs(t.Context()) {
		if err != nil || run.Ended.IsZero() || run.Error != errOther.Error() {
			t.Errorf("the record of the cycle: %+v, error %v", run, err)
		}
	}
}
