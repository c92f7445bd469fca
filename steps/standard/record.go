package standard

import (
	"context"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The sentences that send many requests, for requirements on every answer: content
// types, schemas, error bodies, secrets. They are sent once in a run and recorded.

// record is what the target answers to the requests about one user and one group.
type record struct {
	served  []judge.Answer // to what a client does with them, from creation to deletion
	refused []judge.Answer // to what has to be refused meanwhile

	unanswered int     // requests that got none
	lost       []error // of creations that got none twice, while other requests do
}

// mayBeUnanswered is how many requests of a record may get no answer: a target that
// answers fewer is not there.
const mayBeUnanswered = 5

// theClientDoesEverything takes the answers to what a client does with a user and a group.
func (w *World) theClientDoesEverything(ctx context.Context) error {
	r, err := w.recorded(ctx)
	if err == nil {
		w.Several = append(w.Several, r.served...)
		w.lost = append(w.lost, r.lost...)
	}
	return err
}

func (w *World) theClientMakesWrongRequests(ctx context.Context) error {
	r, err := w.recorded(ctx)
	if err == nil {
		w.Several = append(w.Several, r.refused...)
	}
	return err
}

// theClientReadsDiscovery needs neither a user nor a group.
func (w *World) theClientReadsDiscovery(ctx context.Context) error {
	answers, err := judge.Shared(ctx, w.Session, "discovery", func(ctx context.Context, own *judge.Session) ([]judge.Answer, error) {
		var answers []judge.Answer
		err := New(own).visitAll(ctx, &record{}, &answers,
			judge.Reading("ServiceProviderConfig"), judge.Reading("Schemas"), judge.Reading("ResourceTypes"),
			judge.Reading("Schemas", scim.UserURN), judge.Reading("ResourceTypes", "User"))
		return answers, err
	})
	if err == nil {
		w.Several = append(w.Several, answers...)
	}
	return err
}

func (w *World) recorded(ctx context.Context) (*record, error) {
	return judge.Shared(ctx, w.Session, "record", func(ctx context.Context, own *judge.Session) (*record, error) {
		return New(own).makeRecord(ctx)
	})
}

// makeRecord creates, reads, lists, searches, changes and deletes; before it deletes,
// it provokes errors.
func (w *World) makeRecord(ctx context.Context) (*record, error) {
	r := &record{}
	user, id, err := w.createOne(ctx, r, "Users", w.recordedUsers())
	if err != nil {
		return nil, err
	}
	if id == "" {
		return nil, w.NotCreated("Users", r.served[len(r.served)-1].Response)
	}
	member := scim.NewObject(scim.Member{Name: "value", Value: id})
	group := judge.Merge(w.Template("Groups", "recorded"), scim.NewObject(scim.Member{Name: "members", Value: []any{member}}))
	group, groupID, err := w.createOne(ctx, r, "Groups", []*scim.Object{group})
	if err != nil {
		return nil, err
	}
	return r, w.useAndDelete(ctx, r, user, id, group, groupID)
}

// useAndDelete does the rest; a target without groups has no groupID.
func (w *World) useAndDelete(ctx context.Context, r *record, user *scim.Object, id string, group *scim.Object, groupID string) error {
	served, last := w.userRequests(user, id), []wire.Request{{Method: http.MethodDelete, Path: []string{"Users", id}}}
	if groupID != "" {
		served = append(served, groupRequests(group, groupID)...)
		last = append([]wire.Request{{Method: http.MethodDelete, Path: []string{"Groups", groupID}}}, last...)
	}
	missing, err := w.Run.Missing(ctx, "bulk")
	if err != nil {
		return err
	}
	if missing == "" {
		served = append(served, bulkRequest(user, id))
	}
	if err := w.visitAll(ctx, r, &r.served, served...); err != nil {
		return err
	}
	refused := append(w.wrongRequests(user), strayRequests(user, w.Mark()+"-nobody")...)
	if err := w.visitAll(ctx, r, &r.refused, refused...); err != nil {
		return err
	}
	if err := w.visitAll(ctx, r, &r.served, last...); err != nil {
		return err
	}
	return w.visitAll(ctx, r, &r.refused, judge.Reading("Users", id))
}

// visitAll sends the requests and keeps the answers, whatever they are. A request that gets
// none costs no more than itself: what the target does there is told by the requirement on it.
func (w *World) visitAll(ctx context.Context, r *record, answers *[]judge.Answer, requests ...wire.Request) error {
	for _, request := range requests {
		a, err := w.Visit(ctx, request)
		if judge.IsUnanswered(err) && r.unanswered < mayBeUnanswered {
			r.unanswered++
			continue
		}
		if err != nil {
			return err
		}
		*answers = append(*answers, a)
	}
	return nil
}

// createOne creates the first of the bodies that the target takes, and returns it; the
// id is "" if it takes none.
func (w *World) createOne(ctx context.Context, r *record, collection string, bodies []*scim.Object) (taken *scim.Object, id string, err error) {
	for _, taken = range bodies {
		made, err := w.Visit(ctx, wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: taken})
		if found := w.lostAgain(ctx, collection, len(r.served), err); found != nil {
			r.lost = append(r.lost, found)
			continue
		}
		if err != nil {
			return nil, "", err
		}
		r.served = append(r.served, made)
		if made.Response.Status/100 != 2 {
			continue
		}
		if id = scim.IDOf(made.Body); id == "" {
			id, _ = wire.IDIn(made.Response.Header.Get("Location"), collection)
		}
		return taken, id, nil
	}
	return taken, "", nil
}

