package report

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
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
	c.Result = NewResult(r)
	c.Tool = Tool{words.Valid(r.Tool.Name), words.Valid(r.Tool.Version)}
	c.Target.Name, c.Target.URL = words.Valid(r.Target.Name), words.Valid(r.Target.URL)
	c.Partial = words.Valid(r.Partial)
	c.Notes = words.Each(r.Notes, words.Valid)
	c.Requirements = words.Each(r.Requirements, func(q Requirement) Requirement {
		q.ID, q.Message, q.Known = words.Valid(q.ID), words.Valid(q.Message), words.Valid(q.Known)
		q.Examples = words.Each(q.Examples, encodableExample)
		return q
	})
	c.ActivityLog = words.Each(r.ActivityLog, encodableRow)
	c.LeftBehind = words.Each(r.LeftBehind, words.Valid)
	return &c
}

func encodableExample(e Example) Example {
	e.Name, e.Profile, e.Message = words.Valid(e.Name), words.Valid(e.Profile), words.Valid(e.Message)
	e.Want, e.Got = words.Valid(e.Want), words.Valid(e.Got)
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
		*s = words.Valid(*s)
	}
	return l
}
