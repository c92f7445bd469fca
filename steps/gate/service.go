package gate

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of the provisioning service. Some of its requests have two forms, of which the
// tenant URL chooses one: without the flag aadOptscim062020, or with it. Source:
// MicrosoftDocs/entra-docs, application-provisioning-config-problem-scim-compatibility.md
// of April 2025, read in November 2026. A target that takes one of both gets in.

func (w *World) creates(ctx context.Context, kind, name string) error {
	body, err := w.body(ctx, kind, name)
	if err != nil {
		return err
	}
	return w.Creating(ctx, kind, name, body)
}

func (w *World) hasCreated(ctx context.Context, kind, name string) error {
	body, err := w.body(ctx, kind, name)
	if err != nil {
		return err
	}
	return w.Make(ctx, name, judge.CollectionOf(kind), body)
}

func (w *World) hasCreatedGroups(ctx context.Context, n int) error {
	for i := range n {
		if err := w.hasCreated(ctx, "group", fmt.Sprintf("page%d", i+1)); err != nil {
			return err
		}
	}
	return nil
}

// disables sends active as a string, and as a boolean if that has no effect.
func (w *World) disables(ctx context.Context, name string) error {
	return w.setActive(ctx, name, false)
}

func (w *World) setActive(ctx context.Context, name string, active bool) error {
	text := map[bool]string{true: "True", false: "False"}[active]
	return w.inEitherForm(ctx, name, hasActive(active),
		[]any{operation("Replace", "active", text)},
		[]any{operation("replace", "active", active)})
}

// removesMember names the member in the value, and in the path if that has not the effect.
func (w *World) removesMember(ctx context.Context, member, group string) error {
	m, err := w.Subject(member)
	if err != nil {
		return err
	}
	took := func(now *scim.Object) bool {
		return !slices.Contains(judge.ValuesOf(now, "members"), m.ID)
	}
	return w.inEitherForm(ctx, group, took,
		[]any{operation("Remove", "members", []any{scim.NewObject(scim.Member{Name: "value", Value: m.ID})})},
		[]any{scim.NewObject(scim.Member{Name: "op", Value: "remove"}, scim.Member{Name: "path", Value: `members[value eq "` + m.ID + `"]`})})
}

// changesEach names each attribute in a path of its own, and in one value if that has not
// the effect.
func (w *World) changesEach(ctx context.Context, name string) error {
	if err := w.chooseNew(ctx, name); err != nil {
		return err
	}
	var verbose []any
	values := scim.NewObject()
	for _, r := range w.replaced {
		verbose = append(verbose, operation("Replace", r.path, r.value))
		values.Set(r.path, r.value)
	}
	took := func(now *scim.Object) bool {
		for _, r := range w.replaced {
			if judge.Text(r.of(now)) != judge.Text(r.value) {
				return false
			}
		}
		return true
	}
	return w.inEitherForm(ctx, name, took, verbose,
		[]any{scim.NewObject(scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "value", Value: values})})
}

// inEitherForm sends a change without the flag, and in the form of the flag if the target
// refuses it or it has not the effect.
func (w *World) inEitherForm(ctx context.Context, name string, took func(now *scim.Object) bool, plain, flagged []any) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	if err := w.patch(ctx, s, plain); err != nil {
		return err
	}
	if done, err := w.hasTaken(ctx, name, took); done || err != nil {
		return err
	}
	return w.patch(ctx, s, flagged)
}

// hasTaken says whether the last answer was a success, and the change has its effect.
func (w *World) hasTaken(ctx context.Context, name string, took func(now *scim.Object) bool) (bool, error) {
	if w.Last.Status != http.StatusOK && w.Last.Status != http.StatusNoContent {
		return false, nil
	}
	err := w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		if !took(now.Shown) {
			return &judge.Mismatch{What: name, Want: "the change", Got: "none"}
		}
		return nil
	})
	if _, wrong := judge.IsMismatch(err); wrong {
		return false, nil
	}
	return err == nil, err
}

func (w *World) patch(ctx context.Context, s *judge.Subject, operations []any) error {
	return w.Ask(ctx, http.MethodPatch, []string{s.Collection, s.ID}, nil, judge.PatchOp(operations))
}

func operation(op, path string, value any) *scim.Object {
	return scim.NewObject(scim.Member{Name: "op", Value: op}, scim.Member{Name: "path", Value: path}, scim.Member{Name: "value", Value: value})
}

// assignsAgain looks the user up: one who is found is enabled, another one created anew.
func (w *World) assignsAgain(ctx context.Context, name string) error {
	text, err := scim.Marshal(w.UserName(name))
	if err != nil {
		return err
	}
	answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodGet, Path: []string{"Users"}, Query: [][2]string{{"filter", "userName eq " + string(text)}}})
	if err != nil {
		return err
	}
	list, err := judge.ListIn(answer)
	if answer.Status != http.StatusOK || err != nil {
		return w.Missed(&judge.Mismatch{What: "the look-up of a user who is assigned again", Want: "200 with a list", Got: judge.StatusOf(answer)})
	}
	found := judge.Matching(list.Resources, "userName", w.UserName(name))
	if len(found) == 0 {
		return w.creates(ctx, "user", name)
	}
	w.Subjects[name] = &judge.Subject{Collection: "Users", ID: scim.IDOf(found[0]), Shown: found[0]}
	return w.setActive(ctx, name, true)
}
