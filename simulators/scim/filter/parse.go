package filter

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Filters come from clients. Both limits bound the work and the stack that one
// request can use.
const (
	maxLength = 16 << 10 // bytes
	maxDepth  = 50       // of parentheses and square brackets
)

// Parse reads a filter of RFC 7644 section 3.4.2.2. Names, operators and the
// words and, or and not are read in any case; "not" binds closest, then "and",
// then "or". The resource type t, which may be nil, supplies the known schema
// URNs: see ParsePath.
//
// The grammar has single spaces. Parse accepts longer white space, and none
// where the text stays unambiguous: an example in RFC 7644 section 3.5.2.2 has
// none between operator and value.
//
// Text beyond 16 KiB or 50 levels is refused. The error is a *scim.Error 400
// invalidFilter. It names the position, in characters from 1, and what was
// expected there. Parse does not look at the schemas: see Check.
func Parse(text string, t *scim.ResourceType) (Filter, error) {
	if err := checkText(text); err != nil {
		return nil, scim.InvalidFilter("the filter %s", err)
	}
	p := &parser{what: "filter", text: text, t: t}
	f, err := p.disjunction()
	if err != nil {
		return nil, err
	}
	if p.skip(); !p.done() {
		return nil, p.expected(`"and", "or" or the end of the filter`)
	}
	return f, nil
}

func checkText(text string) error {
	switch {
	case len(text) > maxLength:
		return fmt.Errorf("is longer than %d bytes", maxLength)
	case !utf8.ValidString(text):
		return errors.New("is not valid UTF-8")
	case strings.TrimSpace(text) == "":
		return errors.New("is empty")
	}
	return nil
}

// parser reads filters and paths by recursive descent.
type parser struct {
	what     string // "filter" or "path", for messages
	text     string
	at       int // byte offset of the next character
	t        *scim.ResourceType
	depth    int
	selected bool // within square brackets
}

// disjunction reads operands of "or", which binds weakest.
func (p *parser) disjunction() (Filter, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail("nested deeper than %d levels", maxDepth)
	}
	defer func() { p.depth-- }()
	left, err := p.conjunction()
	for err == nil && p.keyword("or") {
		var right Filter
		if right, err = p.conjunction(); err == nil {
			left = Or{left, right}
		}
	}
	return left, err
}

func (p *parser) conjunction() (Filter, error) {
	left, err := p.term()
	for err == nil && p.keyword("and") {
		var right Filter
		if right, err = p.term(); err == nil {
			left = And{left, right}
		}
	}
	return left, err
}

// term reads a group, a negated group, a comparison or a value filter.
func (p *parser) term() (Filter, error) {
	p.skip()
	if p.take('(') {
		return p.group()
	}
	start := p.at
	word := p.word()
	if strings.EqualFold(word, "not") {
		afterWord := p.at
		if p.skip(); p.take('(') {
			f, err := p.group()
			return Not{f}, err
		}
		p.at = afterWord
	}
	if word == "" {
		return nil, p.expected("an attribute name, \"not\" or \"(\"")
	}
	path, err := splitName(word, p.t)
	if err != nil {
		p.at = start
		return nil, p.fail("%s", err)
	}
	return p.expression(path)
}

// group reads what follows an opening parenthesis.
func (p *parser) group() (Filter, error) {
	f, err := p.disjunction()
	if err != nil {
		return nil, err
	}
	if p.skip(); !p.take(')') {
		return nil, p.expected(`"and", "or" or ")"`)
	}
	return f, nil
}

// expression reads what follows an attribute's name.
func (p *parser) expression(path Path) (Filter, error) {
	if !p.take('[') {
		return p.comparison(path)
	}
	path, err := p.selection(path)
	if err != nil {
		return nil, err
	}
	if !p.take(']') {
		return nil, p.expected(`"and", "or" or "]"`)
	}
	sub, err := p.subAttribute()
	switch {
	case err != nil:
		return nil, p.fail("%s", err)
	case sub != "":
		path.Sub = sub
		return p.comparison(path)
	}
	of := path.Filter
	path.Filter = nil
	return ValuePath{Path: path, Of: of}, nil
}

// selection reads the filter that follows an opening square bracket. The
// closing bracket is left to the caller, who knows the error for a missing one.
func (p *parser) selection(path Path) (Path, error) {
	switch {
	case p.selected:
		p.at-- // back to the bracket
		return path, p.fail(`"[" within "[" and "]"; a sub-attribute has no sub-attributes to select by`)
	case path.Attr == "" || path.Sub != "":
		p.at--
		return path, p.fail(`"[" has to follow the name of an attribute, not %q`, path)
	}
	p.selected = true
	defer func() { p.selected = false }()
	f, err := p.disjunction()
	path.Filter = f
	p.skip()
	return path, err
}

// subAttribute reads ".name" after a closing square bracket, if it is there.
func (p *parser) subAttribute() (string, error) {
	if !p.take('.') {
		return "", nil
	}
	if sub := p.word(); scim.IsAttributeName(sub) {
		return sub, nil
	}
	return "", errors.New(`the name of one sub-attribute was expected after "]."`)
}

func (p *parser) comparison(path Path) (Filter, error) {
	p.skip()
	start := p.at
	word := p.word()
	op, ok := lowerOp(word)
	switch {
	case !ok && word == "":
		return nil, p.expected("an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr)")
	case !ok:
		p.at = start
		return nil, p.fail("the operator %q is not supported; the operators are eq, ne, co, sw, ew, gt, ge, lt, le and pr", word)
	case op == Pr:
		return Compare{Path: path, Op: Pr}, nil
	}
	p.skip()
	value, err := p.literal()
	return Compare{Path: path, Op: op, Value: value}, err
}

// literal reads a JSON string, number, true, false or null.
func (p *parser) literal() (any, error) {
	start := p.at
	if p.take('"') {
		return p.quoted(start)
	}
	switch word := p.word(); word {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	default:
		if word != "" && (word[0] == '-' || word[0] >= '0' && word[0] <= '9') && json.Valid([]byte(word)) {
			return json.Number(word), nil
		}
	}
	p.at = start
	return nil, p.expected("a value (a string in double quotes, a number, true, false or null)")
}

// quoted reads the rest of a string whose opening quote is at start.
func (p *parser) quoted(start int) (any, error) {
	for !p.done() {
		switch p.text[p.at] {
		case '\\':
			p.at++
		case '"':
			p.at++
			var s string
			if err := json.Unmarshal([]byte(p.text[start:p.at]), &s); err != nil {
				p.at = start
				return nil, p.fail("the string is not valid JSON; a backslash, a quote and control characters need an escape")
			}
			return s, nil
		}
		p.at++
	}
	p.at = start
	return nil, p.fail("the string has no closing quote")
}
