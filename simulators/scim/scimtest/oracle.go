package scimtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/fixtures/oracle"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Oracle is the golden vectors with their resource types and resources.
type Oracle struct {
	*oracle.Set
	Types []*scim.ResourceType // User, Group and those of the vectors
}

// LoadOracle reads the golden vectors.
func LoadOracle(t testing.TB) *Oracle {
	t.Helper()
	set, err := oracle.Load()
	if err != nil {
		t.Fatal(err)
	}
	o := &Oracle{set, []*scim.ResourceType{scim.UserType(), scim.GroupType()}}
	for _, typ := range set.Types {
		o.Types = append(o.Types, &scim.ResourceType{
			ID: typ.Name, Name: typ.Name, Endpoint: typ.Endpoint,
			Schema:     schema(t, typ.Schema),
			Extensions: []scim.Extension{{Schema: schema(t, typ.Extension), Required: true}},
		})
	}
	return o
}

func schema(t testing.TB, text string) *scim.Schema {
	t.Helper()
	s, err := scim.ParseSchema(Object(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Type finds a resource type by its name.
func (o *Oracle) Type(t testing.TB, name string) *scim.ResourceType {
	t.Helper()
	i := slices.IndexFunc(o.Types, func(typ *scim.ResourceType) bool { return typ.Name == name })
	if i < 0 {
		t.Fatalf("there is no type %q", name)
	}
	return o.Types[i]
}

// OracleTime is when all resources were created and last modified.
func OracleTime() time.Time { return time.Date(2011, 5, 13, 4, 42, 34, 0, time.UTC) }

// Resource returns a resource as a service provider shows it: with id and meta.
func (o *Oracle) Resource(t testing.TB, name string) (*scim.ResourceType, *scim.Object) {
	t.Helper()
	r, ok := o.Set.Resource(name)
	if !ok {
		t.Fatalf("there is no resource %q", name)
	}
	shown := Object(t, r.JSON)
	at := OracleTime().Format(time.RFC3339)
	shown.Set("id", r.Name)
	shown.Set("meta", Object(t, fmt.Sprintf(`{"resourceType":%q,"created":%q,"lastModified":%q}`, r.Type, at, at)))
	return o.Type(t, r.Type), shown
}

// After is the resource that a vector expects: before, with the attributes of
// after.
func After(t testing.TB, before *scim.Object, after string) *scim.Object {
	t.Helper()
	o := before.Clone()
	for name, v := range Object(t, after).All() {
		o.Set(name, v)
	}
	return o
}

// Comparable is a text for comparing two resources by what a client can set. It
// leaves out id, meta and derived values, unassigned values, a primary that is
// false, and the order of values.
func Comparable(t testing.TB, o *scim.Object) string {
	t.Helper()
	client := scim.NewObject()
	for name, v := range o.All() {
		if !slices.Contains([]string{"id", "meta", "groups"}, name) {
			client.Set(name, v)
		}
	}
	text, err := json.Marshal(plain("", client))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// plain turns a value into maps, which JSON writes in the order of their keys.
func plain(attribute string, v any) any {
	switch v := v.(type) {
	case *scim.Object:
		return plainObject(attribute, v)
	case []any:
		var texts []string
		for _, e := range v {
			if e = plain(attribute, e); e != nil {
				text, _ := json.Marshal(e) //nolint:errchkjson // e was read from JSON
				texts = append(texts, string(text))
			}
		}
		slices.Sort(texts)
		if len(texts) == 0 {
			return nil
		}
		return json.RawMessage("[" + strings.Join(texts, ",") + "]")
	}
	return v
}

func plainObject(attribute string, o *scim.Object) any {
	m := map[string]any{}
	for name, v := range o.All() {
		derived := (attribute == "members" || attribute == "manager") && name != "value"
		if v = plain(name, v); v == nil || derived || name == "primary" && v == false {
			continue
		}
		m[name] = v
	}
	if len(m) == 0 {
		return nil
	}
	return m
}
