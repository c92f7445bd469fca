package scim

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Flaw is one thing that ParseLeniently tolerated and Parse refuses.
type Flaw struct {
	Path string // of the value that it concerns, such as "Resources[3].name"; "" for the document
	What string // such as "\"Active\" and \"active\" name the same attribute twice in one object"
	Cut  bool   // the document ends too early: what is missing was never seen
}

func (f Flaw) String() string {
	if f.Path == "" {
		return f.What
	}
	return f.Path + ": " + f.What
}

// maxFlaws is how many flaws of one document are told. A broken document can
// have thousands; the first ones show the fault.
const maxFlaws = 20

// ParseLeniently reads as much of a JSON document as possible and reports what
// it tolerated. It serves readers that must go on after a broken answer, such
// as clean-up. Answers that are judged are read by Parse.
//
// Of names that occur twice in one object every member is kept, and Get finds
// the first. A value that nests deeper than MaxDepth, or is no JSON value, is
// read as null. A document that ends too early, or holds more than MaxValues
// values, ends there: the containers that are still open are kept, an unfinished
// text or number is not. The error means that nothing can be read: the body is
// empty or does not begin with a JSON value.
func ParseLeniently(data []byte) (v any, flaws []Flaw, err error) {
	r := &lenientReader{data: data}
	r.space()
	if r.at == len(data) {
		return nil, nil, errors.New("the body is empty")
	}
	if !strings.ContainsRune(`{["-0123456789tfn`, rune(data[r.at])) {
		return nil, nil, fmt.Errorf("the body is no JSON document: it begins with %q", firstBytes(data[r.at:]))
	}
	v, _ = r.value(0)
	r.space()
	if !r.cut && r.at < len(data) {
		r.flaw("text after the JSON document at byte %d", r.at)
	}
	if len(r.flaws) > 0 {
		return v, r.flaws, nil
	}
	if _, err := Parse(data); err != nil { // a comma too many, for one
		flaws = append(flaws, Flaw{What: err.Error()})
	}
	return v, flaws, nil
}

func firstBytes(data []byte) string {
	return strings.ToValidUTF8(string(data[:min(len(data), 20)]), "�")
}

type lenientReader struct {
	data  []byte
	at    int
	count int      // of values so far
	path  []string // of the value that is being read
	cut   bool     // the document has ended too early
	flaws []Flaw
}

func (r *lenientReader) flaw(format string, args ...any) {
	if len(r.flaws) < maxFlaws {
		path := strings.ReplaceAll(strings.Join(r.path, "."), ".[", "[")
		r.flaws = append(r.flaws, Flaw{Path: path, What: fmt.Sprintf(format, args...)})
	}
}

// end notes that the document ends within a value.
func (r *lenientReader) end() {
	if !r.cut {
		r.cut = true
		r.path = nil
		r.flaws = append(r.flaws, Flaw{What: "the JSON document ends too early", Cut: true})
	}
}

func (r *lenientReader) space() {
	for r.at < len(r.data) && strings.IndexByte(" \t\r\n", r.data[r.at]) >= 0 {
		r.at++
	}
}

// skip passes the byte if it comes next, behind white space.
func (r *lenientReader) skip(b byte) bool {
	r.space()
	if r.at < len(r.data) && r.data[r.at] == b {
		r.at++
		return true
	}
	return false
}

// value reads one value; whole is false for a text or number that is cut off.
func (r *lenientReader) value(depth int) (v any, whole bool) {
	r.space()
	if r.count++; r.count > MaxValues {
		r.flaw("JSON of more than %d values", MaxValues)
		r.at = len(r.data)
	}
	if r.at == len(r.data) {
		r.end()
		return nil, false
	}
	switch b := r.data[r.at]; {
	case (b == '{' || b == '[') && depth > MaxDepth:
		r.flaw("JSON nested deeper than %d levels at byte %d", MaxDepth, r.at)
		r.pass()
		return nil, true
	case b == '{':
		return r.object(depth), true
	case b == '[':
		return r.array(depth), true
	case b == '"':
		return r.text()
	}
	return r.word()
}

