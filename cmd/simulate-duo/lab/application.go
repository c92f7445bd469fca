package lab

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// application is the one application of the lab: its Provisioning tab as the page shows
// it, and as it was saved.
type application struct {
	draft duo.Application
	link  connection
	saved *duo.Application // nil before the first Save
	with  connection       // that was saved
}

// connection is the part Authentication of the Provisioning tab.
type connection struct {
	BaseURL string
	token   string
	Test    *test // of the button "Connect to application"; nil before it was pressed
}

// test is what came of "Connect to application".
type test struct {
	OK        bool      `json:"ok"`
	Text      string    `json:"text"`
	Remedy    string    `json:"remedy,omitempty"`
	At        time.Time `json:"at"`
	Exchanges []int     `json:"exchanges"` // the requests that were sent
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

// given is what the command line says of the connection.
func (l *Lab) given() connection {
	if l.side.server != nil {
		return connection{}
	}
	return connection{BaseURL: l.side.url, token: l.opt.Token}
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
	l.app, l.store, l.status = nil, nil, Status{}
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

// Authenticate fills in Base URL and Token. An empty token leaves the one that is there.
func (l *Lab) Authenticate(baseURL, token string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.app == nil {
		return errNoApplication
	}
	link := l.app.link
	if token = strings.TrimSpace(token); token == "" {
		token = link.token
	}
	baseURL = strings.TrimRight(strings.TrimSpace(baseURL), "/")
	if link.BaseURL != baseURL || link.token != token {
		link = connection{BaseURL: baseURL, token: token}
	}
	l.wire.keepSecret(token)
	l.app.link = link
	return nil
}

// causeConnect is how the requests of the button are explained.
const causeConnect = "Connect to application"

// Connect is the button "Connect to application". The error says that there is no
// application; that the connection fails is its result.
func (l *Lab) Connect() (test, error) {
	a := l.application()
	if a == nil {
		return test{}, errNoApplication
	}
	if err := a.link.check(); err != nil {
		return test{}, err
	}
	before := l.wire.last()
	err := l.do(causeConnect, a.draft, a.link, func(ctx context.Context, p *duo.Provisioner, _ *directory.Directory) error {
		return p.Connect(ctx)
	})
	t := l.testOf(err)
	t.Exchanges = l.wire.causedBy(causeConnect, before)
	l.mu.Lock()
	if l.app != nil && l.app.link.BaseURL == a.link.BaseURL && l.app.link.token == a.link.token {
		l.app.link.Test = &t
	}
	l.mu.Unlock()
	l.changed(eventApplication, "%s", t.Text)
	return t, nil
}

func (c connection) check() error {
	if _, err := wire.CheckBaseURL(c.BaseURL); err != nil {
		return err
	}
	if c.token == "" {
		return errors.New("the token is empty: paste the one that the application provides")
	}
	return nil
}

func (l *Lab) testOf(err error) test {
	t := test{OK: err == nil, Text: duo.Connected, At: l.Now()}
	if e, ok := errors.AsType[*duo.ConnectError](err); ok {
		t.Text, t.Remedy = l.wire.hide(e.What), e.Remedy
	} else if err != nil {
		t.Text = l.wire.hide(err.Error())
	}
	return t
}

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
