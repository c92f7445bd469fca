package steps

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The steps of a plain SCIM client: what it has at the target, and what it asks.

func collectionOf(kind string) string {
	if kind == "group" {
		return "Groups"
	}
	return "Users"
}

func (w *world) aResource(ctx context.Context, kind, name string) error {
	return w.make(ctx, name, collectionOf(kind), w.template(collectionOf(kind), name))
}

// aResourceWith lays the document on the template. A stored resource has attributes
// that not every target stores: one that does not cannot be judged by what happens
// to them.
func (w *world) aResourceWith(ctx context.Context, stored, kind, name string, doc *godog.DocString) error {
	body, err := w.completed(kind, name, doc)
	if err != nil {
		return err
	}
	if err := w.make(ctx, name, collectionOf(kind), body); err != nil || stored == "" {
		return err
	}
	return w.isStored(ctx, name, doc)
}

// completed is the document laid on the template.
func (w *world) completed(kind, name string, doc *godog.DocString) (*scim.Object, error) {
	over, err := w.object(doc)
	if err != nil {
		return nil, err
	}
	return withNulls(withSchemas(merge(w.template(collectionOf(kind), name), over))), nil
}

func (w *world) object(doc *godog.DocString) (*scim.Object, error) {
	text, err := w.expandJSON(doc.Content)
	if err != nil {
		return nil, err
	}
	return scim.ParseObject(text)
}

func (w *world) aGroupWithTheMembers(ctx context.Context, name, list string) error {
	body := w.template("Groups", name)
	members := []any{}
	for _, member := range listed(list) {
		s, err := w.subject(member)
		if err != nil {
			return err
		}
		members = append(members, scim.NewObject(scim.Member{Name: "value", Value: s.id}))
	}
	body.Set("members", members)
	return w.make(ctx, name, "Groups", body)
}

// theNextRequestHas sets a header, or without a value sees to it that there is none.
func (w *world) theNextRequestHas(name, value string) error {
	value, err := w.expand(value)
	if err != nil {
		return err
	}
	if value == "" {
		w.withoutHeader(name)
		return nil
	}
	if w.nextHeader == nil {
		w.nextHeader = http.Header{}
	}
	w.nextHeader.Set(name, value)
	return nil
}

func (w *world) withoutHeader(name string) {
	if w.nextHeader == nil {
		w.nextHeader = http.Header{}
	}
	w.nextHeader[http.CanonicalHeaderKey(name)] = nil
}

// ask sends a request and keeps its answer for the Thens.
func (w *world) ask(ctx context.Context, method string, path []string, query [][2]string, body any) error {
	r := wire.Request{Method: method, Path: path, Query: query, Header: w.nextHeader, Body: body}
	sent := r
	if w.nextSecret[0] != "" {
		sent.Query = append(slices.Clone(query), w.nextSecret)
	}
	client := w.nextClient()
	w.nextHeader, w.nextSecret, w.nextBase, w.nextBare, w.second = nil, [2]string{}, "", "", false
	answer, err := w.send(ctx, client, sent)
	if err != nil {
		return err
	}
	w.last, w.asked, w.search = answer, r, nil
	return nil
}

// nextClient is the client of the next request, as the example has prepared it.
func (w *world) nextClient() *wire.Client {
	token, base := w.conn.token, cmp.Or(w.nextBase, w.conn.behind)
	if w.second {
		token = w.conn.secondToken
	}
	client := w.client(base, token, w.judgeWire)
	if w.nextBare != "" {
		client.HTTP.Transport = bareParameter{next: client.HTTP.Transport, name: w.nextBare}
	}
	return client
}

func (w *world) theClientCreates(ctx context.Context, kind, name string) error {
	return w.creating(ctx, kind, name, w.template(collectionOf(kind), name))
}

// theClientCreatesWith lays the document on the template; what is created from a
// document is sent as it stands.
func (w *world) theClientCreatesWith(ctx context.Context, kind, name, how string, doc *godog.DocString) error {
	if how == "with" {
		body, err := w.completed(kind, name, doc)
		if err != nil {
			return err
		}
		return w.creating(ctx, kind, name, body)
	}
	if err := w.theClientSendsWith(ctx, http.MethodPost, "/"+collectionOf(kind), doc); err != nil || w.last.Status/100 != 2 {
		return err
	}
	return w.adopt(ctx, name, collectionOf(kind), w.last)
}

// creating also gives the name to what came of it, if it was created.
func (w *world) creating(ctx context.Context, kind, name string, body *scim.Object) error {
	collection := collectionOf(kind)
	if err := w.ask(ctx, http.MethodPost, []string{collection}, nil, body); err != nil {
		return err
	}
	if w.last.Status/100 != 2 {
		w.notMade[name] = statusOf(w.last)
		return nil
	}
	return w.adopt(ctx, name, collection, w.last)
}

// theClientReads reads a resource, or deletes it.
func (w *world) theClientReads(ctx context.Context, how, name, inOtherLetters string) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	if how == "deletes" {
		w.refreshAll(ctx)
		return w.ask(ctx, http.MethodDelete, []string{s.collection, s.id}, nil, nil)
	}
	id := s.id
	if inOtherLetters != "" {
		if id, err = w.inOtherCase(name, "id"); err != nil {
			return err
		}
	}
	return w.ask(ctx, http.MethodGet, []string{s.collection, id}, nil, nil)
}

