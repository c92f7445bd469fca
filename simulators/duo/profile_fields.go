package duo

// The fields, one for each open question.
const (
	FieldProbe         Field = "probe"
	FieldDiscovery     Field = "discovery"
	FieldMediaType     Field = "media-type"
	FieldUserAgent     Field = "user-agent"
	FieldRetry         Field = "retry"
	FieldUserLookup    Field = "user-lookup"
	FieldGroupLookup   Field = "group-lookup"
	FieldPaging        Field = "paging"
	FieldMatchedUser   Field = "matched-user"
	FieldSchemasList   Field = "schemas-list"
	FieldExternalID    Field = "external-id"
	FieldCreateActive  Field = "user-create-active"
	FieldEmailsShape   Field = "emails-shape"
	FieldEmptyValue    Field = "empty-value"
	FieldClearedValue  Field = "cleared-value"
	FieldUserUpdate    Field = "user-update"
	FieldDeactivate    Field = "deactivate"
	FieldReactivate    Field = "reactivate"
	FieldDisabledUser  Field = "disabled-user"
	FieldOperationCase Field = "operation-case"
	FieldGroupCreate   Field = "group-create"
	FieldGroupRename   Field = "group-rename"
	FieldMembersAdd    Field = "members-add"
	FieldMembersRemove Field = "members-remove"
	FieldMemberShape   Field = "member-shape"
	FieldGroupRemoval  Field = "group-removal"
)

// The choices. Some serve several fields: a PATCH with a path, for one, is an
// answer to how a user is updated, deactivated and reactivated.
const (
	ProbeOneUser  Choice = "one-user"
	ProbeAllUsers Choice = "all-users"
	ProbeFilter   Choice = "user-filter"

	No    Choice = "no"
	Reads Choice = "reads"

	SCIMJSON  Choice = "application/scim+json"
	PlainJSON Choice = "application/json"

	AgentNamed Choice = "named"
	AgentEmpty Choice = "empty"

	RetryAfter Choice = "retry-after"

	LookupFilter     Choice = "filter"
	LookupExternalID Choice = "external-id-first"
	LookupLean       Choice = "filter-without-members"
	LookupList       Choice = "list-all"

	PageOf100 Choice = "page-of-100"

	MatchedDifferences Choice = "differences"
	MatchedAll         Choice = "all-attributes"

	SchemasUsed Choice = "used"
	SchemasAll  Choice = "all"

	Omitted Choice = "omitted"
	DuoKey  Choice = "duo-key"
	Sent    Choice = "sent"
	Null    Choice = "null"

	EmailValue Choice = "value"
	EmailWork  Choice = "value-type-primary"

	ClearRemove Choice = "remove"

	PatchPath     Choice = "patch-path"
	PatchPathless Choice = "patch-pathless"
	Put           Choice = "put"

	DisabledMember        Choice = "member"
	DisabledDeprovisioned Choice = "deprovisioned"

	LowerCase   Choice = "lower"
	Capitalised Choice = "capitalised"

	EmptyThenMembers Choice = "empty-then-members"
	WithMembers      Choice = "with-members"

	OneOperation       Choice = "one-operation"
	OperationPerMember Choice = "operation-per-member"
	ReplaceAll         Choice = "replace-all"
	FilterPath         Choice = "filter-path"
	ValueArray         Choice = "value-array"

	MemberValue        Choice = "value"
	MemberValueDisplay Choice = "value-display"
	MemberValueRef     Choice = "value-ref-type"

	GroupLeave  Choice = "leave"
	GroupEmpty  Choice = "empty"
	GroupDelete Choice = "delete"
)

// Fields lists every field in the order in which a first synchronization meets
// it. All are assumed: no capture of Duo's SCIM traffic is public.
var Fields = append(append(append([]FieldInfo(nil), connectionFields...), userFields...), groupFields...)

var connectionFields = []FieldInfo{
	{FieldProbe, "Which request stands behind \"Connect to application\"?", Assumed,
		"the cheapest request that needs the token; POD-Automator tests the same endpoint with GET /Users",
		[]ChoiceInfo{
			{Choice: ProbeOneUser, Meaning: "GET /Users?startIndex=1&count=1"},
			{Choice: ProbeAllUsers, Meaning: "GET /Users"},
			{Choice: ProbeFilter, Meaning: "GET /Users with a filter that matches nobody"},
		}},
	{FieldDiscovery, "Does Duo read what the target says about itself?", Assumed,
		"the attribute list of an application is fixed in Duo (Cisco guide 225885), so nothing has to be discovered",
		[]ChoiceInfo{
			{Choice: No, Meaning: "no discovery request"},
			{Choice: Reads, Meaning: "every connection test reads /ServiceProviderConfig, /ResourceTypes and /Schemas and needs an answer"},
		}},
	{FieldMediaType, "Which media type do Content-Type and Accept name?", Assumed,
		"RFC 7644 section 3.1 makes application/scim+json the type that every target accepts",
		[]ChoiceInfo{
			{Choice: SCIMJSON, Meaning: "application/scim+json"},
			{Choice: PlainJSON, Meaning: "application/json, which RFC 7644 section 3.1 recommends targets to accept"},
		}},
	{FieldUserAgent, "Which User-Agent does Duo send?", Assumed,
		"its value is not published; the simulator says its own name and does not pretend to be Duo",
		[]ChoiceInfo{
			{Choice: AgentNamed, Meaning: "User-Agent: simulate-duo"},
			{Choice: AgentEmpty, Meaning: "no User-Agent, as OneLogin does"},
		}},
	{FieldRetry, "What does Duo do when the target asks to wait (429 or 503)?", Assumed,
		"waiting as told is what HTTP asks of a client",
		[]ChoiceInfo{
			{Choice: RetryAfter, Meaning: "waits as Retry-After says, at most three times and 60 s each"},
			{Choice: No, Meaning: "a failure; the next pass tries again"},
		}},
}
