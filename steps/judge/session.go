package judge

import (
	"context"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// Session is the judge's side of one scenario: the target as the scenario sees it, the
// resources that it has there by the names that the features give them, and the last
// answer. Run.Open opens it. It serves one scenario, one request at a time.
type Session struct {
	Run      *Run
	Conn     *Connection    // set by Run.Connect
	Wire     *wire.Recorder // of what the judge sends
	Requires []string       // capabilities that the example requires, by its tags

	Last       *wire.Response      // the answer that Thens judge; nil before the first
	Asked      wire.Request        // what Last is the answer to
	Several    []Answer            // the answers to the requests of a sentence that sends several; nil after a single request
	located    *scim.Object        // what Last created, read at its Location, if it has no body
	unlocated  error               // why that could not be read: there is no address
	Next       NextRequest         // what is prepared for the next request alone
	Subjects   map[string]*Subject // resources by the names that the example gives them
	Remembered map[string]string   // values by name, for placeholders
	Borrowed   []*wire.Exchange    // of shared looks at the target, as evidence
	Assertions int                 // how many were made; see Asserted
	Shares     bool                // plain resources may come from other examples, and go to them
	Thorough   bool                // nothing is believed or borrowed to save requests
	Holds      bool                // what the answer to a change shows may be believed until Run.Prove

	Recycles bool   // what it starts from may be made of used users
	Later    string // what the example says behind its Givens, in lower case

	handsOver bool             // see HandOver
	common    bool             // it makes what examples share
	scope     *safety.Scope    // what this session creates at a real target; nil on the embedded one
	markText  string           // see Mark
	ahead     atomic.Int64     // nanoseconds by which the embedded target's clock was put forward
	notMade   map[string]error // why there is no resource of this name
	reads     reads
	asked     *wire.Exchange      // that of Last
	looked    look                // see Decided
	spared    bool                // see Spared
	held      map[string]*Subject // what is believed until it is proven, by id
	unsure    atomic.Bool         // see Unsure
	sceneKey  string              // of what the example starts from; "" if it starts from what is its own
	given     map[string]*Subject // what the Givens have made, see scene
	setUp     []*wire.Exchange    // until they had made it
	plain     []*plain            // the resources of the template that the example has
	parting   []*plain            // those of them that other examples may have when its groups are gone
	names     map[string]string   // of those that another example has made, by collection and name
	tried     int                 // users that were tried, see takes
}

// maxEvidence is how many bytes of a body are kept as evidence.
const maxEvidence = 16 << 10

// Recorder records exchanges of this session, without its token.
func (j *Session) Recorder() *wire.Recorder {
	r := wire.NewRecorder(j.Conn.Token)
	r.MaxBody = maxEvidence
	r.OnExchange = func(e *wire.Exchange) {
		j.reads.note(e)
		if len(j.held) > 0 && !wire.ReadOnly(e.Method, e.URL) {
			j.unsure.Store(true) // it was not proven before, see proveBefore
		}
		j.Run.Exchanged(e)
		if j.common && j.Run.Shared != nil {
			j.Run.Shared(e)
		}
	}
	return r
}

// Close ends the session: what it made on a real target is removed, unless the target
// is gone. What it cannot remove, the clean-up at the end of the run reports.
func (j *Session) Close(ctx context.Context, gone bool) {
	if j.scope != nil && !gone {
		j.part(context.WithoutCancel(ctx))
	}
	j.Conn.Close()
}

// CleanUp removes at once everything that the session may have made on a real target; see
// safety.Scope.CleanupAll.
func (j *Session) CleanUp(ctx context.Context) {
	if j.scope != nil {
		j.scope.CleanupAll(context.WithoutCancel(ctx))
	}
}

// ReplaceConnection takes another connection in the place of the one before.
func (j *Session) ReplaceConnection(c *Connection) {
	if j.Conn != nil {
		j.Conn.Close()
	}
	j.Conn = c
}

// Guarded is the transport of this session to a base URL: towards a real target what
// it creates is written down before, and removed at the end.
func (j *Session) Guarded(base string, next http.RoundTripper) http.RoundTripper {
	if j.scope != nil && Origin(base) == Origin(j.Run.Target.URL) {
		return j.scope.Transport(next)
	}
	return next
}

// ClientAt is the judge's client for a base URL: recorded, patient, and guarded
// towards a real target.
func (j *Session) ClientAt(base, token string) *wire.Client {
	j.Wire.AddSecret(token)
	transport := j.Wire.Transport(j.Guarded(base, &safety.Patience{Next: j.Run.Transport, Most: j.Run.Patience}))
	return &wire.Client{BaseURL: base, Token: token, MaxBody: MaxAnswer, HTTP: &http.Client{Transport: j.Showing(token, transport)}}
}

// Showing lets the recorder below tell which token a client shows that is not the run's own.
func (j *Session) Showing(token string, next http.RoundTripper) http.RoundTripper {
	switch token {
	case WrongToken:
		return showing{"Bearer " + WrongToken, next}
	case "", j.Conn.Token:
		return next
	case j.Conn.SecondToken:
		return showing{"Bearer {second token}", next}
	}
	return next
}

// showing tells of every request how its Authorization is made.
type showing struct {
	credentials string
	next        http.RoundTripper
}

// RoundTrip sends the request.
func (s showing) RoundTrip(r *http.Request) (*http.Response, error) {
	return s.next.RoundTrip(r.WithContext(wire.WithCredentials(r.Context(), s.credentials)))
}

// Client asks the target itself, whatever stands between it and Duo.
func (j *Session) Client() *wire.Client { return j.ClientAt(j.Conn.URL, j.Conn.Token) }

// SecondClient is the client with the second token.
func (j *Session) SecondClient() *wire.Client { return j.ClientAt(j.Conn.URL, j.Conn.SecondToken) }

// Needs says whether the example requires a capability, by its tags.
func (j *Session) Needs(capability string) bool { return slices.Contains(j.Requires, capability) }

// Clock is that of the scenario's own embedded target.
func (j *Session) Clock() time.Time { return time.Now().Add(time.Duration(j.ahead.Load())) }

// PutForward makes the clock of the embedded target run ahead.
func (j *Session) PutForward(by time.Duration) { j.ahead.Add(int64(by)) }

// Vocabulary takes a sentence of the features with the function that carries it out,
// which may take a context, then strings and numbers for the groups of the expression, and
// in the end a document or a table; it returns an error.
type Vocabulary func(expression string, step any)

// RealMark is the mark that everything of this scenario wears at a real target; "" on
// the embedded one, which is the scenario's own.
func (j *Session) RealMark() string {
	if j.scope == nil {
		return ""
	}
	return j.markText
}
