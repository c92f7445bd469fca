package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/cmd/simulate-duo/lab"
	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// labFlags are the flags of lab.
type labFlags struct {
	target string
	wayFlags
	listen           string
	state, directory string
	accessFlags
	open                 bool
	interval, timeout    time.Duration
	adminAPI, duoProfile string
}

func labCommand(env environment) *cobra.Command {
	var f labFlags
	cmd := &cobra.Command{
		Use:   "lab",
		Short: "Do the whole guide in a browser, against a simulated Secure Access or your own endpoint",
		Long: `Serves one page with both sides: the simulated Duo (users, groups, the application's Provisioning tab,
Activity Log) and a simulated Secure Access, or with --target any SCIM endpoint. Everything that goes
over the wire can be seen as it goes, with the requirements that an answer breaks.

Its one line on standard output is the URL. The page and its API are for this machine alone, unless
--listen says otherwise; then it asks for the password of --password-file or $SIMULATE_DUO_PASSWORD.
With --state what was done is there again the next time. Tokens are never kept in it.`,
		Example: `  simulate-duo lab --open
  SCIM_TOKEN=… simulate-duo lab --target https://example.com/scim/v2 --state lab.db`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.serve(cmd.Context(), env) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.target, "target", "", "base `URL` of a SCIM endpoint; default: a simulated Secure Access")
	f.wayFlags.register(flags)
	flags.StringVar(&f.listen, "listen", cmp.Or(env.getenv(listenVariable), "127.0.0.1:8443"), "`ADDRESS` to listen on; port 0 takes a free one; default: $"+listenVariable)
	flags.StringVar(&f.state, "state", "", "`FILE` that keeps the lab over restarts; made if it is not there")
	flags.StringVar(&f.directory, "directory", "", "`FILE` with the users and groups to begin with; default: those of the guide")
	f.accessFlags.register(flags)
	flags.StringVar(&f.adminAPI, "admin-api", "", "also play Duo's Admin API for Duo's clients: `FOLDER` for its keys and certificate, made if they are not there")
	flags.StringVar(&f.duoProfile, "duo-profile", "", duoProfileUsage)
	flags.BoolVar(&f.open, "open", false, "open the page in the browser")
	flags.DurationVar(&f.interval, "interval", assumedInterval, "how long Duo waits between two cycles; Duo names no schedule, so this is assumed")
	flags.DurationVar(&f.timeout, "timeout", 30*time.Second, "how long one request may take")
	return cmd
}

// serve runs the lab until the context ends.
func (f *labFlags) serve(ctx context.Context, env environment) (err error) {
	options, err := f.options(ctx, env)
	if err != nil {
		return err
	}
	listener, err := listenOn(ctx, f.listen)
	if err != nil {
		return err
	}
	options.Origin = originOf(listener.Addr().String())
	admin, err := f.openAdminAPI(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	options.AdminKeys = admin.keys
	l, err := lab.New(ctx, options)
	if err != nil {
		return errors.Join(err, listener.Close(), admin.close())
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	defer admin.serve(ctx, env, l.AdminAPI())()
	fmt.Fprintf(env.stdout, "%s/\n", options.Origin)
	if f.open {
		openBrowser(ctx, options.Origin+"/", env)
	}
	server := newHTTPServer(l.Handler(), env.stderr)
	server.RegisterOnShutdown(l.EndStreams)
	return serveUntil(ctx, server, listener)
}

// openAdminAPI opens the door of Duo's Admin API; one without keys stays shut.
func (f *labFlags) openAdminAPI(ctx context.Context) (*adminServer, error) {
	if f.adminAPI == "" {
		return &adminServer{}, nil
	}
	host, _, err := net.SplitHostPort(f.listen)
	if err != nil {
		return nil, err
	}
	admin, err := newAdminServer(f.adminAPI, host)
	if err == nil {
		err = admin.open(ctx, host)
	}
	if err != nil {
		return nil, fmt.Errorf("--admin-api: %w", err)
	}
	return admin, nil
}

// options turns the flags into what a lab needs.
func (f *labFlags) options(ctx context.Context, env environment) (lab.Options, error) {
	o := lab.Options{Target: f.target, State: f.state, Interval: f.interval, Timeout: f.timeout, Version: version()}
	if f.interval <= 0 || f.timeout <= 0 {
		return o, errors.New("--interval and --timeout have to be more than 0, such as 30s")
	}
	var err error
	if o.Access, err = f.access(env, f.listen); err != nil {
		return o, err
	}
	if o.DuoProfile, err = duoProfile(f.duoProfile); err != nil {
		return o, err
	}
	if f.directory != "" {
		if o.Directory, err = directory.Open(f.directory); err != nil {
			return o, fmt.Errorf("--directory: %w", err)
		}
	}
	return o, f.enterTarget(ctx, env, &o)
}

// enterTarget opens the way in to the endpoint on the other side. A bearer token that is not
// given is left to the page.
func (f *labFlags) enterTarget(ctx context.Context, env environment, o *lab.Options) error {
	fit, err := f.fit()
	if err != nil {
		return err
	}
	if o.Target = cmp.Or(f.target, fit.BaseURL); o.Target == "" {
		if f.given() {
			return errors.New("--token-file is for --target, as every way to authenticate is: the simulated Secure Access generates its own tokens")
		}
		// An application of the lab may have any Base URL: what is trusted counts all the same.
		o.Credentials, err = auth.Open(auth.Way{}, "", f.trust, auth.Options{Timeout: f.timeout})
		return err
	}
	way, trust, err := f.lay(fit.Auth, fit.Trust)
	if err != nil {
		return err
	}
	s, secret := way.Secret(), ""
	if s.Variable != wire.TokenVariable || s.File != "" || env.getenv(s.Variable) != "" {
		if secret, err = s.Read(env.getenv, nil); err != nil {
			return err
		}
	}
	if o.Credentials, err = auth.Open(way, secret, trust, auth.Options{Timeout: f.timeout}); err != nil {
		return err
	}
	o.Token = o.Credentials.Token()
	if trust.InsecureSkipVerify {
		fmt.Fprintf(env.stderr, "simulate-duo: %s\n", report.Insecure)
	}
	return o.Credentials.Check(ctx)
}

// openBrowser shows the page. Where that does not work, the line with the URL is there.
func openBrowser(ctx context.Context, url string, env environment) {
	command := map[string][]string{"darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if command == nil {
		command = []string{"xdg-open"}
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), command[0], append(command[1:], url)...) //nolint:gosec // the URL is the lab's own
	if err := cmd.Start(); err != nil {
		fmt.Fprintf(env.stderr, "simulate-duo: --open: %v; open the page by its URL\n", err)
		return
	}
	go func() { _ = cmd.Wait() }() // it ends when it likes
}
