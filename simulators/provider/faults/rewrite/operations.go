package rewrite

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func OperationsIn(body *scim.Object) []*scim.Object {
	var found []*scim.Object
	for _, v := range body.Array("Operations") {
		if o, ok := v.(*scim.Object); ok {
			found = append(found, o)
		}
	}
	return found
}

// Payload says whether a request's body is of a kind.
type Payload func(o *scim.Object) bool

// HasMembers is a body with these members, whatever their values.
func HasMembers(names ...string) Payload {
	return func(o *scim.Object) bool {
		return !slices.ContainsFunc(names, func(name string) bool { _, ok := o.Get(name); return !ok })
	}
}

// HasOperation is a PATCH with an operation of a kind.
func HasOperation(kind func(op *scim.Object) bool) Payload {
	return func(o *scim.Object) bool { return slices.ContainsFunc(OperationsOf(o), kind) }
}

// OnPath is an operation with this path.
func OnPath(path string) func(op *scim.Object) bool {
	return func(op *scim.Object) bool { return strings.EqualFold(op.String("path"), path) }
}

// SetsPath is an operation on a path with a value of this kind, as scim.KindOf calls it.
func SetsPath(path, kind string) func(op *scim.Object) bool {
	return func(op *scim.Object) bool {
		v, _ := op.Get("value")
		return strings.EqualFold(op.String("path"), path) && scim.KindOf(v) == kind
	}
}

// NamesMember is an operation without a path whose value has this member.
func NamesMember(member string) func(op *scim.Object) bool {
	return func(op *scim.Object) bool {
		_, ok := op.Object("value").Get(member)
		return op.String("path") == "" && ok
	}
}

func OperationsOf(o *scim.Object) []*scim.Object {
	var operations []*scim.Object
	for _, v := range o.Array("Operations") {
		if op, ok := v.(*scim.Object); ok {
			operations = append(operations, op)
		}
	}
	return operations
}

