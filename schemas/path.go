package schemas

import (
	"fmt"
	"strconv"
	"strings"
)

// Path writes the way to a value as a reader would: Path("users", 2, "email")
// is users[2].email, and a name that is no plain word is quoted, as in
// users[2].attributes["Cost Center"]. A step is a string or an int.
func Path(steps ...any) string {
	var b strings.Builder
	for _, step := range steps {
		switch step := step.(type) {
		case int:
			fmt.Fprintf(&b, "[%d]", step)
		case string:
			if !plainWord(step) {
				fmt.Fprintf(&b, "[%q]", step)
				continue
			}
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(step)
		default:
			panic(fmt.Sprintf("schemas: a step of a path is a string or an int, not %T", step))
		}
	}
	return b.String()
}

func plainWord(s string) bool {
	for i, r := range s {
		letter := r == '_' || r == '$' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '-' && (r < '0' || r > '9')) {
			return false
		}
	}
	return s != ""
}

// parsePath takes a path apart into the steps that Path was given. What Path
// cannot have written ends the steps.
func parsePath(path string) []any {
	var steps []any
	for path != "" {
		if path[0] != '[' {
			path = strings.TrimPrefix(path, ".")
			end := strings.IndexAny(path, ".[")
			if end < 0 {
				end = len(path)
			}
			steps = append(steps, path[:end])
			path = path[end:]
			continue
		}
		step, rest, ok := parseBracket(path[1:])
		if !ok {
			return steps
		}
		steps = append(steps, step)
		path = rest
	}
	return steps
}

// parseBracket reads an index or a quoted name, and the bracket after it.
func parseBracket(path string) (step any, rest string, ok bool) {
	if quoted, err := strconv.QuotedPrefix(path); err == nil {
		name, _ := strconv.Unquote(quoted) // QuotedPrefix has checked it
		rest, ok = strings.CutPrefix(path[len(quoted):], "]")
		return name, rest, ok
	}
	digits, rest, ok := strings.Cut(path, "]")
	index, err := strconv.Atoi(digits)
	return index, rest, ok && err == nil && index >= 0
}

// typedSteps turns the validator's steps, all of them strings, into the steps
// of Path by walking the document: a step into an array is an index.
func typedSteps(value any, steps []string) []any {
	typed := make([]any, 0, len(steps))
	for _, step := range steps {
		switch v := value.(type) {
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(v) {
				return append(typed, step)
			}
			typed = append(typed, i)
			value = v[i]
		case map[string]any:
			typed = append(typed, step)
			value = v[step]
		default:
			typed = append(typed, step)
			value = nil
		}
	}
	return typed
}

// maxQuoted bounds how much of a document's own text a message repeats.
const maxQuoted = 60

// quote is text for a message: escaped, so that it cannot act on a terminal,
// and shortened.
func quote(s string) string {
	if r := []rune(s); len(r) > maxQuoted {
		s = string(r[:maxQuoted]) + "…"
	}
	return strconv.Quote(s)
}

func quoteAll(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(w)
	}
	return strings.Join(quoted, ", ")
}
