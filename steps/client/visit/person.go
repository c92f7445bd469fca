package visit

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/client"
)

// Person asks somebody who has the client before them, line by line.
type Person struct {
	Out   io.Writer
	Lines <-chan string                        // what they type; closed at the end of the input
	After func(time.Duration) <-chan time.Time // default time.After
}

const (
	quiet    = 3 * time.Second // without a request, after the target shows the task
	patience = time.Minute     // until somebody is asked whether anything comes at all
)

// Do asks for a task, and returns when the target shows it and no more requests come, or
// when the person says so.
func (p Person) Do(ctx context.Context, a Asked) (Outcome, error) {
	if p.After == nil {
		p.After = time.After
	}
	fmt.Fprintf(p.Out, "\n%d of %d  %s\n", a.Place, a.Of, a.Ask)
	for _, who := range append([]client.Person{a.User}, a.Join...) {
		if who.UserName != "" {
			fmt.Fprintf(p.Out, "    %s %s: userName %s, display name %s\n", who.GivenName, who.FamilyName, who.UserName, who.DisplayName)
		}
	}
	if a.Place == 1 {
		fmt.Fprintln(p.Out, "Enter: it is done and the client has had its cycle. s: this client cannot do it. q: end here.")
	}
	var settled, nobody <-chan time.Time
	if a.Place <= 2 {
		nobody = p.After(patience)
	}
	warned := false
	for {
		select {
		case <-ctx.Done():
			return Outcome{}, ctx.Err()
		case <-nobody:
			fmt.Fprintln(p.Out, "Nothing has come for a while. Can the client reach this address, and does it have the token?")
		case <-settled:
			fmt.Fprintln(p.Out, "The target shows it.")
			return Outcome{}, nil
		case <-a.Traffic:
			if nobody = nil; a.Seen() {
				settled = p.After(quiet)
			}
		case line, open := <-p.Lines:
			switch {
			case !open, line == "q":
				return Outcome{Quit: true}, nil
			case line == "s":
				return Outcome{Skip: "somebody said that this client cannot do it"}, nil
			case line != "":
				fmt.Fprintln(p.Out, "Enter: done. s: cannot be done. q: end here.")
			case a.Checks && !a.Seen() && !warned:
				warned = true
				fmt.Fprintln(p.Out, "The target does not show it yet. Wait for the client's cycle; Enter again goes on all the same.")
			default:
				return Outcome{}, nil
			}
		}
	}
}
