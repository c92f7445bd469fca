package dialect

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/fixtures/dialects"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// who is the clients' names as an expression, with the way in which one does something.
var who = sync.OnceValue(func() string {
	all, err := dialects.All()
	if err != nil {
		return "(nobody)(, never,)?" // the sentences then fit nothing, and a test of the data says why
	}
	names := make([]string, len(all))
	for i, d := range all {
		names[i] = regexp.QuoteMeta(d.Name)
	}
	return "(" + strings.Join(names, "|") + ")(, [^,]+,)?"
})

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	on(`^the target takes messages without schemas$`, w.takesNoSchemas)
	on(`^`+who()+` connects$`, w.connects)
	on(`^`+who()+` looks up the (user|group) "(\w+)"$`, w.looksUp)
	on(`^`+who()+` creates the (user|group) "(\w+)"(?: with the members "([^"]*)")?$`, w.creates)
	on(`^`+who()+` has created the (user|group) "(\w+)"(?: with the members "([^"]*)")?$`, w.hasCreated)
	on(`^`+who()+` changes "([\w.]+)" of "(\w+)" to "([^"]*)"$`, w.changes)
	on(`^`+who()+` clears "([\w.]+)" of "(\w+)"$`, w.clears)
	on(`^`+who()+` (deactivates|reactivates) "(\w+)"$`, w.deactivates)
	on(`^`+who()+` renames "(\w+)" to "([^"]*)"$`, w.renames)
	on(`^`+who()+` (adds|removes) "([^"]*)" (?:to|from) "(\w+)"$`, w.adds)
	on(`^`+who()+` deletes the (user|group) "(\w+)"$`, w.deletes)
}

// takesNoSchemas: the standard has a target refuse them, so that one which does is right, and
// a client that sends no others cannot work with it.
func (w *World) takesNoSchemas(ctx context.Context) error {
	why, err := judge.SharedBy(ctx, w.Run, "messages without schemas", func(ctx context.Context, own *judge.Session) (string, error) {
		body := own.Template("Users", "schemaless")
		body.Delete("schemas")
		answer, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body})
		if err != nil || answer.Status/100 == 2 {
			return "", err
		}
		return "the target refuses messages without schemas, as the standard has it; POST /Users without them was answered " + judge.StatusOf(answer), nil
	})
	if err != nil || why == "" {
		return err
	}
	return &judge.Unsupported{Reason: why}
}

func (w *World) connects(ctx context.Context, who, way string) error {
	return w.do(ctx, &act{who: who, way: way, does: dialects.Connect})
}

// oneOf is the act on a user or on a group.
func oneOf(kind string, user, group dialects.Act) dialects.Act {
	if kind == "group" {
		return group
	}
	return user
}

func (w *World) looksUp(ctx context.Context, who, way, kind, name string) error {
	a, err := w.on(who, way, oneOf(kind, dialects.FindUser, dialects.FindGroup), name)
	if err != nil {
		return err
	}
	return w.do(ctx, a)
}

func (w *World) creates(ctx context.Context, who, way, kind, name, list string) error {
	var err error
	if w.members[name], err = w.membersOf(list); err != nil {
		return err
	}
	w.known[name] = w.fresh(judge.CollectionOf(kind), name)
	return w.do(ctx, &act{
		who: who, way: way, does: oneOf(kind, dialects.CreateUser, dialects.CreateGroup), about: name,
		Values: dialects.Values{Resource: w.known[name], All: w.members[name]},
	})
}

// hasCreated also brings the members into the group, with its creation or behind it.
func (w *World) hasCreated(ctx context.Context, who, way, kind, name, list string) error {
	if err := w.creates(ctx, who, way, kind, name, list); err != nil {
		return err
	}
	if err := w.isCreated(judge.CollectionOf(kind)); err != nil || list == "" {
		return err
	}
	if sent, ok := w.Asked.Body.(*scim.Object); ok && len(sent.Array("members")) > 0 {
		return nil
	}
	joining := w.members[name]
	a, err := w.on(who, way, dialects.AddMember, name)
	if err != nil {
		return err
	}
	a.Members = joining
	if err := w.do(ctx, a); err != nil {
		return err
	}
	return w.ExpectSuccess()
}

// membersOf are users of the example as members.
func (w *World) membersOf(list string) ([]dialects.Member, error) {
	var all []dialects.Member
	for _, name := range judge.Listed(list) {
		s, err := w.Subject(name)
		if err != nil {
			return nil, err
		}
		all = append(all, dialects.Member{ID: s.ID, Name: s.Shown.String("userName")})
	}
	return all, nil
}

func (w *World) changes(ctx context.Context, who, way, attribute, name, value string) error {
	a, err := w.on(who, way, dialects.ChangeUser, name)
	if err != nil {
		return err
	}
	value, err = w.Expand(value)
	if err != nil {
		return err
	}
	set(a.Resource, attribute, value)
	a.Attribute, a.Value = attribute, value
	return w.do(ctx, a)
}

func (w *World) clears(ctx context.Context, who, way, attribute, name string) error {
	a, err := w.on(who, way, dialects.ClearUser, name)
	if err != nil {
		return err
	}
	set(a.Resource, attribute, nil)
	a.Attribute, a.Value = attribute, ""
	return w.do(ctx, a)
}

// set writes a value at names with dots between; nil takes it away.
func set(o *scim.Object, attribute string, value any) {
	first, rest, nested := strings.Cut(attribute, ".")
	switch {
	case nested && o.Object(first) != nil:
		set(o.Object(first), rest, value)
	case nested:
		inner := scim.NewObject()
		o.Set(first, inner)
		set(inner, rest, value)
	case value == nil:
		o.Delete(first)
	default:
		o.Set(first, value)
	}
}

func (w *World) deactivates(ctx context.Context, who, way, how, name string) error {
	does := dialects.Deactivate
	if how == "reactivates" {
		does = dialects.Reactivate
	}
	a, err := w.on(who, way, does, name)
	if err != nil {
		return err
	}
	a.Resource.Set("active", does == dialects.Reactivate)
	return w.do(ctx, a)
}

func (w *World) renames(ctx context.Context, who, way, name, to string) error {
	a, err := w.on(who, way, dialects.RenameGroup, name)
	if err != nil {
		return err
	}
	to, err = w.Expand(to)
	if err != nil {
		return err
	}
	a.Resource.Set("displayName", to)
	return w.do(ctx, a)
}

// adds brings users into a group, or takes them out.
func (w *World) adds(ctx context.Context, who, way, how, list, group string) error {
	changed, err := w.membersOf(list)
	if err != nil {
		return err
	}
	does := dialects.AddMember
	if how == "removes" {
		does = dialects.RemoveMember
	}
	rest := slices.DeleteFunc(slices.Clone(w.members[group]), func(m dialects.Member) bool { return slices.Contains(changed, m) })
	if does == dialects.AddMember {
		rest = append(rest, changed...)
	}
	w.members[group] = rest
	a, err := w.on(who, way, does, group)
	if err != nil {
		return err
	}
	a.Members = changed
	return w.do(ctx, a)
}

func (w *World) deletes(ctx context.Context, who, way, kind, name string) error {
	a, err := w.on(who, way, oneOf(kind, dialects.DeleteUser, dialects.DeleteGroup), name)
	if err != nil {
		return err
	}
	w.RefreshAll(ctx)
	return w.do(ctx, a)
}
