package schemas

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// parseJSON reads exactly one JSON document; numbers keep their digits.
func parseJSON(document []byte) (any, *Problem) {
	if len(bytes.TrimSpace(document)) == 0 {
		return nil, &Problem{Message: "the document is empty"}
	}
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		return nil, jsonProblem(document, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		p := problemAt(document, d.InputOffset())
		p.Message = "there is text after the JSON document"
		return nil, &p
	}
	if p := unreadable(value, nil); p != nil {
		return nil, p
	}
	return value, nil
}

func jsonProblem(document []byte, err error) *Problem {
	p := problemAt(document, int64(len(document)))
	p.Message = "the JSON document ends too early"
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && !strings.Contains(syntax.Error(), "unexpected end") {
		p = problemAt(document, syntax.Offset)
		p.Message = "this is not JSON: " + syntax.Error()
	}
	return &p
}

// problemAt places a problem at the character that ends at the offset.
func problemAt(document []byte, offset int64) Problem {
	before := document[:min(max(offset-1, 0), int64(len(document)))]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:])))
	return Problem{Line: line, Column: column}
}

// maxDigits and maxExponent bound the numbers that are handed to the validator,
// which expands them exactly. Every float64 written in full is shorter.
const (
	maxDigits   = 400
	maxExponent = 400
)

// maxDepth is how deep arrays and objects may nest; SCIM needs six levels.
const maxDepth = 64

// unreadable finds what no reader of SCIM should have to hold: numbers out of
// all range, and nesting that only serves to exhaust the stack.
func unreadable(value any, path []any) *Problem {
	if len(path) > maxDepth {
		return &Problem{Path: Path(path[:1]...), Message: fmt.Sprintf("nested deeper than %d levels", maxDepth)}
	}
	switch v := value.(type) {
	case json.Number:
		if !readable(string(v)) {
			return &Problem{Path: Path(path...), Message: quote(string(v)) + " is outside the range of numbers"}
		}
	case []any:
		for i := range v {
			if p := unreadable(v[i], append(path, i)); p != nil {
				return p
			}
		}
	case map[string]any:
		for name, member := range v {
			if p := unreadable(member, append(path, name)); p != nil {
				return p
			}
		}
	}
	return nil
}

func readable(number string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToLower(number), "e")
	if len(mantissa) > maxDigits {
		return false
	}
	if ok {
		if e, err := strconv.Atoi(exponent); err != nil || e > maxExponent || e < -maxExponent {
			return false
		}
	}
	f, err := strconv.ParseFloat(number, 64)
	return err == nil && !math.IsInf(f, 0)
}
