package steps

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// tour is one walk through everything that a target offers, kept whole, for
// requirements on every answer: content types, schemas, error bodies, secrets.
type tour struct {
	stops []stop
}

// stop is one request of the tour with its answer.
type stop struct {
	asked  scim.Request
	answer *scim.Response
	body   *scim.Object // nil if the answer is no JSON object
}

func (s stop) String() string {
	return fmt.Sprintf("%s /%s%s", s.asked.Method, join(s.asked.Path), queryText(s.asked))
}

// theTour walks once per run.
func (w *world) theTour(ctx context.Context) (*tour, error) {
	common, err := w.run.commonWorld()
	if err != nil {
		return nil, err
	}
	w.move(common)
	return w.run.shared.tour.get(func() (*tour, error) { return common.walkThrough(ctx) })
}

// tourPassword is looked for in every answer.
const tourPassword = "sduo-Pa55-w0rd-never-shown"

// walkThrough creates, reads, lists, searches, changes, provokes errors and
// deletes. What the target refuses is part of the tour.
func (w *world) walkThrough(ctx context.Context) (*tour, error) {
	t := &tour{}
	user := merge(w.template("Users", "tour"), scim.NewObject(
		scim.Member{Name: "displayName", Value: "Tour Guide"},
		scim.Member{Name: "password", Value: tourPassword},
	))
	created, err := t.visit(ctx, w, scim.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: user})
	if err != nil {
		return nil, err
	}
	id := created.body.String("id")
	group := merge(w.template("Groups", "tour"), scim.NewObject(
		scim.Member{Name: "members", Value: []any{scim.NewObject(scim.Member{Name: "value", Value: id})}},
	))
	made, err := t.visit(ctx, w, scim.Request{Method: http.MethodPost, Path: []string{"Groups"}, Body: group})
	if err != nil {
		return nil, err
	}
	for _, r := range tourRequests(user, id, made.body.String("id")) {
		if _, err := t.visit(ctx, w, r); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *tour) visit(ctx context.Context, w *world, r scim.Request) (stop, error) {
	answer, err := w.send(ctx, w.judge(), r)
	if err != nil {
		return stop{}, err
	}
	s := stop{asked: r, answer: answer}
	if body, err := answer.Object(); err == nil {
		s.body = body
	}
	t.stops = append(t.stops, s)
	return s, nil
}

// tourRequests are the stops after the creations.
func tourRequests(user *scim.Object, id, group string) []scim.Request {
	get := func(path ...string) scim.Request { return scim.Request{Method: http.MethodGet, Path: path} }
	query := func(name, value string, path ...string) scim.Request {
		return scim.Request{Method: http.MethodGet, Path: path, Query: [][2]string{{name, value}}}
	}
	replaced := merge(user, scim.NewObject(scim.Member{Name: "displayName", Value: "Tour Leader"}))
	rename := patchOp([]any{scim.NewObject(
		scim.Member{Name: "op", Value: "replace"},
		scim.Member{Name: "path", Value: "displayName"},
		scim.Member{Name: "value", Value: "Tourist"},
	)})
	search := scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}},
		scim.Member{Name: "filter", Value: "userName eq " + textOf(user.String("userName"))},
	)
	return []scim.Request{
		get("Users", id),
		query("attributes", "userName", "Users", id),
		query("count", "2", "Users"),
		query("count", "2", "Groups"),
		query("filter", "userName eq "+textOf(user.String("userName")), "Users"),
		{Method: http.MethodPost, Path: []string{"Users", ".search"}, Body: search},
		get("Groups", group),
		{Method: http.MethodPut, Path: []string{"Users", id}, Body: replaced},
		{Method: http.MethodPatch, Path: []string{"Users", id}, Body: rename},
		{Method: http.MethodPost, Path: []string{"Users"}, Body: user}, // a duplicate
		{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"schemas":`)},
		get("Users", "sduo-no-such-id"),
		query("filter", "userName eq", "Users"),
		get("ServiceProviderConfig"), get("Schemas"), get("ResourceTypes"),
		get("Schemas", scim.UserURN), get("ResourceTypes", "User"),
		{Method: http.MethodDelete, Path: []string{"Groups", group}},
		{Method: http.MethodDelete, Path: []string{"Users", id}},
		get("Users", id),
	}
}

func join(path []string) string { return strings.Join(path, "/") }
