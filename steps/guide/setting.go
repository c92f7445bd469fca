package guide

import (
	"fmt"
	"reflect"
	"slices"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of the Provisioning tab below Authentication: Attribute mapping,
// Groups, User deprovisioning behavior.

func (w *World) theDirectoryAndTheSettings() error {
	w.directory = w.roles.everybody()
	w.app = w.roles.application(*w.settings.Application)
	return nil
}

func (w *World) theGroupsAreSelected(list string) error {
	for _, name := range judge.Listed(list) {
		if err := w.selectGroup(name); err != nil {
			return err
		}
	}
	return nil
}

// selectGroup adds the group to the selected ones, by its key: a group that is
// renamed stays selected.
func (w *World) selectGroup(name string) error {
	group, err := w.duoGroup(name)
	if err != nil {
		return err
	}
	if !slices.Contains(w.app.Groups.Select, group.Key) {
		w.app.Groups.Select = append(slices.Clone(w.app.Groups.Select), group.Key)
	}
	return nil
}

func (w *World) manyGroupsAreSelected(n int) error {
	for i := range n {
		name := fmt.Sprintf("Group %03d", i+1)
		if err := w.theDuoGroupWithTheMembers(name, ""); err != nil {
			return err
		}
		if err := w.selectGroup(name); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) theGroupsWithSSOAccess(list string) error {
	w.app.Groups.Select, w.app.Groups.Use, w.app.SSOAccess = nil, duo.SSOAccess, nil
	for _, name := range judge.Listed(list) {
		group, err := w.duoGroup(name)
		if err != nil {
			return err
		}
		w.app.SSOAccess = append(w.app.SSOAccess, group.Key)
	}
	return nil
}

func (w *World) groupInformationIsExcluded() error {
	w.app.Groups.ExcludeGroupInformation = true
	return nil
}

func (w *World) theGroupIsRemovedFromTheApplication(name string) error {
	group, err := w.duoGroup(name)
	if err != nil {
		return err
	}
	w.app.Groups.Select = slices.DeleteFunc(slices.Clone(w.app.Groups.Select), func(key string) bool { return key == group.Key })
	return w.save()
}

func (w *World) theAttributeMapping(table *messages.PickleTable) error {
	w.app.Mapping = nil
	for _, cells := range table.Rows[1:] {
		row := duo.Row{Duo: cells.Cells[0].Value, Application: cells.Cells[1].Value}
		if why := w.cannotMap(row); why != "" {
			return &judge.Untested{Reason: why}
		}
		w.app.Mapping = append(w.app.Mapping, row)
	}
	return w.save()
}

// cannotMap says why the user's own files leave nothing to judge: the guide's
// row makes no sense with them.
func (w *World) cannotMap(row duo.Row) string {
	switch {
	case w.options.Own == nil:
		return ""
	case !slices.Contains(w.app.Type.Attributes(), row.Application):
		return fmt.Sprintf("an application of type %s has no attribute %s", w.app.Type, row.Application)
	case !slices.Contains(w.directory.AttributeLabels(), row.Duo):
		return fmt.Sprintf("no user in the directory file has the attribute %q", row.Duo)
	}
	return ""
}

func (w *World) theDeprovisioningBehaviorIs(behavior string) error {
	w.app.Deprovisioning = duo.Deactivate
	if behavior == "Delete Users" {
		w.app.Deprovisioning = duo.Delete
	}
	return w.save()
}

// save presses Save if provisioning was set up already; before that the
// settings are only what "Save and enable" will find.
func (w *World) save() error {
	if w.Duo == nil {
		return nil
	}
	w.app.BaseURL = w.Conn.DuoURL
	now := w.settingsNow()
	if reflect.DeepEqual(w.Duo.Application(), now) {
		return nil
	}
	return w.Duo.Save(now, w.directory)
}

// The steps of Duo's own users and groups.

func (w *World) theDuoGroupWithTheMembers(name, list string) error {
	group, err := w.roles.group(name)
	if err != nil {
		return err
	}
	if _, ok := w.directory.Group(group.Name); !ok {
		if err := w.directory.AddGroup(group); err != nil {
			return err
		}
	}
	for _, member := range judge.Listed(list) {
		if err := w.joins(member, name); err != nil {
			return err
		}
	}
	return nil
}

// duoGroup is the group in Duo, under the name it has now or had at first.
func (w *World) duoGroup(name string) (directory.Group, error) {
	group, err := w.roles.group(name)
	if err != nil {
		return group, err
	}
	for _, ref := range []string{group.Name, group.Key} {
		if found, ok := w.directory.Group(ref); ok && ref != "" {
			return found, nil
		}
	}
	return group, fmt.Errorf("the example has no Duo group %q", name)
}

func (w *World) joins(name, group string) error {
	user, g, err := w.both(name, group)
	if err != nil || slices.Contains(g.Members, user.Key) {
		return err
	}
	return w.directory.AddMember(g.Key, user.Key)
}

func (w *World) leaves(name, group string) error {
	user, g, err := w.both(name, group)
	if err != nil {
		return err
	}
	return w.directory.RemoveMember(g.Key, user.Key)
}

func (w *World) both(name, group string) (directory.User, directory.Group, error) {
	user, err := w.user(name)
	if err != nil {
		return user, directory.Group{}, err
	}
	g, err := w.duoGroup(group)
	return user, g, err
}

func (w *World) isDeletedFromDuo(name string) error {
	user, err := w.user(name)
	if err != nil {
		return err
	}
	return w.directory.RemoveUser(user.Key)
}

func (w *World) theDuoGroupIsRenamed(from, to string) error {
	group, err := w.duoGroup(from)
	if err != nil {
		return err
	}
	if id, err := w.groupID(from); err == nil {
		w.ids["group "+to] = id
	}
	return w.directory.RenameGroup(group.Key, w.roles.markName(to))
}

func (w *World) theAttributeBecomes(label, name, value string) error {
	user, err := w.user(name)
	if err != nil {
		return err
	}
	if label == directory.Username || label == directory.Email {
		value = w.roles.markName(value)
	}
	return w.directory.SetAttribute(user.Key, label, value)
}

// theUserNameBecomesAnother changes whatever the mapping makes userName of.
func (w *World) theUserNameBecomesAnother(name string) error {
	user, err := w.user(name)
	if err != nil {
		return err
	}
	for _, row := range w.app.Mapping {
		if row.Application == duo.RequiredAttribute {
			value, _ := user.Attribute(row.Duo)
			return w.directory.SetAttribute(user.Key, row.Duo, "renamed."+value)
		}
	}
	return fmt.Errorf("the mapping has no row for %s", duo.RequiredAttribute)
}

func (w *World) loses(name, label string) error { return w.theAttributeBecomes(label, name, "") }