// theClientWrites sends the document: as the whole of the resource but for what
// every resource of this target needs; laid on the resource as it was last seen
// (read, modify, write); or as the operations of a PATCH.
func (w *world) theClientWrites(ctx context.Context, how, name string, doc *godog.DocString) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	text, err := w.expandJSON(doc.Content)
	if err != nil {
		return err
	}
	value, err := scim.Parse(text)
	if err != nil {
		return err
	}
	w.refresh(ctx, name)
	if how == "patches" {
		return w.ask(ctx, http.MethodPatch, []string{s.collection, s.id}, nil, patchOp(value))
	}
	over, ok := value.(*scim.Object)
	if !ok {
		return fmt.Errorf("the document of the example is no object: %s", text)
	}
	base := w.subjects[name].shown
	if how == "replaces" {
		base = w.required(s.collection)
	}
	return w.ask(ctx, http.MethodPut, []string{s.collection, s.id}, nil, withNulls(withSchemas(merge(base, over))))
}

// required is what every resource of a collection needs at this target.
func (w *world) required(collection string) *scim.Object {
	schema, needed := scim.UserURN, w.run.options.Fit.User
	if collection == "Groups" {
		schema, needed = scim.GroupURN, w.run.options.Fit.Group
	}
	return merge(scim.NewObject(scim.Member{Name: "schemas", Value: []any{schema}}), needed)
}

func patchOp(operations any) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
		scim.Member{Name: "Operations", Value: operations},
	)
}

// theClientSends takes credentials and a body by their names, see forms and bodies.
func (w *world) theClientSends(ctx context.Context, who, method, target, bodyName string) error {
	prepare, err := w.credentials(who)
	if err != nil {
		return err
	}
	var body any
	if bodyName != "" {
		if body, err = w.namedBody(bodyName); err != nil {
			return err
		}
	}
	prepare()
	return w.sending(ctx, method, target, nil, body)
}

// theClientSendsWith sends the document as it stands, JSON or not.
func (w *world) theClientSendsWith(ctx context.Context, method, target string, doc *godog.DocString) error {
	body, err := w.expandJSON(doc.Content)
	if err != nil {
		return err
	}
	return w.sending(ctx, method, target, nil, body)
}

func (w *world) theClientSendsQuery(ctx context.Context, method, target string, table *godog.Table) error {
	query, err := w.tableQuery(table)
	if err != nil {
		return err
	}
	return w.sending(ctx, method, target, query, nil)
}

// sending splits a target such as "/Users/{A.id}?attributes=userName" before it
// fills in the placeholders, so that an id with a slash stays one segment. In
// the path, %2F and the like are written as they are to be sent.
func (w *world) sending(ctx context.Context, method, target string, query [][2]string, body any) error {
	path, rawQuery, _ := strings.Cut(target, "?")
	var segments []string
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if segment == "" {
			continue
		}
		segment, err := url.PathUnescape(segment)
		if err != nil {
			return err
		}
		if segment, err = w.expand(segment); err != nil {
			return err
		}
		segments = append(segments, segment)
	}
	for pair := range strings.SplitSeq(rawQuery, "&") {
		if pair == "" {
			continue
		}
		name, value, equals := strings.Cut(pair, "=")
		if !equals {
			w.nextBare = name
		}
		value, err := w.expand(value)
		if err != nil {
			return err
		}
		query = append(query, [2]string{name, value})
	}
	if b, ok := body.([]byte); ok && len(bytes.TrimSpace(b)) == 0 {
		body = []byte{}
	}
	return w.ask(ctx, method, segments, query, body)
}

func (w *world) isRememberedAs(path, whose, as string) error {
	value, err := w.valueOf(whose, path)
	if err != nil {
		return err
	}
	w.remembered[as] = plain(value)
	return nil
}

// valueOf is an attribute of the last answer or of a subject as it was last
// seen. "header X" is a header of the last answer.
func (w *world) valueOf(whose, path string) (any, error) {
	if header, ok := strings.CutPrefix(path, "header "); ok {
		if w.last == nil {
			return nil, fmt.Errorf("nothing was asked")
		}
		if values := w.last.Header.Values(header); len(values) > 0 {
			return strings.Join(values, ", "), nil
		}
		return nil, &Mismatch{What: "the header " + header, Want: "a value", Got: "none"}
	}
	var from *scim.Object
	if whose == "the answer" || whose == "its" {
		answer, err := w.answered()
		if err != nil {
			return nil, err
		}
		from = answer
	} else {
		s, err := w.subject(strings.Trim(whose, `"`))
		if err != nil {
			return nil, err
		}
		if path == "etag" && s.etag != "" {
			return s.etag, nil
		}
		from = s.shown
	}
	value, ok := at(from, path)
	if !ok {
		return nil, &Mismatch{What: path, Want: "a value", Got: "none"}
	}
	return value, nil
}

// answered is the last answer's JSON object.
func (w *world) answered() (*scim.Object, error) {
	if w.last == nil {
		return nil, fmt.Errorf("nothing was asked")
	}
	object, err := w.last.Object()
	if err != nil {
		return nil, &Mismatch{What: "the answer to " + w.asked.Method + " /" + strings.Join(w.asked.Path, "/"), Want: "a JSON object", Got: err.Error()}
	}
	return object, nil
}
