package duo

import (
	"crypto/sha256"
	"encoding/base32"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Outcome says whether what an entry tells went well, in the Admin API's words
// (published samples of the activity log).
type Outcome string

// The two outcomes.
const (
	Success Outcome = "SUCCESS"
	Failure Outcome = "FAILURE"
)

// Entry is one entry of the Activity Log.
type Entry struct {
	ID          string // unique, a UUID by default
	Time        time.Time
	Action      Action
	Actor       Party
	Affected    Party
	Application Party
	Details     *scim.Object // behind "View details"; never nil, never a secret
}

// Label is how the page shows the entry's action.
func (e Entry) Label() Label { return e.Action.Label() }

// Outcome says whether the entry tells a success or a failure.
func (e Entry) Outcome() Outcome { return e.Action.Label().Outcome }

// Party is who or what an entry names: a cell of two lines on the page.
type Party struct {
	Key  string // Duo's key, "" for the connector
	Name string
	Type PartyType
}

// PartyType is the second line of a cell.
type PartyType string

// The types seen in Cisco guide 225885. The column Application has one line, so
// an application has no type.
const (
	System        PartyType = "System"
	Administrator PartyType = "Administrator"
	OutboundSync  PartyType = "Outbound SCIM Sync"
)

// IntegrationActor is the actor of everything that the connector does
// (Cisco guide 225885).
const IntegrationActor = "Automated Provisioning Integration"

// key derives a key of Duo's form, two letters and 18 upper-case letters or
// digits, for what has none in a directory file.
func key(prefix, name string) string {
	sum := sha256.Sum256([]byte(prefix + "\x00" + name))
	return prefix + base32.StdEncoding.EncodeToString(sum[:])[:18]
}

func member(name string, value any) scim.Member { return scim.Member{Name: name, Value: value} }
