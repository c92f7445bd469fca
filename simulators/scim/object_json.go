package scim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// How objects are written and read as JSON.

// MarshalJSON writes the members in their order, without HTML escapes.
func (o *Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	if err := writeJSON(&b, o); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Marshal is the JSON of any value, compact and without HTML escapes.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	if err := writeJSON(&b, v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func writeJSON(b *bytes.Buffer, v any) error {
	switch v := v.(type) {
	case *Object:
		if v == nil {
			b.WriteString("null")
			return nil
		}
		b.WriteByte('{')
		for i, m := range v.members {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := writeText(b, m.Name); err != nil {
				return err
			}
			b.WriteByte(':')
			if err := writeJSON(b, m.Value); err != nil {
				return fmt.Errorf("%s: %w", m.Name, err)
			}
		}
		b.WriteByte('}')
		return nil
	case []any:
		b.WriteByte('[')
		for i := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := writeJSON(b, v[i]); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case string:
		return writeText(b, v)
	}
	return encode(b, v)
}

func writeText(b *bytes.Buffer, s string) error {
	if !isPlain(s) {
		return encode(b, s)
	}
	b.WriteByte('"')
	b.WriteString(s)
	b.WriteByte('"')
	return nil
}

func encode(b *bytes.Buffer, v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the encoder ends with a line feed
	return nil
}

// isPlain says whether a text is JSON as it stands, which most names and values
// are: an encoder for each would take half the time of an answer.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// UnmarshalJSON replaces the object by the one in data.
func (o *Object) UnmarshalJSON(data []byte) error {
	p, err := ParseObject(data)
	if err != nil {
		return err
	}
	*o = *p
	return nil
}

// ParseObject is Parse for a document that has to be an object.
func ParseObject(data []byte) (*Object, error) {
	v, err := Parse(data)
	if err != nil {
		return nil, err
	}
	o, ok := v.(*Object)
	if !ok {
		return nil, fmt.Errorf("a JSON object was expected, got %s", KindOf(v))
	}
	return o, nil
}

// Parse reads exactly one JSON document. Numbers keep their digits. It refuses
// documents that readers interpret differently: text after the document, a name
// that occurs twice in one object in any case, nesting beyond MaxDepth. It also
// refuses one of more than MaxValues values.
func Parse(data []byte) (any, error) {
	if hasTooMany(data) {
		return nil, fmt.Errorf("JSON of more than %d values", MaxValues)
	}
	if v, ok := parsePlain(data); ok {
		return v, nil
	}
	return parseCarefully(data, false)
}

// ParseFirst is Parse for readers that know JSON and not SCIM: a name may stand twice in one
// object, and the first counts. JSON lets it (RFC 8259 section 4), SCIM does not, since the case
// of a name does not matter to it (RFC 7643 section 2.1).
func ParseFirst(data []byte) (any, error) {
	if v, err := Parse(data); err == nil || hasTooMany(data) {
		return v, err
	}
	return parseCarefully(data, true)
}

// hasTooMany counts what begins or ends a value. In texts that counts too much, which
// matters to none that is shorter than the limit.
func hasTooMany(data []byte) bool {
	if len(data) <= MaxValues {
		return false
	}
	n := 0
	for _, mark := range []string{",", "{", "["} {
		n += bytes.Count(data, []byte(mark))
	}
	return n > MaxValues
}

func parseCarefully(data []byte, twins bool) (any, error) {
	d := &parser{json.NewDecoder(bytes.NewReader(data)), twins}
	d.UseNumber()
	v, err := parseValue(d, 0)
	if err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			if len(bytes.TrimSpace(data)) == 0 {
				return nil, errors.New("the body is empty")
			}
			return nil, errors.New("the JSON document ends too early")
		}
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("text after the JSON document at byte %d", d.InputOffset())
	}
	return v, nil
}

// parser reads a document token by token.
type parser struct {
	*json.Decoder
	twins bool // a name may stand twice
}

func parseValue(d *parser, depth int) (any, error) {
	if depth > MaxDepth {
		return nil, fmt.Errorf("JSON nested deeper than %d levels at byte %d", MaxDepth, d.InputOffset())
	}
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		return parseMembers(d, depth)
	case json.Delim('['):
		a := []any{}
		for d.More() {
			v, err := parseValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			a = append(a, v)
		}
		_, err := d.Token()
		return a, err
	}
	return t, nil
}

func parseMembers(d *parser, depth int) (*Object, error) {
	o := &Object{}
	var seen names
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		other, again := seen.add(name, o)
		if again && !d.twins {
			return nil, fmt.Errorf("%q and %q name the same attribute twice in one object", other, name)
		}
		v, err := parseValue(d, depth+1)
		if err != nil {
			return nil, err
		}
		if !again {
			o.members = append(o.members, Member{name, v})
		}
	}
	_, err := d.Token()
	return o, err
}

// names finds repeated names without comparing every pair, which would take
// minutes on hostile input.
type names map[string]string

const fewMembers = 16

// add says whether the object read so far has the name already, and how it is written there.
func (n *names) add(name string, o *Object) (other string, again bool) {
	if len(o.members) < fewMembers {
		if i := o.index(name); i >= 0 {
			return o.members[i].Name, true
		}
		return "", false
	}
	if *n == nil {
		*n = names{}
		for _, m := range o.members {
			(*n)[foldedName(m.Name)] = m.Name
		}
	}
	key := foldedName(name)
	other, again = (*n)[key]
	(*n)[key] = name
	return other, again
}

func foldedName(name string) string { return strings.ToLower(strings.ToUpper(name)) }