// Mistakes rewrites the operations of a PATCH one by one.
func Mistakes(chosen When, edit func(op *scim.Object)) Wrap {
	return Requests(chosen, func(_ *http.Request, o *scim.Object) {
		for _, op := range OperationsOf(o) {
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

func DropOperations(body *scim.Object, drop func(op *scim.Object) bool) {
	kept := []any{}
	for _, v := range body.Array("Operations") {
		if op, ok := v.(*scim.Object); ok && !drop(op) {
			kept = append(kept, op)
		}
	}
	if body == nil || body.Array("Operations") == nil {
		return
	}
	if len(kept) == 0 { // something that changes nothing
		kept = append(kept, scim.NewObject(scim.Member{Name: "op", Value: "remove"}, scim.Member{Name: "path", Value: "externalId"}))
	}
	body.Set("Operations", kept)
}

// Choice chooses operations of a PATCH.
type Choice func(op *scim.Object) bool

// Does chooses by the name of the operation ("" for any) and by its path: "" for
// any, "-" for none, "x*" for one that begins with x, "[" for one with a filter.
func Does(name, path string) Choice {
	return func(op *scim.Object) bool {
		return (name == "" || strings.EqualFold(op.String("op"), name)) && hasPath(op.String("path"), path)
	}
}

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

func AllOf(a, b Choice) Choice {
	return func(op *scim.Object) bool { return a(op) && b(op) }
}

// Always chooses every operation.
func Always(*scim.Object) bool { return true }

// PathHas chooses operations whose path contains a text.
func PathHas(part string) Choice {
	return func(op *scim.Object) bool { return strings.Contains(op.String("path"), part) }
}

// ValueOfType chooses operations whose value is of this JSON type; "absent" stands for none.
func ValueOfType(kind string) Choice {
	return func(op *scim.Object) bool {
		value, found := op.Get("value")
		if !found {
			return kind == "absent"
		}
		return scim.KindOf(value) == kind
	}
}

// NamesInValue chooses operations without a path whose value has this member.
func NamesInValue(name string) Choice {
	return func(op *scim.Object) bool {
		_, found := op.Object("value").Get(name)
		return found && op.String("path") == ""
	}
}

// Becomes gives operations another op.
func Becomes(name string) func(op *scim.Object) {
	return func(op *scim.Object) { op.Set("op", name) }
}

// PathBecomes rewrites a part of the path.
func PathBecomes(part, by string) func(op *scim.Object) {
	return func(op *scim.Object) { op.Set("path", strings.ReplaceAll(op.String("path"), part, by)) }
}

// WithoutInValue takes a member out of the value of operations without a path.
func WithoutInValue(name string) func(op *scim.Object) {
	return func(op *scim.Object) { op.Object("value").Delete(name) }
}

// FirstOnly leaves the first element of a list in the value.
func FirstOnly(op *scim.Object) {
	if list := op.Array("value"); len(list) > 1 {
		op.Set("value", list[:1])
	}
}

func ReadOnlyPath(op *scim.Object) bool {
	path := op.String("path")
	return path == "id" || path == "groups" || strings.HasPrefix(path, "meta")
}

func OpsOf(body *scim.Object) []*scim.Object {
	var operations []*scim.Object
	for _, v := range body.Array("Operations") {
		if op, ok := v.(*scim.Object); ok {
			operations = append(operations, op)
		}
	}
	return operations
}

// EditOperations rewrites the chosen operations of each PATCH; nil leaves one out. A
// PATCH without any left is answered as if it had been done.
func EditOperations(place string, chosen Choice, edit func(op *scim.Object) *scim.Object) Wrap {
	return Handle(At("PATCH", place), func(next http.Handler, r *http.Request) *Answer {
		body := BodyOf(r)
		list := []any{}
		for _, op := range OpsOf(body) {
			if chosen(op) {
				op = edit(op)
			}
			if op != nil {
				list = append(list, op)
			}
		}
		if len(list) == 0 && len(body.Array("Operations")) > 0 {
			return Bare(http.StatusNoContent)
		}
		if len(list) > 0 {
			body.Set("Operations", list)
			SetBody(r, body)
		}
		return nil
	})
}

// IgnoreOperations leaves the chosen operations out without a word.
func IgnoreOperations(place string, chosen Choice) Wrap {
	return EditOperations(place, chosen, func(*scim.Object) *scim.Object { return nil })
}

// MisreadOperations takes the chosen operations as something else.
func MisreadOperations(place string, chosen Choice, edit func(op *scim.Object)) Wrap {
	return EditOperations(place, chosen, func(op *scim.Object) *scim.Object {
		edit(op)
		return op
	})
}

// RefuseOperations answers a PATCH with one of the chosen operations by an error.
func RefuseOperations(place string, chosen Choice, e *scim.Error) Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		if At("PATCH", place)(r) && (Change{Sent: BodyOf(r)}).Any(chosen) {
			return Refusal(e)
		}
		return nil
	})
}

// PatchAnswers rewrites the answers to PATCH requests with one of the chosen operations.
func PatchAnswers(place string, chosen Choice, edit func(a *Answer)) Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		if !At("PATCH", place)(r) || !(Change{Sent: BodyOf(r)}).Any(chosen) {
			return nil
		}
		a := Serve(next, r)
		edit(a)
		return a
	})
}

func PatchOf(operations ...any) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
		scim.Member{Name: "Operations", Value: operations},
	)
}

// ReorderOperations changes the list of operations of a PATCH.
func ReorderOperations(place string, edit func(list []any) []any) Wrap {
	return Requests(At("PATCH", place), func(_ *http.Request, body *scim.Object) {
		if list := body.Array("Operations"); len(list) > 1 {
			body.Set("Operations", edit(list))
		}
	})
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

// EachOf edits the objects in a list.
func EachOf(o *scim.Object, name string, edit func(e *scim.Object)) {
	for _, v := range o.Array(name) {
		if e, ok := v.(*scim.Object); ok {
			edit(e)
		}
	}
}

// Patching edits the operations of a PATCH; one that edit is false for is dropped.
func Patching(place string, edit func(op *scim.Object) bool) Wrap {
	return Requests(At("PATCH", place), func(_ *http.Request, body *scim.Object) {
		if body == nil {
			return
		}
		kept := []any{}
		for _, op := range ObjectsIn(body.Array("Operations")) {
			if edit(op) {
				kept = append(kept, op)
			}
		}
		body.Set("Operations", kept)
	})
}

func ValueOf(op *scim.Object) any { v, _ := op.Get("value"); return v }
