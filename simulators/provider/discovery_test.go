package provider_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestTheConfigurationAnnouncesWhatTheProviderDoes(t *testing.T) {
	c := start(t, provider.Config{MaxResults: 50, BasePath: "/scim"})
	c.get("/scim/ServiceProviderConfig").expect(http.StatusOK).
		has("schemas", `["`+scim.ServiceProviderConfigURN+`"]`).
		has("patch", `{"supported":true}`).
		has("bulk", `{"supported":true,"maxOperations":1000,"maxPayloadSize":1048576}`).
		has("filter", `{"supported":true,"maxResults":50}`).
		has("changePassword", `{"supported":true}`).
		has("sort", `{"supported":true}`).
		has("etag", `{"supported":true}`).
		has("authenticationSchemes", `[]`).
		has("meta", `{"resourceType":"ServiceProviderConfig","location":"http://example.com/scim/ServiceProviderConfig"}`)
}

func TestSchemasAndResourceTypesDescribeEachOther(t *testing.T) {
	c := start(t, provider.Config{})
	schemas := c.get("/Schemas?startIndex=2&count=1&sortBy=name").list("id")
	want := []string{scim.UserURN, scim.EnterpriseURN, scim.GroupURN, scim.ServiceProviderConfigURN, scim.ResourceTypeURN, scim.SchemaURN}
	if schemas != strings.Join(want, " ") {
		t.Errorf("schemas: %s", schemas)
	}
	types := c.get("/ResourceTypes")
	if got := types.list("name"); got != "User Group" {
		t.Errorf("resource types: %s", got)
	}
	types.has("Resources.0.schema", `"`+scim.UserURN+`"`).
		has("Resources.0.endpoint", `"/Users"`).
		has("Resources.0.schemaExtensions.0.schema", `"`+scim.EnterpriseURN+`"`)
}

func TestEverySchemaAndResourceTypeIsFoundAtItsLocation(t *testing.T) {
	c := start(t, provider.Config{BasePath: "/scim"})
	for _, path := range []string{"/scim/Schemas", "/scim/ResourceTypes"} {
		for location := range strings.FieldsSeq(c.get(path).list("meta.location")) {
			c.get(location).expect(http.StatusOK).has("meta.location", `"`+location+`"`)
		}
	}
	c.get("/scim/Schemas/"+strings.ToUpper(scim.UserURN)).expect(http.StatusOK).has("id", `"`+scim.UserURN+`"`)
	c.get("/scim/ResourceTypes/user").fails(http.StatusNotFound, "")
	for _, urn := range []string{scim.ListResponseURN, scim.ErrorURN} {
		c.get("/scim/Schemas/"+urn).fails(http.StatusNotFound, "")
	}
}

func TestAFilterOnDiscoveryAnswers403(t *testing.T) {
	c := start(t, provider.Config{})
	for _, path := range []string{"/Schemas", "/ResourceTypes", "/ServiceProviderConfig", "/Schemas/" + scim.UserURN} {
		c.get(path+"?filter=id+pr").fails(http.StatusForbidden, "")
	}
}

func TestNoAnswerHasAnAttributeThatTheSchemasDoNotDeclare(t *testing.T) {
	c := house(t)
	c.createUser(`"userName":"m","` + scim.EnterpriseURN + `":{"manager":{"value":"id-1"}}`)
	declared := map[string]*scim.Schema{}
	for _, v := range c.get("/Schemas").body.Array("Resources") {
		s, err := scim.ParseSchema(v.(*scim.Object))
		if err != nil {
			t.Fatal(err)
		}
		declared[s.ID] = s
	}
	for _, v := range c.get("/").body.Array("Resources") {
		resource := v.(*scim.Object)
		base := declared[resource.Array("schemas")[0].(string)]
		for name, value := range resource.All() {
			if x := declared[name]; x != nil {
				checkDeclared(t, x.Attributes, value.(*scim.Object))
				continue
			}
			checkDeclared(t, append(scim.CommonAttributes(), base.Attributes...), scim.NewObject(scim.Member{Name: name, Value: value}))
		}
	}
	for _, path := range []string{"/ServiceProviderConfig", "/ResourceTypes/User", "/Schemas/" + scim.GroupURN} {
		o := c.get(path).body
		checkDeclared(t, append(scim.CommonAttributes(), declared[o.Array("schemas")[0].(string)].Attributes...), o)
	}
}

func checkDeclared(t *testing.T, attributes []*scim.Attribute, o *scim.Object) {
	t.Helper()
	for name, v := range o.All() {
		var a *scim.Attribute
		for _, candidate := range attributes {
			if candidate.Name == name {
				a = candidate
			}
		}
		if a == nil {
			t.Errorf("%q is not declared", name)
			continue
		}
		elements, many := v.([]any)
		if many != a.MultiValued {
			t.Errorf("%q: an array is %v, multiValued is %v", name, many, a.MultiValued)
		}
		if !many {
			elements = []any{v}
		}
		for _, element := range elements {
			if part, ok := element.(*scim.Object); ok {
				checkDeclared(t, a.SubAttributes, part)
			}
		}
	}
}
