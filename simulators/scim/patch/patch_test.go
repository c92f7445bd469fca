package patch

import (
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
)

const patchUser = `{
	"schemas": ["` + scim.UserURN + `"],
	"id": "1", "userName": "bob", "active": true,
	"name": {"familyName": "Miller", "givenName": "Bob"},
	"emails": [{"value": "bob@x.com", "type": "work", "primary": true}, {"value": "bob@y.com", "type": "home"}],
	"groups": [{"value": "g1"}],
	"meta": {"resourceType": "User", "version": "W/\"1\""}
}`

const patchDevice = `{
	"schemas": ["urn:example:params:scim:schemas:2.0:Device", "` + scimtest.HardwareURN + `"],
	"label": "printer", "serial": "S1", "owners": ["a"], "tags": ["red", "blue"],
	"rack": {"row": "7", "note": "top"},
	"` + scimtest.HardwareURN + `": {"vendor": "Acme"}
}`

// patchCase is a PATCH of one of the three resources above. Of the patched
// resource only the member that want names is compared; no want means that
// nothing may have changed.
type patchCase struct{ name, ops, member, want string }

func runPatches(t *testing.T, typ *scim.ResourceType, resource string, cases []patchCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before := scimtest.Object(t, resource)
			got, changed, err := Apply(typ, before, operations(t, c.ops))
			if err != nil {
				t.Fatal(err)
			}
			if !scim.Equal(before, scimtest.Object(t, resource)) {
				t.Error("the resource itself was changed")
			}
			if changed != (c.want != "") || changed == scim.Equal(before, got) {
				t.Errorf("changed is %t", changed)
			}
			if c.want == "" {
				return
			}
			v, _ := got.Get(c.member)
			if text := scimtest.JSON(t, v); text != c.want {
				t.Errorf("%s is\n     %s\nwant %s", c.member, text, c.want)
			}
		})
	}
}

// operations are those of a PATCH request with these Operations.
func operations(t testing.TB, list string) []Operation {
	t.Helper()
	ops, err := Parse(scimtest.Object(t, `{"schemas": ["`+scim.PatchOpURN+`"], "Operations": `+list+`}`))
	if err != nil {
		t.Fatal(err)
	}
	return ops
}

func TestPatchSingleValues(t *testing.T) {
	runPatches(t, scim.UserType(), patchUser, []patchCase{
		{"add sets a value", `[{"op":"add","path":"title","value":"Boss"}]`, "title", `"Boss"`},
		{"add replaces a value", `[{"op":"add","path":"userName","value":"rob"}]`, "userName", `"rob"`},
		{"add of the same value changes nothing", `[{"op":"add","path":"userName","value":"bob"}]`, "", ""},
		{"replace replaces a value", `[{"op":"replace","path":"active","value":false}]`, "active", `false`},
		{"replace of the same value changes nothing", `[{"op":"replace","path":"active","value":true}]`, "", ""},
		{"replace sets an absent value", `[{"op":"replace","path":"title","value":"Boss"}]`, "title", `"Boss"`},
		{"replace by null unassigns", `[{"op":"replace","path":"active","value":null}]`, "active", `null`},
		{"remove unassigns", `[{"op":"remove","path":"active"}]`, "active", `null`},
		{"remove of an absent value changes nothing", `[{"op":"remove","path":"title"}]`, "", ""},
		{"a new case is a change", `[{"op":"replace","path":"userName","value":"BOB"}]`, "userName", `"BOB"`},
		{"names of attributes are read in any case", `[{"op":"replace","path":"USERNAME","value":"rob"}]`, "userName", `"rob"`},
		{"op is read in any case", `[{"op":"RePlace","path":"userName","value":"rob"}]`, "userName", `"rob"`},
		{"the base schema's URN may be in front", `[{"op":"add","path":"` + scim.UserURN + `:title","value":"Boss"}]`, "title", `"Boss"`},
		{"a password can be replaced", `[{"op":"replace","path":"password","value":"t1me"}]`, "password", `"t1me"`},
		{"operations apply in order", `[{"op":"add","path":"title","value":"a"},{"op":"add","path":"title","value":"b"}]`, "title", `"b"`},
		{"operations that cancel out change nothing", `[{"op":"add","path":"title","value":"a"},{"op":"remove","path":"title"}]`, "", ""},
	})
}

