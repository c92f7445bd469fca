package steps

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The steps of a plain SCIM client: what it has at the target, and what it asks.

func (w *world) clientSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^a (user|group) "(\w+)"$`, w.aResource)
	w.on(sc, `^a (user|group) "(\w+)" with$`, w.aResourceWith)
	w.on(sc, `^a group "(\w+)" with the members "([^"]*)"$`, w.aGroupWithTheMembers)
	w.on(sc, `^the next request has the header "([^"]+)" with "([^"]*)"$`, w.theNextRequestHas)
	w.on(sc, `^the next request has no header "([^"]+)"$`, w.theNextRequestHasNo)
	w.on(sc, `^the next request is the second client's$`, w.theNextRequestIsTheSecondClients)

	w.on(sc, `^the client creates the (user|group) "(\w+)"$`, w.theClientCreates)
	w.on(sc, `^the client creates the (user|group) "(\w+)" with$`, w.theClientCreatesWith)
	w.on(sc, `^the client reads "(\w+)"$`, w.theClientReads)
	w.on(sc, `^the client replaces "(\w+)" with$`, w.theClientReplaces)
	w.on(sc, `^the client changes "(\w+)" by a PUT with$`, w.theClientChangesByPut)
	w.on(sc, `^the client patches "(\w+)" with$`, w.theClientPatches)
	w.on(sc, `^the client deletes "(\w+)"$`, w.theClientDeletes)
	w.on(sc, `^the client sends ([A-Z]+) (/\S*|/)$`, w.theClientSends)
	w.on(sc, `^the client sends ([A-Z]+) (/\S*|/) with$`, w.theClientSendsWith)
	w.on(sc, `^the client sends ([A-Z]+) (/\S*|/) with the query$`, w.theClientSendsQuery)
	w.on(sc, `^"([^"]+)" of (the answer|"\w+") is remembered as "(\w+)"$`, w.isRememberedAs)
}

func collectionOf(kind string) string {
	if kind == "group" {
		return "Groups"
	}
	return "Users"
}

func (w *world) aResource(ctx context.Context, kind, name string) error {
	return w.make(ctx, name, collectionOf(kind), w.template(collectionOf(kind), name))
}

func (w *world) aResourceWith(ctx context.Context, kind, name string, doc *godog.DocString) error {
	body, err := w.completed(kind, name, doc)
	if err != nil {
		return err
	}
	return w.make(ctx, name, collectionOf(kind), body)
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

func (w *world) theNextRequestHas(name, value string) error {
	value, err := w.expand(value)
	if err != nil {
		return err
	}
	if w.nextHeader == nil {
		w.nextHeader = http.Header{}
	}
	w.nextHeader.Set(name, value)
	return nil
}

func (w *world) theNextRequestHasNo(name string) error {
	if w.nextHeader == nil {
		w.nextHeader = http.Header{}
	}
	w.nextHeader[http.CanonicalHeaderKey(name)] = nil
	return nil
}

func (w *world) theNextRequestIsTheSecondClients() error {
	w.second = true
	return nil
}

// ask sends a request and keeps its answer for the Thens.
func (w *world) ask(ctx context.Context, method string, path []string, query [][2]string, body any) error {
	token := w.conn.token
	if w.second {
		token = w.conn.secondToken
	}
	r := scim.Request{Method: method, Path: path, Query: query, Header: w.nextHeader, Body: body}
	sent := r
	if w.nextSecret[0] != "" {
		sent.Query = append(slices.Clone(query), w.nextSecret)
	}
	w.nextHeader, w.nextSecret, w.second = nil, [2]string{}, false
	answer, err := w.send(ctx, w.client(w.conn.behind, token, w.judgeWire), sent)
	if err != nil {
		return err
	}
	w.last, w.asked, w.search = answer, r, nil
	return nil
}

func (w *world) theClientCreates(ctx context.Context, kind, name string) error {
	return w.creating(ctx, kind, name, w.template(collectionOf(kind), name))
}

func (w *world) theClientCreatesWith(ctx context.Context, kind, name string, doc *godog.DocString) error {
	body, err := w.completed(kind, name, doc)
	if err != nil {
		return err
	}
	return w.creating(ctx, kind, name, body)
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

func (w *world) theClientReads(ctx context.Context, name string) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	return w.ask(ctx, http.MethodGet, []string{s.collection, s.id}, nil, nil)
}

// theClientReplaces sends just the document, completed by what every resource
// of this target needs.
func (w *world) theClientReplaces(ctx context.Context, name string, doc *godog.DocString) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	over, err := w.object(doc)
	if err != nil {
		return err
	}
	w.refresh(ctx, name)
	required := w.run.options.Fit.User
	schema := scim.UserURN
	if s.collection == "Groups" {
		required, schema = w.run.options.Fit.Group, scim.GroupURN
	}
	base := scim.NewObject(scim.Member{Name: "schemas", Value: []any{schema}})
	body := withNulls(withSchemas(merge(merge(base, required), over)))
	return w.ask(ctx, http.MethodPut, []string{s.collection, s.id}, nil, body)
}

// theClientChangesByPut is read, modify, write: the document laid on the
// resource as it was last seen.
func (w *world) theClientChangesByPut(ctx context.Context, name string, doc *godog.DocString) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	over, err := w.object(doc)
	if err != nil {
		return err
	}
	w.refresh(ctx, name)
	return w.ask(ctx, http.MethodPut, []string{s.collection, s.id}, nil, withSchemas(merge(w.subjects[name].shown, over)))
}

// theClientPatches sends the operations of the document as a PatchOp.
func (w *world) theClientPatches(ctx context.Context, name string, doc *godog.DocString) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	text, err := w.expandJSON(doc.Content)
	if err != nil {
		return err
	}
	operations, err := scim.Parse(text)
	if err != nil {
		return err
	}
	w.refresh(ctx, name)
	return w.ask(ctx, http.MethodPatch, []string{s.collection, s.id}, nil, patchOp(operations))
}

func patchOp(operations any) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
		scim.Member{Name: "Operations", Value: operations},
	)
}

func (w *world) theClientDeletes(ctx context.Context, name string) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	w.refreshAll(ctx)
	return w.ask(ctx, http.MethodDelete, []string{s.collection, s.id}, nil, nil)
}

func (w *world) theClientSends(ctx context.Context, method, target string) error {
	return w.sending(ctx, method, target, nil, nil)
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
	var query [][2]string
	for _, row := range table.Rows {
		value, err := w.expand(row.Cells[1].Value)
		if err != nil {
			return err
		}
		query = append(query, [2]string{row.Cells[0].Value, value})
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
		name, value, _ := strings.Cut(pair, "=")
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
