package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store/storetest"
)

// implementations are the stores that keep the contract, by name. Each opens an
// empty one that ends with the test.
var implementations = map[string]func(*testing.T) store.Store{
	"memory":     func(*testing.T) store.Store { return store.NewMemory() },
	"sqlite":     func(t *testing.T) store.Store { return open(t, filepath.Join(t.TempDir(), "state 100%?#.db")) },
	"postgresql": func(t *testing.T) store.Store { return open(t, storetest.Postgres(t)) },
}

func open(t *testing.T, where string) store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), where, "Secure Access")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// contract runs a test with each implementation.
func contract(t *testing.T, test func(t *testing.T, s store.Store)) {
	t.Helper()
	for name, open := range implementations {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("closing: %v", err)
				}
			})
			test(t, s)
		})
	}
}

var noon = time.Date(2026, 3, 18, 12, 0, 0, 123456789, time.UTC)

func user(key, id string) store.User {
	return store.User{
		Key: key, ID: id, Username: key + "@example.com", Active: true, Sent: []byte(`{"userName":"` + key + `"}`),
		Fingerprint: -1 << 63, Since: noon, Changed: noon.Add(time.Hour),
	}
}

func group(key, id string) store.Group {
	return store.Group{Key: key, ID: id, Name: "Größe " + key, Size: 3, Sum: -7, Since: noon, Changed: noon}
}

func commit(t *testing.T, s store.Store, b store.Batch) {
	t.Helper()
	if err := s.Commit(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// all collects a sequence that has to end without an error.
func all[T any](t *testing.T, seq iter.Seq2[T, error]) []T {
	t.Helper()
	var list []T
	for v, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	return list
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\ngot  %+v\nwant %+v", what, got, want)
	}
}

func TestAnEmptyStoreHasNothing(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		if _, ok, err := s.User(t.Context(), "DU1"); ok || err != nil {
			t.Errorf("User: %t, %v", ok, err)
		}
		if _, ok, err := s.GroupByID(t.Context(), ""); ok || err != nil {
			t.Errorf("GroupByID: %t, %v", ok, err)
		}
		if state, err := s.State(t.Context()); state != nil || err != nil {
			t.Errorf("State: %q, %v", state, err)
		}
		if n := len(all(t, s.Users(t.Context()))) + len(all(t, s.Groups(t.Context()))) + len(all(t, s.Members(t.Context(), "DG1"))) +
			len(all(t, s.Intents(t.Context()))) + len(all(t, s.Failures(t.Context()))) + len(all(t, s.Entries(t.Context(), store.Query{}))) +
			len(all(t, s.Runs(t.Context()))); n > 0 {
			t.Errorf("it has %d records", n)
		}
	})
}

func TestLinksAreReadBackAsTheyWereCommitted(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		bare := store.User{Key: "DUA", ID: "9"}
		users := []store.User{user("DUC", "1"), bare, user("DUB", "3")}
		groups := []store.Group{group("DGB", "1"), {Key: "DGA", ID: "2"}}
		commit(t, s, store.Batch{PutUsers: users, PutGroups: groups})
		equal(t, "users by key", all(t, s.Users(t.Context())), []store.User{bare, users[2], users[0]})
		for _, m := range all(t, s.Marks(t.Context(), store.AllSlots)) {
			u, ok, err := s.User(t.Context(), m.Key)
			equal(t, "mark", []any{m, ok, err}, []any{store.Mark{Key: u.Key, ID: u.ID, Active: u.Active, Fingerprint: u.Fingerprint}, true, nil})
		}
		equal(t, "marks", len(all(t, s.Marks(t.Context(), store.AllSlots))), len(users))
		equal(t, "groups by key", all(t, s.Groups(t.Context())), []store.Group{groups[1], groups[0]})
		for _, u := range users {
			got, ok, err := s.User(t.Context(), u.Key)
			equal(t, "User", []any{got, ok, err}, []any{u, true, nil})
			got, ok, err = s.UserByID(t.Context(), u.ID)
			equal(t, "UserByID", []any{got, ok, err}, []any{u, true, nil})
		}
		for _, g := range groups {
			got, ok, err := s.Group(t.Context(), g.Key)
			equal(t, "Group", []any{got, ok, err}, []any{g, true, nil})
			got, ok, err = s.GroupByID(t.Context(), g.ID)
			equal(t, "GroupByID", []any{got, ok, err}, []any{g, true, nil})
		}

		changed := user("DUC", "77")
		changed.Active, changed.Sent, changed.Fingerprint = false, nil, 1<<62
		commit(t, s, store.Batch{PutUsers: []store.User{changed}, DeleteUsers: []string{"DUB", "DUNKNOWN"}, DeleteGroups: []string{"DGB"}})
		equal(t, "after a change", all(t, s.Users(t.Context())), []store.User{bare, changed})
		if _, ok, _ := s.UserByID(t.Context(), "1"); ok {
			t.Error("an account that was given up still has an owner")
		}
		equal(t, "groups after a deletion", all(t, s.Groups(t.Context())), []store.Group{groups[1]})
	})
}

