package provider_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestLoadCreatesAllOrNothing(t *testing.T) {
	c := start(t, provider.Config{})
	ids, err := c.Load("User", []*scim.Object{benchUser(1), benchUser(2)})
	if err != nil || strings.Join(ids, " ") != "id-1 id-2" {
		t.Fatalf("%v, %v", ids, err)
	}
	bad := scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.UserURN}})
	for name, resources := range map[string][]*scim.Object{
		"a resource that breaks the schema": {benchUser(3), bad},
		"a name that is taken":              {benchUser(3), benchUser(1)},
		"a name that occurs twice":          {benchUser(3), benchUser(3)},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := c.Load("User", resources); err == nil || !strings.Contains(err.Error(), "User 1") {
				t.Errorf("error: %v", err)
			}
			if n := c.Len("User"); n != 2 {
				t.Errorf("%d users", n)
			}
		})
	}
	if _, err := c.Load("Robot", nil); err == nil {
		t.Error("an unknown type is accepted")
	}
	if _, err := c.Load("User", []*scim.Object{benchUser(3)}); err != nil {
		t.Errorf("what failed before left something behind: %v", err)
	}
}

func TestASnapshotIsACopyInTheOrderOfCreation(t *testing.T) {
	c := start(t, provider.Config{BasePath: "/scim"})
	for _, name := range []string{"b", "a"} {
		c.do(http.MethodPost, "/scim/Users", user(`"userName":"`+name+`","name":{"givenName":"G"}`)).expect(http.StatusCreated)
	}
	snapshot := c.Snapshot("User")
	if len(snapshot) != 2 || snapshot[0].String("userName") != "b" || at(snapshot[0], "meta.location") != `"/scim/Users/id-1"` {
		t.Fatalf("got %v", snapshot)
	}
	snapshot[0].Object("name").Set("givenName", "changed")
	snapshot[0].Object("meta").Set("version", "changed")
	c.get("/scim/Users/id-1").has("name.givenName", `"G"`).has("meta.version", `"W/\"1\""`)
	if c.Snapshot("Robot") != nil || c.Len("Robot") != 0 {
		t.Error("there are resources of an unknown type")
	}
}
