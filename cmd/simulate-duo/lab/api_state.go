package lab

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// stateRoutes are about what Duo is doing.
var stateRoutes = []route{
	{"GET", "/api/state", nil, func(l *Lab, _ *http.Request) (any, error) { return l.stateOf(), nil }},
	{"POST", "/api/sync", nil, syncNow},
	{"POST", "/api/plan", nil, planNow},
	{"POST", "/api/verify", nil, verifyNow},
}

// stateJSON is the answer of GET /api/state.
type stateJSON struct {
	Target string `json:"target"` // the base URL of the other side
	Status
	Application string   `json:"application,omitempty"`
	Guide       []string `json:"guide"` // the steps that have been done
	LastEvent   uint64   `json:"last_event"`
}

func (l *Lab) stateOf() stateJSON {
	s := stateJSON{Target: l.side.url, Status: l.Status(), Guide: []string{}, LastEvent: l.events.last()}
	if a := l.application(); a != nil {
		s.Application = a.draft.Name
	}
	for _, c := range l.progress().Chapters {
		for _, step := range c.Steps {
			if step.Done {
				s.Guide = append(s.Guide, step.ID)
			}
		}
	}
	return s
}

// cycleJSON is how a cycle goes.
type cycleJSON struct {
	Full             bool `json:"full"`              // read the whole target, too
	AllowDeprovision bool `json:"allow_deprovision"` // deprovision however many users have left
	Redeliver        bool `json:"redeliver"`         // try again what was given up
}

// summaryJSON is what a cycle came to.
type summaryJSON struct {
	Summary string `json:"summary"`
	Failed  int    `json:"failed"` // steps, which the next cycle tries again
}

func syncNow(l *Lab, r *http.Request) (any, error) {
	var how cycleJSON
	if err := readOptional(r, &how); err != nil {
		return nil, err
	}
	sum, err := l.Sync("sync now", duo.Cycle(how))
	return summaryJSON{sum.String(), sum.Failed()}, err
}

// plannedJSON is a request that a cycle would send.
type plannedJSON struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Query  string `json:"query,omitempty"`
	Body   string `json:"body,omitempty"` // JSON
	About  string `json:"about"`
	Reason string `json:"reason"`
}

func planNow(l *Lab, r *http.Request) (any, error) {
	var how cycleJSON
	if err := readOptional(r, &how); err != nil {
		return nil, err
	}
	plan, err := l.Plan(duo.Cycle(how))
	all := make([]plannedJSON, len(plan))
	for i, p := range plan {
		all[i] = plannedJSON(p)
	}
	return all, err
}

func verifyNow(l *Lab, _ *http.Request) (any, error) { return l.Verify() }
