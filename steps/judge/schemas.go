package judge

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// HasSchema says whether a resource or message names the schema, in any case of letters.
func HasSchema(o *scim.Object, urn string) bool {
	return slices.ContainsFunc(o.Array("schemas"), func(v any) bool {
		s, _ := v.(string)
		return strings.EqualFold(s, urn)
	})
}

// CollectionShown tells by its schemas where a resource belongs.
func CollectionShown(o *scim.Object) string {
	if slices.Contains(o.Array("schemas"), any(scim.GroupURN)) {
		return "Groups"
	}
	return "Users"
}

// TypeOf is the type of a resource by its schemas.
func TypeOf(types map[string]*scim.ResourceType, o *scim.Object) *scim.ResourceType {
	return types[CollectionShown(o)]
}

// IsStandard says whether the standard declares the attribute for the collection's resources.
func IsStandard(collection, name string) bool {
	t := scim.UserType()
	if collection == "Groups" {
		t = scim.GroupType()
	}
	common := []string{"schemas", "id", "externalId", "meta"}
	return slices.ContainsFunc(common, func(c string) bool { return strings.EqualFold(c, name) }) ||
		slices.ContainsFunc(t.Schema.Attributes, func(a *scim.Attribute) bool { return strings.EqualFold(a.Name, name) })
}
