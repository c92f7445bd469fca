package judge

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What is left of somebody who is deleted in the plainest form, and that many requirements
// see: see FlawedPlainly.

const (
	deletionHome = "RFC7644-3.6-01" // a deletion deletes
	goneHome     = "RFC7644-3.6-03" // and lists show nobody who is deleted
)

// listsDeleted is the way to somebody that a list is asked by: the attribute and the operator
// of a condition, none of both for a list of all.
type listsDeleted struct {
	collection, attribute string
	op                    filter.Op
	searches              bool
}

// deletedPlainly finds out whether somebody who is deleted is still found in the way that a
// Mismatch is about; see FlawedPlainly.
func (j *Session) deletedPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	if judged == deletionHome {
		return "", "", nil
	}
	for _, x := range j.Wire.Exchanges() {
		r := j.requestOf(x)
		if x.Status/100 != 2 || !changes(http.MethodDelete, "Users")(r) && !changes(http.MethodDelete, "Groups")(r) {
			continue
		}
		why, err := SharedBy(ctx, j.Run, "the deletion of one of the "+r.Path[0], deletesNothing(r.Path[0]))
		if why != "" || IsLost(err) {
			return deletionHome, why, OnlyLost(err)
		}
	}
	if judged == goneHome {
		return "", "", nil
	}
	for _, r := range j.requestsIn(m) {
		for _, way := range waysOf(r) {
			why, err := SharedBy(ctx, j.Run, "the deleted by "+strings.Join([]string{r.Method, way.collection, way.attribute, string(way.op)}, " "), way.finds)
			if why != "" || IsLost(err) {
				return goneHome, why, OnlyLost(err)
			}
		}
	}
	return "", "", nil
}

// deletesNothing finds out whether somebody who is deleted is read and listed as before.
func deletesNothing(collection string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		if err := own.Make(ctx, "P", collection, own.Template(collection, "deleted")); err != nil {
			return "", err
		}
		id := own.Subjects["P"].ID
		r := wire.Request{Method: http.MethodDelete, Path: []string{collection, id}}
		deletion, err := own.Send(ctx, own.Client(), r)
		if err != nil || deletion.Status/100 != 2 {
			return "", err
		}
		now, err := own.Send(ctx, own.Client(), Reading(collection, id))
		if err != nil || now.Status != http.StatusOK {
			return "", err
		}
		name := own.Template(collection, "deleted").String(Naming(collection))
		shown, err := own.shownBy(ctx, Querying("filter", Naming(collection)+" eq "+Text(name), collection))
		if err != nil || !slices.Contains(shown, id) {
			return "", err
		}
		return "a deletion deletes nothing: " + RequestText(r) + " is answered " + StatusOf(deletion) + ", and a read and a list show it as before", nil
	}
}

// waysOf are the ways that a list or a search is asked by.
func waysOf(r wire.Request) []listsDeleted {
	if len(r.Path) == 0 || r.Path[0] != "Users" && r.Path[0] != "Groups" || r.Method != http.MethodGet && !isSearch(r) || r.Method == http.MethodGet && len(r.Path) > 1 {
		return nil
	}
	way := listsDeleted{collection: r.Path[0], searches: isSearch(r)}
	text := ParameterOf(r, "filter")
	if text == "" {
		return []listsDeleted{way}
	}
	f, err := filter.Parse(text, typeOf(way.collection))
	if err != nil {
		return nil
	}
	var ways []listsDeleted
	for _, c := range comparisonsIn(f) {
		way.attribute, way.op = usualPath(way.collection, c.Path).String(), c.Op
		if slices.Contains(ofTheDeleted[way.collection], way.attribute) && slices.Contains([]filter.Op{filter.Eq, filter.Sw, filter.Co, filter.Ew, filter.Pr}, c.Op) {
			ways = append(ways, way)
		}
	}
	return ways
}

// ofTheDeleted are the attributes by which somebody who is deleted is looked for.
var ofTheDeleted = map[string][]string{"Users": {"userName", "displayName", "externalId", "id"}, "Groups": {"displayName", "externalId", "id"}}

