package scim

import (
	"encoding/json"
	"iter"
	"math/big"
	"strings"
)

// MaxDepth is how deep arrays and objects may nest in one document. SCIM needs
// five levels; the limit keeps hostile input from exhausting the stack.
const MaxDepth = 64

// MaxValues is how many values one document may hold. An answer of the largest size
// that is read, 32 MiB, has fewer in practice; the limit keeps one of tiny values from
// taking a gigabyte of memory.
const MaxValues = 1 << 20

// Object is a JSON object that keeps its members in the order in which they
// were written and finds them without regard to case (RFC 7643 section 2.1).
//
// A map would lose the order, and readers compare payloads with the attribute
// mapping row by row. SCIM objects have a few dozen members at most, so a
// linear search is cheap; long lists, such as the members of a group, are
// arrays.
//
// A value is nil, bool, string, json.Number, []any or *Object, as Parse yields.
type Object struct {
	members []Member
}

// Member is one name and its value.
type Member struct {
	Name  string
	Value any
}

// NewObject returns an object with these members; of two members whose names
// differ only in case the later wins.
func NewObject(members ...Member) *Object {
	o := &Object{members: make([]Member, 0, len(members))}
	for _, m := range members {
		o.Set(m.Name, m.Value)
	}
	return o
}

// Len is the number of members; a nil object has none.
func (o *Object) Len() int {
	if o == nil {
		return 0
	}
	return len(o.members)
}

// All yields the members in order.
func (o *Object) All() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		if o == nil {
			return
		}
		for _, m := range o.members {
			if !yield(m.Name, m.Value) {
				return
			}
		}
	}
}

func (o *Object) index(name string) int {
	if o == nil {
		return -1
	}
	for i := range o.members {
		if strings.EqualFold(o.members[i].Name, name) {
			return i
		}
	}
	return -1
}

// Get returns the value of the member with this name in any case, and whether
// there is one.
func (o *Object) Get(name string) (any, bool) {
	if i := o.index(name); i >= 0 {
		return o.members[i].Value, true
	}
	return nil, false
}

// String returns the member's value if it is a string, and "" otherwise.
func (o *Object) String(name string) string {
	v, _ := o.Get(name)
	s, _ := v.(string)
	return s
}

// Object returns the member's value if it is an object, and nil otherwise.
func (o *Object) Object(name string) *Object {
	v, _ := o.Get(name)
	c, _ := v.(*Object)
	return c
}

// Array returns the member's value if it is an array, and nil otherwise.
func (o *Object) Array(name string) []any {
	v, _ := o.Get(name)
	a, _ := v.([]any)
	return a
}

// Set gives the member this value in its place, or appends it.
func (o *Object) Set(name string, value any) {
	if i := o.index(name); i >= 0 {
		o.members[i].Value = value
		return
	}
	o.members = append(o.members, Member{name, value})
}

// Delete removes the member and says whether there was one.
func (o *Object) Delete(name string) bool {
	i := o.index(name)
	if i < 0 {
		return false
	}
	o.members = append(o.members[:i:i], o.members[i+1:]...)
	return true
}

// Clone returns a deep copy.
func (o *Object) Clone() *Object {
	if o == nil {
		return nil
	}
	c := &Object{members: make([]Member, len(o.members))}
	for i, m := range o.members {
		c.members[i] = Member{m.Name, CloneValue(m.Value)}
	}
	return c
}

// CloneValue returns a deep copy of a value.
func CloneValue(v any) any {
	switch v := v.(type) {
	case *Object:
		return v.Clone()
	case []any:
		c := make([]any, len(v))
		for i := range v {
			c[i] = CloneValue(v[i])
		}
		return c
	}
	return v
}

// KindOf names a value's JSON type for messages: "null", "boolean", "string",
// "number", "array" or "object".
func KindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case *Object:
		return "object"
	}
	return "number"
}

// Equal says whether two values are the same JSON: members in any order and
// with names in any case, numbers by value, arrays in order.
func Equal(a, b any) bool {
	switch a := a.(type) {
	case *Object:
		b, ok := b.(*Object)
		if !ok || a.Len() != b.Len() {
			return false
		}
		for name, v := range a.All() {
			w, ok := b.Get(name)
			if !ok || !Equal(v, w) {
				return false
			}
		}
		return true
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !Equal(a[i], b[i]) {
				return false
			}
		}
		return true
	case json.Number:
		b, ok := b.(json.Number)
		return ok && (a == b || sameNumber(a, b))
	}
	return a == b
}

// sameNumber compares by value. A number outside float64 equals only its own
// spelling: expanding 1e999999999 exactly would exhaust the memory.
func sameNumber(a, b json.Number) bool {
	for _, n := range []json.Number{a, b} {
		_, exponent, _ := strings.Cut(strings.ToLower(string(n)), "e")
		if len(exponent) > 4 {
			return false
		}
	}
	x, okX := new(big.Rat).SetString(string(a))
	y, okY := new(big.Rat).SetString(string(b))
	return okX && okY && x.Cmp(y) == 0
}
