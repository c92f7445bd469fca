package steps

import (
	"github.com/simulate-duo/simulate-duo/steps/engine"
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
	// Load is how a run sends look-ups at a steady pace.
	Load = judge.Load
	// Settings are what an administrator has in Duo: people, groups, the Provisioning tab.
	Settings = guide.Settings
)

// DefaultWorkers is how many examples run at a time unless Options say otherwise.
const DefaultWorkers = engine.DefaultWorkers

// DirectoryName is the name of the identity provider's directory in the guide.
const DirectoryName = guide.DirectoryName

// Embedded is the Secure Access simulator inside this process.
func Embedded() Target { return judge.Embedded() }

// LoadFit reads a target file (YAML, schema target.json). An error that is a
// *schemas.Invalid has file, line and remedy.
func LoadFit(file string, data []byte) (*Fit, error) { return judge.LoadFit(file, data) }
