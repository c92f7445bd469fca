package steps

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The steps that prepare the target as somebody else than Duo would.

func (w *world) create(ctx context.Context, c *wire.Client, collection, schema, attribute, value string) error {
	body := scim.NewObject(scim.Member{Name: "schemas", Value: []any{schema}}, scim.Member{Name: attribute, Value: value})
	answer, err := w.send(ctx, c, wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body})
	if err != nil {
		return err
	}
	if answer.Status != http.StatusCreated {
		return &Mismatch{What: "POST /" + collection + " with " + attribute + " " + value, Want: "201", Got: statusOf(answer)}
	}
	return nil
}

// alreadyExists creates a user, or a group, before Duo does. A target that does not
// keep "disabled" cannot be judged by what becomes of such a user.
func (w *world) alreadyExists(ctx context.Context, theGroup, name, disabled string) error {
	if theGroup != "" {
		groupName, err := w.groupName(name)
		if err != nil {
			return err
		}
		return w.create(ctx, w.judge(), "Groups", scim.GroupURN, "displayName", groupName)
	}
	if err := w.existing(ctx, name, disabled == ""); err != nil || disabled == "" {
		return err
	}
	user, err := w.theOne(ctx, "Users", name)
	if err != nil {
		return err
	}
	if active, _ := user.Get("active"); active != false {
		return &Mismatch{What: "a user created with active false", Want: "false", Got: fmt.Sprint(active)}
	}
	return nil
}

// existing creates the user with all that the mapping would send, as an
// administrator of the target might have.
func (w *world) existing(ctx context.Context, name string, active bool) error {
	answer, err := w.post(ctx, name, active)
	if err != nil {
		return err
	}
	if answer.Status != http.StatusCreated {
		return &Mismatch{What: "POST /Users", Want: "201", Got: statusOf(answer)}
	}
	return w.remember(ctx, []string{name}, "")
}

func (w *world) post(ctx context.Context, name string, active bool) (*wire.Response, error) {
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
	return w.send(ctx, w.judge(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body})
}

func (w *world) isCreatedASecondTime(ctx context.Context, name string) (err error) {
	w.last, err = w.post(ctx, name, true)
	return err
}

func (w *world) somebodyDeletes(ctx context.Context, name string) error {
	id := w.ids["user "+name]
	answer, err := w.send(ctx, w.judge(), wire.Request{Method: http.MethodDelete, Path: []string{"Users", id}})
	if err != nil {
		return err
	}
	if answer.Status != http.StatusNoContent && answer.Status != http.StatusOK {
		return &Mismatch{What: "DELETE /Users/" + id, Want: "204", Got: statusOf(answer)}
	}
	return nil
}

// aUserWithoutUserName carries its mark in another attribute, so that it can be
// removed should the target take it.
func (w *world) aUserWithoutUserName(ctx context.Context) (err error) {
	body := scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
		scim.Member{Name: "displayName", Value: w.cast.markName("Nobody")},
	)
	w.last, err = w.send(ctx, w.judge(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body})
	return err
}

func (w *world) theTargetRefusesIt() error {
	if w.last == nil {
		return fmt.Errorf("nothing was sent")
	}
	return w.expectThat(w.last.Status == http.StatusBadRequest, "POST /Users", "400", statusOf(w.last))
}
