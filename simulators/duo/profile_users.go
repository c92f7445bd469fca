package duo

var patchOrPut = []ChoiceInfo{
	{Choice: PatchPath, Meaning: "PATCH replace with a path"},
	{Choice: PatchPathless, Meaning: "PATCH replace without a path, the attributes as an object"},
	{Choice: Put, Meaning: "PUT of the whole user as Duo maps it"},
}

var userFields = []FieldInfo{
	{FieldUserLookup, "How does Duo find a user that the target already has?", Assumed,
		"users are matched, not duplicated (Cisco lab LTRCOL-2004); POD-Automator filters by userName",
		[]ChoiceInfo{
			{Choice: LookupFilter, Meaning: "GET /Users?filter=userName eq \"…\""},
			{Choice: LookupExternalID, Meaning: "by externalId first, then by userName",
				Needs: Profile{FieldExternalID: DuoKey}},
			{Choice: LookupList, Meaning: "reads all usersEndpoint, page by page, and compares userName itself"},
		}},
	{FieldPaging, "Do look-ups with a filter ask for a page?", Assumed,
		"POD-Automator's look-up has no paging parameters; at most one resource can match",
		[]ChoiceInfo{
			{Choice: Omitted, Meaning: "no startIndex and no count"},
			{Choice: PageOf100, Meaning: "startIndex=1&count=100, as Okta does"},
		}},
	{FieldMatchedUser, "What does Duo send about a user that it found at the target?", Assumed,
		"matched users later receive updates (Cisco lab LTRCOL-2004); whether the match already writes is not published",
		[]ChoiceInfo{
			{Choice: MatchedDifferences, Meaning: "the mapped attributes that differ; nothing if none does"},
			{Choice: MatchedAll, Meaning: "every mapped attribute"},
		}},
	{FieldSchemasList, "Which URIs does the schemas list of a user name?", Assumed,
		"RFC 7643 section 3 wants the schemas that the resource uses",
		[]ChoiceInfo{
			{Choice: SchemasUsed, Meaning: "the extension only if one of its attributes is sent"},
			{Choice: SchemasAll, Meaning: "always the extension of the application, too"},
		}},
	{FieldExternalID, "Does Duo send an externalId?", Assumed,
		"no attribute list of an application shows externalId (Cisco guide 225885, Cisco lab LTRCOL-2004)",
		[]ChoiceInfo{
			{Choice: Omitted, Meaning: "no externalId"},
			{Choice: DuoKey, Meaning: "the key of the user (DU…) or group (DG…)"},
		}},
	{FieldCreateActive, "Does the creation of a user say active?", Assumed,
		"not mappable, so Duo's own to send; POD-Automator sends true",
		[]ChoiceInfo{
			{Choice: Sent, Meaning: "\"active\": true"},
			{Choice: Omitted, Meaning: "no active; the target's default counts"},
		}},
	{FieldEmailsShape, "How does one address become the list emails (and a number phoneNumbers)?", Assumed,
		"Duo maps one text to emails (Cisco guide 225885), RFC 7643 section 4.1.2 wants a list of objects",
		[]ChoiceInfo{
			{Choice: EmailValue, Meaning: "[{\"value\"}]"},
			{Choice: EmailWork, Meaning: "[{\"value\", \"type\": \"work\", \"primary\": true}], as POD-Automator does"},
		}},
	{FieldEmptyValue, "How does a new user show a mapped attribute that has no value?", Assumed,
		"RFC 7643 section 2.5 treats both alike",
		[]ChoiceInfo{
			{Choice: Omitted, Meaning: "the attribute is left out"},
			{Choice: Null, Meaning: "the attribute is null"},
		}},
	{FieldUserUpdate, "How does Duo update a user whose mapped values changed?", Assumed,
		"mapped changes are sent (Duo documentation); PATCH with paths says exactly these",
		patchOrPut},
	{FieldClearedValue, "How does a PATCH say that an attribute has lost its value?", Assumed,
		"remove is RFC 7644's operation for it, section 3.5.2.2",
		[]ChoiceInfo{
			{Choice: ClearRemove, Meaning: "a remove operation with the attribute's path"},
			{Choice: Null, Meaning: "replace with null"},
		}},
	{FieldDeactivate, "How does Duo deactivate a user?", Assumed,
		"users are set to disabled (Cisco guide 225885), in SCIM active false",
		patchOrPut},
	{FieldReactivate, "How does Duo enable a deactivated user again?", Assumed,
		"re-enabled without a new account (MANTL), in SCIM active true",
		patchOrPut},
	{FieldDisabledUser, "What does Duo do about a member who is disabled or in the trash?", Assumed,
		"no source relates a user's status to provisioning; membership alone decides",
		[]ChoiceInfo{
			{Choice: DisabledMember, Meaning: "provisioned as any other member"},
			{Choice: DisabledDeprovisioned, Meaning: "deprovisioned like a user who left"},
		}},
	{FieldOperationCase, "In which case are PATCH operations written?", Assumed,
		"RFC 7644 section 3.5.2 names add, remove and replace",
		[]ChoiceInfo{
			{Choice: LowerCase, Meaning: "add, remove, replace"},
			{Choice: Capitalised, Meaning: "Add, Remove, Replace, as Entra ID does",
				Beyond: "RFC 7644 section 3.5.2 writes the operations in lower case"},
		}},
}
