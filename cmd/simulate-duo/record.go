package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/scim/recording"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/har"
)

// recordFlags are the flags of record.
type recordFlags struct {
	upstream, listen, out, caFile string
	pseudonyms, askToWait         bool
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
recorder asks for no password: whoever reaches it, and has a token of the endpoint, can use it.`,
		Example: `  simulate-duo record --upstream https://scim.example.com/v2 --out duo.har
  simulate-duo record --upstream https://scim.example.com/v2 --out duo.har --pseudonyms --listen 127.0.0.1:8085`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.record(cmd.Context(), env) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.upstream, "upstream", "", "base `URL` of the endpoint")
	flags.StringVar(&f.listen, "listen", "127.0.0.1:0", "`ADDRESS` to listen on; port 0 takes a free one")
	flags.StringVar(&f.out, "out", "", "HAR `FILE` to write, which is not there yet")
	flags.StringVar(&f.caFile, "ca-file", "", "PEM `FILE` with certificates of authorities to trust besides the system's")
	flags.BoolVar(&f.askToWait, "ask-to-wait", false, "answer the first creation of a group with 503 and Retry-After: 2, to see what the client does")
	flags.BoolVar(&f.pseudonyms, "pseudonyms", false, "replace people and groups by pseudonyms")
	return cmd
}

// check refuses what cannot be recorded.
func (f recordFlags) check() (*url.URL, error) {
	if f.upstream == "" {
		return nil, errors.New("--upstream is missing: give the base URL of the endpoint")
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
	transport, err := recordingTransport(f.caFile)
	if err != nil {
		return err
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
	f.tell(env, listener.Addr())
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
func (f recordFlags) tell(env environment, at net.Addr) {
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
func recordingTransport(caFile string) (http.RoundTripper, error) {
	client, err := httpClient(caFile, 0)
	if err != nil {
		return nil, err
	}
	transport, ok := client.Transport.(*http.Transport)
	if !ok {
		transport = http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // the standard library says so
	}
	transport.DisableCompression, transport.ResponseHeaderTimeout = true, writeTime-10*time.Second
	return transport, nil
}
