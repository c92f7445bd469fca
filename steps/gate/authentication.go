package gate

import (
	"fmt"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// authenticationSteps are about the token that the run presents.
func (w *World) authenticationSteps(on judge.Vocabulary) {
	on(`^the run gets its token by (client credentials|a signed assertion)$`, w.getsItsToken)
	on(`^the token endpoint has said that its token lives from (\d+) to (\d+) minutes$`, w.tokenLives)
}

// granted is what the token endpoint has granted last; nil for a fixed token.
func (w *World) granted() *judge.Granted {
	if w.Run.Granted == nil {
		return nil
	}
	return w.Run.Granted()
}

// getsItsToken leaves the example out where the run has another way in. A signed assertion is a
// form of client credentials.
func (w *World) getsItsToken(how string) error {
	g := w.granted()
	switch {
	case g == nil:
		return &judge.Untested{Reason: "skipped: the run has a fixed bearer token and no token endpoint"}
	case how == "a signed assertion" && !g.ByAssertion:
		return &judge.Untested{Reason: "skipped: the run gets its token by a client secret and not by a signed assertion"}
	}
	return nil
}

func (w *World) tokenLives(from, to int) error {
	g := w.granted()
	got := "no expires_in"
	if g != nil && g.Life > 0 {
		got = fmt.Sprintf("%.4g minutes", g.Life.Minutes())
	}
	least, most := time.Duration(from)*time.Minute, time.Duration(to)*time.Minute
	return w.ExpectThat(g != nil && g.Life >= least && g.Life <= most, "the life of the access token", fmt.Sprintf("%d to %d minutes", from, to), got)
}
