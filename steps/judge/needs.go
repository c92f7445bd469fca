package judge

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// What a target needs of every resource beyond the standard stands in the Fit: the user
// has said it, or the target's own /Schemas calls it required.

// nameSign stands, in what the Fit needs, for the name of the resource: a value that has
// to be unique is made of it.
const nameSign = "{name}"

// Demands are the attributes that this target demands of a resource with this name.
func (j *Session) Demands(collection, name string) *scim.Object {
	needed := j.Run.Fit.User
	if collection == "Groups" {
		needed = j.Run.Fit.Group
	}
	named, _ := withName(needed, name).(*scim.Object)
	return named
}

func withName(v any, name string) any {
	switch v := v.(type) {
	case string:
		return strings.ReplaceAll(v, nameSign, name)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = withName(v[i], name)
		}
		return out
	case *scim.Object:
		if v == nil {
			return v
		}
		out := scim.NewObject()
		for member, inner := range v.All() {
			out.Set(member, withName(inner, name))
		}
		return out
	}
	return v
}

// WithNeeds adds to a body that stands in a feature what the target needs and the body
// does not mention: the feature is about something else, and a target that refuses for
// another reason would pass or fail it by mistake. The body may be no JSON at all: what is
// added goes behind its first bracket.
func (j *Session) WithNeeds(method string, path []string, body any) any {
	text, isText := body.([]byte)
	isWrite := method == http.MethodPost && len(path) == 1 || method == http.MethodPut && len(path) == 2
	if !isText || !isWrite || path[0] != "Users" && path[0] != "Groups" {
		return body
	}
	start := bytes.IndexByte(text, '{')
	if start < 0 || len(bytes.TrimSpace(text[:start])) > 0 || len(bytes.TrimSpace(text[start+1:])) == 0 || bytes.TrimSpace(text[start+1:])[0] != '"' {
		return body // no object, or one without members
	}
	mentioned := bytes.ToLower(text)
	var added bytes.Buffer
	for name, value := range j.Demands(path[0], nameIn(text, j.UserName("needed"))).All() {
		if !bytes.Contains(mentioned, []byte(`"`+strings.ToLower(name)+`"`)) {
			added.WriteString(Text(name) + ": " + Text(value) + ", ")
		} else if parts, isComplex := value.(*scim.Object); isComplex {
			text = withParts(text, name, parts)
		}
	}
	return slices.Concat(text[:start+1], added.Bytes(), text[start+1:])
}

// withParts adds to a complex attribute of a body the parts that the target needs and that
// are not mentioned.
func withParts(text []byte, name string, parts *scim.Object) []byte {
	at := regexp.MustCompile(`(?i)"` + regexp.QuoteMeta(name) + `"\s*:\s*\{(\s*")`).FindSubmatchIndex(text)
	if at == nil {
		return text
	}
	var added bytes.Buffer
	for part, value := range parts.All() {
		if !bytes.Contains(bytes.ToLower(text), []byte(`"`+strings.ToLower(part)+`"`)) {
			added.WriteString(Text(part) + ": " + Text(value) + ", ")
		}
	}
	return slices.Concat(text[:at[2]], added.Bytes(), text[at[2]:])
}

// nameIn is the name of the resource in a body, or another one.
func nameIn(body []byte, otherwise string) string {
	v, _, _ := scim.ParseLeniently(body) // what cannot be read has no name
	o, _ := v.(*scim.Object)
	for _, attribute := range []string{"userName", "displayName"} {
		if name := o.String(attribute); name != "" {
			return name
		}
	}
	return otherwise
}

// Demanded are the attributes that the target's own /Schemas calls required for users and
// groups, with values that fit; nil where there is nothing to read or to add.
func (j *Session) Demanded(ctx context.Context) (user, group *scim.Object) {
	schemas, err := j.Discovered(ctx, "Schemas")
	if err != nil {
		return nil, nil // whether it has to be there is the business of requirements
	}
	for _, o := range schemas {
		schema, err := scim.ParseSchema(o)
		if err != nil {
			continue
		}
		switch {
		case strings.EqualFold(schema.ID, scim.UserURN):
			user = demandedBy(schema, "userName", j.Run.Fit.Password(0))
		case strings.EqualFold(schema.ID, scim.GroupURN):
			group = demandedBy(schema, "displayName", "")
		}
	}
	return user, group
}

// Undeclared are the attributes that the Fit gives users and the target's own /Schemas
// does not declare; none where there is no /Schemas to read.
func (j *Session) Undeclared(ctx context.Context) []string {
	if j.Run.Fit.User.Len() == 0 {
		return nil
	}
	schemas, err := j.Discovered(ctx, "Schemas")
	if err != nil {
		return nil
	}
	declared := map[string]bool{"externalid": true}
	for _, o := range schemas {
		declared[strings.ToLower(o.String("id"))] = true
		if schema, err := scim.ParseSchema(o); err == nil && strings.EqualFold(schema.ID, scim.UserURN) {
			for _, a := range schema.Attributes {
				declared[strings.ToLower(a.Name)] = true
			}
		}
	}
	var unknown []string
	for name := range j.Run.Fit.User.All() {
		if !declared[strings.ToLower(name)] {
			unknown = append(unknown, name)
		}
	}
	return unknown
}

// demandedBy has a value for each required attribute but the one that is always sent.
func demandedBy(schema *scim.Schema, always, password string) *scim.Object {
	demanded := scim.NewObject()
	for _, a := range schema.Attributes {
		isSent := strings.EqualFold(a.Name, always) || strings.EqualFold(a.Name, "schemas") || strings.EqualFold(a.Name, "id")
		if !a.Required || isSent || a.Mutability == scim.ReadOnly {
			continue
		}
		if strings.EqualFold(a.Name, "password") {
			demanded.Set(a.Name, password)
			continue
		}
		if value := demandedValue(a); value != nil {
			demanded.Set(a.Name, value)
		}
	}
	if demanded.Len() == 0 {
		return nil
	}
	return demanded
}

func demandedValue(a *scim.Attribute) any {
	value := demandedSingle(a)
	if a.MultiValued && value != nil {
		return []any{value}
	}
	return value
}

func demandedSingle(a *scim.Attribute) any {
	switch {
	case a.Type == scim.Complex:
		return demandedParts(a)
	case len(a.CanonicalValues) > 0:
		return a.CanonicalValues[0]
	}
	switch a.Type {
	case scim.Boolean:
		return true
	case scim.Integer, scim.Decimal:
		return json.Number("1")
	case scim.DateTime:
		return "2030-01-01T00:00:00Z"
	case scim.Binary:
		return "c2R1bw=="
	case scim.Reference:
		return "https://example.com/" + nameSign
	}
	return nameSign
}

// demandedParts fills in the required sub-attributes, or the value if none is.
func demandedParts(a *scim.Attribute) any {
	parts := scim.NewObject()
	for _, sub := range a.SubAttributes {
		isValue := a.MultiValued && strings.EqualFold(sub.Name, "value")
		if (sub.Required || isValue) && sub.Mutability != scim.ReadOnly {
			parts.Set(sub.Name, demandedValue(sub))
		}
	}
	if parts.Len() == 0 && len(a.SubAttributes) > 0 {
		parts.Set(a.SubAttributes[0].Name, demandedValue(a.SubAttributes[0]))
	}
	if parts.Len() == 0 {
		return nil
	}
	return parts
}