func (r *lenientReader) object(depth int) *Object {
	o := &Object{}
	var seen names
	r.at++
	for !r.cut && !r.skip('}') {
		if r.skip(',') {
			continue
		}
		if r.at == len(r.data) {
			r.end()
			break
		}
		if r.data[r.at] != '"' {
			r.flaw("a name was expected at byte %d", r.at)
			r.resync()
			continue
		}
		name, whole := r.text()
		if !whole || !r.colon(name) {
			continue
		}
		if other, again := seen.add(name, o); again {
			r.flaw("%q and %q name the same attribute twice in one object", other, name)
		}
		r.path = append(r.path, name)
		v, whole := r.value(depth + 1)
		if whole {
			o.members = append(o.members, Member{name, v})
		}
		r.leave()
	}
	return o
}

func (r *lenientReader) colon(name string) bool {
	if r.skip(':') {
		return true
	}
	if r.at == len(r.data) {
		r.end()
		return false
	}
	r.flaw("%q has no value", name)
	r.resync()
	return false
}

func (r *lenientReader) array(depth int) []any {
	a := []any{}
	r.at++
	for !r.cut && !r.skip(']') {
		if r.skip(',') {
			continue
		}
		if r.at < len(r.data) && strings.IndexByte("}:", r.data[r.at]) >= 0 {
			r.flaw("%q stands in an array at byte %d", r.data[r.at], r.at)
			r.at++
			continue
		}
		r.path = append(r.path, fmt.Sprintf("[%d]", len(a)))
		if v, whole := r.value(depth + 1); whole {
			a = append(a, v)
		}
		r.leave()
	}
	return a
}

func (r *lenientReader) leave() {
	if len(r.path) > 0 { // end has emptied it
		r.path = r.path[:len(r.path)-1]
	}
}

// text reads a string. Bytes that no string may have are replaced or kept as they are.
func (r *lenientReader) text() (s string, whole bool) {
	start := r.at
	for r.at++; r.at < len(r.data); r.at++ {
		switch r.data[r.at] {
		case '\\':
			r.at++
		case '"':
			r.at++
			return r.unquote(r.data[start:r.at]), true
		}
	}
	r.at = len(r.data)
	r.end()
	return "", false
}

func (r *lenientReader) unquote(quoted []byte) string {
	var s string
	if json.Unmarshal(quoted, &s) == nil {
		return s
	}
	r.flaw("a string has characters that JSON does not permit in it")
	return strings.ToValidUTF8(string(quoted[1:len(quoted)-1]), "�")
}

// word reads a number or a literal.
func (r *lenientReader) word() (v any, whole bool) {
	start := r.at
	for r.at < len(r.data) && strings.IndexByte(" \t\r\n,:]}[{\"", r.data[r.at]) < 0 {
		r.at++
	}
	word := string(r.data[start:r.at])
	if r.at == start { // a stray colon or bracket
		r.flaw("%q is no value", r.data[r.at])
		r.at++
		return nil, true
	}
	switch word {
	case "true", "false":
		return word == "true", true
	case "null":
		return nil, true
	}
	var n json.Number
	if json.Unmarshal([]byte(word), &n) == nil {
		return n, r.at < len(r.data) || start == 0
	}
	if r.at == len(r.data) && start > 0 {
		r.end()
		return nil, false
	}
	r.flaw("%.40q is no JSON value", word)
	return nil, true
}

// resync skips to the next comma, or to the bracket that ends the object.
func (r *lenientReader) resync() {
	for r.at < len(r.data) && r.data[r.at] != ',' && r.data[r.at] != '}' {
		if strings.IndexByte(`{["`, r.data[r.at]) >= 0 {
			r.pass()
			continue
		}
		r.at++
	}
}

// pass skips a value of any depth.
func (r *lenientReader) pass() {
	for open := 0; r.at < len(r.data); {
		switch r.data[r.at] {
		case '{', '[':
			open++
		case '}', ']':
			open--
		case '"':
			_, _ = r.text()
			r.at--
		}
		r.at++
		if open <= 0 {
			return
		}
	}
	r.end()
}
