package lab

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// Status is what Duo's connector is doing.
type Status struct {
	Enabled bool      `json:"enabled"`
	Paused  bool      `json:"paused"`            // by the administrator of the lab: no cycle begins by itself
	Busy    string    `json:"busy,omitempty"`    // what it does now, "" for nothing
	Phase   string    `json:"phase,omitempty"`   // of a cycle
	Done    int       `json:"done,omitempty"`    // users or groups of the phase
	Total   int       `json:"total,omitempty"`   //
	Summary string    `json:"summary,omitempty"` // what the last cycle did
	Problem string    `json:"problem,omitempty"` // why the last one ended early
	Last    time.Time `json:"last,omitzero"`     // when the last one ended
	Next    time.Time `json:"next,omitzero"`     // when the next one is due
}

// Status returns what the connector is doing.
func (l *Lab) Status() Status {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.status
}

func (l *Lab) setStatus(set func(*Status)) {
	l.mu.Lock()
	set(&l.status)
	now := l.status
	l.mu.Unlock()
	l.events.publish(eventStatus, now)
}

var (
	errNoApplication = errors.New("there is no application yet: add one under Applications")
	errClosed        = errors.New("the lab is closing")
)

const (
	retries    = 2                // within a cycle
	firstPause = 40 * time.Minute // after several cycles in which most requests failed
)

// task is what Duo does with the settings of an application.
type task func(ctx context.Context, p *duo.Provisioner, dir *directory.Directory) error

// do lets Duo do something, after what it is doing now: one thing at a time, as the
// cause of the requests that it sends.
func (l *Lab) do(cause string, app duo.Application, c connection, what task) error {
	l.turn.Lock()
	defer l.turn.Unlock()
	if l.ctx.Err() != nil {
		return errClosed
	}
	p, dir, err := l.provisioner(app, c)
	if err != nil {
		return err
	}
	defer context.AfterFunc(l.ctx, p.Stop)()
	l.wire.begin(cause)
	l.setStatus(func(s *Status) { s.Busy = cause })
	err = onThePage(what(context.WithoutCancel(l.ctx), p, dir))
	l.wire.begin("")
	l.setStatus(func(s *Status) {
		s.Busy, s.Phase, s.Done, s.Total = "", "", 0, 0
		s.Enabled = p.Enabled()
	})
	l.keep()
	return err
}

// onThePage says of another base URL what the page offers: flags are for sync.
func onThePage(err error) error {
	if moved, ok := errors.AsType[*duo.MovedError](err); ok {
		return fmt.Errorf("users are linked to accounts of %s, and the Base URL is now %s: nothing was sent. "+
			"Enter the first one again, or remove the application and add it again, which forgets the links", moved.Known, moved.Asked)
	}
	return err
}

// provisioner is Duo's connector with what is in force now, and the directory.
func (l *Lab) provisioner(app duo.Application, c connection) (*duo.Provisioner, *directory.Directory, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.store == nil {
		return nil, nil, errNoApplication
	}
	p, err := duo.New(app, l.profile, l.client(c), duo.Options{
		Store: l.store, Retries: retries, DeadAfter: 1, Quarantine: firstPause, Now: l.Now,
		Moved: l.side.server != nil, GroupsMayGo: true, // a simulated Secure Access has another address each time
		OnEntry: l.noteEntry, OnProgress: l.noteProgress,
	})
	return p, l.dir, err
}

func (l *Lab) noteEntry(e duo.Entry) {
	l.wire.explain(e)
	l.changed(eventEntry, "%s: %s", e.Label().Text, e.Affected.Name)
}

func (l *Lab) noteProgress(p duo.Progress) {
	l.setStatus(func(s *Status) { s.Phase, s.Done, s.Total = string(p.Phase), p.Done, p.Total })
}

// Sync runs a cycle now. The error says why it ended early, or that there is nothing to
// run it with.
func (l *Lab) Sync(cause string, how duo.Cycle) (duo.Summary, error) {
	app, c, err := l.inForce()
	if err != nil {
		return duo.Summary{}, err
	}
	var sum duo.Summary
	err = l.do(cause, app, c, func(ctx context.Context, p *duo.Provisioner, dir *directory.Directory) error {
		if !p.Enabled() {
			return errDisabled
		}
		var err error
		sum, err = p.Continue(ctx, dir, how)
		return err
	})
	l.ended(sum, err)
	return sum, err
}

var errDisabled = errors.New("provisioning is disabled: save the settings of the application to enable it")

// ended notes what a cycle came to.
func (l *Lab) ended(sum duo.Summary, err error) {
	l.noteBrake(err)
	now := l.Now()
	l.setStatus(func(s *Status) {
		s.Summary, s.Problem, s.Last, s.Next = sum.String(), "", now, now.Add(l.opt.Interval)
		if err != nil {
			s.Problem = l.wire.hide(err.Error())
		}
	})
}

// Pause keeps cycles from beginning by themselves, or lets them again.
func (l *Lab) Pause(paused bool) {
	l.setStatus(func(s *Status) { s.Paused = paused })
	if !paused {
		l.answer("cycles run again")
	}
}

// answer lets the next cycle answer a change in Duo. What is returned is closed when the
// cycle has ended, or nothing is to be done.
func (l *Lab) answer(cause string) <-chan struct{} {
	done := make(chan struct{})
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.status.Enabled || l.status.Paused || l.ctx.Err() != nil {
		close(done)
		return done
	}
	if l.answered == nil {
		l.answered = done
		l.running.Go(l.answerAll)
	}
	l.causes = append(l.causes, cause)
	return l.answered
}

// answerAll runs one cycle for all changes that have come together.
func (l *Lab) answerAll() {
	l.turn.Lock() // what is under way may take longer than the next changes
	l.mu.Lock()
	causes, done := l.causes, l.answered
	l.causes, l.answered = nil, nil
	l.mu.Unlock()
	l.turn.Unlock()
	defer close(done)
	_, _ = l.Sync(causeOf(causes), duo.Cycle{}) // the status says how it went
}

const namedCauses = 3

// causeOf joins what has changed into one text.
func causeOf(causes []string) string {
	if n := len(causes); n > namedCauses {
		return strings.Join(causes[:namedCauses], ", ") + ", …"
	}
	return strings.Join(causes, ", ")
}

// keepTime runs a cycle whenever one is due.
func (l *Lab) keepTime() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-l.ctx.Done():
			return
		case <-tick.C:
			l.cycleIfDue()
		}
	}
}

// cycleIfDue runs a cycle if the interval has passed. What is returned is closed when it
// has ended, or nothing is to be done.
func (l *Lab) cycleIfDue() <-chan struct{} {
	if s := l.Status(); s.Enabled && s.Busy == "" && !s.Next.IsZero() && !l.Now().Before(s.Next) {
		return l.answer("the interval has passed")
	}
	done := make(chan struct{})
	close(done)
	return done
}
