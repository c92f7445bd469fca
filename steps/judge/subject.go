package judge

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Subject is a resource that a scenario has at the target and calls by a name.
type Subject struct {
	Collection string       // "Users" or "Groups"
	ID         string       // as the target gave it
	Shown      *scim.Object // as it was last seen
	Etag       string       // of that answer
	read       bool         // it was read, and not only created
	by         string       // the method of the request that made it so; "" for POST
}

// Subject is the resource that the example calls by this name. One that the target did not
// create is a Mismatch.
func (j *Session) Subject(name string) (*Subject, error) {
	if s := j.Subjects[name]; s != nil {
		return s, nil
	}
	if why := j.notMade[name]; why != nil {
		return nil, why
	}
	return nil, fmt.Errorf("the example has no resource %q", name)
}

// Adopt gives a name to what an answer shows. An answer without a body is
// completed by a read, from its Location if there is one.
func (j *Session) Adopt(ctx context.Context, name, collection string, answer *wire.Response) error {
	shown, err := ObjectIn(answer)
	if inner := onlyElement(shown); inner != nil {
		shown = inner
	}
	if err != nil || scim.IDOf(shown) == "" {
		shown, err = j.FollowLocation(ctx, collection, answer)
		if err != nil {
			return err
		}
	}
	id := scim.IDOf(shown)
	if id == "" {
		return &Blocked{"the target shows no id of what it created: POST /" + collection + " was answered " + StatusOf(answer)}
	}
	s := &Subject{Collection: collection, ID: id, Shown: shown, Etag: tagIn(answer, shown)}
	j.Subjects[name] = s
	j.reads.keep(s)
	return nil
}

// noID blocks what needs the id of a resource that an answer does not tell.
func noID(collection string, answer *wire.Response) error {
	return &Blocked{fmt.Sprintf("the target tells no id of what it created: the answer to POST /%s is %s, with neither an id in its body nor an address in its Location (%s); see %s",
		collection, StatusOf(answer), QuotedOrNone(answer.Header.Get("Location")), homeOfLocation)}
}

// NotCreated blocks what needs a resource that the target has refused, or of which its
// answer tells no id.
func (j *Session) NotCreated(collection string, answer *wire.Response) error {
	if answer.Status/100 == 2 {
		return noID(collection, answer)
	}
	return &Blocked{fmt.Sprintf("the target creates nothing of what is to be looked at: POST /%s is answered %s; see RFC7644-3.3-03", collection, StatusOf(answer))}
}

// homeOfLocation is the requirement by which a creation tells where the resource is.
const homeOfLocation = "RFC7644-3.3-05"

// FollowLocation reads the resource that the header Location of a creation names.
func (j *Session) FollowLocation(ctx context.Context, collection string, answer *wire.Response) (*scim.Object, error) {
	location := answer.Header.Get("Location")
	id, ok := wire.IDIn(location, collection)
	if !ok || id == "" {
		return nil, noID(collection, answer)
	}
	return j.Read(ctx, collection, id)
}

// Reread reads the subject again.
func (j *Session) Reread(ctx context.Context, name string) (*Subject, error) {
	s, err := j.Subject(name)
	if err != nil {
		return nil, err
	}
	now, err := j.readAnew(ctx, s)
	if err != nil {
		return nil, err
	}
	j.wasRead(now)
	return now, nil
}

// readAnew is the resource as the target shows it now.
func (j *Session) readAnew(ctx context.Context, s *Subject) (*Subject, error) {
	answer, err := j.Send(ctx, j.Client(), Reading(s.Collection, s.ID))
	if err != nil {
		return nil, err
	}
	if answer.Status != http.StatusOK {
		return nil, &Mismatch{What: "GET /" + s.Collection + "/" + s.ID, Want: "200", Got: StatusOf(answer)}
	}
	shown, err := ResourceIn(answer, s.ID)
	if err != nil {
		return nil, &Mismatch{What: "GET /" + s.Collection + "/" + s.ID, Want: "the resource", Got: err.Error()}
	}
	return &Subject{Collection: s.Collection, ID: s.ID, Shown: shown, Etag: answer.Header.Get("ETag"), read: true}, nil
}

