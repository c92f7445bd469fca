package secureaccess_test

import (
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// person is a user with an id, or "" for none.
func person(t *testing.T, id, name string) *scim.Object {
	t.Helper()
	text := `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "` + name + `"`
	if id != "" {
		text += `, "id": "` + id + `"`
	}
	o, err := scim.ParseObject([]byte(text + "}"))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestTheResourcesOfADirectoryAreReplaced(t *testing.T) {
	server, err := secureaccess.New(secureaccess.Config{Organization: "test"})
	if err != nil {
		t.Fatal(err)
	}
	d, err := server.IntegrateDirectory("DUO Integration", secureaccess.Duo)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Replace([]*scim.Object{person(t, "42", "ada"), person(t, "", "grace")}, nil); err != nil {
		t.Fatal(err)
	}
	users := d.Snapshot("User")
	if len(users) != 2 || scim.IDOf(users[0]) != "42" || scim.IDOf(users[1]) == "" {
		t.Errorf("%v", users)
	}
	for _, wrong := range [][]*scim.Object{
		{person(t, "1", "a"), person(t, "1", "b")},     // an id twice
		{person(t, "", "same"), person(t, "", "same")}, // a userName twice
	} {
		if err := d.Replace(wrong, nil); err == nil || len(d.Snapshot("User")) != 2 || scim.IDOf(d.Snapshot("User")[0]) != "42" {
			t.Errorf("%v: %v", err, d.Snapshot("User"))
		}
	}
	if _, err := d.GenerateToken(); err != nil {
		t.Fatal(err)
	}
	d.Remove()
	if len(server.Directories()) != 0 || d.HasToken() || server.Counts().Users != 0 {
		t.Error("the directory is still there")
	}
}
