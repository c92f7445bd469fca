package lab

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// fault is a requirement that the first creation shows, and how it is violated.
const fault = "RFC7644-3.3-05/no Location"

func TestFaultsAreSwitchedWhileItRuns(t *testing.T) {
	l, v, _ := followed(t, Options{})
	create := func() string {
		l.wire.clear()
		v.post("/duo/users/new", "username", "ada"+string(rune('a'+l.wire.last()%26))+"@example.com", "group", "DGUSERS0000000000001")
		if _, err := l.Sync("test", duo.Cycle{}); err != nil {
			t.Fatal(err)
		}
		made := l.wire.choose(func(e *Exchange) bool { return e.Method == http.MethodPost && e.Status == http.StatusCreated })
		if len(made) == 0 {
			t.Fatal("nothing was created")
		}
		return made[0].ResponseHeader.Get("Location")
	}
	for _, step := range []struct {
		does string
		do   func() error
		on   int
	}{
		{"on", func() error { return l.SwitchFault(fault, true) }, 1},
		{"on again", func() error { return l.SwitchFault(fault, true) }, 1},
		{"off by its name", func() error { return l.SwitchFault(fault, false) }, 0},
		{"on by the id", func() error { return l.SwitchFault("RFC7644-3.3-05", true) }, 1},
		{"off by the id", func() error { return l.SwitchFault("RFC7644-3.3-05", false) }, 0},
		{"on once more", func() error { return l.SwitchFault(fault, true) }, 1},
		{"all off", l.ClearFaults, 0},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.does, err)
		}
		if on := l.FaultsOn(); len(on) != step.on {
			t.Errorf("%s: %d are on", step.does, len(on))
		}
		if location := create(); (location == "") != (step.on == 1) {
			t.Errorf("%s: Location %q", step.does, location)
		}
	}
}

func TestAFaultThatThereIsNotIsRefused(t *testing.T) {
	l, _ := newLab(t, Options{})
	for name, says := range map[string]string{"RFC7644-9.9-99": "nothing violates", "RFC7644-3.3-05/lost": "there is: no Location"} {
		if err := l.SwitchFault(name, true); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	elsewhere, _ := newLab(t, Options{Target: "https://scim.example/v2"})
	if err := elsewhere.SwitchFault(fault, true); err == nil || len(elsewhere.FaultsOn()) > 0 {
		t.Errorf("a target of somebody else was made faulty: %v", err)
	}
}

func TestChaosIsSetAndCleared(t *testing.T) {
	l, _, _ := followed(t, Options{})
	if err := l.SetChaos("failure=1", 7); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Sync("test", duo.Cycle{Full: true}); err == nil {
		t.Error("a cycle passed a wire that always fails")
	}
	if now := l.Chaos(); now.Spec != "failure=1" || now.Seed != 7 || now.Happened["failure"] == 0 {
		t.Errorf("%+v", now)
	}
	if err := l.SetChaos("rain=1", 1); err == nil || l.Chaos().Spec != "failure=1" {
		t.Errorf("%v; %+v", err, l.Chaos())
	}
	if err := l.SetChaos("", 0); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Sync("test", duo.Cycle{Full: true}); err != nil || l.Chaos().Spec != "" {
		t.Errorf("%v; %+v", err, l.Chaos())
	}
}
