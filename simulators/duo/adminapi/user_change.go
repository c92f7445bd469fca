package adminapi

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// createUser adds a user.
func (a *API) createUser(c *call) (answer any, err error) {
	username, err := c.required("username")
	if err != nil {
		return nil, err
	}
	err = a.opt.Change(func(d *directory.Directory) error {
		u := directory.User{Key: a.opt.NewKey("DU"), Username: username, Status: directory.Active}
		n := noted{created: c.now}
		if err := a.fill(c, d, &u, &n); err != nil {
			return err
		}
		if err := d.AddUser(u); err != nil {
			return err
		}
		a.note(u.Key, n)
		answer = a.userBody(d, u)
		return nil
	})
	return answer, err
}

// modifyUser changes what the request names.
func (a *API) modifyUser(c *call) (answer any, err error) {
	err = a.opt.Change(func(d *directory.Directory) error {
		u, err := userOf(d, c.args[0])
		if err != nil {
			return err
		}
		was := u
		u.Attributes = maps.Clone(u.Attributes)
		n := a.noted(u.Key)
		if err := a.fill(c, d, &u, &n); err != nil {
			return err
		}
		if err := write(d, was, u); err != nil {
			return err
		}
		a.note(u.Key, n)
		answer = a.userBody(d, u)
		return nil
	})
	return answer, err
}

// write brings a user's attributes to the directory, first the only one that it
// may refuse.
func write(d *directory.Directory, was, u directory.User) error {
	labels := []string{directory.Username, directory.DisplayName, directory.Email, directory.FirstName, directory.LastName}
	for _, label := range append(labels, slices.Sorted(maps.Keys(u.Attributes))...) {
		before, _ := was.Attribute(label)
		after, _ := u.Attribute(label)
		if before == after {
			continue
		}
		if err := d.SetAttribute(u.Key, label, after); err != nil {
			return err
		}
	}
	return d.SetStatus(u.Key, u.Status)
}

// fill takes the parameters of the request into a user and what is noted beside.
func (a *API) fill(c *call, d *directory.Directory, u *directory.User, n *noted) error {
	for name, field := range map[string]*string{
		"username": &u.Username, "realname": &u.DisplayName, "email": &u.Email, "firstname": &u.FirstName, "lastname": &u.LastName, "notes": &n.text,
	} {
		if v, sent := c.text(name); sent {
			*field = v
		}
	}
	if err := a.checkUsername(d, *u); err != nil {
		return err
	}
	if v, sent := c.text("status"); sent {
		u.Status = directory.Status(v)
		if !slices.Contains([]directory.Status{directory.Active, directory.Bypass, directory.Disabled}, u.Status) {
			return invalid("status", "it can be set to active, bypass or disabled")
		}
	}
	if err := custom(c, d, u); err != nil {
		return err
	}
	return a.alias(c, d, u.Key, n)
}

// checkUsername refuses a name that is none, or that somebody else has.
func (a *API) checkUsername(d *directory.Directory, u directory.User) error {
	if strings.TrimSpace(u.Username) == "" {
		return invalid("username", "it is empty")
	}
	if strings.TrimSpace(u.Username) != u.Username || strings.ContainsFunc(u.Username, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return invalid("username", "it has to be one line without spaces around it")
	}
	return a.checkFree(d, u.Key, "username", u.Username)
}

// checkFree refuses a username or alias that another user has.
func (a *API) checkFree(d *directory.Directory, key, parameter, name string) error {
	for _, other := range a.named(d, name) {
		if other.Key != key {
			return invalid(parameter, "there is a user with this username or alias already: %s", other.Key)
		}
	}
	return nil
}

// custom takes custom attributes. Duo wants each to be there before a user gets
// a value (duo_client_python).
func custom(c *call, d *directory.Directory, u *directory.User) error {
	for name, values := range c.params {
		label, is := strings.CutPrefix(name, customPrefix)
		if !is {
			continue
		}
		if !slices.Contains(d.CustomLabels(), label) {
			return invalid(name, "Duo has no custom attribute of this name: create it first")
		}
		if u.Attributes == nil {
			u.Attributes = map[string]string{}
		}
		u.Attributes[label] = values[0]
	}
	return nil
}

// alias takes alias1 to alias8, which are parameters of their own and, together,
// the form aliases.
func (a *API) alias(c *call, d *directory.Directory, key string, n *noted) error {
	sent := url.Values{}
	if text, ok := c.text("aliases"); ok {
		form, err := url.ParseQuery(text)
		if err != nil {
			return invalid("aliases", "it has to look like alias1=jane&alias2=jdoe")
		}
		sent = form
	}
	for name, values := range c.params {
		if strings.HasPrefix(name, "alias") && name != "aliases" {
			sent[name] = values
		}
	}
	n.aliases = maps.Clone(n.aliases)
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		if !slices.Contains(userParams, name) || name == "aliases" {
			return invalid("aliases", "%s is not one of alias1 to alias8", name)
		}
		if err := a.checkFree(d, key, name, sent.Get(name)); err != nil {
			return err
		}
		n.aliases = withAlias(n.aliases, name, sent.Get(name))
	}
	return nil
}

func withAlias(aliases map[string]string, name, alias string) map[string]string {
	if aliases == nil {
		aliases = map[string]string{}
	}
	aliases[name] = alias
	if alias == "" {
		delete(aliases, name)
	}
	return aliases
}

// groupStatus is the status of a group in answers, which published samples write
// with a capital letter.
func (n noted) groupStatus() string {
	status := cmp.Or(n.status, string(directory.Active))
	return strings.ToUpper(status[:1]) + status[1:]
}
