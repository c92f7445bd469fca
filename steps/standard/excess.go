package standard

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about filters that ask for too much.

// excesses are filters of a size or depth that no client needs, by what they are.
var excesses = map[string]string{
	"a value of 20000 letters":               `userName eq "` + strings.Repeat("x", 20000) + `"`,
	"200 comparisons joined by or":           strings.Repeat(`nickName eq "x" or `, 199) + `nickName eq "x"`,
	"2000 comparisons joined by or":          strings.Repeat(`nickName eq "x" or `, 1999) + `nickName eq "x"`,
	"5000 parentheses":                       strings.Repeat("(", 5000) + "nickName pr" + strings.Repeat(")", 5000),
	"2000 negations":                         strings.Repeat("not (", 2000) + "nickName pr" + strings.Repeat(")", 2000),
	"5000 parentheses that are never closed": strings.Repeat("(", 5000),
}

func (w *World) theClientLooksForUsersBy(ctx context.Context, what string) error {
	filter, ok := excesses[what]
	if !ok {
		return fmt.Errorf("no filter is called %q", what)
	}
	err := w.Ask(ctx, http.MethodGet, []string{"Users"}, [][2]string{{"filter", filter}, {"count", "1"}}, nil)
	var t *wire.TransportError
	if errors.As(err, &t) && t.Kind == wire.Timeout {
		return w.Missed(&judge.Mismatch{What: "GET /Users with a filter that is " + what, Want: "an answer", Got: "none in time"})
	}
	return err
}
