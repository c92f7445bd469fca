package faults

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Which operations of a PATCH a fault is about, and how it misreads them.

// choice chooses operations of a PATCH.
type choice func(op *scim.Object) bool

// does chooses by the name of the operation ("" for any) and by its path: "" for
// any, "-" for none, "x*" for one that begins with x, "[" for one with a filter.
func does(name, path string) choice {
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

func either(choices ...choice) choice {
	return func(op *scim.Object) bool {
		for _, c := range choices {
			if c(op) {
				return true
			}
		}
		return false
	}
}

func allOf(a, b choice) choice {
	return func(op *scim.Object) bool { return a(op) && b(op) }
}

// always chooses every operation.
func always(*scim.Object) bool { return true }

// pathHas chooses operations whose path contains a text.
func pathHas(part string) choice {
	return func(op *scim.Object) bool { return strings.Contains(op.String("path"), part) }
}

// valueOfType chooses operations whose value is of this JSON type; "absent" stands for none.
func valueOfType(kind string) choice {
	return func(op *scim.Object) bool {
		value, found := op.Get("value")
		if !found {
			return kind == "absent"
		}
		return scim.KindOf(value) == kind
	}
}

// namesInValue chooses operations without a path whose value has this member.
func namesInValue(name string) choice {
	return func(op *scim.Object) bool {
		_, found := op.Object("value").Get(name)
		return found && op.String("path") == ""
	}
}

// becomes gives operations another op.
//
//go:noinline
func becomes(name string) func(op *scim.Object) {
	return func(op *scim.Object) { op.Set("op", name) }
}

// pathBecomes rewrites a part of the path.
//
//go:noinline
func pathBecomes(part, by string) func(op *scim.Object) {
	return func(op *scim.Object) { op.Set("path", strings.ReplaceAll(op.String("path"), part, by)) }
}

// withoutInValue takes a member out of the value of operations without a path.
//
//go:noinline
func withoutInValue(name string) func(op *scim.Object) {
	return func(op *scim.Object) { op.Object("value").Delete(name) }
}

// firstOnly leaves the first element of a list in the value.
func firstOnly(op *scim.Object) {
	if list := op.Array("value"); len(list) > 1 {
		op.Set("value", list[:1])
	}
}
