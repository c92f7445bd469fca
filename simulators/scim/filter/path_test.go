package filter

import (
	"reflect"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
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
		{"the base schema's URN", scim.UserURN + ":name.givenName", Path{URN: scim.UserURN, Attr: "name", Sub: "givenName"}},
		{"an extension's URN", scim.EnterpriseURN + ":department", Path{URN: scim.EnterpriseURN, Attr: "department"}},
		{"an extension's URN in other case", strings.ToUpper(scim.EnterpriseURN) + ":manager.value", Path{URN: strings.ToUpper(scim.EnterpriseURN), Attr: "manager", Sub: "value"}},
		{"selected values with a URN", scim.UserURN + `:emails[type eq "work"].value`, Path{URN: scim.UserURN, Attr: "emails", Filter: eqWork, Sub: "value"}},
		{"a whole extension", scim.EnterpriseURN, Path{URN: scim.EnterpriseURN}},
		{"an unknown URN ends at the last colon", "urn:example:2.0:Thing:size.x", Path{URN: "urn:example:2.0:Thing", Attr: "size", Sub: "x"}},
		{"an unknown URL ends at the last colon", "http://example.com/schema/2.0/X:size", Path{URN: "http://example.com/schema/2.0/X", Attr: "size"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParsePath(c.text, scim.UserType())
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %#v\nwant %#v", got, c.want)
			}
			again, err := ParsePath(got.String(), scim.UserType())
			if err != nil || !reflect.DeepEqual(again, got) {
				t.Errorf("its text %q reads as %#v, %v", got.String(), again, err)
			}
		})
	}
}

func TestParsePathWithSeveralExtensions(t *testing.T) {
	long := "urn:example:ext:2.0:User"
	user := scim.UserType()
	for _, urn := range []string{"urn:example:ext", long} {
		user.Extensions = append(user.Extensions, scim.Extension{Schema: &scim.Schema{ID: urn}})
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
		{"nothing", "", scim.ScimTypeInvalidPath, "empty"},
		{"a blank", "  ", scim.ScimTypeInvalidPath, "empty"},
		{"a blank in front", " userName", scim.ScimTypeInvalidPath, "attribute name was expected"},
		{"a blank behind", "userName ", scim.ScimTypeInvalidPath, "the end was expected at position 9"},
		{"two words", "user name", scim.ScimTypeInvalidPath, `found " "`},
		{"a digit first", "1name", scim.ScimTypeInvalidPath, `"1name" is not an attribute name`},
		{"a slash", "name/familyName", scim.ScimTypeInvalidPath, "not an attribute name"},
		{"an array index", "emails[0]", scim.ScimTypeInvalidFilter, ""},
		{"a trailing dot", "name.", scim.ScimTypeInvalidPath, "sub-attribute"},
		{"a leading dot", ".name", scim.ScimTypeInvalidPath, "not an attribute name"},
		{"two dots", "a.b.c", scim.ScimTypeInvalidPath, "sub-attribute"},
		{"a colon first", ":userName", scim.ScimTypeInvalidPath, "schema URN was expected"},
		{"a URN and a colon", scim.EnterpriseURN + ":", scim.ScimTypeInvalidPath, "not an attribute name"},
		{"a bracket that stays open", `emails[type eq "work"`, scim.ScimTypeInvalidPath, `"]" was expected`},
		{"a bracket that is empty", "emails[]", scim.ScimTypeInvalidFilter, "attribute name"},
		{"a bracket on a sub-attribute", `name.familyName[value eq "x"]`, scim.ScimTypeInvalidFilter, "has to follow the name"},
		{"a bracket on an extension", scim.EnterpriseURN + `[value eq "x"]`, scim.ScimTypeInvalidFilter, "has to follow the name"},
		{"a bracket in a bracket", `emails[value[type eq "x"]]`, scim.ScimTypeInvalidFilter, "no sub-attributes"},
		{"a sub-attribute without a name", `emails[type eq "work"].`, scim.ScimTypeInvalidPath, "sub-attribute"},
		{"two sub-attributes", `emails[type eq "work"].value.x`, scim.ScimTypeInvalidPath, "one sub-attribute"},
		{"text after the bracket", `emails[type eq "work"]value`, scim.ScimTypeInvalidPath, "the end was expected"},
		{"an unknown operator", `emails[type is "work"]`, scim.ScimTypeInvalidFilter, `"is" is not supported`},
		{"broken UTF-8", "user\xffName", scim.ScimTypeInvalidPath, "UTF-8"},
		{"endless text", strings.Repeat("a", maxLength+1), scim.ScimTypeInvalidPath, "longer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParsePath(c.text, scim.UserType())
			scimtest.WantRefusal(t, err, c.scimType, c.detail)
		})
	}
}

func TestResolve(t *testing.T) {
	user := scim.UserType()
	for _, c := range []struct{ name, text, attribute, sub, extension string }{
		{"an attribute in any case", "USERNAME", "userName", "", ""},
		{"a sub-attribute in any case", "NAME.GivenName", "name", "givenName", ""},
		{"the base URN is no prefix", strings.ToUpper(scim.UserURN) + ":userName", "userName", "", ""},
		{"the common attribute id", "id", "id", "", ""},
		{"the common attribute schemas", "schemas", "schemas", "", ""},
		{"the common attribute externalId", "externalid", "externalId", "", ""},
		{"a part of meta", "meta.lastModified", "meta", "lastModified", ""},
		{"a reference", "groups.$ref", "groups", "$ref", ""},
		{"an extension's attribute", scim.EnterpriseURN + ":department", "department", "", scim.EnterpriseURN},
		{"an extension's sub-attribute", scim.EnterpriseURN + ":manager.$ref", "manager", "$ref", scim.EnterpriseURN},
		{"a whole extension", scim.EnterpriseURN, "", "", scim.EnterpriseURN},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, err := ParsePath(c.text, user)
			if err != nil {
				t.Fatal(err)
			}
			r, ok := Resolve(user, path)
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
	for _, text := range []string{"nope", "name.nope", "userName.value", "department", "urn:example:X:userName", scim.EnterpriseURN + ":userName", scim.UserURN} {
		t.Run("there is no "+text, func(t *testing.T) {
			path, err := ParsePath(text, user)
			if err != nil {
				t.Fatal(err)
			}
			if r, ok := Resolve(user, path); ok {
				t.Errorf("found %#v", r)
			}
		})
	}
}

func FuzzParsePath(f *testing.F) {
	for _, s := range []string{"userName", scim.EnterpriseURN + ":manager.value", scim.EnterpriseURN, `emails[type eq "work" and not (primary eq true)].value`, "a:b:c.d", `x[y pr]`, "a.b[", "é"} {
		f.Add(s)
	}
	user := scim.UserType()
	f.Fuzz(func(t *testing.T, text string) {
		for _, typ := range []*scim.ResourceType{user, nil} {
			p, err := ParsePath(text, typ)
			if err != nil {
				continue
			}
			Resolve(typ, p)
			again, err := ParsePath(p.String(), typ)
			if err != nil || !reflect.DeepEqual(again, p) {
				t.Errorf("%q has the text %q, which reads as %#v, %v", text, p.String(), again, err)
			}
		}
	})
}
