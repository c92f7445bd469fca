package filter

import (
	"reflect"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
)

func TestParseFilterTree(t *testing.T) {
	is := func(name string) Filter { return Compare{Path: Path{Attr: name}, Op: Pr} }
	a, b, c, d := is("a"), is("b"), is("c"), is("d")
	for _, x := range []struct {
		name, text string
		want       Filter
	}{
		{"a comparison with a string", `userName eq "bob"`, Compare{Path{Attr: "userName"}, Eq, "bob"}},
		{"presence takes no value", "title pr", is("title")},
		{"and binds closer than or", "a pr or b pr and c pr", Or{a, And{b, c}}},
		{"and binds closer than or on the left", "a pr and b pr or c pr", Or{And{a, b}, c}},
		{"not binds closest", "not (a pr) and b pr", And{Not{a}, b}},
		{"parentheses change the order", "(a pr or b pr) and c pr", And{Or{a, b}, c}},
		{"equal operators group to the left", "a pr and b pr and c pr", And{And{a, b}, c}},
		{"parentheses group to the right", "a pr or (b pr or c pr)", Or{a, Or{b, c}}},
		{"nested groups", "((a pr)) and (b pr or not (c pr and d pr))", And{a, Or{b, Not{And{c, d}}}}},
		{"operators in any case", "a PR And b Pr OR NOT(c pR)", Or{And{a, b}, Not{c}}},
		{"white space of any length", "  a\tpr  and\r\n( b pr )  ", And{a, b}},
		{"no white space next to brackets", "(a pr)and(b pr)or not(c pr)", Or{And{a, b}, Not{c}}},
		{"selected values", `emails[a pr and not (b pr)]`, ValuePath{Path{Attr: "emails"}, And{a, Not{b}}}},
		{"a comparison of selected values", `emails[a pr].value co "x"`, Compare{Path{Attr: "emails", Filter: a, Sub: "value"}, Co, "x"}},
		{"presence in selected values", `emails[a pr].value pr`, Compare{Path{Attr: "emails", Filter: a, Sub: "value"}, Pr, nil}},
		{"a URN in front", scim.UserURN + `:userName sw "J"`, Compare{Path{URN: scim.UserURN, Attr: "userName"}, Sw, "J"}},
		{"a whole extension", scim.EnterpriseURN + ` pr`, Compare{Path{URN: scim.EnterpriseURN}, Pr, nil}},
		{"a reference", `members.$ref ew "/1"`, Compare{Path{Attr: "members", Sub: "$ref"}, Ew, "/1"}},
		{"a schema as a value", `schemas eq "` + scim.EnterpriseURN + `"`, Compare{Path{Attr: "schemas"}, Eq, scim.EnterpriseURN}},
		{"attributes called not, and, or, pr, eq", "not pr and and pr or or pr and pr pr and eq pr", Or{And{is("not"), is("and")}, And{And{is("or"), is("pr")}, is("eq")}}},
	} {
		t.Run(x.name, func(t *testing.T) {
			got, err := Parse(x.text, scim.UserType())
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, x.want) {
				t.Errorf("got  %#v\nwant %#v", got, x.want)
			}
		})
	}
}

