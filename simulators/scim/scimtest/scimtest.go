// Package scimtest holds what the tests of scim and of the packages below it
// share: example resources, a resource type, and a check of refusals. It is for
// tests alone.
package scimtest

import (
	"errors"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Object is an object written as JSON.
func Object(t testing.TB, text string) *scim.Object {
	t.Helper()
	o, err := scim.ParseObject([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return o
}

// JSON is the JSON of a value.
func JSON(t testing.TB, v any) string {
	t.Helper()
	text, err := scim.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// WantRefusal demands a *scim.Error 400 of a scimType whose detail contains a text.
func WantRefusal(t testing.TB, err error, scimType, detail string) {
	t.Helper()
	var e *scim.Error
	switch {
	case err == nil:
		t.Errorf("was accepted, want 400 %s", scimType)
	case !errors.As(err, &e):
		t.Errorf("the error %v is of type %T, want *scim.Error", err, err)
	case e.Status != 400 || e.ScimType != scimType:
		t.Errorf("got  %v\nwant 400 %s", err, scimType)
	case !strings.Contains(e.Detail, detail):
		t.Errorf("the detail %q does not mention %q", e.Detail, detail)
	}
}

// HardwareURN names the required extension of DeviceType.
const HardwareURN = "urn:example:params:scim:schemas:hardware:1.0:User"

// DeviceType has what the core schemas lack: immutable attributes, integers,
// decimals, dates, simple multi-valued attributes, a required extension.
func DeviceType() *scim.ResourceType {
	return &scim.ResourceType{
		ID: "Device", Name: "Device", Endpoint: "/Devices",
		Schema: &scim.Schema{ID: "urn:example:params:scim:schemas:2.0:Device", Attributes: []*scim.Attribute{
			{Name: "label", Required: true},
			{Name: "serial", CaseExact: true, Mutability: scim.Immutable},
			{Name: "owners", CaseExact: true, MultiValued: true, Mutability: scim.Immutable},
			{Name: "tags", MultiValued: true},
			{Name: "ports", Type: scim.Integer},
			{Name: "weight", Type: scim.Decimal},
			{Name: "bought", Type: scim.DateTime},
			{Name: "key", Type: scim.Binary},
			{Name: "manual", Type: scim.Reference, CaseExact: true, ReferenceTypes: []string{"external"}},
			{Name: "lent", Type: scim.Boolean},
			{Name: "rack", Type: scim.Complex, SubAttributes: []*scim.Attribute{
				{Name: "row", Required: true}, {Name: "note"}, {Name: "secret", Returned: scim.Never},
			}},
			{Name: "bare"},
		}},
		Extensions: []scim.Extension{{Required: true, Schema: &scim.Schema{ID: HardwareURN, Attributes: []*scim.Attribute{
			{Name: "vendor", Required: true}, {Name: "model"},
		}}}},
	}
}

// Bob is a User resource with values of every kind, with unassigned ones, and
// with a decomposed accent.
const Bob = `{
	"schemas": ["` + scim.UserURN + `", "` + scim.EnterpriseURN + `"],
	"id": "2819c223", "externalId": "Ext-1",
	"userName": "Bob", "title": null, "nickName": "", "active": true,
	"name": {"familyName": "O'Malley", "givenName": "Jose\u0301"},
	"emails": [
		{"value": "bob@example.com", "type": "work", "primary": true},
		{"value": "bob@home.example", "type": "home"},
		{"value": "old@example.com"}
	],
	"phoneNumbers": [], "ims": [{}],
	"password": "secret",
	"` + scim.EnterpriseURN + `": {"department": "R&D", "manager": {"value": "26118915", "displayName": "Ann"}},
	"meta": {"resourceType": "User", "lastModified": "2011-05-13T04:42:34Z"}
}`

// Group is a Group resource with two members.
const Group = `{
	"schemas": ["` + scim.GroupURN + `"],
	"id": "g1", "displayName": "Staff",
	"members": [
		{"value": "1", "$ref": "https://x/Users/1", "type": "User", "display": "Bob"},
		{"value": "2", "$ref": "https://x/Users/2", "type": "User", "display": "Ann"}
	]
}`
