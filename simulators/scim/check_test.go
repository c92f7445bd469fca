package scim

import (
	"encoding/json"
	"testing"
)

func TestIsUnassigned(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        bool
	}{
		{"null", `null`, true},
		{"an empty array", `[]`, true},
		{"an empty object", `{}`, true},
		{"an array of nothing", `[null,{},[]]`, true},
		{"an object of nothing", `{"a":null,"b":{"c":[]}}`, true},
		{"false is a value", `false`, false},
		{"zero is a value", `0`, false},
		{"the empty string is a value", `""`, false},
		{"an object with a value", `{"a":null,"b":""}`, false},
		{"an array with a value", `[null,false]`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, err := Parse([]byte(c.value))
			if err != nil {
				t.Fatal(err)
			}
			if got := IsUnassigned(v); got != c.want {
				t.Errorf("got %t", got)
			}
		})
	}
}

func TestCheckValue(t *testing.T) {
	for _, c := range []struct {
		name   string
		t      Type
		value  string
		accept bool
	}{
		{"a string", String, `"x"`, true},
		{"a number as string", String, `1`, false},
		{"a boolean", Boolean, `true`, true},
		{"a boolean in quotes", Boolean, `"true"`, false},
		{"a number as boolean", Boolean, `1`, false},
		{"an integer", Integer, `-12`, true},
		{"an integer with fraction", Integer, `1.0`, false},
		{"an integer with exponent", Integer, `1e3`, false},
		{"an integer in quotes", Integer, `"1"`, false},
		{"a decimal", Decimal, `1.5`, true},
		{"a whole decimal", Decimal, `1`, true},
		{"a decimal in quotes", Decimal, `"1.5"`, false},
		{"a dateTime", DateTime, `"2008-01-23T04:56:22Z"`, true},
		{"a dateTime with offset and fraction", DateTime, `"2008-01-23T04:56:22.123456789012-05:30"`, true},
		{"a dateTime without zone", DateTime, `"2008-01-23T04:56:22"`, true},
		{"a date alone", DateTime, `"2008-01-23"`, false},
		{"a dateTime with a blank", DateTime, `"2008-01-23 04:56:22Z"`, false},
		{"a dateTime in lower case", DateTime, `"2008-01-23t04:56:22z"`, false},
		{"a dateTime with a comma", DateTime, `"2008-01-23T04:56:22,5Z"`, false},
		{"a day that does not exist", DateTime, `"2008-02-30T04:56:22Z"`, false},
		{"an hour of one digit", DateTime, `"2008-01-23T4:56:22Z"`, false},
		{"a dateTime as number", DateTime, `1201064182`, false},
		{"base64", Binary, `"QUJDRA=="`, true},
		{"base64 without padding", Binary, `"QUJDRA"`, true},
		{"base64 for URLs", Binary, `"_-_-"`, true},
		{"base64 with both alphabets", Binary, `"_-+/"`, false},
		{"base64 with line breaks", Binary, `"QUJD\nRA=="`, false},
		{"base64 of impossible length", Binary, `"QUJDR"`, false},
		{"base64 with wrong padding", Binary, `"QUJDRA="`, false},
		{"text that is not base64", Binary, `"not base64!"`, false},
		{"an absolute URI", Reference, `"https://example.com/v2/Users/1?x=%20#y"`, true},
		{"a relative URI", Reference, `"../Users/1"`, true},
		{"a URN", Reference, `"urn:ietf:params:scim:schemas:core:2.0:User"`, true},
		{"a URI with a blank", Reference, `"https://example.com/a b"`, false},
		{"a URI with a broken escape", Reference, `"https://example.com/%zz"`, false},
		{"a URI as object", Reference, `{}`, false},
		{"null for any type", Boolean, `null`, true},
		{"an empty array for any type", Boolean, `[]`, true},
		{"an empty object for a simple type", String, `{}`, false},
		{"an array for a single value", String, `["x"]`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, err := Parse([]byte(c.value))
			if err != nil {
				t.Fatal(err)
			}
			err = CheckValue(&Attribute{Name: "a", Type: c.t}, v)
			switch {
			case c.accept && err != nil:
				t.Error(err)
			case !c.accept:
				wantRefusal(t, err, ScimTypeInvalidValue, `"a" has to be`)
			}
		})
	}
	emails := UserSchema().Attribute("emails")
	for _, c := range []struct{ name, value, detail string }{
		{"a single value for several", `{"value":"x"}`, `"emails" has several values: an array was expected, got object`},
		{"an element that is no object", `["x"]`, `"emails" has to be an object, got the string "x"`},
		{"an element that is null", `[null]`, `"emails" has to be an object`},
		{"a sub-attribute of wrong type", `[{"value":"x"},{"primary":"true"}]`, `"emails.primary" has to be true or false`},
		{"two primaries", `[{"primary":true},{"primary":false},{"primary":true}]`, `2 values of "emails" are marked as primary`},
	} {
		t.Run("refuses "+c.name, func(t *testing.T) {
			v, err := Parse([]byte(c.value))
			if err != nil {
				t.Fatal(err)
			}
			wantRefusal(t, CheckValue(emails, v), ScimTypeInvalidValue, c.detail)
		})
	}
}

