package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

const ciscoURN = "urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User"

// resourceTypeFaults are about /ResourceTypes.
func resourceTypeFaults() []Fault {
	return []Fault{
		{"RFC7643-6-01", "a type has no name", resourceType("User", func(o *scim.Object) { o.Delete("name") })},
		{"RFC7643-6-01", "a type has no endpoint", resourceType("Group", func(o *scim.Object) { o.Delete("endpoint") })},
		{"RFC7643-6-01", "a type has no schema", resourceType("User", func(o *scim.Object) { o.Delete("schema") })},
		{"RFC7643-6-01", "a type's endpoint is an array", resourceType("User", func(o *scim.Object) { o.Set("endpoint", []any{"/Users"}) })},
		{"RFC7643-6-01", "schemaExtensions is an object", resourceType("User", func(o *scim.Object) {
			o.Set("schemaExtensions", o.Array("schemaExtensions")[0])
		})},
		{"RFC7643-6-01", "schemaExtensions is a list of URNs", resourceType("User", func(o *scim.Object) {
			o.Set("schemaExtensions", []any{scim.EnterpriseURN})
		})},
		{"RFC7643-6-01", "an extension does not say whether it is required", eachExtension(func(x *scim.Object) { x.Delete("required") })},
		{"RFC7643-6-01", "an extension's required is a text", eachExtension(func(x *scim.Object) { x.Set("required", "false") })},
		{"RFC7643-6-01", "an extension has an id and no schema", eachExtension(func(x *scim.Object) {
			x.Set("id", x.String("schema"))
			x.Delete("schema")
		})},
		{"RFC7643-6-02", "a type's schema is its name", resourceType("User", func(o *scim.Object) { o.Set("schema", "User") })},
		{"RFC7643-6-02", "a type's schema is one of SCIM 1.1", resourceType("Group", func(o *scim.Object) { o.Set("schema", "urn:scim:schemas:core:1.0:Group") })},
		{"RFC7643-6-02", "the schema of users is missing from /Schemas", inListing("Schemas", withoutID(scim.UserURN))},
		{"RFC7643-6-03", "an extension is missing from /Schemas", inListing("Schemas", withoutID(scim.EnterpriseURN))},
		{"RFC7643-6-03", "an extension is called by its last word", eachExtension(func(x *scim.Object) { x.Set("schema", "enterprise") })},
		{"RFC7643-6-04", "an extension is said to be required and is not demanded", extensionOfUsers(scim.EnterpriseURN, func(x *scim.Object) { x.Set("required", true) })},
		{"RFC7643-6-04", "a required extension is not demanded by PUT", combined(
			extensionOfUsers(ciscoURN, func(x *scim.Object) { x.Set("required", true) }),
			demandingOfUsers(`"`+ciscoURN+`":`))},
		{"RFC7643-6-05", "an extension is demanded and said not to be required", demandingOfUsers(`"` + scim.EnterpriseURN + `":`)},
		{"RFC7643-6-06", "the endpoint of users is /User", resourceType("User", func(o *scim.Object) { o.Set("endpoint", "/User") })},
		{"RFC7643-6-06", "the endpoint of groups has the service root before it", resourceType("Group", func(o *scim.Object) { o.Set("endpoint", "/scim/v2/Groups") })},
		{"RFC7643-6-06", "endpoints are absolute", shown(discoveryResource("ResourceTypes"), func(o *scim.Object) {
			o.Set("endpoint", strings.TrimSuffix(o.Object("meta").String("location"), "/ResourceTypes/"+o.String("id"))+o.String("endpoint"))
		})},
		{"RFC7643-6-06", "an endpoint is listed that is not there", inListing("ResourceTypes", func(all []any) []any {
			firstElement, _ := all[0].(*scim.Object)
			robots := firstElement.Clone()
			robots.Set("id", "Robot")
			robots.Set("name", "Robot")
			robots.Set("endpoint", "/Robots")
			return append(slices.Clone(all), robots)
		})},
		{"RFC7643-6-07", "an extension in use is not listed", withoutExtension(scim.EnterpriseURN)},
		{"RFC7643-6-07", "no extension is listed", resourceType("User", func(o *scim.Object) { o.Delete("schemaExtensions") })},
		{"RFC7643-6-08", "the type of users is called Users", resourceType("User", func(o *scim.Object) { o.Set("name", "Users") })},
		{"RFC7643-6-08", "the type of groups is called Team", resourceType("Group", func(o *scim.Object) { o.Set("name", "Team") })},
		{"RFC7643-6-08", "groups say that they are users", shown(at("GET,POST", "/Groups"), func(o *scim.Object) { o.Object("meta").Set("resourceType", "User") })},
		{"RFC7643-6-09", "the type of users has the schema of groups", resourceType("User", func(o *scim.Object) { o.Set("schema", scim.GroupURN) })},
		{"RFC7643-6-09", "the type of groups has the schema of users", resourceType("Group", func(o *scim.Object) { o.Set("schema", scim.UserURN) })},
		{"RFC7643-6-10", "groups are not listed", inListing("ResourceTypes", withoutNamed("Group"))},
		{"RFC7643-6-10", "users are not listed", inListing("ResourceTypes", withoutNamed("User"))},
	}
}

