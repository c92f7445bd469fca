package race

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// What has to hold after several clients have acted at once.

// acts are what was done at once: one or more, all of them answered.
func (w *World) acts() ([]*act, error) {
	if w.race == nil || len(w.race.acts) == 0 {
		return nil, errors.New("nothing was done at once")
	}
	return w.race.acts, nil
}

// exactlyOneSucceeds judges the answers. That the target is busy is no answer to
// whether the act was in time.
func (w *World) exactlyOneSucceeds(others string) error {
	acts, err := w.acts()
	if err != nil {
		return err
	}
	won := 0
	for _, a := range acts {
		status := fmt.Sprint(a.answer.Status)
		switch {
		case a.ok():
			won++
		case judge.Contained(others+" or 429 or 503", status):
		default:
			what := "the answer to one of several " + a.request.Method + " /" + strings.Join(a.request.Path, "/") + " at once"
			return w.ExpectThat(false, what, "a success for one, "+others+" for the others", judge.StatusOf(a.answer))
		}
	}
	a := acts[0]
	return w.Expect("how many of several "+a.request.Method+" /"+strings.Join(a.request.Path, "/")+" at once succeed", 1, won)
}

// isAsOneMadeIt looks for the effect of one of those that succeeded.
func (w *World) isAsOneMadeIt(ctx context.Context, name string) error {
	acts, err := w.acts()
	if err != nil {
		return err
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		effects := []string{}
		for _, a := range acts {
			if !a.ok() {
				continue
			}
			if a.shows(now.Shown) {
				return w.ExpectThat(true, name, "", "")
			}
			effects = append(effects, a.effect)
		}
		return w.ExpectThat(false, name+" as it is read now", "one of "+strings.Join(effects, ", "), judge.Text(now.Shown))
	})
}

// noChangeIsLost looks for the effect of every change that the target has
// confirmed. One that it refuses, because it was busy or for a conflict, is not lost.
func (w *World) noChangeIsLost(ctx context.Context, name string) error {
	if w.race == nil || w.race.subject != name {
		return fmt.Errorf("nothing was done at once to %q", name)
	}
	acts, err := w.acts()
	if err != nil {
		return err
	}
	confirmed := 0
	for _, a := range acts {
		if a.ok() {
			confirmed++
		}
	}
	if err := w.ExpectThat(confirmed > 0, "several changes of "+w.race.subject+" at once", "one that succeeds", judge.StatusOf(acts[0].answer)); err != nil {
		return err
	}
	return w.RereadUntil(ctx, w.race.subject, func(now *judge.Subject) error {
		for _, a := range acts {
			if !a.ok() {
				continue
			}
			if err := w.ExpectThat(a.shows(now.Shown), w.race.subject+" after changes at once, all confirmed", a.effect, judge.Text(now.Shown)); err != nil {
				return err
			}
		}
		return nil
	})
}

// isCalled counts by a filter, or in the whole list where the target has none.
func (w *World) isCalled(ctx context.Context, many, kind, name string) error {
	name, err := w.Expand(name)
	if err != nil {
		return err
	}
	attribute := map[string]string{"user": "userName", "group": "displayName"}[kind]
	want := map[string]int{"exactly one": 1, "no": 0}[many]
	return w.Eventually(ctx, func() error {
		found, err := w.Find(ctx, w.Client(), judge.CollectionOf(kind), attribute, name)
		if err != nil {
			return w.Missed(err)
		}
		return w.Expect(kind+"s of the name "+name, want, len(found))
	})
}
