package adminapi

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// listGroups lists all groups, or those of a list of keys.
func (a *API) listGroups(c *call) (answer any, err error) {
	a.opt.Read(func(d *directory.Directory) {
		groups := d.Groups
		if _, sent := c.text("group_id_list"); sent {
			var keys []string
			if keys, err = c.texts("group_id_list"); err != nil {
				return
			}
			groups = nil
			for _, g := range d.Groups {
				if slices.Contains(keys, g.Key) {
					groups = append(groups, g)
				}
			}
		}
		answer, err = pageOf(c, maxGroups, groups, a.groupBody)
	})
	return answer, err
}

// groupOf is the group with this key.
func groupOf(d *directory.Directory, key string) (directory.Group, bool) {
	g, ok := d.Group(key)
	return g, ok && g.Key == key
}

func (a *API) readGroup(c *call, show func(*directory.Directory, directory.Group) (any, error)) (answer any, err error) {
	a.opt.Read(func(d *directory.Directory) {
		g, ok := groupOf(d, c.args[0])
		if !ok {
			err = noGroup(c.args[0])
			return
		}
		answer, err = show(d, g)
	})
	return answer, err
}

func noGroup(key string) error { return notFound("there is no group with the group_id " + key) }

func (a *API) getGroup(c *call) (any, error) {
	return a.readGroup(c, func(_ *directory.Directory, g directory.Group) (any, error) { return a.groupBody(g), nil })
}

// getGroupWithUsers is the first version of getGroup, which lists the members too.
func (a *API) getGroupWithUsers(c *call) (any, error) {
	return a.readGroup(c, func(d *directory.Directory, g directory.Group) (any, error) {
		body := groupWithUsersBody{groupBody: a.groupBody(g), Users: []memberBody{}}
		for _, key := range g.Members {
			body.Users = append(body.Users, memberOf(d, key))
		}
		return body, nil
	})
}

func (a *API) listUsersOfGroup(c *call) (any, error) {
	return a.readGroup(c, func(d *directory.Directory, g directory.Group) (any, error) {
		return pageOf(c, maxMemberships, g.Members, func(key string) memberBody { return memberOf(d, key) })
	})
}

// createGroup adds a group without members.
func (a *API) createGroup(c *call) (answer any, err error) {
	if _, err := c.required("name"); err != nil {
		return nil, err
	}
	err = a.opt.Change(func(d *directory.Directory) error {
		g := directory.Group{Key: a.opt.NewKey("DG")}
		n := noted{created: c.now}
		if err := fillGroup(c, d, &g, &n); err != nil {
			return err
		}
		if err := d.AddGroup(g); err != nil {
			return err
		}
		a.note(g.Key, n)
		answer = a.groupBody(g)
		return nil
	})
	return answer, err
}

// modifyGroup changes what the request names.
func (a *API) modifyGroup(c *call) (answer any, err error) {
	err = a.opt.Change(func(d *directory.Directory) error {
		g, ok := groupOf(d, c.args[0])
		if !ok {
			return noGroup(c.args[0])
		}
		before, n := g.Name, a.noted(g.Key)
		if err := fillGroup(c, d, &g, &n); err != nil {
			return err
		}
		if g.Name != before {
			if err := d.RenameGroup(g.Key, g.Name); err != nil {
				return err
			}
		}
		a.note(g.Key, n)
		answer = a.groupBody(g)
		return nil
	})
	return answer, err
}

// fillGroup takes the parameters of the request. The flags of factors are
// deprecated and without effect (Duo documentation).
func fillGroup(c *call, d *directory.Directory, g *directory.Group, n *noted) error {
	if v, sent := c.text("name"); sent {
		if strings.TrimSpace(v) == "" || strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return invalid("name", "it has to be one line that is not empty")
		}
		if other, taken := d.Group(v); taken && other.Key != g.Key {
			return invalid("name", "there is a group of this name already: %s", other.Key)
		}
		g.Name = v
	}
	if v, sent := c.text("desc"); sent {
		n.text = v
	}
	if v, sent := c.text("status"); sent {
		n.status = strings.ToLower(v)
		if !slices.Contains([]string{"active", "bypass", "disabled"}, n.status) {
			return invalid("status", "it can be set to active, bypass or disabled")
		}
	}
	return nil
}

// deleteGroup removes a group. That one which is gone already is no error is
// assumed, as it is with users.
func (a *API) deleteGroup(c *call) (any, error) {
	err := a.opt.Change(func(d *directory.Directory) error {
		if _, ok := groupOf(d, c.args[0]); !ok {
			return nil
		}
		return d.RemoveGroup(c.args[0])
	})
	if err == nil {
		a.forget(c.args[0])
	}
	return "", err
}