// extensionOfUsers edits the entry of an extension in the type of users.
func extensionOfUsers(urn string, edit func(x *scim.Object)) Wrap {
	return eachExtension(func(x *scim.Object) {
		if x.String("schema") == urn {
			edit(x)
		}
	})
}

func eachExtension(edit func(x *scim.Object)) Wrap {
	return resourceType("User", func(o *scim.Object) {
		for _, v := range o.Array("schemaExtensions") {
			if x, ok := v.(*scim.Object); ok {
				edit(x)
			}
		}
	})
}

func withoutExtension(urn string) Wrap {
	return resourceType("User", func(o *scim.Object) {
		o.Set("schemaExtensions", slices.DeleteFunc(slices.Clone(o.Array("schemaExtensions")), func(v any) bool {
			x, _ := v.(*scim.Object)
			return x.String("schema") == urn
		}))
	})
}

// demandingOfUsers refuses creations of users whose body lacks a text.
func demandingOfUsers(text string) Wrap {
	return refusingWrites("POST", func(r *http.Request, body string) *scim.Error {
		if segments(r)[0] == "Users" && len(segments(r)) == 1 && !strings.Contains(body, text) {
			return scim.InvalidValue("%s is missing", text)
		}
		return nil
	})
}

// inListing rewrites the resources that a discovery endpoint lists; totalResults follows.
func inListing(endpoint string, edit func(all []any) []any) Wrap {
	return answers(at("GET", "/"+endpoint), func(_ *http.Request, a *answer) {
		if a.body == nil || !a.ok() {
			return
		}
		all := edit(a.body.Array("Resources"))
		a.body.Set("Resources", all)
		a.body.Set("totalResults", number(len(all)))
		a.body.Set("itemsPerPage", number(len(all)))
	})
}

func withoutID(id string) func([]any) []any { return withoutMember("id", id) }

func withoutNamed(name string) func([]any) []any { return withoutMember("name", name) }

func withoutMember(member, value string) func([]any) []any {
	return func(all []any) []any {
		return slices.DeleteFunc(slices.Clone(all), func(v any) bool {
			o, _ := v.(*scim.Object)
			return o.String(member) == value
		})
	}
}

