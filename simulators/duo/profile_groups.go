package duo

// GroupLookup says how Duo finds a group that the target already has.
type GroupLookup string

// The ways to find a group.
const (
	GroupLookupFilter GroupLookup = "filter"
	GroupLookupLean   GroupLookup = "filter-without-members"
	GroupLookupList   GroupLookup = "list-all"
)

// GroupCreate says whether a new group carries its members.
type GroupCreate string

// The answers.
const (
	EmptyThenMembers GroupCreate = "empty-then-members"
	WithMembers      GroupCreate = "with-members"
)

// MembersAdd is the request that adds members.
type MembersAdd string

// The requests.
const (
	AddTogether   MembersAdd = "one-operation"
	AddEach       MembersAdd = "operation-per-member"
	AddReplaceAll MembersAdd = "replace-all"
	AddPut        MembersAdd = "put"
)

// MembersRemove is the request that removes members.
type MembersRemove string

// The requests.
const (
	RemoveFilterPath MembersRemove = "filter-path"
	RemoveValueArray MembersRemove = "value-array"
	RemoveReplaceAll MembersRemove = "replace-all"
	RemovePut        MembersRemove = "put"
)

// MemberShape is what an element of members contains.
type MemberShape string

// The shapes.
const (
	MemberValue        MemberShape = "value"
	MemberValueDisplay MemberShape = "value-display"
	MemberValueRef     MemberShape = "value-ref-type"
)

// GroupRemoval says what happens at the target to a group that is removed.
type GroupRemoval string

// The answers.
const (
	GroupLeave  GroupRemoval = "leave"
	GroupEmpty  GroupRemoval = "empty"
	GroupDelete GroupRemoval = "delete"
)

var fieldGroupLookup = newField(
	FieldInfo{Field: "group-lookup", Question: "How does Duo find a group that the target already has?", Evidence: Assumed,
		Why: "users are matched (Cisco lab LTRCOL-2004); for groups nothing is published, the same is assumed"},
	func(p *Profile) *GroupLookup { return &p.GroupLookup },
	option[GroupLookup]{choice: GroupLookupFilter, meaning: "GET /Groups?filter=displayName eq \"…\""},
	option[GroupLookup]{choice: GroupLookupLean, meaning: "the same with excludedAttributes=members, as Entra ID does"},
	option[GroupLookup]{choice: GroupLookupList, meaning: "reads all groups, page by page, and compares displayName itself"},
)

var fieldGroupCreate = newField(
	FieldInfo{Field: "group-create", Question: "Does a new group carry its members?", Evidence: Assumed,
		Why: "the guide's log shows two entries for a group with one member (Cisco guide 225885): created, then filled"},
	func(p *Profile) *GroupCreate { return &p.GroupCreate },
	option[GroupCreate]{choice: EmptyThenMembers, meaning: "POST without members, then a request that adds them"},
	option[GroupCreate]{choice: WithMembers, meaning: "POST with members"},
)

var fieldGroupRename = newField(
	FieldInfo{Field: "group-rename", Question: "How does Duo rename a group?", Evidence: Assumed,
		Why: "renames are propagated (Duo documentation); the request is not published"},
	func(p *Profile) *Modification { return &p.GroupRename },
	option[Modification]{choice: PatchPath, meaning: "PATCH replace displayName"},
	option[Modification]{choice: PatchPathless, meaning: "PATCH replace without a path"},
	option[Modification]{choice: Put, meaning: "PUT of the whole group"},
)

var fieldMembersAdd = newField(
	FieldInfo{Field: "members-add", Question: "How does Duo add members?", Evidence: Assumed,
		Why: "one add with all new members is RFC 7644's own example, section 3.5.2.1"},
	func(p *Profile) *MembersAdd { return &p.MembersAdd },
	option[MembersAdd]{choice: AddTogether, meaning: "one add operation with a list"},
	option[MembersAdd]{choice: AddEach, meaning: "one PATCH with an add operation for each member"},
	option[MembersAdd]{choice: AddReplaceAll, meaning: "PATCH replace members with the whole list"},
	option[MembersAdd]{choice: AddPut, meaning: "PUT of the whole group"},
)

var fieldMembersRemove = newField(
	FieldInfo{Field: "members-remove", Question: "How does Duo remove members?", Evidence: Assumed,
		Why: "a path with a filter is RFC 7644's own example, section 3.5.2.2"},
	func(p *Profile) *MembersRemove { return &p.MembersRemove },
	option[MembersRemove]{choice: RemoveFilterPath, meaning: "remove members[value eq \"…\"], one operation for each member"},
	option[MembersRemove]{choice: RemoveValueArray, meaning: "remove members with a list as value, as Entra ID does",
		beyond: "RFC 7644 section 3.5.2.2 gives a remove operation no value"},
	option[MembersRemove]{choice: RemoveReplaceAll, meaning: "PATCH replace members with those who stay"},
	option[MembersRemove]{choice: RemovePut, meaning: "PUT of the whole group"},
)

var fieldMemberShape = newField(
	FieldInfo{Field: "member-shape", Question: "What does an element of members contain?", Evidence: Assumed,
		Why: "value is what RFC 7643 section 4.2 needs to name a member"},
	func(p *Profile) *MemberShape { return &p.MemberShape },
	option[MemberShape]{choice: MemberValue, meaning: "value"},
	option[MemberShape]{choice: MemberValueDisplay, meaning: "value and display (the Duo username)"},
	option[MemberShape]{choice: MemberValueRef, meaning: "value, $ref and type"},
)

var fieldGroupRemoval = newField(
	FieldInfo{Field: "group-removal", Question: "What happens at the target to a group that is removed from the application or from Duo?", Evidence: Assumed,
		Why: "the settings speak of users only (Cisco guide 225885)"},
	func(p *Profile) *GroupRemoval { return &p.GroupRemoval },
	option[GroupRemoval]{choice: GroupLeave, meaning: "it stays as it is"},
	option[GroupRemoval]{choice: GroupEmpty, meaning: "its members are removed"},
	option[GroupRemoval]{choice: GroupDelete, meaning: "it is deleted"},
)