func TestParseFilterLiterals(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
	}{
		{"an empty string", `""`, `""`},
		{"escapes", `"a\"b\\c\/d\n\t\u00e9"`, `"a\"b\\c/d\n\té"`},
		{"a surrogate pair", `"\ud83d\ude00"`, `"😀"`},
		{"a lone surrogate is replaced", `"\ud83d"`, `"�"`},
		{"brackets, keywords and quotes in a string", `"] ) and \" or ["`, `"] ) and \" or ["`},
		{"an ampersand is not escaped", `"a&<b>"`, `"a&<b>"`},
		{"true", "true", "true"},
		{"false", "false", "false"},
		{"null", "null", "null"},
		{"an integer", "42", "42"},
		{"a negative decimal with an exponent", "-1.50e+3", "-1.50e+3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Parse("a eq "+c.text, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := scimtest.JSON(t, f.(Compare).Value); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestFilterText(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"operators are in lower case, names as written", `USERNAME EQ "Bob" AND Title PR`, `USERNAME eq "Bob" and Title pr`},
		{"parentheses that change nothing go", `((a pr and b pr)) or (c pr)`, `a pr and b pr or c pr`},
		{"parentheses that change something stay", `a pr and (b pr and (c pr or d pr))`, `a pr and (b pr and (c pr or d pr))`},
		{"not keeps its parentheses", `not(a pr)`, `not (a pr)`},
		{"selected values", `emails[ type eq "work" ].value eq "x"`, `emails[type eq "work"].value eq "x"`},
		{"null is written out", `a eq null`, `a eq null`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Parse(c.text, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := f.String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestParseFilterRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, detail string }{
		{"nothing", "", "empty"},
		{"an attribute alone", "userName", `position 9 of the filter: an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr) was expected, found the end`},
		{"no value", "userName eq", "position 12 of the filter: a value"},
		{"a value without quotes", "userName eq bob", `position 13 of the filter: a value (a string in double quotes, a number, true, false or null) was expected, found "bob"`},
		{"a value in single quotes", "userName eq 'bob'", "double quotes"},
		{"an unknown operator", `userName regex "b.*"`, `position 10 of the filter: the operator "regex" is not supported`},
		{"literals in other case", "active eq True", `found "True"`},
		{"a number that is none", "a eq 01", `found "01"`},
		{"two numbers in one", "a eq 1.2.3", `found "1.2.3"`},
		{"infinity", "a eq Infinity", "a value"},
		{"a string that stays open", `userName eq "bob`, "position 13 of the filter: the string has no closing quote"},
		{"a string that ends in a backslash", `userName eq "bob\`, "no closing quote"},
		{"an escape that is none", `userName eq "\x"`, "not valid JSON"},
		{"a control character in a string", "userName eq \"a\nb\"", "not valid JSON"},
		{"and without a right side", "a pr and", "position 9 of the filter: an attribute name"},
		{"or without a left side", "or b pr", `the operator "b"`},
		{"two expressions without and", `a pr b pr`, `position 6 of the filter: "and", "or" or the end of the filter was expected, found "b"`},
		{"presence with a value", `a pr "x"`, "the end of the filter was expected"},
		{"not without parentheses", "not a pr", `the operator "a" is not supported`},
		{"not twice", "not not (a pr)", `the operator "not"`},
		{"a group that stays open", "(a pr", `position 6 of the filter: "and", "or" or ")" was expected, found the end`},
		{"a group that is not open", "a pr)", `found ")"`},
		{"an empty group", "()", `found ")"`},
		{"an empty selection", "emails[]", `found "]"`},
		{"a selection that stays open", `emails[type eq "x"`, `"]" was expected`},
		{"a selection in a selection", `emails[value[type eq "x"]]`, `position 13 of the filter: "[" within`},
		{"a selection of a sub-attribute", `name.givenName[value eq "x"]`, "has to follow the name of an attribute"},
		{"a selection with a sub-attribute alone", `emails[type eq "x"].value`, "an operator"},
		{"a selection compared as a whole", `emails[type eq "x"] eq "y"`, `found "eq"`},
		{"a name that is none", `1st eq "x"`, `position 1 of the filter: "1st" is not an attribute name`},
		{"a name beyond ASCII", `é eq "x" and`, "position 1 "},
		{"positions count characters, not bytes", `a eq "é" x`, "position 10 "},
		{"broken UTF-8", "a eq \"\xff\"", "UTF-8"},
		{"endless text", `a eq "` + strings.Repeat("x", maxLength) + `"`, "longer than 16384 bytes"},
		{"parentheses without end", strings.Repeat("(", 10_000), "nested deeper than 50 levels"},
		{"negations without end", strings.Repeat("not (", 3000), "nested deeper than 50 levels"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.text, scim.UserType())
			scimtest.WantRefusal(t, err, scim.ScimTypeInvalidFilter, c.detail)
		})
	}
}

func TestParseFilterTakesLongChains(t *testing.T) {
	text := strings.Repeat("a pr or ", 2000) + "title pr"
	f, err := Parse(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.String() != text {
		t.Error("the text changed")
	}
	if !Match(f, scim.UserType(), scimtest.Object(t, `{"title":"x"}`)) {
		t.Error("does not match")
	}
}

func TestCheckFilter(t *testing.T) {
	for _, text := range []string{
		`userName eq "bob"`, `USERNAME Sw "b"`, `name.familyName co "O'Malley"`, `active eq true`, `active ne null`,
		`title pr`, `emails pr`, `name pr`, `emails co "example.com"`, `emails.type eq "work"`,
		`emails[type eq "work" and value co "@example.com"]`, `emails[primary eq true].value ew "x"`,
		`meta.lastModified gt "2011-05-13T04:42:34Z"`, `meta.created sw "2011"`, `id eq "1"`, `schemas eq "x"`,
		`schemas[value eq "x"]`, `name[givenName eq "x"]`, `groups.$ref co "/Groups"`, `x509Certificates eq "AA=="`,
		scim.EnterpriseURN + `:department eq "x"`, scim.EnterpriseURN + `:manager eq "1"`, scim.EnterpriseURN + ` pr`, `externalId gt "a"`,
	} {
		t.Run("accepts "+text, func(t *testing.T) {
			if err := Check(filter(t, text, scim.UserType()), scim.UserType()); err != nil {
				t.Error(err)
			}
		})
	}
	for _, c := range []struct{ text, detail string }{
		{`nope eq "x"`, `"nope" is not an attribute of User`},
		{`title pr and nope pr`, `"nope"`},
		{`title pr or not (nope pr)`, `"nope"`},
		{`name.nope eq "x"`, `"name.nope"`},
		{`department eq "x"`, `"department"`},
		{`emails[nope eq "x"]`, `"nope" is not a sub-attribute of "emails"`},
		{`emails[userName eq "x"]`, `"userName" is not a sub-attribute of "emails"`},
		{`emails[nope pr].value eq "x"`, `"nope"`},
		{`nope[type eq "x"]`, `"nope"`},
		{`userName[value eq "x"]`, `"userName" has one simple value`},
		{`password eq "x"`, `"password" is never returned`},
		{`password pr`, `never returned`},
		{`active gt true`, `operator gt does not apply to "active", which is of type boolean`},
		{`active co "t"`, `operator co`},
		{`x509Certificates.value lt "x"`, `operator lt does not apply`},
		{`x509Certificates ge "x"`, `operator ge does not apply`},
		{`active eq "true"`, `of type boolean and cannot be compared by eq with "true"`},
		{`active eq 1`, `cannot be compared`},
		{`userName eq true`, `of type string`},
		{`userName eq 1`, `of type string`},
		{`userName gt null`, `null can be compared by eq and ne only`},
		{`meta.created gt "yesterday"`, `of type dateTime`},
		{`meta.created eq "2011-05-13"`, `of type dateTime`},
		{`name eq "x"`, `"name" is complex: name one of its sub-attributes, such as "name.formatted"`},
		{`addresses co "x"`, `"addresses.formatted"`},
		{`emails eq true`, `"emails" is of type string`},
		{scim.EnterpriseURN + ` eq "x"`, `whole extension`},
		{scim.EnterpriseURN + `:nope eq "x"`, `nope`},
		{`urn:example:X:userName eq "x"`, `not an attribute`},
	} {
		t.Run("refuses "+c.text, func(t *testing.T) {
			scimtest.WantRefusal(t, Check(filter(t, c.text, scim.UserType()), scim.UserType()), scim.ScimTypeInvalidFilter, c.detail)
		})
	}
	t.Run("refuses a sub-attribute that is never returned", func(t *testing.T) {
		scimtest.WantRefusal(t, Check(filter(t, `rack[secret eq "x"]`, scimtest.DeviceType()), scimtest.DeviceType()), scim.ScimTypeInvalidFilter, "never returned")
	})
	t.Run("refuses text operators on numbers", func(t *testing.T) {
		scimtest.WantRefusal(t, Check(filter(t, `ports co 1`, scimtest.DeviceType()), scimtest.DeviceType()), scim.ScimTypeInvalidFilter, "does not apply")
	})
}

// filter is a filter that has to parse.
func filter(t testing.TB, text string, typ *scim.ResourceType) Filter {
	t.Helper()
	f, err := Parse(text, typ)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func FuzzParseFilter(f *testing.F) {
	for _, s := range []string{
		`userName eq "bob"`, `not (a pr) and b ne 1.5e3 or c co null`, `emails[type eq "work"].value ew "\u00e9"`,
		`a pr and (b pr and (c pr or d pr))`, `urn:x:y.z:a.b le true`, `((((`, `a eq "\`, `not not`, scim.EnterpriseURN + ` pr`,
	} {
		f.Add(s)
	}
	user := scim.UserType()
	bob := scimtest.Object(f, scimtest.Bob)
	f.Fuzz(func(t *testing.T, text string) {
		tree, err := Parse(text, user)
		if err != nil {
			scimtest.WantRefusal(t, err, scim.ScimTypeInvalidFilter, "")
			return
		}
		canonical := tree.String()
		if len(canonical) > maxLength { // escapes may be longer than what they stand for
			return
		}
		again, err := Parse(canonical, user)
		if err != nil || !reflect.DeepEqual(again, tree) {
			t.Fatalf("%q has the text %q, which reads as %#v, %v", text, canonical, again, err)
		}
		if Match(tree, user, bob) == Match(Not{tree}, user, bob) {
			t.Errorf("%q and its negation match alike", text)
		}
		if err := Check(tree, user); err != nil {
			scimtest.WantRefusal(t, err, scim.ScimTypeInvalidFilter, "")
		}
	})
}
