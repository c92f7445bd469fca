package steps

import (
	"github.com/simulate-duo/simulate-duo/steps/engine"
	"github.com/simulate-duo/simulate-duo/steps/event"
	"github.com/simulate-duo/simulate-duo/steps/guide"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// What a run is told, and what it tells while it runs.
type (
	// Options say what to run, against what, and how carefully.
	Options = engine.Options
	// Profile names the client whose requirements a run judges.
	Profile = engine.Profile
	// Progress says how far a run is.
	Progress = engine.Progress
	// Trace is what was sent in an example, step by step.
	Trace = engine.Trace
	// Scenario is an example that has ended.
	Scenario = engine.Scenario

	// ClientOptions say what to judge a client by.
	ClientOptions = engine.ClientOptions

	// Target is what the scenarios are run against.
	Target = judge.Target
	// Fit is what a target needs beyond the standard, so that it takes the test data.
	Fit = judge.Fit
	// EventStream is where the security events of a target are found (RFC 9967).
	EventStream = judge.EventStream
	// EventToken is a security event that was recorded.
	EventToken = judge.EventToken
	// Load is how a run sends look-ups at a steady pace.
	Load = judge.Load
	// Settings are what an administrator has in Duo: people, groups, the Provisioning tab.
	Settings = guide.Settings
)

// DefaultWorkers is how many examples run at a time unless Options say otherwise.
const DefaultWorkers = engine.DefaultWorkers

// DefaultMaxLeft is how much may stay at a target that deletes nothing, unless Options say otherwise.
const DefaultMaxLeft = engine.DefaultMaxLeft

// DirectoryName is the name of the identity provider's directory in the guide.
const DirectoryName = guide.DirectoryName

// Embedded is the Secure Access simulator inside this process.
func Embedded() Target { return judge.Embedded() }

// LoadFit reads a target file (YAML, schema target.json). An error that is a
// *schemas.Invalid has file, line and remedy.
func LoadFit(file string, data []byte) (*Fit, error) { return judge.LoadFit(file, data) }

// ReadEvents reads a file of security events. Its error names each line that holds none.
func ReadEvents(file string, data []byte) ([]EventToken, error) { return event.ReadFile(file, data) }

// ReadEventKeys reads the public keys by which events are signed, a JWK set.
func ReadEventKeys(file string, data []byte) ([]byte, error) { return event.ReadKeys(file, data) }
