package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/chaos"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// engineFlags are what a command needs to provision or to compare.
type engineFlags struct {
	config, directory, state string
	target                   string
	wayFlags
	duoProfile string
	timeout    time.Duration

	workers        int
	maxMembers     int
	retries        int
	maxDeprovision string

	chaos string
	seed  uint64
}

func (f *engineFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.config, "config", "", "YAML `FILE` with the application's Provisioning tab")
	flags.StringVar(&f.directory, "directory", "", "`FILE` with the users and groups in Duo: YAML, JSON Lines (.jsonl), or Duo's import form (.csv)")
	flags.StringVar(&f.state, "state", "", "`FILE` or postgres://… that keeps what is known; sync makes it if it is not there")
	flags.StringVar(&f.target, "target", "", "base `URL` of the SCIM endpoint; default: base_url of --config")
	f.wayFlags.register(flags)
	flags.StringVar(&f.duoProfile, "duo-profile", "", duoProfileUsage)
	flags.DurationVar(&f.timeout, "timeout", 30*time.Second, "how long one request may take")
}

func (f *engineFlags) registerLimits(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.IntVar(&f.workers, "workers", 8, "how many requests at a time")
	flags.IntVar(&f.maxMembers, "max-members-per-patch", 1000, "how many members one request adds or removes; 0: any number")
	flags.IntVar(&f.retries, "retries", 4, "how often a request is tried again within a cycle after a 5xx or a broken connection")
	flags.StringVar(&f.maxDeprovision, "max-deprovision", "10,20%", "stop a cycle that would deactivate or delete more than `LIMIT`: people, per cent of those linked, or both; any: no limit")
	flags.StringVar(&f.chaos, "chaos", "", "break requests on the way, for tests: a `SPEC` such as all=0.05 or busy=0.1,reset-after=0.02; kinds are "+strings.Join(chaosKinds(), ", "))
	flags.Uint64Var(&f.seed, "seed", 1, "another `NUMBER` breaks other requests")
}

func chaosKinds() []string {
	names := make([]string, 0, len(chaos.Kinds))
	for _, k := range chaos.Kinds {
		names = append(names, string(k.Kind))
	}
	return names
}

func (f *engineFlags) check() error {
	for name, value := range map[string]string{"--config": f.config, "--directory": f.directory, "--state": f.state} {
		if value == "" {
			return fmt.Errorf("%s is missing: give the file", name)
		}
	}
	switch {
	case f.timeout <= 0:
		return errors.New("--timeout has to be more than 0, such as 30s")
	case f.workers < 1 || f.workers > 256:
		return errors.New("--workers has to be from 1 to 256")
	case f.maxMembers < 0:
		return errors.New("--max-members-per-patch cannot be negative; 0 means any number")
	case f.retries < 0:
		return errors.New("--retries cannot be negative")
	}
	_, err := parseLimit(f.maxDeprovision)
	return err
}

// parseLimit reads "10", "20%", "10,20%" or "any".
func parseLimit(text string) (duo.Limit, error) {
	if text == "any" {
		return duo.NoLimit, nil
	}
	var l duo.Limit
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		percent, isPercent := strings.CutSuffix(part, "%")
		n, err := strconv.ParseFloat(strings.TrimSpace(percent), 64)
		if err != nil || n < 0 || !isPercent && n != float64(int(n)) || isPercent && n > 100 {
			return l, fmt.Errorf("--max-deprovision %q: write a number of people such as 10, per cent such as 20%%, both such as 10,20%%, or any", text)
		}
		if isPercent {
			l.Percent = n
		} else {
			l.People = int(n)
		}
	}
	return l, nil
}

// engine provisions one application, cycle after cycle.
type engine struct {
	flags  engineFlags
	env    environment
	client *wire.Client
	state  store.Store // nil where it is shared
	people cached
	screen *syncScreen
	moved  bool // the state may go on with another target
}

// open loads the settings and opens the state.
func (f *engineFlags) open(ctx context.Context, env environment) (*engine, error) {
	e, app, err := f.load(ctx, env)
	if err != nil {
		return nil, err
	}
	if e.state, err = store.Open(ctx, f.state, app.Name); err != nil {
		return nil, err
	}
	return e, nil
}

// load loads the settings and the directory, before a state is made for nothing.
func (f *engineFlags) load(ctx context.Context, env environment) (*engine, *duo.Application, error) {
	app, err := f.application()
	if err != nil {
		return nil, nil, err
	}
	if _, err := duoProfile(f.duoProfile); err != nil {
		return nil, nil, err
	}
	client, err := f.client(ctx, env, app)
	if err != nil {
		return nil, nil, err
	}
	e := &engine{flags: *f, env: env, client: client, people: cached{name: f.directory}, screen: newSyncScreen(env)}
	_, err = e.people.load()
	return e, app, err
}

