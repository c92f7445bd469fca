package steps

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// How the judge looks at a target: always anew, by SCIM, and believing only
// what fits what it asked for.

// send is one request of the judge's. A connection that breaks within the answer is
// the target's fault, if it does so again where repeating changes nothing: something
// on the way may have broken it.
func (w *world) send(ctx context.Context, c *wire.Client, r wire.Request) (*wire.Response, error) {
	answer, err := c.Do(ctx, r)
	var broken *wire.TransportError
	isRead := r.Method == http.MethodGet || r.Method == http.MethodPost && slices.Contains(r.Path, ".search")
	if isRead && errors.As(err, &broken) && broken.Kind == wire.Dropped {
		answer, err = c.Do(ctx, r)
	}
	if err != nil {
		return nil, targetFault(r.Method+" /"+strings.Join(r.Path, "/"), err)
	}
	return answer, nil
}

// list reads one page.
func (w *world) list(ctx context.Context, c *wire.Client, collection string, query ...[2]string) (*scim.List, error) {
	answer, err := w.send(ctx, c, wire.Request{Method: http.MethodGet, Path: []string{collection}, Query: query})
	if err != nil {
		return nil, err
	}
	what := "GET /" + collection
	if len(query) > 0 {
		what += "?" + query[0][0] + "=" + query[0][1]
	}
	if answer.Status != http.StatusOK {
		return nil, &Mismatch{What: what, Want: "200", Got: statusOf(answer)}
	}
	object, err := answer.Object()
	if err != nil {
		return nil, &Mismatch{What: what, Want: "a list", Got: err.Error()}
	}
	list, err := scim.ParseList(object)
	if err != nil {
		return nil, &Mismatch{What: what, Want: "a list", Got: err.Error()}
	}
	return list, nil
}

// statusOf is an answer's status with what its error says.
func statusOf(r *wire.Response) string {
	s := strconv.Itoa(r.Status)
	if fault := r.Fault(); fault != nil && (fault.Detail != "" || fault.ScimType != "") {
		s += " (" + strings.TrimSpace(fault.ScimType+" "+fault.Detail) + ")"
	}
	return s
}

// find looks a resource up by a filter, and goes through all pages where the
// target has no filters. Only exact matches count.
func (w *world) find(ctx context.Context, c *wire.Client, collection, attribute, value string) ([]*scim.Object, error) {
	text, err := scim.Marshal(value)
	if err != nil {
		return nil, err
	}
	list, err := w.list(ctx, c, collection, [2]string{"filter", attribute + " eq " + string(text)})
	if err != nil {
		if _, wrong := isMismatch(err); !wrong {
			return nil, err
		}
		all, walkErr := w.walk(ctx, c, collection)
		if walkErr != nil {
			return nil, err
		}
		return matching(all, attribute, value), nil
	}
	return matching(list.Resources, attribute, value), nil
}

func matching(resources []*scim.Object, attribute, value string) []*scim.Object {
	var found []*scim.Object
	for _, r := range resources {
		if strings.EqualFold(r.String(attribute), value) {
			found = append(found, r)
		}
	}
	return found
}

// lastPage bounds a walk through a target that never ends its list.
const lastPage = 1000

// walk reads all pages of a collection.
func (w *world) walk(ctx context.Context, c *wire.Client, collection string) ([]*scim.Object, error) {
	var all []*scim.Object
	for range lastPage {
		list, err := w.list(ctx, c, collection, [2]string{"startIndex", strconv.Itoa(len(all) + 1)}, [2]string{"count", "100"})
		if err != nil {
			return nil, err
		}
		all = append(all, list.Resources...)
		if len(list.Resources) == 0 || len(all) >= list.TotalResults {
			return all, nil
		}
	}
	return nil, &Mismatch{What: "GET /" + collection, Want: "a last page", Got: fmt.Sprintf("none after %d pages", lastPage)}
}

// read gets one resource by its id.
func (w *world) read(ctx context.Context, collection, id string) (*scim.Object, error) {
	answer, err := w.send(ctx, w.judge(), wire.Request{Method: http.MethodGet, Path: []string{collection, id}})
	if err != nil {
		return nil, err
	}
	what := "GET /" + collection + "/" + id
	if answer.Status != http.StatusOK {
		return nil, &Mismatch{What: what, Want: "200", Got: statusOf(answer)}
	}
	object, err := answer.Object()
	if err != nil {
		return nil, &Mismatch{What: what, Want: "the resource", Got: err.Error()}
	}
	return object, nil
}

// usersNamed are the target's users with the name of this person.
func (w *world) usersNamed(ctx context.Context, name string) ([]*scim.Object, error) {
	userName, err := w.userName(name)
	if err != nil {
		return nil, err
	}
	return w.find(ctx, w.judge(), "Users", "userName", userName)
}

func (w *world) groupsNamed(ctx context.Context, name string) ([]*scim.Object, error) {
	groupName, err := w.groupName(name)
	if err != nil {
		return nil, err
	}
	return w.find(ctx, w.judge(), "Groups", "displayName", groupName)
}

// theOne is the user as the target shows it by id: lists may leave attributes out.
func (w *world) theOne(ctx context.Context, collection, name string) (*scim.Object, error) {
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
		return nil, w.expect(fmt.Sprintf("%s of the name %s at the target", strings.ToLower(collection), name), 1, len(found))
	}
	id := found[0].String("id")
	if id == "" {
		return nil, &Mismatch{What: "the id of " + name, Want: "a string", Got: "none"}
	}
	return w.read(ctx, collection, id)
}

// foundByWalking looks for a name through all pages.
func (w *world) foundByWalking(ctx context.Context, collection, name string) ([]*scim.Object, error) {
	attribute, named := "userName", w.userName
	if collection == "Groups" {
		attribute, named = "displayName", w.groupName
	}
	value, err := named(name)
	if err != nil {
		return nil, err
	}
	all, err := w.walk(ctx, w.judge(), collection)
	if err != nil {
		return nil, err
	}
	return matching(all, attribute, value), nil
}

func (w *world) groupID(name string) (string, error) {
	if id := w.ids["group "+name]; id != "" {
		return id, nil
	}
	return "", fmt.Errorf("the id of the group %s at the target is not known", name)
}

// remember keeps the ids that the target has given, for "the same id as before".
func (w *world) remember(ctx context.Context, people []string, group string) error {
	for _, name := range people {
		user, err := w.theOne(ctx, "Users", name)
		if err != nil {
			return err
		}
		w.ids["user "+name], w.before[name] = user.String("id"), user
	}
	if group == "" || w.app.Groups.ExcludeGroupInformation {
		return nil
	}
	found, err := w.theOne(ctx, "Groups", group)
	if err != nil {
		return err
	}
	w.ids["group "+group] = found.String("id")
	return nil
}
