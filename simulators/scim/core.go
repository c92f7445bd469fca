package scim

// The core schemas are those of RFC 7643 section 8.7 with the characteristics
// given there, except for three things, where the RFC's text overrules its own
// example:
//   - references and binaries are case exact (sections 2.3.6 and 2.3.7);
//   - a Group's displayName is required (section 4.2);
//   - the sub-attributes of section 2.4 that the example forgets, "primary" of
//     addresses and "display" of members, are there, as the RFC's own resources
//     and PATCH requests have them.

// common is CommonAttributes for look-ups; it is never changed.
var common = CommonAttributes()

// CommonAttributes returns new definitions of the attributes that every
// resource has beside those of its schemas (RFC 7643 sections 3 and 3.1).
func CommonAttributes() []*Attribute {
	schemas := plain("schemas", "URIs of the schemas that the resource uses.")
	schemas.MultiValued = true
	schemas.Required = true
	schemas.Returned = Always
	id := caseExact("id", "Identifier that the service provider assigned.")
	id.Mutability = ReadOnly
	id.Returned = Always
	id.Uniqueness = ServerUnique
	return []*Attribute{
		schemas,
		id,
		caseExact("externalId", "Identifier that the provisioning client assigned."),
		readOnly(complexOf("meta", "Data about the resource itself.",
			caseExact("resourceType", "Name of the resource's type."),
			simple("created", DateTime, "Moment of the creation."),
			simple("lastModified", DateTime, "Moment of the last change."),
			reference("location", "URI of the resource.", "uri"),
			caseExact("version", "Version of the resource, the value of its ETag."),
		)),
	}
}

// UserType returns a new User type: the core schema and the enterprise
// extension, which is not required (RFC 7643 section 8.6).
func UserType() *ResourceType {
	return &ResourceType{
		ID: "User", Name: "User", Endpoint: "/Users", Description: "User account",
		Schema:     UserSchema(),
		Extensions: []Extension{{Schema: EnterpriseSchema()}},
	}
}

// GroupType returns a new Group type (RFC 7643 section 8.6).
func GroupType() *ResourceType {
	return &ResourceType{
		ID: "Group", Name: "Group", Endpoint: "/Groups", Description: "Group",
		Schema: GroupSchema(),
	}
}

// simple is an attribute with the default characteristics (RFC 7643 section 2.2).
func simple(name string, t Type, description string) *Attribute {
	return &Attribute{
		Name: name, Type: t, Description: description,
		Mutability: ReadWrite, Returned: ByDefault, Uniqueness: NotUnique,
	}
}

func plain(name, description string, canonical ...string) *Attribute {
	a := simple(name, String, description)
	a.CanonicalValues = canonical
	return a
}

func caseExact(name, description string, canonical ...string) *Attribute {
	a := plain(name, description, canonical...)
	a.CaseExact = true
	return a
}

func flag(name, description string) *Attribute { return simple(name, Boolean, description) }

func reference(name, description string, types ...string) *Attribute {
	a := simple(name, Reference, description)
	a.CaseExact = true
	a.ReferenceTypes = types
	return a
}

func complexOf(name, description string, subs ...*Attribute) *Attribute {
	a := simple(name, Complex, description)
	a.SubAttributes = subs
	return a
}

func listOf(a *Attribute) *Attribute {
	a.MultiValued = true
	return a
}

func required(a *Attribute) *Attribute {
	a.Required = true
	return a
}

// readOnly makes an attribute and its sub-attributes readOnly.
func readOnly(a *Attribute) *Attribute {
	a.Mutability = ReadOnly
	for _, sub := range a.SubAttributes {
		readOnly(sub)
	}
	return a
}

func immutable(a *Attribute) *Attribute {
	a.Mutability = Immutable
	return a
}
