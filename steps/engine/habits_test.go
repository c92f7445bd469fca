package engine

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A report says whom a finding breaks by what the clients send. That is written down in
// a file, so that no run has to find it out; this plays their features, Duo's under every
// alternative, and demands that the file says the same. UPDATE_SNAPS=true writes it.
func TestTheHabitsOfTheClientsAreCurrent(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it plays every alternative")
	}
	const file = "../report/habits.txt"
	lines := map[string]bool{}
	for _, client := range features.Clients() {
		if !client.Standard && !client.Gate { // a gate tries what its client sends
			addHabits(t, client.Profile, lines)
		}
	}
	maps.DeleteFunc(lines, func(line string, _ bool) bool {
		return strings.Contains(line, report.PerhapsMark+"\t") && lines[strings.Replace(line, report.PerhapsMark, "", 1)]
	})
	want := strings.Join(slices.Sorted(maps.Keys(lines)), "\n") + "\n"
	if os.Getenv("UPDATE_SNAPS") == "true" {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the clients send: write it anew with UPDATE_SNAPS=true", file)
	}
}

// addHabits plays the client's features. Duo's requests are told from the judge's looks;
// of another client the judge sends them all.
func addHabits(t *testing.T, p features.Profile, lines map[string]bool) {
	t.Helper()
	options := guideOptions(t)
	options.Profiles = []Profile{p}
	var mu sync.Mutex
	options.OnScenario = func(s Scenario) {
		sent, by := s.Duo, string(p)
		if p != features.Duo {
			sent = s.Example.Exchanges
		}
		if s.Example.Profile != "" {
			by += report.PerhapsMark
		}
		mu.Lock()
		defer mu.Unlock()
		for _, x := range sent {
			for _, part := range habitParts(x) {
				lines[by+"\t"+part] = true
			}
		}
	}
	if _, err := Run(context.Background(), options); err != nil {
		t.Fatal(err)
	}
}

// habitParts are the parts of what a server is to answer: what it is to refuse, no client
// means to send.
func habitParts(x *wire.Exchange) []string {
	if x.Status >= 400 && x.Status != 404 && x.Status != 409 {
		return nil
	}
	return report.Parts(x)
}
