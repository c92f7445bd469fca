package provider_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func member(ids ...string) string {
	elements := make([]string, len(ids))
	for i, id := range ids {
		elements[i] = `{"value":"` + id + `"}`
	}
	return `"members":[` + strings.Join(elements, ",") + `]`
}

func TestMembersAreDescribedByWhatTheyAreNow(t *testing.T) {
	c := start(t, provider.Config{})
	u := c.createUser(`"userName":"u","displayName":"Before"`)
	inner := c.createGroup(`"displayName":"inner"`)
	outer := c.createGroup(`"displayName":"outer","members":[` +
		`{"value":"` + u + `","display":"a lie","type":"Group","$ref":"http://evil.example"},{"value":"` + inner + `","$ref":null}]`)
	c.patch("/Users/"+u, `{"op":"replace","path":"displayName","value":"After"}`).expect(http.StatusOK)
	c.get("/Groups/"+outer).
		has("members.0", `{"value":"`+u+`","$ref":"http://example.com/Users/`+u+`","type":"User","display":"After"}`).
		has("members.1.type", `"Group"`).has("members.1.$ref", `"http://example.com/Groups/`+inner+`"`)
}

func TestGroupsOfAUserFollowItsMemberships(t *testing.T) {
	c := start(t, provider.Config{})
	u := c.createUser(`"userName":"u"`)
	inner := c.createGroup(`"displayName":"inner",` + member(u))
	middle := c.createGroup(`"displayName":"middle",` + member(inner))
	outer := c.createGroup(`"displayName":"outer",` + member(middle, u))
	c.get("/Users/"+u).
		has("groups.0", `{"value":"`+inner+`","$ref":"http://example.com/Groups/`+inner+`","display":"inner","type":"direct"}`).
		has("groups.1.value", `"`+outer+`"`).has("groups.1.type", `"direct"`).
		has("groups.2.value", `"`+middle+`"`).has("groups.2.type", `"indirect"`).
		has("groups.3", "")

	c.patch("/Groups/"+inner, `{"op":"remove","path":"members[value eq \"`+u+`\"]"}`).expect(http.StatusOK).has("members", "")
	c.get("/Users/"+u).has("groups.0.value", `"`+outer+`"`).has("groups.1", "")
	c.do(http.MethodDelete, "/Groups/"+outer, "").expect(http.StatusNoContent)
	c.get("/Users/"+u).has("groups", "").has("meta.version", `"W/\"1\""`)
	c.get("/Groups/"+middle).has("members.0.value", `"`+inner+`"`)
}

func TestAMemberIsListedOnceHoweverOftenItIsNamed(t *testing.T) {
	c := start(t, provider.Config{})
	u := c.createUser(`"userName":"u"`)
	g := c.createGroup(`"displayName":"g",` + member(u, u))
	add := `{"op":"add","path":"members","value":[{"value":"` + u + `","type":"User"}]}`
	c.patch("/Groups/"+g, add, add).expect(http.StatusOK).has("members.0.value", `"`+u+`"`).has("members.1", "")
}

func TestGroupsMayContainThemselvesAndEachOther(t *testing.T) {
	c := start(t, provider.Config{})
	u := c.createUser(`"userName":"u"`)
	a := c.createGroup(`"displayName":"a",` + member(u))
	b := c.createGroup(`"displayName":"b",` + member(a))
	c.patch("/Groups/"+a, `{"op":"add","path":"members","value":[{"value":"`+a+`"},{"value":"`+b+`"}]}`).expect(http.StatusOK)
	c.get("/Users/"+u).has("groups.0.value", `"`+a+`"`).has("groups.1.value", `"`+b+`"`).has("groups.2", "")
	c.do(http.MethodDelete, "/Groups/"+a, "").expect(http.StatusNoContent)
	c.get("/Groups/"+b).expect(http.StatusOK).has("members", "")
	c.get("/Users/"+u).has("groups", "")
}

func TestAReferenceToNothingIsRefusedInEveryRequest(t *testing.T) {
	c := start(t, provider.Config{})
	u := c.createUser(`"userName":"u"`)
	g := c.createGroup(`"displayName":"g"`)
	manager := func(id string) string { return `"` + scim.EnterpriseURN + `":{"manager":{"value":"` + id + `"}}` }
	for name, send := range map[string]func(c client) reply{
		"a member in POST":  func(c client) reply { return c.do("POST", "/Groups", group(`"displayName":"h",`+member(u, "x"))) },
		"a member in PUT":   func(c client) reply { return c.do("PUT", "/Groups/"+g, group(`"displayName":"g",`+member("x"))) },
		"a member in PATCH": func(c client) reply { return c.patch("/Groups/"+g, `{"op":"add","value":{`+member("x")+`}}`) },
		"a member without value": func(c client) reply {
			return c.do("PUT", "/Groups/"+g, group(`"displayName":"g","members":[{"type":"User"}]`))
		},
		"a manager in POST":         func(c client) reply { return c.do("POST", "/Users", user(`"userName":"v",`+manager("x"))) },
		"a manager in PUT":          func(c client) reply { return c.do("PUT", "/Users/"+u, user(`"userName":"u",`+manager("x"))) },
		"a manager that is a group": func(c client) reply { return c.do("PUT", "/Users/"+u, user(`"userName":"u",`+manager(g))) },
		"a member in another spelling": func(c client) reply {
			return c.patch("/Groups/"+g, `{"op":"add","value":{`+member(strings.ToUpper(u))+`}}`)
		},
	} {
		t.Run(name, func(t *testing.T) { send(client{t, c.Provider}).fails(http.StatusBadRequest, "invalidValue") })
	}
}