func TestPatchComplexValues(t *testing.T) {
	runPatches(t, scim.UserType(), patchUser, []patchCase{
		{"add merges sub-attributes", `[{"op":"add","path":"name","value":{"familyName":"Moss"}}]`, "name", `{"familyName":"Moss","givenName":"Bob"}`},
		{"replace merges sub-attributes", `[{"op":"replace","path":"name","value":{"formatted":"B M"}}]`, "name", `{"familyName":"Miller","givenName":"Bob","formatted":"B M"}`},
		{"null for a sub-attribute unassigns it", `[{"op":"replace","path":"name","value":{"familyName":null}}]`, "name", `{"givenName":"Bob"}`},
		{"null for all sub-attributes unassigns the attribute", `[{"op":"replace","path":"name","value":{"familyName":null,"givenName":null}}]`, "name", `null`},
		{"null unassigns the attribute", `[{"op":"replace","path":"name","value":null}]`, "name", `null`},
		{"an empty object changes nothing", `[{"op":"replace","path":"name","value":{}}]`, "", ""},
		{"one sub-attribute is replaced", `[{"op":"replace","path":"name.givenName","value":"Rob"}]`, "name", `{"familyName":"Miller","givenName":"Rob"}`},
		{"one sub-attribute is removed", `[{"op":"remove","path":"name.givenName"}]`, "name", `{"familyName":"Miller"}`},
		{"without its last sub-attribute the attribute goes", `[{"op":"remove","path":"name.givenName"},{"op":"remove","path":"name.familyName"}]`, "name", `null`},
		{"sub-attributes outside the schema are ignored", `[{"op":"add","path":"name","value":{"nope":"x","givenName":"Bob"}}]`, "", ""},
	})
}

func TestPatchAddsElements(t *testing.T) {
	const first = `{"value":"bob@x.com","type":"work","primary":true}`
	const both = first + `,{"value":"bob@y.com","type":"home"}`
	runPatches(t, scim.UserType(), patchUser, []patchCase{
		{"an array is appended", `[{"op":"add","path":"emails","value":[{"value":"c"},{"value":"d"}]}]`, "emails", `[` + both + `,{"value":"c"},{"value":"d"}]`},
		{"an object is appended", `[{"op":"add","path":"emails","value":{"value":"c"}}]`, "emails", `[` + both + `,{"value":"c"}]`},
		{"an attribute without values gets its first", `[{"op":"add","path":"ims","value":[{"value":"c"}]}]`, "ims", `[{"value":"c"}]`},
		{"an equal element changes nothing", `[{"op":"add","path":"emails","value":[` + first + `]}]`, "", ""},
		{"an equal element without its type changes nothing", `[{"op":"add","path":"emails","value":[{"value":"BOB@X.com"}]}]`, "", ""},
		{"the same value of another type is another element", `[{"op":"add","path":"emails","value":[{"value":"bob@x.com","type":"other"}]}]`, "emails", `[` + both + `,{"value":"bob@x.com","type":"other"}]`},
		{"the same element gets further sub-attributes", `[{"op":"add","path":"emails","value":[{"value":"bob@y.com","type":"home","display":"Bob"}]}]`, "emails", `[` + first + `,{"value":"bob@y.com","type":"home","display":"Bob"}]`},
		{"one element twice is added once", `[{"op":"add","path":"ims","value":[{"value":"c"},{"value":"C"}]}]`, "ims", `[{"value":"c"}]`},
		{"elements without a value are compared as a whole", `[{"op":"add","path":"addresses","value":[{"type":"work"},{"type":"home"},{"TYPE":"WORK"}]}]`, "addresses", `[{"type":"work"},{"type":"home"}]`},
		{"null adds nothing", `[{"op":"add","path":"emails","value":null}]`, "", ""},
		{"an empty array adds nothing", `[{"op":"add","path":"emails","value":[]}]`, "", ""},
		{"names get the spelling of the schema and null goes", `[{"op":"add","path":"ims","value":[{"VALUE":"c","type":null,"nope":1}]}]`, "ims", `[{"value":"c"}]`},
	})
	runPatches(t, scim.GroupType(), scimtest.Group, []patchCase{
		{"a member that is there changes nothing", `[{"op":"add","path":"members","value":[{"value":"1"}]}]`, "", ""},
		{"a member that is there keeps its name", `[{"op":"add","path":"members","value":[{"value":"1","display":"Robert","$ref":null}]}]`, "", ""},
	})
	runPatches(t, scimtest.DeviceType(), patchDevice, []patchCase{
		{"a simple value is appended", `[{"op":"add","path":"tags","value":"green"}]`, "tags", `["red","blue","green"]`},
		{"a simple value that is there changes nothing", `[{"op":"add","path":"tags","value":["RED"]}]`, "", ""},
	})
}

