package standard

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/standard/paging"
)

// The steps of a plain SCIM client: what it has at the target, and what it asks.

func (w *World) aResource(ctx context.Context, kind, name string) error {
	return w.given(name, func() error { return w.MakePlain(ctx, name, judge.CollectionOf(kind)) })
}

// given makes a resource, unless the example goes on where another one has left it.
func (w *World) given(name string, makes func() error) error {
	if w.Given(name) {
		return nil
	}
	if err := makes(); err != nil {
		return err
	}
	w.IsGiven(name)
	return nil
}

// aResourceWith lays the document on the template. A stored resource has attributes
// that not every target stores: one that does not cannot be judged by what happens
// to them.
func (w *World) aResourceWith(ctx context.Context, stored, kind, name string, doc *messages.PickleDocString) error {
	return w.given(name, func() error {
		body, err := w.completed(kind, name, doc)
		if err != nil {
			return err
		}
		if err := w.MakeGiven(ctx, name, judge.CollectionOf(kind), body); err != nil || stored == "" {
			return err
		}
		return w.isStored(ctx, name, doc)
	})
}

// completed is the document laid on the template.
func (w *World) completed(kind, name string, doc *messages.PickleDocString) (*scim.Object, error) {
	over, err := w.object(doc)
	if err != nil {
		return nil, err
	}
	return judge.WithNulls(judge.WithSchemas(judge.Merge(w.Template(judge.CollectionOf(kind), name), over))), nil
}

func (w *World) object(doc *messages.PickleDocString) (*scim.Object, error) {
	text, err := w.ExpandJSON(doc.Content)
	if err != nil {
		return nil, err
	}
	return scim.ParseObject(text)
}

func (w *World) aGroupWithTheMembers(ctx context.Context, name, list string) error {
	return w.given(name, func() error { return w.makeGroup(ctx, name, list) })
}

func (w *World) makeGroup(ctx context.Context, name, list string) error {
	body := w.Template("Groups", name)
	members := []any{}
	for _, member := range judge.Listed(list) {
		s, err := w.Subject(member)
		if err != nil {
			return err
		}
		members = append(members, scim.NewObject(scim.Member{Name: "value", Value: s.ID}))
	}
	body.Set("members", members)
	return w.Make(ctx, name, "Groups", body)
}

func (w *World) theClientCreates(ctx context.Context, kind, name string) error {
	return w.Creating(ctx, kind, name, w.Template(judge.CollectionOf(kind), name))
}

// theClientCreatesWith lays the document on the template; what is created from a
// document is sent as it stands.
func (w *World) theClientCreatesWith(ctx context.Context, kind, name, how string, doc *messages.PickleDocString) error {
	if how == "with" {
		body, err := w.completed(kind, name, doc)
		if err != nil {
			return err
		}
		return w.Creating(ctx, kind, name, body)
	}
	if err := w.theClientSendsWith(ctx, "client", http.MethodPost, "/"+judge.CollectionOf(kind), doc); err != nil || w.Last.Status/100 != 2 {
		return err
	}
	return w.AdoptIfShown(ctx, name, judge.CollectionOf(kind), w.Last)
}

// theClientReads reads a resource, or deletes it.
func (w *World) theClientReads(ctx context.Context, how, name, inOtherLetters string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	if how == "deletes" {
		w.RefreshAll(ctx)
		return w.Ask(ctx, http.MethodDelete, []string{s.Collection, s.ID}, nil, nil)
	}
	id := s.ID
	if inOtherLetters != "" {
		if id, err = w.InOtherCase(name, "id"); err != nil {
			return err
		}
	}
	return w.Ask(ctx, http.MethodGet, []string{s.Collection, id}, nil, nil)
}

// theClientWrites sends the document: as the whole of the resource but for what
// every resource of this target needs; laid on the resource as it was last seen
// (read, modify, write); or as the operations of a PATCH.
func (w *World) theClientWrites(ctx context.Context, how, name string, doc *messages.PickleDocString) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	text, err := w.ExpandJSON(doc.Content)
	if err != nil {
		return err
	}
	value, err := scim.Parse(text)
	if err != nil {
		return err
	}
	w.Refresh(ctx, name)
	if how == "patches" {
		return w.Ask(ctx, http.MethodPatch, []string{s.Collection, s.ID}, nil, judge.PatchOp(value))
	}
	over, ok := value.(*scim.Object)
	if !ok {
		return fmt.Errorf("the document of the example is no object: %s", text)
	}
	base := w.Subjects[name].Shown
	if how == "replaces" {
		base = w.required(s)
	}
	return w.Ask(ctx, http.MethodPut, []string{s.Collection, s.ID}, nil, judge.WithNulls(judge.WithSchemas(judge.Merge(base, over))))
}

// required is what a resource like this needs at this target.
func (w *World) required(s *judge.Subject) *scim.Object {
	schema, name := scim.UserURN, s.Shown.String("userName")
	if s.Collection == "Groups" {
		schema, name = scim.GroupURN, s.Shown.String("displayName")
	}
	return judge.Merge(scim.NewObject(scim.Member{Name: "schemas", Value: []any{schema}}), w.Demands(s.Collection, name))
}

func (w *World) theClientSends(ctx context.Context, who, method, target, bodyName string) error {
	body, err := w.bodyCalled(bodyName)
	if err != nil {
		return err
	}
	if err := w.sendAs(who); err != nil {
		return err
	}
	return w.SendTo(ctx, method, target, nil, body)
}

// theClientSendsWith sends the document as it stands, JSON or not.
func (w *World) theClientSendsWith(ctx context.Context, who, method, target string, doc *messages.PickleDocString) error {
	body, err := w.ExpandJSON(doc.Content)
	if err != nil {
		return err
	}
	if err := w.sendAs(who); err != nil {
		return err
	}
	return w.SendTo(ctx, method, target, nil, body)
}

func (w *World) theClientSendsQuery(ctx context.Context, who, method, target string, table *messages.PickleTable) error {
	query, err := w.QueryOf(paging.Rows(table))
	if err != nil {
		return err
	}
	if err := w.sendAs(who); err != nil {
		return err
	}
	return w.SendTo(ctx, method, target, query, nil)
}

// theClientSendsInTime holds it against the target if no answer comes within the time
// limit of the run.
func (w *World) theClientSendsInTime(ctx context.Context, target, filter string) error {
	filter, err := w.Expand(filter)
	if err != nil {
		return err
	}
	err = w.SendTo(ctx, http.MethodGet, target, [][2]string{{"filter", filter}, {"count", "1"}}, nil)
	var t *wire.TransportError
	if errors.As(err, &t) && t.Kind == wire.Timeout {
		return w.Missed(&judge.Mismatch{What: "GET " + target + " with this filter", Want: "an answer", Got: "none in time"})
	}
	return err
}

func (w *World) isRememberedAs(path, whose, as string) error {
	value, err := w.ValueOf(whose, path)
	if err != nil {
		return err
	}
	w.Remembered[as] = judge.Plain(value)
	return nil
}
