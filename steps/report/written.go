package report

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// maxCommand is how long a command may be that is shown, in bytes.
const maxCommand = 8000

// Written is where the requirement stands, and in whose words it is argued.
func Written(q *Requirement) string {
	source, joint, text := Citation(q)
	return words.Visible(source + joint + text)
}

// Citation is where the requirement is written and its text, with what stands between
// them. A text that begins with its own section continues the source as one sentence.
func Citation(q *Requirement) (source, joint, text string) {
	text = PlainText(q)
	_, number, _ := strings.Cut(q.Source, " section ")
	rest, continues := strings.CutPrefix(text, "Section "+number)
	switch {
	case text == "":
		return q.Source, "", ""
	case q.Source == "" || strings.Contains(text, q.Source):
		return "", "", text
	case number != "" && continues && (strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, ",")):
		return q.Source, "", rest
	}
	return q.Source, ": ", text
}

// PlainText is the requirement's text in one line, without the source if it begins
// or ends with that: the source stands beside it.
func PlainText(q *Requirement) string {
	text := strings.Join(strings.Fields(q.Text), " ")
	if _, number, ok := strings.Cut(q.Source, " section "); ok {
		for _, lead := range []string{"Section " + number + ". ", "Section " + number + ": "} {
			if rest, found := strings.CutPrefix(text+" ", lead); found {
				text = strings.TrimSpace(rest)
			}
		}
	}
	return strings.TrimSpace(strings.Replace(text, "Source: "+q.Source+".", "", 1))
}

// empty stands for a value of nothing, so that it is not taken for one left out.
const empty = "(empty)"

// Values are what was expected and what came, to be shown: where there is one of
// them and the other is empty, that says so.
func Values(want, got string) (shownWant, shownGot string) {
	if want == "" && got == "" {
		return "", ""
	}
	return cmp.Or(want, empty), cmp.Or(got, empty)
}

// Repeat is the command that shows the finding again. An embedded target is
// gone by now, so no request can reach it.
func Repeat(f *Finding, target Target) string {
	if target.Embedded {
		return "simulate-duo --trace --tags @" + words.Visible(f.First().ID)
	}
	command := Repeatable(f.Exchange, f.First().ID)
	if f.isGone() {
		command += "\n# what it is about is gone: with --report json=FILE, simulate-duo replay FILE " + words.Visible(f.First().ID) + " --as curl makes it again"
	}
	return command
}

// isGone says whether the request is about a resource that the example itself has made,
// and the run has removed since.
func (f *Finding) isGone() bool {
	for _, x := range UntilDecided(f.Example) {
		if x != f.Exchange && x.Method == http.MethodPost && !isRead(x) && strings.Contains(resourceOf(pathOf(f.Exchange.URL)), "/*") {
			return true
		}
	}
	return false
}

// Repeatable is the command that sends the request again. One that is too long to
// read is too long to print: the JSON report keeps as much of it as there is.
func Repeatable(x *wire.Exchange, id string) string {
	c := words.Command(x.Curl())
	if len(c) <= maxCommand {
		return c
	}
	return fmt.Sprintf("# cut: the command has %s. With --report json=FILE: simulate-duo replay FILE %s", words.Count(len(c), "byte"), words.Visible(id))
}
