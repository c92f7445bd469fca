package scim_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
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
			v, err := scim.Parse([]byte(c.value))
			if err != nil {
				t.Fatal(err)
			}
			if got := scim.IsUnassigned(v); got != c.want {
				t.Errorf("got %t", got)
			}
		})
	}
}

func TestCheckValue(t *testing.T) {
	for _, c := range []struct {
		name   string
		t      scim.Type
		value  string
		accept bool
	}{
		{"a string", scim.String, `"x"`, true},
		{"a number as string", scim.String, `1`, false},
		{"a boolean", scim.Boolean, `true`, true},
		{"a boolean in quotes", scim.Boolean, `"true"`, false},
		{"a number as boolean", scim.Boolean, `1`, false},
		{"an integer", scim.Integer, `-12`, true},
		{"an integer with fraction", scim.Integer, `1.0`, false},
		{"an integer with exponent", scim.Integer, `1e3`, false},
		{"an integer in quotes", scim.Integer, `"1"`, false},
		{"a decimal", scim.Decimal, `1.5`, true},
		{"a whole decimal", scim.Decimal, `1`, true},
		{"a decimal in quotes", scim.Decimal, `"1.5"`, false},
		{"a dateTime", scim.DateTime, `"2008-01-23T04:56:22Z"`, true},
		{"a dateTime with offset and fraction", scim.DateTime, `"2008-01-23T04:56:22.123456789012-05:30"`, true},
		{"a dateTime without zone", scim.DateTime, `"2008-01-23T04:56:22"`, true},
		{"a date alone", scim.DateTime, `"2008-01-23"`, false},
		{"a dateTime with a blank", scim.DateTime, `"2008-01-23 04:56:22Z"`, false},
		{"a dateTime in lower case", scim.DateTime, `"2008-01-23t04:56:22z"`, false},
		{"a dateTime with a comma", scim.DateTime, `"2008-01-23T04:56:22,5Z"`, false},
		{"a day that does not exist", scim.DateTime, `"2008-02-30T04:56:22Z"`, false},
		{"an hour of one digit", scim.DateTime, `"2008-01-23T4:56:22Z"`, false},
		{"a dateTime as number", scim.DateTime, `1201064182`, false},
		{"base64", scim.Binary, `"QUJDRA=="`, true},
		{"base64 without padding", scim.Binary, `"QUJDRA"`, true},
		{"base64 for URLs", scim.Binary, `"_-_-"`, true},
		{"base64 with both alphabets", scim.Binary, `"_-+/"`, false},
		{"base64 with line breaks", scim.Binary, `"QUJD\nRA=="`, false},
		{"base64 of impossible length", scim.Binary, `"QUJDR"`, false},
		{"base64 with wrong padding", scim.Binary, `"QUJDRA="`, false},
		{"text that is not base64", scim.Binary, `"not base64!"`, false},
		{"an absolute URI", scim.Reference, `"https://example.com/v2/Users/1?x=%20#y"`, true},
		{"a relative URI", scim.Reference, `"../Users/1"`, true},
		{"a URN", scim.Reference, `"urn:ietf:params:scim:schemas:core:2.0:User"`, true},
		{"a URI with a blank", scim.Reference, `"https://example.com/a b"`, false},
		{"a URI with a broken escape", scim.Reference, `"https://example.com/%zz"`, false},
		{"a URI as object", scim.Reference, `{}`, false},
		{"null for any type", scim.Boolean, `null`, true},
		{"an empty array for one value", scim.Boolean, `[]`, false},
		{"an empty object for a simple type", scim.String, `{}`, false},
		{"an array for a single value", scim.String, `["x"]`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, err := scim.Parse([]byte(c.value))
			if err != nil {
				t.Fatal(err)
			}
			err = scim.CheckValue(&scim.Attribute{Name: "a", Type: c.t}, v, "a")
			switch {
			case c.accept && err != nil:
				t.Error(err)
			case !c.accept:
				scimtest.WantRefusal(t, err, scim.ScimTypeInvalidValue, `"a" has to be`)
			}
		})
	}
	emails := scim.UserSchema().Attribute("emails")
	for _, c := range []struct{ name, value, detail string }{
		{"a single value for several", `{"value":"x"}`, `"emails" has several values: an array was expected, got object`},
		{"an element that is no object", `["x"]`, `"emails" has to be an object, got the string "x"`},
		{"an element that is null", `[null]`, `"emails" has to be an object`},
		{"a sub-attribute of wrong type", `[{"value":"x"},{"primary":"true"}]`, `"emails.primary" has to be true or false`},
		{"two primaries", `[{"primary":true},{"primary":false},{"primary":true}]`, `2 values of "emails" are marked as primary`},
	} {
		t.Run("refuses "+c.name, func(t *testing.T) {
			v, err := scim.Parse([]byte(c.value))
			if err != nil {
				t.Fatal(err)
			}
			scimtest.WantRefusal(t, scim.CheckValue(emails, v, "emails"), scim.ScimTypeInvalidValue, c.detail)
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
		if got := scim.CompareNumbers(json.Number(c.a), json.Number(c.b)); got != c.want {
			t.Errorf("%s and %s: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestCheck(t *testing.T) {
	user := `"schemas":["` + scim.UserURN + `"]`
	device := `"schemas":["` + scimtest.DeviceType().Schema.ID + `","` + scimtest.HardwareURN + `"],"label":"x","` + scimtest.HardwareURN + `":{"vendor":"y"}`
	for _, c := range []struct {
		name, resource string
		typ            *scim.ResourceType
	}{
		{"the smallest user", `{` + user + `,"userName":"bob"}`, scim.UserType()},
		{"a full user", strings.Replace(scimtest.Bob, `"ims": [{}],`, "", 1), scim.UserType()},
		{"a URN in other case", `{"schemas":["URN:IETF:params:scim:schemas:core:2.0:user"],"userName":"bob"}`, scim.UserType()},
		{"an extension that is named and has no values", `{"schemas":["` + scim.UserURN + `","` + scim.EnterpriseURN + `"],"userName":"bob"}`, scim.UserType()},
		{"attributes outside the schemas", `{` + user + `,"userName":"bob","nope":{"x":[1]}}`, scim.UserType()},
		{"a group", scimtest.Group, scim.GroupType()},
		{"a device", `{` + device + `}`, scimtest.DeviceType()},
		{"readOnly attributes that the server will supply", `{"schemas":["` + scim.ResourceTypeURN + `"]}`, &scim.ResourceType{Schema: scim.ResourceTypeSchema()}},
	} {
		t.Run("accepts "+c.name, func(t *testing.T) {
			if err := scim.Check(c.typ, scimtest.Object(t, c.resource)); err != nil {
				t.Error(err)
			}
		})
	}
	for _, c := range []struct {
		name, resource, scimType, detail string
		typ                              *scim.ResourceType
	}{
		{"no schemas", `{"userName":"bob"}`, "invalidSyntax", scim.UserURN, scim.UserType()},
		{"schemas as a string", `{"schemas":"` + scim.UserURN + `","userName":"bob"}`, "invalidSyntax", "array", scim.UserType()},
		{"empty schemas", `{"schemas":[],"userName":"bob"}`, "invalidSyntax", "array", scim.UserType()},
		{"schemas of numbers", `{"schemas":[1],"userName":"bob"}`, "invalidSyntax", "got number", scim.UserType()},
		{"a schema of another type", `{"schemas":["` + scim.GroupURN + `"],"userName":"bob"}`, "invalidValue", "is not a schema of User", scim.UserType()},
		{"schemas without the base schema", `{"schemas":["` + scim.EnterpriseURN + `"],"userName":"bob"}`, "invalidValue", "has to contain", scim.UserType()},
		{"a schema twice", `{"schemas":["` + scim.UserURN + `","` + scim.UserURN + `"],"userName":"bob"}`, "invalidValue", "twice", scim.UserType()},
		{"no userName", `{` + user + `}`, "invalidValue", `"userName" is required`, scim.UserType()},
		{"an empty userName", `{` + user + `,"userName":""}`, "invalidValue", `"userName" is required`, scim.UserType()},
		{"a blank userName", `{` + user + `,"userName":" \t\u00a0"}`, "invalidValue", `"userName" is required`, scim.UserType()},
		{"a userName that is null", `{` + user + `,"userName":null}`, "invalidValue", `"userName" is required`, scim.UserType()},
		{"a userName that is a number", `{` + user + `,"userName":1}`, "invalidValue", `"userName" has to be a string`, scim.UserType()},
		{"an externalId that is a number", `{` + user + `,"userName":"bob","externalId":7}`, "invalidValue", `"externalId" has to be a string, got the number 7`, scim.UserType()},
		{"a wrong type deep inside", `{` + user + `,"userName":"bob","name":{"givenName":["x"]}}`, "invalidValue", `"name.givenName"`, scim.UserType()},
		{"a wrong type in an extension", `{` + user + `,"userName":"bob","` + scim.EnterpriseURN + `":{"manager":{"value":1}}}`, "invalidValue", scim.EnterpriseURN + `:manager.value`, scim.UserType()},
		{"an extension that is no object", `{` + user + `,"userName":"bob","` + scim.EnterpriseURN + `":"x"}`, "invalidValue", "has to be an object", scim.UserType()},
		{"an element without anything", `{` + user + `,"userName":"bob","emails":[{"value":"x"},{}]}`, "invalidValue", `a value of "emails" has none of its sub-attributes`, scim.UserType()},
		{"an element that is null", `{` + user + `,"userName":"bob","emails":[null]}`, "invalidValue", `"emails" has to be an object, got null`, scim.UserType()},
		{"an empty object for a string", `{` + user + `,"userName":"bob","title":{}}`, "invalidValue", `"title" has to be a string, got object`, scim.UserType()},
		{"two primaries", `{` + user + `,"userName":"bob","ims":[{"value":"a","primary":true},{"value":"b","primary":true}]}`, "invalidValue", "primary", scim.UserType()},
		{"a group without displayName", `{"schemas":["` + scim.GroupURN + `"]}`, "invalidValue", `"displayName" is required`, scim.GroupType()},
		{"members as strings", `{"schemas":["` + scim.GroupURN + `"],"displayName":"x","members":["1"]}`, "invalidValue", `"members" has to be an object`, scim.GroupType()},
		{"a missing required extension", `{"schemas":["` + scimtest.DeviceType().Schema.ID + `"],"label":"x"}`, "invalidValue", "is required", scimtest.DeviceType()},
		{"a missing attribute of an extension", `{"schemas":["` + scimtest.DeviceType().Schema.ID + `"],"label":"x","` + scimtest.HardwareURN + `":{"model":"m"}}`, "invalidValue", scimtest.HardwareURN + `:vendor`, scimtest.DeviceType()},
		{"a missing required sub-attribute", `{` + device + `,"rack":{"note":"x"}}`, "invalidValue", `"rack.row" is required`, scimtest.DeviceType()},
	} {
		t.Run("refuses "+c.name, func(t *testing.T) {
			scimtest.WantRefusal(t, scim.Check(c.typ, scimtest.Object(t, c.resource)), c.scimType, c.detail)
		})
	}
}

func TestNormalize(t *testing.T) {
	for _, c := range []struct{ name, resource, want string }{
		{"names get the spelling of the schemas and keep their order", `{"USERNAME":"bob","NAME":{"GIVENNAME":"B"},"emails":[{"VALUE":"x"}]}`, `{"userName":"bob","name":{"givenName":"B"},"emails":[{"value":"x"}]}`},
		{"URNs get the spelling of the schemas", `{"schemas":["URN:ietf:params:scim:schemas:core:2.0:USER"],"URN:IETF:params:scim:schemas:extension:enterprise:2.0:User":{"DEPARTMENT":"x"}}`, `{"schemas":["` + scim.UserURN + `","` + scim.EnterpriseURN + `"],"` + scim.EnterpriseURN + `":{"department":"x"}}`},
		{"schemas name just the extensions that have values", `{"schemas":["` + scim.UserURN + `","` + scim.EnterpriseURN + `"],"` + scim.EnterpriseURN + `":{"department":null}}`, `{"schemas":["` + scim.UserURN + `"]}`},
		{"a schema twice in other spelling is one", `{"schemas":["` + scim.UserURN + `","URN:ietf:params:scim:schemas:core:2.0:USER"]}`, `{"schemas":["` + scim.UserURN + `"]}`},
		{"unknown schemas stay for the check", `{"schemas":["urn:x","` + scim.UserURN + `",1]}`, `{"schemas":["urn:x","` + scim.UserURN + `",1]}`},
		{"schemas are not invented", `{"userName":"bob"}`, `{"userName":"bob"}`},
		{"unassigned values go", `{"title":null,"emails":[],"name":{},"nickName":"","active":false}`, `{"nickName":"","active":false}`},
		{"empty elements and objects for simple values stay for the check", `{"ims":[null,{},{"value":null},{"nope":1}],"title":{}}`, `{"ims":[null,{},{},{}],"title":{}}`},
		{"readOnly attributes go", `{"id":"1","meta":{"version":"x"},"groups":[{"value":"g"}],"userName":"bob","externalId":"e"}`, `{"userName":"bob","externalId":"e"}`},
		{"readOnly sub-attributes go", `{"` + scim.EnterpriseURN + `":{"manager":{"value":"1","displayName":"Ann"}}}`, `{"` + scim.EnterpriseURN + `":{"manager":{"value":"1"}}}`},
		{"what the schemas lack goes", `{"nope":1,"userName":"bob","name":{"nope":1},"urn:example:x":{"a":1},"` + scim.EnterpriseURN + `":{"nope":1}}`, `{"userName":"bob"}`},
		{"values of wrong type stay for the check", `{"userName":1,"name":"Bob","emails":{"VALUE":"x"},"active":"True","title":{"a":1},"roles":["x"],"` + scim.EnterpriseURN + `":"x"}`, `{"userName":1,"name":"Bob","emails":{"value":"x"},"active":"True","title":{"a":1},"roles":["x"],"` + scim.EnterpriseURN + `":"x"}`},
		{"arrays of one stay arrays", `{"emails":[{"value":"x"}]}`, `{"emails":[{"value":"x"}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := scimtest.Object(t, c.resource)
			got := scim.Normalize(scim.UserType(), before)
			if text := scimtest.JSON(t, got); text != c.want {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
			if !scim.Equal(before, scimtest.Object(t, c.resource)) {
				t.Error("the resource itself was changed")
			}
			if again := scimtest.JSON(t, scim.Normalize(scim.UserType(), got)); again != c.want {
				t.Errorf("a second time it is %s", again)
			}
		})
	}
}
