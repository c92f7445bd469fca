package guide

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that prepare the target as somebody else than Duo would.

func (w *World) create(ctx context.Context, c *wire.Client, collection, schema, attribute, value string) error {
	body := scim.NewObject(scim.Member{Name: "schemas", Value: []any{schema}}, scim.Member{Name: attribute, Value: value})
	answer, err := w.Send(ctx, c, wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body})
	if err != nil {
		return err
	}
	if answer.Status != http.StatusCreated {
		return &judge.Mismatch{What: "POST /" + collection + " with " + attribute + " " + value, Want: "201", Got: judge.StatusOf(answer)}
	}
	return nil
}

// alreadyExists creates a user, or a group, before Duo does. A target that does not
// keep "disabled" cannot be judged by what becomes of such a user.
func (w *World) alreadyExists(ctx context.Context, theGroup, name, disabled string) error {
	if theGroup != "" {
		groupName, err := w.groupName(name)
		if err != nil {
			return err
		}
		return w.create(ctx, w.Client(), "Groups", scim.GroupURN, "displayName", groupName)
	}
	if err := w.existing(ctx, name, disabled == ""); err != nil || disabled == "" {
		return err
	}
	user, err := w.theOne(ctx, "Users", name)
	if err != nil {
		return err
	}
	if active, _ := user.Get("active"); active != false {
		return &judge.Mismatch{What: "a user created with active false", Want: "false", Got: fmt.Sprint(active)}
	}
	return nil
}

// existing creates the user with all that the mapping would send, as an
// administrator of the target might have.
func (w *World) existing(ctx context.Context, name string, active bool) error {
	answer, err := w.post(ctx, name, active)
	if err != nil {
		return err
	}
	if answer.Status != http.StatusCreated {
		return &judge.Mismatch{What: "POST /Users", Want: "201", Got: judge.StatusOf(answer)}
	}
	return w.remember(ctx, []string{name}, "")
}

func (w *World) post(ctx context.Context, name string, active bool) (*wire.Response, error) {
	body, err := w.bodyOf(name, active)
	if err != nil {
		return nil, err
	}
	return w.Send(ctx, w.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body})
}

// bodyOf is the user of this name as the mapping makes them.
func (w *World) bodyOf(name string, active bool) (*scim.Object, error) {
	user, err := w.user(name)
	if err != nil {
		return nil, err
	}
	mapped, err := w.mapping().Map(user)
	if err != nil {
		return nil, err
	}
	body := scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.UserURN}})
	for member, value := range mapped.All() {
		if strings.HasPrefix(member, "urn:") {
			body.Set("schemas", append(body.Array("schemas"), member))
		}
		body.Set(member, value)
	}
	body.Set("active", active)
	return body, nil
}

func (w *World) isCreatedASecondTime(ctx context.Context, name string) error {
	body, err := w.bodyOf(name, true)
	if err != nil {
		return err
	}
	return w.Ask(ctx, http.MethodPost, []string{"Users"}, nil, body)
}

func (w *World) somebodyDeletes(ctx context.Context, name string) error {
	id := w.ids["user "+name]
	answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodDelete, Path: []string{"Users", id}})
	if err != nil {
		return err
	}
	if answer.Status != http.StatusNoContent && answer.Status != http.StatusOK {
		return &judge.Mismatch{What: "DELETE /Users/" + id, Want: "204", Got: judge.StatusOf(answer)}
	}
	return nil
}

// aUserWithoutUserName carries its mark in another attribute, so that it can be
// removed should the target take it.
func (w *World) aUserWithoutUserName(ctx context.Context) error {
	body := scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
		scim.Member{Name: "displayName", Value: w.roles.markName("Nobody")},
	)
	return w.Ask(ctx, http.MethodPost, []string{"Users"}, nil, body)
}

func (w *World) theTargetRefusesIt() error {
	if w.Last == nil {
		return fmt.Errorf("nothing was sent")
	}
	return w.ExpectThat(w.Last.Status == http.StatusBadRequest, "POST /Users", "400", judge.StatusOf(w.Last))
}
