package rewrite

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Choice chooses operations of a PATCH.
type Choice func(op *scim.Object) bool

// Does chooses operations by op ("" for any) and path: "" for any, "-" for none,
// "x*" for one that begins with x, "[" for one with a filter.
func Does(name, path string) Choice {
	return func(op *scim.Object) bool {
		return (name == "" || strings.EqualFold(op.String("op"), name)) && hasPath(op.String("path"), path)
	}
}

// hasPath compares a path as Does describes.
func hasPath(path, wanted string) bool {
	switch {
	case wanted == "":
		return true
	case wanted == "-":
		return path == ""
	case wanted == "[":
		return strings.Contains(path, "[")
	case strings.HasSuffix(wanted, "*"):
		return strings.HasPrefix(path, strings.TrimSuffix(wanted, "*"))
	}
	return path == wanted
}

// AllOf chooses what both choices choose.
func AllOf(a, b Choice) Choice {
	return func(op *scim.Object) bool { return a(op) && b(op) }
}

// Always chooses every operation.
func Always(*scim.Object) bool { return true }

// OnPath chooses operations with this path, in any case.
func OnPath(path string) func(op *scim.Object) bool {
	return func(op *scim.Object) bool { return strings.EqualFold(op.String("path"), path) }
}

// PathHas chooses operations whose path contains a text.
func PathHas(part string) Choice {
	return func(op *scim.Object) bool { return strings.Contains(op.String("path"), part) }
}

// ReadOnlyPath chooses operations on attributes that a client cannot write.
func ReadOnlyPath(op *scim.Object) bool {
	path := op.String("path")
	return path == "id" || path == "groups" || strings.HasPrefix(path, "meta")
}

// SetsPath chooses operations on a path whose value is of this kind, as
// scim.KindOf calls it.
func SetsPath(path, kind string) func(op *scim.Object) bool {
	return func(op *scim.Object) bool {
		v, _ := op.Get("value")
		return strings.EqualFold(op.String("path"), path) && scim.KindOf(v) == kind
	}
}

// ValueOfType chooses operations whose value is of this kind, as scim.KindOf
// calls it; "absent" for those without a value.
func ValueOfType(kind string) Choice {
	return func(op *scim.Object) bool {
		value, found := op.Get("value")
		if !found {
			return kind == "absent"
		}
		return scim.KindOf(value) == kind
	}
}

// NamesMember chooses operations without a path whose value has this member.
func NamesMember(member string) func(op *scim.Object) bool {
	return func(op *scim.Object) bool {
		_, ok := op.Object("value").Get(member)
		return op.String("path") == "" && ok
	}
}

// Payload says whether a request's body is meant.
type Payload func(o *scim.Object) bool

// HasMembers chooses bodies with these members, whatever their values.
func HasMembers(names ...string) Payload {
	return func(o *scim.Object) bool {
		return !slices.ContainsFunc(names, func(name string) bool { _, ok := o.Get(name); return !ok })
	}
}

// HasOperation chooses PATCH bodies with such an operation.
func HasOperation(kind func(op *scim.Object) bool) Payload {
	return func(o *scim.Object) bool { return slices.ContainsFunc(Operations(o), kind) }
}

// EditOperations rewrites the chosen operations of each PATCH; nil leaves one
// out. A PATCH without any left is answered 204 and not made.
func EditOperations(place string, chosen Choice, edit func(op *scim.Object) *scim.Object) Wrap {
	return Handle(At("PATCH", place), func(_ http.Handler, r *http.Request) *Answer {
		body := BodyOf(r)
		list := []any{}
		for _, op := range Operations(body) {
			if chosen(op) {
				op = edit(op)
			}
			if op != nil {
				list = append(list, op)
			}
		}
		if len(list) == 0 && len(body.Array("Operations")) > 0 {
			return NewAnswer(http.StatusNoContent, nil)
		}
		if len(list) > 0 {
			body.Set("Operations", list)
			SetBody(r, body)
		}
		return nil
	})
}

// Patching edits the operations of each PATCH, and leaves out those that edit is
// false for.
func Patching(place string, edit func(op *scim.Object) bool) Wrap {
	return EditOperations(place, Always, func(op *scim.Object) *scim.Object {
		if edit(op) {
			return op
		}
		return nil
	})
}

