package honesty

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// definition is one attribute definition in /Schemas.
type definition struct {
	schema string
	path   string
	object *scim.Object
}

func (w *World) eachDefinitionHasAText(member, spared string) error {
	return w.ofEveryDefinition(func(d definition) (string, bool) {
		value, there := d.object.Get(member)
		text, is := value.(string)
		return member + " with a text", is && text != "" || d.spared(there, spared)
	})()
}

func (w *World) eachDefinitionHasAFlag(member, spared string) error {
	return w.ofEveryDefinition(func(d definition) (string, bool) {
		value, there := d.object.Get(member)
		_, is := value.(bool)
		return member + " true or false", is || d.spared(there, spared) || !there && d.byDefault(member)
	})()
}

func (w *World) eachDefinitionHasOneOf(member, words, spared string) error {
	return w.ofEveryDefinition(func(d definition) (string, bool) {
		value, there := d.object.Get(member)
		text, is := value.(string)
		return member + " as one of " + words, is && slices.Contains(judge.Listed(words), text) || d.spared(there, spared) || !there && d.byDefault(member)
	})()
}

// spared says whether a definition of its type may go without the member.
func (d definition) spared(there bool, types string) bool {
	return !there && slices.Contains(judge.Listed(types), d.object.String("type"))
}

// byDefault says whether a definition may go without the member because its default, which
// RFC 7643 section 2.2 gives, is what the standard says of the attribute.
func (d definition) byDefault(member string) bool {
	var standard *scim.Attribute
	for _, s := range []*scim.Schema{scim.UserSchema(), scim.GroupSchema(), scim.EnterpriseSchema()} {
		if strings.EqualFold(s.ID, d.schema) {
			name, sub, nested := strings.Cut(d.path, ".")
			if standard = s.Attribute(name); nested {
				standard = standard.Sub(sub)
			}
		}
	}
	switch member {
	case "uniqueness":
		return standard == nil || standard.Uniqueness == scim.NotUnique
	case "caseExact":
		isReference := d.object.String("type") == "reference" // which section 8.7.1 prints as not case-exact
		return isReference || standard == nil || !standard.CaseExact
	}
	return false
}

func describesItself(d definition) (string, bool) {
	value, there := d.object.Get("description")
	_, is := value.(string)
	return "a description that is a text, or none", !there || value == nil || is
}

func listsParts(d definition) (string, bool) {
	parts := d.object.Array("subAttributes")
	return "subAttributes, as it is complex", d.object.String("type") != "complex" || len(parts) > 0
}

func listsReferences(d definition) (string, bool) {
	types := d.object.Array("referenceTypes")
	return "referenceTypes, as it is a reference", d.object.String("type") != "reference" || len(types) > 0 && !slices.ContainsFunc(types, func(v any) bool {
		s, is := v.(string)
		return !is || s == ""
	})
}

// ofEveryDefinition makes the step that judges all definitions in the answer of /Schemas.
func (w *World) ofEveryDefinition(right func(d definition) (want string, ok bool)) func() error {
	return func() error {
		all, err := w.definitions()
		if err != nil {
			return w.Missed(err)
		}
		for _, d := range all {
			if want, ok := right(d); !ok {
				return w.ExpectThat(false, d.path+" in the schema "+d.schema, want, judge.Text(withoutParts(d.object)))
			}
		}
		return w.ExpectThat(len(all) > 0, "GET /Schemas", "attribute definitions", "none")
	}
}

// withoutParts is short enough for a message.
func withoutParts(o *scim.Object) *scim.Object {
	o = o.Clone()
	o.Delete("subAttributes")
	return o
}

// listed are the resources in the last answer, which has to be a list with some.
func (w *World) listed() ([]*scim.Object, error) {
	if w.Last == nil {
		return nil, fmt.Errorf("nothing was asked")
	}
	return judge.ResourcesIn(w.TheRequest(), w.Last)
}