func TestPatchReplacesElements(t *testing.T) {
	runPatches(t, scim.UserType(), patchUser, []patchCase{
		{"all elements are replaced", `[{"op":"replace","path":"emails","value":[{"value":"c"}]}]`, "emails", `[{"value":"c"}]`},
		{"one object stands for an array of one", `[{"op":"replace","path":"emails","value":{"value":"c"}}]`, "emails", `[{"value":"c"}]`},
		{"an empty array unassigns", `[{"op":"replace","path":"emails","value":[]}]`, "emails", `null`},
		{"null unassigns", `[{"op":"replace","path":"emails","value":null}]`, "emails", `null`},
		{"the same elements in other order change nothing", `[{"op":"replace","path":"emails","value":[{"type":"home","value":"bob@y.com"},{"value":"bob@x.com","type":"work","primary":true}]}]`, "", ""},
		{"an absent attribute is added", `[{"op":"replace","path":"ims","value":[{"value":"c"}]}]`, "ims", `[{"value":"c"}]`},
	})
	const bob = `{"value":"1","$ref":"https://x/Users/1","type":"User","display":"Bob"}`
	runPatches(t, scim.GroupType(), scimtest.Group, []patchCase{
		{"the same members change nothing", `[{"op":"replace","path":"members","value":[{"value":"2"},{"value":"1"}]}]`, "", ""},
		{"a member that stays keeps what the server knows", `[{"op":"replace","path":"members","value":[{"value":"3"},{"value":"1"}]}]`, "members", `[{"value":"3"},` + bob + `]`},
	})
}

func TestPatchRemovesElements(t *testing.T) {
	const first = `{"value":"bob@x.com","type":"work","primary":true}`
	runPatches(t, scim.UserType(), patchUser, []patchCase{
		{"the attribute goes with all values", `[{"op":"remove","path":"emails"}]`, "emails", `null`},
		{"selected values go", `[{"op":"remove","path":"emails[type eq \"home\"]"}]`, "emails", `[` + first + `]`},
		{"with its last value the attribute goes", `[{"op":"remove","path":"emails[value co \"bob\"]"}]`, "emails", `null`},
		{"what is not there changes nothing", `[{"op":"remove","path":"emails[type eq \"other\"]"}]`, "", ""},
		{"a sub-attribute of selected values goes", `[{"op":"remove","path":"emails[type eq \"home\"].type"}]`, "emails", `[` + first + `,{"value":"bob@y.com"}]`},
		{"an element without sub-attributes goes", `[{"op":"remove","path":"emails[type eq \"home\"].type"},{"op":"remove","path":"emails[value ew \"y.com\"].value"}]`, "emails", `[` + first + `]`},
		{"a sub-attribute goes everywhere without a filter", `[{"op":"remove","path":"emails.type"}]`, "emails", `[{"value":"bob@x.com","primary":true},{"value":"bob@y.com"}]`},
		{"values of a given type go", `[{"op":"remove","path":"emails","value":[{"value":"bob@y.com","type":"home"}]}]`, "emails", `[` + first + `]`},
		{"values of another type stay", `[{"op":"remove","path":"emails","value":[{"value":"bob@y.com","type":"work"}]}]`, "", ""},
	})
	const ann = `{"value":"2","$ref":"https://x/Users/2","type":"User","display":"Ann"}`
	runPatches(t, scim.GroupType(), scimtest.Group, []patchCase{
		{"one member by a filter", `[{"op":"remove","path":"members[value eq \"1\"]"}]`, "members", `[` + ann + `]`},
		{"one member by a value, as Entra does", `[{"op":"Remove","path":"members","value":[{"$ref":null,"value":"1"}]}]`, "members", `[` + ann + `]`},
		{"one member by a value that is no array", `[{"op":"remove","path":"members","value":{"value":"1"}}]`, "members", `[` + ann + `]`},
		{"a member that is not there", `[{"op":"remove","path":"members","value":[{"value":"9"}]}]`, "", ""},
		{"no members by an empty array", `[{"op":"remove","path":"members","value":[]}]`, "", ""},
		{"all members by null", `[{"op":"remove","path":"members","value":null}]`, "members", `null`},
		{"all members", `[{"op":"remove","path":"members"}]`, "members", `null`},
	})
	runPatches(t, scimtest.DeviceType(), patchDevice, []patchCase{
		{"a simple value by a filter", `[{"op":"remove","path":"tags[value eq \"RED\"]"}]`, "tags", `["blue"]`},
		{"a simple value by a value", `[{"op":"remove","path":"tags","value":["blue"]}]`, "tags", `["red"]`},
	})
}