// recordedUsers are a user with everything that laws look at, one with the common
// attributes only, and one that fits every target.
func (w *World) recordedUsers() []*scim.Object {
	least := w.Template("Users", "recorded")
	common := judge.Merge(least, judge.MustObject(`{"displayName": "Ann Other", "active": true, "password": `+judge.Text(w.Run.Fit.Password(0))+`,
		"name": {"givenName": "Ann", "familyName": "Other"}, "externalId": "`+w.Mark()+`-recorded"}`))
	mail := func(which string) string { return judge.Text(w.UserName(which)) }
	full := judge.Merge(common, judge.MustObject(`{
		"emails": [{"value": `+mail("recorded-work")+`, "type": "work", "primary": true}, {"value": `+mail("recorded-home")+`, "type": "home"}],
		"phoneNumbers": [{"value": "tel:+12015550123", "type": "work"}, {"value": "tel:+12015550124", "type": "mobile"}],
		"addresses": [{"type": "work", "streetAddress": "1 Main Street", "locality": "Springfield", "country": "US"}],
		"photos": [{"value": "https://photos.example.com/ann.jpg", "type": "photo"}],
		"x509Certificates": [{"value": "`+judge.Certificate()+`"}],
		"profileUrl": "https://profiles.example.com/ann", "title": "Analyst", "userType": "Employee",
		"preferredLanguage": "en-US", "locale": "en-US", "timezone": "America/Los_Angeles",
		"`+scim.EnterpriseURN+`": {"employeeNumber": "701984", "department": "Analysis", "costCenter": "4130"}}`))
	return []*scim.Object{judge.WithSchemas(full), common, least}
}

// userRequests look at a user and change it.
func (w *World) userRequests(user *scim.Object, id string) []wire.Request {
	byName := "userName eq " + judge.Text(user.String("userName"))
	replaced := judge.Merge(user, judge.MustObject(`{"displayName": "Ann Changed"}`))
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
		{Method: http.MethodPatch, Path: []string{"Users", id}, Body: judge.ReplaceBody("displayName", "Ann Patched")},
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

// wrongRequests provoke errors, among them such that could give a password away.
func (w *World) wrongRequests(user *scim.Object) []wire.Request {
	return []wire.Request{
		{Method: http.MethodPost, Path: []string{"Users"}, Body: user},                                                         // a duplicate
		{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"userName":` + judge.Text(user.String("userName")))}, // broken JSON
		{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"displayName":` + judge.Text(user.String("userName")) +
			`,"active":"of course","password":` + judge.Text(w.Run.Fit.Password(0)) + `}`)},
		{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"schemas":["` + scim.UserURN + `"],"displayName":` + judge.Text(user.String("userName")) + `}`)}, // no name
		judge.Reading("Users", "sduo-no-such-id"),
		judge.Querying("filter", "userName eq", "Users"),
		judge.Querying("filter", "password eq "+judge.Text(w.Run.Fit.Password(1)), "Users"),
	}
}

// strayRequests come without the right credentials, and to what is not there.
func strayRequests(user *scim.Object, id string) []wire.Request {
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

// bulkRequest changes the user once more.
func bulkRequest(user *scim.Object, id string) wire.Request {
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
