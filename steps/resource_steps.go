package steps

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The steps about what a target knows of resources, and how resources refer to
// each other.

// theTargetKnows takes an attribute for known that its schema declares as
// writable, and any if no schema can be read: a requirement of its own demands
// that. With the standard's defaults it also demands that the definition says
// nothing else (RFC 7643 section 2.2).
func (w *world) theTargetKnows(ctx context.Context, path, kind, defaults string) error {
	collection := map[string]string{"users": "Users", "groups": "Groups"}[kind]
	t, err := w.typeOf(ctx, collection)
	var lacks *unsupported
	if _, wrong := isMismatch(err); wrong || errors.As(err, &lacks) {
		return nil
	}
	if err != nil {
		return err
	}
	a := declaredAt(t, path)
	switch {
	case a == nil:
		return &unsupported{"/Schemas does not declare " + path + " of " + kind}
	case a.Mutability != scim.ReadWrite || a.Returned != scim.ByDefault && a.Returned != scim.Always:
		return &unsupported{fmt.Sprintf("/Schemas declares %s as %s, returned %s", path, a.Mutability, a.Returned)}
	case defaults != "" && !hasDefaults(a):
		return &unsupported{"/Schemas declares " + path + " with other characteristics"}
	}
	return nil
}

// hasDefaults says whether a definition leaves everything to the defaults, but
// for the type and the parts of a complex attribute.
func hasDefaults(a *scim.Attribute) bool {
	partRequired := slices.ContainsFunc(a.SubAttributes, func(sub *scim.Attribute) bool { return sub.Required })
	return !a.Required && !partRequired && !a.CaseExact && a.Uniqueness == scim.NotUnique && len(a.CanonicalValues) == 0
}

// declaredAt finds the definition of "title", "name.givenName" or "urn:…:User:department".
func declaredAt(t *scim.ResourceType, path string) *scim.Attribute {
	s := t.Schema
	if urn, name, ok := cutURN(path); ok {
		x := t.Extension(urn)
		if x == nil {
			return nil
		}
		s, path = x.Schema, name
	}
	name, sub, nested := strings.Cut(path, ".")
	a := s.Attribute(name)
	if nested {
		return a.Sub(sub)
	}
	return a
}

// usersShowTheirGroups tries it out: "groups" need not be offered.
func (w *world) usersShowTheirGroups(ctx context.Context) error {
	if err := w.make(ctx, "Probe", "Users", w.template("Users", "probe")); err != nil {
		return err
	}
	group := w.template("Groups", "probe")
	group.Set("members", []any{scim.NewObject(scim.Member{Name: "value", Value: w.subjects["Probe"].id})})
	if err := w.make(ctx, "Probes", "Groups", group); err != nil {
		return err
	}
	err := w.eventually(ctx, func() error {
		now, err := w.look(ctx, "Probe")
		if err == nil && len(now.shown.Array("groups")) == 0 {
			err = &Mismatch{What: "groups", Want: "the group", Got: "none"}
		}
		return err
	})
	if _, none := isMismatch(err); none {
		return &unsupported{"a user in a group shows no groups at this target"}
	}
	return err
}

// everyReferenceLeads follows meta.location and each $ref that stands beside an
// id. One that is not there is no fault: neither has to be shown.
func (w *world) everyReferenceLeads(ctx context.Context, name string) error {
	now, err := w.look(ctx, name)
	if err != nil {
		return w.missed(err)
	}
	w.assertions++
	references := map[string]string{}
	if location := now.shown.Object("meta").String("location"); location != "" {
		references[location] = now.id
	}
	eachObject(now.shown, 0, func(o *scim.Object, _ int) {
		if ref, id := o.String("$ref"), o.String("value"); ref != "" {
			references[ref] = id
		}
	})
	for reference, id := range references {
		if err := w.leadsTo(ctx, reference, id); err != nil {
			return err
		}
	}
	return nil
}

