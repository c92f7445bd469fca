package safety

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Guard stands between a run and its target. It lets nothing out that could
// change what the run did not create, and remembers (here and in the journal)
// what the run did create, until it is gone:
//   - reading, also by POST to .search, passes;
//   - what creates has to carry the run's marker, unless it has no body at all;
//   - PUT, PATCH and DELETE reach only what this run created, or an id that the
//     run made up and that therefore contains its marker. A PUT has to carry the
//     marker, because what it leaves behind has to be recognised as ours.
//
// It is safe for concurrent use. A nil Guard, which is that of a target that dies
// with the run, has nothing to clean up.
type Guard struct {
	Workers  int                   // requests at a time in the clean-up that ends a run; default 1
	Progress func(done, total int) // is told how far that clean-up is; nil for nobody
	Kept     func(how string)      // is told, once for each collection, how the target keeps what is to be deleted; nil for nobody
	MaxLeft  int                   // how much may stay at a target that deletes nothing; see IsFull. 0 for no limit

	client  *wire.Client // for clean-up
	base    *url.URL
	marker  Marker
	journal *Journal
	sleep   sleepFunc
	limit   time.Duration // of a whole clean-up

	endless sync.Map // collections, as text, in which a walk met no end: none is walked before the end of the run
	hurry   sync.Once
	over    chan struct{} // closed when no clean-up may go on

	requests  atomic.Int64
	exhausted atomic.Bool
	hung      atomic.Bool // the target has stopped answering
	clean     atomic.Bool // nothing was created since a clean-up that left nothing
	sees      atomic.Bool // see remover
	truths    atomic.Int64
	lied      atomic.Bool // see tells

	mu        sync.Mutex
	creations []*creation          // in the order of their requests
	known     map[string]*creation // by path
	dealt     map[*creation]bool   // see dealtWith
	deletions map[string]*keeping  // by collection
	share     float64              // of MaxLeft
	asked     int                  // how much stayed when the last question that is Exempt was asked
}

// Scope is the record of one scenario, whose creations can be removed when it
// ends.
type Scope struct {
	guard *Guard
}

// Refusal is the error of a request that the guard did not send. It is a mistake
// of the run, never of the target.
type Refusal struct {
	Method string
	Path   string // relative to the target
	Why    string
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("%s %s %s: %s", HeldBack, r.Method, r.Path, r.Why)
}

// HeldBack begins the text of every Refusal.
const HeldBack = "refused to send"

// NotSent tells wire.Client that nothing went out.
func (r *Refusal) NotSent() bool { return true }

// NewGuard guards the target of the client, with which it cleans up. The error is
// that of a base URL which wire.CheckBaseURL refuses. A nil journal keeps no
// record on disk.
func NewGuard(client *wire.Client, marker Marker, journal *Journal) (*Guard, error) {
	base, err := wire.CheckBaseURL(client.BaseURL)
	if err != nil {
		return nil, err
	}
	g := &Guard{base: base, marker: marker, journal: journal, sleep: Pause, limit: cleanupTime, share: 1, known: map[string]*creation{}, over: make(chan struct{})}
	g.clean.Store(true)
	guarded, carrier := *client, http.Client{}
	if client.HTTP != nil {
		carrier = *client.HTTP
	}
	carrier.Transport = g.transport(nil, cmp.Or[http.RoundTripper](carrier.Transport, http.DefaultTransport))
	guarded.HTTP = &carrier
	g.client = &guarded
	return g, nil
}

// Scope starts the record of one scenario.
func (g *Guard) Scope() *Scope {
	return &Scope{guard: g}
}

// Transport guards the requests of the scenario that next carries. See Guard for
// what is not sent and ends in a *Refusal instead.
func (s *Scope) Transport(next http.RoundTripper) http.RoundTripper {
	return s.guard.transport(s, next)
}

// Requests is the number of requests that were let through.
func (g *Guard) Requests() int64 {
	return g.requests.Load()
}

// Remaining is how many resources of this run are at the target, as far as is known.
func (g *Guard) Remaining() int { return len(g.pick(isPresent)) }

// Exhausted says whether a request was held back by --max-requests.
func (g *Guard) Exhausted() bool {
	return g != nil && g.exhausted.Load()
}

// Close ends the run's journal. It is kept for a sweep unless Cleanup has left
// nothing at the target.
func (g *Guard) Close() error {
	if g == nil {
		return nil
	}
	return g.journal.Close(g.clean.Load())
}

// A guarded transport is a guard's hold on one way to the target.
type guarded struct {
	*Guard
	scope *Scope // nil for requests of no scenario
	next  http.RoundTripper
}

