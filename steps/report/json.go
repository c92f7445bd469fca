package report

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// WriteJSON writes the report in the form of schemas/report.json, indented.
// Bytes that are no UTF-8 show as \xNN; control characters are escaped as JSON
// wants it, so that they survive.
func WriteJSON(w io.Writer, r *Report) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(encodable(r)); err != nil {
		return fmt.Errorf("write the JSON report: %w", err)
	}
	return nil
}

// encodable is a copy whose texts are UTF-8 and whose arrays are never null.
// The exchanges take care of themselves.
func encodable(r *Report) *Report {
	c := *r
	c.Tool = Tool{valid(r.Tool.Name), valid(r.Tool.Version)}
	c.Target.Name, c.Target.URL = valid(r.Target.Name), valid(r.Target.URL)
	c.Partial = valid(r.Partial)
	c.Requirements = each(r.Requirements, func(q Requirement) Requirement {
		q.ID, q.Message, q.Known = valid(q.ID), valid(q.Message), valid(q.Known)
		q.Examples = each(q.Examples, encodableExample)
		return q
	})
	c.ActivityLog = each(r.ActivityLog, encodableRow)
	c.LeftBehind = each(r.LeftBehind, valid)
	return &c
}

func encodableExample(e Example) Example {
	e.Name, e.Profile, e.Message = valid(e.Name), valid(e.Profile), valid(e.Message)
	e.Want, e.Got = valid(e.Want), valid(e.Got)
	if e.Exchanges == nil {
		e.Exchanges = []*wire.Exchange{}
	}
	return e
}

func encodableRow(l LogRow) LogRow {
	for _, s := range []*string{
		&l.Action, &l.Actor, &l.ActorType, &l.Affected, &l.AffectedType,
		&l.Application, &l.AccessDevice, &l.Details,
	} {
		*s = valid(*s)
	}
	return l
}

// each applies f to every element of a slice; the result is never nil.
func each[T, U any](s []T, f func(T) U) []U {
	out := make([]U, len(s))
	for i := range s {
		out[i] = f(s[i])
	}
	return out
}
