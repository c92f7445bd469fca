package judge

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// What a PATCH is recognised by: its operations as a whole, or one of them.

func areSeveral(operations []*scim.Object) bool { return len(operations) > 1 }

// haveOne says whether one of the operations is of this kind, of any if it is "", and so.
func haveOne(op string, is func(*scim.Object) bool) func([]*scim.Object) bool {
	return func(operations []*scim.Object) bool {
		return slices.ContainsFunc(operations, func(o *scim.Object) bool {
			return (op == "" || strings.EqualFold(o.String("op"), op)) && is(o)
		})
	}
}

// removeTwice says whether more than one operation removes what a filter selects.
func removeTwice(operations []*scim.Object) bool {
	removals := slices.DeleteFunc(slices.Clone(operations), func(o *scim.Object) bool {
		return !strings.EqualFold(o.String("op"), "remove") || !picksValues(o)
	})
	return len(removals) > 1
}

func picksValues(o *scim.Object) bool { return hasValuePath(o) }

// picksElements says whether whole elements are selected.
func picksElements(o *scim.Object) bool { return strings.HasSuffix(o.String("path"), "]") }

// picksForSeveralWords says whether a part of what is selected gets a value with a space.
func picksForSeveralWords(o *scim.Object) bool {
	return picksValues(o) && strings.Contains(o.String("value"), " ")
}

func hasTwoConditions(o *scim.Object) bool { return twoConditions.MatchString(o.String("path")) }

// renames says whether an operation gives a group another name, by a path or without.
func renames(o *scim.Object) bool {
	v, _ := o.Get("value")
	inner, _ := v.(*scim.Object)
	return strings.EqualFold(o.String("path"), "displayName") || hasNoPath(o) && inner.String("displayName") != ""
}

// namesAll says whether an operation is on this list as a whole, in whatever spelling.
func namesAll(name string) func(*scim.Object) bool {
	return func(o *scim.Object) bool {
		path := strings.ToLower(o.String("path"))
		return path[strings.LastIndexByte(path, ':')+1:] == name
	}
}

// makesActive says whether an operation activates or deactivates a user, by a path or without.
func makesActive(active bool) func(*scim.Object) bool {
	return func(o *scim.Object) bool {
		v, _ := o.Get("value")
		inner, _ := v.(*scim.Object)
		return hasPath("active")(o) && v == active || hasNoPath(o) && value(inner, "active") == active
	}
}

func hasNoPath(o *scim.Object) bool { return o.String("path") == "" }

// namesExtensionAnywhere says whether an operation is about the enterprise extension.
func namesExtensionAnywhere(o *scim.Object) bool {
	urn := strings.ToLower(scim.EnterpriseURN)
	v, _ := o.Get("value")
	return strings.HasPrefix(strings.ToLower(o.String("path")), urn) || hasNoPath(o) && strings.Contains(strings.ToLower(Text(v)), urn)
}

func hasAnyPath(o *scim.Object) bool { return !hasNoPath(o) }

func hasPath(path string) func(*scim.Object) bool {
	return func(o *scim.Object) bool { return strings.EqualFold(o.String("path"), path) }
}

// hasListOf says whether the value of an operation is one of these lists as a whole.
func hasListOf(names ...string) func(*scim.Object) bool {
	return func(o *scim.Object) bool {
		whole, _ := o.Get("value")
		inner, _ := whole.(*scim.Object)
		return slices.ContainsFunc(names, func(name string) bool {
			return strings.EqualFold(o.String("path"), name) || hasNoPath(o) && len(inner.Array(name)) > 0
		})
	}
}