// leadsTo reads what a reference names. A relative one starts at the service root
// (RFC 7643 section 2.3.7). The host is that of the base URL, whatever the
// reference says: the token goes nowhere else.
func (w *world) leadsTo(ctx context.Context, reference, id string) error {
	what := "GET of the reference " + reference
	base, err := url.Parse(strings.TrimSuffix(w.conn.behind, "/") + "/")
	if err != nil {
		return err
	}
	target, err := base.Parse(reference)
	if err != nil || target.Scheme != "http" && target.Scheme != "https" {
		return w.expectThat(false, what, "an HTTP address", "none")
	}
	var path []string
	for segment := range strings.SplitSeq(strings.Trim(target.EscapedPath(), "/"), "/") {
		if segment, err = url.PathUnescape(segment); err != nil {
			return w.expectThat(false, what, "a well-encoded path", err.Error())
		}
		path = append(path, segment)
	}
	answer, err := w.send(ctx, w.client(origin(w.conn.behind), w.conn.token, w.judgeWire), wire.Request{Method: http.MethodGet, Path: path})
	if err != nil {
		return err
	}
	object, err := answer.Object()
	if answer.Status != http.StatusOK || err != nil {
		return w.expectThat(false, what, "200 with the resource "+id, statusOf(answer))
	}
	return w.expect("id of what the reference "+reference+" names", id, object.String("id"))
}

// unknownMembersAreTreatedAlike sends a member that is no resource in three ways.
// A target may refuse it, keep it or drop it, but in one way everywhere.
func (w *world) unknownMembersAreTreatedAlike(ctx context.Context) error {
	nobody := []any{scim.NewObject(scim.Member{Name: "value", Value: "sduo-no-such-id"})}
	outcomes := map[string]string{}
	note := func(how, name string, err error) error {
		if err != nil {
			return err
		}
		switch {
		case w.last.Status/100 == 4 || w.last.Status == http.StatusNotImplemented:
			outcomes[how] = "refused"
		case w.last.Status >= 500:
			return w.theAnswerIsNoServerError()
		default:
			now, err := w.look(ctx, name)
			if err != nil {
				return err
			}
			outcomes[how] = map[bool]string{true: "kept", false: "dropped"}[len(now.shown.Array("members")) > 0]
		}
		return nil
	}
	created := w.template("Groups", "nobody")
	created.Set("members", nobody)
	if err := note("POST", "Created", w.creating(ctx, "group", "Created", created)); err != nil {
		return err
	}
	for _, how := range []string{http.MethodPut, http.MethodPatch} {
		if err := w.make(ctx, how, "Groups", w.template("Groups", how)); err != nil {
			return err
		}
		path := []string{"Groups", w.subjects[how].id}
		body := merge(w.template("Groups", how), scim.NewObject(scim.Member{Name: "members", Value: nobody}))
		if how == http.MethodPatch {
			body = addMembers(nobody)
		}
		if err := note(how, how, w.ask(ctx, how, path, nil, body)); err != nil {
			return err
		}
	}
	if outcomes["PATCH"] == "refused" && w.last.Status == http.StatusNotImplemented {
		delete(outcomes, "PATCH")
	}
	for how, outcome := range outcomes {
		if err := w.expectThat(outcome == outcomes["POST"], "an unknown member sent by "+how, outcomes["POST"]+", as by POST", outcome); err != nil {
			return err
		}
	}
	return nil
}

func addMembers(members []any) *scim.Object {
	return patchOp([]any{scim.NewObject(
		scim.Member{Name: "op", Value: "add"},
		scim.Member{Name: "path", Value: "members"},
		scim.Member{Name: "value", Value: members},
	)})
}

// thoseThatExist are the users among the members, sorted.
func (w *world) thoseThatExist(ctx context.Context, members []string) ([]string, error) {
	var found []string
	for _, id := range members {
		answer, err := w.send(ctx, w.judge(), wire.Request{Method: http.MethodGet, Path: []string{"Users", id}})
		if err != nil {
			return nil, err
		}
		if answer.Status == http.StatusOK {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return found, nil
}

// theirs are the ids of members in the order of a list.
func theirs(o *scim.Object) []string {
	ids := valuesOf(o, "members")
	slices.Sort(ids)
	return ids
}
