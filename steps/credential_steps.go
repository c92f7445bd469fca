package steps

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The steps about who is served and who is not.

func (w *world) listUsers(ctx context.Context, token string) (err error) {
	w.asked = wire.Request{Method: http.MethodGet, Path: []string{"Users"}, Query: [][2]string{{"count", "1"}}}
	w.last, err = w.send(ctx, w.client(w.conn.behind, token, w.judgeWire), w.asked)
	return err
}

// theUsersAreListed also serves as a Given: a target that refuses everybody proves
// nothing by refusing the wrong token.
func (w *world) theUsersAreListed(ctx context.Context, which string) error {
	token := map[string]string{"the right": w.conn.token, "a wrong": wrongToken}[which]
	if err := w.listUsers(ctx, token); err != nil || which != "the right" {
		return err
	}
	if w.last.Status != http.StatusOK {
		return &Mismatch{What: "GET /Users with the right token", Want: "200", Got: statusOf(w.last)}
	}
	return nil
}

func (w *world) theAnswerIsAList() error {
	if err := w.theAnswerIsOneOf("200"); err != nil {
		return err
	}
	object, err := w.last.Object()
	if err == nil {
		_, err = scim.ParseList(object)
	}
	return w.expectThat(err == nil, "the answer", "a list", fmt.Sprint(err))
}

func (w *world) noUserIsShown() error {
	shows := false
	if object, err := w.last.Object(); err == nil { // what is no JSON shows no user
		_, shows = object.Get("Resources")
	}
	return w.expectThat(!shows, "the refusal", "no Resources", "Resources")
}

// theTokenIs lists the users with a token that the dashboard has given out.
func (w *world) theTokenIs(ctx context.Context, which, how string) error {
	if err := w.listUsers(ctx, w.tokens[which]); err != nil {
		return err
	}
	if status, refused := strings.CutPrefix(how, "refused with "); refused {
		return w.theAnswerIsOneOf(status)
	}
	return w.theAnswerIsOneOf("200")
}
