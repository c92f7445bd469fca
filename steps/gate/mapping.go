package gate

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// mapped is an attribute of the target as a mapping of Entra ID names it.
type mapped struct {
	path string // as the mapping writes it
	urn  string // of an extension; "" for the schema of the resource itself
	name string
	kind string // the type in a filter; "" without one
	part string // the sub-attribute; "" without one
}

// mappedPath is title, name.givenName, emails[type eq "work"].value, or one of an extension.
var mappedPath = regexp.MustCompile(`^(?:(urn:.*):)?([^\[\].:]+)(?:(?:\[type eq "([^"]+)"\])?\.([^\[\].:]+))?$`)

// mappings are the attributes of "Users" or "Groups" that the application maps, in the order
// of the target file.
func (w *World) mappings(collection string) ([]mapped, error) {
	paths := w.Run.Fit.Mapping(collection)
	all := make([]mapped, len(paths))
	for i, path := range paths {
		m := mappedPath.FindStringSubmatch(path)
		if m == nil {
			return nil, fmt.Errorf("entra_mapping: %q is no attribute; write it like title, name.givenName or emails[type eq \"work\"].value", path)
		}
		all[i] = mapped{path: path, urn: m[1], name: m[2], kind: m[3], part: m[4]}
	}
	return all, nil
}

// is says whether the attribute itself, without its extension, has one of the names.
func (m mapped) is(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(m.name, name) })
}

// collectionOf is the endpoint of "users" or "groups".
func collectionOf(kind string) string { return judge.CollectionOf(strings.TrimSuffix(kind, "s")) }

// schemaOf is the schema that the attribute belongs to; nil if it is not among these.
func (m mapped) schemaOf(schemas []*scim.Schema, collection string) *scim.Schema {
	urn := m.urn
	if urn == "" {
		urn = map[string]string{"Users": scim.UserURN, "Groups": scim.GroupURN}[collection]
	}
	for _, s := range schemas {
		if strings.EqualFold(s.ID, urn) {
			return s
		}
	}
	return nil
}

// undescribed says what is missing of the attribute's description; "" if nothing is. The
// second result is the definition of the attribute or the part that has the value.
func (m mapped) undescribed(schemas []*scim.Schema, collection string) (string, *scim.Attribute) {
	s := m.schemaOf(schemas, collection)
	if s == nil {
		return m.path + " (no such schema)", nil
	}
	a := named(s.Attributes, m.name)
	switch {
	case a == nil:
		return m.path, nil
	case m.part == "":
		return "", a
	}
	part := named(a.SubAttributes, m.part)
	if part == nil {
		return m.path + " (no such sub-attribute)", nil
	}
	if kind := named(a.SubAttributes, "type"); m.kind != "" && (kind == nil || !slices.ContainsFunc(kind.CanonicalValues, func(v string) bool { return strings.EqualFold(v, m.kind) })) {
		return fmt.Sprintf("%s (%q is no canonical value of %s.type)", m.path, m.kind, m.name), part
	}
	return "", part
}

func named(all []*scim.Attribute, name string) *scim.Attribute {
	for _, a := range all {
		if strings.EqualFold(a.Name, name) {
			return a
		}
	}
	return nil
}

// definitions are what the target's /Schemas says, or the standard where it says nothing.
func (w *World) definitions(ctx context.Context) ([]*scim.Schema, error) {
	shown, err := w.Discovered(ctx, "Schemas")
	if _, wrong := judge.IsMismatch(err); err != nil && !wrong {
		return nil, err
	}
	if parsed := parsedOf(shown); len(parsed) > 0 {
		return parsed, nil
	}
	return []*scim.Schema{scim.UserSchema(), scim.EnterpriseSchema(), scim.GroupSchema()}, nil
}

// parsedOf are the schemas that can be read; whether all can is the business of RFC 7643.
func parsedOf(shown []*scim.Object) []*scim.Schema {
	var all []*scim.Schema
	for _, o := range shown {
		if s, err := scim.ParseSchema(o); err == nil {
			all = append(all, s)
		}
	}
	return all
}

// isMapped leaves the example out where the attribute is not mapped or not described.
func (w *World) isMapped(ctx context.Context, path, kind string) error {
	all, err := w.mappings(collectionOf(kind))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(m mapped) bool { return strings.EqualFold(m.path, path) })
	if i < 0 {
		return &judge.Unsupported{Reason: "the application does not map " + path}
	}
	schemas, err := w.definitions(ctx)
	if err != nil {
		return err
	}
	if missing, _ := all[i].undescribed(schemas, collectionOf(kind)); missing != "" {
		return &judge.Unsupported{Reason: "/Schemas does not describe " + path}
	}
	return nil
}

func (w *World) theListDescribes(urn string) error {
	listed, err := judge.ResourcesIn("GET /Schemas", w.Last)
	if err != nil {
		return w.Missed(err)
	}
	found := slices.ContainsFunc(listed, func(o *scim.Object) bool { return strings.EqualFold(o.String("id"), urn) })
	return w.ExpectThat(found, "the schemas in the answer to GET /Schemas", urn, idsOf(listed))
}

func idsOf(listed []*scim.Object) string {
	ids := make([]string, len(listed))
	for i, o := range listed {
		ids[i] = judge.QuotedOrNone(o.String("id"))
	}
	return strings.Join(ids, ", ")
}

func (w *World) describesEach(kind string) error {
	listed, err := judge.ResourcesIn("GET /Schemas", w.Last)
	if err != nil {
		return w.Missed(err)
	}
	all, err := w.mappings(collectionOf(kind))
	if err != nil {
		return err
	}
	var missing []string
	schemas := parsedOf(listed)
	for _, m := range all {
		if m.urn == "" && m.is("id") { // the test leaves it out, too
			continue
		}
		if why, _ := m.undescribed(schemas, collectionOf(kind)); why != "" {
			missing = append(missing, why)
		}
	}
	return w.ExpectThat(len(missing) == 0, "what /Schemas says of the mapped attributes of "+kind,
		"each of them (entra_mapping in the target file says which are mapped)", "not described: "+strings.Join(missing, ", "))
}
