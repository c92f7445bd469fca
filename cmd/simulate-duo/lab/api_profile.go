package lab

import (
	"io"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// profileRoutes are about what is not published of Duo.
var profileRoutes = []route{
	{"GET", "/api/profile", nil, func(l *Lab, _ *http.Request) (any, error) { return l.answers(), nil }},
	{"PUT", "/api/profile", nil, replaceProfile},
}

// answers has every question about Duo with the answer that is in force.
func (l *Lab) answers() map[duo.Field]duo.Choice {
	all := map[duo.Field]duo.Choice{}
	for _, q := range (profilePage{l.Profile()}).Questions() {
		all[q.Field] = q.Answer
	}
	return all
}

// replaceProfile gives the questions of the body these answers, and the others their
// default: JSON is a profile file, too.
func replaceProfile(l *Lab, r *http.Request) (any, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, &httpError{statusOf(err, http.StatusBadRequest), err}
	}
	p, err := duo.LoadProfile("the body", body)
	if err == nil {
		err = l.takeProfile(p)
	}
	if err != nil {
		return nil, badRequest(err.Error())
	}
	return l.answers(), nil
}
