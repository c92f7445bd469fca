package engine

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
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

// noteLimits tells by what the target has limited the run.
func (r *run) noteLimits() {
	if r.options.Target.IsEmbedded() {
		return
	}
	if perSecond := r.pace.PerSecond(); perSecond > 0 {
		r.collector.Note(fmt.Sprintf("the target limits the rate of requests (429), and the run slowed down to %.2g per second; "+
			"--rps says it from the beginning", perSecond))
	}
	if r.full.Load() {
		r.collector.Note(fmt.Sprintf("the target deletes nothing, and %d users and groups of this run stay there: what needs more of them is blocked; "+
			"--max-left NUMBER allows more, 0 any number", r.guard.Remaining()))
	}
	for _, collection := range r.guard.Endless() {
		r.collector.Note(fmt.Sprintf("the list of %s had no end within 100 pages: what single checks may have left there was looked up by its name, and the list was not walked again before the end of the run", collection))
	}
	switch held := r.brake.Held(); {
	case errors.Is(held, safety.ErrBraked):
		r.collector.Note("the target answers wrong tokens ever later, as a brake against guessing: no more of them were sent")
	case errors.Is(held, safety.ErrLocked):
		r.collector.Note("after some wrong tokens the target refused the right one as well: the run waited for the end of that, and sent no more wrong ones")
	}
}
