package report

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Headline names in one line the one cause behind everything, if there is one:
// a target that gives the same useless answer to every request, or failures
// that all have the same cause. Otherwise it is "".
func Headline(r *Report, found []*Finding) string {
	if s := r.Summary; s.Failed+s.Blocked+s.Broken == 0 {
		return ""
	}
	if answers, n := sameAnswer(r); n > 1 && !r.Target.Client {
		return answers
	}
	var failures []*Finding
	for _, f := range found {
		if f.Verdict == Failed {
			failures = append(failures, f)
		}
	}
	if len(failures) == 1 && len(failures[0].Hits) > 1 {
		return fmt.Sprintf("The %d failed requirements have one cause: %s.",
			len(failures[0].Hits), strings.TrimSuffix(words.Short(failures[0].Message, words.MaxMessage), "."))
	}
	return ""
}

// sameAnswer says what the target answered to every request, and how many
// requests there were; 0 if its answers differ or are of use. Requests to other
// servers, which some checks need, do not count.
func sameAnswer(r *Report) (string, int) {
	var first *wire.Exchange
	n := 0
	for _, q := range r.Requirements {
		for _, e := range q.Examples {
			for _, x := range e.Exchanges {
				if !strings.HasPrefix(x.URL, r.Target.URL) {
					continue
				}
				if n++; first == nil {
					first = x
				}
				if !useless(x) || !alike(x, first) {
					return "", 0
				}
			}
		}
	}
	if first == nil {
		return "", 0
	}
	return describe(first, n), n
}

func useless(x *wire.Exchange) bool { return x.Status == 0 || x.Status >= 300 || isHTML(x) }

func alike(a, b *wire.Exchange) bool { return a.Status == b.Status && isHTML(a) == isHTML(b) }

func isHTML(x *wire.Exchange) bool {
	return strings.HasPrefix(strings.ToLower(x.ResponseHeader.Get("Content-Type")), "text/html")
}

func describe(x *wire.Exchange, n int) string {
	if x.Status == 0 {
		return fmt.Sprintf("None of %s got an answer: %s.", words.Count(n, "request"), words.Short(x.Err, words.MaxMessage))
	}
	what := words.StatusLine(x.Status)
	if isHTML(x) {
		what += " with an HTML page"
	}
	return fmt.Sprintf("The target answered %s to all %s. %s", what, words.Count(n, "request"), hint(x))
}

// hint is what to look at when every answer is like this one.
func hint(x *wire.Exchange) string {
	switch {
	case x.Status == http.StatusUnauthorized, x.Status == http.StatusForbidden:
		return "Is the token right, and may it write?"
	case x.Status == http.StatusTooManyRequests:
		return "It limits the rate: run again with a lower --rps."
	case x.Status >= 500:
		return "Its own log should say why."
	case x.Status == http.StatusNotFound:
		return "Is the URL the SCIM base URL, the part before /Users?"
	case isHTML(x), x.Status < 400:
		return "Is the URL that of the SCIM endpoint and not of a page for people?"
	}
	return "It serves no SCIM at this URL, or not for this token."
}
