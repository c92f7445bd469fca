package explain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Limits on what the text shows; the JSON form has all of it.
const (
	maxRequests = 8  // requests
	maxMistakes = 12 // ways to get it wrong
	maxChoices  = 8  // of what is permitted
	maxLines    = 30 // of a body
	maxAnswer   = 400
)

// indent is how far the text stands from the margin, behind its labels.
const indent = 10

// page is the text under construction.
type page struct {
	text  strings.Builder
	width int
}

// Text writes explanations for people, wrapped at the width; 0 does not wrap.
func Text(w io.Writer, all []*Explanation, width int) error {
	p := &page{width: width}
	for i, x := range all {
		if i > 0 {
			p.text.WriteString("\n\n")
		}
		p.explanation(x)
	}
	_, err := io.WriteString(w, p.text.String())
	return err
}

func (p *page) explanation(x *Explanation) {
	p.text.WriteString(words.Wrap(x.ID+"  "+x.Level+"  ", x.Title, 0, p.width) + "\n\n")
	if x.Why != "" {
		p.text.WriteString(words.Wrap("", x.Why, 0, p.width) + "\n\n")
	}
	p.row("written", x.Source)
	if x.Link != "" {
		p.row("", x.Link)
	}
	p.row("asked by", x.AskedBy+"; "+x.Area)
	for i, line := range x.atStake() {
		p.row([]string{"at stake", ""}[min(i, 1)], line)
	}
	p.list(x.Wrongly(), x.Mistakes, maxMistakes)
	p.list("allowed", choiceNames(x.Allowed), maxChoices)
	p.row("mend it", x.mend())
	p.row("look", x.look())
	fmt.Fprintf(&p.text, "\n%s", x.Rule)
	p.requests(x)
}

func (p *page) row(label, text string) {
	if text != "" {
		p.text.WriteString(words.Wrap(fmt.Sprintf("%-*s", indent, label), text, indent, p.width) + "\n")
	}
}

// list is a row for each, and how many are left out.
func (p *page) list(label string, items []string, most int) {
	shown := items
	if len(items) > most+1 {
		shown = items[:most]
	}
	for i, item := range shown {
		if i > 0 {
			label = ""
		}
		p.text.WriteString(words.Wrap(fmt.Sprintf("%-*s- ", indent, label), item, indent+2, p.width) + "\n")
	}
	if left := len(items) - len(shown); left > 0 {
		p.row("", fmt.Sprintf("- and %d more: --format json has them all", left))
	}
}

// Wrongly is who gets it wrong, in a word.
func (x *Explanation) Wrongly() string {
	switch {
	case x.AboutClients:
		return "clients"
	case x.AboutDuo:
		return "Duos"
	}
	return "servers"
}

// atStake says who breaks where the requirement is not met, a line for each kind.
func (x *Explanation) atStake() []string {
	var lines []string
	add := func(clients []string, text string) {
		if len(clients) > 0 {
			lines = append(lines, fmt.Sprintf(text, strings.Join(clients, ", ")))
		}
	}
	switch x.Risk {
	case "security":
		lines = append(lines, "security")
	case "data":
		lines = append(lines, "data is lost, or shown")
	}
	if len(x.Breaks) > 1 {
		add(x.Breaks, "breaks %s: they ask for this, or send such requests themselves")
	} else {
		add(x.Breaks, "breaks %s: it asks for this, or sends such requests itself")
	}
	add(x.MayBreak, "may break %s: nobody outside knows whether it sends these requests")
	add(x.Warns, "a warning for %s")
	if len(lines) == 0 && !x.AboutClients && !x.AboutDuo && !x.Unobservable {
		lines = append(lines, "form: no client that is known here sends a request that is answered so")
	}
	return lines
}

// mend says what to do about it.
func (x *Explanation) mend() string {
	switch {
	case x.Unobservable:
		return "nothing outside the server can tell whether it is met: read the section against the code"
	case x.AboutDuo:
		return "nothing at a target: it is about the simulated Duo itself"
	case x.AboutClients:
		return "send what the examples below ask for; judge-client shows the request that does not"
	case len(x.Requests) == 0:
		return "answer so that each Then below holds"
	}
	return "answer the requests below as it is shown there, so that each Then holds"
}

// look says by which commands to see it.
func (x *Explanation) look() string {
	if x.Try == "" {
		return x.Check
	}
	return x.Check + " checks a target; " + x.Try + " is a server that gets it wrong"
}

func (p *page) requests(x *Explanation) {
	shown, left := x.typical(maxRequests)
	if len(shown) == 0 {
		return
	}
	p.text.WriteString("\n" + words.Wrap("", "What the checks send, and how a server that meets it answers:", 0, p.width) + "\n")
	said := ""
	for _, r := range shown {
		if r.Step != said {
			p.text.WriteString("\n" + words.Wrap("# ", words.Visible(r.Step), 2, p.width))
		}
		said = r.Step
		p.text.WriteString("\n" + r.message() + "\n")
	}
	if left > 0 {
		p.text.WriteString("\n" + words.Wrap("", fmt.Sprintf("Requests of %d more forms: --format json has them all.", left), 0, p.width) + "\n")
	}
}

// message is the request as HTTP, with its answer in short.
func (r *Request) message() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", r.Method, words.Visible(r.Path))
	for _, line := range r.Header {
		fmt.Fprintf(&b, "%s\n", words.Visible(line))
	}
	if r.Body != "" {
		fmt.Fprintf(&b, "\n%s\n", body(r.Body))
	}
	fmt.Fprintf(&b, "\n→ %s", words.StatusLine(r.Status))
	if r.Answer != "" {
		fmt.Fprintf(&b, "\n  %s", words.Short(r.Answer, maxAnswer))
	}
	return b.String()
}

// body is a body over several lines, if it is JSON and these are not too many.
func body(text string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(text), "", "  ") != nil || bytes.Count(b.Bytes(), []byte("\n")) > maxLines {
		return words.Short(text, words.MaxValue)
	}
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = words.Visible(lines[i])
	}
	return strings.Join(lines, "\n")
}

func choiceNames(all []Choice) []string {
	return words.Each(all, func(c Choice) string { return c.Name + " (" + c.Why + ")" })
}
