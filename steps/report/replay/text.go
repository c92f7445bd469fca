package replay

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// text is a text with holes.
type text []piece

// piece is a literal, or a hole for a variable.
type piece struct {
	literal  string
	variable string // its name; base for the base URL
	escaped  bool   // the value is to be escaped for a URL
}

// base is the variable of the base URL.
const base = "base"

// fill writes the text with the literals and the variables as the callers want
// them.
func (t text) fill(literal func(string) string, variable func(piece) string) string {
	var b strings.Builder
	for _, p := range t {
		if p.variable != "" {
			b.WriteString(variable(p))
			continue
		}
		b.WriteString(literal(p.literal))
	}
	return b.String()
}

// after is the text behind a literal.
func (t text) after(literal string) text {
	if len(t) > 0 && t[0].variable == "" {
		return append(text{{literal: literal + t[0].literal}}, t[1:]...)
	}
	return append(text{{literal: literal}}, t...)
}

// cut takes every place of a value out of the literals that is one by itself.
func (t text) cut(value string, hole piece) text {
	if value == "" {
		return t
	}
	var out text
	for _, p := range t {
		for p.variable == "" {
			at := find(p.literal, value)
			if at < 0 {
				break
			}
			if at > 0 {
				out = append(out, piece{literal: p.literal[:at]})
			}
			out = append(out, hole)
			p.literal = p.literal[at+len(value):]
		}
		if p.variable != "" || p.literal != "" {
			out = append(out, p)
		}
	}
	return out
}

// Values of fewer characters than these are looked for with care: an id may be
// a single digit, which also is a number, and a part of others.
const (
	unmistakable = 16
	telling      = 8
)

// find is where the value stands as a whole, or -1.
func find(in, value string) int {
	for from := 0; ; {
		at := strings.Index(in[from:], value)
		if at < 0 {
			return -1
		}
		at += from
		if standsAlone(in[:at], value, in[at+len(value):]) {
			return at
		}
		from = at + 1
	}
}

// standsAlone says whether a value is no part of a word, and if it is short,
// whether it is where a value is: in quotes, a segment of a path, a cursor.
func standsAlone(before, value, behind string) bool {
	if len(value) >= unmistakable || before == "" && behind == "" {
		return true
	}
	opened := slices.ContainsFunc([]string{`"`, "/", "%22", "%2F", "cursor="}, func(s string) bool { return strings.HasSuffix(before, s) })
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(behind)
	return (opened || len(value) >= telling && !inWord(last)) && !inWord(first)
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '.'
}

// step makes a step of an exchange.
func (p *Replay) step(x *wire.Exchange, place int, values []*value) Step {
	s := Step{
		Method: x.Method, Status: x.Status, Then: outcome(x), Creates: x.Method == http.MethodPost && !wire.ReadOnly(x.Method, x.URL),
		URL: p.holes(text{{literal: x.URL}}, place, values, true), Body: p.holes(text{{literal: compact(x.RequestBody)}}, place, values, false),
	}
	if x.Form != nil {
		s.Form = *x.Form
	}
	s.Token = s.Form.Scheme == wire.SchemeCertificate && s.Form.Certificate // shown by no header
	written, told := x.Written()
	for _, name := range slices.Sorted(maps.Keys(x.RequestHeader)) {
		value := x.RequestHeader.Get(name)
		switch {
		case name == "Content-Length", name == "Accept-Encoding": // the client's own business
		case x.Shows(name) && x.Credentials != nil && p.ours(x.URL):
			s.Credentials = x.Credentials
		case x.Shows(name) && told && strings.EqualFold(written, "Bearer {token}") && p.ours(x.URL):
			s.Token = true
		case strings.Contains(value, "[hidden]"):
			s.Hidden = true
		default:
			s.Header = append(s.Header, field{name, p.holes(text{{literal: value}}, place, values, false)})
		}
	}
	return s
}

// holes cuts the base URL and the values of earlier answers out of the text.
func (p *Replay) holes(t text, place int, values []*value, inURL bool) text {
	t = t.cut(p.Base, piece{variable: base})
	for _, v := range values {
		if v.from >= place {
			continue
		}
		if inURL {
			for _, form := range urlForms(v.text) {
				t = t.cut(form, piece{variable: v.name(), escaped: true})
			}
			continue
		}
		t = t.cut(v.text, piece{variable: v.name()})
	}
	return t
}

// urlForms are the ways in which a value is written in a URL.
func urlForms(s string) []string {
	return slices.Compact([]string{escapeURL(s), url.PathEscape(s), s})
}

func escapeURL(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// compact is the body on one line if it is JSON, and otherwise as it is.
func compact(body []byte) string {
	var b bytes.Buffer
	if json.Compact(&b, body) != nil {
		return string(body)
	}
	return b.String()
}
