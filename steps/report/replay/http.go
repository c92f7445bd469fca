package replay

import (
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// WriteHTTP writes a file for the REST clients of editors: each request has a
// name, and later ones take what they need from its answer.
func (p *Replay) WriteHTTP(w io.Writer) error {
	var b strings.Builder
	b.WriteString(comment("#", p.about("For a REST client that knows named requests. The token is taken from $SCIM_TOKEN. Send the requests in order.")))
	if p.creates() {
		b.WriteString("# What they create has to be removed by hand, or with simulate-duo sweep if it carries a mark.\n")
	}
	fmt.Fprintf(&b, "\n@baseUrl = %s\n@token = {{$processEnv SCIM_TOKEN}}\n", words.Visible(p.Base))
	for i, s := range p.Steps {
		p.httpStep(&b, i+1, s)
	}
	if p.WantStatus != 0 {
		fmt.Fprintf(&b, "\n### The last answer has to be %d.\n", p.WantStatus)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (p *Replay) httpStep(b *strings.Builder, n int, s Step) {
	fmt.Fprintf(b, "\n### %d. then: %s\n# @name step%d\n", n, words.Visible(s.Then), n)
	fmt.Fprintf(b, "%s %s\n", words.Visible(s.Method), p.httpText(s.URL))
	if s.Token {
		b.WriteString("Authorization: Bearer {{token}}\n")
	}
	if s.Credentials != nil {
		b.WriteString(httpCredentials(*s.Credentials))
	}
	for _, f := range s.Header {
		fmt.Fprintf(b, "%s: %s\n", words.Visible(f.name), p.httpText(f.value))
	}
	if len(s.Body) > 0 {
		fmt.Fprintf(b, "\n%s\n", p.httpText(s.Body))
	}
}

// httpText is the text with references to earlier answers. Such a client takes
// them as they are: what would need escaping in a URL is the user's to see to.
func (p *Replay) httpText(t text) string {
	return t.fill(words.Visible, func(v piece) string {
		if v.variable == base {
			return "{{baseUrl}}"
		}
		for i, s := range p.Steps {
			for _, c := range s.Captures {
				switch {
				case c.variable != v.variable:
				case c.header != "":
					return fmt.Sprintf("{{step%d.response.headers.%s}}", i+1, c.header)
				default:
					return fmt.Sprintf("{{step%d.response.body.$%s}}", i+1, c.query())
				}
			}
		}
		return v.variable
	})
}

// httpCredentials is the header, as far as such a file can make it of the token.
func httpCredentials(written string) string {
	literals, parts := wire.SplitCredentials(written)
	var b strings.Builder
	for i, literal := range literals {
		b.WriteString(words.Visible(literal))
		switch {
		case i >= len(parts):
		case parts[i].Placeholder == "{token}":
			b.WriteString("{{token}}")
		default:
			return "# Write here by hand, with what it says in place of the braces: Authorization: " + words.Visible(written) + "\n"
		}
	}
	return "Authorization: " + b.String() + "\n"
}
