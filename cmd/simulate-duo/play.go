package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format"
	"github.com/simulate-duo/simulate-duo/steps/report/format/text"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// playFlags are the flags of the main command.
type playFlags struct {
	target string
	wayFlags
	secondToken string
	profile     string
	workers     int
	userDomain  string
	set         []string
	settle      time.Duration
	large       bool
	directory   string
	config      string
	duoProfile  string
	tags        string
	reports     []string
	trace       bool
	timeout     time.Duration
	rps         float64
	maxRequests int
	maxLeft     int
	noSweep     bool
	abuse       bool
	noAbuse     bool
	quick       bool
	load        bool
	evidence    string
	events      eventFlags
	living      livingFlags
}

// The values of --evidence.
const (
	evidenceDeciding = "deciding"
	evidenceAll      = "all"
)

func playCommand(env environment) *cobra.Command {
	var f playFlags
	cmd := &cobra.Command{
		Use:   "simulate-duo",
		Short: "Play Duo's SCIM provisioner against an endpoint and judge the endpoint",
		Long: `simulate-duo plays Cisco's guide "Provision Users and Groups to Secure Access via DUO"
against a SCIM endpoint: connect, map attributes, sync a group, deactivate or delete,
verify in both products. Then it says which requirements the endpoint meets.

Without --target it plays against an embedded simulator of Cisco Secure Access. With it,
everything that is created carries a mark of the run and is removed at the end.

Cisco has not published how Duo writes its requests. Each open question is a profile field;
after the default profile a run tries every alternative of every field as well.

Exit status: 0 everything that was asked for holds, 1 something does not, 2 the run could not
start or could not tell: it stopped early, or some requirements are blocked or broken and none
failed.`,
		Example: `  simulate-duo
  SCIM_TOKEN=… simulate-duo --target https://example.com/scim/v2
  simulate-duo --target https://example.com/scim/v2 --token-file token --report json=report.json
  simulate-duo --tags @CSA-DEPROV-01`,
		Args:              cobra.NoArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
		RunE:              func(cmd *cobra.Command, _ []string) error { return play(cmd.Context(), env, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.target, "target", "", "base `URL` of the SCIM endpoint; default: the embedded Secure Access simulator")
	flags.StringVar(&f.profile, "profile", "", "whose requirements: a `LIST` of "+knownProfiles("or")+"; default: "+defaultProfiles()+", or those of the ids in --tags")
	flags.StringVar(&f.tags, "tags", "", "run only what fits the tag `EXPR`, such as @CSA-DEPROV-01 or \"@MUST && ~@story\"")
	flags.StringArrayVar(&f.reports, "report", nil, "write a report, `FORMAT=FILE`, repeatable: "+format.Names("or")+"; - is standard output")
	flags.Float64Var(&f.rps, "rps", 0, "at most this `NUMBER` of requests per second to the target; 0: no limit")
	flags.IntVar(&f.maxRequests, "max-requests", 0, "at most this `NUMBER` of requests to the target; 0: no limit")
	flags.IntVar(&f.workers, "workers", steps.DefaultWorkers, "`NUMBER` of examples at a time")
	flags.BoolVar(&f.abuse, "abuse", false, "also what may break a fragile server (huge, deep and broken bodies, races, injection); default: only on this machine")
	flags.BoolVar(&f.noAbuse, "no-abuse", false, "nothing that may break a fragile server, not even on this machine")
	flags.BoolVar(&f.noSweep, "no-sweep", false, "only the default profile, not its alternatives")
	flags.BoolVar(&f.quick, "quick", false, "one example of each client's habit and, as far as 600 requests go, of each MUST; default profile alone")
	flags.BoolVar(&f.load, "load", false, "also 25 look-ups per second for a minute, which the Entra gallery asks for: 1,500 reads, at the end, and nothing beside them")
	flags.StringVar(&f.evidence, "evidence", evidenceDeciding, "`WHAT` to keep of an example that passes: "+evidenceDeciding+" (the exchange that decided) or "+evidenceAll)
	targetFlags(cmd, &f)
	f.living.register(cmd)
	return cmd
}

// targetFlags are the flags of every command that runs checks against a target.
func targetFlags(cmd *cobra.Command, f *playFlags) {
	flags := cmd.Flags()
	flags.StringVar(&f.secondToken, "second-token-file", "", "`FILE` with the token of a second client or tenant, for what needs one")
	flags.StringVar(&f.targetFile, "target-config", "", "YAML `FILE` with what the target needs, and how it is authenticated to: see README")
	f.register(flags)
	f.events.register(flags)
	flags.StringVar(&f.directory, "directory", "", "`FILE` with the users and groups in Duo: YAML, JSON Lines (.jsonl), or Duo's import form (.csv); default: the guide's")
	flags.StringVar(&f.config, "config", "", "YAML `FILE` with the application's Provisioning tab; default: the guide's")
	flags.StringVar(&f.duoProfile, "duo-profile", "", duoProfileUsage)
	flags.BoolVar(&f.trace, "trace", false, "print to standard error what each example sends, step by step, Duo's requests and the judge's looks")
	flags.DurationVar(&f.timeout, "timeout", 30*time.Second, "`TIME` that one request may take")
	flags.StringVar(&f.userDomain, "user-domain", "", "`DOMAIN` of the user names that are made up; default: example.com")
	flags.StringArrayVar(&f.set, "set", nil, "an attribute that every user needs at this target, `ATTRIBUTE=VALUE`; repeatable")
	flags.DurationVar(&f.settle, "settle", 0, "`TIME` until a change shows at the target")
	flags.IntVar(&f.maxLeft, "max-left", steps.DefaultMaxLeft, "at most this `NUMBER` of users and groups may stay at a target that deletes none; 0: no limit")
	flags.BoolVar(&f.large, "large", false, "also what takes 500 users at the target")
}

func play(ctx context.Context, env environment, f playFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	baseline, err := f.baseline()
	if err != nil {
		return err
	}
	outputs, err := f.outputs(env)
	if err != nil {
		return err
	}
	return playInto(ctx, env, f, baseline, outputs)
}

// playInto runs and writes what came of it.
func playInto(ctx context.Context, env environment, f playFlags, baseline report.Baseline, outputs *outputs) error {
	options, err := f.options(ctx, env)
	if err != nil {
		return errors.Join(err, outputs.writeNotStarted(options, baseline, err))
	}
	out := outputs.screen(env)
	screen := newScreen(env, out)
	options.OnEntry, options.OnProgress = screen.entry, screen.progressed
	options.OnWarning = func(text string) { fmt.Fprintf(env.stderr, "simulate-duo: warning: %s\n", text) }
	if !options.Target.IsEmbedded() {
		env.interrupts.mayLeave(options.Target.URL)
	}
	screen.begin(options.Target, options.Profiles)
	if f.load {
		fmt.Fprintln(env.stderr, "simulate-duo: --load: in the end 25 look-ups per second for a minute, of a user who does not exist; they write nothing, and end at the first that is refused")
	}
	if f.duoProfile != "" {
		fmt.Fprintln(out, givenFields(f.duoProfile, options.DuoProfile))
	}
	stop := screen.every(time.Second)
	spareMemory()
	result, err := steps.Run(ctx, options)
	stop()
	screen.end()
	if err != nil {
		return errors.Join(err, outputs.writeNotStarted(options, baseline, err))
	}
	result.Strict = f.living.strict || f.living.failOn == failOnShould
	result.Apply(baseline)
	err = text.Write(out, result, text.Style{Color: env.color(out), Width: env.width(out), JSON: outputs.json()})
	if err := errors.Join(err, outputs.write(result)); err != nil {
		return err
	}
	code, says := f.living.exitCode(result)
	if says != "" {
		fmt.Fprintln(out, says)
	}
	if code != exitPassed {
		return &verdictError{code}
	}
	return nil
}

// check refuses what no run could make sense of.
func (f playFlags) check() error {
	switch {
	case f.timeout <= 0:
		return errors.New("--timeout has to be more than 0, such as 30s")
	case !(f.rps >= 0 && f.rps <= math.MaxInt32): // NaN is refused, too
		return errors.New("--rps has to be a number from 0 on; 0 means no limit")
	case f.maxRequests < 0:
		return errors.New("--max-requests cannot be negative; 0 means no limit")
	case f.maxLeft < 0:
		return errors.New("--max-left cannot be negative; 0 means no limit")
	case f.settle < 0:
		return errors.New("--settle cannot be negative")
	case f.abuse && f.noAbuse:
		return errors.New("--abuse and --no-abuse exclude each other")
	case f.quick && f.abuse:
		return errors.New("--quick and --abuse exclude each other: abuse belongs to the full run")
	case f.evidence != "" && f.evidence != evidenceDeciding && f.evidence != evidenceAll: // "" of a command without the flag
		return fmt.Errorf("--evidence %s: write %s or %s", f.evidence, evidenceDeciding, evidenceAll)
	case f.load && (f.rps > 0 || f.maxRequests > 0):
		return errors.New("--load sends 1,500 requests, 25 per second: leave --rps and --max-requests out")
	case f.workers < 1 || f.workers > 256:
		return errors.New("--workers has to be from 1 to 256")
	case f.target == "" && f.targetFile == "" && (f.given() || f.secondToken != ""):
		return errors.New("--token-file goes with --target, as every way to authenticate does: the embedded simulator makes its own tokens")
	}
	if f.target == "" && f.targetFile == "" && f.events.given() {
		return errors.New("--events and --events-poll go with --target: the embedded simulator has events of its own")
	}
	judged, err := f.profiles()
	if err != nil || f.living.failOn == "" { // a command without the flag
		return err
	}
	if err := f.checkGallery(judged); err != nil {
		return err
	}
	return f.checkFailOn(judged)
}

// checkGallery refuses what belongs to the Entra gallery where the run does not judge that.
func (f playFlags) checkGallery(judged []steps.Profile) error {
	if slices.Contains(judged, format.Gallery) {
		return nil
	}
	if f.load {
		return fmt.Errorf("--load: this run does not judge the Entra gallery, which asks for it: add %s to --profile", format.Gallery)
	}
	for _, wanted := range f.reports {
		if strings.HasPrefix(wanted, string(format.Gallery)+"=") {
			return fmt.Errorf("--report %s: this run does not judge the Entra gallery: add %s to --profile", wanted, format.Gallery)
		}
	}
	return nil
}

// tracer prints exchanges as they end, each in one piece: several end at a time.
// They come without secrets.
func tracer(w io.Writer) func(*wire.Exchange) {
	var mu sync.Mutex
	return func(e *wire.Exchange) {
		mu.Lock()
		defer mu.Unlock()
		_, _ = io.WriteString(w, traced(e))
	}
}

func outcome(e *wire.Exchange) string {
	if e.Err != "" {
		return words.Visible(e.Err)
	}
	return fmt.Sprintf("%d in %s", e.Status, e.Duration.Round(time.Millisecond))
}