func (e *engine) close() error { return e.state.Close() }

func (f *engineFlags) application() (*duo.Application, error) {
	app, err := loadFile(f.config, duo.LoadApplication)
	if err != nil {
		return nil, fmt.Errorf("--config: %w", err)
	}
	fit, err := f.fit()
	if err != nil {
		return nil, err
	}
	app.BaseURL = strings.TrimRight(cmp.Or(f.target, fit.BaseURL, app.BaseURL), "/")
	return app, nil
}

// client is what speaks to the target.
func (f *engineFlags) client(ctx context.Context, env environment, app *duo.Application) (*wire.Client, error) {
	if app.BaseURL == "" {
		return nil, errors.New("no endpoint: give --target URL, or base_url in the file of --config")
	}
	if _, err := wire.CheckBaseURL(app.BaseURL); err != nil {
		return nil, fmt.Errorf("--target: %w", err)
	}
	way, err := f.enter(ctx, env, f.timeout)
	if err != nil {
		return nil, err
	}
	if way.Trust.InsecureSkipVerify {
		fmt.Fprintf(env.stderr, "simulate-duo: %s\n", report.Insecure)
	}
	transport := way.Transport(app.BaseURL, func(config *tls.Config) http.RoundTripper { return keepAlive(config, f.workers) })
	if f.chaos != "" {
		if transport, err = chaos.New(f.chaos, f.seed, transport); err != nil {
			return nil, fmt.Errorf("--chaos: %w", err)
		}
	}
	return &wire.Client{BaseURL: app.BaseURL, Token: way.Token(), HTTP: &http.Client{Timeout: f.timeout, Transport: transport}}, nil
}

// keepAlive is a transport that keeps a connection open for each worker.
func keepAlive(config *tls.Config, workers int) *http.Transport {
	t := plainTransport(config)
	t.MaxIdleConns, t.MaxIdleConnsPerHost = 0, max(workers, 2)
	return t
}

// firstPause is how long provisioning pauses after several cycles in a row in which
// most requests failed; the following pauses are longer.
const firstPause = 40 * time.Minute

// provisioner is the connector with the settings and the directory as the files
// have them now.
func (e *engine) provisioner() (*duo.Provisioner, *directory.Directory, error) {
	app, err := e.flags.application()
	if err != nil {
		return nil, nil, err
	}
	dir, err := e.people.load()
	if err != nil {
		return nil, nil, err
	}
	p, err := e.connector(app, e.state)
	return p, dir, err
}

// pieceSize is how many users a piece of a cycle has that several processes share.
const pieceSize = 1000

// connector is the provisioner of these settings on a store.
func (e *engine) connector(app *duo.Application, s store.Store) (*duo.Provisioner, error) {
	limit, err := parseLimit(e.flags.maxDeprovision)
	if err != nil {
		return nil, err
	}
	profile, err := duoProfile(e.flags.duoProfile)
	if err != nil {
		return nil, err
	}
	opt := duo.Options{
		Store: s, Workers: e.flags.workers, MaxMembersPerPatch: e.flags.maxMembers, Retries: e.flags.retries,
		DeadAfter: 1, MaxDeprovision: &limit, Quarantine: firstPause, Moved: e.moved,
		OnProgress: e.screen.progress, OnEntry: e.screen.entry,
	}
	if e.state == nil {
		opt.PieceSize = pieceSize
	}
	return duo.New(*app, profile, e.client, opt)
}

// cached is a directory file that is read again only when it has changed.
type cached struct {
	name  string
	dir   *directory.Directory
	state os.FileInfo
	sum   []byte // checksum of the file, nil before it is asked for
}

func (c *cached) load() (*directory.Directory, error) {
	if c.dir != nil && !c.changed() {
		return c.dir, nil
	}
	info, err := os.Stat(c.name)
	if err != nil {
		return nil, fmt.Errorf("--directory: %w", err)
	}
	dir, err := directory.Open(c.name)
	if err != nil {
		return nil, fmt.Errorf("--directory: %w", err)
	}
	c.dir, c.state, c.sum = dir, info, nil
	return dir, nil
}

// changed says whether the file is not the one that was read.
func (c *cached) changed() bool {
	info, err := os.Stat(c.name)
	return err != nil || !os.SameFile(info, c.state) || info.Size() != c.state.Size() || !info.ModTime().Equal(c.state.ModTime())
}
