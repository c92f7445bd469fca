package standard

import (
	"bytes"
	"context"
	"slices"
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
	return home, w.noEndpoint(m, r, home), nil
}

// noEndpoint says why the error is that of a path which the target does not know at all, such
// as those of its router, if the answer to an unknown endpoint has the same flaw.
func (w *World) noEndpoint(m *judge.Mismatch, r *record, home string) string {
	for _, a := range w.AnswersIn(m) {
		i := slices.IndexFunc(r.refused, func(b judge.Answer) bool {
			_, flaw := scim.ParseError(b.Response.Status, b.Response.Body)
			return b.Response.Status == a.Response.Status && bytes.Equal(a.Response.Body, b.Response.Body) && unknownEndpoint(b.Request) &&
				flaw != nil && homeOfForm(flaw.Error()) == home
		})
		if i >= 0 {
			return "where the target knows no endpoint its errors have this form: " + r.refused[i].String() + " is answered " + judge.StatusOf(r.refused[i].Response)
		}
	}
	return ""
}

// unknownEndpoint recognises a request to what is none, which the record has.
func unknownEndpoint(r wire.Request) bool { return strings.Contains(r.Path[0], "-nobody") }
