package lab

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// route is a way of the JSON API. Its path is also what the OpenAPI description is held
// to.
type route struct {
	Method, Path string
	answer       func(l *Lab, r *http.Request) (any, error)
}

// routes are all ways of the API but the stream, GET /api/events.
var routes = append(append(append([]route{}, stateRoutes...), peopleRoutes...), wireRoutes...)

// answerAPI answers with what the route yields, as JSON; an error is {"error": "…"}.
func (l *Lab) answerAPI(w http.ResponseWriter, r *http.Request, to route) {
	what, err := to.answer(l, r)
	if to.Method != http.MethodGet {
		l.keep()
	}
	status := http.StatusOK
	if err != nil {
		status = statusOf(err, http.StatusUnprocessableEntity)
		what = map[string]string{"error": l.wire.hide(err.Error())}
	}
	if what == nil {
		what = map[string]any{}
	}
	text, err := json.MarshalIndent(what, "", "  ")
	if err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(text, '\n'))
}

// read takes the JSON body of a request. A member that is not known is an error.
func readJSON(r *http.Request, into any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("the body is empty: it has to be a JSON object")
		}
		return &httpError{statusOf(err, http.StatusBadRequest), err}
	}
	return nil
}
