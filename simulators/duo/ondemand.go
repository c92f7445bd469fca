package duo

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// OnDemandStep is one of the five steps of provisioning one user, which
// administrators know from Entra ID's provisioning on demand.
type OnDemandStep struct {
	Name      string // read, scope, match, action or result
	OK        bool
	Text      string           // what it came to, in words
	Details   string           // JSON, "" for none
	Exchanges []*wire.Exchange // its requests, without secrets
}

// ProvisionOne provisions one user now, named by key or username, and shows the
// five steps. A user who is not to be provisioned is deprovisioned, if Duo has
// provisioned it before. Groups follow in the next cycle. The steps end where
// nothing follows; the error says that there is no such user, that the settings are
// wrong or the target cannot be reached, or what ends a cycle. Whether provisioning
// is enabled stays as it is.
func (p *Provisioner) ProvisionOne(ctx context.Context, dir *directory.Directory, user string) ([]OnDemandStep, error) {
	u, ok := dir.User(user)
	if !ok {
		return nil, fmt.Errorf("there is no user %s in Duo: name one by key or username", quote(user))
	}
	if err := p.ready(ctx, dir); err != nil {
		return nil, err
	}
	one := &onDemand{Provisioner: p, user: u, recorder: wire.NewRecorder(p.client.Token)}
	return one.run(ctx, dir)
}

// ready checks the settings and, as long as provisioning is not enabled, the
// connection. An administrator tries one user before the others follow.
func (p *Provisioner) ready(ctx context.Context, dir *directory.Directory) error {
	if p.state.Enabled {
		return p.resume(dir)
	}
	if _, err := p.sameTarget(); err != nil {
		return err
	}
	if err := p.choose(&p.app, dir); err != nil {
		return err
	}
	if err := p.Connect(ctx); err != nil {
		return err
	}
	p.state.Target = p.client.BaseURL
	return p.commit(p.remember())
}

// onDemand is the work on one user, with its requests recorded.
type onDemand struct {
	*Provisioner
	user     directory.User
	recorder *wire.Recorder
	told     []Entry
	steps    []OnDemandStep
}

func (o *onDemand) run(ctx context.Context, dir *directory.Directory) ([]OnDemandStep, error) {
	defer o.watch()()
	c, err := o.begin(ctx, dir, Cycle{Redeliver: true})
	if err != nil {
		return nil, err
	}
	c.run.Kind = "on demand"
	o.current = c
	defer func() { o.current = nil }()
	err = o.provision(ctx, c)
	_, err = o.end(c, err)
	return o.steps, err
}

// watch records requests and entries until the returned function is called.
func (o *onDemand) watch() (stop func()) {
	client, onEntry := o.client, o.opt.OnEntry
	h := http.Client{}
	if client.HTTP != nil {
		h = *client.HTTP
	}
	next := h.Transport
	if next == nil {
		next = http.DefaultTransport
	}
	h.Transport = o.recorder.Transport(next)
	o.client.HTTP = &h
	o.opt.OnEntry = func(e Entry) {
		o.told = append(o.told, e)
		if onEntry != nil {
			onEntry(e)
		}
	}
	return func() { o.client, o.opt.OnEntry = client, onEntry }
}

func (o *onDemand) provision(ctx context.Context, c *cycle) error {
	if !o.read() {
		return nil
	}
	i, _ := c.dir.UserIndex(o.user.Key)
	link, linked, err := o.store.User(ctx, o.user.Key)
	if err != nil {
		return &unwritten{err}
	}
	o.scoped(c, i)
	if c.known[i] = linked; linked && link.Active {
		c.setID(i, link.ID)
	}
	switch {
	case c.in[i]:
		err = o.provisionUser(ctx, c, i)
	case linked && link.Active:
		err = o.deprovisionUser(ctx, c, link)
	default:
		return nil
	}
	o.requests(linked, link)
	o.result(err)
	return err
}

// read is step 1: the user and the values that the mapping sends.
func (o *onDemand) read() bool {
	wanted, err := o.wanted(o.user)
	step := OnDemandStep{Name: "read", OK: err == nil, Text: fmt.Sprintf("Duo has the user %s (%s)", quote(o.user.Username), o.user.Key)}
	if err != nil {
		step.Text = err.Error()
	} else {
		step.Details = jsonText(wanted)
	}
	o.steps = append(o.steps, step)
	return err == nil
}

// scoped is step 2: whether the settings cover the user, and why.
func (o *onDemand) scoped(c *cycle, position int) {
	step := OnDemandStep{Name: "scope", OK: c.in[position], Text: "not to be provisioned: " + c.reasonToLeave(o.user.Key)}
	if c.in[position] {
		var names []string
		for _, g := range c.scope.groups {
			if c.dir.HasMember(g.Key, o.user.Key) {
				names = append(names, g.Name)
			}
		}
		step.Text = "to be provisioned, as a member of " + strings.Join(names, ", ")
	}
	o.steps = append(o.steps, step)
}

// requests are steps 3 and 4: the look-ups, and what was changed.
func (o *onDemand) requests(linked bool, link store.User) {
	match := OnDemandStep{Name: "match", OK: true, Text: "linked to the account " + quote(link.ID)}
	action := OnDemandStep{Name: "action", OK: true, Text: "nothing to change"}
	for _, e := range o.recorder.Exchanges() {
		if e.Method == http.MethodGet {
			match.Exchanges = append(match.Exchanges, e)
			continue
		}
		action.Exchanges = append(action.Exchanges, e)
	}
	if n := len(action.Exchanges); n > 0 {
		action.Text = fmt.Sprintf("%d request(s) that change the target", n)
	}
	if !linked {
		match.Text = "not linked yet: looked up at the target"
	}
	o.steps = append(o.steps, match, action)
}

// result is step 5: the entry of the Activity Log.
func (o *onDemand) result(err error) {
	step := OnDemandStep{Name: "result", OK: err == nil, Text: "the target is as Duo wants it"}
	if err != nil {
		step.Text = err.Error()
	}
	for _, e := range o.told {
		step.OK = step.OK && e.Outcome() == Success
		step.Text, step.Details = e.Label().Text, jsonText(e.Details)
	}
	o.steps = append(o.steps, step)
}
