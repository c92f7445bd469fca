package lab

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/fixtures"
	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// firstDirectory is who is in Duo at the beginning: those who were given, or the guide's.
func firstDirectory(given *directory.Directory) (*directory.Directory, error) {
	if given != nil {
		return given.Clone(), nil
	}
	return directory.Load(fixtures.GuideDirectory())
}

// Edit changes users and groups as an administrator does in Duo. what says for people
// what is changed. An error changes nothing. What is returned is closed when Duo has
// provisioned the change.
func (l *Lab) Edit(what string, change func(d *directory.Directory) error) (<-chan struct{}, error) {
	l.mu.Lock()
	next := l.dir.Clone()
	if err := change(next); err != nil {
		l.mu.Unlock()
		return nil, plain(err)
	}
	l.dir = next
	l.mu.Unlock()
	return l.edited(what), nil
}

// replaceDirectory is Edit for other users and groups in the place of all.
func (l *Lab) replaceDirectory(what string, next *directory.Directory) <-chan struct{} {
	l.mu.Lock()
	l.dir = next
	l.mu.Unlock()
	return l.edited(what)
}

func (l *Lab) edited(what string) <-chan struct{} {
	l.keep()
	l.changed(eventDirectory, "%s", what)
	return l.answer(what)
}

// directoryOf is a directory of these users and groups.
func directoryOf(users []userJSON, groups []groupJSON) (*directory.Directory, error) {
	d := &directory.Directory{}
	for _, u := range users {
		if err := d.AddUser(directory.User(u)); err != nil {
			return nil, err
		}
	}
	for _, g := range groups {
		if err := d.AddGroup(directory.Group(g)); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// plain is an error of directory or duo.Profile without their word before it.
func plain(err error) error {
	for _, word := range []string{"directory: ", "profile: "} {
		if text, ok := strings.CutPrefix(err.Error(), word); ok {
			return errors.New(text)
		}
	}
	return err
}

// setUser gives a user all values of another one but the key.
func setUser(d *directory.Directory, user string, to directory.User) error {
	u, ok := d.User(user)
	if !ok {
		return fmt.Errorf("there is no user %q in Duo", user)
	}
	values := map[string]string{
		directory.Username: to.Username, directory.DisplayName: to.DisplayName, directory.Email: to.Email,
		directory.FirstName: to.FirstName, directory.LastName: to.LastName,
	}
	for label := range u.Attributes {
		values[label] = ""
	}
	maps.Copy(values, to.Attributes)
	for _, label := range slices.Sorted(maps.Keys(values)) {
		if err := d.SetAttribute(u.Key, label, values[label]); err != nil {
			return err
		}
	}
	if to.Status == "" {
		return nil
	}
	return d.SetStatus(u.Key, to.Status)
}

// setMembers gives a group these members, by key or username.
func setMembers(d *directory.Directory, group string, members []string) error {
	g, ok := d.Group(group)
	if !ok {
		return fmt.Errorf("there is no group %q in Duo", group)
	}
	wanted := map[string]bool{}
	for _, m := range members {
		u, ok := d.User(m)
		if !ok {
			return fmt.Errorf("there is no user %q in Duo", m)
		}
		wanted[u.Key] = true
	}
	for _, m := range slices.Clone(g.Members) {
		if !wanted[m] {
			if err := d.RemoveMember(g.Key, m); err != nil {
				return err
			}
		}
		delete(wanted, m)
	}
	for _, m := range slices.Sorted(maps.Keys(wanted)) {
		if err := d.AddMember(g.Key, m); err != nil {
			return err
		}
	}
	return nil
}

// imported counts what an import did.
type imported struct{ Added, Changed, Groups int }

// String is the count in words.
func (i imported) String() string {
	return fmt.Sprintf("%s added, %d changed, %s added", words.Count(i.Added, "user"), i.Changed, words.Count(i.Groups, "group"))
}

// Import adds the users of Duo's import form (CSV), and gives those who are there already
// the values that the form has. Groups are added; users join the groups of the form and
// leave none.
func (l *Lab) Import(form io.Reader) (imported, <-chan struct{}, error) {
	var count imported
	in, err := directory.Read("import.csv", form)
	if err != nil {
		return count, nil, err
	}
	done, err := l.Edit("imported users", func(d *directory.Directory) error { return importInto(d, in, &count) })
	return count, done, err
}

func importInto(d, in *directory.Directory, count *imported) error {
	for _, u := range in.Users {
		there, ok := d.User(u.Username)
		if !ok {
			count.Added++
			if err := d.AddUser(u); err != nil {
				return err
			}
			continue
		}
		count.Changed++
		if err := setUser(d, there.Key, laidOver(there, u)); err != nil {
			return err
		}
	}
	for _, g := range in.Groups {
		if err := importGroup(d, in, g, count); err != nil {
			return err
		}
	}
	return nil
}

// laidOver is the user with the values that the form has.
func laidOver(u, form directory.User) directory.User {
	for _, pair := range []struct {
		to   *string
		from string
	}{{&u.DisplayName, form.DisplayName}, {&u.Email, form.Email}, {&u.FirstName, form.FirstName}, {&u.LastName, form.LastName}} {
		if pair.from != "" {
			*pair.to = pair.from
		}
	}
	u.Status = form.Status
	return u
}

func importGroup(d, in *directory.Directory, g directory.Group, count *imported) error {
	if _, ok := d.Group(g.Name); !ok {
		count.Groups++
		if err := d.AddGroup(directory.Group{Name: g.Name}); err != nil {
			return err
		}
	}
	there, _ := d.Group(g.Name)
	for _, key := range g.Members {
		member, _ := in.User(key)
		u, _ := d.User(member.Username)
		if d.HasMember(there.Key, u.Key) {
			continue
		}
		if err := d.AddMember(there.Key, u.Key); err != nil {
			return err
		}
	}
	return nil
}
