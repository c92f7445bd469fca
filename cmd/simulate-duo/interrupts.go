package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync/atomic"
)

// interrupts is what Ctrl-C and SIGTERM do: the first ends the run in order, the
// second at once. The journal on this machine makes that safe: it names everything
// that the run has made at the target.
type interrupts struct {
	target atomic.Pointer[string] // where something may be left; nil if nowhere
}

// mayLeave notes the URL of the target where the run is about to make something. A
// nil receiver, as in tests, notes nothing.
func (i *interrupts) mayLeave(url string) {
	if i != nil {
		i.target.Store(&url)
	}
}

// obey waits for two signals.
func (i *interrupts) obey(signals <-chan os.Signal, cancel context.CancelFunc, stderr io.Writer, exit func(int)) {
	<-signals
	target := i.target.Load()
	if target != nil {
		fmt.Fprintln(stderr, "\nsimulate-duo: interrupted: removing what the run has made at the target; interrupt again to end at once")
	}
	cancel()
	<-signals
	if target = i.target.Load(); target != nil {
		fmt.Fprintf(stderr, "\nsimulate-duo: ended at once. Something may be left at the target; this removes it:\n  simulate-duo sweep --target %s\n", *target)
	}
	exit(exitCannot)
}
