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
	{"PUT", "/api/paused", nil, pauseOrGoOn},
	{"POST", "/api/users/{user}/provision", nil, provisionNow},
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

// pauseOrGoOn keeps cycles from beginning by themselves, or lets them again.
func pauseOrGoOn(l *Lab, r *http.Request) (any, error) {
	var how struct {
		Paused *bool `json:"paused"`
	}
	if err := readJSON(r, &how); err != nil {
		return nil, err
	}
	if how.Paused == nil {
		return nil, badRequest(`paused: write true or false`)
	}
	l.Pause(*how.Paused)
	return l.stateOf(), nil
}

// triedJSON is what came of provisioning one user on demand.
type triedJSON struct {
	Steps    []stepJSON `json:"steps"`
	Requests []int      `json:"requests"` // their numbers (seq)
}

// stepJSON is one of the five steps.
type stepJSON struct {
	Name    string `json:"name"` // read, scope, match, action or result
	OK      bool   `json:"ok"`
	Text    string `json:"text"`
	Details string `json:"details,omitempty"` // JSON
}

func provisionNow(l *Lab, r *http.Request) (any, error) {
	now, err := l.tryOne(r.PathValue("user"))
	if err != nil {
		return nil, err
	}
	answer := triedJSON{Steps: make([]stepJSON, len(now.Steps)), Requests: make([]int, len(now.Lines))}
	for i, s := range now.Steps {
		answer.Steps[i] = stepJSON{s.Name, s.OK, s.Text, s.Details}
	}
	for i, line := range now.Lines {
		answer.Requests[i] = line.Seq
	}
	return answer, nil
}
