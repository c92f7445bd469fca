package scim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
)

var coreSchemas = []func() *scim.Schema{scim.UserSchema, scim.GroupSchema, scim.EnterpriseSchema, scim.ServiceProviderConfigSchema, scim.ResourceTypeSchema, scim.SchemaSchema}

// eachAttribute calls f with every attribute and sub-attribute and its path.
func eachAttribute(attributes []*scim.Attribute, prefix string, f func(path string, a *scim.Attribute)) {
	for _, a := range attributes {
		f(prefix+a.Name, a)
		eachAttribute(a.SubAttributes, prefix+a.Name+".", f)
	}
}

func TestCoreSchemasHaveTheAttributesOfRFC7643(t *testing.T) {
	want := map[string]string{
		scim.UserURN: "userName name(formatted familyName givenName middleName honorificPrefix honorificSuffix) displayName nickName profileUrl title userType preferredLanguage locale timezone active password" +
			" emails(value display type primary) phoneNumbers(value display type primary) ims(value display type primary) photos(value display type primary)" +
			" addresses(formatted streetAddress locality region postalCode country type primary) groups(value $ref display type)" +
			" entitlements(value display type primary) roles(value display type primary) x509Certificates(value display type primary)",
		scim.GroupURN:      "displayName members(value $ref type display)",
		scim.EnterpriseURN: "employeeNumber costCenter organization division department manager(value $ref displayName)",
		scim.ServiceProviderConfigURN: "documentationUri patch(supported) bulk(supported maxOperations maxPayloadSize) filter(supported maxResults) changePassword(supported) sort(supported) etag(supported) pagination(cursor index defaultPaginationMethod defaultPageSize maxPageSize cursorTimeout)" +
			" authenticationSchemes(type name description specUri documentationUri primary)",
		scim.ResourceTypeURN: "id name description endpoint schema schemaExtensions(schema required)",
		scim.SchemaURN: "id name description attributes(name type multiValued description required canonicalValues caseExact mutability returned uniqueness referenceTypes" +
			" subAttributes(name type multiValued description required canonicalValues caseExact mutability returned uniqueness referenceTypes))",
	}
	for _, f := range coreSchemas {
		s := f()
		t.Run(s.Name, func(t *testing.T) {
			if got := outline(s.Attributes); got != want[s.ID] {
				t.Errorf("got  %s\nwant %s", got, want[s.ID])
			}
		})
	}
}

