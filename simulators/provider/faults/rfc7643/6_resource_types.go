package rfc7643

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// resourceTypesFaults violate features/rfc7643/6_resource_types.feature.
func resourceTypesFaults() rewrite.Table {
	return rewrite.Table{
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
		{"RFC7643-6-02", "the schema of users is missing from /Schemas", rewrite.EditListing("Schemas", rewrite.WithoutID(scim.UserURN))},

		{"RFC7643-6-03", "an extension is missing from /Schemas", rewrite.EditListing("Schemas", rewrite.WithoutID(scim.EnterpriseURN))},
		{"RFC7643-6-03", "an extension is called by its last word", eachExtension(func(x *scim.Object) { x.Set("schema", "enterprise") })},

		{"RFC7643-6-04", "an extension is said to be required and is not demanded", extensionOfUsers(scim.EnterpriseURN, func(x *scim.Object) { x.Set("required", true) })},
		{"RFC7643-6-04", "a required extension is not demanded by PUT", rewrite.InTurn(
			extensionOfUsers(rewrite.CiscoURN, func(x *scim.Object) { x.Set("required", true) }),
			rewrite.DemandingOfUsers(`"`+rewrite.CiscoURN+`":`))},

		{"RFC7643-6-05", "an extension is demanded and said not to be required", rewrite.DemandingOfUsers(`"` + scim.EnterpriseURN + `":`)},

		{"RFC7643-6-06", "the endpoint of users is /User", resourceType("User", func(o *scim.Object) { o.Set("endpoint", "/User") })},
		{"RFC7643-6-06", "the endpoint of groups has the service root before it", resourceType("Group", func(o *scim.Object) { o.Set("endpoint", "/scim/v2/Groups") })},
		{"RFC7643-6-06", "endpoints are absolute", rewrite.Shown(rewrite.DiscoveryResource("ResourceTypes"), func(o *scim.Object) {
			o.Set("endpoint", strings.TrimSuffix(o.Object("meta").String("location"), "/ResourceTypes/"+o.String("id"))+o.String("endpoint"))
		})},
		{"RFC7643-6-06", "an endpoint is listed that is not there", rewrite.EditListing("ResourceTypes", func(all []any) []any {
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
		{"RFC7643-6-08", "groups say that they are users", rewrite.Shown(rewrite.At("GET,POST", "/Groups"), func(o *scim.Object) { rewrite.PartOf(o, "meta").Set("resourceType", "User") })},

		{"RFC7643-6-09", "the type of users has the schema of groups", resourceType("User", func(o *scim.Object) { o.Set("schema", scim.GroupURN) })},
		{"RFC7643-6-09", "the type of groups has the schema of users", resourceType("Group", func(o *scim.Object) { o.Set("schema", scim.UserURN) })},

		{"RFC7643-6-10", "groups are not listed", rewrite.EditListing("ResourceTypes", rewrite.WithoutNamed("Group"))},
		{"RFC7643-6-10", "users are not listed", rewrite.EditListing("ResourceTypes", rewrite.WithoutNamed("User"))},
	}
}

// resourceType edits the type of a name.
func resourceType(name string, edit func(o *scim.Object)) rewrite.Wrap {
	return rewrite.Shown(rewrite.DiscoveryResource("ResourceTypes"), func(o *scim.Object) {
		if o.String("name") == name {
			edit(o)
		}
	})
}

// extensionOfUsers edits the entry of an extension in the type of users.
func extensionOfUsers(urn string, edit func(x *scim.Object)) rewrite.Wrap {
	return eachExtension(func(x *scim.Object) {
		if x.String("schema") == urn {
			edit(x)
		}
	})
}

func eachExtension(edit func(x *scim.Object)) rewrite.Wrap {
	return resourceType("User", func(o *scim.Object) {
		for _, x := range rewrite.ObjectsIn(o.Array("schemaExtensions")) {
			edit(x)
		}
	})
}

func withoutExtension(urn string) rewrite.Wrap {
	return resourceType("User", func(o *scim.Object) {
		o.Set("schemaExtensions", slices.DeleteFunc(slices.Clone(o.Array("schemaExtensions")), func(v any) bool {
			x, _ := v.(*scim.Object)
			return x.String("schema") == urn
		}))
	})
}