func (w *World) definitions() ([]definition, error) {
	schemas, err := w.listed()
	if err != nil {
		return nil, err
	}
	var all []definition
	for _, s := range schemas {
		if all, err = appendDefinitions(all, s.String("id"), "", s, "attributes", 0); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// deepest is how far definitions nest in the schema of schemas, and one more.
const deepest = 4

func appendDefinitions(all []definition, schema, prefix string, o *scim.Object, member string, depth int) ([]definition, error) {
	value, _ := o.Get(member)
	list, isList := value.([]any)
	if value != nil && !isList || depth > deepest {
		return nil, &judge.Mismatch{What: prefix + member + " in the schema " + schema, Want: "a list of definitions", Got: scim.KindOf(value)}
	}
	for i, v := range list {
		d, ok := v.(*scim.Object)
		if !ok {
			return nil, &judge.Mismatch{What: fmt.Sprintf("%s%s[%d] in the schema %s", prefix, member, i, schema), Want: "an object", Got: scim.KindOf(v)}
		}
		path := prefix + d.String("name")
		all = append(all, definition{schema, path, d})
		var err error
		if all, err = appendDefinitions(all, schema, path+".", d, "subAttributes", depth+1); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (w *World) noAttributeIsDefinedTwice() error {
	all, err := w.definitions()
	if err != nil {
		return w.Missed(err)
	}
	if len(all) == 0 {
		return w.ExpectThat(false, "GET /Schemas", "attribute definitions", "none")
	}
	seen := map[string]bool{}
	for _, d := range all {
		key := strings.ToLower(d.schema + ":" + d.path)
		if err := w.ExpectThat(!seen[key], d.path+" in the schema "+d.schema, "one definition", "two"); err != nil {
			return err
		}
		seen[key] = true
	}
	return nil
}

// standardIsKept compares the target's User, Group and EnterpriseUser with the
// standard's text. A target may make an attribute readOnly or leave it out, and
// may call a text what the standard calls a reference or binary; both are JSON strings.
func (w *World) standardIsKept(ctx context.Context) error {
	p, err := w.published(ctx)
	if err != nil {
		return w.Missed(err)
	}
	for _, standard := range []*scim.Schema{scim.UserSchema(), scim.GroupSchema(), scim.EnterpriseSchema()} {
		own := p.schema(standard.ID)
		if own == nil {
			continue
		}
		for _, a := range standard.Attributes {
			if err := w.isKept(own.ID, a.Name, a, own.Attribute(a.Name)); err != nil {
				return err
			}
		}
	}
	return w.ExpectThat(true, "", "", "")
}

func (w *World) isKept(schema, path string, standard, own *scim.Attribute) error {
	what := path + " in the schema " + schema
	if own == nil {
		return w.ExpectThat(!standard.Required, what, "a definition, as the standard requires it", "none")
	}
	if want, ok := contradiction(standard, own); !ok {
		return w.ExpectThat(false, what, want, fmt.Sprintf("type %s, multiValued %v, mutability %s, returned %s, uniqueness %s, caseExact %v",
			own.Type, own.MultiValued, own.Mutability, own.Returned, own.Uniqueness, own.CaseExact))
	}
	for _, sub := range standard.SubAttributes {
		if o := own.Sub(sub.Name); o != nil {
			if err := w.isKept(schema, path+"."+sub.Name, sub, o); err != nil {
				return err
			}
		}
	}
	return nil
}

// contradiction says what a definition would have to be.
func contradiction(standard, own *scim.Attribute) (string, bool) {
	texts := []scim.Type{scim.String, scim.Reference, scim.Binary}
	sameType := standard.Type == own.Type || slices.Contains(texts, standard.Type) && slices.Contains(texts, own.Type)
	switch {
	case !sameType:
		return "type " + string(standard.Type), false
	case standard.MultiValued != own.MultiValued:
		return fmt.Sprintf("multiValued %v", standard.MultiValued), false
	case standard.Mutability == scim.ReadOnly && own.Mutability != scim.ReadOnly && standard.MultiValued:
		return "mutability readOnly", false // groups: memberships are changed at the group
	case standard.Mutability != scim.WriteOnly && own.Mutability == scim.WriteOnly:
		return "anything but mutability writeOnly", false
	case standard.Returned == scim.Never && own.Returned != scim.Never:
		return "returned never", false
	case standard.Returned != scim.Never && own.Returned == scim.Never:
		return "anything but returned never", false
	case standard.Mutability == scim.WriteOnly && own.Mutability != scim.WriteOnly:
		return "mutability writeOnly", false
	case standard.Name == "userName" && own.Uniqueness == scim.NotUnique:
		return "uniqueness server or global", false
	case standard.Name == "userName" && own.CaseExact:
		return "caseExact false", false
	case standard.Name == "userName" && own.Mutability == scim.ReadOnly:
		return "a userName that a client can set", false
	}
	return "", true
}

// theListHasEachSchemaOf looks for every schema that the resource names, as it was
// created and as it is read.
func (w *World) theListHasEachSchemaOf(ctx context.Context, name string) error {
	schemas, err := w.listed()
	if err != nil {
		return w.Missed(err)
	}
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	now, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	for _, v := range slices.Concat(s.Shown.Array("schemas"), now.Shown.Array("schemas")) {
		urn, _ := v.(string)
		published := slices.ContainsFunc(schemas, func(o *scim.Object) bool { return strings.EqualFold(o.String("id"), urn) })
		if err := w.ExpectThat(published, "the schemas of /"+s.Collection+"/"+s.ID, "only such as /Schemas lists", judge.Text(v)); err != nil {
			return err
		}
	}
	return w.ExpectThat(true, "", "", "")
}
