package explain

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Markdown writes explanations for a wiki or a ticket.
func Markdown(w io.Writer, all []*Explanation) error {
	var b strings.Builder
	for i, x := range all {
		if i > 0 {
			b.WriteString("\n")
		}
		x.markdown(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (x *Explanation) markdown(b *strings.Builder) {
	written := words.Markdown(x.Source)
	if x.Link != "" {
		written = fmt.Sprintf("[%s](%s)", written, x.Link)
	}
	fmt.Fprintf(b, "## %s: %s\n\n**%s**, written in %s. %s\n", words.Markdown(x.ID), words.Markdown(x.Title), x.Level, written, words.Markdown(x.Why))
	markdownList(b, "At stake", x.atStake(), maxMistakes)
	markdownList(b, "What "+x.Wrongly()+" can do wrong", x.Mistakes, maxMistakes)
	markdownList(b, "Allowed", choiceNames(x.Allowed), maxChoices)
	fmt.Fprintf(b, "\n### How to mend it\n\n%s.\n", words.Markdown(x.mend()))
	if x.Check != "" {
		fmt.Fprintf(b, "\n- check: `%s`\n", x.Check)
	}
	if x.Try != "" {
		fmt.Fprintf(b, "- a server that gets it wrong: `%s`\n", x.Try)
	}
	fmt.Fprintf(b, "\n%s", words.Fence("gherkin", x.Rule))
	shown, left := x.typical(maxRequests)
	for _, r := range shown {
		fmt.Fprintf(b, "\n%s:\n\n%s", words.Markdown(r.Step), words.Fence("http", r.message()))
	}
	if left > 0 {
		fmt.Fprintf(b, "\nRequests of %d more forms are in `--format json`.\n", left)
	}
}

func markdownList(b *strings.Builder, title string, items []string, most int) {
	for i, item := range items {
		if i == 0 {
			fmt.Fprintf(b, "\n### %s\n\n", title)
		}
		if i == most && len(items) > most+1 {
			fmt.Fprintf(b, "- and %d more\n", len(items)-most)
			return
		}
		fmt.Fprintf(b, "- %s\n", words.Markdown(item))
	}
}

// JSON writes explanations for programs.
func JSON(w io.Writer, all []*Explanation) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(all)
}
