package guide

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// usersNamed are the target's users with the name of this person.
func (w *World) usersNamed(ctx context.Context, name string) ([]*scim.Object, error) {
	userName, err := w.userName(name)
	if err != nil {
		return nil, err
	}
	return w.Find(ctx, w.Client(), "Users", "userName", userName)
}

func (w *World) groupsNamed(ctx context.Context, name string) ([]*scim.Object, error) {
	groupName, err := w.groupName(name)
	if err != nil {
		return nil, err
	}
	return w.Find(ctx, w.Client(), "Groups", "displayName", groupName)
}

// theOne is the user or group as the target shows it by id: lists may leave attributes out.
func (w *World) theOne(ctx context.Context, collection, name string) (*scim.Object, error) {
	listed, err := w.theOneListed(ctx, collection, name)
	if err != nil {
		return nil, err
	}
	return w.Read(ctx, collection, scim.IDOf(listed))
}

// theOneListed is the only user or group of the name, with an id.
func (w *World) theOneListed(ctx context.Context, collection, name string) (*scim.Object, error) {
	look := w.usersNamed
	if collection == "Groups" {
		look = w.groupsNamed
	}
	found, err := look(ctx, name)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 { // the filter may be what is wrong
		if found, err = w.foundByWalking(ctx, collection, name); err != nil {
			return nil, err
		}
	}
	if len(found) != 1 {
		return nil, w.Expect(fmt.Sprintf("%s of the name %s at the target", strings.ToLower(collection), name), 1, len(found))
	}
	if scim.IDOf(found[0]) == "" {
		return nil, &judge.Mismatch{What: "the id of " + name, Want: "a string", Got: "none"}
	}
	return found[0], nil
}

// theIDOf is the id of a user: of the answer to Duo's last creation or, if there is none or
// nothing may be taken for granted, of what the target lists.
func (w *World) theIDOf(ctx context.Context, name string) (string, error) {
	userName, err := w.userName(name)
	if err != nil {
		return "", err
	}
	if id := w.createdID("Users", userName); id != "" && w.Spare() {
		return id, nil
	}
	user, err := w.theOneListed(ctx, "Users", name)
	return scim.IDOf(user), err
}

// foundByWalking looks for a name through all pages.
func (w *World) foundByWalking(ctx context.Context, collection, name string) ([]*scim.Object, error) {
	attribute, named := "userName", w.userName
	if collection == "Groups" {
		attribute, named = "displayName", w.groupName
	}
	value, err := named(name)
	if err != nil {
		return nil, err
	}
	all, err := w.ReadAll(ctx, w.Client(), collection)
	if err != nil {
		return nil, err
	}
	return judge.Matching(all, attribute, value), nil
}

func (w *World) groupID(name string) (string, error) {
	if id := w.ids["group "+name]; id != "" {
		return id, nil
	}
	return "", fmt.Errorf("the id of the group %s at the target is not known", name)
}

// remember keeps the ids that the target has given, for "the same id as before".
func (w *World) remember(ctx context.Context, people []string, group string) error {
	for _, name := range people {
		user, err := w.theOne(ctx, "Users", name)
		if err != nil {
			return err
		}
		w.ids["user "+name], w.before[name] = scim.IDOf(user), user
	}
	if group == "" || w.app.Groups.ExcludeGroupInformation {
		return nil
	}
	found, err := w.theOne(ctx, "Groups", group)
	if err != nil {
		return err
	}
	w.ids["group "+group] = scim.IDOf(found)
	return nil
}

// rememberCreated is remember for what Duo has created and the target has shown in its
// answer: at a real target a look is spared.
func (w *World) rememberCreated(ctx context.Context, people []string, group string) error {
	var unknown []string
	for _, name := range people {
		userName, err := w.userName(name)
		if err != nil {
			return err
		}
		if id := w.createdID("Users", userName); id == "" || !w.Spare() {
			unknown = append(unknown, name)
		} else {
			w.ids["user "+name] = id
		}
	}
	groupName, err := w.groupName(group)
	if err != nil {
		return err
	}
	if id := w.createdID("Groups", groupName); id != "" && w.Spare() {
		w.ids["group "+group], group = id, ""
	}
	return w.remember(ctx, unknown, group)
}

// createdID is the id in the answer to Duo's last creation of the name; "" if there is none.
func (w *World) createdID(collection, name string) string {
	at := w.creations(collection, name)
	if len(at) == 0 {
		return ""
	}
	created := w.DuoWire.Exchanges()[at[len(at)-1]]
	shown, err := scim.ParseObject(created.ResponseBody)
	if err != nil || created.Status != http.StatusCreated {
		return ""
	}
	return scim.IDOf(shown)
}
