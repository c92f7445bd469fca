package engine

import (
	"crypto/x509"
	"io/fs"
	"net/http"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/guide"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Options say what to run, against what, and how carefully.
type Options struct {
	Target   judge.Target
	Features fs.FS           // default features.FS
	Guide    guide.Settings  // whom the features name, and the settings that they start from; default guide.Published()
	Own      *guide.Settings // who plays them where the target is judged; default Guide
	Profiles []Profile       // whose requirements; default features.DefaultProfiles()
	Only     []string        // ids of the only requirements to run; default all
	Tags     string          // a tag expression; "" for all
	NoSweep  bool            // only the default profile
	// DuoProfile is how Duo does what is not published, as far as that is known. The
	// sweep tries what it leaves open. Requirements on Duo itself keep the default.
	DuoProfile duo.Profile
	Workers    int // examples at a time; default DefaultWorkers

	CAs         *x509.CertPool        // authorities that sign a real target's certificate; default the system's
	Timeout     time.Duration         // of one request; default 30 s
	RPS         float64               // requests per second to a real target; 0 for no limit
	MaxRequests int                   // to a real target; 0 for no limit
	MaxLeft     int                   // users and groups that may stay at a target that deletes none; default DefaultMaxLeft, -1 for no limit
	Abuse       bool                  // also what may break a fragile server, against a target that is not on this machine
	NoAbuse     bool                  // none of it, not even on this machine
	Quick       bool                  // one example of each binding requirement and of each habit, in few requests
	EvidenceAll bool                  // keep every exchange of every example under the default profile
	Large       bool                  // whether a real target may be given hundreds of users; the embedded one is
	Granted     func() *judge.Granted // what the authorization server has granted for the target's token; nil for a fixed one
	Load        *judge.Load           // sends 25 look-ups per second for a while; nil for not at all
	JournalDir  string                // default safety.DefaultJournalDir()

	Now        func() time.Time // default time.Now
	OnWarning  func(string)     // what is odd about the target, before anything runs
	OnEntry    func(duo.Entry)  // each row of the story's Activity Log as it happens
	OnProgress func(Progress)   // after each example
	OnExchange func(*wire.Exchange)
	OnTrace    func(Trace)               // what each example has sent, when it ends
	Enough     func(report.Example) bool // ends the run with this example; nil plays all of them
	OnScenario func(Scenario)            // each example with its payloads and log, for snapshots
	Version    string

	Fit          judge.Fit                               // what the target needs so that it takes the test data
	SecureAccess secureaccess.Config                     // of the embedded target
	Embedded     func(*secureaccess.Server) http.Handler // what serves the embedded target; default the simulator as it is
	Duo          guide.Constructor                       // makes the simulated Duo; default duo.New
}

// DefaultWorkers is how many examples run at a time: enough to make up for a slow
// network, and no load that a server would notice.
const DefaultWorkers = 8

// DefaultMaxLeft is how many users and groups somebody removes by hand without anger.
const DefaultMaxLeft = 25

// Progress says how far a run is.
type Progress struct {
	Feature string // the area of the example that just ended
	Profile string // "" for the default profile
	Done    int    // examples; in clean-up, what was removed
	Total   int    // as far as is known: the sweep is counted when it begins

	CleaningUp bool // the run is over, and what it made is being removed
}

// Scenario is an example that has ended, for whoever wants more than its verdict.
type Scenario struct {
	Requirement features.Requirement
	Example     report.Example
	Duo         []*wire.Exchange // what Duo sent
	Log         []duo.Entry
}

// complete fills in the defaults.
func (o *Options) complete() error {
	if err := o.DuoProfile.Check(); err != nil {
		return err
	}
	if o.Guide.Directory == nil && o.Guide.Application == nil {
		var err error
		if o.Guide, err = guide.Published(); err != nil {
			return err
		}
	}
	if o.Features == nil {
		o.Features = features.FS
	}
	if len(o.Profiles) == 0 {
		o.Profiles = features.DefaultProfiles()
	}
	if o.Target.IsEmbedded() && o.Fit.Login == nil {
		o.Fit.Login, o.SecureAccess.Login = embeddedLogin(), true
	}
	if o.Target.IsEmbedded() && o.Fit.Events == nil {
		if err := o.embedEvents(); err != nil {
			return err
		}
	}
	o.Fit.Complete()
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.MaxLeft == 0 {
		o.MaxLeft = DefaultMaxLeft
	}
	if o.Workers <= 0 {
		o.Workers = DefaultWorkers
	}
	return nil
}
