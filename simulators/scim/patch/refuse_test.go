package patch

import (
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
)

func TestPatchRefuses(t *testing.T) {
	ent := scim.EnterpriseURN
	for _, c := range []struct {
		typ                         *scim.ResourceType
		resource                    string
		name, ops, scimType, detail string
	}{
		{scim.UserType(), patchUser, "remove without a path", `[{"op":"remove"}]`, "noTarget", "needs a path"},
		{scim.UserType(), patchUser, "add without a value", `[{"op":"add","path":"title"}]`, "invalidValue", "needs a value"},
		{scim.UserType(), patchUser, "replace without a value", `[{"op":"replace","path":"title"}]`, "invalidValue", "needs a value"},
		{scim.UserType(), patchUser, "no path and no object", `[{"op":"add","value":"x"}]`, "invalidValue", `got the string "x"`},
		{scim.UserType(), patchUser, "no path and null", `[{"op":"replace","value":null}]`, "invalidValue", "got null"},
		{scim.UserType(), patchUser, "a malformed path", `[{"op":"add","path":"a b","value":1}]`, "invalidPath", ""},
		{scim.UserType(), patchUser, "a malformed name in a value without a path", `[{"op":"add","value":{"a b":1}}]`, "invalidPath", ""},
		{scim.UserType(), patchUser, "a malformed filter", `[{"op":"add","path":"emails[type is \"x\"]","value":1}]`, "invalidFilter", ""},
		{scim.UserType(), patchUser, "an attribute outside the schema", `[{"op":"add","path":"nope","value":1}]`, "invalidPath", `"nope" is not an attribute of User`},
		{scim.UserType(), patchUser, "an attribute outside the schema in a value without a path", `[{"op":"add","value":{"nope":1}}]`, "invalidPath", "nope"},
		{scim.UserType(), patchUser, "a sub-attribute outside the schema", `[{"op":"remove","path":"name.nope"}]`, "invalidPath", "name.nope"},
		{scim.UserType(), patchUser, "an extension outside the type", `[{"op":"add","path":"urn:example:x:y","value":1}]`, "invalidPath", ""},
		{scim.UserType(), patchUser, "the base schema as a path", `[{"op":"add","path":"` + scim.UserURN + `","value":{}}]`, "invalidPath", ""},
		{scim.UserType(), patchUser, "a name in a filter outside the schema", `[{"op":"remove","path":"emails[nope eq 1]"}]`, "invalidFilter", "nope"},
		{scim.UserType(), patchUser, "a comparison in a filter that never matches", `[{"op":"remove","path":"emails[type eq 1]"}]`, "invalidFilter", ""},
		{scim.UserType(), patchUser, "a filter on a single value", `[{"op":"remove","path":"name[givenName eq \"Bob\"]"}]`, "invalidPath", "one value"},
		{scim.UserType(), patchUser, "a replaced element that is not there", `[{"op":"replace","path":"emails[type eq \"other\"]","value":{"value":"x"}}]`, "noTarget", `no value of "emails" matches`},
		{scim.UserType(), patchUser, "a replaced sub-attribute of an element that is not there", `[{"op":"replace","path":"emails[type eq \"other\"].value","value":"x"}]`, "noTarget", ""},
		{scim.UserType(), patchUser, "replace in an attribute without values", `[{"op":"replace","path":"ims[type eq \"other\"].value","value":"x"}]`, "noTarget", ""},
		{scim.UserType(), patchUser, "add that the filter does not describe", `[{"op":"add","path":"emails[type ne \"work\" and type ne \"home\"].value","value":"x"}]`, "noTarget", "does not say"},
		{scim.UserType(), patchUser, "add that the filter describes in two ways", `[{"op":"add","path":"emails[type eq \"a\" and type eq \"b\"].value","value":"x"}]`, "noTarget", "does not say"},

		{scim.UserType(), patchUser, "id", `[{"op":"replace","path":"id","value":"1"}]`, "mutability", `"id" is readOnly`},
		{scim.UserType(), patchUser, "meta", `[{"op":"remove","path":"meta"}]`, "mutability", "readOnly"},
		{scim.UserType(), patchUser, "a part of meta", `[{"op":"add","path":"meta.version","value":"x"}]`, "mutability", "readOnly"},
		{scim.UserType(), patchUser, "groups of a user", `[{"op":"remove","path":"groups[value eq \"g1\"]"}]`, "mutability", "readOnly"},
		{scim.UserType(), patchUser, "a readOnly sub-attribute", `[{"op":"add","path":"` + ent + `:manager.displayName","value":"x"}]`, "mutability", "readOnly"},
		{scim.UserType(), patchUser, "removing a required attribute", `[{"op":"remove","path":"userName"}]`, "mutability", `"userName" is required`},
		{scim.UserType(), patchUser, "unassigning a required attribute", `[{"op":"replace","path":"userName","value":null}]`, "mutability", "required"},
		{scim.UserType(), patchUser, "unassigning a required attribute without a path", `[{"op":"replace","value":{"userName":null}}]`, "mutability", "required"},
		{scim.UserType(), patchUser, "an empty required attribute", `[{"op":"replace","path":"userName","value":""}]`, "invalidValue", "required"},
		{scim.UserType(), patchUser, "a blank required attribute", `[{"op":"replace","path":"userName","value":" \t"}]`, "invalidValue", "required"},
		{scim.UserType(), patchUser, "removing schemas", `[{"op":"remove","path":"schemas"}]`, "mutability", "required"},
		{scim.UserType(), patchUser, "removing the base schema", `[{"op":"remove","path":"schemas[value co \"core\"]"}]`, "mutability", "required"},
		{scim.UserType(), patchUser, "schemas without the base schema", `[{"op":"replace","path":"schemas","value":["` + ent + `"]}]`, "invalidValue", "has to contain"},
		{scim.UserType(), patchUser, "a schema that the type does not have", `[{"op":"add","path":"schemas","value":["urn:x"]}]`, "invalidValue", "not a schema of User"},

		{scim.UserType(), patchUser, "a boolean as text, as Entra sends it", `[{"op":"Replace","path":"active","value":"False"}]`, "invalidValue", `"active" has to be true or false, got the string "False"`},
		{scim.UserType(), patchUser, "a string as number", `[{"op":"add","path":"title","value":1}]`, "invalidValue", "has to be a string"},
		{scim.UserType(), patchUser, "a string as array", `[{"op":"add","path":"title","value":["x"]}]`, "invalidValue", "got array"},
		{scim.UserType(), patchUser, "a string as object", `[{"op":"add","path":"title","value":{}}]`, "invalidValue", "got object"},
		{scim.UserType(), patchUser, "a complex attribute as string", `[{"op":"add","path":"name","value":"Bob"}]`, "invalidValue", `"name" has to be an object`},
		{scim.UserType(), patchUser, "a sub-attribute of wrong type", `[{"op":"add","path":"name","value":{"givenName":1}}]`, "invalidValue", `"name.givenName" has to be a string`},
		{scim.UserType(), patchUser, "a sub-attribute of wrong type by path", `[{"op":"add","path":"name.givenName","value":1}]`, "invalidValue", `"name.givenName"`},
		{scim.UserType(), patchUser, "an element that is no object", `[{"op":"add","path":"emails","value":["x"]}]`, "invalidValue", `"emails" has to be an object`},
		{scim.UserType(), patchUser, "an element of wrong type", `[{"op":"add","path":"emails","value":[{"value":1}]}]`, "invalidValue", `"emails.value"`},
		{scim.UserType(), patchUser, "a selected element as array", `[{"op":"replace","path":"emails[type eq \"work\"]","value":[{"value":"x"}]}]`, "invalidValue", "got array"},
		{scim.UserType(), patchUser, "an attribute of an extension of wrong type", `[{"op":"add","path":"` + ent + `:department","value":1}]`, "invalidValue", ent + ":department"},
		{scim.UserType(), patchUser, "an extension as string", `[{"op":"add","path":"` + ent + `","value":"x"}]`, "invalidValue", "object of attributes"},
		{scim.UserType(), patchUser, "two primaries in one value", `[{"op":"add","path":"emails","value":[{"value":"c","primary":true},{"value":"d","primary":true}]}]`, "invalidValue", "primary"},
		{scim.UserType(), patchUser, "two primaries by one filter", `[{"op":"replace","path":"emails[value co \"bob\"].primary","value":true}]`, "invalidValue", "primary"},

		{scimtest.DeviceType(), patchDevice, "another value of an immutable attribute", `[{"op":"replace","path":"serial","value":"S2"}]`, "mutability", `"serial" is immutable`},
		{scimtest.DeviceType(), patchDevice, "another case of an immutable attribute", `[{"op":"add","value":{"serial":"s1"}}]`, "mutability", "immutable"},
		{scimtest.DeviceType(), patchDevice, "removing an immutable attribute", `[{"op":"remove","path":"serial"}]`, "mutability", "immutable"},
		{scimtest.DeviceType(), patchDevice, "another element of an immutable attribute", `[{"op":"add","path":"owners","value":["b"]}]`, "mutability", "immutable"},
		{scim.GroupType(), scimtest.Group, "another id of a member", `[{"op":"replace","path":"members[value eq \"1\"].value","value":"9"}]`, "mutability", `"members.value" is immutable`},
		{scim.GroupType(), scimtest.Group, "another id in a replaced member", `[{"op":"replace","path":"members[value eq \"1\"]","value":{"value":"9"}}]`, "mutability", `"members.value" is immutable`},
		{scimtest.DeviceType(), patchDevice, "removing a required sub-attribute", `[{"op":"remove","path":"rack.row"}]`, "mutability", `"rack.row" is required`},
		{scimtest.DeviceType(), `{"label":"x"}`, "a complex value without a required sub-attribute", `[{"op":"add","path":"rack","value":{"note":"x"}}]`, "invalidValue", `"rack.row" is required`},
		{scimtest.DeviceType(), patchDevice, "removing a required extension", `[{"op":"remove","path":"` + scimtest.HardwareURN + `"}]`, "mutability", "required"},
		{scimtest.DeviceType(), patchDevice, "removing the required attribute of an extension", `[{"op":"remove","path":"` + scimtest.HardwareURN + `:vendor"}]`, "mutability", "required"},
		{scimtest.DeviceType(), `{"label":"x"}`, "an extension without its required attribute", `[{"op":"add","path":"` + scimtest.HardwareURN + `:model","value":"m"}]`, "invalidValue", "vendor"},
		{scimtest.DeviceType(), patchDevice, "a decimal as integer", `[{"op":"add","path":"ports","value":1.5}]`, "invalidValue", "without fraction"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := scimtest.Object(t, c.resource)
			got, changed, err := Apply(c.typ, before, operations(t, c.ops))
			scimtest.WantRefusal(t, err, c.scimType, c.detail)
			if got != nil || changed {
				t.Errorf("an error comes with %s, changed %t", scimtest.JSON(t, got), changed)
			}
		})
		t.Run(c.name+" after an operation that works", func(t *testing.T) {
			before := scimtest.Object(t, c.resource)
			ops := append([]Operation{{Op: "add", Path: "externalId", Value: "x", Given: true}}, operations(t, c.ops)...)
			_, _, err := Apply(c.typ, before, ops)
			scimtest.WantRefusal(t, err, c.scimType, "")
			if !scim.Equal(before, scimtest.Object(t, c.resource)) {
				t.Error("the resource was changed")
			}
		})
	}
	t.Run("an operation that Patch is given in other case", func(t *testing.T) {
		_, _, err := Apply(scim.UserType(), scimtest.Object(t, patchUser), []Operation{{Op: "move", Path: "title"}})
		scimtest.WantRefusal(t, err, scim.ScimTypeInvalidSyntax, `got "move"`)
	})
	t.Run("the error says which operation it is about", func(t *testing.T) {
		_, _, err := Apply(scim.UserType(), scimtest.Object(t, patchUser), operations(t, `[{"op":"add","path":"title","value":"x"},{"op":"remove","path":"id"}]`))
		scimtest.WantRefusal(t, err, scim.ScimTypeMutability, "operation 2 of 2: ")
	})
}