func outline(attributes []*scim.Attribute) string {
	var names []string
	for _, a := range attributes {
		name := a.Name
		if len(a.SubAttributes) > 0 {
			name += "(" + outline(a.SubAttributes) + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

func TestCoreSchemasHaveTheCharacteristicsOfRFC7643(t *testing.T) {
	// Only what differs from the defaults of section 2.2 is listed.
	special := map[string]string{
		"User.userName":                      "required unique:server",
		"User.password":                      "writeOnly returned:never",
		"User.profileUrl":                    "reference exact to:external",
		"User.active":                        "boolean",
		"User.photos.value":                  "reference exact to:external",
		"User.x509Certificates.value":        "binary exact",
		"User.groups":                        "complex multi readOnly",
		"User.groups.value":                  "readOnly",
		"User.groups.$ref":                   "reference exact readOnly to:User,Group",
		"User.groups.display":                "readOnly",
		"User.groups.type":                   "readOnly",
		"User.name":                          "complex",
		"Group.displayName":                  "required",
		"Group.members.value":                "immutable",
		"Group.members.$ref":                 "reference exact immutable to:User,Group",
		"Group.members.type":                 "immutable",
		"Group.members.display":              "immutable",
		"EnterpriseUser.manager":             "complex",
		"EnterpriseUser.manager.$ref":        "reference exact to:User",
		"EnterpriseUser.manager.displayName": "readOnly",
	}
	for _, f := range []func() *scim.Schema{scim.UserSchema, scim.GroupSchema, scim.EnterpriseSchema} {
		s := f()
		eachAttribute(s.Attributes, s.Name+".", func(path string, a *scim.Attribute) {
			want := special[path]
			switch {
			case want != "":
			case strings.HasSuffix(path, ".primary"):
				want = "boolean"
			case a.Type == scim.Complex:
				want = "complex multi"
			}
			if got := characterOf(a); got != want {
				t.Errorf("%s: got %q, want %q", path, got, want)
			}
		})
	}
}

// characterOf names the characteristics that are not the default.
func characterOf(a *scim.Attribute) string {
	var words []string
	add := func(given bool, word string) {
		if given {
			words = append(words, word)
		}
	}
	add(a.Type != scim.String, string(a.Type))
	add(a.MultiValued, "multi")
	add(a.Required, "required")
	add(a.CaseExact, "exact")
	add(a.Mutability != scim.ReadWrite, string(a.Mutability))
	add(a.Returned != scim.ByDefault, "returned:"+string(a.Returned))
	add(a.Uniqueness != scim.NotUnique, "unique:"+string(a.Uniqueness))
	add(len(a.ReferenceTypes) > 0, "to:"+strings.Join(a.ReferenceTypes, ","))
	return strings.Join(words, " ")
}

func TestEveryDefinitionIsComplete(t *testing.T) {
	check := func(path string, a *scim.Attribute) {
		complete := a.Name != "" && a.Type != "" && a.Description != "" && a.Mutability != "" && a.Returned != "" && a.Uniqueness != ""
		if !complete || (a.Type == scim.Complex) != (len(a.SubAttributes) > 0) || (a.Type == scim.Reference) != (len(a.ReferenceTypes) > 0) {
			t.Errorf("%s: %+v", path, *a)
		}
	}
	for _, f := range coreSchemas {
		s := f()
		eachAttribute(s.Attributes, s.Name+".", check)
	}
	eachAttribute(scim.CommonAttributes(), "", check)
}

func TestServiceSchemasAreReadOnly(t *testing.T) {
	for _, f := range []func() *scim.Schema{scim.ServiceProviderConfigSchema, scim.ResourceTypeSchema, scim.SchemaSchema} {
		s := f()
		eachAttribute(s.Attributes, s.Name+".", func(path string, a *scim.Attribute) {
			if a.Mutability != scim.ReadOnly {
				t.Errorf("%s is %s", path, a.Mutability)
			}
		})
	}
}

func TestCommonAttributes(t *testing.T) {
	var got []string
	eachAttribute(scim.CommonAttributes(), "", func(path string, a *scim.Attribute) { got = append(got, path+" "+characterOf(a)) })
	want := []string{
		"schemas multi required returned:always",
		"id exact readOnly returned:always unique:server",
		"externalId exact",
		"meta complex readOnly",
		"meta.resourceType exact readOnly",
		"meta.created dateTime readOnly",
		"meta.lastModified dateTime readOnly",
		"meta.location reference exact readOnly to:uri",
		"meta.version exact readOnly",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestEachCallReturnsItsOwnDefinitions(t *testing.T) {
	scim.UserType().Schema.Attribute("userName").CaseExact = true
	scim.CommonAttributes()[1].Name = "changed"
	if scim.UserType().Schema.Attribute("userName").CaseExact || scim.CommonAttributes()[1].Name != "id" {
		t.Error("a change shows in the next call")
	}
}

func TestSchemaResource(t *testing.T) {
	for _, f := range coreSchemas {
		s := f()
		t.Run(s.Name+" is the same after reading its resource", func(t *testing.T) {
			o := scimtest.Object(t, scimtest.JSON(t, s.Object()))
			again, err := scim.ParseSchema(o)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := scimtest.JSON(t, again.Object()), scimtest.JSON(t, o); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
		t.Run(s.Name+" fits the schema of schemas", func(t *testing.T) {
			attributes, _ := s.Object().Get("attributes")
			if err := scim.CheckValue(scim.SchemaSchema().Attribute("attributes"), attributes, "attributes"); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("an attribute spells out its characteristics", func(t *testing.T) {
		got := scimtest.JSON(t, definition(scim.GroupSchema().Attribute("members").Sub("$ref")))
		want := `{"name":"$ref","type":"reference","multiValued":false,"description":"URI of the member.","required":false,"caseExact":true,"mutability":"immutable","returned":"default","uniqueness":"none","referenceTypes":["User","Group"]}`
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
	t.Run("a boolean has no case", func(t *testing.T) {
		if _, has := definition(scim.UserSchema().Attribute("active")).Get("caseExact"); has {
			t.Error("it has")
		}
	})
}

// definition is how a schema's resource shows an attribute.
func definition(a *scim.Attribute) *scim.Object {
	s := scim.Schema{Attributes: []*scim.Attribute{a}}
	o, _ := s.Object().Array("attributes")[0].(*scim.Object)
	return o
}

func TestParseSchema(t *testing.T) {
	t.Run("missing characteristics get the defaults of the RFC", func(t *testing.T) {
		s, err := scim.ParseSchema(scimtest.Object(t, `{"id":"urn:x","attributes":[{"name":"a"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		want := scim.Attribute{Name: "a", Type: scim.String, Mutability: scim.ReadWrite, Returned: scim.ByDefault, Uniqueness: scim.NotUnique}
		if got := *s.Attributes[0]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
	t.Run("words are read in any case", func(t *testing.T) {
		s, err := scim.ParseSchema(scimtest.Object(t, `{"ID":"urn:x","Attributes":[{"NAME":"a","type":"DATETIME","mutability":"readonly"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		if a := s.Attributes[0]; a.Type != scim.DateTime || a.Mutability != scim.ReadOnly {
			t.Errorf("got %+v", *a)
		}
	})
	for _, c := range []struct{ name, text, says string }{
		{"no id", `{"attributes":[]}`, `no "id"`},
		{"attributes that are no array", `{"id":"urn:x","attributes":{}}`, `schema "urn:x": "attributes" has to be an array, got object`},
		{"an attribute that is no object", `{"id":"urn:x","attributes":["a"]}`, `has to contain objects, got string`},
		{"an attribute without a name", `{"id":"urn:x","attributes":[{}]}`, `"" is not an attribute name`},
		{"a name that is none", `{"id":"urn:x","attributes":[{"name":"a b"}]}`, `"a b" is not an attribute name`},
		{"an unknown type", `{"id":"urn:x","attributes":[{"name":"a","type":"text"}]}`, `attribute "a": "type" has to be one of ["string"`},
		{"a type that is no string", `{"id":"urn:x","attributes":[{"name":"a","type":1}]}`, `"type" has to be a string, got the number 1`},
		{"a boolean in quotes", `{"id":"urn:x","attributes":[{"name":"a","required":"true"}]}`, `"required" has to be true or false`},
		{"canonical values that are no strings", `{"id":"urn:x","attributes":[{"name":"a","canonicalValues":[1]}]}`, `"canonicalValues" has to be an array of strings`},
		{"a fault in a sub-attribute", `{"id":"urn:x","attributes":[{"name":"a","subAttributes":[{"name":"b","mutability":"never"}]}]}`, `attribute "a.b": "mutability"`},
	} {
		t.Run("refuses "+c.name, func(t *testing.T) {
			_, err := scim.ParseSchema(scimtest.Object(t, c.text))
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q in it", err, c.says)
			}
		})
	}
}

func TestResourceTypeResource(t *testing.T) {
	want := `{"schemas":["` + scim.ResourceTypeURN + `"],"id":"User","name":"User","description":"User account","endpoint":"/Users","schema":"` + scim.UserURN + `","schemaExtensions":[{"schema":"` + scim.EnterpriseURN + `","required":false}]}`
	if got := scimtest.JSON(t, scim.UserType().Object()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
