package guide

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that look at what the target holds.

// theTargetHas counts the users or groups of a name.
func (w *World) theTargetHas(ctx context.Context, many, kind, name string) error {
	named := w.usersNamed
	if kind == "group" {
		named = w.groupsNamed
	}
	found, err := named(ctx, name)
	if err != nil {
		return err
	}
	want := map[string]int{"exactly one": 1, "no": 0}[many]
	return w.Expect(kind+"s of the name "+name+" at the target", want, len(found))
}

// theGroupHasTheMembers leaves open, if that is said, who else is in it: the
// standard does not say that a deleted user has to vanish from groups at once.
func (w *World) theGroupHasTheMembers(ctx context.Context, group, how, list string) error {
	var want []string
	for _, name := range judge.Listed(list) {
		id, err := w.theIDOf(ctx, name)
		if err != nil {
			return err
		}
		want = append(want, id)
	}
	slices.Sort(want)
	found, err := w.theOne(ctx, "Groups", group) // last, for it is what decides
	if err != nil {
		return err
	}
	members := judge.ValuesOf(found, "members")
	what, got := "the members of the group "+group, strings.Join(members, ", ")
	if how == "the" {
		return w.Expect(what, strings.Join(want, ", "), got)
	}
	for _, id := range want {
		if err := w.ExpectThat(slices.Contains(members, id), what, "among them "+id, got); err != nil {
			return err
		}
	}
	return nil
}

// theUserHas compares what the mapping in force sends: a row that the settings
// file does not map is not the target's to keep.
func (w *World) theUserHas(ctx context.Context, name string, table *messages.PickleTable) error {
	user, err := w.theOne(ctx, "Users", name)
	if err != nil {
		return err
	}
	compared := 0
	for _, row := range table.Rows[1:] {
		attribute := row.Cells[0].Value
		if !w.maps(attribute) {
			continue
		}
		want, err := w.wanted(name, attribute, row.Cells[1].Value)
		if err != nil {
			return err
		}
		compared++
		if err := w.Expect(attribute+" of "+name, want, strings.Join(judge.ValuesOf(user, attribute), ", ")); err != nil {
			return err
		}
	}
	if compared == 0 {
		return &judge.Untested{Reason: "the attribute mapping has none of the attributes that this example looks at"}
	}
	return nil
}

// wanted is the value that a cell stands for or, with the user's own settings,
// the one that their mapping makes.
func (w *World) wanted(name, attribute, cell string) (string, error) {
	if w.options.Own == nil {
		want, err := w.cell(cell)
		return w.roles.markMail(want), err
	}
	user, err := w.user(name)
	if err != nil {
		return "", err
	}
	mapped, err := w.mapping().Map(user)
	if err != nil {
		return "", err
	}
	return strings.Join(judge.ValuesOf(mapped, attribute), ", "), nil
}

// maps says whether the mapping in force has a row for the attribute.
func (w *World) maps(attribute string) bool {
	_, bare, _ := judge.CutURN(attribute)
	for _, row := range w.app.Mapping {
		if row.Application == bare {
			return true
		}
	}
	return false
}

func (w *World) theUserHasNo(ctx context.Context, name, attribute string) error {
	user, err := w.theOne(ctx, "Users", name)
	if err != nil {
		return err
	}
	got := strings.Join(judge.ValuesOf(user, attribute), ", ")
	return w.ExpectThat(got == "", attribute+" of "+name, "no value", got)
}

func (w *World) theUserNamesTheGroup(ctx context.Context, name, group string) error {
	user, err := w.theOne(ctx, "Users", name)
	if err != nil {
		return err
	}
	id, err := w.groupID(group)
	if err != nil {
		return err
	}
	got := judge.ValuesOf(user, "groups")
	if got == nil {
		return &judge.Unsupported{Reason: "the target does not show the groups of a user"}
	}
	return w.ExpectThat(slices.Contains(got, id), "the groups of "+name, "among them "+id, strings.Join(got, ", "))
}

func (w *World) theUserIs(ctx context.Context, name, state string) error {
	user, err := w.theOne(ctx, "Users", name)
	if err != nil {
		return err
	}
	active, shown := user.Get("active")
	if state == "enabled" && !shown { // who is not said to be disabled is enabled
		return w.Expect("active of "+name, "no value", "no value")
	}
	return w.ExpectThat(active == (state == "enabled"), "active of "+name, fmt.Sprint(state == "enabled"), judge.Text(active))
}

