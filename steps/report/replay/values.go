package replay

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// value is something that the target made up and that a later request may use.
type value struct {
	text   string
	from   int    // the exchange whose answer had it first
	path   []any  // where in the body: names and indices
	header string // or the name of the header
	number int    // of the variable, from 1
}

// capture is a value to take from an answer.
type capture struct {
	variable string
	path     []any
	header   string
}

func (v *value) name() string { return fmt.Sprintf("value%d", v.number) }

// made are the members whose values a server makes up and clients give back.
var made = []string{"id", "version", "nextCursor", "previousCursor"}

// valuesIn are the values in the answers, the longest first, so that one that
// holds another is found before it.
func valuesIn(all []*wire.Exchange) []*value {
	var found []*value
	add := func(v value) {
		known := slices.ContainsFunc(found, func(other *value) bool { return other.text == v.text })
		if v.text == "" || known || slices.ContainsFunc(all[:v.from+1], v.usedBy) {
			return
		}
		v.number = len(found) + 1
		found = append(found, &v)
	}
	for i, x := range all {
		var body any
		if json.Unmarshal(x.ResponseBody, &body) == nil {
			walk(body, nil, func(path []any, text string) { add(value{text: text, from: i, path: slices.Clone(path)}) })
		}
		add(value{text: x.ResponseHeader.Get("ETag"), from: i, header: "ETag"})
	}
	found = slices.DeleteFunc(found, func(v *value) bool { return !slices.ContainsFunc(all[v.from+1:], v.usedBy) })
	for i, v := range found {
		v.number = i + 1
	}
	slices.SortStableFunc(found, func(a, b *value) int { return len(b.text) - len(a.text) })
	return found
}

// walk visits the members that a server makes up.
func walk(node any, path []any, visit func([]any, string)) {
	switch node := node.(type) {
	case []any:
		for i, item := range node {
			walk(item, append(path, i), visit)
		}
	case map[string]any:
		for _, name := range made {
			if text, ok := node[name].(string); ok {
				visit(append(path, name), text)
			}
		}
		for _, name := range []string{"meta", "Resources", "Operations", "response"} {
			walk(node[name], append(path, name), visit)
		}
	}
}

// usedBy says whether the request holds the value.
func (v *value) usedBy(x *wire.Exchange) bool {
	for _, form := range urlForms(v.text) {
		if find(x.URL, form) >= 0 {
			return true
		}
	}
	if find(string(x.RequestBody), v.text) >= 0 {
		return true
	}
	for _, values := range x.RequestHeader {
		if slices.ContainsFunc(values, func(s string) bool { return find(s, v.text) >= 0 }) {
			return true
		}
	}
	return false
}

// link notes at each step what later ones take from its answer.
func (p *Replay) link(values []*value, places []int) {
	for _, v := range values {
		i := slices.Index(places, v.from)
		if i < 0 || !slices.ContainsFunc(p.Steps[i+1:], func(s Step) bool { return s.uses(v.name()) }) {
			continue
		}
		p.Steps[i].Captures = append(p.Steps[i].Captures, capture{v.name(), v.path, v.header})
	}
}

func (s Step) uses(variable string) bool {
	texts := []text{s.URL, s.Body}
	for _, f := range s.Header {
		texts = append(texts, f.value)
	}
	return slices.ContainsFunc(texts, func(t text) bool {
		return slices.ContainsFunc(t, func(p piece) bool { return p.variable == variable })
	})
}

// query is the path as jq, and with a dollar sign before it JSONPath, wants it.
func (c capture) query() string {
	var b strings.Builder
	for _, step := range c.path {
		switch step := step.(type) {
		case int:
			fmt.Fprintf(&b, "[%d]", step)
		case string:
			b.WriteString("." + step)
		}
	}
	return b.String()
}

// outcome is what came of the request.
func outcome(x *wire.Exchange) string {
	if x.Status == 0 {
		return "no answer: " + words.Visible(x.Err)
	}
	return strings.TrimSpace(strconv.Itoa(x.Status) + " " + http.StatusText(x.Status))
}
