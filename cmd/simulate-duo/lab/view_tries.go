package lab

import (
	"net/http"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// viewDryRun is what the next cycle would send.
var viewDryRun = view{
	path: pathDryRun, template: "dry_run", title: "Dry run", under: pathWeather,
	show: func(l *Lab, r *http.Request) (any, error) {
		plan, err := l.Plan(duo.Cycle{Full: r.URL.Query().Get("full") != ""})
		if err != nil {
			return nil, &httpError{http.StatusConflict, err}
		}
		p := dryRunPage{Total: len(plan), Planned: plan}
		if p.Total > shownPlan {
			p.Planned = plan[:shownPlan]
		}
		return p, nil
	},
}

// shownPlan is how many requests of a plan the page shows.
const shownPlan = 500

// dryRunPage is a plan, at least its beginning.
type dryRunPage struct {
	Total   int
	Planned []duo.Planned
}

// Pretty is a body, indented.
func (dryRunPage) Pretty(body string) string { return indented([]byte(body)) }

// viewOne is what came of provisioning one user on demand.
var viewOne = view{
	path: pathOne, template: "one_user", title: "Provision one user", under: pathWeather,
	show: func(l *Lab, _ *http.Request) (any, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.tried, nil
	},
	forms: map[string]form{pathOne: provisionOne},
}

// tried is the last user who was provisioned on demand.
type tried struct {
	User  string
	At    time.Time // zero before the first
	Steps []duo.OnDemandStep
	Lines []exchangeLine
}

// Pretty is what a step tells beyond its text, indented.
func (tried) Pretty(details string) string { return indented([]byte(details)) }

func provisionOne(l *Lab, r *http.Request) (to, said string, err error) {
	_, err = l.tryOne(strings.TrimSpace(r.PostFormValue("user")))
	return pathOne, "", err
}

// tryOne provisions a user on demand, and keeps what came of it for the page.
func (l *Lab) tryOne(user string) (tried, error) {
	before := l.wire.last()
	steps, err := l.ProvisionOne(user)
	if err != nil {
		return tried{}, err
	}
	now := tried{User: user, At: l.Now(), Steps: steps}
	for _, seq := range l.wire.causedBy("provision "+user, before) {
		if e, ok := l.wire.one(seq); ok {
			now.Lines = append(now.Lines, lineOf(e))
		}
	}
	l.mu.Lock()
	l.tried = now
	l.mu.Unlock()
	return now, nil
}
