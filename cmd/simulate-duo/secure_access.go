package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/cmd/simulate-duo/lab"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// listenVariable is the environment variable with the default of --listen: the
// container image sets it, because a container's loopback cannot be reached from outside.
const listenVariable = "SIMULATE_DUO_LISTEN"

// secureAccessFlags are the flags of the command that serves.
type secureAccessFlags struct {
	listen    string
	tokenFile string
	limit     int
	interop   bool
	login     bool
	events    bool
	faults    []string
	trace     bool
	check     bool
	api       bool
	oauth     oauthServerFlags
	accessFlags
}

func secureAccessCommand(env environment) *cobra.Command {
	var f secureAccessFlags
	cmd := &cobra.Command{
		Use:   "secure-access",
		Short: "Serve the Cisco Secure Access simulator to any SCIM client",
		Long: `Runs the simulator of Cisco Secure Access with one integrated directory ("DUO Integration").
It accepts the token of --token-file, else that of $SCIM_TOKEN, else a new one. Its first line on
standard output is SCIM_BASE_URL=…; a new token follows as SCIM_TOKEN=…, this once. A token that was
given is never printed. It keeps everything in memory and ends on SIGINT or SIGTERM.

With --api tests in any language ask it under /api/ what came over the wire, wait for a request, give
it users and groups, switch faults on and off, and let time pass; GET /api/openapi.yaml describes it.
The API is for this machine alone, unless there is a password: --password-file, $SIMULATE_DUO_PASSWORD.

With --oauth it takes access tokens alone: those that its token endpoint grants for client credentials
(client_secret_basic, client_secret_post, or private_key_jwt with --oauth-public-key). Standard output
then names issuer and client, and a new secret unless $SCIM_CLIENT_SECRET gives one.

With --check it runs nothing: it asks the simulator at --listen whether it answers, which is
what the health check of the container image does.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.check {
				return checkSecureAccess(cmd.Context(), f.listen)
			}
			return f.serve(cmd.Context(), env)
		},
	}
	address := cmp.Or(env.getenv(listenVariable), "127.0.0.1:8443")
	flags := cmd.Flags()
	flags.StringVar(&f.listen, "listen", address, "`ADDRESS` to listen on; port 0 takes a free one; default: $"+listenVariable)
	flags.StringVar(&f.tokenFile, "token-file", "", "`FILE` with the token to accept; default: $SCIM_TOKEN, or a new one")
	flags.IntVar(&f.limit, "request-limit", 0, "answer at most `N` requests a minute, and 429 with Retry-After beyond; 0 is any number")
	flags.BoolVar(&f.interop, "interop", false, "keep to the SCIM Interoperability Profile, draft 01: refuse what is not defined, and operations without a path")
	flags.BoolVar(&f.login, "login", false, "also let users in by POST "+secureaccess.LoginPath+" with userName and password, to try a login_probe")
	flags.BoolVar(&f.events, "events", false, "also offer RFC 9967: asynchronous requests, and the events of changes at "+secureaccess.EventsPath+" (RFC 8936)")
	flags.StringArrayVar(&f.faults, "fault", nil, "violate a `REQUIREMENT` on purpose: its id, or ID/NAME of one of its faults; repeatable")
	flags.BoolVar(&f.trace, "trace", false, "print every request with its answer to standard error")
	flags.BoolVar(&f.check, "check", false, "ask the simulator at --listen whether it answers, and end")
	f.oauth.register(flags)
	flags.BoolVar(&f.api, "api", false, "offer the API for tests under /api/")
	f.register(flags)
	return cmd
}

// serve runs the simulator until the context ends.
func (f secureAccessFlags) serve(ctx context.Context, env environment) (err error) {
	faults, err := findFaults(f.faults)
	if err != nil {
		return err
	}
	clock := &lab.Clock{}
	server, token, err := integratedServer(env, f.tokenFile, secureaccess.Config{RequestLimit: f.limit, Interop: f.interop, Now: clock.Now, Login: f.login, Events: f.events || areOfEvents(faults)})
	if err != nil {
		return err
	}
	listener, err := listenOn(ctx, f.listen)
	if err != nil {
		return err
	}
	origin := originOf(listener.Addr().String())
	tokens, err := f.oauth.server(env, clock.Now)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	protect := func(next http.Handler) http.Handler {
		if tokens != nil {
			next = tokens.Protect(next, token)
		}
		return f.traced(next, token, env)
	}
	web := newHTTPServer(protect(withFaults(server, faults)), env.stderr)
	if f.api {
		l, err := f.lab(ctx, env, lab.Options{SecureAccess: server, Clock: clock, Token: token, Origin: origin, Faults: f.faults})
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		defer func() { err = errors.Join(err, l.Close()) }()
		web.Handler = besideAPI(l.TargetAPI(), protect(l.Target()))
		web.RegisterOnShutdown(l.EndStreams)
	}
	fmt.Fprintf(env.stdout, "SCIM_BASE_URL=%s\n", server.ProvisioningURL(origin))
	switch {
	case tokens != nil:
		f.oauth.tell(env, origin, tokens)
	case !isTokenGiven(env, f.tokenFile):
		fmt.Fprintf(env.stdout, "SCIM_TOKEN=%s\n", token)
	}
	for _, fault := range faults {
		fmt.Fprintf(env.stderr, "simulate-duo: on purpose it violates %s: %s\n", fault.Requirement, fault.Name)
	}
	fmt.Fprintln(env.stderr, "Cisco Secure Access simulator is running; Ctrl-C ends it. Everything is lost then.")
	return serveUntil(ctx, web, listener)
}

// traced prints requests as they come, if it is asked for.
func (f secureAccessFlags) traced(handler http.Handler, token string, env environment) http.Handler {
	if !f.trace {
		return handler
	}
	recorder := wire.NewRecorder(token)
	recorder.Keep, recorder.OnExchange = 1, tracer(env.stderr)
	return recorder.Handler(handler)
}

// lab is what offers the API.
func (f secureAccessFlags) lab(ctx context.Context, env environment, o lab.Options) (*lab.Lab, error) {
	var err error
	if o.Access, err = f.access(env, f.listen); err != nil {
		return nil, err
	}
	return lab.New(ctx, o)
}

// besideAPI serves the API under its path, and the simulator everywhere else.
func besideAPI(api, simulator http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, lab.APIPath) {
			api.ServeHTTP(w, r)
			return
		}
		simulator.ServeHTTP(w, r)
	})
}

// isTokenGiven says whether the token to accept is in the file or in the environment.
func isTokenGiven(env environment, file string) bool {
	return file != "" || env.getenv(safety.TokenVariable) != ""
}

// givenToken is the token to accept, where one is given.
func givenToken(env environment, file string) (string, error) {
	token, err := safety.ReadToken(env.getenv, file, nil)
	if err != nil {
		return "", fmt.Errorf("the token to accept: %w", err)
	}
	return token, nil
}

// checkSecureAccess asks for what Secure Access shows without a token.
func checkSecureAccess(ctx context.Context, listen string) error {
	url := originOf(listen) + secureaccess.ProvisioningPath + "/ServiceProviderConfig"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", listen, err)
	}
	client := &http.Client{Timeout: 2 * time.Second}
	answer, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("the simulator does not answer: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the simulator is not well: %s answered %s", url, answer.Status)
	}
	return nil
}

// originOf is where a server that listens on the address is reached from the
// same machine: one that listens everywhere, by the loopback interface.
func originOf(address string) string {
	host, port, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		address = net.JoinHostPort("127.0.0.1", port)
	}
	return "http://" + address
}

// integratedServer is a Secure Access with the guide's directory, and its token.
// The token to accept and the organization's name are added to the configuration.
func integratedServer(env environment, tokenFile string, config secureaccess.Config) (*secureaccess.Server, string, error) {
	config.Organization = "simulate-duo"
	if isTokenGiven(env, tokenFile) {
		token, err := givenToken(env, tokenFile)
		if err != nil {
			return nil, "", err
		}
		config.NewToken = func() string { return token }
	}
	server, err := secureaccess.New(config)
	if err != nil {
		return nil, "", err
	}
	directory, err := server.IntegrateDirectory(steps.DirectoryName, secureaccess.Duo)
	if err != nil {
		return nil, "", err
	}
	token, err := directory.GenerateToken()
	return server, token, err
}
