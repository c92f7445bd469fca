package lab

import (
	"context"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// Plan lists the requests that a cycle would send now. It sends nothing.
func (l *Lab) Plan(how duo.Cycle) ([]duo.Planned, error) {
	app, c, err := l.inForce()
	if err != nil {
		return nil, err
	}
	var plan []duo.Planned
	err = l.do("plan", app, c, func(ctx context.Context, p *duo.Provisioner, dir *directory.Directory) error {
		var err error
		plan, err = p.Plan(ctx, dir, how)
		return err
	})
	return plan, err
}

// Verify reads the target and compares it with the directory. It changes nothing there.
func (l *Lab) Verify() (duo.Comparison, error) {
	app, c, err := l.inForce()
	if err != nil {
		return duo.Comparison{}, err
	}
	var found duo.Comparison
	err = l.do("verify", app, c, func(ctx context.Context, p *duo.Provisioner, dir *directory.Directory) error {
		var err error
		found, err = p.Verify(ctx, dir)
		return err
	})
	return found, err
}

// ProvisionOne provisions one user now, by key or username, and returns the five steps.
// The settings of the page count, saved or not.
func (l *Lab) ProvisionOne(user string) ([]duo.OnDemandStep, error) {
	a := l.application()
	if a == nil {
		return nil, errNoApplication
	}
	if err := a.link.check(); err != nil {
		return nil, err
	}
	var steps []duo.OnDemandStep
	err := l.do("provision "+user, a.draft, a.link, func(ctx context.Context, p *duo.Provisioner, dir *directory.Directory) error {
		var err error
		steps, err = p.ProvisionOne(ctx, dir, user)
		return err
	})
	return steps, err
}

// Profile is how the simulated Duo behaves where its behaviour is not published.
func (l *Lab) Profile() duo.Profile {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.profile
}

// SetProfile makes the simulated Duo behave so from the next request on. A profile that
// makes no sense is an error and changes nothing.
func (l *Lab) SetProfile(p duo.Profile) error {
	if err := p.Check(); err != nil {
		return err
	}
	l.mu.Lock()
	l.profile = p
	l.mu.Unlock()
	l.keep()
	l.changed(eventApplication, "the profile is another one")
	return nil
}
