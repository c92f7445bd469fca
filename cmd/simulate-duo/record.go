package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/scim/recording"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/har"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// recordFlags are the flags of record.
type recordFlags struct {
	upstream, listen, out string
	wayFlags
	pseudonyms, askToWait bool
}

func recordCommand(env environment) *cobra.Command {
	var f recordFlags
	cmd := &cobra.Command{
		Use:   "record",
		Short: "Record what a SCIM client sends to an endpoint, without secrets",
		Long: `Listens, passes every request on to the endpoint as it is, and writes what was said to a HAR file.
Give the client the address on the first line of standard output, SCIM_BASE_URL=…, as its base URL.

No token, cookie or password is kept, nor the value of a header or parameter that is not known to be
harmless, nor a body that is no JSON. With --pseudonyms, people and groups are replaced by pseudonyms
that stay the same wherever they stand, so that the file can be given away.

The file is whole after each exchange: a process that is killed loses at most the last one. The
recorder asks for no password: whoever reaches it, and has a token of the endpoint, can use it.

Where the endpoint takes no fixed bearer token and your client has nothing else, name a way in: --oauth-…,
--basic-user, --api-key-header, --client-certificate, or auth of --target-config. The recorder then shows the
endpoint that, and demands the token of $SCIM_TOKEN, or a new one on the second line, of the client.`,
		Example: `  simulate-duo record --upstream https://scim.example.com/v2 --out duo.har
  simulate-duo record --upstream https://scim.example.com/v2 --out duo.har --pseudonyms --listen 127.0.0.1:8085`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.record(cmd.Context(), env) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.upstream, "upstream", "", "base `URL` of the endpoint; default: that of --target-config")
	flags.StringVar(&f.listen, "listen", "127.0.0.1:0", "`ADDRESS` to listen on; port 0 takes a free one")
	flags.StringVar(&f.out, "out", "", "HAR `FILE` to write, which is not there yet")
	f.register(flags)
	flags.BoolVar(&f.askToWait, "ask-to-wait", false, "answer the first creation of a group with 503 and Retry-After: 2, to see what the client does")
	flags.BoolVar(&f.pseudonyms, "pseudonyms", false, "replace people and groups by pseudonyms")
	return cmd
}

// check refuses what cannot be recorded.
func (f recordFlags) check() (*url.URL, error) {
	fit, err := f.fit()
	if err != nil {
		return nil, err
	}
	if f.upstream = cmp.Or(f.upstream, fit.BaseURL); f.upstream == "" {
		return nil, errors.New("--upstream is missing: give the base URL of the endpoint, or name it in --target-config")
	}
	if f.out == "" {
		return nil, errors.New("--out is missing: give the file to write, such as duo.har")
	}
	upstream, err := wire.CheckBaseURL(f.upstream)
	if err != nil {
		return nil, fmt.Errorf("--upstream: %w", err)
	}
	return upstream, nil
}

