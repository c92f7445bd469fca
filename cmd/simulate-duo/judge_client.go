package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/client"
	"github.com/simulate-duo/simulate-duo/steps/client/visit"
	"github.com/simulate-duo/simulate-duo/steps/report/format"
	"github.com/simulate-duo/simulate-duo/steps/report/format/text"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// clientFlags are the flags of the command that judges clients.
type clientFlags struct {
	listen, host string
	tokenFile    string
	cert, key    string
	script       string
	name         string
	reports      []string
	strict       bool
	trace        bool
	list         bool
	profile      string
}

func judgeClientCommand(env environment) *cobra.Command {
	var f clientFlags
	cmd := &cobra.Command{
		Use:   "judge-client",
		Short: "Play Secure Access and judge the SCIM client that provisions into it",
		Long: `Plays Secure Access, asks for one task after the other (create a user, rename the group, deactivate
her, …), and judges what the client sends: by RFC 7643, 7644, 9865 and 6750, and by what good
provisioners do. Some tasks meet a busy endpoint, a lost answer, a redirect or an unusual answer.

It says what to do next, and goes on when the endpoint shows it. With --do it runs a program for
each task instead. The program ends when its client has had its cycle, with status ` + fmt.Sprint(visit.CannotDo) + ` if the
client cannot do the task; any other status says nothing. It finds in its environment:

` + variables() + `
The client has to send the token of --token-file, else that of $SCIM_TOKEN, else a new one, which is
shown once. The first line on standard output is SCIM_BASE_URL=….

Exit status: 0 nothing binding is violated, 1 something is, 2 it could not run or could not tell.`,
		Example: `  simulate-duo judge-client --report html=client.html
  simulate-duo judge-client --do ./my-client-does.sh --report json=client.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.list {
				return listTasks(env.stdout)
			}
			return f.judge(cmd.Context(), env)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.listen, "listen", "127.0.0.1:8443", "`ADDRESS` to listen on; port 0 takes a free one")
	flags.StringVar(&f.host, "host", "", "`NAME` by which the client reaches this machine; default: that of --listen")
	flags.StringVar(&f.tokenFile, "token-file", "", "`FILE` with the token to accept; default: $SCIM_TOKEN, or a new one")
	flags.StringVar(&f.cert, "tls-cert", "", "PEM `FILE` with a certificate that the client trusts: speak TLS")
	flags.StringVar(&f.key, "tls-key", "", "PEM `FILE` with its private key")
	flags.StringVar(&f.script, "do", "", "`PROGRAM` to run for each task instead of asking")
	flags.StringVar(&f.name, "name", "client", "`NAME` of the client in reports")
	flags.StringArrayVar(&f.reports, "report", nil, "write a report, `FORMAT=FILE`, repeatable: "+format.Names("or")+"; - is standard output")
	flags.StringVar(&f.profile, "profile", "", "also what a draft demands of clients: a `LIST` of "+features.JoinProfiles(draftProfiles(), ", "))
	flags.BoolVar(&f.strict, "strict", false, "warnings count like failures")
	flags.BoolVar(&f.trace, "trace", false, "print every request with its answer to standard error")
	flags.BoolVar(&f.list, "list", false, "list the tasks, and end")
	return cmd
}

func variables() string {
	var b strings.Builder
	for _, v := range visit.Variables {
		fmt.Fprintf(&b, "  %-18s %s\n", v[0], v[1])
	}
	return b.String()
}

func listTasks(w io.Writer) error {
	var b strings.Builder
	for _, a := range visit.Tasks() {
		fmt.Fprintf(&b, "%2d  %-14s %s\n", a.Place, a.Name, a.Ask)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (f clientFlags) judge(ctx context.Context, env environment) error {
	outputs := &outputs{talk: env.stderr}
	for _, flag := range f.reports {
		if err := outputs.report(flag, env.stdout); err != nil {
			return fmt.Errorf("--report %s: %w", flag, err)
		}
	}
	options := steps.ClientOptions{Name: f.name, Started: time.Now(), Version: version()}
	var err error
	if options.Drafts, err = f.drafts(env); err != nil {
		return err
	}
	recording, err := f.receive(ctx, env, outputs.screen(env))
	switch {
	case recording == nil:
		recording, options.Partial = &client.Recording{}, "it could not start: "+err.Error()
	case err != nil:
		options.Partial = err.Error()
	case ctx.Err() != nil:
		options.Partial = "it was interrupted"
	}
	result, failed := steps.JudgeClient(context.WithoutCancel(ctx), recording, options)
	if failed != nil {
		return errors.Join(err, failed)
	}
	result.Strict = f.strict
	if err = errors.Join(err, outputs.write(result)); err != nil {
		return err
	}
	out := outputs.screen(env)
	fmt.Fprintln(out)
	if err := text.Write(out, result, text.Style{Color: env.color(out), Width: env.width(out), JSON: outputs.json()}); err != nil {
		return err
	}
	if code := result.ExitCode(); code != exitPassed {
		return &verdictError{code}
	}
	return nil
}

// draftProfiles are the profiles of drafts.
func draftProfiles() []features.Profile {
	return slices.DeleteFunc(features.Profiles(), func(p features.Profile) bool { return slices.Contains(features.AllProfiles(), p) })
}

// drafts are those of --profile, with those that they include.
func (f clientFlags) drafts(env environment) ([]features.Profile, error) {
	if f.profile == "" {
		return nil, nil
	}
	chosen, err := profiles(f.profile)
	if err != nil {
		return nil, err
	}
	for _, p := range chosen {
		if !slices.Contains(draftProfiles(), p) {
			return nil, fmt.Errorf("--profile %s: it demands nothing of clients; known are %s", p, features.JoinProfiles(draftProfiles(), ", "))
		}
	}
	if says := whatProfilesMean(f.profile, chosen); says != "" {
		fmt.Fprintln(env.stderr, "simulate-duo: "+says)
	}
	return chosen, nil
}

// receive opens the endpoint, shows where it is, and has the client do its tasks. There is no
// recording if that could not begin.
func (f clientFlags) receive(ctx context.Context, env environment, show io.Writer) (*client.Recording, error) {
	tell := func(text string) { fmt.Fprintf(env.stderr, "simulate-duo: %s\n", words.Visible(text)) }
	options := visit.Options{Listen: f.listen, Host: f.host, Tell: tell}
	var err error
	if options.Certificate, err = f.certificate(); err != nil {
		return nil, err
	}
	given := isTokenGiven(env, f.tokenFile)
	if options.Token = rand.Text(); given {
		if options.Token, err = givenToken(env, f.tokenFile); err != nil {
			return nil, err
		}
	}
	if trace := tracer(env.stderr); f.trace {
		options.OnExchange = func(x *client.Exchange) { trace(x.Exchange) }
	}
	host, err := visit.Open(options)
	if err != nil {
		return nil, fmt.Errorf("--listen: %w", err)
	}
	defer host.Close()
	fmt.Fprintf(show, "SCIM_BASE_URL=%s\n", host.BaseURL())
	if !given {
		fmt.Fprintf(show, "SCIM_TOKEN=%s\n", options.Token)
	}
	if f.script != "" {
		return host.Play(ctx, visit.Script{Path: f.script, BaseURL: host.BaseURL(), Token: options.Token, Out: env.stderr, Tell: tell}.Do)
	}
	return host.Play(ctx, visit.Person{Out: env.stderr, Lines: linesOf(ctx, env.stdin)}.Do)
}

func (f clientFlags) certificate() (*tls.Certificate, error) {
	switch {
	case f.cert == "" && f.key == "":
		return nil, nil
	case f.cert == "" || f.key == "":
		return nil, errors.New("--tls-cert and --tls-key go together")
	}
	pair, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		return nil, fmt.Errorf("--tls-cert %s, --tls-key %s: %w", f.cert, f.key, err)
	}
	return &pair, nil
}

// linesOf reads lines in the background: reading a terminal cannot be interrupted.
func linesOf(ctx context.Context, r io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(r); s.Scan(); {
			select {
			case lines <- strings.TrimSpace(s.Text()):
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}
