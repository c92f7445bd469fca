package steps

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// tour is one walk through everything that a target offers, kept whole, for
// requirements on every answer: content types, schemas, error bodies, secrets.
type tour struct {
	stops []stop
}

// stop is one request of the tour with its answer.
type stop struct {
	asked  wire.Request
	answer *wire.Response
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

// walkThrough creates, reads, lists, searches, changes, provokes errors and
// deletes. What the target refuses is part of the tour.
func (w *world) walkThrough(ctx context.Context) (*tour, error) {
	t := &tour{}
	user, id, err := t.settle(ctx, w, "Users", w.tourUsers())
	if err != nil {
		return nil, err
	}
	if id == "" {
		refused := t.stops[len(t.stops)-1]
		return nil, &Mismatch{What: "POST /Users " + textOf(user), Want: "201 with an id", Got: statusOf(refused.answer)}
	}
	member := scim.NewObject(scim.Member{Name: "value", Value: id})
	group := merge(w.template("Groups", "tour"), scim.NewObject(scim.Member{Name: "members", Value: []any{member}}))
	group, groupID, err := t.settle(ctx, w, "Groups", []*scim.Object{group})
	if err != nil {
		return nil, err
	}
	requests := w.userStops(user, id)
	if groupID != "" {
		requests = append(requests, groupStops(group, groupID)...)
	}
	requests = append(requests, w.otherStops(user)...)
	requests = append(requests, strangerStops(user, w.mark()+"-nobody")...)
	if w.run.missing(ctx, "bulk") == "" {
		requests = append(requests, bulkStop(user, id))
	}
	if groupID != "" {
		requests = append(requests, wire.Request{Method: http.MethodDelete, Path: []string{"Groups", groupID}})
	}
	for _, r := range append(requests, lastStops(id)...) {
		if _, err := t.visit(ctx, w, r); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// settle creates the first of the bodies that the target takes, and returns it.
func (t *tour) settle(ctx context.Context, w *world, collection string, bodies []*scim.Object) (taken *scim.Object, id string, err error) {
	for _, body := range bodies {
		made, err := t.visit(ctx, w, wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body})
		if err != nil {
			return nil, "", err
		}
		taken = body
		if made.answer.Status/100 != 2 {
			continue
		}
		if id = made.body.String("id"); id == "" {
			id, _ = idIn(made.answer.Header.Get("Location"), collection)
		}
		return taken, id, nil
	}
	return taken, "", nil
}

// tourUsers are a user with everything that laws look at, one with the common
// attributes only, and one that fits every target.
func (w *world) tourUsers() []*scim.Object {
	least := w.template("Users", "tour")
	common := merge(least, mustObject(`{"displayName": "Tour Guide", "active": true, "password": `+textOf(w.run.options.Fit.password(0))+`,
		"name": {"givenName": "Tour", "familyName": "Guide"}, "externalId": "`+w.mark()+`-tour"}`))
	mail := func(which string) string { return textOf(w.freshUserName(which)) }
	full := merge(common, mustObject(`{
		"emails": [{"value": `+mail("tour-work")+`, "type": "work", "primary": true}, {"value": `+mail("tour-home")+`, "type": "home"}],
		"phoneNumbers": [{"value": "tel:+12015550123", "type": "work"}, {"value": "tel:+12015550124", "type": "mobile"}],
		"addresses": [{"type": "work", "streetAddress": "1 Main Street", "locality": "Springfield", "country": "US"}],
		"photos": [{"value": "https://photos.example.com/tour.jpg", "type": "photo"}],
		"x509Certificates": [{"value": "`+certificate()+`"}],
		"profileUrl": "https://profiles.example.com/tour", "title": "Guide", "userType": "Employee",
		"preferredLanguage": "en-US", "locale": "en-US", "timezone": "America/Los_Angeles",
		"`+scim.EnterpriseURN+`": {"employeeNumber": "701984", "department": "Tours", "costCenter": "4130"}}`))
	return []*scim.Object{withSchemas(full), common, least}
}

// mustObject reads an object that stands in this program.
func mustObject(text string) *scim.Object {
	o, err := scim.ParseObject([]byte(text))
	if err != nil {
		panic(err)
	}
	return o
}

func (t *tour) visit(ctx context.Context, w *world, r wire.Request) (stop, error) {
	answer, err := w.send(ctx, w.judge(), r)
	if err != nil {
		return stop{}, err
	}
	s := stopOf(r, answer)
	t.stops = append(t.stops, s)
	return s, nil
}

func stopOf(r wire.Request, answer *wire.Response) stop {
	s := stop{asked: r, answer: answer}
	if body, err := answer.Object(); err == nil {
		s.body = body
	}
	return s
}

func reading(path ...string) wire.Request { return wire.Request{Method: http.MethodGet, Path: path} }

func querying(name, value string, path ...string) wire.Request {
	return wire.Request{Method: http.MethodGet, Path: path, Query: [][2]string{{name, value}}}
}

func searching(filter string, path ...string) wire.Request {
	body := scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}},
		scim.Member{Name: "filter", Value: filter},
	)
	return wire.Request{Method: http.MethodPost, Path: append(path, ".search"), Body: body}
}