// record records until the context ends, or the file cannot be written.
func (f recordFlags) record(ctx context.Context, env environment) (err error) {
	upstream, err := f.check()
	if err != nil {
		return err
	}
	way, token, err := f.enter(ctx, env)
	if err != nil {
		return err
	}
	transport := way.Transport(upstream.String(), recordingTransport)
	if token != "" {
		transport = &exchanging{token: token, standIn: way.Token(), next: transport}
	}
	listener, err := listenOn(ctx, f.listen)
	if err != nil {
		return err
	}
	file, err := har.Create(f.out, har.Creator{Name: "simulate-duo", Version: version()})
	if err != nil {
		return errors.Join(fmt.Errorf("--out: %w", err), listener.Close())
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	keep := func(x *wire.Exchange) {
		if err := file.Add(x); err != nil {
			stop(&unrecordedError{err})
		}
	}
	fmt.Fprintf(env.stdout, "SCIM_BASE_URL=%s\n", originOf(listener.Addr().String()))
	if token != "" && env.getenv(wire.TokenVariable) == "" {
		fmt.Fprintf(env.stdout, "SCIM_TOKEN=%s\n", token)
	}
	f.tell(env, listener.Addr(), way)
	proxy := recording.NewProxy(upstream, transport, f.cleaner(), keep)
	proxy.AskToWait = f.askToWait
	err = serveUntil(ctx, newHTTPServer(proxy, env.stderr), listener)
	fmt.Fprintf(env.stderr, "simulate-duo: %d exchanges are in %s\n", file.Len(), f.out)
	if unrecorded, ok := errors.AsType[*unrecordedError](context.Cause(ctx)); ok {
		err = errors.Join(err, unrecorded)
	}
	return errors.Join(err, file.Close())
}

// unrecordedError ends a recording whose file cannot be written.
type unrecordedError struct{ err error }

func (e *unrecordedError) Error() string {
	return "the recording ends, for it cannot be kept: " + e.err.Error()
}
func (e *unrecordedError) Unwrap() error { return e.err }

func (f recordFlags) cleaner() *recording.Cleaner {
	if f.pseudonyms {
		return &recording.Cleaner{Pseudonyms: recording.NewPseudonyms()}
	}
	return &recording.Cleaner{}
}

// tell says what is recorded, and who else may use the recorder.
func (f recordFlags) tell(env environment, at net.Addr, way *auth.Credentials) {
	if way.Trust.InsecureSkipVerify {
		fmt.Fprintf(env.stderr, "simulate-duo: %s\n", report.Insecure)
	}
	who := "People and groups are recorded by name"
	if f.pseudonyms {
		who = "People and groups are recorded under pseudonyms"
	}
	fmt.Fprintf(env.stderr, "Recording to %s; Ctrl-C ends it. %s, secrets never.\n", f.out, who)
	if tcp, ok := at.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		fmt.Fprintln(env.stderr, "simulate-duo: warning: others can reach this recorder: it passes on whatever they send, and asks for no password")
	}
}

// recordingTransport passes answers on as they come: not unpacked, and redirects not
// followed.
func recordingTransport(config *tls.Config) http.RoundTripper {
	t := plainTransport(config)
	t.DisableCompression, t.ResponseHeaderTimeout = true, writeTime-10*time.Second
	return t
}

// enter opens the way in to the endpoint. The token is what the client has to show in place
// of it; "" where the client shows its own.
func (f recordFlags) enter(ctx context.Context, env environment) (way *auth.Credentials, token string, err error) {
	fit, err := f.fit()
	if err != nil {
		return nil, "", err
	}
	if !f.given() && fit.Auth == (auth.Way{}) {
		_, trust, err := f.lay(fit.Auth, fit.Trust)
		if err != nil {
			return nil, "", err
		}
		way, err = auth.Open(auth.Way{}, "", trust, auth.Options{})
		return way, "", err
	}
	if way, err = f.wayFlags.enter(ctx, env, writeTime); err != nil {
		return nil, "", err
	}
	if token = env.getenv(wire.TokenVariable); token == "" {
		token = rand.Text()
	}
	return way, token, nil
}

// exchanging lets a client with the recorder's token through, with other credentials.
type exchanging struct {
	token, standIn string
	next           http.RoundTripper
}

// RoundTrip sends the request on, or refuses it.
func (e *exchanging) RoundTrip(r *http.Request) (*http.Response, error) {
	_, token, isBearer := wire.CutBearer(r.Header.Get("Authorization"))
	if !isBearer || subtle.ConstantTimeCompare([]byte(token), []byte(e.token)) != 1 {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return &http.Response{
			Status: "401 Unauthorized", StatusCode: http.StatusUnauthorized, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
			Header: http.Header{"Www-Authenticate": {"Bearer"}}, Body: http.NoBody, Request: r,
		}, nil
	}
	sent := r.Clone(r.Context())
	sent.Header.Set("Authorization", "Bearer "+e.standIn)
	return e.next.RoundTrip(sent)
}