func TestParsePatch(t *testing.T) {
	t.Run("reads operations", func(t *testing.T) {
		ops := operations(t, `[{"op":"Add","path":"title","value":"x","name":"ignored"},{"op":"remove","path":"title"},{"op":"REPLACE","value":null,"path":null}]`)
		want := []Operation{
			{Op: "add", Path: "title", Value: "x", Given: true},
			{Op: "remove", Path: "title"},
			{Op: "replace", Given: true},
		}
		for i := range want {
			if len(ops) != len(want) || ops[i] != want[i] {
				t.Fatalf("got  %#v\nwant %#v", ops, want)
			}
		}
	})
	t.Run("names of members are read in any case", func(t *testing.T) {
		_, err := Parse(scimtest.Object(t, `{"Schemas":["`+strings.ToUpper(scim.PatchOpURN)+`"],"operations":[{"OP":"add","Value":{}}]}`))
		if err != nil {
			t.Error(err)
		}
	})
	schemas := `"schemas":["` + scim.PatchOpURN + `"]`
	for _, c := range []struct{ name, body, scimType, detail string }{
		{"an empty object", `{}`, "invalidSyntax", "PatchOp"},
		{"another schema", `{"schemas":["` + scim.UserURN + `"],"Operations":[{"op":"remove","path":"title"}]}`, "invalidSyntax", "PatchOp"},
		{"schemas that are no array", `{"schemas":"` + scim.PatchOpURN + `","Operations":[{"op":"remove","path":"title"}]}`, "invalidSyntax", "PatchOp"},
		{"no operations", `{` + schemas + `}`, "invalidSyntax", "Operations"},
		{"an empty list of operations", `{` + schemas + `,"Operations":[]}`, "invalidSyntax", "Operations"},
		{"operations that are no array", `{` + schemas + `,"Operations":{"op":"remove","path":"title"}}`, "invalidSyntax", "Operations"},
		{"an operation that is no object", `{` + schemas + `,"Operations":["add"]}`, "invalidSyntax", "got string"},
		{"no op", `{` + schemas + `,"Operations":[{"path":"title"}]}`, "invalidSyntax", `"op" has to be`},
		{"an op that is no string", `{` + schemas + `,"Operations":[{"op":1}]}`, "invalidSyntax", `"op" has to be`},
		{"an unknown op", `{` + schemas + `,"Operations":[{"op":"move","path":"title"}]}`, "invalidSyntax", `got "move"`},
		{"a path that is no string", `{` + schemas + `,"Operations":[{"op":"remove","path":["title"]}]}`, "invalidPath", "non-empty string"},
		{"an empty path", `{` + schemas + `,"Operations":[{"op":"remove","path":""}]}`, "invalidPath", "non-empty string"},
		{"the second of two operations", `{` + schemas + `,"Operations":[{"op":"remove","path":"title"},{}]}`, "invalidSyntax", "operation 2 of 2"},
	} {
		t.Run("refuses "+c.name, func(t *testing.T) {
			_, err := Parse(scimtest.Object(t, c.body))
			scimtest.WantRefusal(t, err, c.scimType, c.detail)
		})
	}
}

