package provider_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestPUTReplacesWhatTheClientSendsAndClearsWhatItLeavesOut(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"u","title":"t","nickName":"n","emails":[{"value":"a"}],"` + scim.EnterpriseURN + `":{"department":"d"}`)
	a := c.do(http.MethodPut, "/Users/"+id, user(`"id":"other","userName":"v","nickName":null,"emails":[],"meta":{"version":"x"}`))
	a.expect(http.StatusOK).
		has("id", `"`+id+`"`).
		has("userName", `"v"`).
		has("title", "").has("nickName", "").has("emails", "").has(scim.EnterpriseURN, "").
		has("schemas", `["`+scim.UserURN+`"]`).
		has("meta.created", `"2026-03-18T15:11:55.123Z"`).
		has("meta.lastModified", `"2026-03-18T15:11:55.124Z"`).
		has("meta.version", `"W/\"2\""`)
	if a.header.Get("Location") == "" || a.header.Get("ETag") != `W/"2"` {
		t.Errorf("headers: %v", a.header)
	}
	if read := c.get("/Users/" + id); read.raw != a.raw {
		t.Errorf("GET answers something else: %s", read.raw)
	}
}

func TestPUTWithoutActiveAssignsTheDefault(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"u","active":false`)
	c.get("/Users/"+id).has("active", "false")
	c.do(http.MethodPut, "/Users/"+id, user(`"userName":"u"`)).expect(http.StatusOK).has("active", "true")
}

// A client that clears attributes must not reactivate a deactivated user.
func TestNullActivatesNobody(t *testing.T) {
	c := start(t, provider.Config{})
	for name, change := range map[string]func(address string) reply{
		"PUT":                  func(a string) reply { return c.do(http.MethodPut, a, user(`"userName":"PUT","active":null`)) },
		"PATCH with null":      func(a string) reply { return c.patch(a, `{"op":"replace","path":"active","value":null}`) },
		"PATCH without a path": func(a string) reply { return c.patch(a, `{"op":"replace","value":{"active":null}}`) },
		"PATCH that removes":   func(a string) reply { return c.patch(a, `{"op":"remove","path":"active"}`) },
	} {
		t.Run(name, func(t *testing.T) {
			address := "/Users/" + c.createUser(`"userName":"`+name+`","active":false`)
			change(address).expect(http.StatusOK).has("active", "")
			c.patch(address, `{"op":"add","path":"title","value":"t"}`).expect(http.StatusOK).has("active", "")
			if found := c.get("/Users?filter=" + url.QueryEscape(`active eq true and userName eq "`+name+`"`)); len(ids(found.body)) > 0 {
				t.Errorf("a filter for active users finds them: %s", found.raw)
			}
		})
	}
}

// A server that drops an empty value loses the values that were there before.
func TestPUTRefusesEmptyValues(t *testing.T) {
	c := start(t, provider.Config{})
	u := c.createUser(`"userName":"u","title":"t","emails":[{"value":"a"}]`)
	g := c.createGroup(`"displayName":"g","members":[{"value":"` + u + `"}]`)
	for members, path := range map[string]string{
		user(`"userName":"u","emails":[{}]`):                             "/Users/" + u,
		user(`"userName":"u","emails":[null]`):                           "/Users/" + u,
		user(`"userName":"u","emails":[{"emails":[{"value":"b"}]}]`):     "/Users/" + u,
		user(`"userName":"u","emails":{"value":"b"}`):                    "/Users/" + u,
		user(`"userName":"u","emails":[{"value":"a"}],"title":{}`):       "/Users/" + u,
		user(`"userName":"u","emails":[{"value":"a"}],"title":[]`):       "/Users/" + u,
		group(`"displayName":"g","members":[{}]`):                        "/Groups/" + g,
		group(`"displayName":"g","members":[{"value":null}]`):            "/Groups/" + g,
		group(`"displayName":"g","members":[{"members":["` + u + `"]}]`): "/Groups/" + g,
	} {
		before := c.get(path)
		c.do(http.MethodPut, path, members).expect(http.StatusBadRequest).has("scimType", `"invalidValue"`)
		if after := c.get(path); after.raw != before.raw {
			t.Errorf("%s\ngot  %s\nwant %s", members, after.raw, before.raw)
		}
	}
}

