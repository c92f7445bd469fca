package duo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// fuse ends a process after so many steps: each commit to the store and each
// request has a step before and one after it. What was done stays done.
type fuse struct {
	mu     sync.Mutex
	left   int // negative: never burns
	burned int // steps so far
}

var errKilled = errors.New("killed")

func (f *fuse) alive() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.burned++
	if f.left == 0 {
		return false
	}
	f.left--
	return true
}

// fusedStore is a store whose process may be killed before or after a commit.
type fusedStore struct {
	store.Store
	fuse *fuse
}

func (s fusedStore) Commit(ctx context.Context, b store.Batch) error {
	if !s.fuse.alive() {
		return errKilled
	}
	if err := s.Store.Commit(ctx, b); err != nil {
		return err
	}
	if !s.fuse.alive() {
		return errKilled
	}
	return nil
}

// fusedTransport is a transport whose process may be killed before a request is
// sent or before its answer arrives.
type fusedTransport struct{ fuse *fuse }

func (t fusedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if !t.fuse.alive() {
		return nil, errKilled
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if !t.fuse.alive() {
		if err == nil {
			_ = resp.Body.Close()
		}
		return nil, errKilled
	}
	return resp, err
}

// restart is a new process on the same store, in front of the same target.
func (r *rig) restart(kept store.Store, f *fuse) *Provisioner {
	r.t.Helper()
	client := &wire.Client{BaseURL: r.stub.URL, Token: token, HTTP: &http.Client{Transport: fusedTransport{f}}}
	r.later += time.Hour
	p, err := New(r.app, r.answers.profile, client, Options{
		Store: fusedStore{kept, f}, Sleep: r.opt.Sleep, Now: func() time.Time { return time.Unix(0, 0).Add(r.later) },
	})
	r.must(err)
	return p
}

// changeMuch makes people join, move and leave, and renames a group.
func changeMuch(t *testing.T, dir *directory.Directory) {
	for _, err := range []error{
		dir.RemoveMember(users, josue),
		dir.SetAttribute(aiko, directory.LastName, "Sato"),
		dir.SetAttribute(aiko, directory.Username, "aiko.sato@example.com"),
		dir.AddUser(person("maria")),
		dir.AddMember(users, "maria@example.com"),
		dir.RenameGroup(users, "DUO - People"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A process is killed at every step of a first synchronization and of a pass with
// joiners, movers and leavers. What follows must come to the same end as without.
func TestAKillAtAnyStepChangesNothingInTheEnd(t *testing.T) {
	for _, with := range []func(*Application, *Profile){
		func(*Application, *Profile) {},
		deleting,
		choosing(Profile{UserUpdate: Put, Deactivate: Put, GroupRename: Put, MembersAdd: AddPut, MembersRemove: RemovePut}),
		choosing(Profile{GroupCreate: WithMembers, MatchedUser: MatchedAll}),
	} {
		steps := 1
		for kill := range 1000 {
			if kill > steps {
				break
			}
			steps = killedAt(t, kill, with)
		}
	}
}

// killedAt kills the process after so many steps and returns how many there were.
func killedAt(t *testing.T, kill int, with func(*Application, *Profile)) int {
	t.Helper()
	r := newRig(t, people("josue", "aiko"), with)
	r.app.Groups.Select = []string{"DGUSERS0000000000000"} // its name changes
	kept := store.NewMemory()
	f := &fuse{left: kill}
	_, err := r.restart(kept, f).SaveAndEnable(t.Context(), r.dir)
	changeMuch(t, r.dir)
	if err == nil {
		_, err = r.restart(kept, f).Sync(t.Context(), r.dir)
	}
	if err == nil && f.left == 0 {
		f.left = -1
	}
	for range 2 {
		if _, err := r.restart(kept, &fuse{left: -1}).SaveAndEnable(t.Context(), r.dir); err != nil {
			t.Fatal(err)
		}
	}
	r.equalsDirectory(fmt.Sprintf("killed at step %d", kill), "aiko.sato@example.com", "maria@example.com")
	r.lines()
	last := &fuse{left: -1}
	if _, err := r.restart(kept, last).Sync(t.Context(), r.dir); err != nil || last.burned != 4 {
		t.Errorf("killed at step %d: the pass after still does something: %d steps, error %v", kill, last.burned, err)
	}
	for intent, err := range kept.Intents(t.Context()) {
		t.Errorf("killed at step %d: an intent is left: %+v, error %v", kill, intent, err)
	}
	return f.burned
}

// equalsDirectory holds that the target has exactly these people, active and in
// the one group, and josue disabled or not at all.
func (r *rig) equalsDirectory(when string, names ...string) {
	r.t.Helper()
	active := map[string]int{}
	for _, u := range r.stub.all(usersEndpoint) {
		if v, _ := u.Get("active"); v != false {
			active[u.String("userName")]++
		}
	}
	for _, name := range names {
		if active[name] != 1 {
			r.t.Errorf("%s: %d active users %s", when, active[name], name)
		}
	}
	if len(active) != len(names) {
		r.t.Errorf("%s: active users %v", when, active)
	}
	if n := len(r.stub.all(groupsEndpoint)); n != 1 {
		r.t.Errorf("%s: %d groups", when, n)
		return
	}
	slices.Sort(names)
	if got := r.membersAt("DUO - People"); !slices.Equal(got, names) {
		r.t.Errorf("%s: members %q", when, got)
	}
}
