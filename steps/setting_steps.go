package steps

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// The steps of the Provisioning tab below Authentication: Attribute mapping,
// Groups, User deprovisioning behavior.

func (w *world) theDirectoryAndTheSettings() error {
	w.directory = w.cast.everybody()
	w.app = w.cast.application(*w.settings.Application)
	return nil
}

// listed splits the list in a sentence, "Josue, Aiko"; an empty one has none.
func listed(list string) []string {
	if strings.TrimSpace(list) == "" {
		return nil
	}
	parts := strings.Split(list, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

func (w *world) theGroupsAreSelected(list string) error {
	for _, name := range listed(list) {
		if err := w.selectGroup(name); err != nil {
			return err
		}
	}
	return nil
}

// selectGroup adds the group to the selected ones, by its key: a group that is
// renamed stays selected.
func (w *world) selectGroup(name string) error {
	group, err := w.duoGroup(name)
	if err != nil {
		return err
	}
	if !slices.Contains(w.app.Groups.Select, group.Key) {
		w.app.Groups.Select = append(slices.Clone(w.app.Groups.Select), group.Key)
	}
	return nil
}

func (w *world) manyGroupsAreSelected(n int) error {
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

func (w *world) theGroupsWithSSOAccess(list string) error {
	w.app.Groups.Select, w.app.Groups.Use, w.app.SSOAccess = nil, duo.SSOAccess, nil
	for _, name := range listed(list) {
		group, err := w.duoGroup(name)
		if err != nil {
			return err
		}
		w.app.SSOAccess = append(w.app.SSOAccess, group.Key)
	}
	return nil
}

func (w *world) groupInformationIsExcluded() error {
	w.app.Groups.ExcludeGroupInformation = true
	return nil
}

func (w *world) theGroupIsRemovedFromTheApplication(name string) error {
	group, err := w.duoGroup(name)
	if err != nil {
		return err
	}
	w.app.Groups.Select = slices.DeleteFunc(slices.Clone(w.app.Groups.Select), func(key string) bool { return key == group.Key })
	return w.save()
}

func (w *world) theAttributeMapping(table *godog.Table) error {
	w.app.Mapping = nil
	for _, cells := range table.Rows[1:] {
		row := duo.Row{Duo: cells.Cells[0].Value, Application: cells.Cells[1].Value}
		if why := w.cannotMap(row); why != "" {
			return &untested{why}
		}
		w.app.Mapping = append(w.app.Mapping, row)
	}
	return w.save()
}

// cannotMap says why the user's own files leave nothing to judge: the guide's
// row makes no sense with them.
func (w *world) cannotMap(row duo.Row) string {
	switch {
	case !w.own:
		return ""
	case !slices.Contains(w.app.Type.Attributes(), row.Application):
		return fmt.Sprintf("an application of type %s has no attribute %s", w.app.Type, row.Application)
	case !slices.Contains(w.directory.AttributeLabels(), row.Duo):
		return fmt.Sprintf("no user in the directory file has the attribute %q", row.Duo)
	}
	return ""
}

func (w *world) theDeprovisioningBehaviorIs(behavior string) error {
	w.app.Deprovisioning = duo.Deactivate
	if behavior == "Delete Users" {
		w.app.Deprovisioning = duo.Delete
	}
	return w.save()
}

// save presses Save if provisioning was set up already; before that the
// settings are only what "Save and enable" will find.
func (w *world) save() error {
	if w.duo == nil {
		return nil
	}
	w.app.BaseURL = w.conn.baseURL
	seen := w.settingsSeen()
	if reflect.DeepEqual(w.duo.Application(), seen) {
		return nil
	}
	return w.duo.Save(seen, w.peopleSeen())
}

// The steps of Duo's own users and groups.

func (w *world) theDuoGroupWithTheMembers(name, list string) error {
	group, err := w.cast.group(name)
	if err != nil {
		return err
	}
	if _, ok := w.directory.Group(group.Name); !ok {
		if err := w.directory.AddGroup(group); err != nil {
			return err
		}
	}
	for _, member := range listed(list) {
		if err := w.joins(member, name); err != nil {
			return err
		}
	}
	return nil
}

// duoGroup is the group in Duo, under the name it has now or had at first.
func (w *world) duoGroup(name string) (directory.Group, error) {
	group, err := w.cast.group(name)
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

func (w *world) joins(name, group string) error {
	user, g, err := w.both(name, group)
	if err != nil || slices.Contains(g.Members, user.Key) {
		return err
	}
	return w.directory.AddMember(g.Key, user.Key)
}

func (w *world) leaves(name, group string) error {
	user, g, err := w.both(name, group)
	if err != nil {
		return err
	}
	return w.directory.RemoveMember(g.Key, user.Key)
}

func (w *world) both(name, group string) (directory.User, directory.Group, error) {
	user, err := w.user(name)
	if err != nil {
		return user, directory.Group{}, err
	}
	g, err := w.duoGroup(group)
	return user, g, err
}

func (w *world) isDeletedFromDuo(name string) error {
	user, err := w.user(name)
	if err != nil {
		return err
	}
	return w.directory.RemoveUser(user.Key)
}

func (w *world) theDuoGroupIsRenamed(from, to string) error {
	group, err := w.duoGroup(from)
	if err != nil {
		return err
	}
	if id, err := w.groupID(from); err == nil {
		w.ids["group "+to] = id
	}
	return w.directory.RenameGroup(group.Key, w.cast.markName(to))
}

func (w *world) theAttributeBecomes(label, name, value string) error {
	user, err := w.user(name)
	if err != nil {
		return err
	}
	if label == directory.Username || label == directory.Email {
		value = w.cast.markName(value)
	}
	return w.directory.SetAttribute(user.Key, label, value)
}

// theUserNameBecomesAnother changes whatever the mapping makes userName of.
func (w *world) theUserNameBecomesAnother(name string) error {
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

func (w *world) loses(name, label string) error { return w.theAttributeBecomes(label, name, "") }
