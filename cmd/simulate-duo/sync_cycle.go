package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// once runs one cycle and says what it did.
func (e *engine) once(ctx context.Context, f syncFlags) error {
	failed, err := e.cycle(ctx, duo.Cycle{Full: f.full, Redeliver: f.retry})
	if brake, ok := errors.AsType[*duo.BrakeError](err); ok {
		fmt.Fprintf(e.env.stderr, "simulate-duo: %v\n%s\n", brake, howToGoOn(brake))
		return &verdictError{exitFailed}
	}
	if err != nil {
		return err
	}
	if failed > 0 {
		return &verdictError{exitFailed}
	}
	return nil
}

func howToGoOn(brake *duo.BrakeError) string {
	return fmt.Sprintf("simulate-duo: to allow it, run sync once with --max-deprovision %d; to see who it is, run simulate-duo log", brake.Would)
}

// cycle runs one cycle, prints its summary and returns how many steps failed. The
// end of the context lets the requests in flight end.
func (e *engine) cycle(ctx context.Context, how duo.Cycle) (failed int, err error) {
	p, dir, err := e.provisioner()
	if err != nil {
		return 0, err
	}
	defer context.AfterFunc(ctx, p.Stop)()
	began := time.Now()
	e.screen.begin()
	sum, err := p.Continue(context.WithoutCancel(ctx), dir, how)
	e.screen.end()
	if err != nil && sum == (duo.Summary{}) {
		return 0, err
	}
	fmt.Fprintf(e.env.stdout, "%s, in %s\n", words.Visible(sum.String()), time.Since(began).Round(time.Millisecond))
	if sum.Failed() > 0 {
		fmt.Fprintln(e.env.stderr, "simulate-duo: what failed, and why, is in simulate-duo log and simulate-duo links")
	}
	return sum.Failed(), err
}

// dryRun prints what a cycle would send.
func (e *engine) dryRun(ctx context.Context, f syncFlags) error {
	p, dir, err := e.provisioner()
	if err != nil {
		return err
	}
	plan, err := p.Plan(ctx, dir, duo.Cycle{Full: f.full, Redeliver: f.retry})
	if brake, ok := errors.AsType[*duo.BrakeError](err); ok {
		fmt.Fprintf(e.env.stderr, "simulate-duo: %v\n%s\n", brake, howToGoOn(brake))
		return &verdictError{exitFailed}
	}
	if err != nil {
		return err
	}
	for _, r := range plan {
		fmt.Fprintf(e.env.stdout, "%s  %s\n", words.Visible(r.String()), words.Visible(why(r)))
		if r.Body != "" {
			fmt.Fprintf(e.env.stdout, "    %s\n", words.Visible(r.Body))
		}
	}
	fmt.Fprintf(e.env.stdout, "%s would be sent\n", words.Count(len(plan), "request"))
	return nil
}

// why says what a planned request is for. A test of the connection and the reading of a
// full cycle are about no one user or group.
func why(r duo.Planned) string {
	if r.About == "" {
		return r.Reason
	}
	return r.About + ": " + r.Reason
}

// provisionOne provisions one user and shows the five steps.
func (e *engine) provisionOne(ctx context.Context, user string) error {
	p, dir, err := e.provisioner()
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, p.Stop)()
	steps, err := p.ProvisionOne(context.WithoutCancel(ctx), dir, user)
	good := true
	trace := tracer(indented{e.env.stdout})
	for i, s := range steps {
		mark := "ok"
		if !s.OK {
			mark, good = "failed", false
		}
		fmt.Fprintf(e.env.stdout, "%d. %-7s %-6s  %s\n", i+1, s.Name, mark, words.Visible(s.Text))
		if s.Details != "" {
			fmt.Fprintf(e.env.stdout, "    %s\n", words.Visible(s.Details))
		}
		for _, x := range s.Exchanges {
			trace(x)
		}
	}
	if err == nil && !good {
		return &verdictError{exitFailed}
	}
	return err
}
