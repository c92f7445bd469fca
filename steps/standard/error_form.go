package standard

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// errorForms are the requirements on the parts of an error, by how a message begins that says
// what is wrong with them; the first that fits counts.
var errorForms = [][2]string{
	{"not a SCIM error message: schemas", "RFC7644-3.12-02"}, {"not a SCIM error message", "RFC7644-3.12-01"},
	{"scimType of the SCIM error", "RFC7644-3.12-04"},
	{"status of the SCIM error", "RFC7644-3.12-03"}, {"the SCIM error message has no status", "RFC7644-3.12-03"},
}

func homeOfForm(wrong string) string {
	for _, f := range errorForms {
		if strings.HasPrefix(wrong, f[0]) {
			return f[1]
		}
	}
	return ""
}

// ErrorFormTold says which requirement tells already what is wrong with the form of the error
// that a Mismatch is about: most of the target's errors, by which that one is judged, have the
// same flaw. "" if there is none.
func (w *World) ErrorFormTold(ctx context.Context, m *judge.Mismatch) (home, why string, err error) {
	if home = homeOfForm(m.Got); home == "" {
		return "", "", nil
	}
	r, err := w.recorded(ctx)
	if err != nil {
		return "", "", err
	}
	flawed, errors := 0, 0
	for _, a := range r.refused {
		if a.Response.Status < 400 {
			continue
		}
		errors++
		if _, flaw := scim.ParseError(a.Response.Status, a.Response.Body); flaw != nil && homeOfForm(flaw.Error()) == home {
			flawed++
			why = "most errors of the target have the same form: the answer to " + a.String() + ": " + flaw.Error()
		}
	}
	if 2*flawed > errors {
		return home, why, nil
	}
	return home, w.recordedAlike(m, r, home), nil
}

// recordedAlike says why an error like this one has the same flaw, and is told by the requirement
// on all errors: one of the same kind of request in the record, "" if there is none.
func (w *World) recordedAlike(m *judge.Mismatch, r *record, home string) string {
	for _, a := range w.AnswersIn(m) {
		for _, b := range r.refused {
			_, flaw := scim.ParseError(b.Response.Status, b.Response.Body)
			if b.Response.Status == a.Response.Status && flaw != nil && homeOfForm(flaw.Error()) == home && isAlike(a, b) {
				return "errors of this kind have this form: " + b.String() + " is answered " + judge.StatusOf(b.Response) + ": " + flaw.Error()
			}
		}
	}
	return ""
}

// isAlike says whether two errors of one status are made at one place of a target: where it looks
// at credentials, where it parses a body, where a schema or type is not known, or in its router,
// whose error repeats the path.
func isAlike(a, b judge.Answer) bool {
	switch {
	case a.Response.Status == http.StatusUnauthorized:
		return true
	case unknownEndpoint(b.Request):
		return bytes.HasPrefix(a.Response.Body, b.Response.Body[:min(20, len(b.Response.Body))])
	case isGarbled(b.Request):
		return isGarbled(a.Request)
	case len(a.Request.Path) == 0:
		return false
	}
	return describes(b.Request.Path[0]) && describes(a.Request.Path[0])
}

func describes(endpoint string) bool { return endpoint == "Schemas" || endpoint == "ResourceTypes" }

// isGarbled recognises a body that is no JSON.
func isGarbled(r wire.Request) bool {
	text, ok := r.Body.([]byte)
	return ok && !json.Valid(text)
}

// unknownEndpoint recognises a request to what is none, which the record has.
func unknownEndpoint(r wire.Request) bool { return strings.Contains(r.Path[0], "-nobody") }
