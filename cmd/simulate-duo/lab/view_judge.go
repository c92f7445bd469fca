package lab

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/html"
)

// The pages of the conformance run.
const (
	pathJudge  = "/judge"
	pathReport = pathJudge + "/report"
)

// viewJudge starts a conformance run on the same target, shows how far it is, and leads
// to its report.
var viewJudge = view{
	path: pathJudge, template: "judge", title: "Judge the other side", part: partLab, label: "Judge", live: true,
	show: func(l *Lab, _ *http.Request) (any, error) { return judgePage{l.judgement()}, nil },
	forms: map[string]form{
		pathJudge:             startJudge,
		pathJudge + "/cancel": cancelJudge,
	},
}

// judgePage is the last run as the page shows it.
type judgePage struct{ judgement }

// Running says whether a run is under way.
func (p judgePage) Running() bool { return !p.Started.IsZero() && p.Ended.IsZero() }

// Over says whether there was a run.
func (p judgePage) Over() bool { return !p.Ended.IsZero() }

// HasReport says whether the run has ended with one.
func (p judgePage) HasReport() bool { return p.page != nil }

// verdictCount is how many requirements have a verdict.
type verdictCount struct {
	Verdict report.Verdict
	N       int
}

// Counts are the verdicts that occur.
func (p judgePage) Counts() []verdictCount {
	var all []verdictCount
	for _, v := range report.Verdicts {
		if n := *p.Summary.Of(v); n > 0 {
			all = append(all, verdictCount{v, n})
		}
	}
	return all
}

func startJudge(l *Lab, r *http.Request) (to, said string, err error) {
	extent := r.PostFormValue("extent")
	how := Judging{
		Quick: extent == "quick", Sweep: extent == "sweep", Abuse: r.PostFormValue("abuse") != "",
		Only: strings.FieldsFunc(r.PostFormValue("only"), func(c rune) bool { return c == ' ' || c == ',' || c == '@' }),
	}
	if how.RPS, err = numberOf(r, "rps", parseFloat); err != nil {
		return "", "", err
	}
	if how.MaxRequests, err = numberOf(r, "max_requests", strconv.Atoi); err != nil {
		return "", "", err
	}
	return pathJudge, "The run has begun", l.Judge(how)
}

func parseFloat(text string) (float64, error) { return strconv.ParseFloat(text, 64) }

// numberOf is a number of a form, 0 where the field is empty.
func numberOf[N float64 | int](r *http.Request, name string, parse func(string) (N, error)) (N, error) {
	text := strings.TrimSpace(r.PostFormValue(name))
	if text == "" {
		return 0, nil
	}
	n, err := parse(text)
	if inRange := n >= 0; err != nil || !inRange { // NaN is not, either
		return 0, fmt.Errorf("%s: %q is not a number that this can be: write one such as 10, or leave it empty", name, cutText(text, 20))
	}
	return n, nil
}

func cancelJudge(l *Lab, _ *http.Request) (to, said string, err error) {
	return pathJudge, "The run is being cancelled: it removes what it has made", l.CancelJudge()
}

// report serves the report of the last run: a page with a style and a script of its own,
// which its own policy allows and nothing else.
func (l *Lab) report(w http.ResponseWriter, r *http.Request) {
	j := l.judgement()
	switch {
	case j.page == nil:
		refuse(w, http.StatusNotFound, "there is no report yet: start a run at "+pathJudge)
	case strings.HasSuffix(r.URL.Path, ".json"):
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Disposition", `attachment; filename="report.json"`)
		_, _ = w.Write(j.data)
	default:
		w.Header().Set("Content-Security-Policy", html.Policy()+"; frame-ancestors 'none'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(j.page)
	}
}
