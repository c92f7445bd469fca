package engine

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// isLimited says whether the target has kept a request of the example from being judged: it
// answered 429, and the request was not answered otherwise later.
func isLimited(exchanges []*wire.Exchange) bool {
	for i, x := range exchanges {
		if x.Status == http.StatusTooManyRequests && !answeredLater(x, exchanges[i+1:]) {
			return true
		}
	}
	return false
}

func answeredLater(x *wire.Exchange, later []*wire.Exchange) bool {
	for _, other := range later {
		if other.Status != http.StatusTooManyRequests && other.Method == x.Method && other.URL == x.URL && bytes.Equal(other.RequestBody, x.RequestBody) {
			return true
		}
	}
	return false
}

// limited is an example that failed while the target refused a request for the number of
// requests: that says nothing about its requirement.
func (a *attempt) limited(e report.Example) report.Example {
	e.Verdict, e.Message = report.Blocked, "the target limits the rate of requests (429), also of those that are sent again: --rps N sends fewer; "+a.failure.Error()
	if a.alternative != nil {
		e.Verdict = report.Untested
	}
	return e
}

// notePace tells that the run went slower because the target limits the rate.
func (r *run) notePace() {
	if r.pace == nil || r.pace.PerSecond() == 0 {
		return
	}
	r.collector.Note(fmt.Sprintf("the target limits the rate of requests (429), and the run slowed down to %.2g per second; "+
		"--rps says it from the beginning", r.pace.PerSecond()))
}
