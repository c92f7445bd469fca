package judge

import (
	"context"
	"crypto/tls"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// Run is what the sessions of one run share: the target, the way there, and what
// was made at the target for all of them, see Shared. The engine fills in its fields
// before the first session; they do not change afterwards.
type Run struct {
	Target  Target
	Fit     Fit              // complete, see Fit.Complete
	Workers int              // examples at a time; also requests, where many of a kind are sent
	Large   bool             // whether a real target may be given hundreds of users
	Altered bool             // the embedded target is not the simulator as it is
	Now     func() time.Time // the clock of the run

	Transport  http.RoundTripper                                            // the way to the target; it keeps the limits of the run
	Network    http.RoundTripper                                            // the way to others, such as the login of the target
	TLS        *tls.Config                                                  // of the connections; nil for the default
	Patience   time.Duration                                                // how long the judge waits where it is told to come again later
	Guard      *safety.Guard                                                // of a real target; nil for the embedded one
	Mark       func() string                                                // another mark for each session at a real target
	Granted    func() *Granted                                              // what the authorization server has granted last; nil for a fixed token
	Load       *Load                                                        // what the user has asked for of it; nil for none
	Note       func(string)                                                 // takes what is to be known of the whole run
	Shared     func(*wire.Exchange)                                         // is told of those that no single example sends; nil for nobody
	Exchanged  func(*wire.Exchange)                                         // is told of every exchange
	Connect    func(s *Session) error                                       // sets the session's Conn
	Missing    func(ctx context.Context, capability string) (string, error) // why the target lacks it; "" if it does not
	VerdictsOn func(prefix string) Verdicts                                 // what was judged so far of the requirements whose ids begin so
	// WithoutWrites looks at the target while this run changes nothing there. The look
	// must not change anything either.
	WithoutWrites func(ctx context.Context, look func() error) error

	Overlong func() // is told once that several answers were longer than MaxAnswer; nil for nobody

	// Rehearse is asked before an example sends what it is about; its error keeps that from
	// being sent. It is set while no example runs; nil lets everything through.
	Rehearse func(ctx context.Context, by *Session, r wire.Request) error

	lists listsSeen

	overlong    atomic.Int32                  // answers that were longer than MaxAnswer
	longLists   atomic.Int32                  // those of them that were lists, see listsWithoutEnd
	hungSorting atomic.Pointer[wire.Exchange] // see trySorting

	mu     sync.Mutex
	common *Session // the session that shared things belong to; nil at first
	shared map[string]*sharedThing
	lost   map[string]bool // requests that got no answer, see LostBefore

	creations creations
	taking    taking
	answers   answers
	used      used
	pool      pool
	scenes    scenes
	described described
}

// Verdicts are what a run has found of some binding requirements.
type Verdicts struct {
	Held   int      // how many hold
	Failed []string // ids of those that do not
	Open   []string // ids of those that could not be judged
}

// NewSession is the judge's side of something that is no scenario of its own.
func (r *Run) NewSession() (*Session, error) {
	s := &Session{}
	return s, r.Open(s, r.Connect)
}

// Open opens the session of a new scenario. Connect sets its Conn; Run.Connect does
// where nothing else is wanted.
func (r *Run) Open(s *Session, connect func(*Session) error) error {
	s.Run = r
	s.Subjects, s.Remembered, s.notMade = map[string]*Subject{}, map[string]string{}, map[string]error{}
	if r.Guard != nil {
		s.scope, s.markText = r.Guard.Scope(), r.Mark()
	}
	if err := connect(s); err != nil {
		return err
	}
	s.Wire = s.Recorder()
	return nil
}

// LostBefore says whether the request at this place of a shared look got no answer before,
// and keeps that it got none now.
func (r *Run) LostBefore(place string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.lost == nil {
		r.lost = map[string]bool{}
	}
	before := r.lost[place]
	r.lost[place] = true
	return before
}

// Close ends what was shared. What it has made at a real target is left to the
// clean-up at the end of the run.
func (r *Run) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.common != nil {
		r.common.Conn.Close()
	}
}
