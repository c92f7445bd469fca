// Package lint judges one SCIM message or schema alone, as a file: what it is, whether it
// has the form of that, and what holds of such a message whoever sends it.
package lint

import (
	"cmp"
	"slices"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Finding is one thing that is wrong with a file.
type Finding struct {
	File    string `json:"file"`
	Line    int    `json:"line"`   // from 1; 0 where no place is known
	Column  int    `json:"column"` // from 1, in characters
	Path    string `json:"path,omitempty"`
	ID      string `json:"id,omitempty"` // of the requirement that it is about; "" for a file that no message is in
	Message string `json:"message"`
}

// Options say how to read a file.
type Options struct {
	As       Kind           // what it is; "" to recognise it
	Request  bool           // a client sends it
	Answer   bool           // a server answers it; with neither, the message tells
	Declared []*scim.Schema // the schemas of the target; nil for those of the standard, which others may extend
}

// MaxSize is how many bytes of a file are judged.
const MaxSize = 16 << 20

// Lint judges the file. It may hold several messages, one after the other.
func Lint(file string, data []byte, o Options) []Finding {
	if o.As.isYAML() {
		return yamlFindings(file, data, o.As)
	}
	text, found := readable(data)
	all := found
	offset := len(data) - len(text) // of a byte order mark
	for text != nil {
		s := scan(text)
		all = append(all, s.findings...)
		if !s.whole {
			break
		}
		m := &message{scanned: s, options: o}
		m.judge()
		all = append(all, m.findings...)
		text = nil
		if len(s.rest) > 0 {
			text = padded(data, offset, s.rest)
		}
	}
	for i := range all {
		all[i].File = file
	}
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(all)
}

// padded is the rest of a file with blanks in the place of what came before, so that lines and
// columns stay those of the file.
func padded(data []byte, offset int, rest []byte) []byte {
	before := slices.Clone(data[offset : len(data)-len(rest)])
	for i, b := range before {
		if b != '\n' {
			before[i] = ' '
		}
	}
	return append(before, rest...)
}

func yamlFindings(file string, data []byte, kind Kind) []Finding {
	var into map[string]any
	_, err := schemas.DecodeYAML(kind.schema(true), file, data, &into)
	return fromSchema(err, func(schemas.Problem) string { return "" }, file)
}
