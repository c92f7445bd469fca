package scim

// GroupSchema returns a new copy of the core Group schema (RFC 7643 sections
// 4.2 and 8.7.1).
func GroupSchema() *Schema {
	return &Schema{
		ID: GroupURN, Name: "Group", Description: "Group",
		Attributes: []*Attribute{
			required(plain("displayName", "Name of the group.")),
			listOf(complexOf("members", "Members of the group.",
				immutable(plain("value", "The member's id.")),
				immutable(reference("$ref", "URI of the member.", "User", "Group")),
				immutable(plain("type", "What the member is.", "User", "Group")),
				immutable(plain("display", "The member's name.")),
			)),
		},
	}
}
