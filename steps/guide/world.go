// Package guide has the sentences of Cisco's guide "Provision Users and Groups to Secure
// Access via DUO", with the steps that carry them out: what an administrator does in Duo
// and in Secure Access, what Duo sends, and what becomes of it at the target.
package guide

import (
	"net/http"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Settings are what an administrator has in Duo: people, groups, and the
// Provisioning tab of the application.
type Settings struct {
	Directory   *directory.Directory
	Application *duo.Application
}

// Options are what a scenario starts from.
type Options struct {
	Guide   Settings        // whom the features name
	Own     *Settings       // who plays them; nil for the guide's own
	Profile duo.Profile     // how Duo does what nobody outside knows
	OnEntry func(duo.Entry) // is told of each row of the Activity Log; nil for nobody

	Duo          Constructor                             // makes the provisioner; nil for duo.New
	SecureAccess secureaccess.Config                     // of the embedded target
	Serve        func(*secureaccess.Server) http.Handler // what serves the embedded target; nil for itself
}

// World is Duo's side of one scenario, and the dashboard's, beside the judge's session.
type World struct {
	*judge.Session
	DuoWire *wire.Recorder // of what Duo sends
	Duo     Provisioner    // nil until the administrator first acts

	options   Options
	settings  Settings // the people and the Provisioning tab to start from
	roles     *roles
	directory *directory.Directory // as Duo has it now
	app       duo.Application      // the Provisioning tab as it is now
	log       *duo.Log
	duoErr    error                   // what the last act of the administrator came to
	sent      int                     // number of Duo's exchanges when it last had caught up
	strayed   atomic.Int64            // requests that reached another host
	ids       map[string]string       // id of a user or group as it was last seen, by role
	before    map[string]*scim.Object // users as they were last seen, by role

	dashboard   *secureaccess.Server    // nil on a real target
	integrated  *secureaccess.Directory // of the guide, at the dashboard
	refusal     error                   // what Secure Access refused on the dashboard
	tokens      map[string]string       // tokens and URLs that the dashboard gave out, by role
	failureText string                  // of the failure that a Then has just found
}

// New is the world of a scenario with this session, which Begin opens.
func New(s *judge.Session) *World { return &World{Session: s} }

// Begin prepares the scenario: the target, the people of the directory file, nobody in
// any group yet.
func (w *World) Begin(run *judge.Run, options Options) error {
	w.options, w.log = options, &duo.Log{}
	w.ids, w.tokens, w.before = map[string]string{}, map[string]string{}, map[string]*scim.Object{}
	if err := run.Open(w.Session, w.attach); err != nil {
		return err
	}
	w.settings = options.Guide
	if options.Own != nil {
		w.settings = *options.Own
	}
	w.roles = &roles{guide: options.Guide.Directory, own: w.settings.Directory, mark: w.RealMark()}
	w.directory = w.roles.everybody()
	w.directory.Groups = nil
	w.app = w.roles.application(*w.settings.Application)
	w.app.Groups = duo.GroupSelection{Select: []string{}}
	w.app.Enabled = false
	w.DuoWire = w.Recorder()
	return nil
}

// Connect connects a session to the target of its run where nobody acts for Duo.
func Connect(options Options) func(*judge.Session) error {
	return func(s *judge.Session) error { return (&World{Session: s, options: options}).attach(s) }
}

// attach sets the session's connection: to an embedded target of its own, or to the
// run's real one.
func (w *World) attach(s *judge.Session) error {
	if t := s.Run.Target; !t.IsEmbedded() {
		s.Conn = &judge.Connection{DuoURL: t.URL, URL: t.URL, Token: t.Token, SecondToken: t.SecondToken}
		return nil
	}
	return w.openEmbedded(w.options.SecureAccess)
}
