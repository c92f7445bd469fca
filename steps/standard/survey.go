package standard

import (
	"context"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// survey is one walk through everything that a target offers, kept whole, for
// requirements on every answer: content types, schemas, error bodies, secrets.
type survey struct {
	answers []judge.Answer
}

// theSurvey walks once per run.
func (w *World) theSurvey(ctx context.Context) (*survey, error) {
	return judge.Shared(ctx, w.Session, "tour", func(ctx context.Context, own *judge.Session) (*survey, error) { return New(own).walkThrough(ctx) })
}

// walkThrough creates, reads, lists, searches, changes, provokes errors and
// deletes. What the target refuses is part of the survey.
func (w *World) walkThrough(ctx context.Context) (*survey, error) {
	t := &survey{}
	user, id, err := t.settle(ctx, w, "Users", w.surveyUsers())
	if err != nil {
		return nil, err
	}
	if id == "" {
		refused := t.answers[len(t.answers)-1]
		return nil, &judge.Mismatch{What: "POST /Users " + judge.Text(user), Want: "201 with an id", Got: judge.StatusOf(refused.Response)}
	}
	member := scim.NewObject(scim.Member{Name: "value", Value: id})
	group := judge.Merge(w.Template("Groups", "tour"), scim.NewObject(scim.Member{Name: "members", Value: []any{member}}))
	group, groupID, err := t.settle(ctx, w, "Groups", []*scim.Object{group})
	if err != nil {
		return nil, err
	}
	requests := w.userRequests(user, id)
	if groupID != "" {
		requests = append(requests, groupRequests(group, groupID)...)
	}
	requests = append(requests, w.otherRequests(user)...)
	requests = append(requests, strangerRequests(user, w.Mark()+"-nobody")...)
	noBulk, err := w.Run.Missing(ctx, "bulk")
	if err != nil {
		return nil, err
	}
	if noBulk == "" {
		requests = append(requests, bulkRequestOf(user, id))
	}
	if groupID != "" {
		requests = append(requests, wire.Request{Method: http.MethodDelete, Path: []string{"Groups", groupID}})
	}
	for _, r := range append(requests, lastRequests(id)...) {
		if _, err := t.visit(ctx, w, r); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// settle creates the first of the bodies that the target takes, and returns it.
func (t *survey) settle(ctx context.Context, w *World, collection string, bodies []*scim.Object) (taken *scim.Object, id string, err error) {
	for _, body := range bodies {
		made, err := t.visit(ctx, w, wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body})
		if err != nil {
			return nil, "", err
		}
		taken = body
		if made.Response.Status/100 != 2 {
			continue
		}
		if id = made.Body.String("id"); id == "" {
			id, _ = judge.IDIn(made.Response.Header.Get("Location"), collection)
		}
		return taken, id, nil
	}
	return taken, "", nil
}

// surveyUsers are a user with everything that laws look at, one with the common
// attributes only, and one that fits every target.
func (w *World) surveyUsers() []*scim.Object {
	least := w.Template("Users", "tour")
	common := judge.Merge(least, judge.MustObject(`{"displayName": "Tour Guide", "active": true, "password": `+judge.Text(w.Run.Fit.Password(0))+`,
		"name": {"givenName": "Tour", "familyName": "Guide"}, "externalId": "`+w.Mark()+`-tour"}`))
	mail := func(which string) string { return judge.Text(w.UserName(which)) }
	full := judge.Merge(common, judge.MustObject(`{
		"emails": [{"value": `+mail("tour-work")+`, "type": "work", "primary": true}, {"value": `+mail("tour-home")+`, "type": "home"}],
		"phoneNumbers": [{"value": "tel:+12015550123", "type": "work"}, {"value": "tel:+12015550124", "type": "mobile"}],
		"addresses": [{"type": "work", "streetAddress": "1 Main Street", "locality": "Springfield", "country": "US"}],
		"photos": [{"value": "https://photos.example.com/tour.jpg", "type": "photo"}],
		"x509Certificates": [{"value": "`+judge.Certificate()+`"}],
		"profileUrl": "https://profiles.example.com/survey", "title": "Guide", "userType": "Employee",
		"preferredLanguage": "en-US", "locale": "en-US", "timezone": "America/Los_Angeles",
		"`+scim.EnterpriseURN+`": {"employeeNumber": "701984", "department": "Tours", "costCenter": "4130"}}`))
	return []*scim.Object{judge.WithSchemas(full), common, least}
}

func (t *survey) visit(ctx context.Context, w *World, r wire.Request) (judge.Answer, error) {
	answer, err := w.Send(ctx, w.Client(), r)
	if err != nil {
		return judge.Answer{}, err
	}
	s := judge.AnswerOf(r, answer)
	t.answers = append(t.answers, s)
	return s, nil
}

// userRequests look at a user and change it.
func (w *World) userRequests(user *scim.Object, id string) []wire.Request {
	byName := "userName eq " + judge.Text(user.String("userName"))
	replaced := judge.Merge(user, judge.MustObject(`{"displayName": "Tour Leader"}`))
	part := judge.Searching(byName, "Users")
	if body, ok := part.Body.(*scim.Object); ok {
		body.Set("attributes", []any{"userName", "password"})
	}
	return []wire.Request{
		judge.Reading("Users", id),
		judge.Querying("attributes", "userName", "Users", id),
		judge.Querying("attributes", "userName,password", "Users", id),
		judge.Querying("attributes", scim.UserURN+":password", "Users", id),
		judge.Querying("excludedAttributes", "emails", "Users", id),
		judge.Querying("count", "2", "Users"),
		judge.Querying("filter", byName, "Users"),
		{Method: http.MethodGet, Path: []string{"Users"}, Query: [][2]string{{"filter", byName}, {"attributes", "password"}}},
		judge.Searching(byName, "Users"), part, judge.Searching(byName),
		{Method: http.MethodPut, Path: []string{"Users", id}, Body: replaced},
		judge.Reading("Users", id),
		{Method: http.MethodPatch, Path: []string{"Users", id}, Body: judge.ReplaceBody("displayName", "Tourist")},
		{Method: http.MethodPatch, Path: []string{"Users", id}, Body: judge.ReplaceBody("password", w.Run.Fit.Password(1))},
		judge.Reading("Users", id),
		judge.Querying("filter", byName, "Users"),
	}
}

// groupRequests do the same with a group.
func groupRequests(group *scim.Object, id string) []wire.Request {
	byName := "displayName eq " + judge.Text(group.String("displayName"))
	name := group.String("displayName") + "-renamed"
	return []wire.Request{
		judge.Reading("Groups", id),
		judge.Querying("count", "2", "Groups"),
		judge.Querying("filter", byName, "Groups"),
		judge.Searching(byName, "Groups"),
		{Method: http.MethodPut, Path: []string{"Groups", id}, Body: group},
		{Method: http.MethodPatch, Path: []string{"Groups", id}, Body: judge.ReplaceBody("displayName", name)},
		judge.Reading("Groups", id),
	}
}

// otherRequests provoke errors, among them such that could give a password away, and
// read what the target says of itself.
func (w *World) otherRequests(user *scim.Object) []wire.Request {
	return []wire.Request{
		{Method: http.MethodPost, Path: []string{"Users"}, Body: user},                                                         // a duplicate
		{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"userName":` + judge.Text(user.String("userName")))}, // broken JSON
		{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"displayName":` + judge.Text(user.String("userName")) +
			`,"active":"of course","password":` + judge.Text(w.Run.Fit.Password(0)) + `}`)},
		judge.Reading("Users", "sduo-no-such-id"),
		judge.Querying("filter", "userName eq", "Users"),
		judge.Querying("filter", "password eq "+judge.Text(w.Run.Fit.Password(1)), "Users"),
		judge.Reading("ServiceProviderConfig"), judge.Reading("Schemas"), judge.Reading("ResourceTypes"),
		judge.Reading("Schemas", scim.UserURN), judge.Reading("ResourceTypes", "User"),
	}
}

// strangerRequests come without the right credentials, and to what is not there.
func strangerRequests(user *scim.Object, id string) []wire.Request {
	stranger := func(credentials ...string) wire.Request {
		r := judge.Querying("count", "1", "Users")
		r.Header = http.Header{"Authorization": credentials}
		return r
	}
	return []wire.Request{
		stranger(), stranger("Bearer " + judge.WrongToken),
		{Method: http.MethodPut, Path: []string{"Users", id}, Body: user},
		{Method: http.MethodPatch, Path: []string{"Users", id}, Body: judge.ReplaceBody("displayName", "Nobody")},
		{Method: http.MethodDelete, Path: []string{"Users", id}},
		judge.Reading("Groups", id), judge.Reading("Schemas", id), judge.Reading(id),
	}
}

// bulkRequestOf changes the user once more.
func bulkRequestOf(user *scim.Object, id string) wire.Request {
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

// lastRequests end the user's life.
func lastRequests(id string) []wire.Request {
	return []wire.Request{{Method: http.MethodDelete, Path: []string{"Users", id}}, judge.Reading("Users", id)}
}
