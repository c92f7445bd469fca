package html

import (
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/replay"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Limits that keep a page small however much a target sends, in bytes.
const (
	maxBody    = 4_000     // of one body
	maxSnippet = 8_000     // of one command to copy
	maxRoom    = 3_000_000 // of everything that the exchanges and values take, as HTML
)

// painter makes the parts of a page that come from the target, as long as there
// is room for them.
type painter struct {
	target   report.Target
	room     int
	snippets int // made so far; they are numbered for the buttons that copy them
}

func newPainter(t report.Target) *painter { return &painter{target: t, room: maxRoom} }

// take is at most limit bytes of a text, and how many bytes are left out.
func (p *painter) take(text string, limit int) (shown string, left int) {
	shown, left = cut(text, min(limit, p.room))
	p.room -= len(template.HTMLEscapeString(shown))
	return shown, left
}

// exchangeView is one request and its answer, as they went over the wire but
// with JSON indented.
type exchangeView struct {
	Line              string
	Request, Response messageView
	Err               string
}

type messageView struct {
	Text string
	Cut  string // how much is left out, in words
}

func (p *painter) exchange(x *wire.Exchange) *exchangeView {
	v := &exchangeView{Line: exchangeLine(x), Err: words.Short(x.Err, words.MaxMessage)}
	v.Request = p.message(words.Short(x.Method+" "+x.URL, words.MaxValue), x.RequestHeader, x.RequestBody, x.RequestTruncated)
	if x.Status != 0 {
		v.Response = p.message(words.StatusLine(x.Status), x.ResponseHeader, x.ResponseBody, x.Truncated)
	}
	return v
}

func (p *painter) message(start string, header http.Header, body []byte, truncated bool) messageView {
	if p.room <= 0 {
		return messageView{Text: start, Cut: "… the rest is in the JSON report"}
	}
	lines := []string{start}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			lines = append(lines, words.Short(name, words.MaxMessage)+": "+words.Short(value, words.MaxMessage))
		}
	}
	text := strings.Join(lines, "\n")
	left := 0
	if len(body) > 0 {
		var shown string
		shown, left = cut(indented(string(body)), maxBody)
		text += "\n\n" + visibleLines(shown)
	}
	text, beyond := p.take(text, len(text))
	v := messageView{Text: text}
	if left += beyond; left > 0 {
		v.Cut = moreBytes(left)
	}
	if truncated {
		v.Cut = strings.TrimSpace(v.Cut + " (and the body was longer than what the run keeps)")
	}
	return v
}

// exchangeLine is the exchange in one line.
func exchangeLine(x *wire.Exchange) string {
	answer := "no answer: " + words.Short(x.Err, words.MaxMessage)
	if x.Status != 0 {
		answer = words.StatusLine(x.Status)
	}
	return words.Short(x.Method+" "+x.URL, words.MaxValue) + " → " + answer
}

// snippet is a text to copy.
type snippet struct {
	ID, Name, Text string
}

// repeat is how to send the deciding request again.
func (p *painter) repeat(f *report.Finding) []snippet {
	if f.Exchange == nil {
		return nil
	}
	all := []snippet{{Name: "curl", Text: strings.Join(replay.Short(f, p.target), "\n")}}
	if p.target.Embedded {
		all[0].Name = "command"
	} else if text, ok := f.Exchange.HTTPFile(); ok {
		all = append(all, snippet{Name: ".http", Text: words.Command("### " + words.Visible(f.First().ID) + "\n" + text)})
	}
	for i, s := range all {
		if len(s.Text) > min(maxSnippet, p.room) {
			return nil // half a command would be worse than none
		}
		all[i].Text, _ = p.take(s.Text, maxSnippet)
		p.snippets++
		all[i].ID = fmt.Sprintf("copy-%d", p.snippets)
	}
	return all
}
