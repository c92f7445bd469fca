package guide

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Provisioner is the simulated Duo as the steps use it: a *duo.Provisioner, or in a
// proof one that does something wrong.
type Provisioner interface {
	Connect(ctx context.Context) error
	Save(app duo.Application, people *directory.Directory) error
	SaveAndEnable(ctx context.Context, people *directory.Directory) (duo.Summary, error)
	Sync(ctx context.Context, people *directory.Directory) (duo.Summary, error)
	Disable() error
	Enabled() bool
	Application() duo.Application
	Consulted() []duo.Field
}

// Constructor makes the provisioner of a scenario, as duo.New does.
type Constructor func(app duo.Application, profile duo.Profile, client *wire.Client, options duo.Options) (Provisioner, error)

func newDuo(app duo.Application, profile duo.Profile, client *wire.Client, options duo.Options) (Provisioner, error) {
	return duo.New(app, profile, client, options)
}

// administrator is the person in the guide's Activity Log.
const administrator = "Josue Brenes"

// provisioner is the simulated Duo with the settings as they are now.
func (w *World) provisioner() (Provisioner, error) {
	if w.Duo != nil {
		return w.Duo, nil
	}
	w.app.BaseURL = w.Conn.DuoURL
	options := duo.Options{
		Now: w.Run.Now, Admin: administrator, Log: w.log, OnEntry: w.options.OnEntry,
		MaxDeprovision: &duo.NoLimit, // that users leave is what the scenarios are about
	}
	if w.Run.Target.IsEmbedded() {
		options.Sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	}
	construct := w.options.Duo
	if construct == nil {
		construct = newDuo
	}
	p, err := construct(w.settingsNow(), w.options.Profile, w.duoClient(), options)
	if err != nil {
		return nil, err
	}
	w.Duo = p
	return p, nil
}

// settingsNow are the settings in a copy that later steps do not change.
func (w *World) settingsNow() duo.Application {
	app := w.app
	app.Mapping, app.Groups.Select = slices.Clone(app.Mapping), slices.Clone(app.Groups.Select)
	return app
}

// duoClient is Duo's client. How Duo repeats a request is part of what is observed.
func (w *World) duoClient() *wire.Client {
	w.DuoWire.AddSecret(w.Conn.Token)
	return &wire.Client{BaseURL: w.Conn.DuoURL, Token: w.Conn.Token, MaxBody: judge.MaxAnswer, HTTP: &http.Client{
		Transport: w.Showing(w.Conn.Token, w.DuoWire.Transport(w.Guarded(w.Conn.DuoURL, w.Run.Transport))), Timeout: w.Conn.Timeout,
	}}
}

// Exchanges are all requests of the scenario in the order in which they began.
func (w *World) Exchanges() []*wire.Exchange {
	all := slices.Concat(w.Borrowed, w.DuoWire.Exchanges(), w.Wire.Exchanges())
	slices.SortStableFunc(all, func(a, b *wire.Exchange) int { return a.Started.Compare(b.Started) })
	return all
}

// Decided is the exchange that a step was decided by: the one that a Mismatch is about, or
// what the judge looked at, or else what Duo sent last, of which one that was refused tells
// more. See judge.Session.Decided.
func (w *World) Decided(err error) *wire.Exchange {
	sent := w.DuoWire.Exchanges()
	m, wrong := judge.IsMismatch(err)
	if wrong && slices.Contains(sent, m.About) {
		return m.About
	}
	seen := w.Session.Decided(err)
	if wrong && m.About != nil {
		return seen
	}
	if len(sent) == 0 || seen != nil && seen.Started.After(sent[len(sent)-1].Started) {
		return seen
	}
	for _, x := range slices.Backward(sent) {
		if wrong && strings.Contains(m.Got, x.Method+" "+w.below(x)+": ") { // as Duo's client tells it
			return x
		}
	}
	for _, x := range slices.Backward(sent) {
		if x.Status == 0 || x.Status >= 400 && x.Status != http.StatusNotFound {
			return x
		}
	}
	return sent[len(sent)-1]
}

// below is the path of a request below the base URL.
func (w *World) below(x *wire.Exchange) string {
	path, _, _ := strings.Cut(strings.TrimPrefix(x.URL, strings.TrimRight(w.Conn.DuoURL, "/")), "?")
	return path
}

// user is the person who plays the one of this name, as Duo knows them now.
func (w *World) user(name string) (directory.User, error) {
	role, err := w.roles.user(name)
	if err != nil {
		return role, err
	}
	if now, ok := w.directory.User(role.Key); ok {
		return now, nil
	}
	return role, nil // deleted from Duo: as the directory file has them
}

// userName is the user's name at the target, as the mapping makes it.
func (w *World) userName(name string) (string, error) {
	user, err := w.user(name)
	if err != nil {
		return "", err
	}
	mapped, err := w.mapping().Map(user)
	if err != nil {
		return "", fmt.Errorf("map %s: %w", name, err)
	}
	return mapped.String("userName"), nil
}

// mapping is the attribute mapping as it is now.
func (w *World) mapping() duo.Mapping {
	return duo.Mapping{Type: w.app.Type, Rows: w.app.Mapping, Profile: w.options.Profile}
}

// groupName is the group's name at the target.
func (w *World) groupName(name string) (string, error) {
	group, err := w.roles.group(name)
	return group.Name, err
}
