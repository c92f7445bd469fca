package replay

import (
	_ "embed"
	"fmt"
	"go/format"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// goEnd is the part of every Go test that does not depend on the finding. It is
// a file of its own so that it is compiled, formatted and checked as such.
//
//go:embed client.go.txt
var goEnd string

// WriteGo writes a Go test of the standard library alone. It asserts what the finding
// asserts, see check; where that cannot be told of another answer, it is skipped with
// what there is to compare.
func (p *Replay) WriteGo(w io.Writer) error {
	var b strings.Builder
	b.WriteString(comment("//", p.about("It needs the token in $SCIM_TOKEN; $SCIM_BASE_URL names another target than that of the report. "+p.removal())))
	fmt.Fprintf(&b, "package main_test\n\n%s\nconst (\n\treported = %s\n\tmark = %s\n)\n\nfunc Test%s(t *testing.T) {\n\tc := newTarget(t)\n", goImports, strconv.Quote(p.Base), strconv.Quote(p.Mark), goName(p.Requirement.ID))
	for i, s := range p.Steps {
		p.goStep(&b, i+1, s)
	}
	if p.WantStatus != 0 {
		fmt.Fprintf(&b, "if got := step%d.status; got != %d {\n\tt.Errorf(\"still fails: expected %d, got %%d\", got)\n}\n", len(p.Steps), p.WantStatus, p.WantStatus)
	} else {
		b.WriteString(p.goCheck())
	}
	b.WriteString("}\n\n" + goEnd)
	text, err := format.Source([]byte(b.String()))
	if err != nil {
		return fmt.Errorf("write the Go test of %s: %w", p.Requirement.ID, err)
	}
	_, err = w.Write(text)
	return err
}

const goImports = `import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)
`

func (p *Replay) goStep(b *strings.Builder, n int, s Step) {
	name := fmt.Sprintf("step%d := ", n)
	if len(s.Captures) == 0 && n < len(p.Steps) {
		name = ""
	}
	fmt.Fprintf(b, "%sc.send(%t, %d, %s, %s, %s", name, s.Token, s.Status, strconv.Quote(s.Method), goText(s.URL), goText(s.Body))
	if s.Credentials != nil {
		fmt.Fprintf(b, ",\n\"Authorization\", %s", goCredentials(*s.Credentials))
	}
	for _, f := range s.Header {
		fmt.Fprintf(b, ",\n%s, %s", strconv.Quote(f.name), goText(f.value))
	}
	b.WriteString(")\n")
	for _, c := range s.Captures {
		if c.header != "" {
			fmt.Fprintf(b, "%s := step%d.header.Get(%s)\n", c.variable, n, strconv.Quote(c.header))
			continue
		}
		fmt.Fprintf(b, "%s := step%d.value(", c.variable, n)
		for i, step := range c.path {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(b, "%#v", step)
		}
		b.WriteString(")\n")
	}
}

// goText is an expression for the text.
func goText(t text) string {
	var parts []string
	for _, p := range t {
		switch {
		case p.variable == base:
			parts = append(parts, "c.base")
		case p.escaped:
			parts = append(parts, "escape("+p.variable+")")
		case p.variable != "":
			parts = append(parts, p.variable)
		default:
			parts = append(parts, strconv.Quote(p.literal))
		}
	}
	if len(parts) == 0 {
		return `""`
	}
	return strings.Join(parts, " + ")
}

func goName(id string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, id)
}
