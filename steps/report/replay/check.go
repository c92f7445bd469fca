package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// check is what a finding asserts of the last answer, as far as that can be read off the
// report: a range of statuses; or the value at one place, which has to be another one than
// was found, and the wanted one where that is known; or else the whole answer, which must
// not be again what it was.
type check struct {
	statuses [][2]int // of which one has to hold it; nil if the finding is not about the status
	path     []any    // to the value; nil if there is none
	header   string   // whose value it is, instead; "" for none
	found    text     // the value that was found
	wanted   text     // the value that is wanted; nil if that is told in words only
	answer   string   // the whole body, if neither status nor value is known
	status   int
}

// newCheck reads the assertion of the example off its words and its last answer.
func (p *Replay) newCheck(values []*value) check {
	last := p.Example.Exchanges[len(p.Example.Exchanges)-1]
	c := check{status: last.Status, answer: string(last.ResponseBody)}
	if strings.HasPrefix(p.Example.Got, strconv.Itoa(last.Status)) && last.Status != 0 {
		c.statuses = statusesIn(p.Example.Want)
	}
	if c.statuses != nil {
		return c
	}
	var found string
	if c.path, c.header, found = p.place(last); c.path == nil && c.header == "" {
		return c
	}
	holes := func(s string) text { return p.holes(text{{literal: s}}, len(p.Example.Exchanges), values, false) }
	c.found = holes(found)
	toldAsJSON := c.header == "" && found == valueText(p.Example.Got) // otherwise 7 may stand for "7"
	if wanted := valueText(p.Example.Want); toldAsJSON && json.Valid([]byte(wanted)) {
		c.wanted = holes(wanted)
	}
	return c
}

// statusesIn are the ranges of statuses that the words of a finding want; nil if it wants
// something else.
func statusesIn(want string) [][2]int {
	switch {
	case strings.HasPrefix(want, "a status of success"), want == "a success":
		return [][2]int{{200, 299}}
	case strings.HasPrefix(want, "a status from 400 to 499"):
		return [][2]int{{400, 499}}
	case strings.HasPrefix(want, "a status of 400 or more"):
		return [][2]int{{400, 599}}
	case strings.HasPrefix(want, "a status below 500"):
		return [][2]int{{100, 499}, {http.StatusNotImplemented, http.StatusNotImplemented}}
	}
	var all [][2]int
	for one := range strings.SplitSeq(want, " or ") {
		n, err := strconv.Atoi(one)
		if err != nil || n < 100 || n > 599 {
			return nil
		}
		all = append(all, [2]int{n, n})
	}
	return all
}

// valueText is a value of a finding as compact JSON, if it is JSON at all.
func valueText(s string) string {
	var b bytes.Buffer
	if json.Compact(&b, []byte(s)) != nil {
		return s
	}
	return b.String()
}

// place finds where in the answer the value stands that the finding is about: the finding
// names its attribute, and tells the value. Found is what stands there, in a body as JSON.
func (p *Replay) place(x *wire.Exchange) (path []any, header, found string) {
	what, got := strings.ToLower(p.Example.Message), valueText(p.Example.Got)
	for name := range x.ResponseHeader {
		if strings.Contains(what, "header "+strings.ToLower(name)) && x.ResponseHeader.Get(name) == p.Example.Got {
			return nil, name, p.Example.Got
		}
	}
	var body any
	if json.Unmarshal(x.ResponseBody, &body) != nil || got == "" {
		return nil, "", ""
	}
	visit(body, nil, func(at []any, v any) {
		text, err := json.Marshal(v)
		same := err == nil && (string(text) == got || v == p.Example.Got)
		if name, named := lastName(at); path == nil && same && named && strings.Contains(what, strings.ToLower(name)) {
			path, found = append([]any{}, at...), string(text)
		}
	})
	return path, "", found
}

// visit calls f for each value with the names and indices that lead to it.
func visit(v any, at []any, f func([]any, any)) {
	f(at, v)
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			visit(v[name], append(at, name), f)
		}
	case []any:
		for i, inner := range v {
			visit(inner, append(at, i), f)
		}
	}
}

func lastName(at []any) (string, bool) {
	for _, step := range slices.Backward(at) {
		if name, ok := step.(string); ok {
			return name, true
		}
	}
	return "", false
}

// goCheck is the assertion of a Go test.
func (p *Replay) goCheck() string {
	c, last := p.Check, len(p.Steps)
	says := strconv.Quote(p.Example.Message + ": expected " + oneLine(p.Example.Want) + "; in the report it was " + oneLine(p.Example.Got))
	switch {
	case c.statuses != nil:
		ranges := make([]string, len(c.statuses))
		for i, r := range c.statuses {
			ranges[i] = fmt.Sprintf("{%d, %d}", r[0], r[1])
		}
		return fmt.Sprintf("step%d.wantStatus([][2]int{%s}, %s)\n", last, strings.Join(ranges, ", "), says)
	case c.header != "":
		return fmt.Sprintf("step%d.wantOther(step%d.header.Get(%s), %s, \"\", %s)\n", last, last, strconv.Quote(c.header), goText(c.found), says)
	case c.path != nil:
		at := make([]string, len(c.path))
		for i, step := range c.path {
			at[i] = fmt.Sprintf("%#v", step)
		}
		return fmt.Sprintf("step%d.wantOther(step%d.text(%s), %s, %s, %s)\n", last, last, strings.Join(at, ", "), goText(c.found), goText(c.wanted), says)
	}
	return fmt.Sprintf("step%d.wantOtherAnswer(%d, %s, %s)\n", last, c.status, strconv.Quote(c.answer), says)
}

// goCredentials is an expression for an Authorization header.
func goCredentials(written string) string {
	literals, parts := wire.SplitCredentials(written)
	var all []string
	for i, literal := range literals {
		if literal != "" {
			all = append(all, strconv.Quote(literal))
		}
		if i < len(parts) {
			all = append(all, "token("+strconv.Quote(parts[i].Placeholder)+")")
		}
	}
	if len(all) == 0 {
		return `""`
	}
	return strings.Join(all, " + ")
}