func TestKeysGoByByteOrder(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		for i, key := range []string{"b", "a", "B", "Z", "é", "_"} {
			commit(t, s, store.Batch{PutUsers: []store.User{{Key: key, ID: fmt.Sprint(i)}}, Join: []store.Membership{{"g", key}}})
		}
		var keys []string
		for _, u := range all(t, s.Users(t.Context())) {
			keys = append(keys, u.Key)
		}
		want := []string{"B", "Z", "_", "a", "b", "é"}
		equal(t, "users", keys, want)
		equal(t, "members", all(t, s.Members(t.Context(), "g")), want)
	})
}

func TestMembershipsComeAndGo(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		join := func(pairs ...string) (list []store.Membership) {
			for _, p := range pairs {
				g, u, _ := strings.Cut(p, "/")
				list = append(list, store.Membership{Group: g, User: u})
			}
			return list
		}
		commit(t, s, store.Batch{PutUsers: []store.User{user("a", "1"), user("b", "2")}, PutGroups: []store.Group{group("g", "1"), group("h", "2")}})
		commit(t, s, store.Batch{Join: join("g/b", "g/a", "g/c", "h/a")})
		commit(t, s, store.Batch{Join: join("g/a", "h/c"), Leave: join("g/c", "g/nobody", "x/a")})
		equal(t, "g", all(t, s.Members(t.Context(), "g")), []string{"a", "b"})
		commit(t, s, store.Batch{Leave: join("g/b"), Join: join("g/b")})
		equal(t, "g, after one who left and came", all(t, s.Members(t.Context(), "g")), []string{"a", "b"})
		commit(t, s, store.Batch{DeleteUsers: []string{"a"}, DeleteGroups: []string{"h"}})
		equal(t, "g, without a deleted user", all(t, s.Members(t.Context(), "g")), []string{"b"})
		equal(t, "h, which was deleted", len(all(t, s.Members(t.Context(), "h"))), 0)
	})
}

func TestAnAccountHasOneOwner(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		commit(t, s, store.Batch{PutUsers: []store.User{user("a", "1"), user("b", "2")}, PutGroups: []store.Group{group("g", "1")}})
		for _, c := range []struct {
			name  string
			batch store.Batch
			want  *store.Taken
		}{
			{"a user", store.Batch{PutUsers: []store.User{user("c", "1")}}, &store.Taken{Kind: store.UserKind, ID: "1", Owner: "a"}},
			{"a known user", store.Batch{PutUsers: []store.User{user("b", "1")}}, &store.Taken{Kind: store.UserKind, ID: "1", Owner: "a"}},
			{"a group", store.Batch{PutGroups: []store.Group{group("h", "1")}}, &store.Taken{Kind: store.GroupKind, ID: "1", Owner: "g"}},
			{"two within the batch", store.Batch{PutUsers: []store.User{user("c", "5"), user("d", "5")}}, &store.Taken{Kind: store.UserKind, ID: "5", Owner: "c"}},
		} {
			c.batch.Entries = []store.Entry{{ID: "not written"}}
			c.batch.OpenIntents = []store.Intent{{Kind: store.UserKind, Key: "a"}}
			err := s.Commit(t.Context(), c.batch)
			var taken *store.Taken
			if !errors.As(err, &taken) || *taken != *c.want {
				t.Errorf("%s: got %v, want %v", c.name, err, c.want)
			}
		}
		if n := len(all(t, s.Entries(t.Context(), store.Query{}))) + len(all(t, s.Intents(t.Context()))); n > 0 {
			t.Errorf("%d records of refused batches were written", n)
		}
		// One batch can take an account from one link and give it to another.
		commit(t, s, store.Batch{DeleteUsers: []string{"a"}, PutUsers: []store.User{user("b", "1")}})
		if got, _, _ := s.UserByID(t.Context(), "1"); got.Key != "b" {
			t.Errorf("the account belongs to %q", got.Key)
		}
		commit(t, s, store.Batch{PutUsers: []store.User{user("b", "9"), user("c", "1")}})
		if got, _, _ := s.UserByID(t.Context(), "1"); got.Key != "c" {
			t.Errorf("the account belongs to %q", got.Key)
		}
	})
}

