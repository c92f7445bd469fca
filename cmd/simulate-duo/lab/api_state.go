package lab

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// stateRoutes are about what Duo is doing.
var stateRoutes = []route{
	{"GET", "/api/state", func(l *Lab, _ *http.Request) (any, error) { return l.stateOf(), nil }},
	{"POST", "/api/application/connect", func(l *Lab, _ *http.Request) (any, error) { return l.Connect() }},
	{"POST", "/api/sync", syncNow},
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

func syncNow(l *Lab, r *http.Request) (any, error) {
	var how struct {
		Full             bool `json:"full"`
		AllowDeprovision bool `json:"allow_deprovision"`
		Redeliver        bool `json:"redeliver"`
	}
	if r.ContentLength != 0 {
		if err := readJSON(r, &how); err != nil {
			return nil, err
		}
	}
	sum, err := l.Sync("sync now", duo.Cycle(how))
	return map[string]any{"summary": sum.String(), "failed": sum.Failed()}, err
}
