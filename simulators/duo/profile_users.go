package duo

// UserLookup says how Duo finds a user that the target already has.
type UserLookup string

// The ways to find a user.
const (
	UserLookupFilter     UserLookup = "filter"
	UserLookupExternalID UserLookup = "external-id-first"
	UserLookupList       UserLookup = "list-all"
)

// Paging says whether a look-up with a filter asks for a page.
type Paging string

// The answers.
const (
	PagingOmitted Paging = "omitted"
	PageOf100     Paging = "page-of-100"
)

// MatchedUser says what Duo sends about a user that it found at the target.
type MatchedUser string

// The answers.
const (
	MatchedDifferences MatchedUser = "differences"
	MatchedAll         MatchedUser = "all-attributes"
)

// DisabledUser says what Duo does about a member who is disabled in Duo.
type DisabledUser string

// The answers.
const (
	DisabledMember        DisabledUser = "member"
	DisabledDeprovisioned DisabledUser = "deprovisioned"
)

// Modification is the request that changes a resource.
type Modification string

// The requests.
const (
	PatchPath     Modification = "patch-path"
	PatchPathless Modification = "patch-pathless"
	Put           Modification = "put"
)

// modifications describes the three requests for a user.
var modifications = []option[Modification]{
	{choice: PatchPath, meaning: "PATCH replace with a path"},
	{choice: PatchPathless, meaning: "PATCH replace without a path, the attributes as an object"},
	{choice: Put, meaning: "PUT of the whole user as Duo maps it"},
}

var fieldUserLookup = newField(
	FieldInfo{Field: "user-lookup", Question: "How does Duo find a user that the target already has?", Evidence: Assumed,
		Why: "users are matched, not duplicated (Cisco lab LTRCOL-2004); POD-Automator filters by userName"},
	func(p *Profile) *UserLookup { return &p.UserLookup },
	option[UserLookup]{choice: UserLookupFilter, meaning: "GET /Users?filter=userName eq \"…\""},
	option[UserLookup]{choice: UserLookupExternalID, meaning: "by externalId first, then by userName", needs: Profile{ExternalID: ExternalIDKey}},
	option[UserLookup]{choice: UserLookupList, meaning: "reads all users, page by page, and compares userName itself"},
)

var fieldPaging = newField(
	FieldInfo{Field: "paging", Question: "Do look-ups with a filter ask for a page?", Evidence: Assumed,
		Why: "POD-Automator's look-up has no paging parameters; at most one resource can match"},
	func(p *Profile) *Paging { return &p.Paging },
	option[Paging]{choice: PagingOmitted, meaning: "no startIndex and no count"},
	option[Paging]{choice: PageOf100, meaning: "startIndex=1&count=100, as Okta does"},
)

var fieldMatchedUser = newField(
	FieldInfo{Field: "matched-user", Question: "What does Duo send about a user that it found at the target?", Evidence: Assumed,
		Why: "matched users later receive updates (Cisco lab LTRCOL-2004); whether the match already writes is not published"},
	func(p *Profile) *MatchedUser { return &p.MatchedUser },
	option[MatchedUser]{choice: MatchedDifferences, meaning: "the mapped attributes that differ; nothing if none does"},
	option[MatchedUser]{choice: MatchedAll, meaning: "every mapped attribute"},
)

var fieldUserUpdate = newField(
	FieldInfo{Field: "user-update", Question: "How does Duo update a user whose mapped values changed?", Evidence: Assumed,
		Why: "mapped changes are sent (Duo documentation); PATCH with paths says exactly these"},
	func(p *Profile) *Modification { return &p.UserUpdate }, modifications...,
)

var fieldDeactivate = newField(
	FieldInfo{Field: "deactivate", Question: "How does Duo deactivate a user?", Evidence: Assumed,
		Why: "users are set to disabled (Cisco guide 225885), in SCIM active false"},
	func(p *Profile) *Modification { return &p.Deactivate }, modifications...,
)

var fieldReactivate = newField(
	FieldInfo{Field: "reactivate", Question: "How does Duo enable a deactivated user again?", Evidence: Assumed,
		Why: "re-enabled without a new account (MANTL), in SCIM active true"},
	func(p *Profile) *Modification { return &p.Reactivate }, modifications...,
)

var fieldDisabledUser = newField(
	FieldInfo{Field: "disabled-user", Question: "What does Duo do about a member who is disabled or in the trash?", Evidence: Assumed,
		Why: "no source relates a user's status to provisioning; membership alone decides"},
	func(p *Profile) *DisabledUser { return &p.DisabledUser },
	option[DisabledUser]{choice: DisabledMember, meaning: "provisioned as any other member"},
	option[DisabledUser]{choice: DisabledDeprovisioned, meaning: "deprovisioned like a user who left"},
)
