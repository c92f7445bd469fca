// Package lab is the whole guide in a browser: the simulated Duo, the other side
// (the simulated Secure Access, or any SCIM endpoint) and the wire between them, as
// pages to click through and as a JSON API for tests.
//
// A view is one file and one template: see views.go. A way for programs is a row in
// api.go. Both call the methods of Lab, which is where everything happens.
package lab

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// Options say what a lab begins with.
type Options struct {
	// Target is the base URL of the endpoint on the other side; "" means a simulated
	// Secure Access of the lab's own.
	Target string
	// Token is the target's, from a file or the environment; "" leaves it to the page.
	Token string
	// Origin is where the lab is reached, such as "http://127.0.0.1:8443".
	Origin string
	// SecureAccess is the simulated Secure Access on the other side; nil makes one
	// without directories. Where it is given, reset keeps its directories and tokens.
	SecureAccess *secureaccess.Server
	// Faults are those of the simulated Secure Access that are on from the beginning, as
	// SwitchFault takes them.
	Faults []string
	// Clock is the time in the lab; nil makes one.
	Clock *Clock
	// State is the file that keeps the lab over restarts; "" keeps it in memory.
	State string
	// Directory is who is in Duo at the beginning; nil is the guide's.
	Directory *directory.Directory
	// Interval is how long Duo waits between two cycles; default 5 minutes. Duo
	// publishes no schedule: the time is assumed.
	Interval time.Duration
	// Timeout is how long one request may take; default 30 s.
	Timeout time.Duration
	// Credentials are the way in to Target; nil for a bearer token. Token stands for them.
	Credentials *auth.Credentials
	// Version of simulate-duo, for the report of a conformance run.
	Version string
	// Access says who may use the pages and the API; see Access.
	Access Access
	// AdminKeys open Duo's Admin API; without them its page makes some.
	AdminKeys AdminKeys
	// DuoProfile is how Duo does what is not published, if anything is known of it. It
	// goes before that of the state.
	DuoProfile duo.Profile
}

const (
	assumedInterval = 5 * time.Minute
	defaultTimeout  = 30 * time.Second
)

// Lab is both sides and what lies between them. All its methods may be called
// concurrently.
type Lab struct {
	opt     Options
	events  *bus
	wire    *exchanges
	http    *http.Client // to the other side, recorded
	side    side
	clock   *Clock
	admin   adminSlot
	weather weather
	judge   judgements

	mu              sync.Mutex // guards what follows
	dir             *directory.Directory
	app             *application // nil until one is added
	store           store.Store  // the application's, nil without one
	profile         duo.Profile
	status          Status
	causes          []string // changes that the next cycle answers, and what is closed after it
	answered        chan struct{}
	done            map[string]time.Time
	notices         notices
	braked          *duo.BrakeError // how the brake has ended the last cycle, nil if it has not
	tried           tried
	ticket, unshown string // a new token that no page has shown yet, and what it is asked for with

	tokens  map[string]string // generated here, with the names of their directories
	keeping sync.Mutex        // held while the state is written
	turn    sync.Mutex        // held by what Duo is doing
	streams chan struct{}     // one for each open stream
	running sync.WaitGroup
	ctx     context.Context //nolint:containedctx // what Duo does outlives the request that asked for it
	stop    context.CancelFunc
}

// New returns a lab. The error says what cannot be used: the target's URL, or the
// state. Close gives the state free.
func New(ctx context.Context, opt Options) (*Lab, error) {
	opt.Interval, opt.Timeout = cmp.Or(opt.Interval, assumedInterval), cmp.Or(opt.Timeout, defaultTimeout)
	if opt.Clock == nil {
		opt.Clock = &Clock{}
	}
	l := &Lab{opt: opt, clock: opt.Clock, events: newBus(), done: map[string]time.Time{}, tokens: map[string]string{}, streams: make(chan struct{}, maxStreams)}
	l.wire = newExchanges(l)
	if opt.AdminKeys != (AdminKeys{}) {
		l.useAdminKeys(opt.AdminKeys)
	}
	l.ctx, l.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := l.begin(); err != nil {
		l.stop()
		return nil, err
	}
	l.running.Go(l.keepTime)
	return l, nil
}

// begin sets both sides up, or takes them up as the state has them.
func (l *Lab) begin() error {
	var err error
	if l.side, err = newSide(l); err != nil {
		return err
	}
	l.http = l.httpWith(l.wire.recorder)
	if l.dir, err = firstDirectory(l.opt.Directory); err != nil {
		return err
	}
	if err := errors.Join(l.firstFaults(), l.recall()); err != nil {
		return err
	}
	if l.opt.DuoProfile != (duo.Profile{}) {
		l.profile = l.opt.DuoProfile
	}
	return nil
}

// EndStreams ends the streams that are open, which a server waits for when it shuts down.
func (l *Lab) EndStreams() { l.stop() }

// Close lets the requests in flight end and gives the state free.
func (l *Lab) Close() error {
	l.stop()
	l.running.Wait()
	l.keep()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.store == nil {
		return nil
	}
	return l.store.Close()
}

// Directory is who is in Duo now. It is replaced by each change, never changed: read it
// freely.
func (l *Lab) Directory() *directory.Directory {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dir
}

// SecureAccess is the simulated Secure Access, nil if the other side is a URL.
func (l *Lab) SecureAccess() *secureaccess.Server { return l.side.server }

// httpWith is what speaks to the other side: with a limit of time, and recorded.
func (l *Lab) httpWith(r *wire.Recorder) *http.Client {
	return &http.Client{Timeout: l.opt.Timeout, Transport: r.Transport(l.side.transport())}
}

// httpFor is the same for requests that are not the simulated Duo's, with what explains
// them. each is told the numbers of the exchanges.
func (l *Lab) httpFor(cause string, each func(seq int)) *http.Client {
	return l.httpWith(l.wire.recorderOf(cause, each))
}

// client is Duo's client for a connection.
func (l *Lab) client(c connection) *wire.Client {
	return &wire.Client{BaseURL: c.BaseURL, Token: c.token, HTTP: l.http}
}

// changed tells pages and streams that a part of the lab is another one.
func (l *Lab) changed(kind string, format string, args ...any) {
	l.events.publish(kind, map[string]string{"what": fmt.Sprintf(format, args...)})
}
