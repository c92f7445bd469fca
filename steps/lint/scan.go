package lint

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/schemas"
)

// The requirements on the bytes of a message.
const (
	idUTF8    = "RFC7644-3.8-01"
	idObject  = "RFC7643-2.1-01"
	idOneJSON = "CLIENT-MEDIA-02"
)

// maxDepth is how deep arrays and objects may nest; SCIM needs six levels.
const maxDepth = 64

// readable is the text of a file without what stands before it; nil if it is no text.
func readable(data []byte) (text []byte, found []Finding) {
	start := func(id, message string) []Finding { return []Finding{{Line: 1, Column: 1, ID: id, Message: message}} }
	switch {
	case len(data) > MaxSize:
		return nil, start("", fmt.Sprintf("the file has more than %d bytes, and no SCIM message is as long", MaxSize))
	case len(bytes.TrimSpace(data)) == 0:
		return nil, start("", "the file is empty")
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}), len(data) > 1 && (data[0] == 0 || data[1] == 0):
		return nil, start(idUTF8, "the file is UTF-16 or UTF-32: write it as UTF-8")
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		text, found = data[3:], start(idUTF8, "the file begins with a byte order mark, which JSON does not have: leave it out (RFC 8259 section 8.1)")
	default:
		text = data
	}
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, start("", "the file is no text: it holds a NUL byte")
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			f := at(text, i)
			f.ID, f.Message = idUTF8, fmt.Sprintf("the byte \\x%02x is no UTF-8", text[i])
			return nil, append(found, f)
		}
		i += n
	}
	return text, found
}

// at is a finding at an offset.
func at(text []byte, offset int) Finding {
	before := text[:min(max(offset, 0), len(text))]
	return Finding{Line: 1 + bytes.Count(before, []byte("\n")), Column: 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])}
}

// scanned is one JSON value of a file, and where everything in it stands.
type scanned struct {
	text     []byte // up to the end of the value
	rest     []byte // what follows it
	whole    bool   // it could be read to its end
	places   map[string]int
	findings []Finding

	decoder *json.Decoder
}

// scan reads one value.
func scan(text []byte) *scanned {
	s := &scanned{text: text, places: map[string]int{}, decoder: json.NewDecoder(bytes.NewReader(text))}
	s.decoder.UseNumber()
	if err := s.value(nil); err != nil {
		s.broken(err)
		return s
	}
	end := int(s.decoder.InputOffset())
	s.whole, s.text, s.rest = true, text[:end], bytes.TrimLeft(text[end:], " \t\r\n")
	return s
}

// errDeep ends the reading of what is nested too deep.
var errDeep = errors.New("too deep")

// broken tells where the text stops to be JSON.
func (s *scanned) broken(err error) {
	f := at(s.text, int(s.decoder.InputOffset()))
	f.ID, f.Message = idOneJSON, "this is not JSON: "+err.Error()
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, errDeep):
		f.ID, f.Message = "", fmt.Sprintf("nested deeper than %d levels", maxDepth)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		f = at(s.text, len(s.text))
		f.ID, f.Message = idOneJSON, "the JSON ends too early"
	case errors.As(err, &syntax):
		f = at(s.text, int(syntax.Offset)-1)
		f.ID, f.Message = idOneJSON, "this is not JSON: "+syntax.Error()
	}
	s.findings = append(s.findings, f)
}

// next is where the next token begins.
func (s *scanned) next() int {
	i := int(s.decoder.InputOffset())
	for i < len(s.text) && strings.IndexByte(" \t\r\n,:", s.text[i]) >= 0 {
		i++
	}
	return i
}

func (s *scanned) value(path []any) error {
	if len(path) > maxDepth {
		return errDeep
	}
	s.places[key(schemas.Path(path...))] = s.next()
	token, err := s.decoder.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		return s.object(path)
	case json.Delim('['):
		for i := 0; s.decoder.More(); i++ {
			if err := s.value(append(slices.Clip(path), i)); err != nil {
				return err
			}
		}
		_, err = s.decoder.Token()
	}
	return err
}

// object also finds members that have the same name, in whatever case.
func (s *scanned) object(path []any) error {
	seen := map[string]string{}
	for s.decoder.More() {
		start := s.next()
		token, err := s.decoder.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		inner := append(slices.Clip(path), name)
		if first, twice := seen[strings.ToLower(name)]; twice {
			f := at(s.text, start)
			f.Path, f.ID, f.Message = schemas.Path(inner...), idObject, fmt.Sprintf("the object has %q already, as %q: names of attributes have no case, and readers differ in which value they take", name, first)
			s.findings = append(s.findings, f)
		}
		seen[strings.ToLower(name)] = name
		if err := s.value(inner); err != nil {
			return err
		}
	}
	_, err := s.decoder.Token()
	return err
}

func key(path string) string { return strings.ToLower(path) }

// place is a finding where the path leads, or as near to it as there is something.
func (s *scanned) place(path string) Finding {
	for p := path; ; p = p[:max(strings.LastIndexAny(p, ".["), 0)] {
		if offset, ok := s.places[key(p)]; ok || p == "" {
			f := at(s.text, offset)
			f.Path = path
			return f
		}
	}
}
