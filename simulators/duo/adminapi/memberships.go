package adminapi

import "github.com/simulate-duo/simulate-duo/simulators/directory"

func (a *API) listGroupsOfUser(c *call) (answer any, err error) {
	a.opt.Read(func(d *directory.Directory) {
		var u directory.User
		if u, err = userOf(d, c.args[0]); err == nil {
			answer, err = pageOf(c, maxMemberships, d.GroupsOf(u.Key), a.groupBody)
		}
	})
	return answer, err
}

// associate puts a user into a group. That one who is in it already is no error
// is assumed.
func (a *API) associate(c *call) (any, error) {
	group, err := c.required("group_id")
	if err != nil {
		return nil, err
	}
	return "", a.opt.Change(func(d *directory.Directory) error {
		u, err := bothThere(d, c.args[0], group)
		if err != nil || d.HasMember(group, u) {
			return err
		}
		return d.AddMember(group, u)
	})
}

// disassociate takes a user out of a group. That one who is not in it is no error
// is assumed.
func (a *API) disassociate(c *call) (any, error) {
	group := c.args[1]
	return "", a.opt.Change(func(d *directory.Directory) error {
		u, err := bothThere(d, c.args[0], group)
		if err != nil || !d.HasMember(group, u) {
			return err
		}
		return d.RemoveMember(group, u)
	})
}

// bothThere returns the user's key, or says which of both there is not.
func bothThere(d *directory.Directory, user, group string) (string, error) {
	u, err := userOf(d, user)
	if err != nil {
		return "", err
	}
	if _, ok := groupOf(d, group); !ok {
		return "", invalid("group_id", "there is no group with this key")
	}
	return u.Key, nil
}
