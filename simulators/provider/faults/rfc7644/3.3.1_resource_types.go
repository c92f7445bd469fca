package rfc7644

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// resourceTypesFaults violate features/rfc7644/3.3.1_resource_types.feature.
func resourceTypesFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.3.1-01", "a new user is of the type user", rewrite.SetMetaOnCreation("Users", "resourceType", "user")},
		{"RFC7644-3.3.1-01", "a new group is of the type User", rewrite.SetMetaOnCreation("Groups", "resourceType", "User")},
		{"RFC7644-3.3.1-01", "a new user has no type", rewrite.SetMetaOnCreation("Users", "resourceType", nil)},
		{"RFC7644-3.3.1-01", "the type is named in the plural", rewrite.Shown(rewrite.Anywhere, func(o *scim.Object) {
			if t := o.Object("meta").String("resourceType"); t == "User" || t == "Group" {
				rewrite.PartOf(o, "meta").Set("resourceType", t+"s")
			}
		})},
		{"RFC7644-3.3.1-01", "the client chooses the type", rewrite.ShowAsSent("*", "meta.resourceType")},
		{"RFC7644-3.3.1-01", "the client chooses the type of groups", rewrite.ShowAsSent("Groups", "meta.resourceType")},
		{"RFC7644-3.3.1-01", "a user who is read has no type", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) { o.Object("meta").Delete("resourceType") })},
		{"RFC7644-3.3.1-01", "a group that is read is of the type User", rewrite.Shown(rewrite.At("GET", "/Groups/*"), func(o *scim.Object) { rewrite.PartOf(o, "meta").Set("resourceType", "User") })},
		{"RFC7644-3.3.1-01", "users in lists have no type", rewrite.Shown(rewrite.At("GET", "/Users"), func(o *scim.Object) { o.Object("meta").Delete("resourceType") })},
		{"RFC7644-3.3.1-01", "groups in lists are of the type User", rewrite.Shown(rewrite.At("GET", "/Groups"), func(o *scim.Object) { rewrite.PartOf(o, "meta").Set("resourceType", "User") })},
	}
}
