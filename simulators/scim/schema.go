package scim

import "strings"

// MediaType is SCIM's media type (RFC 7644 section 3.1 and 8.1).
const MediaType = "application/scim+json"

// The schema URIs of RFC 7643 and the message URIs of RFC 7644.
const (
	UserURN                  = "urn:ietf:params:scim:schemas:core:2.0:User"
	GroupURN                 = "urn:ietf:params:scim:schemas:core:2.0:Group"
	EnterpriseURN            = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	ServiceProviderConfigURN = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
	ResourceTypeURN          = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
	SchemaURN                = "urn:ietf:params:scim:schemas:core:2.0:Schema"

	ListResponseURN  = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
	SearchRequestURN = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
	PatchOpURN       = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
	BulkRequestURN   = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
	BulkResponseURN  = "urn:ietf:params:scim:api:messages:2.0:BulkResponse"
	ErrorURN         = "urn:ietf:params:scim:api:messages:2.0:Error"
)

// Type is an attribute's data type (RFC 7643 section 2.3).
type Type string

// The data types of RFC 7643 section 2.3.
const (
	String    Type = "string"
	Boolean   Type = "boolean"
	Decimal   Type = "decimal"
	Integer   Type = "integer"
	DateTime  Type = "dateTime"
	Binary    Type = "binary"
	Reference Type = "reference"
	Complex   Type = "complex"
)

// Mutability says who may change an attribute and when (RFC 7643 section 7).
type Mutability string

// The four mutabilities of RFC 7643 section 7.
const (
	ReadOnly  Mutability = "readOnly"
	ReadWrite Mutability = "readWrite"
	Immutable Mutability = "immutable"
	WriteOnly Mutability = "writeOnly"
)

// Returned says when an attribute appears in an answer (RFC 7643 section 7).
type Returned string

// The four values of "returned" of RFC 7643 section 7.
const (
	Always    Returned = "always"
	Never     Returned = "never"
	ByDefault Returned = "default"
	OnRequest Returned = "request"
)

// Uniqueness says among which resources a value may occur once (RFC 7643 section 7).
type Uniqueness string

// The three values of "uniqueness" of RFC 7643 section 7.
const (
	NotUnique    Uniqueness = "none"
	ServerUnique Uniqueness = "server"
	GlobalUnique Uniqueness = "global"
)

// Attribute is one attribute definition of a schema (RFC 7643 section 7).
// The zero value of a characteristic stands for the RFC's default: see
// Schema.Attribute, which hands out definitions with the defaults filled in.
type Attribute struct {
	Name            string
	Type            Type // default String
	MultiValued     bool
	Description     string
	Required        bool
	CanonicalValues []string
	CaseExact       bool
	Mutability      Mutability // default ReadWrite
	Returned        Returned   // default ByDefault
	Uniqueness      Uniqueness // default NotUnique
	ReferenceTypes  []string
	SubAttributes   []*Attribute
}

// Sub finds a sub-attribute by name in any case, or returns nil.
func (a *Attribute) Sub(name string) *Attribute {
	if a == nil {
		return nil
	}
	return find(a.SubAttributes, name)
}

func find(attributes []*Attribute, name string) *Attribute {
	for _, a := range attributes {
		if strings.EqualFold(a.Name, name) {
			return a
		}
	}
	return nil
}

// Schema is a Schema resource (RFC 7643 section 7).
type Schema struct {
	ID          string
	Name        string
	Description string
	Attributes  []*Attribute
}

// Attribute finds a top-level attribute by name in any case, or returns nil.
func (s *Schema) Attribute(name string) *Attribute {
	if s == nil {
		return nil
	}
	return find(s.Attributes, name)
}

// Extension is a schema that a resource type adds to its base schema.
type Extension struct {
	Schema   *Schema
	Required bool
}

// ResourceType binds an endpoint to its schemas (RFC 7643 section 6).
type ResourceType struct {
	ID          string
	Name        string
	Endpoint    string // with a leading slash, relative to the base URI
	Description string
	Schema      *Schema
	Extensions  []Extension
}

// Extension returns the extension with this URN in any case, or nil.
func (t *ResourceType) Extension(urn string) *Extension {
	for i := range t.Extensions {
		if strings.EqualFold(t.Extensions[i].Schema.ID, urn) {
			return &t.Extensions[i]
		}
	}
	return nil
}
