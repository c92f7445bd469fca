package duo

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"reflect"
	"slices"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// shared is a cycle that processes do together, each piece by a new one. Each process
// may be killed; the next one does its piece again.
func (r *rig) shared(kept store.Store, f *fuse) {
	r.t.Helper()
	process := func() *Provisioner {
		p := r.restart(kept, f)
		p.opt.PieceSize = 1
		return p
	}
	until := func(do func() error) {
		for do() != nil {
			if f.left != 0 {
				r.t.Fatal("a piece fails without a kill")
			}
			f.left = -1
		}
	}
	var a Agenda
	var total Tally
	until(func() (err error) { a, total, err = process().Prepare(r.t.Context(), r.dir); return err })
	text, err := json.Marshal(a)
	r.must(err)
	for i := range a.Stages {
		a = Agenda{}
		r.must(json.Unmarshal(text, &a))
		for _, piece := range shuffled(a.Stages[i]) {
			until(func() error {
				done, err := process().Do(r.t.Context(), r.dir, a, piece)
				total.Add(done)
				return err
			})
		}
	}
	until(func() error { _, err := process().Finish(a, total, nil); return err })
}

func shuffled(pieces []Piece) []Piece {
	all := slices.Clone(pieces)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

func TestAKillInAnyPieceChangesNothingInTheEnd(t *testing.T) {
	for _, with := range []func(*Application, *Profile){func(*Application, *Profile) {}, deleting} {
		steps := 1
		for kill := 0; kill <= steps; kill++ {
			r := newRig(t, people("josue", "aiko", "zoe"), with)
			r.app.Groups.Select = []string{"DGUSERS0000000000000"}
			kept, f := store.NewMemory(), &fuse{left: kill}
			r.shared(kept, f)
			changeMuch(t, r.dir)
			r.must(r.dir.SetAttribute(person("zoe").Key, directory.Username, aiko)) // a name that another one gives up
			r.shared(kept, f)
			steps = f.burned
			r.equalsDirectory(fmt.Sprintf("killed at step %d", kill), "aiko.sato@example.com", aiko, "maria@example.com")
			if names := r.names(kept); len(names) > 0 {
				t.Errorf("killed at step %d: requests without an answer are left: %q", kill, names)
			}
		}
	}
}

// names are those of the unanswered requests.
func (r *rig) names(kept store.Store) []string {
	var names []string
	for intent, err := range kept.Intents(r.t.Context()) {
		r.must(err)
		names = append(names, intent.Name)
	}
	return names
}

func TestTheBrakeCountsThoseOfAllPieces(t *testing.T) {
	var names []string
	for i := range 30 {
		names = append(names, fmt.Sprintf("p%02dx", i))
	}
	r := newRig(t, people(names...))
	kept, f := store.NewMemory(), &fuse{left: -1}
	r.shared(kept, f)
	for _, name := range names[:12] {
		r.must(r.dir.RemoveUser(name + "@example.com"))
	}
	p := r.restart(kept, f)
	p.opt.PieceSize = 1
	_, _, err := p.Prepare(t.Context(), r.dir)
	brake, stopped := errors.AsType[*BrakeError](err)
	if !stopped || brake.Would != 12 || brake.Linked != 30 {
		t.Errorf("%v: not stopped for 12 of 30", err)
	}
}

func TestAStoppedPieceIsGoneOnWith(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	kept, f := store.NewMemory(), &fuse{left: -1}
	a, _, err := r.restart(kept, f).Prepare(t.Context(), r.dir)
	r.must(err)
	p := r.restart(kept, f)
	p.Stop()
	if done, err := p.Do(t.Context(), r.dir, a, a.Stages[0][0]); !errors.Is(err, ErrStopped) || done.UsersCreated > 0 {
		t.Errorf("a stopped process created %d users, error %v", done.UsersCreated, err)
	}
	for _, stage := range a.Stages {
		_, err := r.restart(kept, f).Do(t.Context(), r.dir, a, stage[0])
		r.must(err)
	}
	if got := r.membersAt("DUO - Users"); !slices.Equal(got, []string{aiko, josue}) {
		t.Errorf("members %q", got)
	}
}

// What has failed is not tried again when a piece is gone on with: it would keep the
// piece from its end. The next cycle tries it.
func TestWhatHasFailedIsTriedOnceInACycle(t *testing.T) {
	for _, stage := range []string{usersEndpoint, groupsEndpoint} {
		r := newRig(t, people("josue", "aiko"))
		kept, f := store.NewMemory(), &fuse{left: -1}
		fails := true
		r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
			if !fails || q.Method != http.MethodPost || q.URL.Path != "/"+stage {
				return false
			}
			w.WriteHeader(http.StatusInternalServerError)
			return true
		}
		cycle := func() (failed int) {
			a, _, err := r.restart(kept, f).Prepare(t.Context(), r.dir)
			r.must(err)
			for _, pieces := range a.Stages {
				first, err := r.restart(kept, f).Do(t.Context(), r.dir, a, pieces[0])
				r.must(err)
				failed += first.Failed()
				if again, err := r.restart(kept, f).Do(t.Context(), r.dir, a, pieces[0]); err != nil || again.Requests > 0 || again.Failed() > 0 {
					t.Errorf("POST /%s: %d requests when %s is gone on with, %d failed, error %v", stage, again.Requests, pieces[0].Stage, again.Failed(), err)
				}
			}
			return failed
		}
		if cycle() == 0 {
			t.Errorf("POST /%s: nothing failed", stage)
		}
		if fails = false; cycle() > 0 {
			t.Errorf("POST /%s: the next cycle does not heal it", stage)
		}
		if got := r.membersAt("DUO - Users"); !slices.Equal(got, []string{aiko, josue}) {
			t.Errorf("POST /%s: members %q", stage, got)
		}
	}
}

func TestOneProcessDoesThePiecesInALoop(t *testing.T) {
	r := newRig(t, people("josue", "aiko", "zoe"))
	r.opt.PieceSize = 1
	if sum := r.enable(); sum.UsersCreated != 3 || sum.GroupsCreated != 1 {
		t.Errorf("%v", sum)
	}
	if got, want := len(r.membersAt("DUO - Users")), 3; got != want {
		t.Errorf("%d members, want %d", got, want)
	}
}

func TestTheCountsOfPiecesAddUp(t *testing.T) {
	var one Tally
	for i, n := range one.numbers() {
		*n = i + 1
	}
	one.Requests, one.FailedRequests, one.LastFailure = 5, 2, "refused"
	sum := one
	sum.Add(one)
	for i, n := range sum.numbers() {
		if *n != 2*(i+1) {
			t.Errorf("count %d is %d", i, *n)
		}
	}
	if sum.Requests != 10 || sum.FailedRequests != 4 || sum.LastFailure != "refused" {
		t.Errorf("%+v", sum)
	}
	if got, all := len(one.numbers()), reflect.TypeFor[Summary]().NumField(); got != all {
		t.Errorf("%d of %d counts are added", got, all)
	}
}
