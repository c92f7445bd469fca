package lab

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
)

// faultRoutes switch faults of the simulated Secure Access.
var faultRoutes = []route{
	{"GET", "/api/faults", []string{"on"}, func(l *Lab, r *http.Request) (any, error) {
		if on := r.URL.Query().Get("on"); on != "" && on != "true" {
			return nil, badRequest("on: write true, or leave it out")
		}
		return l.faultsJSON(r.URL.Query().Get("on") != ""), nil
	}},
	{"PUT", "/api/faults/{requirement}", nil, switchFaultOn},
	{"DELETE", "/api/faults/{requirement}", nil, func(l *Lab, r *http.Request) (any, error) {
		return nil, l.SwitchFault(r.PathValue("requirement"), false)
	}},
	{"DELETE", "/api/faults", nil, func(l *Lab, _ *http.Request) (any, error) { return nil, l.ClearFaults() }},
}

// faultJSON is a fault, and whether it is on.
type faultJSON struct {
	Requirement string `json:"requirement"`
	Name        string `json:"name"`
	On          bool   `json:"on"`
}

// faultsJSON lists all faults, or those that are on.
func (l *Lab) faultsJSON(onAlone bool) []faultJSON {
	on := l.FaultsOn()
	list := []faultJSON{}
	for _, f := range faults.All() {
		is := slices.ContainsFunc(on, func(o faults.Fault) bool { return o.Requirement == f.Requirement && o.Name == f.Name })
		if is || !onAlone {
			list = append(list, faultJSON{f.Requirement, f.Name, is})
		}
	}
	return list
}

func switchFaultOn(l *Lab, r *http.Request) (any, error) {
	var which struct {
		Name string `json:"name"`
	}
	if err := readOptional(r, &which); err != nil {
		return nil, err
	}
	name := r.PathValue("requirement")
	if which.Name != "" {
		name += "/" + which.Name
	}
	if err := l.SwitchFault(name, true); err != nil {
		return nil, err
	}
	return l.faultsJSON(true), nil
}

// chaosRoutes make the wire between Duo and the other side fail.
var chaosRoutes = []route{
	{"GET", "/api/chaos", nil, func(l *Lab, _ *http.Request) (any, error) { return l.Chaos(), nil }},
	{"PUT", "/api/chaos", nil, func(l *Lab, r *http.Request) (any, error) {
		var how struct {
			Spec string `json:"spec"`
			Seed uint64 `json:"seed"`
		}
		if err := readJSON(r, &how); err != nil {
			return nil, err
		}
		err := l.SetChaos(how.Spec, how.Seed)
		return l.Chaos(), err
	}},
	{"DELETE", "/api/chaos", nil, func(l *Lab, _ *http.Request) (any, error) { return nil, l.SetChaos("", 0) }},
}

// clockRoutes let time pass.
var clockRoutes = []route{
	{"GET", "/api/clock", nil, func(l *Lab, _ *http.Request) (any, error) { return l.clockJSON(), nil }},
	{"POST", "/api/clock", nil, advance},
}

// clockJSON is the time in the lab, and what the last cycle came to.
type clockJSON struct {
	Now     time.Time `json:"now"`
	Ahead   string    `json:"ahead"` // of the machine's time, such as "5m0s"
	Summary string    `json:"summary,omitempty"`
	Problem string    `json:"problem,omitempty"`
}

func (l *Lab) clockJSON() clockJSON {
	s := l.Status()
	return clockJSON{l.Now(), l.clock.Ahead().String(), s.Summary, s.Problem}
}

// longestAdvance keeps the clock from running over.
const longestAdvance = 100 * 365 * 24 * time.Hour

// advance lets time pass, and waits until what falls due by it is done.
func advance(l *Lab, r *http.Request) (any, error) {
	var how struct {
		Advance string `json:"advance"`
	}
	if err := readJSON(r, &how); err != nil {
		return nil, err
	}
	by, err := time.ParseDuration(how.Advance)
	if err != nil || by <= 0 {
		return nil, badRequest(`advance: write a duration such as "5m"; time does not go back`)
	}
	if by > longestAdvance-l.clock.Ahead() {
		return nil, errors.New("the clock goes ahead by at most a hundred years")
	}
	select {
	case <-l.Advance(by):
	case <-r.Context().Done():
	}
	return l.clockJSON(), nil
}
