package standard

import (
	"context"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about a member that is no resource. A target may refuse it, store it or
// drop it, but by every method in the same way.

func (w *World) unknownMemberSteps(on judge.Vocabulary) {
	on(`^the client creates, replaces and patches a group with the member "([^"]+)"$`, w.theClientWritesTheMember)
	on(`^the three requests are all refused, or all store the member, or all drop it$`, w.theThreeRequestsAgree)
}

// theClientWritesTheMember keeps what becomes of the member by each method.
func (w *World) theClientWritesTheMember(ctx context.Context, id string) error {
	w.outcomes = map[string]string{}
	members := []any{scim.NewObject(scim.Member{Name: "value", Value: id})}
	created := w.Template("Groups", "unknown")
	created.Set("members", members)
	if err := w.Creating(ctx, "group", http.MethodPost, created); err != nil {
		return err
	}
	if err := w.noteOutcome(ctx, http.MethodPost); err != nil {
		return err
	}
	for _, method := range []string{http.MethodPut, http.MethodPatch} {
		if err := w.Make(ctx, method, "Groups", w.Template("Groups", method)); err != nil {
			return err
		}
		body := judge.AddMembers(members)
		if method == http.MethodPut {
			body = judge.Merge(w.Template("Groups", method), scim.NewObject(scim.Member{Name: "members", Value: members}))
		}
		if err := w.Ask(ctx, method, []string{"Groups", w.Subjects[method].ID}, nil, body); err != nil {
			return err
		}
		if err := w.noteOutcome(ctx, method); err != nil {
			return err
		}
	}
	return nil
}

// noteOutcome looks at the last answer, and at the group that is called like the method.
func (w *World) noteOutcome(ctx context.Context, method string) error {
	switch s := w.Last.Status; {
	case s == http.StatusNotImplemented && method == http.MethodPatch: // the target has no PATCH
	case s/100 == 4 || s == http.StatusNotImplemented:
		w.outcomes[method] = "refused"
	case s >= 500:
		return w.ExpectNoServerError()
	default:
		now, err := w.Reread(ctx, method)
		if err != nil {
			return err
		}
		w.outcomes[method] = map[bool]string{true: "stored", false: "dropped"}[len(now.Shown.Array("members")) > 0]
	}
	return nil
}

func (w *World) theThreeRequestsAgree() error {
	for method, outcome := range w.outcomes {
		want := w.outcomes[http.MethodPost]
		if err := w.ExpectThat(outcome == want, "an unknown member sent by "+method, want+", as by POST", outcome); err != nil {
			return err
		}
	}
	return nil
}
