package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/text"
	"github.com/simulate-duo/simulate-duo/steps/report/replay"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

func replayCommand(env environment) *cobra.Command {
	f := playFlags{workers: 4, profile: features.JoinProfiles(features.Profiles(), ",")}
	var as string
	cmd := &cobra.Command{
		Use:   "replay REPORT.json ID",
		Short: "Look again at one finding of a report, or print the requests that show it",
		Long: `Runs the checks of one requirement again, against the target of the report and with all that
keeps it as it is, and says whether the finding is still there.

With --as nothing is sent: the requests of the finding are printed as a shell script (curl),
as a file for the REST clients of editors (http) or as a test of Go's standard library (go).
They are the recorded ones, without those that only looked; what an earlier answer held, such
as an id, is taken from the answer anew. No report holds a token: they read $SCIM_TOKEN.

Exit status: 0 the finding is gone, 1 it is still there, 2 could not run or could not tell.`,
		Example: `  simulate-duo replay report.json CSA-SYNC-06
  simulate-duo replay report.json CSA-SYNC-06 --as curl > replay.sh`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: completeID(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := loadFile(args[0], report.Read)
			if err != nil {
				return err
			}
			if as != "" {
				return printReplay(env.stdout, r, args[1], as)
			}
			return f.again(cmd.Context(), env, r, args[1])
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&as, "as", "", "print the requests instead of sending them, as `FORM`: curl, http or go")
	flags.StringVar(&f.target, "target", "", "base `URL` of the endpoint; default: that of the report")
	targetFlags(cmd, &f)
	return cmd
}

// replayForms are what --as takes.
func replayForms() []string { return []string{"curl", "http", "go"} }

func printReplay(w io.Writer, r *report.Report, id, as string) error {
	write := map[string]func(*replay.Replay, io.Writer) error{
		"curl": (*replay.Replay).WriteCurl, "http": (*replay.Replay).WriteHTTP, "go": (*replay.Replay).WriteGo,
	}[as]
	if write == nil {
		return fmt.Errorf("--as %s: known are curl, http and go", as)
	}
	p, err := replay.New(r, id)
	if err != nil {
		return err
	}
	if as != "curl" && p.Form != (wire.Form{}) {
		return fmt.Errorf("--as %s: only --as curl can authenticate otherwise than by a bearer token", as)
	}
	return write(p, w)
}

// again runs the checks of a requirement that a report found not to be met.
func (f playFlags) again(ctx context.Context, env environment, r *report.Report, id string) error {
	then, err := replay.Find(r, id)
	if err != nil {
		return err
	}
	if f.target == "" && !r.Target.Embedded {
		f.target = r.Target.URL
	}
	if err := f.check(); err != nil {
		return err
	}
	options, err := f.options(ctx, env)
	if err != nil {
		return err
	}
	if !options.Target.IsEmbedded() {
		env.interrupts.mayLeave(options.Target.URL)
	}
	options.Only = []string{id}
	options.NoSweep = replay.Decisive(then).Profile == report.DefaultProfile
	options.OnWarning = func(text string) { fmt.Fprintf(env.stderr, "simulate-duo: warning: %s\n", text) }
	result, err := steps.Run(ctx, options)
	if err != nil {
		return err
	}
	result = result.Only(id)
	if err := text.Write(env.stdout, result, text.Style{Color: env.color(env.stdout), Width: env.width(env.stdout)}); err != nil {
		return err
	}
	return f.compare(env.stdout, then, result)
}

// compare says what became of the finding.
func (f playFlags) compare(w io.Writer, then *report.Requirement, result *report.Report) error {
	now := result.Find(then.ID)
	if now == nil {
		return errors.New("this simulate-duo knows no requirement " + words.Visible(then.ID) + " any more")
	}
	code := exitCannot
	switch {
	case result.Partial != "" || now.Verdict == report.Broken || !now.Verdict.Judged():
		fmt.Fprintf(w, "%s could not be judged: %s.\n", now.ID, now.Verdict)
	case now.Verdict == report.Passed:
		fmt.Fprintf(w, "%s is met now.\n", now.ID)
		return nil
	default:
		code = exitFailed
		how := "in the same way"
		if report.Cause(replay.Decisive(now)) != report.Cause(replay.Decisive(then)) {
			how = "in another way: then it was " + words.Visible(then.Message)
		}
		fmt.Fprintf(w, "%s is still not met, %s.\n", now.ID, how)
	}
	return &verdictError{code}
}
