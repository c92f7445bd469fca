package scim

import (
	"strings"
	"testing"
)

func TestPatchRefuses(t *testing.T) {
	ent := EnterpriseURN
	for _, c := range []struct {
		typ                         *ResourceType
		resource                    string
		name, ops, scimType, detail string
	}{
		{UserType(), patchUser, "remove without a path", `[{"op":"remove"}]`, "noTarget", "needs a path"},
		{UserType(), patchUser, "add without a value", `[{"op":"add","path":"title"}]`, "invalidValue", "needs a value"},
		{UserType(), patchUser, "replace without a value", `[{"op":"replace","path":"title"}]`, "invalidValue", "needs a value"},
		{UserType(), patchUser, "no path and no object", `[{"op":"add","value":"x"}]`, "invalidValue", `got the string "x"`},
		{UserType(), patchUser, "no path and null", `[{"op":"replace","value":null}]`, "invalidValue", "got null"},
		{UserType(), patchUser, "a malformed path", `[{"op":"add","path":"a b","value":1}]`, "invalidPath", ""},
		{UserType(), patchUser, "a malformed name in a value without a path", `[{"op":"add","value":{"a b":1}}]`, "invalidPath", ""},
		{UserType(), patchUser, "a malformed filter", `[{"op":"add","path":"emails[type is \"x\"]","value":1}]`, "invalidFilter", ""},
		{UserType(), patchUser, "an attribute outside the schema", `[{"op":"add","path":"nope","value":1}]`, "invalidPath", `"nope" is not an attribute of User`},
		{UserType(), patchUser, "an attribute outside the schema in a value without a path", `[{"op":"add","value":{"nope":1}}]`, "invalidPath", "nope"},
		{UserType(), patchUser, "a sub-attribute outside the schema", `[{"op":"remove","path":"name.nope"}]`, "invalidPath", "name.nope"},
		{UserType(), patchUser, "an extension outside the type", `[{"op":"add","path":"urn:example:x:y","value":1}]`, "invalidPath", ""},
		{UserType(), patchUser, "the base schema as a path", `[{"op":"add","path":"` + UserURN + `","value":{}}]`, "invalidPath", ""},
		{UserType(), patchUser, "a name in a filter outside the schema", `[{"op":"remove","path":"emails[nope eq 1]"}]`, "invalidFilter", "nope"},
		{UserType(), patchUser, "a comparison in a filter that never matches", `[{"op":"remove","path":"emails[type eq 1]"}]`, "invalidFilter", ""},
		{UserType(), patchUser, "a filter on a single value", `[{"op":"remove","path":"name[givenName eq \"Bob\"]"}]`, "invalidPath", "one value"},
		{UserType(), patchUser, "a replaced element that is not there", `[{"op":"replace","path":"emails[type eq \"other\"]","value":{"value":"x"}}]`, "noTarget", `no value of "emails" matches`},
		{UserType(), patchUser, "a replaced sub-attribute of an element that is not there", `[{"op":"replace","path":"emails[type eq \"other\"].value","value":"x"}]`, "noTarget", ""},
		{UserType(), patchUser, "replace in an attribute without values", `[{"op":"replace","path":"ims[type eq \"other\"].value","value":"x"}]`, "noTarget", ""},
		{UserType(), patchUser, "add that the filter does not describe", `[{"op":"add","path":"emails[type ne \"work\" and type ne \"home\"].value","value":"x"}]`, "noTarget", "does not say"},
		{UserType(), patchUser, "add that the filter describes in two ways", `[{"op":"add","path":"emails[type eq \"a\" and type eq \"b\"].value","value":"x"}]`, "noTarget", "does not say"},

		{UserType(), patchUser, "id", `[{"op":"replace","path":"id","value":"1"}]`, "mutability", `"id" is readOnly`},
		{UserType(), patchUser, "meta", `[{"op":"remove","path":"meta"}]`, "mutability", "readOnly"},
		{UserType(), patchUser, "a part of meta", `[{"op":"add","path":"meta.version","value":"x"}]`, "mutability", "readOnly"},
		{UserType(), patchUser, "groups of a user", `[{"op":"remove","path":"groups[value eq \"g1\"]"}]`, "mutability", "readOnly"},
		{UserType(), patchUser, "a readOnly sub-attribute", `[{"op":"add","path":"` + ent + `:manager.displayName","value":"x"}]`, "mutability", "readOnly"},
		{UserType(), patchUser, "removing a required attribute", `[{"op":"remove","path":"userName"}]`, "mutability", `"userName" is required`},
		{UserType(), patchUser, "unassigning a required attribute", `[{"op":"replace","path":"userName","value":null}]`, "mutability", "required"},
		{UserType(), patchUser, "unassigning a required attribute without a path", `[{"op":"replace","value":{"userName":null}}]`, "mutability", "required"},
		{UserType(), patchUser, "an empty required attribute", `[{"op":"replace","path":"userName","value":""}]`, "invalidValue", "required"},
		{UserType(), patchUser, "a blank required attribute", `[{"op":"replace","path":"userName","value":" \t"}]`, "invalidValue", "required"},
		{UserType(), patchUser, "removing schemas", `[{"op":"remove","path":"schemas"}]`, "mutability", "required"},
		{UserType(), patchUser, "removing the base schema", `[{"op":"remove","path":"schemas[value co \"core\"]"}]`, "mutability", "required"},
		{UserType(), patchUser, "schemas without the base schema", `[{"op":"replace","path":"schemas","value":["` + ent + `"]}]`, "invalidValue", "has to contain"},
		{UserType(), patchUser, "a schema that the type does not have", `[{"op":"add","path":"schemas","value":["urn:x"]}]`, "invalidValue", "not a schema of User"},

		{UserType(), patchUser, "a boolean as text, as Entra sends it", `[{"op":"Replace","path":"active","value":"False"}]`, "invalidValue", `"active" has to be true or false, got the string "False"`},
		{UserType(), patchUser, "a string as number", `[{"op":"add","path":"title","value":1}]`, "invalidValue", "has to be a string"},
		{UserType(), patchUser, "a string as array", `[{"op":"add","path":"title","value":["x"]}]`, "invalidValue", "got array"},
		{UserType(), patchUser, "a string as object", `[{"op":"add","path":"title","value":{}}]`, "invalidValue", "got object"},
		{UserType(), patchUser, "a complex attribute as string", `[{"op":"add","path":"name","value":"Bob"}]`, "invalidValue", `"name" has to be an object`},
		{UserType(), patchUser, "a sub-attribute of wrong type", `[{"op":"add","path":"name","value":{"givenName":1}}]`, "invalidValue", `"name.givenName" has to be a string`},
		{UserType(), patchUser, "a sub-attribute of wrong type by path", `[{"op":"add","path":"name.givenName","value":1}]`, "invalidValue", `"name.givenName"`},
		{UserType(), patchUser, "an element that is no object", `[{"op":"add","path":"emails","value":["x"]}]`, "invalidValue", `"emails" has to be an object`},
		{UserType(), patchUser, "an element of wrong type", `[{"op":"add","path":"emails","value":[{"value":1}]}]`, "invalidValue", `"emails.value"`},
		{UserType(), patchUser, "a selected element as array", `[{"op":"replace","path":"emails[type eq \"work\"]","value":[{"value":"x"}]}]`, "invalidValue", "got array"},
		{UserType(), patchUser, "an attribute of an extension of wrong type", `[{"op":"add","path":"` + ent + `:department","value":1}]`, "invalidValue", ent + ":department"},
		{UserType(), patchUser, "an extension as string", `[{"op":"add","path":"` + ent + `","value":"x"}]`, "invalidValue", "object of attributes"},
		{UserType(), patchUser, "two primaries in one value", `[{"op":"add","path":"emails","value":[{"value":"c","primary":true},{"value":"d","primary":true}]}]`, "invalidValue", "primary"},
		{UserType(), patchUser, "two primaries by one filter", `[{"op":"replace","path":"emails[value co \"bob\"].primary","value":true}]`, "invalidValue", "primary"},

		{deviceType(), patchDevice, "another value of an immutable attribute", `[{"op":"replace","path":"serial","value":"S2"}]`, "mutability", `"serial" is immutable`},
		{deviceType(), patchDevice, "another case of an immutable attribute", `[{"op":"add","value":{"serial":"s1"}}]`, "mutability", "immutable"},
		{deviceType(), patchDevice, "removing an immutable attribute", `[{"op":"remove","path":"serial"}]`, "mutability", "immutable"},
		{deviceType(), patchDevice, "another element of an immutable attribute", `[{"op":"add","path":"owners","value":["b"]}]`, "mutability", "immutable"},
		{GroupType(), patchGroup, "another id of a member", `[{"op":"replace","path":"members[value eq \"1\"].value","value":"9"}]`, "mutability", `"members.value" is immutable`},
		{GroupType(), patchGroup, "another id in a replaced member", `[{"op":"replace","path":"members[value eq \"1\"]","value":{"value":"9"}}]`, "mutability", `"members.value" is immutable`},
		{deviceType(), patchDevice, "removing a required sub-attribute", `[{"op":"remove","path":"rack.row"}]`, "mutability", `"rack.row" is required`},
		{deviceType(), `{"label":"x"}`, "a complex value without a required sub-attribute", `[{"op":"add","path":"rack","value":{"note":"x"}}]`, "invalidValue", `"rack.row" is required`},
		{deviceType(), patchDevice, "removing a required extension", `[{"op":"remove","path":"` + hardwareURN + `"}]`, "mutability", "required"},
		{deviceType(), patchDevice, "removing the required attribute of an extension", `[{"op":"remove","path":"` + hardwareURN + `:vendor"}]`, "mutability", "required"},
		{deviceType(), `{"label":"x"}`, "an extension without its required attribute", `[{"op":"add","path":"` + hardwareURN + `:model","value":"m"}]`, "invalidValue", "vendor"},
		{deviceType(), patchDevice, "a decimal as integer", `[{"op":"add","path":"ports","value":1.5}]`, "invalidValue", "without fraction"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := parsed(t, c.resource)
			got, changed, err := Patch(c.typ, before, operations(t, c.ops))
			wantRefusal(t, err, c.scimType, c.detail)
			if got != nil || changed {
				t.Errorf("an error comes with %s, changed %t", jsonOf(t, got), changed)
			}
		})
		t.Run(c.name+" after an operation that works", func(t *testing.T) {
			before := parsed(t, c.resource)
			ops := append([]Operation{{Op: "add", Path: "externalId", Value: "x", Given: true}}, operations(t, c.ops)...)
			_, _, err := Patch(c.typ, before, ops)
			wantRefusal(t, err, c.scimType, "")
			if !Equal(before, parsed(t, c.resource)) {
				t.Error("the resource was changed")
			}
		})
	}
	t.Run("an operation that Patch is given in other case", func(t *testing.T) {
		_, _, err := Patch(UserType(), parsed(t, patchUser), []Operation{{Op: "move", Path: "title"}})
		wantRefusal(t, err, ScimTypeInvalidSyntax, `got "move"`)
	})
	t.Run("the error says which operation it is about", func(t *testing.T) {
		_, _, err := Patch(UserType(), parsed(t, patchUser), operations(t, `[{"op":"add","path":"title","value":"x"},{"op":"remove","path":"id"}]`))
		wantRefusal(t, err, ScimTypeMutability, "operation 2 of 2: ")
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
		_, err := ParsePatch(parsed(t, `{"Schemas":["`+strings.ToUpper(PatchOpURN)+`"],"operations":[{"OP":"add","Value":{}}]}`))
		if err != nil {
			t.Error(err)
		}
	})
	schemas := `"schemas":["` + PatchOpURN + `"]`
	for _, c := range []struct{ name, body, scimType, detail string }{
		{"an empty object", `{}`, "invalidSyntax", "PatchOp"},
		{"another schema", `{"schemas":["` + UserURN + `"],"Operations":[{"op":"remove","path":"title"}]}`, "invalidSyntax", "PatchOp"},
		{"schemas that are no array", `{"schemas":"` + PatchOpURN + `","Operations":[{"op":"remove","path":"title"}]}`, "invalidSyntax", "PatchOp"},
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
			_, err := ParsePatch(parsed(t, c.body))
			wantRefusal(t, err, c.scimType, c.detail)
		})
	}
}