// IgnoreOperations leaves the chosen operations out.
func IgnoreOperations(place string, chosen Choice) Wrap {
	return EditOperations(place, chosen, func(*scim.Object) *scim.Object { return nil })
}

// MisreadOperations edits the chosen operations.
func MisreadOperations(place string, chosen Choice, edit func(op *scim.Object)) Wrap {
	return EditOperations(place, chosen, func(op *scim.Object) *scim.Object {
		edit(op)
		return op
	})
}

// EachOperation edits every operation of the chosen PATCH requests.
func EachOperation(chosen When, edit func(op *scim.Object)) Wrap {
	return Requests(chosen, func(_ *http.Request, body *scim.Object) {
		for _, op := range Operations(body) {
			edit(op)
		}
	})
}

// OnlyOperation keeps one operation of several: the first (0) or the last (-1).
func OnlyOperation(chosen When, i int) Wrap {
	return Requests(chosen, func(_ *http.Request, o *scim.Object) {
		if all := o.Array("Operations"); len(all) > 1 {
			o.Set("Operations", []any{all[(i+len(all))%len(all)]})
		}
	})
}

// ReorderOperations changes the list of operations of a PATCH.
func ReorderOperations(place string, edit func(list []any) []any) Wrap {
	return Requests(At("PATCH", place), func(_ *http.Request, body *scim.Object) {
		if list := body.Array("Operations"); len(list) > 1 {
			body.Set("Operations", edit(list))
		}
	})
}

// DropOperations takes operations out of a body. If none is left, one that
// changes nothing takes their place.
func DropOperations(body *scim.Object, drop func(op *scim.Object) bool) {
	kept := []any{}
	for _, op := range Operations(body) {
		if !drop(op) {
			kept = append(kept, op)
		}
	}
	if body == nil || body.Array("Operations") == nil {
		return
	}
	if len(kept) == 0 { // something that changes nothing
		kept = append(kept, Operation("remove", "externalId", nil))
	}
	body.Set("Operations", kept)
}

// Becomes gives an operation another op.
func Becomes(name string) func(op *scim.Object) {
	return func(op *scim.Object) { op.Set("op", name) }
}

// PathBecomes replaces a part of the path.
func PathBecomes(part, by string) func(op *scim.Object) {
	return func(op *scim.Object) { op.Set("path", strings.ReplaceAll(op.String("path"), part, by)) }
}

// WithoutInValue takes a member out of the value of an operation.
func WithoutInValue(name string) func(op *scim.Object) {
	return func(op *scim.Object) { op.Object("value").Delete(name) }
}

// WithoutFilterKeepingPart makes the filter in a path match every element.
func WithoutFilterKeepingPart(op *scim.Object) {
	path := op.String("path")
	op.Set("path", path[:strings.Index(path, "[")]+"[type pr]"+path[strings.Index(path, "]")+1:])
}

// FirstOnly leaves the first element of a list in the value.
func FirstOnly(op *scim.Object) {
	if list := op.Array("value"); len(list) > 1 {
		op.Set("value", list[:1])
	}
}

// FirstOfEachPath leaves the first operation of each path.
func FirstOfEachPath(list []any) []any {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(list), func(v any) bool {
		path := v.(*scim.Object).String("path")
		again := seen[path]
		seen[path] = true
		return again
	})
}

// ValueOf is the value of an operation.
func ValueOf(op *scim.Object) any { v, _ := op.Get("value"); return v }

// Operations are the operations in the body of a PATCH, of a bulk request or of a
// bulk response.
func Operations(body *scim.Object) []*scim.Object { return ObjectsIn(body.Array("Operations")) }

// PatchOf is the body of a PATCH with these operations.
func PatchOf(operations ...any) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
		scim.Member{Name: "Operations", Value: operations},
	)
}

// Operation is one operation of a PATCH; value is nil for none.
func Operation(op, path string, value any) *scim.Object {
	o := scim.NewObject(scim.Member{Name: "op", Value: op}, scim.Member{Name: "path", Value: path})
	if value != nil {
		o.Set("value", value)
	}
	return o
}