// comparisonsIn are the comparisons of a filter outside brackets.
func comparisonsIn(f filter.Filter) []filter.Compare {
	switch f := f.(type) {
	case filter.And:
		return append(comparisonsIn(f.Left), comparisonsIn(f.Right)...)
	case filter.Or:
		return append(comparisonsIn(f.Left), comparisonsIn(f.Right)...)
	case filter.Not:
		return comparisonsIn(f.Of)
	case filter.Compare:
		return []filter.Compare{f}
	}
	return nil
}

// finds deletes one of two, and looks for both.
func (l listsDeleted) finds(ctx context.Context, own *Session) (string, error) {
	for _, name := range []string{"gone", "left"} {
		made := own.Template(l.collection, "deleted-"+name)
		made.Set("externalId", own.Mark()+"-"+name)
		made.Set("displayName", own.GroupName("deleted-"+name))
		if err := own.Make(ctx, name, l.collection, made); err != nil {
			return "", err
		}
	}
	before, err := own.Reread(ctx, "gone")
	if err != nil {
		return "", err
	}
	deletion, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodDelete, Path: []string{l.collection, before.ID}})
	if err != nil || deletion.Status/100 != 2 {
		return "", err
	}
	r := Reading(l.collection)
	if l.attribute != "" {
		text := l.attribute + " " + string(l.op)
		if l.op != filter.Pr {
			text += " " + Text(before.Shown.String(l.attribute))
		}
		r = Querying("filter", text, l.collection)
		if l.searches {
			r = Searching(text, l.collection)
		}
	}
	shown, err := own.shownBy(ctx, r)
	if err != nil || !slices.Contains(shown, before.ID) {
		return "", err
	}
	return "somebody who is deleted is found in the plainest form: after DELETE " + RequestText(r) + " still shows the id", nil
}

func keepsDeletedMembers(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-gone")); err != nil {
		return "", err
	}
	group := own.Template("Groups", "plain-left")
	group.Set("members", MemberList([]string{own.Subjects["P"].ID}))
	if err := own.Make(ctx, "G", "Groups", group); err != nil {
		return "", err
	}
	deletion, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodDelete, Path: []string{"Users", own.Subjects["P"].ID}})
	if err != nil || deletion.Status/100 != 2 {
		return "", err
	}
	now, err := own.Reread(ctx, "G")
	if err != nil || !slices.Contains(ValuesOf(now.Shown, "members"), own.Subjects["P"].ID) {
		return "", err
	}
	return "a deleted user stays a member: GET /Groups/{id} still shows the id", nil
}

// keptPlainly finds out whether a creation is refused for a conflict with somebody whom the
// example has deleted, as it is in its plainest form; see FlawedPlainly.
func (j *Session) keptPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	const keeping = "RFC7644-3.6-04"
	deleted := slices.ContainsFunc(j.Wire.Exchanges(), func(x *wire.Exchange) bool { return x.Method == http.MethodDelete && x.Status/100 == 2 })
	refused := j.Asked.Method == http.MethodPost && strings.HasPrefix(m.Want, "201") && strings.HasPrefix(m.Got, "409")
	if judged == keeping || !deleted || !refused {
		return "", "", nil
	}
	why, err = SharedBy(ctx, j.Run, "a deleted user's name", keepsNames)
	return keeping, why, OnlyLost(err)
}

func keepsNames(ctx context.Context, own *Session) (string, error) {
	r := wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: own.Template("Users", "plain-again")}
	for _, name := range []string{"P", "Q"} {
		answer, err := own.Send(ctx, own.Client(), r)
		if err == nil && name == "Q" && answer.Status == http.StatusConflict {
			return "the name of a deleted user stays taken: after DELETE " + RequestText(r) + " is answered " + StatusOf(answer), nil
		}
		if err != nil || answer.Status != http.StatusCreated {
			return "", err
		}
		if err := own.Adopt(ctx, name, "Users", answer); err != nil || name == "Q" {
			return "", err
		}
		deletion, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodDelete, Path: []string{"Users", own.Subjects[name].ID}})
		if err != nil || deletion.Status/100 != 2 {
			return "", err
		}
	}
	return "", nil
}
