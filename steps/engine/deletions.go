package engine

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// What goes wrong in clean-up is evidence: a target that does not delete a resource which
// this run has made there fails the requirement on that.

// deletion is the requirement by which a resource can be deleted (RFC 7644 section 3.6).
const deletion = "RFC7644-3.6-01"

// deletions remembers the refusals of the clean-up, by address.
type deletions struct {
	mu      sync.Mutex
	refused map[string]*wire.Exchange
	done    map[string]bool           // DELETEs that have succeeded
	kept    map[string]*wire.Exchange // reads that find what they should have deleted
	read    map[string]int            // how reads were answered
}

// note takes an exchange of the clean-up. A refusal counts until the resource is gone.
func (d *deletions) note(e *wire.Exchange) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.read == nil {
		d.refused, d.kept = map[string]*wire.Exchange{}, map[string]*wire.Exchange{}
		d.done, d.read = map[string]bool{}, map[string]int{}
	}
	switch {
	case e.Status == 0:
	case e.Method == http.MethodGet && e.Status >= 400:
		d.read[e.URL] = e.Status
		delete(d.kept, e.URL)
	case e.Method == http.MethodGet && d.done[e.URL]:
		d.kept[e.URL] = e
	case e.Method != http.MethodDelete:
	case e.Status < 300, e.Status == http.StatusNotFound, e.Status == http.StatusGone:
		delete(d.refused, e.URL)
		d.done[e.URL] = e.Status < 300
	case e.Status >= 400:
		d.refused[e.URL] = e
	}
}

// isGone says whether what was to be deleted is read like what has never been there.
func (d *deletions) isGone(address string) bool {
	status, unknown := d.read[address], d.read[address[:strings.LastIndexByte(address, '/')+1]+safety.NoSuchID]
	return status == unknown && safety.TellsNothing(status)
}

// recorder tells the exchanges of the clean-up.
func (r *run) recorder(token string) *wire.Recorder {
	recorder := wire.NewRecorder(token)
	recorder.Keep, recorder.OnExchange = 1, r.deletions.note
	return recorder
}

// judgeDeletions turns what the clean-up could not delete into findings, each kind of
// resource and refusal once.
func (r *run) judgeDeletions() {
	judged := func(q features.Requirement) bool { return q.ID == deletion }
	if r.options.Tags != "" || !slices.ContainsFunc(r.chosen, judged) {
		return
	}
	told := map[string]bool{}
	tell := func(x *wire.Exchange, purpose, want string) {
		path := strings.TrimPrefix(x.URL, strings.TrimRight(r.options.Target.URL, "/"))
		kind := "a user"
		if strings.HasPrefix(path, "/Groups/") {
			kind = "a group"
		}
		if once := fmt.Sprint(kind, x.Status); !told[once] {
			told[once] = true
			r.collector.Add(deletion, report.Example{
				Name: kind, Verdict: report.Failed, Exchanges: []*wire.Exchange{x},
				Message: x.Method + " " + path + purpose,
				Want:    want, Got: judge.StatusOf(&wire.Response{Status: x.Status, Header: x.ResponseHeader, Body: x.ResponseBody}),
			})
		}
	}
	for _, address := range slices.Sorted(maps.Keys(r.deletions.refused)) {
		x := r.deletions.refused[address]
		// Examples say that it deletes nothing at all, where they could still be played.
		saidElse := !safety.TellsNothing(x.Status) && (!r.full.Load() || safety.IsBusy(x.Status) || x.Status == http.StatusUnauthorized)
		if !saidElse && !r.deletions.isGone(address) {
			tell(x, ", sent to remove what this run has made", "204")
		}
	}
	if !r.full.Load() {
		return
	}
	for _, address := range slices.Sorted(maps.Keys(r.deletions.kept)) {
		tell(r.deletions.kept[address], ", sent after a DELETE that was to remove what this run has made", "404")
	}
}
