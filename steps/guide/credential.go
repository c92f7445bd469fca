package guide

import (
	"context"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about who is served and who is not.

func (w *World) listUsers(ctx context.Context, token string) (err error) {
	w.Asked = wire.Request{Method: http.MethodGet, Path: []string{"Users"}, Query: [][2]string{{"count", "1"}}}
	w.Last, err = w.Send(ctx, w.ClientAt(w.Conn.URL, token), w.Asked)
	return err
}

// theUsersAreListed also serves as a Given: a target that refuses everybody proves
// nothing by refusing the wrong token.
func (w *World) theUsersAreListed(ctx context.Context, which string) error {
	token := map[string]string{"the right": w.Conn.Token, "a wrong": judge.WrongToken}[which]
	if err := w.listUsers(ctx, token); err != nil || which != "the right" {
		return err
	}
	if w.Last.Status != http.StatusOK {
		return &judge.Mismatch{What: "GET /Users with the right token", Want: "200", Got: judge.StatusOf(w.Last)}
	}
	return nil
}

func (w *World) noUserIsShown() error {
	shows := false
	if object, err := w.Last.Object(); err == nil { // what is no JSON shows no user
		_, shows = object.Get("Resources")
	}
	return w.ExpectThat(!shows, "the refusal", "no Resources", "Resources")
}

// theTokenIs lists the users with a token that the dashboard has given out.
func (w *World) theTokenIs(ctx context.Context, which, how string) error {
	if err := w.listUsers(ctx, w.tokens[which]); err != nil {
		return err
	}
	if status, refused := strings.CutPrefix(how, "refused with "); refused {
		return w.ExpectOneOf(status)
	}
	return w.ExpectOneOf("200")
}
