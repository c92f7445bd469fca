package duo

// SchemasList says which URIs the schemas list of a user names.
type SchemasList string

// The answers.
const (
	SchemasUsed SchemasList = "used"
	SchemasAll  SchemasList = "all"
)

// ExternalID says whether Duo sends an externalId.
type ExternalID string

// The answers.
const (
	ExternalIDOmitted ExternalID = "omitted"
	ExternalIDKey     ExternalID = "duo-key"
)

// CreateActive says whether the creation of a user sends active.
type CreateActive string

// The answers.
const (
	ActiveSent    CreateActive = "sent"
	ActiveOmitted CreateActive = "omitted"
)

// EmailsShape is the form of the list emails (and phoneNumbers).
type EmailsShape string

// The forms.
const (
	EmailValue EmailsShape = "value"
	EmailWork  EmailsShape = "value-type-primary"
)

// EmptyValue says how a new user shows a mapped attribute without a value.
type EmptyValue string

// The answers.
const (
	EmptyOmitted EmptyValue = "omitted"
	EmptyNull    EmptyValue = "null"
)

// ClearedValue says how a PATCH takes a value away.
type ClearedValue string

// The answers.
const (
	ClearRemove ClearedValue = "remove"
	ClearNull   ClearedValue = "null"
)

// OperationCase is the case in which PATCH operations are written.
type OperationCase string

// The cases.
const (
	LowerCase   OperationCase = "lower"
	Capitalised OperationCase = "capitalised"
)

var fieldSchemasList = newField(
	FieldInfo{Field: "schemas-list", Question: "Which URIs does the schemas list of a user name?", Evidence: Assumed,
		Why: "RFC 7643 section 3 wants the schemas that the resource uses"},
	func(p *Profile) *SchemasList { return &p.SchemasList },
	option[SchemasList]{choice: SchemasUsed, meaning: "the extension only if one of its attributes is sent"},
	option[SchemasList]{choice: SchemasAll, meaning: "always the extension of the application, too"},
)

var fieldExternalID = newField(
	FieldInfo{Field: "external-id", Question: "Does Duo send an externalId?", Evidence: Assumed,
		Why: "no attribute list of an application shows externalId (Cisco guide 225885, Cisco lab LTRCOL-2004)"},
	func(p *Profile) *ExternalID { return &p.ExternalID },
	option[ExternalID]{choice: ExternalIDOmitted, meaning: "no externalId"},
	option[ExternalID]{choice: ExternalIDKey, meaning: "the key of the user (DU…) or group (DG…)"},
)

var fieldCreateActive = newField(
	FieldInfo{Field: "user-create-active", Question: "Does the creation of a user say active?", Evidence: Assumed,
		Why: "not mappable, so Duo's own to send; POD-Automator sends true"},
	func(p *Profile) *CreateActive { return &p.CreateActive },
	option[CreateActive]{choice: ActiveSent, meaning: "\"active\": true"},
	option[CreateActive]{choice: ActiveOmitted, meaning: "no active; the target's default counts"},
)

var fieldEmailsShape = newField(
	FieldInfo{Field: "emails-shape", Question: "How does one address become the list emails (and a number phoneNumbers)?", Evidence: Assumed,
		Why: "Duo maps one text to emails (Cisco guide 225885), RFC 7643 section 4.1.2 wants a list of objects"},
	func(p *Profile) *EmailsShape { return &p.EmailsShape },
	option[EmailsShape]{choice: EmailValue, meaning: "[{\"value\"}]"},
	option[EmailsShape]{choice: EmailWork, meaning: "[{\"value\", \"type\": \"work\", \"primary\": true}], as POD-Automator does"},
)

var fieldEmptyValue = newField(
	FieldInfo{Field: "empty-value", Question: "How does a new user show a mapped attribute that has no value?", Evidence: Assumed,
		Why: "RFC 7643 section 2.5 treats both alike"},
	func(p *Profile) *EmptyValue { return &p.EmptyValue },
	option[EmptyValue]{choice: EmptyOmitted, meaning: "the attribute is left out"},
	option[EmptyValue]{choice: EmptyNull, meaning: "the attribute is null"},
)

var fieldClearedValue = newField(
	FieldInfo{Field: "cleared-value", Question: "How does a PATCH say that an attribute has lost its value?", Evidence: Assumed,
		Why: "remove is RFC 7644's operation for it, section 3.5.2.2"},
	func(p *Profile) *ClearedValue { return &p.ClearedValue },
	option[ClearedValue]{choice: ClearRemove, meaning: "a remove operation with the attribute's path"},
	option[ClearedValue]{choice: ClearNull, meaning: "replace with null"},
)

var fieldOperationCase = newField(
	FieldInfo{Field: "operation-case", Question: "In which case are PATCH operations written?", Evidence: Assumed,
		Why: "RFC 7644 section 3.5.2 names add, remove and replace"},
	func(p *Profile) *OperationCase { return &p.OperationCase },
	option[OperationCase]{choice: LowerCase, meaning: "add, remove, replace"},
	option[OperationCase]{choice: Capitalised, meaning: "Add, Remove, Replace, as Entra ID does",
		beyond: "RFC 7644 section 3.5.2 writes the operations in lower case"},
)
