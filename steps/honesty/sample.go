package honesty

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// sample is a value that fits the declaration of an attribute, to see what
// becomes of it at the target.
type sample struct {
	extension *scim.Schema    // nil for attributes of the base schema and common ones
	attribute *scim.Attribute // top-level
	sub       *scim.Attribute // if the sample is about one part of a single complex attribute
	element   string          // if it is about a part of the element with this value
	value     any             // of the attribute, or of sub
}

// path names the sample in a PATCH, a filter or a list of attributes.
func (s sample) path() string {
	path := s.attribute.Name
	if s.extension != nil {
		path = s.extension.ID + ":" + path
	}
	if s.element != "" {
		path += "[value eq " + judge.Text(s.element) + "]"
	}
	if s.sub != nil {
		path += "." + s.sub.Name
	}
	return path
}

// leaf is the definition of the value.
func (s sample) leaf() *scim.Attribute {
	if s.sub != nil {
		return s.sub
	}
	return s.attribute
}

// put gives the value its place in a body.
func (s sample) put(body *scim.Object) {
	value := s.value
	switch {
	case s.element != "":
		value = []any{scim.NewObject(scim.Member{Name: "value", Value: s.element})}
	case s.sub != nil:
		value = scim.NewObject(scim.Member{Name: s.sub.Name, Value: s.value})
	}
	holder := body
	if s.extension != nil {
		if holder = body.Object(s.extension.ID); holder == nil {
			holder = scim.NewObject()
			body.Set(s.extension.ID, holder)
		}
	}
	if inner, ok := value.(*scim.Object); ok && holder.Object(s.attribute.Name) != nil {
		value = judge.Merge(holder.Object(s.attribute.Name), inner)
	}
	holder.Set(s.attribute.Name, scim.CloneValue(value))
}

// in finds what a resource shows in the sample's place; nil for nothing.
func (s sample) in(resource *scim.Object) any {
	if s.extension != nil {
		resource = resource.Object(s.extension.ID)
	}
	value, _ := resource.Get(s.attribute.Name)
	if s.element != "" {
		return values(value)
	}
	if s.sub != nil {
		o, _ := value.(*scim.Object)
		value, _ = o.Get(s.sub.Name)
	}
	return value
}

// values are the "value" members of a list's elements.
func values(list any) any {
	elements, _ := list.([]any)
	found := make([]any, 0, len(elements))
	for _, v := range elements {
		o, _ := v.(*scim.Object)
		found = append(found, o.String("value"))
	}
	return found
}

// kept says whether what the target shows is what it was sent, or a form of it
// that the standard lets a server make of it: it may change the case of what is
// not case-exact (RFC 7643 section 7) and canonicalise; a list may have more elements.
func (s sample) kept(shown any) bool {
	if s.element != "" {
		list, _ := shown.([]any)
		return slices.Contains(list, s.value)
	}
	return keptValue(s.leaf(), s.value, shown)
}

// derived are parts that servers make up from others (RFC 7643 sections 2.4 and 4.1.1).
var derived = []string{"formatted", "display", "$ref"}

func keptValue(a *scim.Attribute, sent, shown any) bool {
	switch sent := sent.(type) {
	case []any:
		list, _ := shown.([]any)
		return !slices.ContainsFunc(sent, func(e any) bool {
			return !slices.ContainsFunc(list, func(v any) bool { return keptValue(a, e, v) })
		})
	case *scim.Object:
		object, ok := shown.(*scim.Object)
		for name, v := range sent.All() {
			got, _ := object.Get(name)
			if !slices.Contains(derived, name) && !keptValue(a.Sub(name), v, got) {
				return false
			}
		}
		return ok
	case string:
		text, ok := shown.(string)
		return ok && sameText(a, sent, text) || a.Name == "value" && judge.SameID(shown, sent)
	}
	return scim.Equal(sent, shown)
}

var notDigits = regexp.MustCompile(`\D+`)

func sameText(a *scim.Attribute, sent, shown string) bool {
	switch {
	case a.Type == scim.DateTime:
		want, _ := time.Parse(time.RFC3339, sent)
		got, err := time.Parse(time.RFC3339Nano, shown)
		return err == nil && want.Equal(got)
	case a.Type == scim.Reference && strings.HasPrefix(sent, "/"):
		return strings.HasSuffix("/"+shown, sent) // relative and absolute are the same
	case a.Type == scim.Binary:
		return bytes.Equal(decoded(sent), decoded(shown))
	case strings.HasPrefix(sent, "tel:"):
		return notDigits.ReplaceAllString(sent, "") == notDigits.ReplaceAllString(shown, "")
	}
	shown = strings.Join(strings.Fields(shown), " ")
	if a.CaseExact {
		return sent == shown
	}
	return strings.EqualFold(sent, shown) || strings.EqualFold(sent, strings.ReplaceAll(shown, "_", "-"))
}

// decoded reads base64 in both alphabets, with or without padding and line breaks.
func decoded(text string) []byte {
	text = strings.NewReplacer("-", "+", "_", "/", "\r", "", "\n", "", "=", "").Replace(text)
	b, _ := base64.RawStdEncoding.DecodeString(text)
	return b
}

// sampler makes samples.
type sampler struct {
	mark   string              // makes values unique that have to be
	domain string              // of e-mail addresses
	fit    *judge.Fit          // whose passwords the target accepts
	turn   int                 // another turn makes other values
	force  bool                // also of what a client may not write
	ids    map[string][]string // ids of resources to refer to, by type: "User", "Group"
}

