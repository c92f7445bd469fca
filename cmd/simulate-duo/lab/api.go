package lab

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/schemas"
)

// APIPath is where the API is.
const APIPath = "/api/"

// openAPI describes the API; a test holds it to the routes.
//
//go:embed openapi.yaml
var openAPI []byte

// route is a way of the JSON API.
type route struct {
	Method, Path string
	query        []string // names of its parameters
	answer       func(l *Lab, r *http.Request) (any, error)
}

// targetRoutes are the ways of the API that the simulated Secure Access offers alone, too.
var targetRoutes = slices.Concat(requestRoutes, seedRoutes, faultRoutes, clockRoutes)

// routes are all ways of the API but the stream, GET /api/events, and the description,
// GET /api/openapi.yaml.
var routes = slices.Concat(targetRoutes, stateRoutes, applicationRoutes, profileRoutes, peopleRoutes,
	chaosRoutes, logRoutes, judgeRoutes)

// TargetAPI is the part of the API that is about the simulated Secure Access alone.
func (l *Lab) TargetAPI() http.Handler { return l.guarded(l.api(targetRoutes)) }

// api serves these routes, and says in its own form what there is not.
func (l *Lab) api(these []route) http.Handler {
	mux := http.NewServeMux()
	for _, to := range these {
		mux.HandleFunc(to.Method+" "+to.Path, func(w http.ResponseWriter, r *http.Request) { l.answerAPI(w, r, to) })
	}
	mux.HandleFunc("GET /api/openapi.yaml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/yaml")
		_, _ = w.Write(openAPI)
	})
	mux.HandleFunc("GET /api/events", l.stream)
	mux.HandleFunc(APIPath, func(w http.ResponseWriter, r *http.Request) { refuseRoute(w, r, mux) })
	return mux
}

// refuseRoute answers a request that no route takes.
func refuseRoute(w http.ResponseWriter, r *http.Request, mux *http.ServeMux) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := mux.Handler(other); pattern != APIPath {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		writeJSON(w, http.StatusNotFound, errorJSON{"there is no " + cutText(r.URL.Path, 80) + " here: GET /api/openapi.yaml describes what there is"})
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	writeJSON(w, http.StatusMethodNotAllowed, errorJSON{r.URL.Path + " takes " + strings.Join(allowed, ", ") + ", not " + r.Method})
}

// errorJSON is what every error of the API looks like.
type errorJSON struct {
	Error string `json:"error"` // what is wrong, and what to do
}

// answerAPI answers with what the route yields, as JSON.
func (l *Lab) answerAPI(w http.ResponseWriter, r *http.Request, to route) {
	err := checkQuery(r, to.query)
	var what any
	if err == nil {
		what, err = to.answer(l, r)
	}
	// A cycle or a wait may have taken longer than the server's limit for a whole answer. A
	// recorder of tests has none.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(streamTime))
	if to.Method != http.MethodGet {
		l.keep()
	}
	status := http.StatusOK
	if err != nil {
		status, what = statusOf(err, http.StatusUnprocessableEntity), errorJSON{l.wire.hide(err.Error())}
	}
	if what == nil {
		what = struct{}{}
	}
	writeJSON(w, status, what)
}

// writeJSON answers with a value as JSON.
func writeJSON(w http.ResponseWriter, status int, what any) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(what); err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = text.WriteTo(w)
}

// readJSON takes the JSON body of a request. A member that is not known is an error.
func readJSON(r *http.Request, into any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if errors.Is(err, io.EOF) {
		err = errors.New("the body is empty: it has to be JSON")
	}
	if err == nil && d.More() {
		err = errors.New("there is text after the JSON value of the body")
	}
	if err != nil {
		return &httpError{statusOf(err, http.StatusBadRequest), fmt.Errorf("the body: %w", err)}
	}
	return nil
}

// readOptional is readJSON for a body that may be empty.
func readOptional(r *http.Request, into any) error {
	if r.ContentLength == 0 {
		return nil
	}
	return readJSON(r, into)
}

// checkQuery refuses parameters that are not known: one that is misspelled would count for
// nothing.
func checkQuery(r *http.Request, known []string) error {
	for name := range r.URL.Query() {
		if slices.Contains(known, name) {
			continue
		}
		hint := "it takes none"
		if len(known) > 0 {
			hint = "it takes " + strings.Join(known, ", ")
		}
		if near, ok := schemas.Nearest(name, known); ok {
			hint = "did you mean " + near + "?"
		}
		return badRequest(fmt.Sprintf("%s has no parameter %q: %s", r.URL.Path, cutText(name, 80), hint))
	}
	return nil
}

func badRequest(text string) error { return &httpError{http.StatusBadRequest, errors.New(text)} }
