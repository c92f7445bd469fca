package standard

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about addresses, versions, representations and tenants.

// theAnswerTellsWhere judges the answer to a creation: Location and
// meta.location agree and end in the resource's id.
func (w *World) theAnswerTellsWhere(name string) error {
	header := w.Last.Header.Get("Location")
	if header == "" && w.Last.Status/100 == 2 {
		return w.ExpectThat(false, "the header Location of the answer to "+w.TheRequest(), "the address of the new resource", "none")
	}
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	if err := w.ExpectThat(leadsTo(header, s), "the header Location of the answer to "+w.TheRequest(), "the address of the new resource", judge.QuotedOrNone(header)); err != nil {
		return err
	}
	if len(w.Last.Body) == 0 {
		return nil
	}
	body, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	inside := body.Object("meta").String("location")
	return w.ExpectThat(w.resolved(inside) == w.resolved(header), "meta.location in the answer to "+w.TheRequest(), "the same as Location, "+header, judge.QuotedOrNone(inside))
}

// leadsTo looks at the end of an address only: behind a proxy a server need not
// know by what name it was reached.
func leadsTo(location string, s *judge.Subject) bool {
	u, err := url.Parse(location)
	if err != nil {
		return false
	}
	path := u.EscapedPath()
	i := strings.LastIndex(path, "/"+s.Collection+"/")
	if i < 0 {
		return false
	}
	id, err := url.PathUnescape(path[i+len(s.Collection)+2:])
	return err == nil && id == s.ID
}

// resolved makes a relative address absolute, by the address of the request.
func (w *World) resolved(location string) string {
	base, err := url.Parse(strings.TrimRight(w.Conn.URL, "/") + "/" + judge.JoinPath(w.Asked.Path))
	if err != nil {
		return location
	}
	u, err := base.Parse(location)
	if err != nil {
		return location
	}
	return u.String()
}

// whatTheAnswerShowsIsTrue compares the answer to a change with the resource as it
// is read afterwards. An answer may have no body, or leave something out.
func (w *World) whatTheAnswerShowsIsTrue(ctx context.Context, name string) error {
	if len(w.Last.Body) == 0 {
		return w.ExpectSuccess()
	}
	told, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		what := "the resource as it is read now, against the answer to " + w.TheRequest()
		return w.ExpectPart(what, bareMembers(judge.WithoutUnassigned(told)), sameClock(told, now.Shown))
	})
}

// theAnswerShowsAllOf is the other direction: the answer leaves nothing out.
func (w *World) theAnswerShowsAllOf(ctx context.Context, name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	if w.Last.Status/100 == 2 && len(w.Last.Body) == 0 {
		return w.ExpectThat(false, "the body of the answer to "+w.TheRequest(), "the resource", "none")
	}
	told, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	now, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	read := bareMembers(sameClock(told, now.Shown))
	for name := range read.Clone().All() {
		if !judge.IsStandard(s.Collection, name) {
			read.Delete(name) // a server may leave out of an answer what it adds of its own
		}
	}
	return w.ExpectPart("the answer to "+w.TheRequest()+", against the resource as it is read now", read, told)
}

// bareMembers reduces members to their ids: what else is told of them depends on
// the answer.
func bareMembers(o *scim.Object) *scim.Object {
	list := o.Array("members")
	if len(list) == 0 {
		return o
	}
	bare := make([]any, len(list))
	for i, v := range list {
		member, _ := v.(*scim.Object)
		value, _ := member.Get("value")
		bare[i] = scim.NewObject(scim.Member{Name: "value", Value: value})
	}
	out := o.Clone()
	out.Set("members", bare)
	return out
}

// theAnswerLists compares the element of a list with the resource as it is read alone.
func (w *World) theAnswerLists(ctx context.Context, name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	body, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	for _, v := range body.Array("Resources") {
		if o, ok := v.(*scim.Object); ok && scim.IDOf(o) == s.ID {
			now, err := w.Reread(ctx, name)
			if err != nil {
				return w.Missed(err)
			}
			told, read := judge.WithoutUnassigned(o), sameClock(o, now.Shown)
			return w.ExpectThat(judge.SameState(told, read), name+" in the list", judge.Text(read), judge.Text(told))
		}
	}
	return w.ExpectThat(false, "the answer to "+w.TheRequest(), name+" in the list", judge.Text(body))
}

