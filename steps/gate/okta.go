package gate

import (
	"context"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// oktaSteps are about what Okta does. Whether it changes users by PATCH is an option of the
// integration (okta/okta-developer-docs, submit-oin-app, SCIM properties, August 2026, read in
// November 2026): a target that takes one of both forms gets in.
func (w *World) oktaSteps(on judge.Vocabulary) {
	on(`^the suite (deactivates|reactivates) "(\w+)"$`, w.activates)
}

func (w *World) activates(ctx context.Context, how, name string) error {
	active := how == "reactivates"
	s, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	why, err := w.Run.Missing(ctx, "patch")
	if err != nil {
		return err
	}
	whole := s.Shown.Clone()
	whole.Set("active", active)
	byPut := func() error { return w.Ask(ctx, http.MethodPut, []string{s.Collection, s.ID}, nil, whole) }
	if why != "" {
		return byPut()
	}
	value := scim.NewObject(scim.Member{Name: "active", Value: active})
	if err := w.patch(ctx, s, []any{scim.NewObject(scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "value", Value: value})}); err != nil {
		return err
	}
	took, err := w.hasTaken(ctx, name, hasActive(active))
	if took || err != nil {
		return err
	}
	return byPut()
}

// hasActive tells whether a user is active, or is not.
func hasActive(active bool) func(*scim.Object) bool {
	return func(now *scim.Object) bool {
		v, _ := now.Get("active")
		return v == active
	}
}
