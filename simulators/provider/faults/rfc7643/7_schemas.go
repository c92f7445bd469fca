package rfc7643

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// schemasFaults violate features/rfc7643/7_schemas.feature.
func schemasFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-7-01", "a schema's id is its name", rewrite.EditSchema(scim.UserURN, func(o *scim.Object) { o.Set("id", "User") })},
		{"RFC7643-7-01", "a schema has no id", rewrite.EditSchema(scim.GroupURN, func(o *scim.Object) { o.Delete("id") })},
		{"RFC7643-7-01", "a schema's name is an object", rewrite.EditSchema(scim.GroupURN, func(o *scim.Object) { o.Set("name", scim.NewObject()) })},
		{"RFC7643-7-01", "a schema's description is a list", rewrite.EditSchema(scim.UserURN, func(o *scim.Object) { o.Set("description", []any{"User"}) })},

		{"RFC7643-7-02", "an attribute has no name", schemaOmits(scim.UserURN, "nickName", "name")},
		{"RFC7643-7-02", "an attribute has no type", schemaOmits(scim.UserURN, "title", "type")},
		{"RFC7643-7-02", "an attribute does not say whether it is multi-valued", schemaOmits(scim.UserURN, "emails", "multiValued")},
		{"RFC7643-7-02", "an attribute does not say whether it is required", schemaOmits(scim.GroupURN, "displayName", "required")},
		{"RFC7643-7-02", "an attribute has no mutability", schemaOmits(scim.UserURN, "groups", "mutability")},
		{"RFC7643-7-02", "an attribute does not say when it is returned", schemaOmits(scim.UserURN, "password", "returned")},
		{"RFC7643-7-02", "an attribute has no uniqueness", schemaOmits(scim.UserURN, "userName", "uniqueness")},
		{"RFC7643-7-02", "a part of an attribute has no mutability", schemaOmits(scim.UserURN, "name.givenName", "mutability")},
		{"RFC7643-7-02", "an attribute of an extension has no type", schemaOmits(scim.EnterpriseURN, "department", "type")},
		{"RFC7643-7-02", "a type is written in another case", rewrite.SetCharacteristic(scim.UserURN, "title", "type", "String")},
		{"RFC7643-7-02", "a type is a word of the server's own", rewrite.SetCharacteristic(scim.UserURN, "title", "type", "text")},
		{"RFC7643-7-02", "multiValued is a text", rewrite.SetCharacteristic(scim.UserURN, "emails", "multiValued", "true")},
		{"RFC7643-7-02", "required is a text", rewrite.SetCharacteristic(scim.UserURN, "userName", "required", "true")},
		{"RFC7643-7-02", "caseExact is a text", rewrite.SetCharacteristic(scim.UserURN, "userName", "caseExact", "false")},
		{"RFC7643-7-02", "a mutability is a word of the server's own", rewrite.SetCharacteristic(scim.UserURN, "title", "mutability", "read-write")},
		{"RFC7643-7-02", "a returned is a word of the server's own", rewrite.SetCharacteristic(scim.UserURN, "title", "returned", "sometimes")},
		{"RFC7643-7-02", "a uniqueness is a boolean", rewrite.SetCharacteristic(scim.UserURN, "userName", "uniqueness", true)},
		{"RFC7643-7-02", "a uniqueness is a word of the server's own", rewrite.SetCharacteristic(scim.UserURN, "userName", "uniqueness", "unique")},
		{"RFC7643-7-02", "a description is an object", rewrite.SetCharacteristic(scim.UserURN, "title", "description", scim.NewObject())},
		{"RFC7643-7-02", "canonicalValues is a text", rewrite.SetCharacteristic(scim.UserURN, "emails.type", "canonicalValues", "work,home")},
		{"RFC7643-7-02", "an attribute is declared twice", rewrite.EditSchema(scim.UserURN, func(o *scim.Object) {
			o.Set("attributes", append(slices.Clone(o.Array("attributes")), o.Array("attributes")[0]))
		})},

		{"RFC7643-7-03", "a complex attribute lists no parts", schemaOmits(scim.UserURN, "name", "subAttributes")},
		{"RFC7643-7-03", "a complex attribute lists an empty list of parts", rewrite.SetCharacteristic(scim.UserURN, "emails", "subAttributes", []any{})},

		{"RFC7643-7-04", "a reference lacks referenceTypes", schemaOmits(scim.UserURN, "profileUrl", "referenceTypes")},
		{"RFC7643-7-04", "a reference within an attribute lacks referenceTypes", schemaOmits(scim.GroupURN, "members.$ref", "referenceTypes")},

		{"RFC7643-7-05", "userName is declared as an integer", rewrite.SetCharacteristic(scim.UserURN, "userName", "type", "integer")},
		{"RFC7643-7-05", "active is declared as a string", rewrite.SetCharacteristic(scim.UserURN, "active", "type", "string")},
		{"RFC7643-7-05", "name is declared as a string", rewrite.SetCharacteristic(scim.UserURN, "name", "type", "string")},
		{"RFC7643-7-05", "emails is declared as single-valued", rewrite.SetCharacteristic(scim.UserURN, "emails", "multiValued", false)},
		{"RFC7643-7-05", "displayName is declared as multi-valued", rewrite.SetCharacteristic(scim.UserURN, "displayName", "multiValued", true)},
		{"RFC7643-7-05", "members is declared as single-valued", rewrite.SetCharacteristic(scim.GroupURN, "members", "multiValued", false)},
		{"RFC7643-7-05", "groups is declared as writable", rewrite.SetCharacteristic(scim.UserURN, "groups", "mutability", "readWrite")},
		{"RFC7643-7-05", "password is declared as readable", rewrite.SetCharacteristic(scim.UserURN, "password", "mutability", "readWrite")},
		{"RFC7643-7-05", "password is declared as returned", rewrite.SetCharacteristic(scim.UserURN, "password", "returned", "default")},
		{"RFC7643-7-05", "userName is declared as writeOnly", rewrite.SetCharacteristic(scim.UserURN, "userName", "mutability", "writeOnly")},
		{"RFC7643-7-05", "userName is declared as readOnly", rewrite.SetCharacteristic(scim.UserURN, "userName", "mutability", "readOnly")},
		{"RFC7643-7-05", "displayName is declared as never returned", rewrite.SetCharacteristic(scim.GroupURN, "displayName", "returned", "never")},
		{"RFC7643-7-05", "userName is declared as not unique", rewrite.SetCharacteristic(scim.UserURN, "userName", "uniqueness", "none")},
		{"RFC7643-7-05", "userName is declared as case-exact", rewrite.SetCharacteristic(scim.UserURN, "userName", "caseExact", true)},
		{"RFC7643-7-05", "userName is not declared", rewrite.EditSchema(scim.UserURN, rewrite.WithoutDefinition("userName"))},
		{"RFC7643-7-05", "emails.primary is declared as a string", rewrite.SetCharacteristic(scim.UserURN, "emails.primary", "type", "string")},
		{"RFC7643-7-05", "manager is declared as a string", rewrite.SetCharacteristic(scim.EnterpriseURN, "manager", "type", "string")},

		{"RFC7643-7-26", "users name a schema that is not published", rewrite.Shown(rewrite.At("", "/Users/*"), func(o *scim.Object) {
			o.Set("schemas", append(slices.Clone(o.Array("schemas")), "urn:example:params:scim:schemas:hidden:2.0:User"))
		})},
		{"RFC7643-7-26", "the schema of groups is not published", rewrite.EditListing("Schemas", rewrite.WithoutID(scim.GroupURN))},
		{"RFC7643-7-26", "created users name a schema that is not published", rewrite.Shown(rewrite.At("POST", "/Users"), func(o *scim.Object) {
			o.Set("schemas", append(slices.Clone(o.Array("schemas")), "urn:example:params:scim:schemas:hidden:2.0:User"))
		})},
	}
}

// schemaOmits removes a characteristic of an attribute's definition.
func schemaOmits(urn, path, characteristic string) rewrite.Wrap {
	return rewrite.EditDefinition(urn, path, func(d *scim.Object) { d.Delete(characteristic) })
}