func (w *World) hasTheSameID(ctx context.Context, theGroup, name, which string) error {
	collection, before := "Users", w.ids["user "+name]
	if theGroup != "" {
		var err error
		if before, err = w.groupID(name); err != nil {
			return err
		}
		collection = "Groups"
	}
	found, err := w.theOneListed(ctx, collection, name)
	if err != nil {
		return err
	}
	now := scim.IDOf(found)
	if which == "the same" {
		return w.Expect("the id of "+theGroup+name, before, now)
	}
	return w.ExpectThat(before != "" && now != before, "the id of "+theGroup+name, "another than "+before, now)
}

func (w *World) theFormerIDIsNotFound(ctx context.Context, name string) error {
	id := w.ids["user "+name]
	answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodGet, Path: []string{"Users", id}})
	if err != nil {
		return err
	}
	gone, err := w.IsGone(ctx, "Users", answer)
	if err != nil {
		return err
	}
	return w.ExpectThat(gone, "GET /Users/"+id, "404", strconv.Itoa(answer.Status))
}

func (w *World) isUntouched(ctx context.Context, name string) error {
	now, err := w.theOne(ctx, "Users", name)
	if err != nil {
		return err
	}
	return w.ExpectThat(scim.Equal(w.before[name], now), name+" at the target", judge.Text(w.before[name]), judge.Text(now))
}

// aLookUpFinds asks as Duo does and demands that the target's filter is right:
// everything that comes back has to fit.
func (w *World) aLookUpFinds(ctx context.Context, name, capitals string) error {
	userName, err := w.userName(name)
	if err != nil {
		return err
	}
	if capitals != "" {
		userName = strings.ToUpper(userName)
	}
	list, err := w.List(ctx, w.Client(), "Users", [2]string{"filter", "userName eq " + judge.Text(userName)})
	if err != nil {
		return err
	}
	var got []string
	for _, r := range list.Resources {
		got = append(got, strings.ToUpper(r.String("userName")))
	}
	return w.Expect("users found by userName eq "+userName, strings.ToUpper(userName), strings.Join(got, ", "))
}

func (w *World) aLookUpFindsNobody(ctx context.Context) error {
	list, err := w.List(ctx, w.Client(), "Users", [2]string{"filter", "userName eq " + judge.Text(w.roles.markName("nobody@example.com"))})
	if err != nil {
		return err
	}
	return w.Expect("users found by the name of nobody", 0, len(list.Resources))
}

func (w *World) isInTheList(ctx context.Context, theGroup, name string) error {
	collection, attribute, nameOf := "Users", "userName", w.userName
	if theGroup != "" {
		collection, attribute, nameOf = "Groups", "displayName", w.groupName
	}
	value, err := nameOf(name)
	if err != nil {
		return err
	}
	all, err := w.ReadAll(ctx, w.Client(), collection)
	if err != nil {
		return err
	}
	return w.Expect("entries of "+name+" in the list of all "+collection, 1, len(judge.Matching(all, attribute, value)))
}

func (w *World) readByIDIsTheSame(ctx context.Context, name string) error {
	userName, err := w.userName(name)
	if err != nil {
		return err
	}
	all, err := w.ReadAll(ctx, w.Client(), "Users")
	if err != nil {
		return err
	}
	listed := judge.Matching(all, "userName", userName)
	if len(listed) != 1 {
		return w.Expect("entries of "+name+" in the list of all users", 1, len(listed))
	}
	byID, err := w.Read(ctx, "Users", scim.IDOf(listed[0]))
	if err != nil {
		return err
	}
	for _, attribute := range []string{"id", "userName", "displayName", "emails", "active"} {
		if err := w.Expect(attribute+" of "+name+" read by id", strings.Join(judge.ValuesOf(listed[0], attribute), ", "), strings.Join(judge.ValuesOf(byID, attribute), ", ")); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) everythingIsInTheTarget(ctx context.Context) error {
	selected := w.app.Groups.Select
	if w.app.Groups.Use != "" {
		selected = w.app.SSOAccess
	}
	for _, ref := range selected {
		group, ok := w.directory.Group(ref)
		if !ok {
			return fmt.Errorf("the directory file has no group %q, which the settings select", ref)
		}
		for _, key := range group.Members {
			user, _ := w.directory.User(key)
			mapped, err := w.mapping().Map(user)
			if err != nil {
				return err
			}
			found, err := w.Find(ctx, w.Client(), "Users", "userName", mapped.String("userName"))
			if err != nil {
				return err
			}
			if err := w.Expect("users of the name "+mapped.String("userName")+" at the target", 1, len(found)); err != nil {
				return err
			}
		}
		if w.app.Groups.ExcludeGroupInformation {
			continue
		}
		found, err := w.Find(ctx, w.Client(), "Groups", "displayName", group.Name)
		if err != nil {
			return err
		}
		if err := w.Expect("groups of the name "+group.Name+" at the target", 1, len(found)); err != nil {
			return err
		}
	}
	return nil
}
