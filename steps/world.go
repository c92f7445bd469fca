package steps

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	duofaults "github.com/simulate-duo/simulate-duo/simulators/duo/faults"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// world is everything that one scenario knows. A new one is made for each
// scenario and each profile, so that nothing leaks from one to the next.
type world struct {
	run     *run
	profile duo.Profile
	story   bool // its log is shown as it happens

	settings Settings // the people and the Provisioning tab to start from
	own      bool     // they are the user's, not the guide's
	conn     *connection
	scope    *safety.Scope // what this scenario creates on a real target; nil on the embedded one

	// Duo's side.
	cast      *cast
	directory *directory.Directory
	app       duo.Application
	duo       *duo.Provisioner // nil until the administrator first acts
	log       *duo.Log
	fault     *duofaults.Fault
	duoWire   *wire.Recorder
	duoErr    error             // what the last act of the administrator came to
	sent      int               // number of Duo's exchanges when it last had caught up
	strayed   atomic.Int64      // requests that reached another host
	ids       map[string]string // id of a user or group as it was last seen, by role

	// The judge's side.
	judgeWire  *wire.Recorder
	last       *wire.Response
	asked      wire.Request        // what last is the answer to
	several    []stop              // the answers to several requests together
	subjects   map[string]*subject // resources by the names that the example gives them
	notMade    map[string]string   // what came instead of a resource, by name
	remembered map[string]string
	nextHeader http.Header       // of the next request only
	crowd      []string          // the ids of many users
	given      []string          // the ids of the crowd that a group was given
	nextSecret [2]string         // a parameter of the next request only, which no message may show
	nextBase   string            // the base URL of the next request only, if it is not the target's
	nextBare   string            // a parameter of the next request only that is sent without an equals sign
	second     bool              // the next request is the second client's
	listing    *listing          // the list that the client last went through
	ahead      atomic.Int64      // nanoseconds by which the embedded target's clock was put forward
	bulk       *bulkSent         // the last bulk request
	race       *race             // what several clients did at once
	search     *search           // the last request was one for members of the population
	refusal    error             // what Secure Access refused on the dashboard
	tokens     map[string]string // tokens and URLs that the dashboard gave out, by role
	before     map[string]*scim.Object

	writings   []writing        // what was written to see what becomes of it
	written    int              // number of resources created for that
	exhibition *exhibition      // what the schemas are held against
	borrowed   []*wire.Exchange // of shared looks at the target, as evidence

	failureText string // of the failure that a Then has just found
	assertions  int

	sentences []vocable // the vocabulary, for sentences within sentences
}

// open prepares a scenario: an embedded target of its own, or the run's real
// one; the people of the directory file; nobody in any group yet.
func (w *world) open(r *run, profile duo.Profile) error {
	w.run, w.profile = r, profile
	w.log = &duo.Log{}
	w.subjects, w.remembered, w.notMade = map[string]*subject{}, map[string]string{}, map[string]string{}
	w.ids, w.tokens, w.before = map[string]string{}, map[string]string{}, map[string]*scim.Object{}
	if w.settings.Directory == nil {
		w.settings = r.options.Guide
	}
	w.cast = &cast{guide: r.options.Guide.Directory, own: w.settings.Directory}
	if r.options.Target.IsEmbedded() {
		if err := w.openEmbedded(r.options.SecureAccess); err != nil {
			return err
		}
	} else {
		w.scope = r.guard.Scope()
		w.cast.mark = r.nextMark()
		t := r.options.Target
		w.conn = &connection{baseURL: t.URL, behind: t.URL, token: t.Token, secondToken: t.SecondToken}
	}
	w.directory = w.cast.everybody()
	w.directory.Groups = nil
	w.app = w.cast.application(*w.settings.Application)
	w.app.Groups = duo.GroupSelection{Select: []string{}}
	w.app.Enabled = false
	w.duoWire, w.judgeWire = w.recorder(), w.recorder()
	return nil
}

// openEmbedded replaces the embedded target by a new one of this configuration.
func (w *world) openEmbedded(config secureaccess.Config) error {
	if config.Now == nil {
		config.Now = w.targetClock
	}
	conn, err := openEmbedded(config, w.run.options.Wrap)
	if err != nil {
		return err
	}
	if w.conn != nil {
		w.conn.Close()
	}
	w.conn = conn
	return nil
}

