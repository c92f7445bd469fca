package standard

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/laws"
)

// The steps about what a target knows of resources, and how resources refer to
// each other.

// usersShowTheirGroups tries it out: "groups" need not be offered.
func (w *World) usersShowTheirGroups(ctx context.Context) error {
	if err := w.Make(ctx, "Probe", "Users", w.Template("Users", "probe")); err != nil {
		return err
	}
	group := w.Template("Groups", "probe")
	group.Set("members", []any{scim.NewObject(scim.Member{Name: "value", Value: w.Subjects["Probe"].ID})})
	if err := w.Make(ctx, "Probes", "Groups", group); err != nil {
		return err
	}
	err := w.Eventually(ctx, func() error {
		now, err := w.Reread(ctx, "Probe")
		if err == nil && len(now.Shown.Array("groups")) == 0 {
			err = &judge.Mismatch{What: "groups", Want: "the group", Got: "none"}
		}
		return err
	})
	if judge.IsRefusal(err) {
		return &judge.Unsupported{Reason: "a user in a group shows no groups at this target"}
	}
	return err
}

// everyReferenceLeads follows meta.location and each $ref that stands beside an
// id. One that is not there is no fault: neither has to be shown.
func (w *World) everyReferenceLeads(ctx context.Context, name string) error {
	now, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	w.Asserted(1)
	references := map[string]string{}
	if location := now.Shown.Object("meta").String("location"); location != "" {
		references[location] = now.ID
	}
	laws.EachObject(now.Shown, 0, func(o *scim.Object, _ int) {
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
func (w *World) leadsTo(ctx context.Context, reference, id string) error {
	what := "GET of the reference " + reference
	base, err := url.Parse(strings.TrimSuffix(w.Conn.URL, "/") + "/")
	if err != nil {
		return err
	}
	target, err := base.Parse(reference)
	if err != nil || target.Scheme != "http" && target.Scheme != "https" {
		return w.ExpectThat(false, what, "an HTTP address", "none")
	}
	var path []string
	for segment := range strings.SplitSeq(strings.Trim(target.EscapedPath(), "/"), "/") {
		if segment, err = url.PathUnescape(segment); err != nil {
			return w.ExpectThat(false, what, "a well-encoded path", err.Error())
		}
		path = append(path, segment)
	}
	answer, err := w.Send(ctx, w.ClientAt(judge.Origin(w.Conn.URL), w.Conn.Token), wire.Request{Method: http.MethodGet, Path: path})
	if err != nil {
		return err
	}
	object, err := answer.Object()
	if answer.Status != http.StatusOK || err != nil {
		return w.ExpectThat(false, what, "200 with the resource "+id, judge.StatusOf(answer))
	}
	return w.Expect("id of what the reference "+reference+" names", id, object.String("id"))
}

// unknownMembersAreTreatedAlike sends a member that is no resource in three ways.
// A target may refuse it, keep it or drop it, but in one way everywhere.
func (w *World) unknownMembersAreTreatedAlike(ctx context.Context) error {
	nobody := []any{scim.NewObject(scim.Member{Name: "value", Value: "sduo-no-such-id"})}
	outcomes := map[string]string{}
	note := func(how, name string, err error) error {
		if err != nil {
			return err
		}
		switch {
		case w.Last.Status/100 == 4 || w.Last.Status == http.StatusNotImplemented:
			outcomes[how] = "refused"
		case w.Last.Status >= 500:
			return w.ExpectNoServerError()
		default:
			now, err := w.Reread(ctx, name)
			if err != nil {
				return err
			}
			outcomes[how] = map[bool]string{true: "kept", false: "dropped"}[len(now.Shown.Array("members")) > 0]
		}
		return nil
	}
	created := w.Template("Groups", "nobody")
	created.Set("members", nobody)
	if err := note("POST", "Created", w.Creating(ctx, "group", "Created", created)); err != nil {
		return err
	}
	for _, how := range []string{http.MethodPut, http.MethodPatch} {
		if err := w.Make(ctx, how, "Groups", w.Template("Groups", how)); err != nil {
			return err
		}
		path := []string{"Groups", w.Subjects[how].ID}
		body := judge.Merge(w.Template("Groups", how), scim.NewObject(scim.Member{Name: "members", Value: nobody}))
		if how == http.MethodPatch {
			body = judge.AddMembers(nobody)
		}
		if err := note(how, how, w.Ask(ctx, how, path, nil, body)); err != nil {
			return err
		}
	}
	if outcomes["PATCH"] == "refused" && w.Last.Status == http.StatusNotImplemented {
		delete(outcomes, "PATCH")
	}
	for how, outcome := range outcomes {
		if err := w.ExpectThat(outcome == outcomes["POST"], "an unknown member sent by "+how, outcomes["POST"]+", as by POST", outcome); err != nil {
			return err
		}
	}
	return nil
}

// thoseThatExist are the users among the members, sorted.
func (w *World) thoseThatExist(ctx context.Context, members []string) ([]string, error) {
	var found []string
	for _, id := range members {
		answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodGet, Path: []string{"Users", id}})
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
