package engine

import (
	"context"
	"crypto/tls"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
	"github.com/simulate-duo/simulate-duo/steps/guide"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// prepareTarget sets up the way to the target, and for a real one everything
// that keeps it as it was. From the outside in: the gate for writes, the pace, a look
// at whether the target lives, the credentials, the time limit of a request, the network. A request's time
// begins when it is sent: nothing of ours is waited for within it.
func (r *run) prepareTarget(ctx context.Context, stop context.CancelCauseFunc) error {
	o := r.options
	secured := &tls.Config{RootCAs: o.CAs, MinVersion: tls.VersionTLS12}
	base := r.network(secured)
	if c := o.Target.Credentials; c != nil {
		secured = c.TLS()
		base = c.Transport(o.Target.URL, r.network)
		if o.Granted == nil {
			o.Granted = grantedTo(c)
		}
	}
	gate := newWriteGate(base)
	r.judge = judge.Run{
		Target: o.Target, Fit: o.Fit, Large: o.Large, Workers: o.Workers, Now: o.Now, Altered: o.Embedded != nil,
		Transport: gate, Network: base, TLS: secured, VerdictsOn: r.verdictsOn, Patience: o.Timeout, WithoutWrites: gate.withoutWrites,
		Note: r.collector.Note, Granted: o.Granted,
		Exchanged: r.exchanged, Shared: r.shared, Missing: r.missing, Connect: guide.Connect(r.guideOptions()),
	}
	if o.Target.IsEmbedded() {
		r.loadBy(base)
		return nil
	}
	r.wellness, r.stop = newWellness(gate), stop
	r.judge.Overlong = func() { stop(errEndless) }
	r.judge.Transport = r.wellness
	r.liveness = &liveness{next: base, base: strings.TrimSuffix(o.Target.URL, "/"), gone: stop}
	return r.prepareRealTarget(ctx, gate, r.liveness)
}

// network is the transport without anything of ours, but for the time of a request.
func (r *run) network(config *tls.Config) http.RoundTripper {
	o := r.options
	return &timeLimit{limit: o.Timeout, next: wire.NewConnections(&http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: o.Workers * 2,
		TLSHandshakeTimeout: o.Timeout,
		TLSClientConfig:     config,
		// Many servers close a connection that is idle for five seconds, some after two.
		// A request that is sent just then is cut off, and that is not what they are judged by.
		IdleConnTimeout: time.Second,
	})}
}

// grantedTo is what an authorization server has granted the credentials; nil as long as it has
// granted nothing, and of a fixed token.
func grantedTo(c *auth.Credentials) func() *judge.Granted {
	return func() *judge.Granted {
		g, ok := c.Granted()
		if !ok {
			return nil
		}
		return &judge.Granted{ByAssertion: g.ByAssertion, Life: g.Life}
	}
}

// loadBy is the way that the look-ups of --load take.
func (r *run) loadBy(way http.RoundTripper) {
	if r.options.Load == nil {
		return
	}
	load := *r.options.Load
	load.Complete()
	load.Transport = way
	r.judge.Load = &load
}

// guideOptions are what a scenario on the embedded target starts from, as far as all
// scenarios do. Where drafts alone are judged, what all of them look at is as the drafts want it.
func (r *run) guideOptions() guide.Options {
	o := r.options
	if !slices.ContainsFunc(r.chosen, func(q features.Requirement) bool { return !byDraft(q.ID) }) {
		o.SecureAccess.Interop = true
	}
	return guide.Options{Guide: o.Guide, Duo: o.Duo, SecureAccess: o.SecureAccess, Serve: o.Embedded}
}
