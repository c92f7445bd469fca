package judge

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Targets that create nothing in a collection, or delete nothing at all: see FlawedPlainly.

// creationHome is the requirement that tells that nothing can be created.
const creationHome = "RFC7644-3.3-03"

// creates recognises what comes of a creation that does not succeed.
func creates(collection string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		return r.Method == http.MethodPost && len(r.Path) == 1 && r.Path[0] == collection && !strings.HasPrefix(m.Got, "201")
	}
}

func isDeletion(r wire.Request) bool { return r.Method == http.MethodDelete && len(r.Path) == 2 }

// deletionHome is the requirement that tells that nothing can be deleted.
const deletionHome = "RFC7644-3.6-01"

// notDeletedPlainly finds out whether the example has deleted something, which the target refuses
// always; see FlawedPlainly. What then comes of the example says nothing.
func (j *Session) notDeletedPlainly(ctx context.Context, _ *Mismatch, judged string) (home, why string, err error) {
	refused := func(x *wire.Exchange) bool {
		return x.Method == http.MethodDelete && x.Status >= 400 && x.Status != http.StatusNotFound
	}
	if judged == deletionHome || !slices.ContainsFunc(j.Wire.Exchanges(), refused) {
		return "", "", nil
	}
	p := plainRequest{deletionHome, isDeletion, plainDeletion}
	why, err = SharedBy(ctx, j.Run, "the plain deletion", p.refusal)
	return deletionHome, why, OnlyLost(err)
}

func plainDeletion(ctx context.Context, own *Session) (wire.Request, error) {
	err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-deletion"))
	if err != nil {
		return wire.Request{}, err
	}
	return wire.Request{Method: http.MethodDelete, Path: []string{"Users", own.Subjects["P"].ID}}, nil
}
