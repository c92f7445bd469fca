package steps

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The steps about addresses, versions, representations and tenants.

// theAnswerTellsWhere judges the answer to a creation: Location and
// meta.location agree and end in the resource's id.
func (w *world) theAnswerTellsWhere(name string) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	header := w.last.Header.Get("Location")
	if err := w.expectThat(leadsTo(header, s), "the header Location of the answer to "+w.theRequest(), "the address of the new resource", quotedOrNone(header)); err != nil {
		return err
	}
	if len(w.last.Body) == 0 {
		return nil
	}
	body, err := w.answered()
	if err != nil {
		return w.missed(err)
	}
	inside := body.Object("meta").String("location")
	return w.expectThat(w.resolved(inside) == w.resolved(header), "meta.location in the answer to "+w.theRequest(), "the same as Location, "+header, quotedOrNone(inside))
}

// leadsTo looks at the end of an address only: behind a proxy a server need not
// know by what name it was reached.
func leadsTo(location string, s *subject) bool {
	u, err := url.Parse(location)
	if err != nil {
		return false
	}
	path := u.EscapedPath()
	i := strings.LastIndex(path, "/"+s.collection+"/")
	if i < 0 {
		return false
	}
	id, err := url.PathUnescape(path[i+len(s.collection)+2:])
	return err == nil && id == s.id
}

// resolved makes a relative address absolute, by the address of the request.
func (w *world) resolved(location string) string {
	base, err := url.Parse(strings.TrimRight(w.conn.behind, "/") + "/" + join(w.asked.Path))
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
func (w *world) whatTheAnswerShowsIsTrue(ctx context.Context, name string) error {
	if len(w.last.Body) == 0 {
		return w.theAnswerIsASuccess()
	}
	told, err := w.answered()
	if err != nil {
		return w.missed(err)
	}
	return w.reread(ctx, name, func(now *subject) error {
		what := "the resource as it is read now, against the answer to " + w.theRequest()
		return w.expectPart(what, bareMembers(withoutUnassigned(told)), sameClock(told, now.shown))
	})
}

// theAnswerShowsAllOf is the other direction: the answer leaves nothing out.
func (w *world) theAnswerShowsAllOf(ctx context.Context, name string) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	told, err := w.answered()
	if err != nil {
		return w.missed(err)
	}
	now, err := w.look(ctx, name)
	if err != nil {
		return w.missed(err)
	}
	read := bareMembers(sameClock(told, now.shown))
	for name := range read.Clone().All() {
		if !isStandard(s.collection, name) {
			read.Delete(name) // a server may leave out of an answer what it adds of its own
		}
	}
	return w.expectPart("the answer to "+w.theRequest()+", against the resource as it is read now", read, told)
}

// isStandard says whether the standard declares the attribute for the collection's resources.
func isStandard(collection, name string) bool {
	t := scim.UserType()
	if collection == "Groups" {
		t = scim.GroupType()
	}
	common := []string{"schemas", "id", "externalId", "meta"}
	return slices.ContainsFunc(common, func(c string) bool { return strings.EqualFold(c, name) }) ||
		slices.ContainsFunc(t.Schema.Attributes, func(a *scim.Attribute) bool { return strings.EqualFold(a.Name, name) })
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
func (w *world) theAnswerLists(ctx context.Context, name string) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	body, err := w.answered()
	if err != nil {
		return w.missed(err)
	}
	for _, v := range body.Array("Resources") {
		if o, ok := v.(*scim.Object); ok && o.String("id") == s.id {
			now, err := w.look(ctx, name)
			if err != nil {
				return w.missed(err)
			}
			told, read := withoutUnassigned(o), sameClock(o, now.shown)
			return w.expectThat(sameState(told, read), name+" in the list", textOf(read), textOf(told))
		}
	}
	return w.expectThat(false, "the answer to "+w.theRequest(), name+" in the list", textOf(body))
}

