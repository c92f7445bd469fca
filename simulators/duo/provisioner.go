package duo

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Options are what a test or a run may want to decide itself. The zero value
// is ready to use.
type Options struct {
	Now     func() time.Time                           // default time.Now
	NewID   func() string                              // ids of log entries; default random UUIDs
	Sleep   func(context.Context, time.Duration) error // default: really waits, or until the context ends
	Admin   string                                     // name of the administrator; default "Administrator"
	Log     *Log                                       // where to write; default a new log
	OnEntry func(Entry)                                // called for each entry as it is written
}

// Provisioner is the connector of one application: it sends to the target what
// the application's settings and the state of the directory demand, and writes
// what it did to the Activity Log. It starts disabled. Its methods must not be
// called concurrently; Log and Consulted may be used at any time.
type Provisioner struct {
	app     Application
	client  wire.Client
	opt     Options
	secrets wire.Secrets

	enabled bool
	chosen  []string          // keys of the groups that the settings choose
	bound   map[string]string // the names by which groups were chosen, and their keys

	// What the target has, as far as Duo knows.
	users  map[string]*remoteUser  // by Duo key
	owners map[string]string       // Duo keys by the target's user ids
	groups map[string]*remoteGroup // by Duo key

	// What is known for the length of a pass.
	listing map[string]map[string][]*scim.Object // see findInList
	gone    map[string]bool                      // ids of users whom the target has lost or deleted

	answers *answers
}

// New returns a connector for the application that sends with this client; the
// profile decides over the client's media type and User-Agent. The error says
// that the profile has an unknown field or choice, or that there is no client.
// The application's settings are checked when they are saved.
func New(app Application, profile Profile, client *wire.Client, opt Options) (*Provisioner, error) {
	if client == nil {
		return nil, errors.New("a provisioner needs a client: give the wire.Client with the target's base URL and token")
	}
	if err := profile.Check(); err != nil {
		return nil, err
	}
	p := &Provisioner{
		app:     app.clone(),
		client:  *client,
		opt:     opt.withDefaults(),
		bound:   map[string]string{},
		users:   map[string]*remoteUser{},
		owners:  map[string]string{},
		groups:  map[string]*remoteGroup{},
		answers: &answers{profile: profile},
	}
	p.secrets.Add(client.Token)
	return p, nil
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewID == nil {
		o.NewID = uuid.NewString
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Admin == "" {
		o.Admin = string(Administrator)
	}
	if o.Log == nil {
		o.Log = &Log{}
	}
	return o
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// SaveAndEnable is the button "Save and enable": it checks the settings against
// the directory, enables provisioning, tests the connection again and makes the
// first pass (order observed in Cisco guide 225885). Settings that are wrong are
// an error before anything is logged or sent. A connection that fails is a
// *ConnectError, logged, and provisioning is disabled again (assumed).
func (p *Provisioner) SaveAndEnable(ctx context.Context, dir *directory.Directory) (Summary, error) {
	if err := p.choose(&p.app, dir); err != nil {
		return Summary{}, err
	}
	p.enabled = true
	p.logAdmin(ProvisioningEnabled, nil)
	if err := p.Connect(ctx); err != nil {
		p.enabled = false
		if e, ok := errors.AsType[*ConnectError](err); ok {
			p.logAdmin(ProvisioningNotConnected, scim.NewObject(member("error", e.Error())))
		}
		p.log(ProvisioningDisabled, integration(), p.application(), scim.NewObject(
			member("reason", "the connection could not be made")))
		return Summary{}, err
	}
	p.logAdmin(ProvisioningConnected, nil)
	return p.Sync(ctx, dir)
}

// Save is the button "Save": other settings for the same target, which the next
// pass puts into effect. Whether provisioning is enabled stays as it is. Wrong
// settings are an error and change nothing.
func (p *Provisioner) Save(app Application, dir *directory.Directory) error {
	app = app.clone()
	if err := p.choose(&app, dir); err != nil {
		return err
	}
	p.app = app
	p.logAdmin(ProvisioningUpdated, nil)
	return nil
}

// Disable switches provisioning off. The target is left as it is.
func (p *Provisioner) Disable() {
	if p.enabled {
		p.enabled = false
		p.logAdmin(ProvisioningDisabled, nil)
	}
}

// Enabled says whether passes send anything.
func (p *Provisioner) Enabled() bool { return p.enabled }

// Application returns the settings in force.
func (p *Provisioner) Application() Application { return p.app.clone() }

// Log is the Activity Log that the provisioner writes to.
func (p *Provisioner) Log() *Log { return p.opt.Log }

// Consulted lists, in the order of Fields, the fields whose answer has made a
// difference so far. An alternative that does not concern them
// (Alternative.Concerns) would have sent the same requests.
func (p *Provisioner) Consulted() []Field { return p.answers.fields() }

func (p *Provisioner) mapping() Mapping {
	return Mapping{Type: p.app.Type, Rows: p.app.Mapping, answers: p.answers}
}

// choose checks the settings and turns the groups that they name into keys: the
// Admin Panel chooses groups, not names, so that a renamed group stays chosen.
func (p *Provisioner) choose(app *Application, dir *directory.Directory) error {
	byKey := app.clone()
	for _, refs := range [][]string{byKey.Groups.Select, byKey.SSOAccess} {
		for i, ref := range refs {
			refs[i] = p.groupKey(ref, dir)
		}
	}
	if err := byKey.CheckAgainst(dir); err != nil {
		return err
	}
	p.chosen = nil
	for i, k := range byKey.chosenGroups() {
		if !slices.Contains(p.chosen, k) {
			p.chosen = append(p.chosen, k)
		}
		p.bound[strings.ToLower(app.chosenGroups()[i])] = k
	}
	return nil
}

// groupKey is the key of the group with this name or key now, or else of the
// group that was chosen by this name and renamed since.
func (p *Provisioner) groupKey(ref string, dir *directory.Directory) string {
	if g, ok := dir.Group(ref); ok {
		return g.Key
	}
	if k := p.bound[strings.ToLower(ref)]; k != "" {
		if _, ok := dir.Group(k); ok {
			return k
		}
	}
	return ref
}