// definitionFaults are about the form of attribute definitions.
func definitionFaults() []Fault {
	return []Fault{
		{"RFC7643-7-01", "a schema's id is its name", publishedSchema(scim.UserURN, func(o *scim.Object) { o.Set("id", "User") })},
		{"RFC7643-7-01", "a schema has no id", publishedSchema(scim.GroupURN, func(o *scim.Object) { o.Delete("id") })},
		{"RFC7643-7-01", "a schema's name is an object", publishedSchema(scim.GroupURN, func(o *scim.Object) { o.Set("name", scim.NewObject()) })},
		{"RFC7643-7-01", "a schema's description is a list", publishedSchema(scim.UserURN, func(o *scim.Object) { o.Set("description", []any{"User"}) })},
		{"RFC7643-7-02", "an attribute has no name", schemaOmits(scim.UserURN, "nickName", "name")},
		{"RFC7643-7-02", "an attribute has no type", schemaOmits(scim.UserURN, "title", "type")},
		{"RFC7643-7-02", "an attribute does not say whether it is multi-valued", schemaOmits(scim.UserURN, "emails", "multiValued")},
		{"RFC7643-7-02", "an attribute does not say whether it is required", schemaOmits(scim.GroupURN, "displayName", "required")},
		{"RFC7643-7-02", "an attribute has no mutability", schemaOmits(scim.UserURN, "groups", "mutability")},
		{"RFC7643-7-02", "an attribute does not say when it is returned", schemaOmits(scim.UserURN, "password", "returned")},
		{"RFC7643-7-02", "an attribute has no uniqueness", schemaOmits(scim.UserURN, "userName", "uniqueness")},
		{"RFC7643-7-02", "an attribute does not say whether case matters", schemaOmits(scim.UserURN, "userName", "caseExact")},
		{"RFC7643-7-02", "a part of an attribute has no mutability", schemaOmits(scim.UserURN, "name.givenName", "mutability")},
		{"RFC7643-7-02", "an attribute of an extension has no type", schemaOmits(scim.EnterpriseURN, "department", "type")},
		{"RFC7643-7-02", "a type is written in another case", schemaSays(scim.UserURN, "title", "type", "String")},
		{"RFC7643-7-02", "a type is a word of the server's own", schemaSays(scim.UserURN, "title", "type", "text")},
		{"RFC7643-7-02", "multiValued is a text", schemaSays(scim.UserURN, "emails", "multiValued", "true")},
		{"RFC7643-7-02", "required is a text", schemaSays(scim.UserURN, "userName", "required", "true")},
		{"RFC7643-7-02", "caseExact is a text", schemaSays(scim.UserURN, "userName", "caseExact", "false")},
		{"RFC7643-7-02", "a mutability is a word of the server's own", schemaSays(scim.UserURN, "title", "mutability", "read-write")},
		{"RFC7643-7-02", "a returned is a word of the server's own", schemaSays(scim.UserURN, "title", "returned", "sometimes")},
		{"RFC7643-7-02", "a uniqueness is a boolean", schemaSays(scim.UserURN, "userName", "uniqueness", true)},
		{"RFC7643-7-02", "a uniqueness is a word of the server's own", schemaSays(scim.UserURN, "userName", "uniqueness", "unique")},
		{"RFC7643-7-02", "a description is an object", schemaSays(scim.UserURN, "title", "description", scim.NewObject())},
		{"RFC7643-7-02", "canonicalValues is a text", schemaSays(scim.UserURN, "emails.type", "canonicalValues", "work,home")},
		{"RFC7643-7-02", "an attribute is declared twice", publishedSchema(scim.UserURN, func(o *scim.Object) {
			o.Set("attributes", append(slices.Clone(o.Array("attributes")), o.Array("attributes")[0]))
		})},
		{"RFC7643-7-03", "a complex attribute lists no parts", schemaOmits(scim.UserURN, "name", "subAttributes")},
		{"RFC7643-7-03", "a complex attribute lists an empty list of parts", schemaSays(scim.UserURN, "emails", "subAttributes", []any{})},
		{"RFC7643-7-04", "a reference does not say to what", schemaOmits(scim.UserURN, "profileUrl", "referenceTypes")},
		{"RFC7643-7-04", "a reference within an attribute does not say to what", schemaOmits(scim.GroupURN, "members.$ref", "referenceTypes")},
		{"RFC7643-7-05", "userName is declared as an integer", schemaSays(scim.UserURN, "userName", "type", "integer")},
		{"RFC7643-7-05", "active is declared as a string", schemaSays(scim.UserURN, "active", "type", "string")},
		{"RFC7643-7-05", "name is declared as a string", schemaSays(scim.UserURN, "name", "type", "string")},
		{"RFC7643-7-05", "emails is declared as single-valued", schemaSays(scim.UserURN, "emails", "multiValued", false)},
		{"RFC7643-7-05", "displayName is declared as multi-valued", schemaSays(scim.UserURN, "displayName", "multiValued", true)},
		{"RFC7643-7-05", "members is declared as single-valued", schemaSays(scim.GroupURN, "members", "multiValued", false)},
		{"RFC7643-7-05", "groups is declared as writable", schemaSays(scim.UserURN, "groups", "mutability", "readWrite")},
		{"RFC7643-7-05", "password is declared as readable", schemaSays(scim.UserURN, "password", "mutability", "readWrite")},
		{"RFC7643-7-05", "password is declared as returned", schemaSays(scim.UserURN, "password", "returned", "default")},
		{"RFC7643-7-05", "userName is declared as writeOnly", schemaSays(scim.UserURN, "userName", "mutability", "writeOnly")},
		{"RFC7643-7-05", "userName is declared as readOnly", schemaSays(scim.UserURN, "userName", "mutability", "readOnly")},
		{"RFC7643-7-05", "displayName is declared as never returned", schemaSays(scim.GroupURN, "displayName", "returned", "never")},
		{"RFC7643-7-05", "userName is declared as not unique", schemaSays(scim.UserURN, "userName", "uniqueness", "none")},
		{"RFC7643-7-05", "userName is declared as case-exact", schemaSays(scim.UserURN, "userName", "caseExact", true)},
		{"RFC7643-7-05", "userName is not declared", publishedSchema(scim.UserURN, withoutDefinition("userName"))},
		{"RFC7643-7-05", "emails.primary is declared as a string", schemaSays(scim.UserURN, "emails.primary", "type", "string")},
		{"RFC7643-7-05", "manager is declared as a string", schemaSays(scim.EnterpriseURN, "manager", "type", "string")},
	}
}

// withoutDefinition removes a definition.
func withoutDefinition(name string) func(o *scim.Object) {
	return func(o *scim.Object) { o.Set("attributes", withoutNamed(name)(o.Array("attributes"))) }
}