func (w *world) recorder() *wire.Recorder {
	r := wire.NewRecorder(w.conn.token)
	r.OnExchange = w.run.exchanged
	return r
}

// close ends the scenario: what it made on a real target is removed.
func (w *world) close(ctx context.Context) {
	if w.scope != nil && !errors.Is(context.Cause(ctx), errGone) {
		w.scope.Cleanup(context.WithoutCancel(ctx)) // what it cannot remove, the clean-up at the end of the run reports
	}
	w.conn.Close()
}

// client is a client for the base URL with the transport that is due there:
// recorded, and towards a real target guarded and throttled.
func (w *world) client(base, token string, traffic *wire.Recorder) *wire.Client {
	traffic.AddSecret(token)
	transport := http.RoundTripper(w.run.transport)
	if traffic == w.judgeWire {
		transport = &safety.Patience{Next: transport}
	}
	if w.scope != nil && origin(base) == origin(w.run.options.Target.URL) {
		transport = w.scope.Transport(transport)
	}
	timeout := w.run.options.Timeout
	if w.conn.timeout > 0 && traffic == w.duoWire {
		timeout = w.conn.timeout
	}
	return &wire.Client{
		BaseURL: base, Token: token,
		HTTP: &http.Client{Transport: traffic.Transport(transport), Timeout: timeout},
	}
}

// judge asks the target itself, whatever stands between it and Duo.
func (w *world) judge() *wire.Client {
	return w.client(w.conn.behind, w.conn.token, w.judgeWire)
}

// provisioner is the simulated Duo with the settings as they are now.
func (w *world) provisioner() (*duo.Provisioner, error) {
	if w.duo != nil {
		return w.duo, nil
	}
	w.app.BaseURL = w.conn.baseURL
	w.fault = w.run.options.DuoFault
	if w.fault == nil {
		w.fault = &duofaults.Fault{}
	}
	options := duo.Options{Now: w.run.options.Now, Admin: administrator, Log: w.log}
	if w.story {
		options.OnEntry = w.run.onEntry
	}
	if w.run.options.Target.IsEmbedded() {
		options.Sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	}
	client := w.client(w.conn.baseURL, w.conn.token, w.duoWire)
	if w.fault.Transport != nil {
		client.HTTP.Transport = w.fault.Transport(client.HTTP.Transport)
	}
	profile := w.profile
	if w.fault.Profile != (duo.Profile{}) {
		profile = w.fault.Profile
	}
	p, err := duo.New(w.settingsSeen(), profile, client, options)
	if err != nil {
		return nil, err
	}
	w.duo = p
	return p, nil
}

// settingsSeen are the settings as the provisioner takes them.
func (w *world) settingsSeen() duo.Application {
	app := w.app
	app.Mapping, app.Groups.Select = slices.Clone(app.Mapping), slices.Clone(app.Groups.Select)
	if w.fault.Settings != nil {
		w.fault.Settings(&app, w.directory)
	}
	return app
}

// peopleSeen is the directory as the provisioner sees it.
func (w *world) peopleSeen() *directory.Directory {
	if w.fault.People == nil {
		return w.directory
	}
	seen := w.directory.Clone()
	w.fault.People(seen)
	return seen
}

// administrator is the person in the guide's Activity Log.
const administrator = "Josue Brenes"

// exchanges are all requests of the scenario in the order in which they began.
func (w *world) exchanges() []*wire.Exchange {
	all := slices.Concat(w.borrowed, w.duoWire.Exchanges(), w.judgeWire.Exchanges())
	slices.SortStableFunc(all, func(a, b *wire.Exchange) int { return a.Started.Compare(b.Started) })
	return all
}

// user is the person who plays the one of this name, as Duo knows them now.
func (w *world) user(name string) (directory.User, error) {
	role, err := w.cast.user(name)
	if err != nil {
		return role, err
	}
	if now, ok := w.directory.User(role.Key); ok {
		return now, nil
	}
	return role, nil // deleted from Duo: as the directory file has them
}

// userName is the user's name at the target, as the mapping makes it.
func (w *world) userName(name string) (string, error) {
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
func (w *world) mapping() duo.Mapping {
	return duo.Mapping{Type: w.app.Type, Rows: w.app.Mapping, Profile: w.profile}
}

// groupName is the group's name at the target.
func (w *world) groupName(name string) (string, error) {
	group, err := w.cast.group(name)
	return group.Name, err
}
