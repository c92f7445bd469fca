package lab

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// viewGroups is the list of groups in Duo.
var viewGroups = view{
	path: pathGroups, template: "groups", title: "Groups", part: partDuo, live: true,
	show: func(l *Lab, r *http.Request) (any, error) {
		d, q := l.Directory(), r.URL.Query()
		found := slices.DeleteFunc(slices.Clone(d.Groups), func(g directory.Group) bool { return !containsAny(q.Get("q"), g.Name) })
		return paged(found, len(d.Groups), q), nil
	},
	forms: map[string]form{pathGroups: addGroup},
}

// viewGroup is a group with its members.
var viewGroup = view{
	path: "/duo/groups/{group}", template: "group", title: "Group", under: pathGroups, live: true,
	show: func(l *Lab, r *http.Request) (any, error) {
		d := l.Directory()
		g, ok := d.Group(r.PathValue("group"))
		if !ok {
			return nil, notFound("there is no such group in Duo")
		}
		p := groupPage{Group: g, Members: make([]directory.User, 0, len(g.Members))}
		for _, key := range g.Members {
			u, _ := d.User(key)
			p.Members = append(p.Members, u)
		}
		return p, nil
	},
	forms: map[string]form{
		"/duo/groups/{group}": renameGroup, "/duo/groups/{group}/delete": deleteGroup,
		"/duo/groups/{group}/members": addMember, "/duo/groups/{group}/members/remove": removeMember,
	},
}

// groupPage is a group as its page shows it.
type groupPage struct {
	directory.Group
	Members []directory.User
}

func addGroup(l *Lab, r *http.Request) (to, said string, err error) {
	name := strings.TrimSpace(r.PostFormValue("name"))
	_, err = l.Edit("added the group "+name, func(d *directory.Directory) error { return d.AddGroup(directory.Group{Name: name}) })
	return pathGroups, "Added " + name, err
}

func renameGroup(l *Lab, r *http.Request) (to, said string, err error) {
	key, name := r.PathValue("group"), strings.TrimSpace(r.PostFormValue("name"))
	done, err := l.Edit("renamed the group "+name, func(d *directory.Directory) error { return d.RenameGroup(key, name) })
	waitFor(done)
	return groupPath(key), "The group is called " + name, err
}

func deleteGroup(l *Lab, r *http.Request) (to, said string, err error) {
	g, ok := l.Directory().Group(r.PathValue("group"))
	if !ok {
		return "", "", notFound("there is no such group in Duo")
	}
	done, err := l.Edit("deleted the group "+g.Name, func(d *directory.Directory) error { return d.RemoveGroup(g.Key) })
	waitFor(done)
	return pathGroups, "Deleted " + g.Name, err
}

func addMember(l *Lab, r *http.Request) (to, said string, err error) {
	key, user := r.PathValue("group"), strings.TrimSpace(r.PostFormValue("user"))
	done, err := l.Edit("added "+user+" to a group", func(d *directory.Directory) error { return d.AddMember(key, user) })
	waitFor(done)
	return groupPath(key), "Added " + user, err
}

func removeMember(l *Lab, r *http.Request) (to, said string, err error) {
	key, user := r.PathValue("group"), r.PostFormValue("user")
	done, err := l.Edit("removed a user from a group", func(d *directory.Directory) error { return d.RemoveMember(key, user) })
	waitFor(done)
	return groupPath(key), "Removed from the group", err
}

func groupPath(key string) string { return pathGroups + "/" + key }
