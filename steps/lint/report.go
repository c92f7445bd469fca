package lint

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Text writes findings as linters do, one on a line: file:line:column: id: message.
func Text(w io.Writer, all []Finding) error {
	var b strings.Builder
	for _, f := range all {
		b.WriteString(words.Visible(f.File))
		if f.Line > 0 {
			fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
		}
		for _, part := range []string{f.ID, f.Path, f.Message} {
			if part != "" {
				b.WriteString(": " + words.Visible(part))
			}
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// JSON writes findings for programs.
func JSON(w io.Writer, all []Finding) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(append([]Finding{}, all...))
}