func TestPUTOfWhatWasReadChangesNothing(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"u","emails":[{"value":"a","primary":true}]`)
	g := c.createGroup(`"displayName":"g","members":[{"value":"` + id + `"}]`)
	for _, path := range []string{"/Users/" + id, "/Groups/" + g} {
		read := c.get(path).expect(http.StatusOK)
		if a := c.do(http.MethodPut, path, read.raw).expect(http.StatusOK); a.raw != read.raw {
			t.Errorf("got  %s\nwant %s", a.raw, read.raw)
		}
	}
}

func TestAPUTThatCannotBeIsRefusedAndChangesNothing(t *testing.T) {
	c := start(t, provider.Config{})
	c.createUser(`"userName":"taken"`)
	id := c.createUser(`"userName":"u"`)
	before := c.get("/Users/" + id).raw
	c.do(http.MethodPut, "/Users/"+id, user(`"title":"t"`)).fails(http.StatusBadRequest, "invalidValue")
	c.do(http.MethodPut, "/Users/"+id, user(`"userName":"TAKEN"`)).fails(http.StatusConflict, "uniqueness")
	c.do(http.MethodPut, "/Users/nobody", user(`"userName":"v"`)).fails(http.StatusNotFound, "")
	c.do(http.MethodPut, "/Groups/"+id, group(`"displayName":"v"`)).fails(http.StatusNotFound, "")
	if after := c.get("/Users/" + id).raw; after != before || c.Len("User") != 2 || c.Len("Group") != 0 {
		t.Errorf("got  %s\nwant %s", after, before)
	}
	c.do(http.MethodPut, "/Users/"+id, user(`"userName":"U"`)).expect(http.StatusOK) // its own name in another case
}

// badge is a type with an immutable attribute in the base schema and in an extension.
func badge() *scim.ResourceType {
	number := func(name string) *scim.Attribute {
		return &scim.Attribute{Name: name, Type: scim.String, Mutability: scim.Immutable}
	}
	return &scim.ResourceType{
		ID: "Badge", Name: "Badge", Endpoint: "/Badges",
		Schema: &scim.Schema{ID: "urn:example:Badge", Name: "Badge", Attributes: []*scim.Attribute{
			number("number"), {Name: "colour", Type: scim.String},
		}},
		Extensions: []scim.Extension{{Schema: &scim.Schema{ID: "urn:example:Door", Attributes: []*scim.Attribute{number("door")}}}},
	}
}

func TestPUTSetsAnImmutableAttributeOnce(t *testing.T) {
	c := start(t, provider.Config{Types: []*scim.ResourceType{badge()}})
	body := func(members string) string { return `{"schemas":["urn:example:Badge"]` + members + `}` }
	put := func(members string) reply { return c.do(http.MethodPut, "/Badges/id-1", body(members)) }
	c.do(http.MethodPost, "/Badges", body(`,"colour":"red"`)).expect(http.StatusCreated)

	put(`,"number":"1","urn:example:Door":{"door":"d"}`).expect(http.StatusOK).has("number", `"1"`)
	put(`,"number":"1","urn:example:Door":{"door":"d"}`).expect(http.StatusOK)
	put(`,"number":"2"`).fails(http.StatusBadRequest, "mutability")
	put(`,"number":"1","urn:example:Door":{"door":"e"}`).fails(http.StatusBadRequest, "mutability")
	put(`,"colour":"blue"`).expect(http.StatusOK). // left out is not another value
							has("number", `"1"`).has("colour", `"blue"`).has("urn:example:Door/door", `"d"`).
							has("schemas", `["urn:example:Badge","urn:example:Door"]`)
}

func TestPATCHAnswersWithTheChangedResource(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"u"`)
	a := c.patch("/Users/"+id,
		`{"op":"Replace","path":"active","value":false}`,
		`{"op":"add","value":{"name.givenName":"G","`+scim.EnterpriseURN+`:department":"d"}}`)
	a.expect(http.StatusOK).
		has("active", "false").has("name.givenName", `"G"`).
		has(scim.EnterpriseURN+"/department", `"d"`).
		has("schemas.1", `"`+scim.EnterpriseURN+`"`).
		has("meta.version", `"W/\"2\""`)
	c.patch("/Users/"+id, `{"op":"remove","path":"`+scim.EnterpriseURN+`:department"}`).expect(http.StatusOK).
		has(scim.EnterpriseURN, "").has("schemas.1", "")
	c.patch("/Users/"+id, `{"op":"remove","path":"active"}`).expect(http.StatusOK).has("active", "")
}

func TestAChangeThatChangesNothingKeepsVersionAndTime(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"u","title":"t"`)
	g := c.createGroup(`"displayName":"g","members":[{"value":"` + id + `"}]`)
	for path, operation := range map[string]string{
		"/Users/" + id: `{"op":"replace","path":"title","value":"t"}`,
		"/Groups/" + g: `{"op":"add","path":"members","value":[{"value":"` + id + `","display":"Somebody","type":"User"}]}`,
	} {
		before := c.get(path)
		if a := c.patch(path, operation).expect(http.StatusOK); a.raw != before.raw {
			t.Errorf("got  %s\nwant %s", a.raw, before.raw)
		}
	}
}

func TestANewPasswordCountsAsAChange(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"u"`)
	c.patch("/Users/"+id, `{"op":"replace","path":"password","value":"x"}`).expect(http.StatusOK).has("meta.version", `"W/\"2\""`)
}