func FuzzPatch(f *testing.F) {
	for _, s := range []string{
		`[{"op":"add","path":"emails[type eq \"other\"].value","value":"c"}]`,
		`[{"op":"remove","path":"members","value":[{"value":"1"},{"value":null},3,[]]}]`,
		`[{"op":"replace","value":{"name.givenName":"Rob","emails":[{"primary":true},{}],"` + EnterpriseURN + `":{"manager":{}}}}]`,
		`[{"op":"replace","path":"rack.row","value":{}},{"op":"add","path":"tags[value eq \"x\"]","value":"y"}]`,
		`[{"op":"add","path":"schemas","value":[1]},{"op":"remove","path":"emails.type","value":[[]]}]`,
	} {
		f.Add(s)
	}
	types := map[*ResourceType]*Object{
		UserType():   parsed(f, patchUser),
		GroupType():  parsed(f, patchGroup),
		deviceType(): parsed(f, patchDevice),
	}
	f.Fuzz(func(t *testing.T, list string) {
		body, err := ParseObject([]byte(`{"schemas":["` + PatchOpURN + `"],"Operations":` + list + `}`))
		if err != nil {
			return
		}
		ops, err := ParsePatch(body)
		if err != nil {
			return
		}
		for typ, resource := range types {
			before := resource.Clone()
			got, changed, err := Patch(typ, resource, ops)
			if !Equal(before, resource) {
				t.Fatalf("%s changed the resource itself", list)
			}
			if err != nil {
				continue
			}
			if changed == Equal(before, got) {
				t.Fatalf("%s: changed is %t", list, changed)
			}
			if err := Check(typ, got); err != nil {
				t.Fatalf("%s made %s: %v", list, jsonOf(t, got), err)
			}
		}
	})
}