// RereadUntil judges the subject as it is read now; within the time that the target may
// take to settle, again and again. What was read since the last change is good enough to
// be right, never to be wrong.
func (j *Session) RereadUntil(ctx context.Context, name string, judge func(now *Subject) error) error {
	if now := j.lastRead(name); now != nil && judge(now) == nil {
		return nil
	}
	if s := j.Subjects[name]; s != nil {
		if now := j.believed(s.ID); now != nil && judge(now) == nil {
			j.hold(now)
			return nil
		}
	}
	return j.Eventually(ctx, func() error {
		now, err := j.Reread(ctx, name)
		if err != nil {
			return j.Missed(err)
		}
		return judge(now)
	})
}

// Merge lays the members of over on base: objects are merged, everything else is
// replaced, and null removes.
func Merge(base, over *scim.Object) *scim.Object {
	out := base.Clone()
	if out == nil {
		out = scim.NewObject()
	}
	for name, value := range over.All() {
		was, _ := out.Get(name)
		inner, isObject := value.(*scim.Object)
		old, wasObject := was.(*scim.Object)
		switch {
		case value == nil:
			out.Delete(name)
		case isObject && wasObject:
			out.Set(name, Merge(old, inner))
		default:
			out.Set(name, scim.CloneValue(value))
		}
	}
	return out
}

// Template is the smallest resource that the target accepts: what the standard
// demands and what the user said that this target demands.
func (j *Session) Template(collection, which string) *scim.Object {
	if collection == "Groups" {
		return Merge(scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.GroupURN}},
			scim.Member{Name: "displayName", Value: j.GroupName(which)},
		), j.Demands(collection, j.GroupName(which)))
	}
	return Merge(scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
		scim.Member{Name: "userName", Value: j.UserName(which)},
	), j.Demands(collection, j.UserName(which)))
}

// WithSchemas adds the URN of every extension that the body uses.
func WithSchemas(body *scim.Object) *scim.Object {
	urns := body.Array("schemas")
	for name := range body.All() {
		if strings.HasPrefix(strings.ToLower(name), "urn:") && !slices.Contains(urns, any(name)) {
			urns = append(slices.Clone(urns), name)
		}
	}
	if urns != nil {
		body.Set("schemas", urns)
	}
	return body
}

// nullMark stands for a null that is to be sent: merge takes one for "leave out".
const nullMark = "\x00null"

// WithNulls puts nulls in the place of their marks.
func WithNulls(body *scim.Object) *scim.Object {
	for name, value := range body.All() {
		if value == nullMark {
			body.Set(name, nil)
		}
	}
	return body
}

// Make makes a subject; what the target refuses is a Mismatch that quotes it.
// After many refusals, and no success, nothing like what was refused is sent any more.
func (j *Session) Make(ctx context.Context, name, collection string, body *scim.Object) error {
	if err := j.Run.taking.none(collection, body); err != nil {
		return err
	}
	answer, err := j.Send(ctx, j.Client(), wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body})
	if err != nil {
		return err
	}
	if answer.Status != http.StatusCreated && answer.Status != http.StatusOK {
		j.Run.taking.refuse(collection, body, answer)
		return &Mismatch{What: "POST /" + collection + " " + Text(body), Want: "201", Got: StatusOf(answer)}
	}
	if err := j.Adopt(ctx, name, collection, answer); err != nil {
		return err
	}
	if j.scope != nil && collection == "Users" {
		j.Run.used.learn(body, j.Subjects[name].Shown)
	}
	return nil
}

// Refresh makes "as before" mean before the request that is about to be sent. A
// target that shows nothing leaves the subject as it was last seen.
func (j *Session) Refresh(ctx context.Context, name string) {
	if s := j.Subjects[name]; s != nil {
		if now := j.known(s.ID); now != nil {
			j.Subjects[name] = now
			return
		}
		if now := j.believed(s.ID); now != nil {
			j.Subjects[name], j.spared = now, true
			return
		}
	}
	if now, err := j.Reread(ctx, name); err == nil {
		j.Subjects[name] = now
	}
}

// RefreshAll makes "as before" mean before the request that is about to be sent,
// also for what that request does not name.
func (j *Session) RefreshAll(ctx context.Context) {
	for name := range j.Subjects {
		j.Refresh(ctx, name)
	}
}

// tagIn is the tag of a resource that an answer shows: that of the header, or its version, which is
// the same (RFC 7643 section 3.1).
func tagIn(answer *wire.Response, shown *scim.Object) string {
	version := shown.Object("meta").String("version")
	if header := answer.Header.Get("ETag"); header != "" || !EntityTag.MatchString(version) {
		return header
	}
	return version
}
