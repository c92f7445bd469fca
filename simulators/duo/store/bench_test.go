package store_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// benchmark runs a benchmark with each implementation.
func benchmark(b *testing.B, run func(b *testing.B, s store.Store)) {
	b.Helper()
	for name, where := range map[string]string{"memory": "", "sqlite": filepath.Join(b.TempDir(), "state.db")} {
		b.Run(name, func(b *testing.B) {
			var s store.Store = store.NewMemory()
			if where != "" {
				var err error
				if s, err = store.Open(b.Context(), where, b.Name()); err != nil {
					b.Fatal(err)
				}
			}
			defer func() { _ = s.Close() }()
			run(b, s)
		})
	}
}

// What a first synchronisation writes for each user, by 16 workers.
func BenchmarkCreation(b *testing.B) {
	benchmark(b, func(b *testing.B, s store.Store) {
		details := []byte(`{"operation":"create","id":"2819c223-7f76-453a-919d-413861904646","attributes":["userName","displayName","emails","name.familyName","name.givenName"]}`)
		keys := make(chan string, 16)
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				for key := range keys {
					u := user(key, key)
					open := store.Intent{Kind: store.UserKind, Key: key, Operation: "create", Name: u.Username, Started: noon, Run: "r"}
					done := store.Batch{
						CloseIntents: []store.Ref{{Kind: store.UserKind, Key: key}}, PutUsers: []store.User{u},
						Entries: []store.Entry{{ID: key, Time: noon, Action: "provisioning_user", Affected: store.Party{Key: key, Name: u.Username}, Details: details}},
					}
					for _, batch := range []store.Batch{{OpenIntents: []store.Intent{open}}, done} {
						if err := s.Commit(b.Context(), batch); err != nil {
							b.Error(err)
						}
					}
				}
			})
		}
		n := 0
		before := cpu()
		defer func() { b.ReportMetric(float64(cpu()-before)/float64(n), "cpu-ns/op") }()
		for b.Loop() {
			n++
			keys <- fmt.Sprintf("DU%018d", n*7919777%100_000_007)
		}
		close(keys)
		wg.Wait()
	})
}

// cpu is the processor time of this process in nanoseconds: unlike the time on the
// clock, it says the same on a busy machine.
func cpu() int64 {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return used.Utime.Nano() + used.Stime.Nano()
}

// What an incremental cycle reads of each user.
func BenchmarkUsers(b *testing.B) {
	benchmark(b, func(b *testing.B, s store.Store) {
		const n = 20_000
		for i := range n / 100 {
			var batch store.Batch
			for j := range 100 {
				key := fmt.Sprintf("DU%018d", (i*100+j)*7919%1_000_000)
				batch.PutUsers = append(batch.PutUsers, user(key, key))
			}
			if err := s.Commit(b.Context(), batch); err != nil {
				b.Fatal(err)
			}
		}
		for b.Loop() {
			read := 0
			for _, err := range s.Users(b.Context()) {
				if err != nil {
					b.Fatal(err)
				}
				read++
			}
			if read != n {
				b.Fatalf("%d users", read)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/user")
	})
}
