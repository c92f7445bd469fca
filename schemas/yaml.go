package schemas

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// MaxFile is the largest YAML file that DecodeYAML reads, in bytes.
const MaxFile = 4 << 20

// DecodeYAML reads the one document in data, checks it against the schema and
// decodes it into the struct that into points to, whose fields carry yaml tags.
// The file's name is only used in messages.
//
// A document that cannot be read or does not fit is an *Invalid. Refused as
// well, because nothing of ours needs them and they read differently from how
// they look: several documents, anchors and aliases, tags, merge keys.
func DecodeYAML(schema Name, file string, data []byte, into any) (*Positions, error) {
	r := &yamlReader{source: data}
	body := r.parse()
	if !r.ok() {
		return nil, newInvalid(schema, file, r.problems)
	}
	value, root := r.value(body)
	if !r.ok() {
		return nil, newInvalid(schema, file, r.problems)
	}
	positions := &Positions{schema: schema, file: file, root: root}
	problems, err := check(schema, value)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		for i := range problems {
			positions.locate(&problems[i])
		}
		return nil, positions.Invalid(problems...)
	}
	if err := yaml.NodeToValue(body, into, yaml.Strict()); err != nil {
		return nil, positions.Invalid(r.syntax(err))
	}
	return positions, nil
}

type yamlReader struct {
	source   []byte
	problems []Problem
}

func (r *yamlReader) ok() bool { return len(r.problems) == 0 }

func (r *yamlReader) fail(line, column int, format string, args ...any) {
	p := Problem{Line: line, Column: column, Message: fmt.Sprintf(format, args...)}
	if len(r.problems) < maxPrinted { // finding a line takes a scan of the file
		p.Source = r.line(line)
	}
	r.problems = append(r.problems, p)
}

// line is one line of the source, from 1, without its end.
func (r *yamlReader) line(number int) string {
	rest := r.source
	for ; number > 1; number-- {
		_, after, ok := bytes.Cut(rest, []byte("\n"))
		if !ok {
			return ""
		}
		rest = after
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return strings.ToValidUTF8(string(bytes.TrimSuffix(line, []byte("\r"))), "\uFFFD")
}

// parse returns the body of the only document, or notes why there is none.
func (r *yamlReader) parse() ast.Node {
	if len(r.source) > MaxFile {
		r.problems = []Problem{{Message: fmt.Sprintf("the file has %d bytes, more than the %d that are read: split it", len(r.source), MaxFile)}}
		return nil
	}
	r.source = bytes.TrimPrefix(r.source, []byte("\uFEFF"))
	if r.text(); !r.ok() {
		return nil
	}
	tokens := lexer.Tokenize(string(r.source))
	if r.tokens(tokens); !r.ok() {
		return nil
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		r.problems = append(r.problems, r.syntax(err))
		return nil
	}
	return r.body(file)
}

func (r *yamlReader) body(file *ast.File) ast.Node {
	var body ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			at := start(doc.Body)
			r.fail(at.line, at.column, "a second document starts here: keep one document in the file")
			return nil
		}
		body = doc.Body
	}
	if body == nil {
		r.problems = append(r.problems, Problem{Message: "the file is empty: it must hold one YAML document"})
	}
	return body
}

// text refuses bytes that are not text, before the lexer sees them.
func (r *yamlReader) text() {
	line, column := 1, 1
	for rest := r.source; len(rest) > 0; {
		c, size := utf8.DecodeRune(rest)
		switch {
		case c == utf8.RuneError && size == 1:
			r.fail(line, column, "byte 0x%02X is not UTF-8: save the file as UTF-8", rest[0])
			return
		case c == '\n':
			line, column = line+1, 0
		case c < ' ' && c != '\t' && c != '\r':
			r.fail(line, column, "control character U+%04X: remove it", c)
			return
		}
		column++
		rest = rest[size:]
	}
}

// syntax is the problem behind an error of the YAML library.
func (r *yamlReader) syntax(err error) Problem {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil || at.GetToken().Position == nil {
		return Problem{Message: "this is not YAML: " + firstLine(err.Error())}
	}
	p := at.GetToken().Position
	return Problem{Line: p.Line, Column: p.Column, Message: remedy(firstLine(at.GetMessage())), Source: r.line(p.Line)}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// remedy adds what to do to the library's words, where they leave it open.
func remedy(message string) string {
	switch {
	case strings.Contains(message, "tab character"), strings.Contains(message, "'\t'"):
		return "a tab cannot indent YAML: use spaces"
	case strings.Contains(message, "already defined"):
		return message + ": keep one of both"
	}
	return message
}

// at is the position of a token; the library leaves some tokens without one.
func at(t *token.Token) position {
	if t == nil || t.Position == nil {
		return position{}
	}
	return position{t.Position.Line, t.Position.Column}
}
