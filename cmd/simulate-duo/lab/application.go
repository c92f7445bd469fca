package lab

import (
	"errors"
	"fmt"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// application is the one application of the lab: its Provisioning tab as the page shows
// it, and as it was saved.
type application struct {
	draft duo.Application
	link  connection
	saved *duo.Application // nil before the first Save
	with  connection       // that was saved
}

// clone is a copy that shares nothing that changes.
func (a *application) clone() *application {
	c := *a
	c.draft = cloned(a.draft)
	return &c
}

func cloned(a duo.Application) duo.Application {
	a.Mapping, a.SSOAccess = slices.Clone(a.Mapping), slices.Clone(a.SSOAccess)
	a.Groups.Select = slices.Clone(a.Groups.Select)
	return a
}

// application returns a copy of the application, nil if there is none.
func (l *Lab) application() *application {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.app == nil {
		return nil
	}
	return l.app.clone()
}

// inForce returns the settings that were saved last.
func (l *Lab) inForce() (duo.Application, connection, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.app == nil:
		return duo.Application{}, connection{}, errNoApplication
	case l.app.saved == nil:
		return duo.Application{}, connection{}, errDisabled
	}
	return cloned(*l.app.saved), l.app.with, nil
}

// AddApplication adds an application of the catalog. Its mapping begins with the required
// attribute alone; which rows Duo begins with is not published.
func (l *Lab) AddApplication(kind duo.ApplicationType) error {
	o, ok := offerOf(kind)
	if !ok {
		return fmt.Errorf("there is no application %q in the catalog", kind)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.app != nil {
		return fmt.Errorf("the lab has one application at a time, and has %q already: remove it first", l.app.draft.Name)
	}
	opened, err := l.openStore(o.Name)
	if err != nil {
		return err
	}
	l.store = opened
	l.app = &application{
		draft: duo.Application{
			Name: o.Name, Type: kind, Mapping: []duo.Row{usualRow(duo.RequiredAttribute, nil)},
			Deprovisioning: duo.Deactivate, Enabled: true,
		},
		link: l.given(),
	}
	l.events.publish(eventApplication, map[string]string{"what": "added " + o.Name})
	return nil
}

// openStore opens what keeps the application's state.
func (l *Lab) openStore(name string) (store.Store, error) {
	if l.opt.State == "" {
		return store.NewMemory(), nil
	}
	return store.Open(l.ctx, l.opt.State, name)
}

// RemoveApplication takes the application out of Duo, and forgets what Duo knows of the
// target. The target is left as it is. Where the lab has a state, the Activity Log is there
// again when the application is added again.
func (l *Lab) RemoveApplication() error {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.app == nil {
		return errNoApplication
	}
	err := l.store.Commit(l.ctx, store.Batch{State: []byte("{}")})
	err = errors.Join(err, l.store.Forget(l.ctx), l.store.Close())
	l.app, l.store, l.status, l.braked, l.tried = nil, nil, Status{}, nil, tried{}
	l.events.publish(eventApplication, map[string]string{"what": "removed"})
	return err
}

// Change changes the settings on the page. They take effect when they are saved.
func (l *Lab) Change(change func(a *duo.Application)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.app == nil {
		return errNoApplication
	}
	a := l.app.clone()
	change(&a.draft)
	l.app = a
	l.events.publish(eventApplication, map[string]string{"what": "changed, not saved"})
	return nil
}
