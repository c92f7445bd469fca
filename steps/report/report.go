package report

import (
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Version is the version of the JSON form of a Report. It grows when a member
// is renamed, removed or changes its meaning; new members leave it alone.
const Version = 1

// DefaultProfile is the name of the provisioner's profile that no alternative
// has changed.
const DefaultProfile = "default"

// Report is the result of one run. Its JSON form is described by
// schemas/report.json.
type Report struct {
	Insecure     string        `json:"insecure,omitempty"` // Insecure, if nothing is known about who has answered; the first line of every report
	Version      int           `json:"version"`
	Tool         Tool          `json:"tool"`
	Target       Target        `json:"target"`
	Started      time.Time     `json:"started"`
	DurationMS   int64         `json:"duration_ms"`
	Result       *Result       `json:"result,omitempty"`  // written by WriteJSON; nothing else reads it
	Partial      string        `json:"partial,omitempty"` // why the run stopped early; "" if it did not
	Quick        bool          `json:"quick,omitempty"`   // one example of each kind was tried, under the default profile alone
	Notes        []string      `json:"notes,omitempty"`   // what to know about the whole run, such as that the target changed under it
	Strict       bool          `json:"strict,omitempty"`  // warnings count like failures
	Summary      Summary       `json:"summary"`
	Requirements []Requirement `json:"requirements"`
	ActivityLog  []LogRow      `json:"activity_log"`
	LeftBehind   []string      `json:"left_behind,omitempty"` // what the run made at the target and could not remove, one line each
}

// Tool is the program that made the report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Target is what was judged.
type Target struct {
	Name           string     `json:"name"`
	URL            string     `json:"url"`                      // SCIM base URL
	Implementation string     `json:"implementation,omitempty"` // which server it is, as its target file says
	Embedded       bool       `json:"embedded,omitempty"`       // the simulator inside the program, not an endpoint of the user's
	Form           *wire.Form `json:"form,omitempty"`           // how it was shown credentials; nil for a bearer token
	Access         *Access    `json:"access,omitempty"`         // how to come to the credentials; nil for a token that is given
	Client         bool       `json:"client,omitempty"`         // a SCIM client; URL is that of the endpoint that received it
}

// Insecure is what the first line of every report says of a run with --insecure-skip-verify.
const Insecure = "INSECURE: the target's certificate was not verified (--insecure-skip-verify): another server may have answered, and has then seen the credentials."

// Access is how a run came to its credentials.
type Access struct {
	Words string `json:"words"`           // in a phrase: "OAuth 2.0 client credentials of …"
	OAuth bool   `json:"oauth,omitempty"` // by tokens that an authorization server granted
	Curl  string `json:"curl,omitempty"`  // of a POSIX shell: sets SCIM_TOKEN to a new one
}

// Requirement is one requirement and all that was found about it.
type Requirement struct {
	ID        string         `json:"id"`
	Level     features.Level `json:"level"`
	Title     string         `json:"title"`
	Feature   string         `json:"feature"` // the area: title of the feature that holds it
	Source    string         `json:"source"`  // where it is written
	Text      string         `json:"text,omitempty"`
	File      string         `json:"file"`
	Line      int            `json:"line"`
	Verdict   Verdict        `json:"verdict"`             // Worst of the examples
	Message   string         `json:"message"`             // of the first example with that verdict
	Requests  int            `json:"requests"`            // sent for its examples, alternatives included
	Risk      string         `json:"risk,omitempty"`      // what is at stake if no request shows it: "security" or "data"
	Essential bool           `json:"essential,omitempty"` // the client cannot work with a target that does not offer it
	OneOf     string         `json:"one_of,omitempty"`    // the alternatives that it belongs to, of which one has to hold
	Known     string         `json:"known,omitempty"`     // the reason that a baseline gives for its failing; "" if none lists it
	Examples  []Example      `json:"examples"`
}

// Example is the result of one check under one profile.
type Example struct {
	Name       string           `json:"name"`
	Profile    string           `json:"profile"` // DefaultProfile, or the alternative as "field=choice"
	Verdict    Verdict          `json:"verdict"`
	Message    string           `json:"message"`        // what is wrong, or why it did not run; "" when passed
	Want       string           `json:"want,omitempty"` // what was expected
	Got        string           `json:"got,omitempty"`  // what came instead
	DurationMS int64            `json:"duration_ms"`
	Requests   int              `json:"requests"`           // sent for it
	Exchanges  []*wire.Exchange `json:"exchanges"`          // in order; none of an alternative that passed
	Decided    int              `json:"decided,omitempty"`  // the place of the exchange that decided, from 1; 0 for the last
	LeftOut    string           `json:"left_out,omitempty"` // the task that the client did not do, so that this is untested
	Waits      *Waiting         `json:"-"`                  // what it waits for, if it is blocked by another requirement
}

// Waiting is what an example has found that is blocked because another requirement tells it.
type Waiting struct {
	Home      string  // the id of that requirement; "" if it is the first that has failed Alike
	Else      []Told  // those that it waits for next, if that one tells nothing
	Verdict   Verdict // without that one
	Alike     func(id string, e Example) bool
	Message   string // these three as in an Example
	Want, Got string
}

// Told is a requirement that tells what another one has found, and why.
type Told struct{ Home, Why string }

// LogRow is a row of Duo's Activity Log as the administrator sees it.
type LogRow struct {
	Timestamp    time.Time `json:"timestamp"`
	Action       string    `json:"action"`
	Actor        string    `json:"actor"`
	ActorType    string    `json:"actor_type"`
	Affected     string    `json:"affected"`
	AffectedType string    `json:"affected_type"`
	Application  string    `json:"application"`
	AccessDevice string    `json:"access_device"`
	Details      string    `json:"details"`
}

// ExitCode is the exit status of a run, which tells in this order
//
//	2  the run stopped early, or judged nothing;
//	1  something failed that no baseline knows, or a known failure is gone;
//	2  some requirements could not be judged, so that they may fail as well;
//	0  everything that was asked for holds.
func (r *Report) ExitCode() int {
	switch {
	case r.Partial != "", r.Summary.Judged() == 0:
		return 2
	case r.Unmet() > 0, len(r.Stale()) > 0:
		return 1
	case len(r.Undecided()) > 0, LeftOutWords(r) != "":
		return 2
	}
	return 0
}
