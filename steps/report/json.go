package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// WriteJSON writes the report in the form of schemas/report.json: indented, and each
// exchange on a line of its own. Bytes that are no UTF-8 show as \xNN; control characters
// are escaped as JSON wants it, so that they survive.
func WriteJSON(w io.Writer, r *Report) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(encodable(r))
	if err == nil {
		out := bufio.NewWriter(w)
		indent(out, b.Bytes())
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("write the JSON report: %w", err)
	}
	return nil
}

// indentDepth is that of an exchange, which stands on one line: in the list of an example's,
// in the list of a requirement's, in the list of the report's.
const indentDepth = 6

// indent writes compact JSON with a line for each value, down to that depth. What it
// cannot write, the Flush of w tells.
func indent(w *bufio.Writer, compact []byte) {
	depth, inText := 0, false
	line := func() {
		if depth <= indentDepth {
			_, _ = w.WriteString("\n" + strings.Repeat("  ", depth))
		}
	}
	for i := 0; i < len(compact); i++ {
		c := compact[i]
		switch {
		case inText:
			_ = w.WriteByte(c)
			if c == '\\' {
				i++
				_ = w.WriteByte(compact[i])
			}
			inText = c != '"'
		case (c == '{' || c == '[') && (compact[i+1] == '}' || compact[i+1] == ']'):
			_, _ = w.Write(compact[i : i+2])
			i++
		case c == '{' || c == '[':
			_ = w.WriteByte(c)
			depth++
			line()
		case c == '}' || c == ']':
			isBroken := depth <= indentDepth
			depth--
			if isBroken {
				line()
			}
			_ = w.WriteByte(c)
		case c == ',':
			_ = w.WriteByte(c)
			line()
		case c == ':' && depth <= indentDepth:
			_, _ = w.WriteString(": ")
		default:
			_ = w.WriteByte(c)
			inText = c == '"'
		}
	}
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
