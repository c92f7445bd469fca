package lab

import (
	"context"
	"errors"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// Save is the button "Save": it puts the settings into force, enables provisioning if it
// is not, and runs a cycle. What is not allowed is an error and changes nothing.
func (l *Lab) Save() (duo.Summary, error) {
	a := l.application()
	if a == nil {
		return duo.Summary{}, errNoApplication
	}
	if err := errors.Join(a.draft.CheckAgainst(l.Directory()), a.link.check()); err != nil {
		return duo.Summary{}, err
	}
	a.draft.BaseURL = a.link.BaseURL
	l.mu.Lock()
	if l.app == nil {
		l.mu.Unlock()
		return duo.Summary{}, errNoApplication
	}
	saved := cloned(a.draft)
	l.app.saved, l.app.with = &saved, a.link
	l.mu.Unlock()
	var sum duo.Summary
	err := l.do("Save", a.draft, a.link, func(ctx context.Context, p *duo.Provisioner, dir *directory.Directory) error {
		var err error
		sum, err = p.Continue(ctx, dir, duo.Cycle{})
		return err
	})
	l.ended(sum, err)
	if err == nil {
		l.reached(pageSaved)
	}
	l.changed(eventApplication, "saved")
	return sum, err
}

// Disable switches provisioning off. The other side is left as it is.
func (l *Lab) Disable() error {
	app, c, err := l.inForce()
	if err != nil {
		return err
	}
	err = l.do("Disable provisioning", app, c, func(_ context.Context, p *duo.Provisioner, _ *directory.Directory) error {
		return p.Disable()
	})
	l.setStatus(func(s *Status) { s.Next = time.Time{} })
	l.changed(eventApplication, "disabled")
	return err
}
