package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store/storetest"
)

func TestAPartOfTheStateBelongsToOneProcessAtATime(t *testing.T) {
	where := storetest.Postgres(t)
	shared, err := store.OpenShared(t.Context(), where, "Shared")
	if err != nil {
		t.Fatal(err)
	}
	open := func(part int) store.Store {
		t.Helper()
		s, err := shared.Part(t.Context(), part)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	one, _ := open(1), open(2)
	if _, err := shared.Part(t.Context(), 1); !errors.Is(err, store.ErrInUse) {
		t.Errorf("a part of another process is opened: %v", err)
	}
	if _, err := store.Open(t.Context(), where, "Shared"); !errors.Is(err, store.ErrInUse) {
		t.Errorf("the whole state is opened while a part is in use: %v", err)
	}
	if err := one.Close(); err != nil {
		t.Error(err)
	}
	open(1)
}

func TestAFileCannotBeShared(t *testing.T) {
	if _, err := store.OpenShared(t.Context(), "state.db", "Shared"); err == nil || !strings.Contains(err.Error(), "state state.db: a file belongs to one process at a time") {
		t.Errorf("%v", err)
	}
}

func TestSlotsPartTheUsersInEveryStore(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		var b store.Batch
		for i := range 500 {
			b.PutUsers = append(b.PutUsers, user(fmt.Sprintf("DU%d-ü", i), fmt.Sprint(i)))
		}
		commit(t, s, b)
		seen := map[string]int{}
		for _, slots := range store.Cut(7) {
			marks := all(t, s.Marks(t.Context(), slots))
			if len(marks) < 30 {
				t.Errorf("%d of 500 users in %v", len(marks), slots)
			}
			for _, m := range marks {
				seen[m.Key]++
			}
		}
		for _, u := range b.PutUsers {
			if seen[u.Key] != 1 {
				t.Errorf("%s is in %d parts", u.Key, seen[u.Key])
			}
		}
	})
}

func TestCutsCoverAllSlots(t *testing.T) {
	for _, n := range []int{-1, 1, 3, 255, 256, 1000} {
		next := 0
		for _, s := range store.Cut(n) {
			if s.From != next || s.To <= s.From {
				t.Errorf("cut in %d: %v after %d", n, s, next)
			}
			next = s.To
		}
		if next != store.SlotCount {
			t.Errorf("cut in %d: up to %d", n, next)
		}
	}
}