// turned is the sampler for another turn.
func (s *sampler) turned(turn int) *sampler {
	t := *s
	t.turn = turn
	return &t
}

// sampler refers to the example's own resources, except for one that is about to
// be written.
func (w *World) sampler(turn int, except string) *sampler {
	s := &sampler{mark: w.Mark(), domain: w.Run.Fit.UserDomain, fit: &w.Run.Fit, turn: turn, ids: map[string][]string{}}
	for _, name := range slices.Sorted(maps.Keys(w.Subjects)) {
		if r := w.Subjects[name]; name != except {
			kind := strings.TrimSuffix(r.Collection, "s")
			s.ids[kind] = append(s.ids[kind], r.ID)
		}
	}
	return s
}

// of makes the sample of a top-level attribute; none if it cannot be written at all.
func (s *sampler) of(extension *scim.Schema, a *scim.Attribute) (sample, bool) {
	value := s.single(a, "")
	if value == nil {
		return sample{}, false
	}
	if a.MultiValued {
		value = []any{value}
	}
	return sample{extension: extension, attribute: a, value: value}, true
}

func (s *sampler) single(a *scim.Attribute, parent string) any {
	switch a.Type {
	case scim.Complex:
		return s.complex(a)
	case scim.Boolean:
		return s.turn%2 == 0
	case scim.Integer:
		return json.Number(fmt.Sprint(7 + s.turn))
	case scim.Decimal:
		return json.Number(fmt.Sprintf("%d.5", 7+s.turn))
	case scim.DateTime:
		return fmt.Sprintf("2021-05-%02dT07:08:09Z", 6+s.turn)
	case scim.Binary:
		return judge.Certificate()
	case scim.Reference:
		return s.reference(a, parent)
	}
	return s.text(a, parent)
}

// complex fills in the parts that a client may write. A reference to a resource
// is its id alone.
func (s *sampler) complex(a *scim.Attribute) any {
	if types := refersTo(a); types != nil {
		for _, t := range types {
			if len(s.ids[t]) > 0 {
				return scim.NewObject(scim.Member{Name: "value", Value: s.ids[t][0]})
			}
		}
		return nil
	}
	o := scim.NewObject()
	for _, sub := range a.SubAttributes {
		if slices.Contains(derived, sub.Name) && a.Name != "name" || !s.force && !writable(sub) {
			continue
		}
		v := s.single(sub, a.Name)
		switch {
		case sub.Name == "primary":
			v = true
		case v != nil && sub.MultiValued:
			v = []any{v}
		}
		if v != nil {
			o.Set(sub.Name, v)
		}
	}
	if o.Len() == 0 {
		return nil
	}
	return o
}

// refersTo are the types of resources whose ids are values of an attribute: what is declared, and
// of members and managers what they are to the standard; nil if it refers to none.
func refersTo(a *scim.Attribute) []string {
	ref := a.Sub("$ref")
	switch {
	case a.Sub("value") == nil:
		return nil
	case ref != nil:
		return append([]string{}, ref.ReferenceTypes...)
	case strings.EqualFold(a.Name, "members"), strings.EqualFold(a.Name, "manager"):
		return []string{"User"}
	}
	return nil
}

func writable(a *scim.Attribute) bool {
	return a.Mutability != scim.ReadOnly && a.Mutability != scim.WriteOnly && a.Returned != scim.Never
}

func (s *sampler) reference(a *scim.Attribute, parent string) any {
	for _, t := range a.ReferenceTypes {
		if len(s.ids[t]) > 0 {
			return "/" + t + "s/" + s.ids[t][0]
		}
		if t == "uri" {
			return fmt.Sprintf("urn:example:Sample:%d", s.turn)
		}
	}
	if parent == "photos" {
		return fmt.Sprintf("https://www.example.com/Sample/photo-%d.jpg", s.turn)
	}
	return fmt.Sprintf("https://www.example.com/Sample/page-%d", s.turn)
}

// formatted are texts whose form matters to servers that look at it.
var formatted = map[string][2]string{
	"locale":             {"en-US", "de-DE"},
	"preferredlanguage":  {"en-US", "de-DE"},
	"timezone":           {"America/Los_Angeles", "Europe/Berlin"},
	"country":            {"US", "DE"},
	"region":             {"CA", "BE"},
	"postalcode":         {"91608", "10115"},
	"employeenumber":     {"701984", "701985"},
	"phonenumbers.value": {"tel:+1-201-555-0123", "tel:+1-201-555-0124"},
	"ims.value":          {"samplename", "othername"},
	"formatted":          {"Sample givenName Sample familyName", "Sample givenName 1 Sample familyName 1"},
}

func (s *sampler) text(a *scim.Attribute, parent string) any {
	if n := len(a.CanonicalValues); n > 0 {
		return a.CanonicalValues[s.turn%n]
	}
	name := strings.ToLower(a.Name)
	for _, key := range []string{strings.ToLower(parent) + "." + name, name} {
		if forms, ok := formatted[key]; ok {
			return forms[s.turn%2]
		}
	}
	switch {
	case name == "value" && parent == "emails", name == "username":
		return fmt.Sprintf("%s-%d@%s", s.mark, s.turn, s.domain)
	case name == "password":
		return s.fit.Password(s.turn)
	case name == "externalid", a.Uniqueness == scim.ServerUnique, a.Uniqueness == scim.GlobalUnique:
		return fmt.Sprintf("Ext-%s-%d", s.mark, s.turn)
	case s.turn > 0:
		return fmt.Sprintf("Sample %s %d", a.Name, s.turn)
	}
	return "Sample " + a.Name
}
