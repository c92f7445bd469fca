package rewrite

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func NewID(id string) string { return id + "-2" }

// Dated writes a moment in another layout.
func Dated(layout string) func(any) any {
	return ToText(func(s string) string {
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			return s
		}
		return t.Format(layout)
	})
}

func ToSeconds(v any) any {
	if t, err := time.Parse(time.RFC3339Nano, ScimText(v)); err == nil {
		return Number(int(t.Unix()))
	}
	return v
}

// FilterRewritten reads a part of filters as another one.
func FilterRewritten(old, with string) Wrap {
	return Requests(At("GET", ""), func(r *http.Request, _ *scim.Object) {
		EditQuery(r, func(q url.Values) {
			if filter := q.Get("filter"); filter != "" {
				q.Set("filter", strings.ReplaceAll(filter, old, with))
			}
		})
	})
}

// gone, given back by an edit, takes the value away.
type goneValue struct{}

var Gone = goneValue{}

func ToGone(any) any { return Gone }

func ToValue(v any) func(any) any { return func(any) any { return v } }

// ToText edits a string and leaves everything else alone.
func ToText(edit func(s string) string) func(any) any {
	return func(v any) any {
		if s, ok := v.(string); ok {
			return edit(s)
		}
		return v
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

// ObjectsIn are the object itself or the objects of a list.
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

// Showing edits a part of every resource that comes out.
func Showing(chosen When, path string, edit func(v any) any) Wrap {
	return Shown(chosen, Part(path, edit))
}

// ShowingNew gives every resource that comes out an attribute.
func ShowingNew(chosen When, name string, value func(o *scim.Object) any) Wrap {
	return Shown(chosen, func(o *scim.Object) {
		if o.String("id") != "" {
			o.Set(name, value(o))
		}
	})
}

func HasMember(name string) func(*scim.Object) bool {
	return func(o *scim.Object) bool { _, ok := o.Get(name); return ok }
}

func AnyBody(*scim.Object) bool { return true }

// ToOf gives every resource the same value.
func ToOf(v any) func(*scim.Object) any { return func(*scim.Object) any { return v } }

func IsObject(v any) bool { _, ok := v.(*scim.Object); return ok }

// OnList edits a list that is not empty.
func OnList(edit func(list []any) []any) func(any) any {
	return func(v any) any {
		if list, ok := v.([]any); ok && len(list) > 0 {
			return edit(list)
		}
		return v
	}
}

func First(list []any) []any { return list[:1] }

func Last(list []any) []any { return list[len(list)-1:] }

// SameAgain says whether two neighbours are the same.
func SameAgain(list []*scim.Object) bool {
	return len(list) > 1 && scim.Equal(list[0], list[1])
}

func ScimText(v any) string { s, _ := v.(string); return s }

func Pem(s string) string {
	return "-----BEGIN CERTIFICATE-----\n" + s + "\n-----END CERTIFICATE-----\n"
}

func HasEmptyList(body *scim.Object) bool {
	for _, v := range body.All() {
		if list, ok := v.([]any); ok && len(list) == 0 {
			return true
		}
	}
	return false
}

// ShowingIfNone makes a value up.
func ShowingIfNone(chosen When, name string, value any) Wrap {
	return Shown(chosen, func(o *scim.Object) {
		if v, _ := o.Get(name); scim.IsUnassigned(v) && o.String("id") != "" {
			o.Set(name, value)
		}
	})
}
