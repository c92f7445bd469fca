package scim

import (
	"errors"
	"strings"
	"testing"
)

// parsed is an object written as JSON.
func parsed(t testing.TB, text string) *Object {
	t.Helper()
	o, err := ParseObject([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return o
}

// jsonOf is the JSON of a value.
func jsonOf(t testing.TB, v any) string {
	t.Helper()
	text, err := Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// wantRefusal demands an *Error 400 of a scimType whose detail contains a text.
func wantRefusal(t testing.TB, err error, scimType, detail string) {
	t.Helper()
	var e *Error
	switch {
	case err == nil:
		t.Errorf("was accepted, want 400 %s", scimType)
	case !errors.As(err, &e):
		t.Errorf("the error %v is of type %T, want *Error", err, err)
	case e.Status != 400 || e.ScimType != scimType:
		t.Errorf("got  %v\nwant 400 %s", err, scimType)
	case !strings.Contains(e.Detail, detail):
		t.Errorf("the detail %q does not mention %q", e.Detail, detail)
	}
}

const hardwareURN = "urn:example:params:scim:schemas:hardware:1.0:User"

// deviceType has what the core schemas lack: an immutable attribute, integers,
// decimals, dates, simple multi-valued attributes, a required extension.
func deviceType() *ResourceType {
	serial := caseExact("serial", "")
	serial.Mutability = Immutable
	owners := listOf(caseExact("owners", ""))
	owners.Mutability = Immutable
	secret := plain("secret", "")
	secret.Returned = Never
	return &ResourceType{
		ID: "Device", Name: "Device", Endpoint: "/Devices",
		Schema: &Schema{ID: "urn:example:params:scim:schemas:2.0:Device", Attributes: []*Attribute{
			required(plain("label", "")),
			serial,
			owners,
			listOf(plain("tags", "")),
			simple("ports", Integer, ""),
			simple("weight", Decimal, ""),
			simple("bought", DateTime, ""),
			simple("key", Binary, ""),
			reference("manual", "", "external"),
			flag("lent", ""),
			complexOf("rack", "", required(plain("row", "")), plain("note", ""), secret),
			{Name: "bare"}, // an attribute with every default
		}},
		Extensions: []Extension{{Required: true, Schema: &Schema{ID: hardwareURN, Attributes: []*Attribute{
			required(plain("vendor", "")),
			plain("model", ""),
		}}}},
	}
}
