package duo

import (
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// Each flow starts where the guide ends; its snapshot is what it sends.
func TestWireOfEachFlow(t *testing.T) {
	const josue, aiko, group = "josue@example.com", "aiko@example.com", "DUO - Users"
	flows := []struct {
		name   string
		with   []func(*Application, *Profile)
		change func(*rig)
	}{
		{"a mapped attribute changes", nil, func(r *rig) {
			r.must(r.dir.SetAttribute(josue, directory.LastName, "Rojas"))
		}},
		{"several mapped attributes change at once", nil, func(r *rig) {
			r.must(r.dir.SetAttribute(josue, directory.LastName, "Rojas"))
			r.must(r.dir.SetAttribute(josue, directory.Email, "josue.rojas@example.com"))
			r.must(r.dir.SetAttribute(josue, directory.DisplayName, "Josué Rojas"))
		}},
		{"a mapped attribute loses its value", nil, func(r *rig) {
			r.must(r.dir.SetAttribute(josue, directory.LastName, ""))
		}},
		{"the username changes", nil, func(r *rig) {
			r.must(r.dir.SetAttribute(josue, directory.Username, "josue.rojas@example.com"))
		}},
		{"a row is added to the mapping", nil, func(r *rig) {
			app := r.Application()
			app.Mapping = append(app.Mapping, Row{"Display Name", "name.formatted"})
			r.must(r.Save(app, r.dir))
		}},
		{"a user joins and another leaves", nil, func(r *rig) {
			r.must(r.dir.AddUser(person("maria")))
			r.must(r.dir.AddMember(group, "maria@example.com"))
			r.must(r.dir.RemoveMember(group, aiko))
		}},
		{"a user leaves who is to be deleted", []func(*Application, *Profile){deleting}, func(r *rig) {
			r.must(r.dir.RemoveMember(group, aiko))
		}},
		{"a user leaves and returns", nil, func(r *rig) {
			r.must(r.dir.RemoveMember(group, aiko))
			r.sync()
			r.must(r.dir.AddMember(group, aiko))
		}},
		{"a user is gone from Duo", nil, func(r *rig) {
			r.must(r.dir.RemoveUser(aiko))
		}},
		{"the group is renamed", nil, func(r *rig) {
			r.must(r.dir.RenameGroup(group, "DUO - Büro \"West\""))
		}},
		{"the group is removed from the application", nil, func(r *rig) {
			app := r.Application()
			app.Groups.Select = nil
			r.must(r.Save(app, r.dir))
		}},
	}
	for _, flow := range flows {
		t.Run(flow.name, func(t *testing.T) {
			r := newRig(t, people("josue", "aiko"), flow.with...)
			r.enable()
			r.wire()
			flow.change(r)
			r.sync()
			snaps.MatchSnapshot(t, r.wire())
		})
	}
}

func TestWireOfAFirstPass(t *testing.T) {
	flows := []struct {
		name string
		dir  *directory.Directory
		with func(*rig, *Application)
	}{
		{"a user whom the target has already is matched and gets what differs", people("josue"), func(r *rig, _ *Application) {
			r.stub.have(r.t, usersEndpoint, `{"userName": "JOSUE@example.com", "displayName": "Somebody", "title": "Engineer", "emails": [{"value": "josue@example.com", "type": "work"}]}`)
		}},
		{"a disabled user whom the target has already is enabled", people("josue"), func(r *rig, _ *Application) {
			r.stub.have(r.t, usersEndpoint, `{"userName": "josue@example.com", "displayName": "josue", "emails": [{"value": "josue@example.com"}], "name": {"familyName": "Brenes", "givenName": "josue"}, "active": false}`)
		}},
		{"a group that the target has already is matched and keeps its other members", people("josue"), func(r *rig, _ *Application) {
			r.stub.have(r.t, groupsEndpoint, `{"displayName": "duo - users", "members": [{"value": "somebody"}]}`)
		}},
		{"group information is excluded", people("josue"), func(_ *rig, app *Application) {
			app.Groups.ExcludeGroupInformation = true
		}},
		{"attributes of the extension", custom(people("josue"), "Windows Login", `EXAMPLE\josue`), func(_ *rig, app *Application) {
			app.Mapping = []Row{{"Username", "userName"}, {"Windows Login", "authName"}, {"Windows Login", "nativeObjectId"}}
		}},
		{"attributes of the enterprise extension for Webex", custom(people("josue"), "Department", "Research"), func(_ *rig, app *Application) {
			app.Type = CiscoWebex
			app.Mapping = []Row{{"Username", "userName"}, {"Department", "department"}, {"Department", "phoneNumbers"}}
		}},
		{"a group without members", people(), func(*rig, *Application) {}},
	}
	for _, flow := range flows {
		t.Run(flow.name, func(t *testing.T) {
			r := newRig(t, flow.dir)
			flow.with(r, &r.app)
			r.enable()
			r.requests()
			r.seen = 1 // the connection test is the same everywhere
			snaps.MatchSnapshot(t, r.wire())
		})
	}
}

func custom(d *directory.Directory, label, value string) *directory.Directory {
	for i := range d.Users {
		d.Users[i].Attributes = map[string]string{label: value}
	}
	return d
}