func TestPatchSelectedElements(t *testing.T) {
	const first = `{"value":"bob@x.com","type":"work","primary":true}`
	const second = `{"value":"bob@y.com","type":"home"}`
	runPatches(t, scim.UserType(), patchUser, []patchCase{
		{"a sub-attribute is replaced", `[{"op":"replace","path":"emails[type eq \"home\"].value","value":"c"}]`, "emails", `[` + first + `,{"value":"c","type":"home"}]`},
		{"a sub-attribute is added", `[{"op":"add","path":"emails[type eq \"home\"].display","value":"c"}]`, "emails", `[` + first + `,{"value":"bob@y.com","type":"home","display":"c"}]`},
		{"all matching values are changed", `[{"op":"replace","path":"emails[value co \"bob\"].display","value":"c"}]`, "emails", `[{"value":"bob@x.com","type":"work","primary":true,"display":"c"},{"value":"bob@y.com","type":"home","display":"c"}]`},
		{"an element is replaced as a whole", `[{"op":"replace","path":"emails[type eq \"work\"]","value":{"value":"c"}}]`, "emails", `[{"value":"c"},` + second + `]`},
		{"an element is replaced by nothing", `[{"op":"replace","path":"emails[type eq \"home\"]","value":null}]`, "emails", `[` + first + `]`},
		{"add merges into an element", `[{"op":"add","path":"emails[type eq \"home\"]","value":{"display":"c"}}]`, "emails", `[` + first + `,{"value":"bob@y.com","type":"home","display":"c"}]`},
		{"the same value changes nothing", `[{"op":"replace","path":"emails[type eq \"work\"].value","value":"bob@x.com"}]`, "", ""},
		{"add creates what the filter describes", `[{"op":"add","path":"emails[type eq \"other\"].value","value":"c"}]`, "emails", `[` + first + `,` + second + `,{"type":"other","value":"c"}]`},
		{"add creates what several comparisons describe", `[{"op":"add","path":"ims[type eq \"xmpp\" and primary eq true].value","value":"c"}]`, "ims", `[{"type":"xmpp","primary":true,"value":"c"}]`},
		{"add merges an object into what it creates", `[{"op":"add","path":"ims[type eq \"xmpp\"]","value":{"value":"c"}}]`, "ims", `[{"type":"xmpp","value":"c"}]`},
		{"adding null creates nothing", `[{"op":"add","path":"ims[type eq \"xmpp\"].value","value":null}]`, "", ""},
		{"a sub-attribute without a filter is set everywhere", `[{"op":"replace","path":"emails.type","value":"other"}]`, "emails", `[{"value":"bob@x.com","type":"other","primary":true},{"value":"bob@y.com","type":"other"}]`},
		{"a sub-attribute without a filter makes the first element", `[{"op":"add","path":"ims.value","value":"c"}]`, "ims", `[{"value":"c"}]`},
	})
}

