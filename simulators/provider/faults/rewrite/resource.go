package rewrite

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Shown rewrites every resource that comes out, alone or in a list.
func Shown(chosen When, edit func(o *scim.Object)) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		for _, o := range a.Resources() {
			edit(o)
		}
	})
}

// EditShown edits a part of every resource that comes out, found as by Part.
func EditShown(chosen When, path string, edit func(v any) any) Wrap {
	return Shown(chosen, Part(path, edit))
}

// ShowNew gives every resource that comes out an attribute.
func ShowNew(chosen When, name string, value func(o *scim.Object) any) Wrap {
	return Shown(chosen, func(o *scim.Object) {
		if o.String("id") != "" {
			o.Set(name, value(o))
		}
	})
}

// ShowIfNone gives resources that come out a value where they have none.
func ShowIfNone(chosen When, name string, value any) Wrap {
	return Shown(chosen, func(o *scim.Object) {
		if v, _ := o.Get(name); scim.IsUnassigned(v) && o.String("id") != "" {
			o.Set(name, value)
		}
	})
}

// SameFor gives every resource the same value.
func SameFor(v any) func(*scim.Object) any { return func(*scim.Object) any { return v } }

// Setting gives a resource a member.
func Setting(name string, value any) func(*scim.Object) {
	return func(o *scim.Object) { o.Set(name, value) }
}

// DropMembers takes members out of a resource.
func DropMembers(names ...string) func(o *scim.Object) {
	return func(o *scim.Object) {
		for _, name := range names {
			o.Delete(name)
		}
	}
}

// KeepMembers leaves only these members in a resource.
func KeepMembers(names ...string) func(o *scim.Object) {
	return func(o *scim.Object) {
		kept := scim.NewObject()
		for _, name := range names {
			if v, ok := o.Get(name); ok {
				kept.Set(name, v)
			}
		}
		*o = *kept
	}
}

// Part edits what is at a path with slashes: "meta/created", "emails/type" (of
// each element). What is not there is left alone.
func Part(path string, edit func(v any) any) func(o *scim.Object) {
	name, rest, nested := strings.Cut(path, "/")
	return func(o *scim.Object) {
		v, ok := o.Get(name)
		if !ok {
			return
		}
		if nested {
			inner := Part(rest, edit)
			for _, e := range ObjectsIn(v) {
				inner(e)
			}
			return
		}
		if v = edit(v); v == Gone {
			o.Delete(name)
			return
		}
		o.Set(name, v)
	}
}

// Gone takes the value away if an edit returns it.
var Gone = goneValue{}

// goneValue is the type of Gone.
type goneValue struct{}

// ToGone takes the value away.
func ToGone(any) any { return Gone }

// ToValue replaces the value.
func ToValue(v any) func(any) any { return func(any) any { return v } }

// ToText edits a string, and leaves everything else alone.
func ToText(edit func(s string) string) func(any) any {
	return func(v any) any {
		if s, ok := v.(string); ok {
			return edit(s)
		}
		return v
	}
}

// ToSeconds writes a time as seconds since 1970.
func ToSeconds(v any) any {
	if t, err := time.Parse(time.RFC3339Nano, Text(v)); err == nil {
		return Number(int(t.Unix()))
	}
	return v
}

// FormatTime writes a time in another layout.
func FormatTime(layout string) func(any) any {
	return ToText(func(s string) string {
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			return s
		}
		return t.Format(layout)
	})
}

// OnList edits a list that is not empty.
func OnList(edit func(list []any) []any) func(any) any {
	return func(v any) any {
		if list, ok := v.([]any); ok && len(list) > 0 {
			return edit(list)
		}
		return v
	}
}

// First leaves the first element.
func First(list []any) []any { return list[:1] }

// Last leaves the last element.
func Last(list []any) []any { return list[len(list)-1:] }

// PEM puts the lines of a PEM file around a text.
func PEM(s string) string {
	return "-----BEGIN CERTIFICATE-----\n" + s + "\n-----END CERTIFICATE-----\n"
}

// OtherID is an id that differs from this one.
func OtherID(id string) string { return id + "-2" }

// Text is the value if it is a string, and "" if not.
func Text(v any) string { s, _ := v.(string); return s }

// IsObject says whether the value is an object.
func IsObject(v any) bool { _, ok := v.(*scim.Object); return ok }

// ObjectsIn are the object itself, or the objects of a list.
func ObjectsIn(v any) []*scim.Object {
	switch v := v.(type) {
	case *scim.Object:
		return []*scim.Object{v}
	case []any:
		var objects []*scim.Object
		for _, e := range v {
			if o, ok := e.(*scim.Object); ok {
				objects = append(objects, o)
			}
		}
		return objects
	}
	return nil
}

// EachOf edits the objects of a list.
func EachOf(o *scim.Object, name string, edit func(e *scim.Object)) {
	for _, e := range ObjectsIn(o.Array(name)) {
		edit(e)
	}
}

// ElementValue is the "value" of an element of a list.
func ElementValue(v any) string {
	o, _ := v.(*scim.Object)
	return o.String("value")
}

// Contains says whether a list has an element with the same "value".
func Contains(list []any, element any) bool {
	return slices.ContainsFunc(list, func(v any) bool { return ElementValue(v) == ElementValue(element) })
}

// InBoth are the elements of now whose "value" is in before.
func InBoth(before, now []any) []any {
	var both []any
	for _, v := range now {
		if slices.ContainsFunc(before, func(b any) bool { return ElementValue(b) == ElementValue(v) }) {
			both = append(both, v)
		}
	}
	return both
}

// Appended is one list behind another.
func Appended(lists ...[]any) []any {
	var all []any
	for _, list := range lists {
		for _, v := range list {
			all = append(all, scim.CloneValue(v))
		}
	}
	return all
}

// SameAgain says whether the first two objects are the same.
func SameAgain(list []*scim.Object) bool {
	return len(list) > 1 && scim.Equal(list[0], list[1])
}

// SeedUsers creates a few users before the client creates its first.
func SeedUsers() Wrap {
	return Stateful(func() Wrap {
		var once sync.Once
		return Handle(At("POST", "/Users"), func(next http.Handler, r *http.Request) *Answer {
			once.Do(func() {
				for _, name := range []string{"fault-1@example.com", "fault-2@example.com"} {
					Ask(next, r, http.MethodPost, "Users", scim.NewObject(
						scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
						scim.Member{Name: "userName", Value: name},
						scim.Member{Name: "displayName", Value: "Another"},
						scim.Member{Name: "name", Value: scim.NewObject(scim.Member{Name: "givenName", Value: "Another"})},
						scim.Member{Name: "title", Value: "Another"},
					))
				}
			})
			return nil
		})
	})
}

// PartOf is the object that is a part of another one; a new one, which goes nowhere, where
// there is no such part, as in an answer that shows only what was asked for.
func PartOf(o *scim.Object, name string) *scim.Object {
	if part := o.Object(name); part != nil {
		return part
	}
	return scim.NewObject()
}
