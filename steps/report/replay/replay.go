// Package replay makes of one finding in a report what sends its requests
// again: a shell script, a file for an HTTP client, or a Go test.
package replay

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Replay is what it takes to send the requests of a finding again.
type Replay struct {
	Tool        report.Tool
	Requirement *report.Requirement
	Example     report.Example
	Base        string    // SCIM base URL of the target as it was then
	Form        wire.Form // how the target is shown credentials
	Mark        string    // of the run, on all that it created; "" if there was none
	Steps       []Step    // those that are needed, in order; the last is the one that decided
	WantStatus  int       // what the last has to answer; 0 if the finding is about something else
	Check       check     // what else the last answer is held to
}

// Step is one request, in which what an earlier answer held is a variable.
type Step struct {
	Method      string
	URL         text
	Header      []field // without those that show credentials
	Token       bool    // whether it shows the right credentials
	Credentials *string // how others are made of the token, see wire.WithCredentials; nil for Token, or none
	Form        wire.Form
	Hidden      bool // whether it showed other credentials, which no report holds
	Body        text
	Then        string    // what it answered in the run
	Status      int       // the same as a number; 0 for no answer
	Captures    []capture // what later steps take from its answer
	Creates     bool      // whether it may create something
}

type field struct {
	name  string
	value text
}

// Find returns the requirement with this id if there is something in it to
// replay; otherwise the error says why not.
func Find(r *report.Report, id string) (*report.Requirement, error) {
	for i := range r.Requirements {
		q := &r.Requirements[i]
		switch {
		case q.ID != id:
		case q.Verdict == report.Failed, q.Verdict == report.Warned:
			return q, nil
		case q.Verdict == report.Passed:
			return nil, fmt.Errorf("%s passed in this report: there is nothing to replay", id)
		default:
			return nil, fmt.Errorf("%s was not judged in this report, so there is nothing to replay: %s: %s", id, q.Verdict, words.Visible(q.Message))
		}
	}
	return nil, fmt.Errorf("the report has no requirement %q; simulate-duo requirements lists the ids", words.Visible(id))
}

// Decisive is the first example that has the verdict of the whole.
func Decisive(q *report.Requirement) report.Example {
	for _, e := range q.Examples {
		if e.Verdict == q.Verdict {
			return e
		}
	}
	return report.Example{} // a report that was put together by hand
}

// New returns the replay of the finding of the requirement with this id.
func New(r *report.Report, id string) (*Replay, error) {
	q, err := Find(r, id)
	if err != nil {
		return nil, err
	}
	e := Decisive(q)
	if len(e.Exchanges) == 0 {
		return nil, fmt.Errorf("%s was decided without a request that the report keeps: replay it without --as", id)
	}
	p, err := newReplay(r.Target.URL, q, e)
	if err != nil {
		return nil, err
	}
	p.Tool = r.Tool
	if r.Target.Form != nil {
		p.Form = *r.Target.Form
	}
	return p, nil
}

// newReplay is the replay of one example, which has exchanges.
func newReplay(target string, q *report.Requirement, e report.Example) (*Replay, error) {
	e.Exchanges = report.UntilDecided(e)
	p := &Replay{Requirement: q, Example: e, Base: strings.TrimRight(target, "/")}
	if p.Base == "" {
		p.Base = baseOf(e.Exchanges)
	}
	p.Mark = markIn(e.Exchanges)
	p.WantStatus = wantedStatus(e)
	values := valuesIn(e.Exchanges)
	places := needed(e.Exchanges, values)
	for _, i := range places {
		x := e.Exchanges[i]
		if x.RequestTruncated {
			return nil, fmt.Errorf("the body of %s %s is longer than what a report keeps: replay it without --as", x.Method, words.Visible(x.URL))
		}
		p.Steps = append(p.Steps, p.step(x, i, values))
	}
	p.link(values, places)
	p.Check = p.newCheck(values)
	return p, nil
}

var (
	endpoint = regexp.MustCompile(`/(?:Users|Groups|Bulk|Me|Schemas|ResourceTypes|ServiceProviderConfig|\.search)(?:[/?]|$)`)
	mark     = regexp.MustCompile(`(?i)sduo-[0-9a-f]{8}`)
	statuses = regexp.MustCompile(`^[1-5]\d\d\b`)
)

// baseOf is the base URL of the embedded simulator, which the report does not
// name: it listened somewhere else in each run.
func baseOf(all []*wire.Exchange) string {
	for _, x := range all {
		if at := endpoint.FindStringIndex(x.URL); at != nil {
			return x.URL[:at[0]]
		}
	}
	return ""
}

func markIn(all []*wire.Exchange) string {
	for _, x := range all {
		if found := mark.FindString(x.URL + " " + string(x.RequestBody)); found != "" {
			return strings.ToLower(found)
		}
	}
	return ""
}

// wantedStatus is what the finding says about the status of the last answer, if
// it is about that.
func wantedStatus(e report.Example) int {
	last := e.Exchanges[len(e.Exchanges)-1].Status
	got := statuses.FindString(e.Got)
	if got != fmt.Sprint(last) || statuses.FindString(e.Want) != e.Want {
		return 0
	}
	var want int
	_, _ = fmt.Sscan(e.Want, &want) // 0 if there is none
	return want
}

// needed are the places of the requests that the finding needs: the last, all
// that change the target, and those that yielded a value which one of these uses.
func needed(all []*wire.Exchange, values []*value) []int {
	keep := make([]bool, len(all))
	for i := len(all) - 1; i >= 0; i-- {
		if i < len(all)-1 && wire.ReadOnly(all[i].Method, all[i].URL) && !keep[i] {
			continue
		}
		keep[i] = true
		for _, v := range values {
			if v.from < i && v.usedBy(all[i]) {
				keep[v.from] = true
			}
		}
	}
	var places []int
	for i := range all {
		if keep[i] {
			places = append(places, i)
		}
	}
	return places
}

// ours says whether the URL is the target's: no other server gets the token.
func (p *Replay) ours(url string) bool {
	rest, ok := strings.CutPrefix(url, p.Base)
	return ok && p.Base != "" && (rest == "" || rest[0] == '/' || rest[0] == '?')
}
