package race

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of several clients that act at the same time. Whatever order the
// target puts them in, the outcome has to be that of some order.

// act is one of several requests that were sent at the same time.
type act struct {
	request wire.Request
	answer  *wire.Response
	err     error
	left    func(*scim.Object) bool // whether the resource shows its effect; nil if none can be seen
	effect  string                  // in words
}

// race is what was done at once, and to whom.
type race struct {
	acts    []*act
	subject string
}

// atOnce sends all requests at the same moment and waits for all answers.
func (w *World) atOnce(ctx context.Context, subject string, acts []*act) error {
	w.race = &race{acts: acts, subject: subject}
	client := w.Client()
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for _, a := range acts {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			a.answer, a.err = client.Do(ctx, a.request)
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	for _, a := range acts {
		if a.err != nil {
			return judge.TargetFault(a.request.Method+" /"+strings.Join(a.request.Path, "/"), a.err)
		}
	}
	return nil
}

// clientsActAtOnce lets each client write values of its own, on a condition if
// there is a tag; to create, each sends the same resource.
func (w *World) clientsActAtOnce(ctx context.Context, n int, how, kind, name, tag string) error {
	if how == "create" {
		return w.createAtOnce(ctx, n, judge.CollectionOf(kind), name)
	}
	return w.writeAtOnce(ctx, n, how, name, tag)
}

func (w *World) createAtOnce(ctx context.Context, n int, collection, name string) error {
	acts := make([]*act, n)
	for i := range acts {
		acts[i] = &act{request: wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: w.Template(collection, name)}}
	}
	if err := w.atOnce(ctx, "", acts); err != nil {
		return err
	}
	for _, a := range acts {
		if a.ok() {
			return w.AdoptIfShown(ctx, name, collection, a.answer)
		}
	}
	return nil
}

// shows says whether the resource shows the effect of the act.
func (a *act) shows(o *scim.Object) bool { return a.left != nil && a.left(o) }

func (a *act) ok() bool { return a.answer.Status >= 200 && a.answer.Status < 300 }

func (w *World) writeAtOnce(ctx context.Context, n int, how, name, tag string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	if tag, err = w.Expand(tag); err != nil {
		return err
	}
	acts := make([]*act, n)
	for i := range acts {
		own := scim.NewObject(scim.Member{Name: "displayName", Value: fmt.Sprintf("%s %d", w.GroupName("write"), i+1)})
		if tag == "" { // whether both come from one write is what is looked for
			own.Set("externalId", fmt.Sprintf("%s-write-%d", w.Mark(), i+1))
		}
		acts[i] = write(s, how, own)
		if tag != "" {
			acts[i].request.Header = http.Header{"If-Match": {tag}}
		}
	}
	return w.atOnce(ctx, name, acts)
}

func write(s *judge.Subject, how string, own *scim.Object) *act {
	a := &act{request: wire.Request{Path: []string{s.Collection, s.ID}}, effect: judge.Text(own)}
	a.left = func(o *scim.Object) bool { return judge.Difference("", own, o) == nil }
	switch how {
	case "replace":
		a.request.Method, a.request.Body = http.MethodPut, judge.WithSchemas(judge.Merge(s.Shown, own))
	case "patch":
		a.request.Method, a.request.Body = http.MethodPatch, judge.PatchOp([]any{scim.NewObject(
			scim.Member{Name: "op", Value: "replace"},
			scim.Member{Name: "value", Value: own},
		)})
	default:
		a.request.Method, a.effect, a.left = http.MethodDelete, "the deletion", nil
	}
	return a
}

// clientsChangeMembersAtOnce lets each client add or remove one member.
func (w *World) clientsChangeMembersAtOnce(ctx context.Context, how, users, group string) error {
	g, err := w.Subject(group)
	if err != nil {
		return err
	}
	var acts []*act
	for _, name := range judge.Listed(users) {
		s, err := w.Subject(name)
		if err != nil {
			return err
		}
		acts = append(acts, memberAct(g, name, s.ID, how == "add"))
	}
	return w.atOnce(ctx, group, acts)
}

func memberAct(g *judge.Subject, name, id string, add bool) *act {
	operation := scim.NewObject(
		scim.Member{Name: "op", Value: "remove"},
		scim.Member{Name: "path", Value: "members[value eq " + judge.Text(id) + "]"},
	)
	a := &act{effect: "no member " + name}
	if add {
		operation = scim.NewObject(
			scim.Member{Name: "op", Value: "add"},
			scim.Member{Name: "path", Value: "members"},
			scim.Member{Name: "value", Value: []any{scim.NewObject(scim.Member{Name: "value", Value: id})}},
		)
		a.effect = "the member " + name
	}
	a.request = wire.Request{Method: http.MethodPatch, Path: []string{g.Collection, g.ID}, Body: judge.PatchOp([]any{operation})}
	a.left = func(o *scim.Object) bool {
		if slices.Contains(judge.ValuesOf(o, "members"), id) {
			return add
		}
		return !add
	}
	return a
}

// clientsPatchAtOnce takes a table of attributes and values.
func (w *World) clientsPatchAtOnce(ctx context.Context, name string, table *messages.PickleTable) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	var acts []*act
	for _, row := range table.Rows {
		path := row.Cells[0].Value
		value, err := w.Expand(row.Cells[1].Value)
		if err != nil {
			return err
		}
		acts = append(acts, &act{
			request: wire.Request{Method: http.MethodPatch, Path: []string{s.Collection, s.ID}, Body: judge.PatchOp([]any{judge.ReplaceOperation(path, value)})},
			effect:  path + " " + value,
			left: func(o *scim.Object) bool {
				got, _ := judge.At(o, path)
				return judge.Plain(got) == value
			},
		})
	}
	return w.atOnce(ctx, name, acts)
}