func (g *Guard) transport(s *Scope, next http.RoundTripper) *guarded {
	return &guarded{Guard: g, scope: s, next: next}
}

// RoundTrip sends the request, or refuses to.
func (g *guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	path, within := relativePath(g.base, r.URL)
	switch {
	case wire.ReadOnly(r.Method, r.URL.EscapedPath()):
		answer, err := g.pass(r)
		if err == nil && within && len(path) > 1 && r.Method == http.MethodGet {
			g.watch(r, path, answer)
		}
		return answer, err
	case !within:
		return refuse(r, []string{r.URL.Host}, "it is not at the target's base URL")
	case r.Method == http.MethodPost && isBulk(path):
		return g.bulk(r, path)
	case r.Method == http.MethodPost:
		return g.create(r, path)
	case !g.mayChange(path):
		return refuse(r, path, "this run did not create it, and it carries no marker of this run")
	case r.Method == http.MethodPut:
		return g.replace(r, path)
	}
	return g.change(r, path)
}

func (g *guarded) pass(r *http.Request) (*http.Response, error) {
	answer, err := g.next.RoundTrip(r)
	switch {
	case errors.Is(err, ErrMaxRequests):
		g.exhausted.Store(true)
	case !neverSent(err):
		g.requests.Add(1)
	}
	return answer, err
}

func (g *Guard) mayChange(path []string) bool {
	if len(path) < 2 {
		return false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.known[pathText(path)] != nil || g.marker.In([]byte(path[len(path)-1]))
}

func (g *guarded) create(r *http.Request, path []string) (*http.Response, error) {
	r, body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	if !isNothing(body) && !g.marker.In(body) {
		return refuse(r, path, "what this run creates has to carry its marker "+string(g.marker))
	}
	c, err := g.intend(g.scope, r.Method, path, g.marker.namesIn(body))
	if err != nil {
		return nil, err
	}
	answer, err := g.pass(r)
	if err != nil {
		g.unanswered(err, c)
		return nil, err
	}
	return g.created(c, answer)
}

// replace is change, and create where some servers create by PUT: at an id that
// the run made up.
func (g *guarded) replace(r *http.Request, path []string) (*http.Response, error) {
	r, body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	if !isNothing(body) && !g.marker.In(body) {
		return refuse(r, path, "without the marker "+string(g.marker)+" clean-up would not recognise what it leaves behind")
	}
	g.mu.Lock()
	madeUp := g.known[pathText(path)] == nil
	g.mu.Unlock()
	if !madeUp {
		return g.change(r, path)
	}
	c, err := g.intend(g.scope, r.Method, path[:len(path)-1], g.marker.namesIn(body))
	if err != nil {
		return nil, err
	}
	answer, err := g.pass(r)
	if err != nil {
		g.unanswered(err, c)
		return nil, err
	}
	if isSuccess(answer.StatusCode) {
		if err := g.found(c, path, evidence{}); err != nil {
			_ = answer.Body.Close()
			return nil, err
		}
	}
	return g.created(c, answer)
}

func (g *guarded) change(r *http.Request, path []string) (*http.Response, error) {
	answer, err := g.pass(r)
	if err == nil && r.Method == http.MethodDelete {
		g.noteDelete(path, answer.StatusCode)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if c := g.known[pathText(path)]; c != nil {
		c.changed = true
		if r.Method == http.MethodDelete && (err != nil || answer.StatusCode < 400 || answer.StatusCode >= 500) {
			c.deleted = true
		}
	}
	return answer, err
}

// isNothing says whether a body has no attribute: nothing can be made of it, and if it
// is, the answer tells the id.
func isNothing(body []byte) bool {
	switch string(bytes.TrimSpace(body)) {
	case "", "null", "true", "false", "{}", "[]", `""`:
		return true
	}
	return number.Match(body)
}

var number = regexp.MustCompile(`^\s*-?\d+(?:\.\d+)?\s*$`)

func refuse(r *http.Request, path []string, why string) (*http.Response, error) {
	closeBody(r)
	return nil, &Refusal{Method: r.Method, Path: pathText(path), Why: why}
}

// readBody returns the request with its body still to be sent, and the body.
func readBody(r *http.Request) (*http.Request, []byte, error) {
	if r.Body == nil {
		return r, nil, nil
	}
	body, err := io.ReadAll(r.Body)
	_ = r.Body.Close()
	if err != nil {
		return nil, nil, fmt.Errorf("the body to be sent cannot be read: %w", err)
	}
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(body))
	return again, body, nil
}
