package visit

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/simulate-duo/simulate-duo/steps/client"
)

// Asked is a task as somebody is asked to do it.
type Asked struct {
	Place, Of int // from 1
	Name      string
	Ask       string
	User      client.Person   // whom it is about, with the display name to give; the zero Person if it is about nobody
	Group     string          // to which people belong afterwards; "" for none
	Join      []client.Person // who are to be created and put into the group, beside User
	Leave     []client.Person // who are to be deactivated, beside User
	Checks    bool            // whether the target can show that it was done
	Seen      func() bool     // whether the target shows it; never true where nothing can show it
	Traffic   <-chan struct{} // has something after a request
}

// Outcome is what came of asking.
type Outcome struct {
	Skip string // why it cannot be done; "" if it was done
	Quit bool   // nothing more is to be asked
}

// Doer has the client do a task, and returns when the client has had the time for it. An
// error ends the visit.
type Doer func(ctx context.Context, a Asked) (Outcome, error)

// Play asks for every task in order, and returns what was recorded until the end, until the
// context ended, or until the doer has enough. The error is the doer's, or says that the
// endpoint itself is broken.
func (h *Host) Play(ctx context.Context, do Doer) (*client.Recording, error) {
	why := ""
	for i := range plan {
		t := &plan[i]
		if why == "" && ctx.Err() != nil {
			why = "the visit was interrupted before"
		}
		played, err := h.play(ctx, t, Asked{Place: i + 1, Of: len(plan)}, do, &why)
		h.keep(played)
		if err != nil {
			return h.recorded(), err
		}
	}
	return h.recorded(), nil
}

// asked is the task as it is asked for.
func (t *task) asked(a Asked) Asked {
	a.Name, a.Ask, a.User, a.Group, a.Checks = t.Name, t.Ask, client.People[t.User], t.Group, t.shown != nil
	if t.Display != "" {
		a.User.DisplayName = t.Display
	}
	for _, name := range t.Join {
		a.Join = append(a.Join, client.People[name])
	}
	for _, name := range t.Leave {
		a.Leave = append(a.Leave, client.People[name])
	}
	return a
}

// Tasks are all tasks, in order, without what happens meanwhile.
func Tasks() []Asked {
	all := make([]Asked, len(plan))
	for i := range plan {
		all[i] = plan[i].asked(Asked{Place: i + 1, Of: len(plan)})
	}
	return all
}

func (h *Host) keep(t client.Task) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.recording.Tasks = append(h.recording.Tasks, t)
}

// recorded is a copy, as late requests may still come.
func (h *Host) recorded() *client.Recording {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.recording
	r.Exchanges = slices.Clone(r.Exchanges)
	if r.IDs = maps.Clone(r.IDs); h.impostor != nil {
		r.Impostors = h.impostor.count()
	}
	return &r
}

// play asks for one task; why is the reason for asking no more.
func (h *Host) play(ctx context.Context, t *task, a Asked, do Doer, why *string) (client.Task, error) {
	played := client.Task{Name: t.Name, Title: t.Title, State: client.Skipped, Reason: *why}
	if played.Reason != "" {
		return played, nil
	}
	if t.lacks != nil {
		if played.Reason = t.lacks(h); played.Reason != "" {
			played.State = client.Unasked
			return played, nil
		}
	}
	if err := h.raise(t); err != nil {
		return played, err
	}
	defer h.clear()
	var err error
	if played.Before, err = h.state(); err != nil {
		return played, err
	}
	a = t.asked(a)
	a.Traffic = h.traffic
	a.Seen = func() bool {
		after, broken := h.state()
		now := played
		now.After = after
		return broken == nil && t.shown != nil && t.shown(t, &now)
	}
	outcome, err := do(ctx, a)
	switch {
	case ctx.Err() != nil:
		*why = "the visit was interrupted before"
		played.Reason = "the visit was interrupted during it"
		return played, nil
	case err != nil:
		return played, fmt.Errorf("task %s: %w", t.Name, err)
	case outcome.Quit:
		*why = "the visit was ended before"
		played.Reason = *why
		return played, nil
	case outcome.Skip != "":
		played.Reason = outcome.Skip
		return played, nil
	}
	if played.After, err = h.state(); err != nil {
		return played, err
	}
	if played.State = client.Done; t.shown != nil && !t.shown(t, &played) {
		played.State, played.Reason = client.Undone, "the target does not show that it was done"
	}
	return played, nil
}

// raise prepares a task and its weather.
func (h *Host) raise(t *task) error {
	if t.prepare != nil {
		if err := t.prepare(h); err != nil {
			return err
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.current = t
	if t.weather != nil {
		h.handler = t.weather(h)(h.server)
	}
	return nil
}

// clear lets the weather pass.
func (h *Host) clear() {
	h.mu.Lock()
	h.current, h.handler = nil, h.server
	h.mu.Unlock()
	if h.impostor != nil {
		h.impostor.act(false)
	}
}

func (h *Host) nextIDIsOdd() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.oddID = true
}