func replacement(attribute, value string) *scim.Object {
	return patchOp([]any{scim.NewObject(
		scim.Member{Name: "op", Value: "replace"},
		scim.Member{Name: "path", Value: attribute},
		scim.Member{Name: "value", Value: value},
	)})
}

// userStops look at a user and change it.
func (w *world) userStops(user *scim.Object, id string) []wire.Request {
	byName := "userName eq " + textOf(user.String("userName"))
	replaced := merge(user, mustObject(`{"displayName": "Tour Leader"}`))
	part := searching(byName, "Users")
	if body, ok := part.Body.(*scim.Object); ok {
		body.Set("attributes", []any{"userName", "password"})
	}
	return []wire.Request{
		reading("Users", id),
		querying("attributes", "userName", "Users", id),
		querying("attributes", "userName,password", "Users", id),
		querying("attributes", scim.UserURN+":password", "Users", id),
		querying("excludedAttributes", "emails", "Users", id),
		querying("count", "2", "Users"),
		querying("filter", byName, "Users"),
		{Method: http.MethodGet, Path: []string{"Users"}, Query: [][2]string{{"filter", byName}, {"attributes", "password"}}},
		searching(byName, "Users"), part, searching(byName),
		{Method: http.MethodPut, Path: []string{"Users", id}, Body: replaced},
		reading("Users", id),
		{Method: http.MethodPatch, Path: []string{"Users", id}, Body: replacement("displayName", "Tourist")},
		{Method: http.MethodPatch, Path: []string{"Users", id}, Body: replacement("password", w.run.options.Fit.password(1))},
		reading("Users", id),
		querying("filter", byName, "Users"),
	}
}

// groupStops do the same with a group.
func groupStops(group *scim.Object, id string) []wire.Request {
	byName := "displayName eq " + textOf(group.String("displayName"))
	name := group.String("displayName") + "-renamed"
	return []wire.Request{
		reading("Groups", id),
		querying("count", "2", "Groups"),
		querying("filter", byName, "Groups"),
		searching(byName, "Groups"),
		{Method: http.MethodPut, Path: []string{"Groups", id}, Body: group},
		{Method: http.MethodPatch, Path: []string{"Groups", id}, Body: replacement("displayName", name)},
		reading("Groups", id),
	}
}

// otherStops provoke errors, among them such that could give a password away, and
// read what the target says of itself.
func (w *world) otherStops(user *scim.Object) []wire.Request {
	return []wire.Request{
		{Method: http.MethodPost, Path: []string{"Users"}, Body: user},                                                     // a duplicate
		{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"userName":` + textOf(user.String("userName")))}, // broken JSON
		{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"displayName":` + textOf(user.String("userName")) +
			`,"active":"of course","password":` + textOf(w.run.options.Fit.password(0)) + `}`)},
		reading("Users", "sduo-no-such-id"),
		querying("filter", "userName eq", "Users"),
		querying("filter", "password eq "+textOf(w.run.options.Fit.password(1)), "Users"),
		reading("ServiceProviderConfig"), reading("Schemas"), reading("ResourceTypes"),
		reading("Schemas", scim.UserURN), reading("ResourceTypes", "User"),
	}
}

// strangerStops come without the right credentials, and to what is not there.
func strangerStops(user *scim.Object, id string) []wire.Request {
	stranger := func(credentials ...string) wire.Request {
		r := querying("count", "1", "Users")
		r.Header = http.Header{"Authorization": credentials}
		return r
	}
	return []wire.Request{
		stranger(), stranger("Bearer " + wrongToken),
		{Method: http.MethodPut, Path: []string{"Users", id}, Body: user},
		{Method: http.MethodPatch, Path: []string{"Users", id}, Body: replacement("displayName", "Nobody")},
		{Method: http.MethodDelete, Path: []string{"Users", id}},
		reading("Groups", id), reading("Schemas", id), reading(id),
	}
}

// bulkStop changes the user once more.
func bulkStop(user *scim.Object, id string) wire.Request {
	operation := scim.NewObject(
		scim.Member{Name: "method", Value: http.MethodPut},
		scim.Member{Name: "path", Value: "/Users/" + id},
		scim.Member{Name: "data", Value: user},
	)
	return wire.Request{Method: http.MethodPost, Path: []string{"Bulk"}, Body: scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}},
		scim.Member{Name: "Operations", Value: []any{operation}},
	)}
}

// lastStops end the user's life.
func lastStops(id string) []wire.Request {
	return []wire.Request{{Method: http.MethodDelete, Path: []string{"Users", id}}, reading("Users", id)}
}

func join(path []string) string { return strings.Join(path, "/") }
