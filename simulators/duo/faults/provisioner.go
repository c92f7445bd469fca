package faults

import (
	"context"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Provisioner is a simulated Duo with a fault. It has the methods of duo.Provisioner.
type Provisioner struct {
	*duo.Provisioner
	fault  Fault
	given  duo.Application // the settings before the fault
	client *wire.Client    // without the fault
	silent bool            // nothing is logged now
}

// New makes a provisioner as duo.New does, with the fault.
func (f Fault) New(app duo.Application, profile duo.Profile, client *wire.Client, options duo.Options) (*Provisioner, error) {
	faulty := *client
	if f.Transport != nil {
		http := *client.HTTP
		http.Transport = f.Transport(http.Transport)
		faulty.HTTP = &http
	}
	if f.Profile != (duo.Profile{}) {
		profile = f.Profile
	}
	p := &Provisioner{fault: f, given: app, client: client}
	var err error
	p.Provisioner, err = duo.New(app, profile, &faulty, p.logging(options))
	return p, err
}

// logging lets the fault change what is written into the log, or keep it out.
func (p *Provisioner) logging(options duo.Options) duo.Options {
	shown, tell := options.Log, options.OnEntry
	options.Log, options.OnEntry = &duo.Log{}, func(e duo.Entry) {
		if p.silent || p.fault.Entry != nil && !p.fault.Entry(&e, p.client.Token) {
			return
		}
		shown.Add(e)
		if tell != nil {
			tell(e)
		}
	}
	return options
}

// settings are what the fault makes of those that the administrator gave.
func (p *Provisioner) settings(people *directory.Directory) duo.Application {
	app := p.given
	app.Mapping, app.Groups.Select = slices.Clone(app.Mapping), slices.Clone(app.Groups.Select)
	if p.fault.Settings != nil {
		p.fault.Settings(&app, people)
	}
	return app
}

// seen is the directory as the fault shows it.
func (p *Provisioner) seen(people *directory.Directory) *directory.Directory {
	if p.fault.People == nil {
		return people
	}
	seen := people.Clone()
	p.fault.People(seen)
	return seen
}

// Application returns the settings as the administrator gave them.
func (p *Provisioner) Application() duo.Application { return p.given }

// Save saves what the fault makes of the settings.
func (p *Provisioner) Save(app duo.Application, people *directory.Directory) error {
	p.given = app
	return p.Provisioner.Save(p.settings(people), p.seen(people))
}

// SaveAndEnable enables provisioning with what the fault makes of the settings.
func (p *Provisioner) SaveAndEnable(ctx context.Context, people *directory.Directory) (duo.Summary, error) {
	if err := p.use(people); err != nil {
		return duo.Summary{}, err
	}
	return p.Provisioner.SaveAndEnable(ctx, p.seen(people))
}

// use puts the fault's settings into effect, as if they had been given from the beginning.
func (p *Provisioner) use(people *directory.Directory) error {
	if p.fault.Settings == nil {
		return nil
	}
	p.silent = true
	defer func() { p.silent = false }()
	return p.Provisioner.Save(p.settings(people), p.seen(people))
}

// Sync is one pass, beside which the fault may do more.
func (p *Provisioner) Sync(ctx context.Context, people *directory.Directory) (duo.Summary, error) {
	if p.fault.Sync != nil {
		if err := p.fault.Sync(ctx, p.client); err != nil {
			return duo.Summary{}, err
		}
	}
	return p.Provisioner.Sync(ctx, p.seen(people))
}
