package steps

import (
	"context"
	"fmt"
	"strings"
)

// What has to hold after several clients have acted at once.

// exactlyOneSucceeds judges the answers. That the target is busy is no answer to
// whether the act was in time.
func (w *world) exactlyOneSucceeds(others string) error {
	if w.race == nil {
		return fmt.Errorf("nothing was done at once")
	}
	won := 0
	for _, a := range w.race.acts {
		status := fmt.Sprint(a.answer.Status)
		switch {
		case a.ok():
			won++
		case contained(others+" or 429 or 503", status):
		default:
			what := "the answer to one of several " + a.request.Method + " /" + strings.Join(a.request.Path, "/") + " at once"
			return w.expectThat(false, what, "a success for one, "+others+" for the others", statusOf(a.answer))
		}
	}
	a := w.race.acts[0]
	return w.expect("how many of several "+a.request.Method+" /"+strings.Join(a.request.Path, "/")+" at once succeed", 1, won)
}

// isAsOneMadeIt looks for the effect of one of those that succeeded.
func (w *world) isAsOneMadeIt(ctx context.Context, name string) error {
	return w.reread(ctx, name, func(now *subject) error {
		effects := []string{}
		for _, a := range w.race.acts {
			if !a.ok() {
				continue
			}
			if a.left(now.shown) {
				return w.expectThat(true, name, "", "")
			}
			effects = append(effects, a.effect)
		}
		return w.expectThat(false, name+" as it is read now", "one of "+strings.Join(effects, ", "), textOf(now.shown))
	})
}

// noChangeIsLost looks for the effect of every change that the target has
// confirmed. One that it refuses, because it was busy or for a conflict, is not lost.
func (w *world) noChangeIsLost(ctx context.Context) error {
	confirmed := 0
	for _, a := range w.race.acts {
		if a.ok() {
			confirmed++
		}
	}
	if err := w.expectThat(confirmed > 0, "several changes of "+w.race.subject+" at once", "one that succeeds", statusOf(w.race.acts[0].answer)); err != nil {
		return err
	}
	return w.reread(ctx, w.race.subject, func(now *subject) error {
		for _, a := range w.race.acts {
			if !a.ok() {
				continue
			}
			if err := w.expectThat(a.left(now.shown), w.race.subject+" after changes at once, all confirmed", a.effect, textOf(now.shown)); err != nil {
				return err
			}
		}
		return nil
	})
}

// isCalled counts by a filter, or in the whole list where the target has none.
func (w *world) isCalled(ctx context.Context, many, kind, name string) error {
	name, err := w.expand(name)
	if err != nil {
		return err
	}
	attribute := map[string]string{"user": "userName", "group": "displayName"}[kind]
	want := map[string]int{"exactly one": 1, "no": 0}[many]
	return w.eventually(ctx, func() error {
		found, err := w.find(ctx, w.judge(), collectionOf(kind), attribute, name)
		if err != nil {
			return w.missed(err)
		}
		return w.expect(kind+"s of the name "+name, want, len(found))
	})
}