func FuzzPatch(f *testing.F) {
	for _, s := range []string{
		`[{"op":"add","path":"emails[type eq \"other\"].value","value":"c"}]`,
		`[{"op":"remove","path":"members","value":[{"value":"1"},{"value":null},3,[]]}]`,
		`[{"op":"replace","value":{"name.givenName":"Rob","emails":[{"primary":true},{}],"` + scim.EnterpriseURN + `":{"manager":{}}}}]`,
		`[{"op":"replace","path":"rack.row","value":{}},{"op":"add","path":"tags[value eq \"x\"]","value":"y"}]`,
		`[{"op":"add","path":"schemas","value":[1]},{"op":"remove","path":"emails.type","value":[[]]}]`,
	} {
		f.Add(s)
	}
	types := map[*scim.ResourceType]*scim.Object{
		scim.UserType():       scimtest.Object(f, patchUser),
		scim.GroupType():      scimtest.Object(f, scimtest.Group),
		scimtest.DeviceType(): scimtest.Object(f, patchDevice),
	}
	f.Fuzz(func(t *testing.T, list string) {
		body, err := scim.ParseObject([]byte(`{"schemas":["` + scim.PatchOpURN + `"],"Operations":` + list + `}`))
		if err != nil {
			return
		}
		ops, err := Parse(body)
		if err != nil {
			return
		}
		for typ, resource := range types {
			before := resource.Clone()
			got, changed, err := Apply(typ, resource, ops)
			if !scim.Equal(before, resource) {
				t.Fatalf("%s changed the resource itself", list)
			}
			if err != nil {
				continue
			}
			if changed == scim.Equal(before, got) {
				t.Fatalf("%s: changed is %t", list, changed)
			}
			if err := scim.Check(typ, got); err != nil {
				t.Fatalf("%s made %s: %v", list, scimtest.JSON(t, got), err)
			}
		}
	})
}
