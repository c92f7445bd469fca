package steps

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// subject is a resource that a scenario has at the target and calls by a name.
type subject struct {
	collection string       // "Users" or "Groups"
	id         string       // as the target gave it
	shown      *scim.Object // as it was last seen
	etag       string       // of that answer
	read       bool         // it was read, and not only created
}

func (w *world) subject(name string) (*subject, error) {
	if s := w.subjects[name]; s != nil {
		return s, nil
	}
	if status, refused := w.notMade[name]; refused {
		return nil, &Mismatch{What: "the creation of " + name, Want: "201", Got: status}
	}
	return nil, fmt.Errorf("the example has no resource %q", name)
}

// adopt gives a name to what an answer shows. An answer without a body is
// completed by a read, from its Location if there is one.
func (w *world) adopt(ctx context.Context, name, collection string, answer *wire.Response) error {
	shown, err := answer.Object()
	if err != nil || shown.String("id") == "" {
		shown, err = w.followLocation(ctx, collection, answer)
		if err != nil {
			return err
		}
	}
	w.subjects[name] = &subject{collection: collection, id: shown.String("id"), shown: shown, etag: answer.Header.Get("ETag")}
	return nil
}

func (w *world) followLocation(ctx context.Context, collection string, answer *wire.Response) (*scim.Object, error) {
	location := answer.Header.Get("Location")
	i := strings.LastIndex(location, "/"+collection+"/")
	if i < 0 {
		return nil, &Mismatch{What: "the answer to a creation", Want: "the resource with its id, or a Location", Got: "neither"}
	}
	id, err := url.PathUnescape(location[i+len(collection)+2:])
	if err != nil {
		return nil, &Mismatch{What: "the Location of a creation", Want: "a URL", Got: location}
	}
	return w.read(ctx, collection, id)
}

// look reads the subject again.
func (w *world) look(ctx context.Context, name string) (*subject, error) {
	s, err := w.subject(name)
	if err != nil {
		return nil, err
	}
	answer, err := w.send(ctx, w.judge(), wire.Request{Method: http.MethodGet, Path: []string{s.collection, s.id}})
	if err != nil {
		return nil, err
	}
	if answer.Status != http.StatusOK {
		return nil, &Mismatch{What: "GET /" + s.collection + "/" + s.id, Want: "200", Got: statusOf(answer)}
	}
	shown, err := answer.Object()
	if err != nil {
		return nil, &Mismatch{What: "GET /" + s.collection + "/" + s.id, Want: "the resource", Got: err.Error()}
	}
	return &subject{collection: s.collection, id: s.id, shown: shown, etag: answer.Header.Get("ETag"), read: true}, nil
}

// reread judges the subject as it is read now; within the time that the target may
// take to settle, again and again.
func (w *world) reread(ctx context.Context, name string, judge func(now *subject) error) error {
	return w.eventually(ctx, func() error {
		now, err := w.look(ctx, name)
		if err != nil {
			return w.missed(err)
		}
		return judge(now)
	})
}

// merge lays the members of over on base: objects are merged, everything else is
// replaced, and null removes.
func merge(base, over *scim.Object) *scim.Object {
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
			out.Set(name, merge(old, inner))
		default:
			out.Set(name, scim.CloneValue(value))
		}
	}
	return out
}

// template is the smallest resource that the target accepts: what the standard
// demands and what the user said that this target demands.
func (w *world) template(collection, which string) *scim.Object {
	if collection == "Groups" {
		return merge(scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.GroupURN}},
			scim.Member{Name: "displayName", Value: w.freshGroupName(which)},
		), w.run.options.Fit.Group)
	}
	return merge(scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
		scim.Member{Name: "userName", Value: w.freshUserName(which)},
	), w.run.options.Fit.User)
}

// withSchemas adds the URN of every extension that the body uses.
func withSchemas(body *scim.Object) *scim.Object {
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

// withNulls puts nulls in the place of their marks.
func withNulls(body *scim.Object) *scim.Object {
	for name, value := range body.All() {
		if value == nullMark {
			body.Set(name, nil)
		}
	}
	return body
}

// make makes a subject; what the target refuses is a Mismatch that quotes it.
func (w *world) make(ctx context.Context, name, collection string, body *scim.Object) error {
	answer, err := w.send(ctx, w.judge(), wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body})
	if err != nil {
		return err
	}
	if answer.Status != http.StatusCreated && answer.Status != http.StatusOK {
		return &Mismatch{What: "POST /" + collection + " " + textOf(body), Want: "201", Got: statusOf(answer)}
	}
	return w.adopt(ctx, name, collection, answer)
}
