package scim

import (
	"encoding/json"
	"unicode/utf8"
)

// plainReader reads JSON as nearly every document is: names and texts without rare escapes,
// objects of a few members. It gives up on everything else, right or wrong, which
// is then for the careful reader: what it reads, that one would read the same.
// It takes a quarter of the time, and reading is most of what a request costs.
type plainReader struct {
	data []byte
	at   int
}

// parsePlain reads the document, or says that it gives up.
func parsePlain(data []byte) (v any, ok bool) {
	p := &plainReader{data: data}
	if v, ok = p.value(0); !ok {
		return nil, false
	}
	p.space()
	return v, p.at == len(data)
}

func (p *plainReader) space() {
	for p.at < len(p.data) {
		switch p.data[p.at] {
		case ' ', '\t', '\r', '\n':
			p.at++
		default:
			return
		}
	}
}

// next skips white space and returns the byte after it, 0 at the end.
func (p *plainReader) next() byte {
	p.space()
	if p.at == len(p.data) {
		return 0
	}
	return p.data[p.at]
}

// take skips the byte if it comes next.
func (p *plainReader) take(b byte) bool {
	if p.next() != b {
		return false
	}
	p.at++
	return true
}

func (p *plainReader) value(depth int) (any, bool) {
	if depth >= MaxDepth {
		return nil, false
	}
	switch p.next() {
	case '{':
		return p.object(depth)
	case '[':
		return p.array(depth)
	case '"':
		return p.text()
	case 't':
		return true, p.word("true")
	case 'f':
		return false, p.word("false")
	case 'n':
		return nil, p.word("null")
	}
	return p.number()
}

func (p *plainReader) word(word string) bool {
	end := p.at + len(word)
	if end > len(p.data) || string(p.data[p.at:end]) != word {
		return false
	}
	p.at = end
	return true
}

// text reads a text. Of the escapes it knows those of one character for itself, such
// as in the versions that many resources have.
func (p *plainReader) text() (string, bool) {
	if !p.take('"') {
		return "", false
	}
	ascii, from := true, p.at
	var before []byte // what stands before the last escape
	for i := p.at; i < len(p.data); i++ {
		switch c := p.data[i]; {
		case c == '"':
			text := p.data[from:i]
			if before != nil {
				text = append(before, text...)
			}
			p.at = i + 1
			return string(text), ascii || utf8.Valid(text)
		case c == '\\':
			if i++; i == len(p.data) || !forItself(p.data[i]) {
				return "", false
			}
			before = append(append(before, p.data[from:i-1]...), p.data[i])
			from = i + 1
		case c < ' ':
			return "", false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return "", false
}

// forItself says whether the character after a backslash stands for itself.
func forItself(c byte) bool { return c == '"' || c == '\\' || c == '/' }

// number reads a number without a fraction or an exponent.
func (p *plainReader) number() (any, bool) {
	from := p.at
	if p.at < len(p.data) && p.data[p.at] == '-' {
		p.at++
	}
	digits := p.at
	for p.at < len(p.data) && p.data[p.at] >= '0' && p.data[p.at] <= '9' {
		p.at++
	}
	n := p.at - digits
	whole := n == 1 || n > 1 && p.data[digits] != '0'
	if p.at < len(p.data) && (p.data[p.at] == '.' || p.data[p.at]|0x20 == 'e') {
		whole = false
	}
	return json.Number(p.data[from:p.at]), whole
}

func (p *plainReader) array(depth int) (any, bool) {
	p.at++
	a := []any{}
	if p.take(']') {
		return a, true
	}
	for {
		v, ok := p.value(depth + 1)
		if !ok {
			return nil, false
		}
		a = append(a, v)
		if p.take(']') {
			return a, true
		}
		if !p.take(',') {
			return nil, false
		}
	}
}

func (p *plainReader) object(depth int) (any, bool) {
	p.at++
	o := &Object{}
	if p.take('}') {
		return o, true
	}
	for {
		if p.next() != '"' {
			return nil, false
		}
		name, ok := p.text()
		if !ok || !p.take(':') || len(o.members) == fewMembers || o.index(name) >= 0 {
			return nil, false
		}
		v, ok := p.value(depth + 1)
		if !ok {
			return nil, false
		}
		o.members = append(o.members, Member{name, v})
		if p.take('}') {
			return o, true
		}
		if !p.take(',') {
			return nil, false
		}
	}
}