func TestPATCHIsAtomic(t *testing.T) {
	c := start(t, provider.Config{})
	c.createUser(`"userName":"taken"`)
	id := c.createUser(`"userName":"u"`)
	before := c.get("/Users/" + id).raw
	good := `{"op":"replace","path":"title","value":"t"}`
	for name, test := range map[string]struct {
		operation string
		status    int
		scimType  string
	}{
		"a name that is taken":         {`{"op":"replace","path":"userName","value":"Taken"}`, 409, "uniqueness"},
		"an attribute that is unknown": {`{"op":"add","path":"colour","value":"red"}`, 400, "invalidPath"},
		"an attribute that is derived": {`{"op":"add","path":"groups","value":[{"value":"g"}]}`, 400, "mutability"},
		"a value of the wrong type":    {`{"op":"add","path":"active","value":"False"}`, 400, "invalidValue"},
		"a filter without a match":     {`{"op":"replace","path":"emails[type eq \"work\"]","value":{"value":"a"}}`, 400, "noTarget"},
		"a required attribute removed": {`{"op":"remove","path":"userName"}`, 400, "mutability"},
		"a manager that is not there":  {`{"op":"add","path":"` + scim.EnterpriseURN + `:manager","value":{"value":"x"}}`, 400, "invalidValue"},
		"an unknown operation":         {`{"op":"move","path":"title"}`, 400, "invalidSyntax"},
		"no path to remove":            {`{"op":"remove"}`, 400, "noTarget"},
		"a country in words":           {`{"op":"add","path":"addresses","value":[{"country":"France"}]}`, 400, "invalidValue"},
	} {
		t.Run(name, func(t *testing.T) {
			c := client{t, c.Provider}
			c.patch("/Users/"+id, good, test.operation).fails(test.status, test.scimType)
			if after := c.get("/Users/" + id).raw; after != before {
				t.Errorf("got  %s\nwant %s", after, before)
			}
		})
	}
	c.patch("/Users/nobody", good).fails(http.StatusNotFound, "")
	c.do(http.MethodPatch, "/Users/"+id, `{"Operations":[`+good+`]}`).fails(http.StatusBadRequest, "invalidSyntax")
}

func TestDELETEAnswers204AndTheIdIsGone(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"u","externalId":"x"`)
	a := c.do(http.MethodDelete, "/Users/"+id, "").expect(http.StatusNoContent)
	if a.raw != "" || a.header.Get("Content-Type") != "" {
		t.Errorf("a body or its type: %q %v", a.raw, a.header)
	}
	c.get("/Users/"+id).fails(http.StatusNotFound, "")
	c.do(http.MethodDelete, "/Users/"+id, "").fails(http.StatusNotFound, "")
	c.patch("/Users/"+id, `{"op":"remove","path":"title"}`).fails(http.StatusNotFound, "")
	for _, filter := range []string{`userName eq "u"`, `externalId eq "x"`, `id eq "` + id + `"`, `userName sw "u"`} {
		if got := c.get("/Users?filter=" + escape(filter)).list("id"); got != "" {
			t.Errorf("%s finds %s", filter, got)
		}
	}
	if other := c.createUser(`"userName":"u"`); other == id || strings.Contains(c.get("/Users").list("id"), id) {
		t.Error("the id came back")
	}
}

func TestWritesTooReturnOnlyTheAttributesAskedFor(t *testing.T) {
	c := start(t, provider.Config{})
	a := c.do(http.MethodPost, "/Users?attributes=userName", user(`"userName":"u","title":"t"`))
	a.expect(http.StatusCreated).has("title", "").has("meta", "").has("userName", `"u"`).has("id", `"id-1"`)
	c.do(http.MethodPut, "/Users/id-1?excludedAttributes=meta", user(`"userName":"u","title":"t"`)).has("meta", "").has("title", `"t"`)
	c.do(http.MethodPatch, "/Users/id-1?attributes=title", patch(`{"op":"add","path":"nickName","value":"n"}`)).
		expect(http.StatusOK).has("userName", "").has("title", `"t"`)
}

func TestAChangedNameIsFoundAndTheFormerIsFree(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"before","externalId":"x"`)
	c.patch("/Users/"+id, `{"op":"replace","value":{"userName":"after","externalId":"y"}}`).expect(http.StatusOK)
	for filter, want := range map[string]string{
		`userName eq "after"`: id, `userName eq "before"`: "", `externalId eq "y"`: id, `externalId eq "x"`: "",
	} {
		if got := c.get("/Users?filter=" + escape(filter)).list("id"); got != want {
			t.Errorf("%s finds %q, want %q", filter, got, want)
		}
	}
	c.createUser(`"userName":"before"`)
	c.do(http.MethodPost, "/Users", user(`"userName":"after"`)).fails(http.StatusConflict, "uniqueness")
}