func TestDeletingAUserRemovesItFromGroupsAndManagers(t *testing.T) {
	c := start(t, provider.Config{})
	boss := c.createUser(`"userName":"boss"`)
	u := c.createUser(`"userName":"u","` + scim.EnterpriseURN + `":{"manager":{"value":"` + boss + `","displayName":"a lie"}}`)
	g := c.createGroup(`"displayName":"g",` + member(boss, u))
	c.get("/Users/"+boss).has("groups.0.value", `"`+g+`"`).has("groups.1", "") // a report is no group
	c.get("/Users/"+u).
		has(scim.EnterpriseURN+"/manager", `{"value":"`+boss+`","$ref":"http://example.com/Users/`+boss+`","displayName":"boss"}`)

	c.do(http.MethodDelete, "/Users/"+boss, "").expect(http.StatusNoContent)
	c.get("/Users/"+u).has(scim.EnterpriseURN, "").has("schemas.1", "").has("meta.version", `"W/\"2\""`)
	c.get("/Groups/"+g).has("members.0.value", `"`+u+`"`).has("members.1", "").
		has("meta.version", `"W/\"2\""`).has("meta.lastModified", `"2026-03-18T15:11:55.124Z"`)
}

func TestAUserMayBeItsOwnManagerAndBeDeleted(t *testing.T) {
	c := start(t, provider.Config{})
	u := c.createUser(`"userName":"u"`)
	c.patch("/Users/"+u, `{"op":"add","path":"`+scim.EnterpriseURN+`:manager","value":{"value":"`+u+`"}}`).expect(http.StatusOK)
	c.do(http.MethodDelete, "/Users/"+u, "").expect(http.StatusNoContent)
}

func TestAManagerIsUnassignedByRemovingItOrItsValue(t *testing.T) {
	c := start(t, provider.Config{})
	boss := c.createUser(`"userName":"boss"`)
	u := c.createUser(`"userName":"u"`)
	for _, path := range []string{"manager", "manager.value"} {
		c.patch("/Users/"+u, `{"op":"add","path":"`+scim.EnterpriseURN+`:manager.value","value":"`+boss+`"}`).
			expect(http.StatusOK).has(scim.EnterpriseURN+"/manager.displayName", `"boss"`)
		c.patch("/Users/"+u, `{"op":"remove","path":"`+scim.EnterpriseURN+":"+path+`"}`).
			expect(http.StatusOK).has(scim.EnterpriseURN, "")
	}
}

func TestMembersCanBeSelectedByWhatIsDerived(t *testing.T) {
	c := start(t, provider.Config{})
	u := c.createUser(`"userName":"u"`)
	inner := c.createGroup(`"displayName":"inner"`)
	g := c.createGroup(`"displayName":"g",` + member(u, inner))
	if got := c.get("/Groups?filter=" + escape(`members[type eq "Group" and display eq "INNER"]`)).list("id"); got != g {
		t.Errorf("found %q", got)
	}
	if got := c.get("/Users?filter=" + escape(`groups.display eq "g"`)).list("id"); got != u {
		t.Errorf("found %q", got)
	}
	c.patch("/Groups/"+g, `{"op":"remove","path":"members[type eq \"Group\"]"}`).expect(http.StatusOK).
		has("members.0.value", `"`+u+`"`).has("members.1", "")
}

func TestAThousandMembersFitIntoOneRequest(t *testing.T) {
	c := start(t, provider.Config{})
	users := make([]*scim.Object, 1000)
	for i := range users {
		users[i] = benchUser(i)
	}
	ids, err := c.Load("User", users)
	if err != nil {
		t.Fatal(err)
	}
	g := c.createGroup(`"displayName":"g",` + member(ids...))
	if n := len(c.get("/Groups/" + g).body.Array("members")); n != 1000 {
		t.Errorf("%d members", n)
	}
	c.patch("/Groups/"+g, `{"op":"remove","path":"members","value":[{"value":"`+ids[0]+`"},{"value":"`+ids[999]+`"}]}`).expect(http.StatusOK)
	if n := len(c.get("/Groups/" + g).body.Array("members")); n != 998 {
		t.Errorf("%d members", n)
	}
}