// sameClock gives the times of a resource the precision that another
// representation has: a store may keep less of it than the answer told.
func sameClock(told, read *scim.Object) *scim.Object {
	out := withoutUnassigned(read)
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

// versionSegment is the end of a base URL that names the protocol's version.
var versionSegment = regexp.MustCompile(`/v\d+$`)

// atVersion is the base URL with the version where the standard has it: before the
// endpoint, in place of the one that the base URL ends in (RFC 7644 section 3.13).
func atVersion(base, version string) string {
	return versionSegment.ReplaceAllString(strings.TrimRight(base, "/"), "") + "/" + version
}

// theSecondClientIsOfAnotherTenant: clients may share everything (section 6). A
// second client that sees what the first one made, by id and in the list, does.
// The embedded target is known to keep its tenants apart.
func (w *world) theSecondClientIsOfAnotherTenant(ctx context.Context) error {
	if w.conn.dashboard != nil {
		return nil
	}
	if err := w.make(ctx, "the tenant's", "Users", w.template("Users", "tenant")); err != nil {
		return err
	}
	s := w.subjects["the tenant's"]
	second := w.client(w.conn.behind, w.conn.secondToken, w.judgeWire)
	found, err := w.find(ctx, second, "Users", "userName", s.shown.String("userName"))
	if err != nil {
		return err
	}
	read, err := w.send(ctx, second, wire.Request{Method: http.MethodGet, Path: []string{"Users", s.id}})
	if err != nil {
		return err
	}
	inList := slices.ContainsFunc(found, func(o *scim.Object) bool { return o.String("id") == s.id })
	if inList && read.Status == http.StatusOK {
		return &unsupported{fmt.Sprintf("the second client shares the first one's resources: it reads and finds /Users/%s", s.id)}
	}
	return nil
}

// theSecondClientCreatesAndDeletes leaves nothing behind: the clean-up, which has
// the first client's token, would not see it.
func (w *world) theSecondClientCreatesAndDeletes(ctx context.Context, what, name string) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	collection, body := "Users", w.template("Users", name)
	body.Set("userName", s.shown.String("userName"))
	if id := s.shown.String("externalId"); id != "" {
		body.Set("externalId", id)
	}
	if what != "a user like" {
		collection, body = "Groups", w.template("Groups", "second")
		body.Set("members", []any{scim.NewObject(scim.Member{Name: "value", Value: s.id})})
	}
	w.second = true
	if err := w.ask(ctx, http.MethodPost, []string{collection}, nil, body); err != nil {
		return err
	}
	created, _ := w.last.Object()
	id := created.String("id")
	if w.last.Status/100 != 2 || id == "" || id == s.id {
		return nil
	}
	second := w.client(w.conn.behind, w.conn.secondToken, w.judgeWire)
	_, err = w.send(ctx, second, wire.Request{Method: http.MethodDelete, Path: []string{collection, id}})
	return err
}

// agreements are what an answer can show of a resource, by subject and verb.
var agreements = map[string]func(*world, context.Context, string) error{
	"answer tells where":               func(w *world, _ context.Context, name string) error { return w.theAnswerTellsWhere(name) },
	"answer shows":                     (*world).theAnswerShows,
	"answer shows all of":              (*world).theAnswerShowsAllOf,
	"answer lists":                     (*world).theAnswerLists,
	"answer agrees with":               (*world).whatTheAnswerShowsIsTrue,
	"headers of the answer agree with": (*world).theHeadersFit,
}

// theAnswerAgrees compares the last answer with a resource as it is read now.
func (w *world) theAnswerAgrees(ctx context.Context, what, verb, name string) error {
	agrees, ok := agreements[what+" "+verb]
	switch {
	case !ok:
		return fmt.Errorf("nothing is known of what the %s %s", what, verb)
	case w.last == nil:
		return fmt.Errorf("nothing was asked")
	}
	return agrees(w, ctx, name)
}
