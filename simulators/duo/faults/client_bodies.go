package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// objects edits the bodies of these methods to this collection, "" for all.
func objects(methods, collection string, edit func(body *scim.Object)) func(http.RoundTripper) http.RoundTripper {
	return onMethod("", func(r *http.Request) {
		if !strings.Contains(methods, r.Method) || collection != "" && !within(r, r.Method, collection) {
			return
		}
		if body := bodyOf(r); body != nil {
			edit(body)
			out, _ := body.MarshalJSON()
			setBody(r, out)
		}
	})
}

// eachOperation edits the operations of every PATCH.
func eachOperation(edit func(op *scim.Object)) func(http.RoundTripper) http.RoundTripper {
	return objects(http.MethodPatch, "", func(body *scim.Object) {
		for _, v := range body.Array("Operations") {
			if op, ok := v.(*scim.Object); ok {
				edit(op)
			}
		}
	})
}

// extensionsAtTheTop takes the attributes of extensions out of their schema.
func extensionsAtTheTop(o *scim.Object) {
	for name, value := range o.Clone().All() {
		if extension, ok := value.(*scim.Object); ok && strings.HasPrefix(name, "urn:") {
			o.Delete(name)
			for inner, v := range extension.All() {
				o.Set(inner, v)
			}
		}
	}
}

var bodyFaults = []Fault{
	{Requirement: "CLIENT-BODY-01", Name: "resources have no schemas", Transport: objects("POST,PUT", "", func(o *scim.Object) { o.Delete("schemas") })},
	{Requirement: "CLIENT-BODY-01", Name: "groups name the schema of users", Transport: objects("POST,PUT", "Groups", func(o *scim.Object) { o.Set("schemas", []any{scim.UserURN}) })},
	{Requirement: "CLIENT-BODY-02", Name: "groups name a schema that they do not have", Transport: objects("POST,PUT", "Groups", func(o *scim.Object) {
		o.Set("schemas", append(slices.Clone(o.Array("schemas")), "urn:example:unheard:2.0:Group"))
	})},
	{Requirement: "CLIENT-BODY-03", Name: "attributes of the extension are sent at the top", Transport: objects("POST,PUT", "Users", extensionsAtTheTop)},
	{Requirement: "CLIENT-BODY-03", Name: "an extension is sent and not named", Transport: objects("POST,PUT", "Users", func(o *scim.Object) { o.Set("schemas", []any{scim.UserURN}) })},
	{Requirement: "CLIENT-BODY-04", Name: "active is a text", Transport: objects("POST,PUT", "Users", func(o *scim.Object) { o.Set("active", "true") })},
	{Requirement: "CLIENT-BODY-04", Name: "emails is one address", Transport: objects("POST,PUT", "Users", func(o *scim.Object) { o.Set("emails", o.String("userName")) })},
	{Requirement: "CLIENT-BODY-05", Name: "users have no userName", Transport: objects("POST", "Users", func(o *scim.Object) { o.Delete("userName") })},
	{Requirement: "CLIENT-BODY-06", Name: "creations say an id", Transport: objects("POST", "", func(o *scim.Object) { o.Set("id", "4711") })},
	{Requirement: "CLIENT-BODY-07", Name: "members are named by what they are called", Transport: eachOperation(func(op *scim.Object) {
		if op.String("path") == "members" {
			op.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: "ada@example.com"})})
		}
	})},
	{Requirement: "CLIENT-BODY-07", Name: "members are texts", Transport: eachOperation(func(op *scim.Object) {
		if op.String("path") == "members" && len(op.Array("value")) > 0 {
			op.Set("value", []any{op.Array("value")[0].(*scim.Object).String("value")})
		}
	})},
}
