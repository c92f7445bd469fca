package scim

// Object is the Schema resource without its meta (RFC 7643 section 7). It
// spells out every characteristic that the attribute's type can have.
func (s *Schema) Object() *Object {
	o := NewObject(
		Member{"schemas", []any{SchemaURN}},
		Member{"id", s.ID},
	)
	setText(o, "name", s.Name)
	setText(o, "description", s.Description)
	o.Set("attributes", attributeObjects(s.Attributes))
	return o
}

func attributeObjects(attributes []*Attribute) []any {
	list := make([]any, 0, len(attributes))
	for _, a := range attributes {
		list = append(list, a.object())
	}
	return list
}

func (a *Attribute) object() *Object {
	o := NewObject(
		Member{"name", a.Name},
		Member{"type", string(orDefault(a.Type, String))},
		Member{"multiValued", a.MultiValued},
	)
	setText(o, "description", a.Description)
	o.Set("required", a.Required)
	setTexts(o, "canonicalValues", a.CanonicalValues)
	switch a.Type {
	case Boolean, Integer, Decimal, DateTime, Complex: // have no case
	default:
		o.Set("caseExact", a.CaseExact)
	}
	o.Set("mutability", string(orDefault(a.Mutability, ReadWrite)))
	o.Set("returned", string(orDefault(a.Returned, ByDefault)))
	o.Set("uniqueness", string(orDefault(a.Uniqueness, NotUnique)))
	setTexts(o, "referenceTypes", a.ReferenceTypes)
	if len(a.SubAttributes) > 0 {
		o.Set("subAttributes", attributeObjects(a.SubAttributes))
	}
	return o
}

// orDefault puts the RFC's default in place of a characteristic left out.
func orDefault[T ~string](v, standard T) T {
	if v == "" {
		return standard
	}
	return v
}

func setText(o *Object, name, value string) {
	if value != "" {
		o.Set(name, value)
	}
}

func setTexts(o *Object, name string, values []string) {
	if len(values) == 0 {
		return
	}
	list := make([]any, 0, len(values))
	for _, v := range values {
		list = append(list, v)
	}
	o.Set(name, list)
}

// Object is the ResourceType resource without its meta (RFC 7643 section 6).
func (t *ResourceType) Object() *Object {
	o := NewObject(Member{"schemas", []any{ResourceTypeURN}})
	setText(o, "id", t.ID)
	o.Set("name", t.Name)
	setText(o, "description", t.Description)
	o.Set("endpoint", t.Endpoint)
	o.Set("schema", t.Schema.ID)
	if len(t.Extensions) == 0 {
		return o
	}
	extensions := make([]any, 0, len(t.Extensions))
	for _, e := range t.Extensions {
		extensions = append(extensions, NewObject(Member{"schema", e.Schema.ID}, Member{"required", e.Required}))
	}
	o.Set("schemaExtensions", extensions)
	return o
}
