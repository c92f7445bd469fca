package duo

var groupFields = []FieldInfo{
	{FieldGroupLookup, "How does Duo find a group that the target already has?", Assumed,
		"users are matched (Cisco lab LTRCOL-2004); for groups nothing is published, the same is assumed",
		[]ChoiceInfo{
			{Choice: LookupFilter, Meaning: "GET /Groups?filter=displayName eq \"…\""},
			{Choice: LookupLean, Meaning: "the same with excludedAttributes=members, as Entra ID does"},
			{Choice: LookupList, Meaning: "reads all groups, page by page, and compares displayName itself"},
		}},
	{FieldGroupCreate, "Does a new group carry its members?", Assumed,
		"the guide's log shows two entries for a group with one member (Cisco guide 225885): created, then filled",
		[]ChoiceInfo{
			{Choice: EmptyThenMembers, Meaning: "POST without members, then a request that adds them"},
			{Choice: WithMembers, Meaning: "POST with members"},
		}},
	{FieldGroupRename, "How does Duo rename a group?", Assumed,
		"renames are propagated (Duo documentation); the request is not published",
		[]ChoiceInfo{
			{Choice: PatchPath, Meaning: "PATCH replace displayName"},
			{Choice: PatchPathless, Meaning: "PATCH replace without a path"},
			{Choice: Put, Meaning: "PUT of the whole group"},
		}},
	{FieldMembersAdd, "How does Duo add members?", Assumed,
		"one add with all new members is RFC 7644's own example, section 3.5.2.1",
		[]ChoiceInfo{
			{Choice: OneOperation, Meaning: "one add operation with a list"},
			{Choice: OperationPerMember, Meaning: "one PATCH with an add operation for each member"},
			{Choice: ReplaceAll, Meaning: "PATCH replace members with the whole list"},
			{Choice: Put, Meaning: "PUT of the whole group"},
		}},
	{FieldMembersRemove, "How does Duo remove members?", Assumed,
		"a path with a filter is RFC 7644's own example, section 3.5.2.2",
		[]ChoiceInfo{
			{Choice: FilterPath, Meaning: "remove members[value eq \"…\"], one operation for each member"},
			{Choice: ValueArray, Meaning: "remove members with a list as value, as Entra ID does",
				Beyond: "RFC 7644 section 3.5.2.2 gives a remove operation no value"},
			{Choice: ReplaceAll, Meaning: "PATCH replace members with those who stay"},
			{Choice: Put, Meaning: "PUT of the whole group"},
		}},
	{FieldMemberShape, "What does an element of members contain?", Assumed,
		"value is what RFC 7643 section 4.2 needs to name a member",
		[]ChoiceInfo{
			{Choice: MemberValue, Meaning: "value"},
			{Choice: MemberValueDisplay, Meaning: "value and display (the Duo username)"},
			{Choice: MemberValueRef, Meaning: "value, $ref and type"},
		}},
	{FieldGroupRemoval, "What happens at the target to a group that is removed from the application or from Duo?", Assumed,
		"the settings speak of users only (Cisco guide 225885)",
		[]ChoiceInfo{
			{Choice: GroupLeave, Meaning: "it stays as it is"},
			{Choice: GroupEmpty, Meaning: "its members are removed"},
			{Choice: GroupDelete, Meaning: "it is deleted"},
		}},
}
