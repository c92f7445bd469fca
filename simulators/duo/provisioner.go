package duo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Options are what a test or a run may want to decide itself. The zero value
// is ready to use. The provisioner calls Now, NewID, OnEntry and
// OnProgress one at a time.
type Options struct {
	// Store keeps what the provisioner knows; default a store.Memory of its own.
	Store store.Store
	// Workers is how many requests run at a time; default 1.
	Workers int
	// MaxMembersPerPatch is how many members one PATCH adds and removes; default any
	// number. It does not bind a profile that sends the whole list of members.
	MaxMembersPerPatch int
	// Retries is how often a request is tried again within one cycle after a failure
	// of the target (5xx) or a broken connection; default 0: the next cycle does it.
	Retries int
	// DeadAfter is after how many attempts a request that the target refuses for good
	// (400, 409 and the like) becomes a dead letter, which is not sent again before
	// its values change; default 0: it is tried again in every cycle.
	DeadAfter int
	// MaxDeprovision is the limit that stops a cycle before it deprovisions too many;
	// default DefaultLimit.
	MaxDeprovision *Limit
	// PieceSize is how many users a piece of a cycle has that several processes share, or
	// somewhat more; default 0: all of them. See Agenda.
	PieceSize int
	// Quarantine is how long provisioning pauses after three cycles in a row in which
	// most requests failed; each further pause is twice as long, up to a day. Default
	// 0: it does not pause.
	Quarantine time.Duration
	// Moved lets a state go on that was made with another base URL, and notes this one;
	// default false: it is a *MovedError.
	Moved bool
	// GroupsMayGo takes a chosen group that is gone from Duo for removed from the
	// application, as where an administrator has deleted it; default false: it is an error,
	// since a directory file without the group is more likely the wrong file.
	GroupsMayGo bool

	Now     func() time.Time                           // default time.Now
	NewID   func() string                              // ids of log entries and runs; default random UUIDs
	Sleep   func(context.Context, time.Duration) error // default: really waits, or until the context ends
	Admin   string                                     // name of the administrator; default "Administrator"
	Log     *Log                                       // where to write entries beside the store; default none, or a new log if there is no Store
	OnEntry func(Entry)                                // called for each entry after it was written
	// OnProgress is called after each user and group.
	OnProgress func(Progress)
}

// Provisioner is the connector of one application: it sends to the target what
// the application's settings and the state of the directory demand, and writes
// what it did to the Activity Log. It starts disabled, or as its store says. Its
// methods must not be called concurrently; Log, Consulted and Stop may be used at
// any time.
type Provisioner struct {
	app     Application
	client  wire.Client
	opt     Options
	secrets wire.Secrets
	answers *answers
	store   store.Store
	state   state
	current *cycle   // the one under way
	plan    *planner // nil unless requests are planned and not sent

	stop    chan struct{} // closed by Stop
	stopped sync.Once
	entryMu sync.Mutex // one entry at a time: Now, NewID, OnEntry
}

// state is what a provisioner remembers of its settings.
type state struct {
	Enabled  bool              `json:"enabled"`
	Chosen   []string          `json:"chosen"`   // keys of the groups that the settings choose
	Bound    map[string]string `json:"bound"`    // the names by which groups were chosen, and their keys
	Settings uint64            `json:"settings"` // checksum of the settings in force
	Target   string            `json:"target"`   // base URL that the links belong to; "" in an older state
	Staged   uint64            `json:"staged"`   // checksum of the users whom the brake has staged
	Trouble  trouble           `json:"trouble"`
}

// New returns a connector for the application that sends with this client; the
// profile decides over the client's media type and User-Agent. The error says
// that the profile makes no sense, that there is no client, or that the store
// cannot be read. The application's settings are checked when they are saved.
func New(app Application, profile Profile, client *wire.Client, opt Options) (*Provisioner, error) {
	if client == nil {
		return nil, errors.New("a provisioner needs a client: give the wire.Client with the target's base URL and token")
	}
	if err := profile.Check(); err != nil {
		return nil, err
	}
	opt = opt.withDefaults()
	p := &Provisioner{
		app:     app.clone(),
		client:  *client,
		opt:     opt,
		answers: &answers{profile: profile},
		store:   opt.Store,
		state:   state{Bound: map[string]string{}},
		stop:    make(chan struct{}),
	}
	p.secrets.Add(client.Token)
	if err := p.recall(); err != nil {
		return nil, err
	}
	return p, nil
}

// recall reads what an earlier provisioner left in the store.
func (p *Provisioner) recall() error {
	text, err := p.store.State(context.Background())
	if err == nil && text != nil {
		err = json.Unmarshal(text, &p.state)
	}
	if err != nil {
		return fmt.Errorf("the state of the application %s cannot be read: %w", quote(p.app.Name), err)
	}
	return nil
}

// remember is the batch that writes the state.
func (p *Provisioner) remember() store.Batch {
	return store.Batch{State: encoded(p.state)}
}

func (o Options) withDefaults() Options {
	if o.Store == nil {
		o.Store = store.NewMemory()
		if o.Log == nil {
			o.Log = &Log{}
		}
	}
	if o.Workers < 1 {
		o.Workers = 1
	}
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

// now is the time by the provisioner's clock.
func (p *Provisioner) now() time.Time {
	p.entryMu.Lock()
	defer p.entryMu.Unlock()
	return p.opt.Now()
}

// Enabled says whether passes send anything.
func (p *Provisioner) Enabled() bool { return p.state.Enabled }

// Application returns the settings in force.
func (p *Provisioner) Application() Application { return p.app.clone() }

// Consulted lists, in the order of Fields, the fields whose answer has made a
// difference so far. An alternative that does not concern them
// (Alternative.Concerns) would have sent the same requests.
func (p *Provisioner) Consulted() []Field { return p.answers.fields() }

func (p *Provisioner) mapping() Mapping {
	return Mapping{Type: p.app.Type, Rows: p.app.Mapping, answers: p.answers}
}