func TestPatchKeepsOnePrimary(t *testing.T) {
	const demoted = `{"value":"bob@x.com","type":"work","primary":false}`
	runPatches(t, scim.UserType(), patchUser, []patchCase{
		{"an added primary takes the mark", `[{"op":"add","path":"emails","value":[{"value":"c","primary":true}]}]`, "emails", `[` + demoted + `,{"value":"bob@y.com","type":"home"},{"value":"c","primary":true}]`},
		{"a sub-attribute takes the mark", `[{"op":"replace","path":"emails[type eq \"home\"].primary","value":true}]`, "emails", `[` + demoted + `,{"value":"bob@y.com","type":"home","primary":true}]`},
		{"a replaced element takes the mark", `[{"op":"replace","path":"emails[type eq \"home\"]","value":{"value":"c","primary":true}}]`, "emails", `[` + demoted + `,{"value":"c","primary":true}]`},
		{"a value without a path takes the mark", `[{"op":"add","value":{"emails":[{"value":"c","primary":true}]}}]`, "emails", `[` + demoted + `,{"value":"bob@y.com","type":"home"},{"value":"c","primary":true}]`},
		{"the last of two operations wins", `[{"op":"add","path":"emails","value":{"value":"c","primary":true}},{"op":"add","path":"emails","value":{"value":"d","primary":true}}]`, "emails", `[` + demoted + `,{"value":"bob@y.com","type":"home"},{"value":"c","primary":false},{"value":"d","primary":true}]`},
		{"marking the primary one again changes nothing", `[{"op":"replace","path":"emails[type eq \"work\"].primary","value":true}]`, "", ""},
		{"a change of the primary one keeps the mark", `[{"op":"replace","path":"emails[type eq \"work\"].value","value":"c"}]`, "emails", `[{"value":"c","type":"work","primary":true},{"value":"bob@y.com","type":"home"}]`},
	})
}

func TestPatchWithoutPath(t *testing.T) {
	runPatches(t, scim.UserType(), patchUser, []patchCase{
		{"attributes are replaced", `[{"op":"replace","value":{"title":"Boss"}}]`, "title", `"Boss"`},
		{"attributes are added", `[{"op":"add","value":{"title":"Boss"}}]`, "title", `"Boss"`},
		{"complex attributes are merged", `[{"op":"replace","value":{"name":{"givenName":"Rob"}}}]`, "name", `{"familyName":"Miller","givenName":"Rob"}`},
		{"dotted names are sub-attributes, as Entra sends them", `[{"op":"replace","value":{"name.givenName":"Rob","name.formatted":"R"}}]`, "name", `{"familyName":"Miller","givenName":"Rob","formatted":"R"}`},
		{"filters in names select, as Entra sends them", `[{"op":"replace","value":{"emails[type eq \"home\"].value":"c"}}]`, "emails", `[{"value":"bob@x.com","type":"work","primary":true},{"value":"c","type":"home"}]`},
		{"names with a URN", `[{"op":"replace","value":{"` + scim.EnterpriseURN + `:department":"X"}}]`, scim.EnterpriseURN, `{"department":"X"}`},
		{"names with a URN and a dot", `[{"op":"add","value":{"` + scim.EnterpriseURN + `:manager.value":"9"}}]`, scim.EnterpriseURN, `{"manager":{"value":"9"}}`},
		{"a whole extension", `[{"op":"add","value":{"` + scim.EnterpriseURN + `":{"department":"X","manager":{"value":"9","displayName":"Ann"}}}}]`, scim.EnterpriseURN, `{"department":"X","manager":{"value":"9"}}`},
		{"null unassigns", `[{"op":"replace","value":{"active":null}}]`, "active", `null`},
		{"readOnly attributes are ignored", `[{"op":"replace","value":{"id":"2","meta":{"version":"x"},"meta.version":"y","groups":[],"title":"Boss"}}]`, "title", `"Boss"`},
		{"readOnly attributes alone change nothing", `[{"op":"replace","value":{"id":"2","meta":{"version":"x"},"groups":[{"value":"g2"}]}}]`, "", ""},
		{"the resource itself changes nothing", `[{"op":"replace","value":` + patchUser + `}]`, "", ""},
		{"an empty object changes nothing", `[{"op":"replace","value":{}}]`, "", ""},
	})
}

