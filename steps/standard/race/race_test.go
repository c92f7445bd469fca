package race

import (
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

func TestNothingIsJudgedWhereNothingWasDoneAtOnce(t *testing.T) {
	for name, r := range map[string]*race{"no step did anything": nil, "a step named no users": {subject: "G"}} {
		t.Run(name, func(t *testing.T) {
			w := New(&judge.Session{})
			w.race = r
			for what, judged := range map[string]func() error{
				"exactly one succeeds": func() error { return w.exactlyOneSucceeds("409") },
				"as one made it":       func() error { return w.isAsOneMadeIt(t.Context(), "A") },
				"no change is lost":    func() error { return w.noChangeIsLost(t.Context(), "G") },
			} {
				err := judged()
				if _, wrong := judge.IsMismatch(err); err == nil || wrong {
					t.Errorf("%s: got %v, want an error that is not the target's", what, err)
				}
			}
		})
	}
}

func TestAnActWithoutAVisibleEffectShowsNone(t *testing.T) {
	a := write(&judge.Subject{Collection: "Users", ID: "1"}, "delete", nil)
	a.answer = &wire.Response{Status: 204}
	if !a.ok() || a.shows(scim.NewObject()) {
		t.Errorf("ok is %v, shows is %v", a.ok(), a.shows(scim.NewObject()))
	}
}
