package store

import (
	"fmt"
	"time"
)

// Kind says whether a record is about a user or a group.
type Kind string

// The two kinds.
const (
	UserKind  Kind = "user"
	GroupKind Kind = "group"
)

// User links a Duo user to the target's user.
type User struct {
	Key         string    // of the Duo user
	ID          string    // the target's; belongs to one link at a time
	Username    string    // in Duo, as the log shows it
	Active      bool      // false: deactivated by Duo, the link stays for a return
	Sent        []byte    // JSON: what the target is known to have of the mapped attributes; nil: nothing is known
	Fingerprint int64     // of the mapped values that Sent fulfils; 0: compare in full
	Since       time.Time // when the link was made
	Changed     time.Time // when the target last took a change
}

// Mark is what tells whether anything is to be done about a linked user.
type Mark struct {
	Key, ID     string
	Active      bool
	Fingerprint int64
}

// Group links a Duo group to the target's group.
type Group struct {
	Key     string
	ID      string    // the target's; belongs to one link at a time
	Name    string    // at the target
	Size    int       // number of memberships
	Sum     int64     // of the memberships: the engine's checksum, which does not depend on order
	Since   time.Time // when the link was made
	Changed time.Time // when the target last took a change
}

// Membership is a user in a group, both by Duo key.
type Membership struct{ Group, User string }

// Intent is a request that changes something at the target, announced before it
// is sent. A user or group has at most one: kind and key identify it.
type Intent struct {
	Kind      Kind
	Key       string
	Operation string    // as the log's details name it: create, update, deactivate, …
	ID        string    // the target's, "" for a creation
	Name      string    // userName or displayName by which a creation can be found
	Detail    []byte    // JSON, the engine's own (who joins a group, say); may be long
	Started   time.Time // when it was announced
	Run       string    // the cycle that sent it
}

// Failure is what could not be done for one user or group. A dead letter is not
// sent again before its values change or an administrator asks for it.
type Failure struct {
	Kind        Kind
	Key         string
	Name        string // username or group name, for people
	Operation   string
	Status      int    // of the answer; 0 without one
	Reason      string // what, where, what to do
	Dead        bool
	Fingerprint int64 // of what was sent
	Attempts    int
	Since, Last time.Time // the first and the last attempt
}

// Entry is one entry of the Activity Log.
type Entry struct {
	Seq         int64 // given by the store: ascending in the order of the log, without regard to Time
	ID          string
	Time        time.Time // kept to the nanosecond, read back in UTC
	Action      string
	Actor       Party
	Affected    Party
	Application Party
	Details     []byte // JSON object
}

// Party is who or what an entry names.
type Party struct{ Key, Name, Type string }

// Run is one cycle.
type Run struct {
	ID             string
	Kind           string    // "incremental", "full", "on demand"
	Started, Ended time.Time // Ended is zero while it runs, or if it was killed
	Requests       int
	Counts         []byte // JSON, the engine's own: what was done
	Skipped        []byte // JSON: reasons and how many
	Error          string // why it ended early; "" if it did not
}

// Batch is a set of changes. They are applied in the order of the fields, so that
// one batch can take an account from one link and give it to another.
type Batch struct {
	CloseIntents   []Ref        // an intent that is not there is no error
	DeleteUsers    []string     // with their memberships
	DeleteGroups   []string     // with their memberships
	Leave          []Membership // one that is not there is no error
	PutUsers       []User       // new or changed; *Taken if another key owns the ID
	PutGroups      []Group      // the same; Size and Sum are stored as given
	Join           []Membership // one that is there already is no error
	OpenIntents    []Intent     // replaces one of the same kind and key
	DeleteFailures []Ref
	PutFailures    []Failure
	Entries        []Entry // their Seq is given by the store
	PutRun         *Run    // new or changed
	State          []byte  // nil leaves it as it is
}

// Ref identifies an intent or a failure.
type Ref struct {
	Kind Kind
	Key  string
}

// Taken is the error of a batch that links an account which another user or
// group owns already. Nothing of the batch was written.
type Taken struct {
	Kind      Kind
	ID, Owner string // Owner is the Duo key of the other link
}

func (t *Taken) Error() string {
	return fmt.Sprintf("the target's %s %q already belongs to the Duo %s %s", t.Kind, t.ID, t.Kind, t.Owner)
}