// sameClock gives the times of a resource the precision that another
// representation has: a store may keep less of it than the answer told.
func sameClock(told, read *scim.Object) *scim.Object {
	out := judge.WithoutUnassigned(read)
	meta := out.Object("meta").Clone()
	for _, name := range []string{"created", "lastModified"} {
		a, errA := time.Parse(time.RFC3339, told.Object("meta").String(name))
		b, errB := time.Parse(time.RFC3339, meta.String(name))
		if errA == nil && errB == nil && a.Sub(b).Abs() <= time.Second {
			meta.Set(name, told.Object("meta").String(name))
		}
	}
	if meta.Len() > 0 {
		out.Set("meta", meta)
	}
	return out
}

// refusesWithoutCredentials leaves out a target that serves everybody.
func (w *World) refusesWithoutCredentials(ctx context.Context) error {
	a, err := w.Visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{"Users"}, Header: http.Header{"Authorization": nil}})
	if err == nil && a.Response.Status/100 == 2 {
		return &judge.Unsupported{Reason: "the target serves everybody, also without credentials"}
	}
	return err
}

// theSecondClientIsOfAnotherTenant: clients may share everything (section 6). A
// second client that sees what the first one made, by id and in the list, does.
// The embedded target is known to keep its tenants apart.
func (w *World) theSecondClientIsOfAnotherTenant(ctx context.Context) error {
	if w.Run.Target.IsEmbedded() {
		return nil
	}
	if err := w.Make(ctx, "the tenant's", "Users", w.Template("Users", "tenant")); err != nil {
		return err
	}
	s := w.Subjects["the tenant's"]
	second := w.SecondClient()
	found, err := w.Find(ctx, second, "Users", "userName", s.Shown.String("userName"))
	if err != nil {
		return err
	}
	read, err := w.Send(ctx, second, wire.Request{Method: http.MethodGet, Path: []string{"Users", s.ID}})
	if err != nil {
		return err
	}
	inList := slices.ContainsFunc(found, func(o *scim.Object) bool { return scim.IDOf(o) == s.ID })
	if inList && read.Status == http.StatusOK {
		return &judge.Unsupported{Reason: fmt.Sprintf("the second client shares the first one's resources: it reads and finds /Users/%s", s.ID)}
	}
	return nil
}

// theSecondClientCreatesAndDeletes leaves nothing behind: the clean-up, which has
// the first client's token, would not see it.
func (w *World) theSecondClientCreatesAndDeletes(ctx context.Context, what, name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	collection, body := "Users", w.Template("Users", name)
	body.Set("userName", s.Shown.String("userName"))
	if id := s.Shown.String("externalId"); id != "" {
		body.Set("externalId", id)
	}
	if what != "a user like" {
		collection, body = "Groups", w.Template("Groups", "second")
		body.Set("members", []any{scim.NewObject(scim.Member{Name: "value", Value: s.ID})})
	}
	w.Next.Second = true
	if err := w.Ask(ctx, http.MethodPost, []string{collection}, nil, body); err != nil {
		return err
	}
	created, _ := judge.ObjectIn(w.Last)
	id := scim.IDOf(created)
	if w.Last.Status/100 != 2 || id == "" || id == s.ID {
		return nil
	}
	second := w.SecondClient()
	_, err = w.Send(ctx, second, wire.Request{Method: http.MethodDelete, Path: []string{collection, id}})
	return err
}

// agreements are what an answer can show of a resource, by subject and verb.
var agreements = map[string]func(*World, context.Context, string) error{
	"answer tells where":               func(w *World, _ context.Context, name string) error { return w.theAnswerTellsWhere(name) },
	"answer shows":                     (*World).theAnswerShows,
	"answer shows all of":              (*World).theAnswerShowsAllOf,
	"answer lists":                     (*World).theAnswerLists,
	"answer agrees with":               (*World).whatTheAnswerShowsIsTrue,
	"headers of the answer agree with": (*World).theHeadersFit,
}

// theAnswerAgrees compares the last answer with a resource as it is read now.
func (w *World) theAnswerAgrees(ctx context.Context, what, verb, name string) error {
	agrees, ok := agreements[what+" "+verb]
	switch {
	case !ok:
		return fmt.Errorf("nothing is known of what the %s %s", what, verb)
	case w.Last == nil:
		return fmt.Errorf("nothing was asked")
	}
	return agrees(w, ctx, name)
}