func TestIntentsStayUntilTheyAreClosed(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		first := store.Intent{Kind: store.UserKind, Key: "b", Operation: "create", Name: "b@example.com", Started: noon, Run: "r1"}
		second := store.Intent{Kind: store.GroupKind, Key: "b", Operation: "members", ID: "7", Detail: []byte(`{"join":["a"]}`), Started: noon.Add(1)}
		third := store.Intent{Kind: store.UserKind, Key: "a", Operation: "update", Started: noon.Add(2)}
		commit(t, s, store.Batch{OpenIntents: []store.Intent{third, second}})
		commit(t, s, store.Batch{OpenIntents: []store.Intent{first}})
		equal(t, "oldest first", all(t, s.Intents(t.Context())), []store.Intent{first, second, third})
		first.Operation, first.Started = "delete", noon.Add(9)
		commit(t, s, store.Batch{
			CloseIntents: []store.Ref{{Kind: store.UserKind, Key: "a"}, {Kind: store.UserKind, Key: "nobody"}},
			OpenIntents:  []store.Intent{first},
		})
		equal(t, "one closed, one replaced", all(t, s.Intents(t.Context())), []store.Intent{second, first})
	})
}

func TestFailuresStayUntilTheyAreDeleted(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		one := store.Failure{
			Kind: store.UserKind, Key: "b", Name: "b@example.com", Operation: "create", Status: 409, Reason: "taken", Dead: true,
			Fingerprint: 42, Attempts: 3, Since: noon, Last: noon.Add(time.Minute),
		}
		two, three := store.Failure{Kind: store.UserKind, Key: "a"}, store.Failure{Kind: store.GroupKind, Key: "c", Since: noon}
		commit(t, s, store.Batch{PutFailures: []store.Failure{one, two, three}})
		equal(t, "by kind and key", all(t, s.Failures(t.Context())), []store.Failure{three, two, one})
		one.Attempts = 4
		commit(t, s, store.Batch{DeleteFailures: []store.Ref{{Kind: store.UserKind, Key: "a"}}, PutFailures: []store.Failure{one}})
		equal(t, "one gone, one changed", all(t, s.Failures(t.Context())), []store.Failure{three, one})
	})
}

func TestRunsAndTheStateAreKept(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		first := store.Run{ID: "1", Kind: "full", Started: noon, Requests: 7, Counts: []byte(`{"created":1}`), Skipped: []byte(`{}`)}
		second := store.Run{ID: "2", Kind: "incremental", Started: noon.Add(time.Hour), Ended: noon.Add(2 * time.Hour), Error: "stopped"}
		commit(t, s, store.Batch{PutRun: &first, State: []byte("{\"x\": 1}\x00\xff")})
		commit(t, s, store.Batch{PutRun: &second})
		first.Ended = noon.Add(time.Minute)
		commit(t, s, store.Batch{PutRun: &first})
		equal(t, "the newest first", all(t, s.Runs(t.Context())), []store.Run{second, first})
		state, err := s.State(t.Context())
		equal(t, "state", []any{string(state), err}, []any{"{\"x\": 1}\x00\xff", error(nil)})
	})
}

