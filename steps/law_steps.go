package steps

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The steps that hold answers to a law, and those that leave a target the choice
// to refuse.

// refused says whether the last answer refuses the request. Where that is one of
// two permitted outcomes it counts as an assertion.
func (w *world) refused() bool {
	if w.last == nil || w.last.Status/100 != 4 && w.last.Status != http.StatusNotImplemented {
		return false
	}
	w.assertions++
	return true
}

// refusedOrDone is refused for an answer that has to be a success otherwise.
func (w *world) refusedOrDone() (refused bool, err error) {
	if w.refused() {
		return true, nil
	}
	return false, w.theAnswerIsASuccess()
}

// theLawHolds judges by the law of that name, see lawsByName.
func (w *world) theLawHolds(ctx context.Context, where, name string) error {
	holds, ok := lawsByName[name]
	if !ok {
		return fmt.Errorf("there is no law %q", name)
	}
	stops, err := w.stopsAt(ctx, where)
	if err != nil {
		return w.missed(err)
	}
	judged, err := holds(w, stops)
	w.assertions += judged
	if judged == 0 && err == nil {
		return &unsupported{"nothing that the target shows can be judged by: " + name}
	}
	return err
}

// stopsAt are the answers to judge.
func (w *world) stopsAt(ctx context.Context, where string) ([]stop, error) {
	switch where {
	case "every answer of the tour":
		t, err := w.theTour(ctx)
		if err != nil {
			return nil, err
		}
		return t.stops, nil
	case "the answer":
		if w.last == nil {
			return nil, fmt.Errorf("nothing was asked")
		}
		return []stop{stopOf(w.asked, w.last)}, nil
	}
	name := strings.Split(where, `"`)[1]
	s, err := w.subject(name)
	if err != nil {
		return nil, err
	}
	r := wire.Request{Method: "GET", Path: []string{s.collection, s.id}}
	answer, err := w.send(ctx, w.judge(), r)
	if err != nil {
		return nil, err
	}
	if answer.Status != 200 {
		return nil, &Mismatch{What: "GET /" + s.collection + "/" + s.id, Want: "200", Got: statusOf(answer)}
	}
	return []stop{stopOf(r, answer)}, nil
}

// isRefusedOrFinds takes a refusal for a filter that the target does not offer
// (RFC 7644 section 3.4.2.2).
func (w *world) isRefusedOrFinds(ctx context.Context, list string) error {
	refused, err := w.refusedOrDone()
	switch {
	case err != nil:
		return err
	case refused && list != "":
		return &unsupported{"the target refuses " + w.theRequest() + queryText(w.asked) + ": it answers " + statusOf(w.last)}
	case refused:
		return nil
	}
	return w.exactlyAreFound(ctx, list)
}

// isRefusedOr judges by another sentence what was not refused.
func (w *world) isRefusedOr(ctx context.Context, sentence string) error {
	if refused, err := w.refusedOrDone(); refused || err != nil {
		return err
	}
	return w.say(ctx, sentence)
}

// ifCreated judges by another sentence what was created; otherwise that has to have
// been refused.
func (w *world) ifCreated(ctx context.Context, name, sentence string) error {
	if w.subjects[name] == nil {
		return w.theAnswerIsARefusal()
	}
	return w.say(ctx, sentence)
}
