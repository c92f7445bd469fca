package scim

import (
	"reflect"
	"strings"
	"testing"
)

func TestParsePath(t *testing.T) {
	eqWork := Compare{Path: Path{Attr: "type"}, Op: Eq, Value: "work"}
	for _, c := range []struct {
		name, text string
		want       Path
	}{
		{"an attribute", "userName", Path{Attr: "userName"}},
		{"a sub-attribute", "name.familyName", Path{Attr: "name", Sub: "familyName"}},
		{"a reference", "members.$ref", Path{Attr: "members", Sub: "$ref"}},
		{"a name with digits", "x509Certificates.value", Path{Attr: "x509Certificates", Sub: "value"}},
		{"a name with hyphen and underscore", "a-b_c", Path{Attr: "a-b_c"}},
		{"selected values", `emails[type eq "work"]`, Path{Attr: "emails", Filter: eqWork}},
		{"a sub-attribute of selected values", `emails[type eq "work"].value`, Path{Attr: "emails", Filter: eqWork, Sub: "value"}},
		{"white space within the brackets", `emails[ type  eq "work" ].value`, Path{Attr: "emails", Filter: eqWork, Sub: "value"}},
		{"no space before the value, as in an example of the RFC", `emails[type eq"work"]`, Path{Attr: "emails", Filter: eqWork}},
		{"brackets in a string", `emails[value eq "a]b[c"]`, Path{Attr: "emails", Filter: Compare{Path: Path{Attr: "value"}, Op: Eq, Value: "a]b[c"}}},
		{"the base schema's URN", UserURN + ":name.givenName", Path{URN: UserURN, Attr: "name", Sub: "givenName"}},
		{"an extension's URN", EnterpriseURN + ":department", Path{URN: EnterpriseURN, Attr: "department"}},
		{"an extension's URN in other case", strings.ToUpper(EnterpriseURN) + ":manager.value", Path{URN: strings.ToUpper(EnterpriseURN), Attr: "manager", Sub: "value"}},
		{"selected values with a URN", UserURN + `:emails[type eq "work"].value`, Path{URN: UserURN, Attr: "emails", Filter: eqWork, Sub: "value"}},
		{"a whole extension", EnterpriseURN, Path{URN: EnterpriseURN}},
		{"an unknown URN ends at the last colon", "urn:example:2.0:Thing:size.x", Path{URN: "urn:example:2.0:Thing", Attr: "size", Sub: "x"}},
		{"an unknown URL ends at the last colon", "http://example.com/schema/2.0/X:size", Path{URN: "http://example.com/schema/2.0/X", Attr: "size"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParsePath(c.text, UserType())
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %#v\nwant %#v", got, c.want)
			}
			again, err := ParsePath(got.String(), UserType())
			if err != nil || !reflect.DeepEqual(again, got) {
				t.Errorf("its text %q reads as %#v, %v", got.String(), again, err)
			}
		})
	}
}

func TestParsePathWithSeveralExtensions(t *testing.T) {
	long := "urn:example:ext:2.0:User"
	user := UserType()
	for _, urn := range []string{"urn:example:ext", long} {
		user.Extensions = append(user.Extensions, Extension{Schema: &Schema{ID: urn}})
	}
	t.Run("the longest URN wins", func(t *testing.T) {
		got, err := ParsePath(long+":size", user)
		if err != nil || got.URN != long || got.Attr != "size" {
			t.Errorf("got %#v, %v", got, err)
		}
	})
	t.Run("a URN is not taken for the beginning of a longer word", func(t *testing.T) {
		got, err := ParsePath("urn:example:extra:size", user)
		if err != nil || got.URN != "urn:example:extra" {
			t.Errorf("got %#v, %v", got, err)
		}
	})
}

func TestParsePathRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, scimType, detail string }{
		{"nothing", "", ScimTypeInvalidPath, "empty"},
		{"a blank", "  ", ScimTypeInvalidPath, "empty"},
		{"a blank in front", " userName", ScimTypeInvalidPath, "attribute name was expected"},
		{"a blank behind", "userName ", ScimTypeInvalidPath, "the end was expected at position 9"},
		{"two words", "user name", ScimTypeInvalidPath, `found " "`},
		{"a digit first", "1name", ScimTypeInvalidPath, `"1name" is not an attribute name`},
		{"a slash", "name/familyName", ScimTypeInvalidPath, "not an attribute name"},
		{"an array index", "emails[0]", ScimTypeInvalidFilter, ""},
		{"a trailing dot", "name.", ScimTypeInvalidPath, "sub-attribute"},
		{"a leading dot", ".name", ScimTypeInvalidPath, "not an attribute name"},
		{"two dots", "a.b.c", ScimTypeInvalidPath, "sub-attribute"},
		{"a colon first", ":userName", ScimTypeInvalidPath, "schema URN was expected"},
		{"a URN and a colon", EnterpriseURN + ":", ScimTypeInvalidPath, "not an attribute name"},
		{"a bracket that stays open", `emails[type eq "work"`, ScimTypeInvalidPath, `"]" was expected`},
		{"a bracket that is empty", "emails[]", ScimTypeInvalidFilter, "attribute name"},
		{"a bracket on a sub-attribute", `name.familyName[value eq "x"]`, ScimTypeInvalidFilter, "has to follow the name"},
		{"a bracket on an extension", EnterpriseURN + `[value eq "x"]`, ScimTypeInvalidFilter, "has to follow the name"},
		{"a bracket in a bracket", `emails[value[type eq "x"]]`, ScimTypeInvalidFilter, "no sub-attributes"},
		{"a sub-attribute without a name", `emails[type eq "work"].`, ScimTypeInvalidPath, "sub-attribute"},
		{"two sub-attributes", `emails[type eq "work"].value.x`, ScimTypeInvalidPath, "one sub-attribute"},
		{"text after the bracket", `emails[type eq "work"]value`, ScimTypeInvalidPath, "the end was expected"},
		{"an unknown operator", `emails[type is "work"]`, ScimTypeInvalidFilter, `"is" is not supported`},
		{"broken UTF-8", "user\xffName", ScimTypeInvalidPath, "UTF-8"},
		{"endless text", strings.Repeat("a", maxFilterLength+1), ScimTypeInvalidPath, "longer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParsePath(c.text, UserType())
			wantRefusal(t, err, c.scimType, c.detail)
		})
	}
}

func TestResolve(t *testing.T) {
	user := UserType()
	for _, c := range []struct{ name, text, attribute, sub, extension string }{
		{"an attribute in any case", "USERNAME", "userName", "", ""},
		{"a sub-attribute in any case", "NAME.GivenName", "name", "givenName", ""},
		{"the base URN is no prefix", strings.ToUpper(UserURN) + ":userName", "userName", "", ""},
		{"the common attribute id", "id", "id", "", ""},
		{"the common attribute schemas", "schemas", "schemas", "", ""},
		{"the common attribute externalId", "externalid", "externalId", "", ""},
		{"a part of meta", "meta.lastModified", "meta", "lastModified", ""},
		{"a reference", "groups.$ref", "groups", "$ref", ""},
		{"an extension's attribute", EnterpriseURN + ":department", "department", "", EnterpriseURN},
		{"an extension's sub-attribute", EnterpriseURN + ":manager.$ref", "manager", "$ref", EnterpriseURN},
		{"a whole extension", EnterpriseURN, "", "", EnterpriseURN},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, err := ParsePath(c.text, user)
			if err != nil {
				t.Fatal(err)
			}
			r, ok := user.Resolve(path)
			if !ok {
				t.Fatal("was not found")
			}
			var attribute, sub, extension string
			if r.Attribute != nil {
				attribute = r.Attribute.Name
			}
			if r.Sub != nil {
				sub = r.Sub.Name
			}
			if r.Extension != nil {
				extension = r.Extension.ID
			}
			if attribute != c.attribute || sub != c.sub || extension != c.extension {
				t.Errorf("got %q %q %q", attribute, sub, extension)
			}
		})
	}
	for _, text := range []string{"nope", "name.nope", "userName.value", "department", "urn:example:X:userName", EnterpriseURN + ":userName", UserURN} {
		t.Run("there is no "+text, func(t *testing.T) {
			path, err := ParsePath(text, user)
			if err != nil {
				t.Fatal(err)
			}
			if r, ok := user.Resolve(path); ok {
				t.Errorf("found %#v", r)
			}
		})
	}
}

func FuzzParsePath(f *testing.F) {
	for _, s := range []string{"userName", EnterpriseURN + ":manager.value", EnterpriseURN, `emails[type eq "work" and not (primary eq true)].value`, "a:b:c.d", `x[y pr]`, "a.b[", "é"} {
		f.Add(s)
	}
	user := UserType()
	f.Fuzz(func(t *testing.T, text string) {
		for _, typ := range []*ResourceType{user, nil} {
			p, err := ParsePath(text, typ)
			if err != nil {
				continue
			}
			typ.Resolve(p)
			again, err := ParsePath(p.String(), typ)
			if err != nil || !reflect.DeepEqual(again, p) {
				t.Errorf("%q has the text %q, which reads as %#v, %v", text, p.String(), again, err)
			}
		}
	})
}