func TestCompareNumbers(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"1", "1.0", 0},
		{"9", "10", -1},
		{"-1e-400", "0", -1},
		{"9007199254740993", "9007199254740992", 1},
		{"1e999999999", "1", 1},
		{"-1e999999999", "1", -1},
		{"1e-999999999", "1", -1},
	} {
		if got := compareNumbers(json.Number(c.a), json.Number(c.b)); got != c.want {
			t.Errorf("%s and %s: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestCheck(t *testing.T) {
	user := `"schemas":["` + UserURN + `"]`
	device := `"schemas":["` + deviceType().Schema.ID + `","` + hardwareURN + `"],"label":"x","` + hardwareURN + `":{"vendor":"y"}`
	for _, c := range []struct {
		name, resource string
		typ            *ResourceType
	}{
		{"the smallest user", `{` + user + `,"userName":"bob"}`, UserType()},
		{"a full user", bobText, UserType()},
		{"a URN in other case", `{"schemas":["URN:IETF:params:scim:schemas:core:2.0:user"],"userName":"bob"}`, UserType()},
		{"an extension that is named and has no values", `{"schemas":["` + UserURN + `","` + EnterpriseURN + `"],"userName":"bob"}`, UserType()},
		{"attributes outside the schemas", `{` + user + `,"userName":"bob","nope":{"x":[1]}}`, UserType()},
		{"a group", patchGroup, GroupType()},
		{"a device", `{` + device + `}`, deviceType()},
		{"readOnly attributes that the server will supply", `{"schemas":["` + ResourceTypeURN + `"]}`, &ResourceType{Schema: ResourceTypeSchema()}},
	} {
		t.Run("accepts "+c.name, func(t *testing.T) {
			if err := Check(c.typ, parsed(t, c.resource)); err != nil {
				t.Error(err)
			}
		})
	}
	for _, c := range []struct {
		name, resource, scimType, detail string
		typ                              *ResourceType
	}{
		{"no schemas", `{"userName":"bob"}`, "invalidSyntax", UserURN, UserType()},
		{"schemas as a string", `{"schemas":"` + UserURN + `","userName":"bob"}`, "invalidSyntax", "array", UserType()},
		{"empty schemas", `{"schemas":[],"userName":"bob"}`, "invalidSyntax", "array", UserType()},
		{"schemas of numbers", `{"schemas":[1],"userName":"bob"}`, "invalidSyntax", "got number", UserType()},
		{"a schema of another type", `{"schemas":["` + GroupURN + `"],"userName":"bob"}`, "invalidValue", "is not a schema of User", UserType()},
		{"schemas without the base schema", `{"schemas":["` + EnterpriseURN + `"],"userName":"bob"}`, "invalidValue", "has to contain", UserType()},
		{"a schema twice", `{"schemas":["` + UserURN + `","` + UserURN + `"],"userName":"bob"}`, "invalidValue", "twice", UserType()},
		{"no userName", `{` + user + `}`, "invalidValue", `"userName" is required`, UserType()},
		{"an empty userName", `{` + user + `,"userName":""}`, "invalidValue", `"userName" is required`, UserType()},
		{"a blank userName", `{` + user + `,"userName":" \t\u00a0"}`, "invalidValue", `"userName" is required`, UserType()},
		{"a userName that is null", `{` + user + `,"userName":null}`, "invalidValue", `"userName" is required`, UserType()},
		{"a userName that is a number", `{` + user + `,"userName":1}`, "invalidValue", `"userName" has to be a string`, UserType()},
		{"an externalId that is a number", `{` + user + `,"userName":"bob","externalId":7}`, "invalidValue", `"externalId" has to be a string, got the number 7`, UserType()},
		{"a wrong type deep inside", `{` + user + `,"userName":"bob","name":{"givenName":["x"]}}`, "invalidValue", `"name.givenName"`, UserType()},
		{"a wrong type in an extension", `{` + user + `,"userName":"bob","` + EnterpriseURN + `":{"manager":{"value":1}}}`, "invalidValue", EnterpriseURN + `:manager.value`, UserType()},
		{"an extension that is no object", `{` + user + `,"userName":"bob","` + EnterpriseURN + `":"x"}`, "invalidValue", "has to be an object", UserType()},
		{"two primaries", `{` + user + `,"userName":"bob","ims":[{"value":"a","primary":true},{"value":"b","primary":true}]}`, "invalidValue", "primary", UserType()},
		{"a group without displayName", `{"schemas":["` + GroupURN + `"]}`, "invalidValue", `"displayName" is required`, GroupType()},
		{"members as strings", `{"schemas":["` + GroupURN + `"],"displayName":"x","members":["1"]}`, "invalidValue", `"members" has to be an object`, GroupType()},
		{"a missing required extension", `{"schemas":["` + deviceType().Schema.ID + `"],"label":"x"}`, "invalidValue", "is required", deviceType()},
		{"a missing attribute of an extension", `{"schemas":["` + deviceType().Schema.ID + `"],"label":"x","` + hardwareURN + `":{"model":"m"}}`, "invalidValue", hardwareURN + `:vendor`, deviceType()},
		{"a missing required sub-attribute", `{` + device + `,"rack":{"note":"x"}}`, "invalidValue", `"rack.row" is required`, deviceType()},
	} {
		t.Run("refuses "+c.name, func(t *testing.T) {
			wantRefusal(t, Check(c.typ, parsed(t, c.resource)), c.scimType, c.detail)
		})
	}
}

func TestNormalize(t *testing.T) {
	for _, c := range []struct{ name, resource, want string }{
		{"names get the spelling of the schemas and keep their order", `{"USERNAME":"bob","NAME":{"GIVENNAME":"B"},"emails":[{"VALUE":"x"}]}`, `{"userName":"bob","name":{"givenName":"B"},"emails":[{"value":"x"}]}`},
		{"URNs get the spelling of the schemas", `{"schemas":["URN:ietf:params:scim:schemas:core:2.0:USER"],"URN:IETF:params:scim:schemas:extension:enterprise:2.0:User":{"DEPARTMENT":"x"}}`, `{"schemas":["` + UserURN + `","` + EnterpriseURN + `"],"` + EnterpriseURN + `":{"department":"x"}}`},
		{"schemas name just the extensions that have values", `{"schemas":["` + UserURN + `","` + EnterpriseURN + `"],"` + EnterpriseURN + `":{"department":null}}`, `{"schemas":["` + UserURN + `"]}`},
		{"a schema twice in other spelling is one", `{"schemas":["` + UserURN + `","URN:ietf:params:scim:schemas:core:2.0:USER"]}`, `{"schemas":["` + UserURN + `"]}`},
		{"unknown schemas stay for the check", `{"schemas":["urn:x","` + UserURN + `",1]}`, `{"schemas":["urn:x","` + UserURN + `",1]}`},
		{"schemas are not invented", `{"userName":"bob"}`, `{"userName":"bob"}`},
		{"unassigned values go", `{"title":null,"emails":[],"name":{},"ims":[null,{},{"value":null}],"nickName":"","active":false}`, `{"nickName":"","active":false}`},
		{"readOnly attributes go", `{"id":"1","meta":{"version":"x"},"groups":[{"value":"g"}],"userName":"bob","externalId":"e"}`, `{"userName":"bob","externalId":"e"}`},
		{"readOnly sub-attributes go", `{"` + EnterpriseURN + `":{"manager":{"value":"1","displayName":"Ann"}}}`, `{"` + EnterpriseURN + `":{"manager":{"value":"1"}}}`},
		{"what the schemas lack goes", `{"nope":1,"userName":"bob","name":{"nope":1},"urn:example:x":{"a":1},"` + EnterpriseURN + `":{"nope":1}}`, `{"userName":"bob"}`},
		{"values of wrong type stay for the check", `{"userName":1,"name":"Bob","emails":{"VALUE":"x"},"active":"True","title":{"a":1},"roles":["x"],"` + EnterpriseURN + `":"x"}`, `{"userName":1,"name":"Bob","emails":{"value":"x"},"active":"True","title":{"a":1},"roles":["x"],"` + EnterpriseURN + `":"x"}`},
		{"arrays of one stay arrays", `{"emails":[{"value":"x"}]}`, `{"emails":[{"value":"x"}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := parsed(t, c.resource)
			got := Normalize(UserType(), before)
			if text := jsonOf(t, got); text != c.want {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
			if !Equal(before, parsed(t, c.resource)) {
				t.Error("the resource itself was changed")
			}
			if again := jsonOf(t, Normalize(UserType(), got)); again != c.want {
				t.Errorf("a second time it is %s", again)
			}
		})
	}
}