func TestPatchKeepsSchemas(t *testing.T) {
	with := `["` + scim.UserURN + `","` + scim.EnterpriseURN + `"]`
	runPatches(t, scim.UserType(), patchUser, []patchCase{
		{"the first value of an extension adds its URN", `[{"op":"add","path":"` + scim.EnterpriseURN + `:department","value":"X"}]`, "schemas", with},
		{"a whole extension adds its URN", `[{"op":"replace","path":"` + scim.EnterpriseURN + `","value":{"department":"X"}}]`, "schemas", with},
		{"a URN in other case adds the URN of the schema", `[{"op":"add","path":"URN:ietf:params:scim:schemas:extension:enterprise:2.0:user:department","value":"X"}]`, "schemas", with},
		{"adding and removing a value adds nothing", `[{"op":"add","path":"` + scim.EnterpriseURN + `:department","value":"X"},{"op":"remove","path":"` + scim.EnterpriseURN + `:department"}]`, "", ""},
		{"a URN without values is not kept", `[{"op":"add","path":"schemas","value":["` + scim.EnterpriseURN + `"]}]`, "", ""},
		{"removing an absent extension changes nothing", `[{"op":"remove","path":"` + scim.EnterpriseURN + `"}]`, "", ""},
		{"adding null to an extension changes nothing", `[{"op":"add","path":"` + scim.EnterpriseURN + `","value":null}]`, "", ""},
	})
	without := `["` + scim.UserURN + `"]`
	runPatches(t, scim.UserType(), `{"schemas":`+with+`,"userName":"bob","`+scim.EnterpriseURN+`":{"department":"X"}}`, []patchCase{
		{"the last value of an extension takes its URN along", `[{"op":"remove","path":"` + scim.EnterpriseURN + `:department"}]`, "schemas", without},
		{"a whole extension takes its URN along", `[{"op":"remove","path":"` + scim.EnterpriseURN + `"}]`, "schemas", without},
		{"replacing an extension by null takes its URN along", `[{"op":"replace","path":"` + scim.EnterpriseURN + `","value":null}]`, "schemas", without},
		{"another value keeps the URN", `[{"op":"add","path":"` + scim.EnterpriseURN + `:division","value":"Y"},{"op":"remove","path":"` + scim.EnterpriseURN + `:department"}]`, "schemas", with},
		{"the URN of values that are there cannot be removed", `[{"op":"remove","path":"schemas[value ew \"enterprise:2.0:User\"]"}]`, "", ""},
	})
}

func TestPatchImmutable(t *testing.T) {
	runPatches(t, scimtest.DeviceType(), patchDevice, []patchCase{
		{"the same value may be given", `[{"op":"replace","path":"serial","value":"S1"}]`, "", ""},
		{"the same values may be given", `[{"op":"add","path":"owners","value":["a"]}]`, "", ""},
	})
	runPatches(t, scimtest.DeviceType(), `{"schemas":["urn:example:params:scim:schemas:2.0:Device","`+scimtest.HardwareURN+`"],"label":"x","`+scimtest.HardwareURN+`":{"vendor":"y"}}`, []patchCase{
		{"a value may be given once", `[{"op":"add","path":"serial","value":"S2"}]`, "serial", `"S2"`},
		{"values may be given once", `[{"op":"replace","value":{"owners":["a","b"]}}]`, "owners", `["a","b"]`},
	})
	runPatches(t, scim.GroupType(), scimtest.Group, []patchCase{
		{"a replaced element keeps what may not change", `[{"op":"replace","path":"members[value eq \"1\"]","value":{"value":"1"}}]`, "", ""},
	})
}
