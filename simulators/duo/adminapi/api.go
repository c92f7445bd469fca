// Package adminapi plays the part of Duo's Admin API that deals with users,
// groups and the Activity Log, so that scripts written for Duo drive the
// simulator.
//
// Sources: "Duo documentation" (duo.com/docs/adminapi, as far as stored copies of
// it go), and Duo's own clients duosecurity/duo_api_golang and
// duosecurity/duo_client_python for signatures, paths, parameters and shapes.
// Everything else is refused with a message that says so. What is assumed has the
// word beside it.
package adminapi

import (
	"net/http"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// Options are what an API needs.
type Options struct {
	IntegrationKey string // DI and 18 upper-case letters or digits
	SecretKey      string // signs every request
	// Read lends the directory for reading, Change for changing. The directory
	// stays as it was if the change is an error. Neither may run while another
	// Change does.
	Read   func(func(*directory.Directory))
	Change func(func(*directory.Directory) error) error
	// Log is the Activity Log at this time, at least from one time up to another. An
	// error is answered with 500.
	Log func(from, to time.Time) (*duo.Log, error)
	// PerMinute is how many requests a minute are answered; more get 429. 0 means
	// any number. Duo's own limits are not published as numbers.
	PerMinute int
	Now       func() time.Time           // default time.Now
	NewKey    func(prefix string) string // key of a new user (DU) or group (DG); default random
}

// API is the Admin API: an http.Handler for the paths below /admin/. It keeps
// what the directory has no place for (notes, aliases, descriptions) in memory. It
// is safe for concurrent use.
type API struct {
	opt     Options
	started time.Time
	limit   limit

	mu    sync.Mutex
	notes map[string]noted // by key of a user or group
}

// noted is what Duo knows of a user or group beside the directory.
type noted struct {
	created time.Time
	text    string            // notes of a user, description of a group
	aliases map[string]string // "alias1" to "alias8"
	status  string            // of a group
}

// New returns an API over a directory and a log.
func New(o Options) *API {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewKey == nil {
		o.NewKey = randomKey
	}
	return &API{opt: o, started: o.Now(), notes: map[string]noted{}}
}

// ServeHTTP answers one request. The credentials are checked before anything else
// is told.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer, err := a.answer(w, r)
	if err != nil {
		writeProblem(w, err)
		return
	}
	writeOK(w, answer)
}

func (a *API) answer(w http.ResponseWriter, r *http.Request) (any, error) {
	now := a.opt.Now()
	body, err := readBody(w, r)
	if err != nil {
		return nil, err
	}
	if err := a.authenticate(r, body, now); err != nil {
		return nil, err
	}
	if wait := a.limit.take(a.opt.PerMinute, now); wait > 0 {
		return nil, tooMany(w, wait)
	}
	route, args, err := find(r)
	if err != nil {
		return nil, err
	}
	params, err := parameters(r, body)
	if err != nil {
		return nil, err
	}
	c := &call{args: args, params: params, now: now}
	if err := c.checkKnown(route.params); err != nil {
		return nil, err
	}
	return route.do(a, c)
}

// noted returns what is noted about a key.
func (a *API) noted(key string) noted {
	a.mu.Lock()
	defer a.mu.Unlock()
	n, known := a.notes[key]
	if !known {
		n.created = a.started // the directory does not tell since when it has somebody
	}
	return n
}

func (a *API) note(key string, n noted) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.notes[key] = n
}

func (a *API) forget(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.notes, key)
}
