package scim

// ServiceProviderConfigSchema returns a new copy of the schema of the service
// provider's configuration (RFC 7643 sections 5 and 8.7.2).
func ServiceProviderConfigSchema() *Schema {
	return &Schema{
		ID: ServiceProviderConfigURN, Name: "Service Provider Configuration",
		Description: "What a service provider supports",
		Attributes: []*Attribute{
			readOnly(reference("documentationUri", "Help for people.", "external")),
			capability("patch", "Support of PATCH."),
			capability("bulk", "Support of bulk requests.",
				required(simple("maxOperations", Integer, "Most operations in one request.")),
				required(simple("maxPayloadSize", Integer, "Largest request in bytes."))),
			capability("filter", "Support of filters.",
				required(simple("maxResults", Integer, "Most resources in one answer."))),
			capability("changePassword", "Support of changing a password."),
			capability("sort", "Support of sorting."),
			capability("etag", "Support of entity tags."),
			pagination(),
			readOnly(required(listOf(complexOf("authenticationSchemes", "How clients authenticate.",
				required(plain("type", "The scheme.", "oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest")),
				required(plain("name", "Name of the scheme.")),
				required(plain("description", "What the scheme is.")),
				reference("specUri", "Specification of the scheme.", "external"),
				reference("documentationUri", "Help for people.", "external"),
				flag("primary", "Whether this is the preferred scheme; true at most once."),
			)))),
		},
	}
}

// pagination tells how lists are paged (RFC 9865 section 4).
func pagination() *Attribute {
	return readOnly(complexOf("pagination", "How lists are paged.",
		required(flag("cursor", "Whether lists can be paged by cursors.")),
		required(flag("index", "Whether lists can be paged by index.")),
		plain("defaultPaginationMethod", "How lists are paged for a client that asks for neither.", "cursor", "index"),
		simple("defaultPageSize", Integer, "Resources on a page for a client that names no count."),
		simple("maxPageSize", Integer, "Most resources on a page."),
		simple("cursorTimeout", Integer, "Seconds that a cursor is good between two pages."),
	))
}

// SecurityEventsAttribute returns a new copy of what RFC 9967 adds to that schema (section 4).
func SecurityEventsAttribute() *Attribute {
	return readOnly(complexOf("securityEvents", "Asynchronous requests and security events.",
		plain("asyncRequest", "When requests are answered asynchronously.", "none", "long", "request"),
		listOf(plain("eventUris", "URIs of the events that are made.")),
	))
}

// capability is one optional feature with the limits that apply to it.
func capability(name, description string, limits ...*Attribute) *Attribute {
	supported := required(flag("supported", "Whether it is supported."))
	return readOnly(required(complexOf(name, description, append([]*Attribute{supported}, limits...)...)))
}

// ResourceTypeSchema returns a new copy of the schema of resource types (RFC
// 7643 sections 6 and 8.7.2).
func ResourceTypeSchema() *Schema {
	return &Schema{
		ID: ResourceTypeURN, Name: "ResourceType", Description: "Type of resources and its endpoint",
		Attributes: []*Attribute{
			readOnly(plain("id", "Identifier of the type, often its name.")),
			readOnly(required(plain("name", "Name of the type, as in meta.resourceType."))),
			readOnly(plain("description", "What the type is.")),
			readOnly(required(reference("endpoint", "Endpoint relative to the base URI.", "uri"))),
			readOnly(required(reference("schema", "URI of the base schema.", "uri"))),
			readOnly(listOf(complexOf("schemaExtensions", "Extensions of the type.",
				required(reference("schema", "URI of the extension.", "uri")),
				required(flag("required", "Whether every resource of the type has it.")),
			))),
		},
	}
}

// SchemaSchema returns a new copy of the schema of schemas (RFC 7643 sections 7
// and 8.7.2).
func SchemaSchema() *Schema {
	nested := listOf(complexOf("subAttributes", "Parts of a complex attribute.", characteristics()...))
	return &Schema{
		ID: SchemaURN, Name: "Schema", Description: "Definition of attributes",
		Attributes: []*Attribute{
			readOnly(required(plain("id", "URI of the schema."))),
			readOnly(required(plain("name", "Name of the schema."))),
			readOnly(plain("description", "What the schema is for.")),
			readOnly(required(listOf(complexOf("attributes", "The attributes.", append(characteristics(), nested)...)))),
		},
	}
}

// characteristics are those of one attribute definition.
func characteristics() []*Attribute {
	return []*Attribute{
		required(caseExact("name", "Name of the attribute.")),
		required(caseExact("type", "Data type.", "string", "complex", "boolean", "decimal", "integer", "dateTime", "reference", "binary")),
		required(flag("multiValued", "Whether it has several values.")),
		caseExact("description", "What the attribute is for."),
		flag("required", "Whether every resource has to have it."),
		listOf(caseExact("canonicalValues", "Usual values.")),
		flag("caseExact", "Whether case matters in comparisons."),
		caseExact("mutability", "Who may change it and when.", "readOnly", "readWrite", "immutable", "writeOnly"),
		caseExact("returned", "When answers contain it.", "always", "never", "default", "request"),
		caseExact("uniqueness", "Among which resources a value may occur once.", "none", "server", "global"),
		listOf(caseExact("referenceTypes", "What a reference may refer to.")),
	}
}