func TestForgetKeepsTheLog(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		run := store.Run{ID: "1", Started: noon}
		commit(t, s, store.Batch{
			PutUsers: []store.User{user("a", "1")}, PutGroups: []store.Group{group("g", "1")}, Join: []store.Membership{{"g", "a"}},
			OpenIntents: []store.Intent{{Kind: store.UserKind, Key: "a"}}, PutFailures: []store.Failure{{Kind: store.UserKind, Key: "a"}},
			Entries: []store.Entry{{ID: "1"}}, PutRun: &run, State: []byte("1"),
		})
		if err := s.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(all(t, s.Users(t.Context()))) + len(all(t, s.Groups(t.Context()))) + len(all(t, s.Members(t.Context(), "g"))) +
			len(all(t, s.Intents(t.Context()))) + len(all(t, s.Failures(t.Context()))); n > 0 {
			t.Errorf("%d records are left", n)
		}
		state, _ := s.State(t.Context())
		if len(all(t, s.Entries(t.Context(), store.Query{}))) != 1 || len(all(t, s.Runs(t.Context()))) != 1 || string(state) != "1" {
			t.Error("the log, the runs or the state are gone")
		}
		commit(t, s, store.Batch{PutUsers: []store.User{user("b", "1")}}) // the account is free again
	})
}

func TestRecordsBelongToTheStoreOnceCommitted(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		u, state := user("a", "1"), []byte("1")
		want := string(u.Sent)
		commit(t, s, store.Batch{PutUsers: []store.User{u}, State: state})
		u.Sent[0], state[0] = 'x', 'x'
		got, _, _ := s.User(t.Context(), "a")
		if kept, _ := s.State(t.Context()); string(got.Sent) != want || string(kept) != "1" {
			t.Errorf("a change of the caller's bytes reached the store: %s, %s", got.Sent, kept)
		}
	})
}

func TestACancelledCommitWritesNothing(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Commit(ctx, store.Batch{PutUsers: []store.User{user("a", "1")}}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		equal(t, "users", len(all(t, s.Users(t.Context()))), 0)
	})
}

func TestManyCommitAtATimeAndOneThatFailsHarmsNoOther(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		commit(t, s, store.Batch{PutUsers: []store.User{user("owner", "taken")}})
		var wg sync.WaitGroup
		for w := range 16 {
			wg.Go(func() {
				for i := range 20 {
					key := fmt.Sprintf("%02d-%02d", w, i)
					ref := store.Ref{Kind: store.UserKind, Key: key}
					if err := s.Commit(t.Context(), store.Batch{OpenIntents: []store.Intent{{Kind: ref.Kind, Key: key}}}); err != nil {
						t.Error(err)
					}
					err := s.Commit(t.Context(), store.Batch{CloseIntents: []store.Ref{ref}, PutUsers: []store.User{user(key, key)}, Entries: []store.Entry{{ID: key, Time: noon}}})
					if err != nil {
						t.Error(err)
					}
					var taken *store.Taken
					if err := s.Commit(t.Context(), store.Batch{PutUsers: []store.User{user(key, "taken")}}); !errors.As(err, &taken) || taken.Owner != "owner" {
						t.Errorf("got %v", err)
					}
				}
			})
		}
		wg.Wait()
		equal(t, "users", len(all(t, s.Users(t.Context()))), 321)
		equal(t, "intents", len(all(t, s.Intents(t.Context()))), 0)
		entries := all(t, s.Entries(t.Context(), store.Query{}))
		equal(t, "entries", len(entries), 320)
		if !slices.IsSortedFunc(entries, func(a, b store.Entry) int { return int(a.Seq - b.Seq) }) || entries[0].Seq < 1 {
			t.Error("the entries are out of order")
		}
	})
}

func TestASequenceCanBeLeftEarlyAndRangedOverWhileBatchesAreCommitted(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		for i := range 10 {
			commit(t, s, store.Batch{PutUsers: []store.User{user(fmt.Sprint(i), fmt.Sprint(i))}})
		}
		for u, err := range s.Users(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if u.Key == "5" {
				break
			}
			u.Active = false
			commit(t, s, store.Batch{PutUsers: []store.User{u}})
		}
		for _, u := range all(t, s.Users(t.Context())) {
			if u.Active != (u.Key >= "5") {
				t.Errorf("%s is active: %t", u.Key, u.Active)
			}
		}
	})
}
