package directory_test

import (
	"reflect"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

func TestAttributeReadsByDuosLabels(t *testing.T) {
	u := directory.User{
		Username: "josue@example.com", DisplayName: "Josue", FirstName: "Josue", LastName: "Brenes",
		Attributes: map[string]string{"Cost Center": "4711", "Badge": ""},
	}
	for label, want := range map[string]string{
		"Username": "josue@example.com", "Display Name": "Josue", "First Name": "Josue", "Last Name": "Brenes",
		"Cost Center":   "4711",
		"Email Address": "", // without a value
		"Badge":         "", // with an empty one
		"Phone":         "", // unknown
		"username":      "", // labels are exact
	} {
		if got, ok := u.Attribute(label); got != want || ok != (want != "") {
			t.Errorf("Attribute(%q) is %q, %t; want %q", label, got, ok, want)
		}
	}
}

func TestLookups(t *testing.T) {
	d := office(t)
	josue := d.Users[0]
	t.Run("a user by key or by username in any case", func(t *testing.T) {
		for _, ref := range []string{josue.Key, "josue@example.com", "JOSUE@Example.com"} {
			if got, ok := d.User(ref); !ok || got.Key != josue.Key {
				t.Errorf("User(%q) is %+v, %t", ref, got, ok)
			}
		}
		if got, ok := d.User("jose@example.com"); ok {
			t.Errorf("an unknown user is %+v", got)
		}
	})
	t.Run("a group by key or by name in any case", func(t *testing.T) {
		for _, ref := range []string{"DGUSERS0000000000001", "DUO - Users", "duo - users"} {
			if got, ok := d.Group(ref); !ok || got.Name != "DUO - Users" {
				t.Errorf("Group(%q) is %+v, %t", ref, got, ok)
			}
		}
		if got, ok := d.Group("DUO"); ok {
			t.Errorf("an unknown group is %+v", got)
		}
	})
	t.Run("a key before a username that looks like one", func(t *testing.T) {
		d := &directory.Directory{Users: []directory.User{{Key: "DU1", Username: "DU2"}, {Key: "DU2", Username: "b"}}}
		if got, _ := d.User("DU2"); got.Username != "b" {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("the groups of a user", func(t *testing.T) {
		var names []string
		for _, g := range d.GroupsOf(josue.Key) {
			names = append(names, g.Name)
		}
		if want := []string{"DUO - Users", "DUO - Engineers"}; !reflect.DeepEqual(names, want) {
			t.Errorf("got %q, want %q", names, want)
		}
	})
	t.Run("the labels of every attribute", func(t *testing.T) {
		want := []string{"Username", "Display Name", "Email Address", "First Name", "Last Name", "Cost Center", "Department", "Windows Login"}
		if got := d.AttributeLabels(); !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestACloneSharesNothing(t *testing.T) {
	d := office(t)
	c := d.Clone()
	if !reflect.DeepEqual(c, d) {
		t.Fatalf("the clone differs: %+v", c)
	}
	c.Users[0].Attributes["Department"] = "Sales"
	c.Users[1].Username = "other"
	c.Groups[0].Members[0] = "other"
	c.Groups[0].Name = "other"
	if !reflect.DeepEqual(d, office(t)) {
		t.Errorf("changing the clone changed the directory: %+v", d)
	}
}
