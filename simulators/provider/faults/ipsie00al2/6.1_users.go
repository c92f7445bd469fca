package ipsie00al2

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// usersFaults violate features/ipsie00al2/6.1_users.feature.
func usersFaults() rewrite.Table {
	return rewrite.Table{
		{"IPSIE00AL2-6-01", "users are not updated", rewrite.Ignore(rewrite.PatchesUsers, rewrite.AnyBody)},

		{"IPSIE00AL2-6.1.1-01", "the schema has no displayName", rewrite.EditSchema(scim.UserURN, rewrite.WithoutDefinition("displayName"))},
		{"IPSIE00AL2-6.1.1-01", "the schema has no active", rewrite.EditSchema(scim.UserURN, rewrite.WithoutDefinition("active"))},
		{"IPSIE00AL2-6.1.1-01", "the displayName is dropped", rewrite.WithoutSent(rewrite.CreatesUsers, "displayName")},

		{"IPSIE00AL2-6.1.1-02", "the externalId of users is dropped", rewrite.WithoutSent(rewrite.CreatesUsers, "externalId")},

		{"IPSIE00AL2-6.1.2-01", "the schema has a password", rewrite.EditSchema(scim.UserURN, defining("password"))},
		{"IPSIE00AL2-6.1.2-01", "passwords can be changed", rewrite.SetConfig("changePassword", "supported", true)},

		{"IPSIE00AL2-6.1.2-02", "an extension has a seed of one-time passwords", rewrite.EditSchema(rewrite.CiscoURN, defining("totpSeed"))},
		{"IPSIE00AL2-6.1.2-02", "an extension has a hash of the password", rewrite.EditSchema(rewrite.CiscoURN, defining("passwordHash"))},

		{"IPSIE00AL2-6.1.3-01", "a creation answers 200", rewrite.SuccessIs("POST", "/Users", 200)},

		{"IPSIE00AL2-6.1.4-01", "the externalId is not changed", rewrite.IgnoreOperations("/Users/*", rewrite.OnPath("externalId"))},
		{"IPSIE00AL2-6.1.4-01", "a user is not renamed", rewrite.RefuseOperations("/Users/*", rewrite.OnPath("userName"), scim.MutabilityError("userName"))},

		{"IPSIE00AL2-6.1.5-01", "users are not listed", rewrite.RefuseAll(rewrite.ListsUsers, scim.Forbidden("ask for one"))},
		{"IPSIE00AL2-6.1.5-01", "the last user is not listed", rewrite.OnPages(rewrite.ListsUsers, rewrite.EditResources(rewrite.WithoutLast))},

		{"IPSIE00AL2-6.1.5-02", "a page holds ten thousand", rewrite.EditConfig(func(o *scim.Object) {
			rewrite.PartOf(o, "filter").Set("maxResults", rewrite.Number(10000))
			rewrite.PartOf(o, "pagination").Set("maxPageSize", rewrite.Number(10000))
		})},

		{"IPSIE00AL2-6.1.5-03", "there are no cursors", rewrite.SetConfig("pagination", "cursor", false)},
	}
}

// defining adds a definition to a schema.
func defining(name string) func(o *scim.Object) {
	return func(o *scim.Object) {
		o.Set("attributes", append(o.Array("attributes"), scim.NewObject(
			scim.Member{Name: "name", Value: name}, scim.Member{Name: "type", Value: "string"}, scim.Member{Name: "multiValued", Value: false},
			scim.Member{Name: "mutability", Value: "writeOnly"}, scim.Member{Name: "returned", Value: "never"})))
	}
}
