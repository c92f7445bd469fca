package lab

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// viewNewUser is the form for a new user.
var viewNewUser = view{
	path: "/duo/users/new", template: "user", title: "Add user", under: pathUsers,
	show: func(l *Lab, r *http.Request) (any, error) {
		return userPage{User: userOfForm(r), Labels: customLabels(l.Directory()), New: true, Groups: l.Directory().Groups, in: groupsOfForm(r)}, nil
	},
	forms: map[string]form{"/duo/users/new": addUser},
}

// viewUser is a user with every attribute.
var viewUser = view{
	path: "/duo/users/{user}", template: "user", title: "User", under: pathUsers,
	show: func(l *Lab, r *http.Request) (any, error) {
		d := l.Directory()
		u, ok := d.User(r.PathValue("user"))
		if !ok {
			return nil, notFound("there is no such user in Duo")
		}
		p := userPage{User: u, Labels: customLabels(d), Groups: d.Groups, in: map[string]bool{}}
		for _, g := range d.GroupsOf(u.Key) {
			p.in[g.Key] = true
		}
		if r.Method == http.MethodPost {
			p.User, p.in = userOfForm(r), groupsOfForm(r)
			p.Key = u.Key
		}
		return p, nil
	},
	forms: map[string]form{"/duo/users/{user}": saveUser, "/duo/users/{user}/delete": deleteUser},
}

// userPage is a user as the form shows it.
type userPage struct {
	directory.User
	New    bool
	Labels []string // of the custom attributes that any user has
	Groups []directory.Group
	in     map[string]bool
}

// In says whether the user is in the group with this key.
func (p userPage) In(group string) bool { return p.in[group] }

// Statuses are those that a user may have.
func (userPage) Statuses() []directory.Status {
	return []directory.Status{directory.Active, directory.Bypass, directory.Disabled, directory.LockedOut, directory.PendingDeletion}
}

func customLabels(d *directory.Directory) []string { return d.CustomLabels() }

// customPrefix is before the label of a custom attribute in the name of its field.
const customPrefix = "attribute:"

// userOfForm is the user that was typed.
func userOfForm(r *http.Request) directory.User {
	u := directory.User{
		Username: strings.TrimSpace(r.PostFormValue("username")), DisplayName: strings.TrimSpace(r.PostFormValue("display_name")),
		Email: strings.TrimSpace(r.PostFormValue("email")), FirstName: strings.TrimSpace(r.PostFormValue("first_name")),
		LastName: strings.TrimSpace(r.PostFormValue("last_name")), Status: directory.Status(r.PostFormValue("status")),
		Attributes: map[string]string{},
	}
	for name, values := range r.PostForm {
		if label, ok := strings.CutPrefix(name, customPrefix); ok && values[0] != "" {
			u.Attributes[label] = values[0]
		}
	}
	if label := strings.TrimSpace(r.PostFormValue("new_label")); label != "" {
		u.Attributes[label] = r.PostFormValue("new_value")
	}
	return u
}

func groupsOfForm(r *http.Request) map[string]bool {
	in := map[string]bool{}
	for _, key := range r.PostForm["group"] {
		in[key] = true
	}
	return in
}

func addUser(l *Lab, r *http.Request) (to, said string, err error) {
	u := userOfForm(r)
	done, err := l.Edit("added "+u.Username, func(d *directory.Directory) error {
		if err := d.AddUser(u); err != nil {
			return err
		}
		return setGroups(d, u.Username, r.PostForm["group"])
	})
	waitFor(done)
	return pathUsers, "Added " + u.Username, err
}

func saveUser(l *Lab, r *http.Request) (to, said string, err error) {
	key, u := r.PathValue("user"), userOfForm(r)
	done, err := l.Edit("changed "+u.Username, func(d *directory.Directory) error {
		if err := setUser(d, key, u); err != nil {
			return err
		}
		return setGroups(d, key, r.PostForm["group"])
	})
	waitFor(done)
	return pathUsers, "Saved " + u.Username, err
}

func deleteUser(l *Lab, r *http.Request) (to, said string, err error) {
	u, ok := l.Directory().User(r.PathValue("user"))
	if !ok {
		return "", "", notFound("there is no such user in Duo")
	}
	done, err := l.Edit("deleted "+u.Username, func(d *directory.Directory) error { return d.RemoveUser(u.Key) })
	waitFor(done)
	return pathUsers, "Deleted " + u.Username, err
}

// setGroups puts a user into these groups and takes the user out of all others.
func setGroups(d *directory.Directory, user string, groups []string) error {
	u, ok := d.User(user)
	if !ok {
		return fmt.Errorf("there is no user %q in Duo", user)
	}
	for _, g := range slices.Clone(d.Groups) {
		wanted, is := slices.Contains(groups, g.Key), d.HasMember(g.Key, u.Key)
		var err error
		switch {
		case wanted && !is:
			err = d.AddMember(g.Key, u.Key)
		case is && !wanted:
			err = d.RemoveMember(g.Key, u.Key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
