package adminapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// The most items that one page has (Duo documentation).
const (
	maxUsers       = 300
	maxGroups      = 100
	maxMemberships = 500
)

// listUsers lists all users, or those whom a parameter names.
func (a *API) listUsers(c *call) (answer any, err error) {
	a.opt.Read(func(d *directory.Directory) {
		var users []directory.User
		if users, err = a.filtered(c, d); err == nil {
			answer, err = pageOf(c, maxUsers, users, func(u directory.User) userBody { return a.userBody(d, u) })
		}
	})
	return answer, err
}

// filtered are the users whom the request asks for, by one parameter at most.
func (a *API) filtered(c *call, d *directory.Directory) ([]directory.User, error) {
	filters := map[string]func(value string) ([]directory.User, error){
		"username": func(v string) ([]directory.User, error) { return a.named(d, v), nil },
		"email": func(v string) ([]directory.User, error) {
			return usersWhere(d, func(u directory.User) bool { return strings.EqualFold(u.Email, v) }), nil
		},
		"username_list": func(string) ([]directory.User, error) {
			return each(c, "username_list", func(v string) []directory.User { return a.named(d, v) })
		},
		"user_id_list": func(string) ([]directory.User, error) {
			return each(c, "user_id_list", func(v string) []directory.User { return keyed(d, v) })
		},
	}
	asked := ""
	for _, name := range slices.Sorted(maps.Keys(filters)) {
		if _, sent := c.text(name); sent && asked != "" {
			return nil, invalid(name, "it is there beside %s: send one of both", asked)
		} else if sent {
			asked = name
		}
	}
	if asked == "" {
		return d.Users, nil
	}
	return filters[asked](c.params.Get(asked))
}

// each collects what is found for each text of a list, once.
func each(c *call, name string, find func(string) []directory.User) ([]directory.User, error) {
	texts, err := c.texts(name)
	if err != nil {
		return nil, err
	}
	var users []directory.User
	seen := map[string]bool{}
	for _, text := range texts {
		for _, u := range find(text) {
			if !seen[u.Key] {
				seen[u.Key] = true
				users = append(users, u)
			}
		}
	}
	return users, nil
}

func usersWhere(d *directory.Directory, keep func(directory.User) bool) []directory.User {
	var users []directory.User
	for _, u := range d.Users {
		if keep(u) {
			users = append(users, u)
		}
	}
	return users
}

// named is the user with this username or alias in any case, or nobody.
func (a *API) named(d *directory.Directory, name string) []directory.User {
	if u, ok := d.User(name); ok && strings.EqualFold(u.Username, name) {
		return []directory.User{u}
	}
	if u, ok := a.aliased(d, name); ok {
		return []directory.User{u}
	}
	return nil
}

// aliased is the user who has this alias.
func (a *API) aliased(d *directory.Directory, alias string) (directory.User, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for key, n := range a.notes {
		for _, has := range n.aliases {
			if i, ok := d.UserIndex(key); ok && strings.EqualFold(has, alias) {
				return d.Users[i], true
			}
		}
	}
	return directory.User{}, false
}

// keyed is the user with this key, or nobody.
func keyed(d *directory.Directory, key string) []directory.User {
	if i, ok := d.UserIndex(key); ok {
		return []directory.User{d.Users[i]}
	}
	return nil
}

// userOf is the user whose key stands in the path.
func userOf(d *directory.Directory, key string) (directory.User, error) {
	if found := keyed(d, key); len(found) > 0 {
		return found[0], nil
	}
	return directory.User{}, notFound("there is no user with the user_id " + key)
}

func (a *API) getUser(c *call) (answer any, err error) {
	a.opt.Read(func(d *directory.Directory) {
		var u directory.User
		if u, err = userOf(d, c.args[0]); err == nil {
			answer = a.userBody(d, u)
		}
	})
	return answer, err
}

// deleteUser removes a user. One who is gone already is no error
// (duo_client_python).
func (a *API) deleteUser(c *call) (any, error) {
	err := a.opt.Change(func(d *directory.Directory) error {
		if len(keyed(d, c.args[0])) == 0 {
			return nil
		}
		return d.RemoveUser(c.args[0])
	})
	if err == nil {
		a.forget(c.args[0])
	}
	return "", err
}
