package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchPathFaults are about what an operation addresses, and with what.
func patchPathFaults() []Fault {
	return []Fault{
		{"RFC7644-3.5.2-06", "an operation with a malformed path is skipped", ignores("/Users/*", malformed)},
		{"RFC7644-3.5.2-06", "a filter that is never closed is skipped", ignores("/Users/*", does("replace", `emails[type eq "work"`))},
		{"RFC7644-3.5.2-06", "an index selects an element", reads("/Users/*", pathHas("[0]"), pathBecomes("[0]", `[type eq "work"]`))},
		{"RFC7644-3.5.2-06", "an empty filter selects everything", reads("/Users/*", pathHas("[]"), pathBecomes("[]", ""))},
		{"RFC7644-3.5.2-06", "a pointer is an attribute", reads("/Users/*", does("", "/displayName"), pathBecomes("/", ""))},
		{"RFC7644-3.5.2-06", "a path that is no text is no path", ignores("/Users/*", func(op *scim.Object) bool {
			v, _ := op.Get("path")
			return scim.KindOf(v) == "number"
		})},
		{"RFC7644-3.5.2-06", "a dot at the end is skipped", ignores("/Users/*", does("", "name."))},
		{"RFC7644-3.5.2-06", "an unknown operator selects everything", ignores("/Users/*", pathHas(" is "))},
		{"RFC7644-3.5.2-06", "a malformed path answers 500", refusalsBecome(scim.Internal("index out of range"))},
		{"RFC7644-3.5.2-06", "a malformed path answers 404", errorsBecome("/*/*", always, http.StatusNotFound, "")},

		{"RFC7644-3.5.2-07", "an unknown attribute is ignored", ignores("/*/*", pathHas("sduo"))},
		{"RFC7644-3.5.2-07", "an unknown attribute is ignored by add", ignores("/*/*", allOf(does("add", ""), pathHas("sduo")))},
		{"RFC7644-3.5.2-07", "an unknown attribute is ignored by remove", ignores("/*/*", does("remove", "sduo*"))},
		{"RFC7644-3.5.2-07", "an unknown part is ignored", ignores("/Users/*", does("", "name.sduo*"))},
		{"RFC7644-3.5.2-07", "an unknown schema is ignored", ignores("/Users/*", does("", "urn:sduo*"))},
		{"RFC7644-3.5.2-07", "an unknown attribute of a group is ignored", ignores("/Groups/*", pathHas("sduo"))},
		{"RFC7644-3.5.2-07", "an unknown attribute answers 500", refusalsBecome(scim.Internal("nil"))},
		{"RFC7644-3.5.2-07", "an unknown attribute answers mutability", errorsBecome("/*/*", always, 0, "mutability")},
		{"RFC7644-3.5.2-07", "an unknown attribute is stored", reads("/Users/*", does("", "sduo*"), func(op *scim.Object) { op.Set("path", "nickName") })},

		{"RFC7644-3.5.2-08", "a readOnly attribute is skipped", ignores("/*/*", readOnlyPath)},
		{"RFC7644-3.5.2-08", "a readOnly attribute is skipped by add", ignores("/*/*", allOf(does("add", ""), readOnlyPath))},
		{"RFC7644-3.5.2-08", "a readOnly attribute is skipped beside others", ignores("/Users/*", func(op *scim.Object) bool {
			return op.String("op") == "replace" && op.String("path") == "id"
		})},
		{"RFC7644-3.5.2-08", "metadata are skipped", ignores("/*/*", does("", "meta*"))},
		{"RFC7644-3.5.2-08", "the id of a group is skipped", ignores("/Groups/*", does("", "id"))},
		{"RFC7644-3.5.2-08", "the groups of a user are skipped", ignores("/Users/*", does("", "groups"))},
		{"RFC7644-3.5.2-08", "a readOnly attribute answers invalidPath", errorsBecome("/*/*", readOnlyPath, 0, "invalidPath")},
		{"RFC7644-3.5.2-08", "a readOnly attribute answers 403", errorsBecome("/*/*", readOnlyPath, http.StatusForbidden, "mutability")},
		{"RFC7644-3.5.2-08", "a readOnly attribute answers 500", refusalsBecome(scim.Internal("nil"))},
		{"RFC7644-3.5.2-08", "an id among other attributes is taken over", effect("/Users/*", namesInValue("id"), func(c change) { c.now.Set("id", "another") })},
		{"RFC7644-3.5.2-08", "an id among other attributes answers 500", refuses("/Users/*", namesInValue("id"), scim.Internal("nil"))},

		{"RFC7644-3.5.2-09", "a member with a $ref is refused", refuses("/Groups/*", memberWith("$ref"), scim.MutabilityError("members.$ref is immutable"))},
		{"RFC7644-3.5.2-09", "a member with a type is skipped", ignores("/Groups/*", memberWith("type"))},

		{"RFC7644-3.5.2-10", "a word is taken for true", reads("/Users/*", allOf(does("", "active"), valueOfType("string")), func(op *scim.Object) { op.Set("value", true) })},
		{"RFC7644-3.5.2-10", "a word for a boolean is skipped", ignores("/Users/*", allOf(does("", "active"), valueOfType("string")))},
		{"RFC7644-3.5.2-10", "a list for a boolean is its first element", reads("/Users/*", allOf(does("", "active"), valueOfType("array")), func(op *scim.Object) { op.Set("value", op.Array("value")[0]) })},
		{"RFC7644-3.5.2-10", "an object for a text is stored as a text", reads("/Users/*", allOf(does("", "displayName"), valueOfType("object")), func(op *scim.Object) { op.Set("value", "[object Object]") })},
		{"RFC7644-3.5.2-10", "a list for a text is its first element", reads("/Users/*", allOf(does("", "displayName"), valueOfType("array")), func(op *scim.Object) { op.Set("value", op.Array("value")[0]) })},
		{"RFC7644-3.5.2-10", "a text for a name is skipped", ignores("/Users/*", allOf(does("", "name"), valueOfType("string")))},
		{"RFC7644-3.5.2-10", "a list for a part is skipped", ignores("/Users/*", allOf(does("", "name.familyName"), valueOfType("array")))},
		{"RFC7644-3.5.2-10", "a number for an element is skipped", ignores("/Users/*", does("add", "emails"))},
		{"RFC7644-3.5.2-10", "a wrong type without a path is skipped", reads("/Users/*", namesInValue("active"), withoutInValue("active"))},
		{"RFC7644-3.5.2-10", "a wrong type answers 500", refusalsBecome(scim.Internal("cast"))},
		{"RFC7644-3.5.2-10", "a wrong type answers mutability", errorsBecome("/*/*", always, 0, "mutability")},
		{"RFC7644-3.5.2-10", "a wrong type answers 409", errorsBecome("/*/*", always, http.StatusConflict, "invalidValue")},

		{"RFC7644-3.5.2-16", "the URN of the core schema is refused", refuses("/Users/*", pathHas("core:2.0:User:"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "the URN of the core schema is skipped", ignores("/Users/*", pathHas("core:2.0:User:"))},
		{"RFC7644-3.5.2-16", "the URN of the core schema is refused before a filter", refuses("/Users/*", allOf(pathHas("core:2.0:User:"), pathHas("[")), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "the URN of the core schema is refused before a part", refuses("/Users/*", pathHas("core:2.0:User:name."), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "the URN of the core schema is refused for groups", refuses("/Groups/*", pathHas("core:2.0:Group:"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "the URN of an extension is refused", refuses("/Users/*", pathHas("enterprise:2.0:User:"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "an attribute of an extension replaces the extension", effect("/Users/*", pathHas("enterprise:2.0:User:department"), func(c change) {
			c.now.Object(scim.EnterpriseURN).Delete("costCenter")
		})},
		{"RFC7644-3.5.2-16", "remove of an attribute of an extension removes the extension", reads("/Users/*", does("remove", scim.EnterpriseURN+":department"), func(op *scim.Object) { op.Set("path", scim.EnterpriseURN) })},
		{"RFC7644-3.5.2-16", "add of an attribute of an extension is skipped", ignores("/Users/*", does("add", scim.EnterpriseURN+"*"))},
		{"RFC7644-3.5.2-16", "a part of an attribute of an extension is refused", refuses("/Users/*", pathHas("manager.value"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "a part is refused", refuses("/Users/*", does("", "name.familyName"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "a filter is refused", refuses("/Users/*", pathHas("["), scim.InvalidPath("filters are not supported"))},
		{"RFC7644-3.5.2-16", "a part behind a filter is refused", refuses("/Users/*", pathHas("]."), scim.InvalidPath("one or the other"))},
		{"RFC7644-3.5.2-16", "a filter is not looked at", reads("/Groups/*", pathHas("["), func(op *scim.Object) {
			path := op.String("path")
			op.Set("path", path[:strings.Index(path, "[")])
		})},

		{"RFC7644-3.5.2-17", "a path in another case is refused", refuses("/*/*", inAnotherCase, scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-17", "a path in another case is skipped", ignores("/*/*", inAnotherCase)},
		{"RFC7644-3.5.2-17", "a part in another case is refused", refuses("/*/*", pathHas(".FamilyName"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-17", "an attribute before a filter in another case is refused", refuses("/*/*", pathHas("EMAILS["), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-17", "an attribute within a filter in another case matches nothing", refuses("/*/*", pathHas("[TYPE"), scim.NoTarget("nothing matches"))},
		{"RFC7644-3.5.2-17", "an operator in capital letters is refused", refuses("/*/*", pathHas(" EQ "), scim.InvalidFilter("unknown operator"))},
		{"RFC7644-3.5.2-17", "a URN in another case is refused", refuses("/*/*", pathHas("URN:"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-17", "a name without a path in another case is skipped", ignores("/Users/*", func(op *scim.Object) bool {
			for name := range op.Object("value").All() {
				return name == "DisplayName"
			}
			return false
		})},
		{"RFC7644-3.5.2-17", "the members of a group in another case are skipped", ignores("/Groups/*", does("", "Members"))},

		{"RFC7644-3.5.2-18", "the URN of an extension is not added to schemas", effect("/Users/*", always, func(c change) { c.keep("schemas") })},
		{"RFC7644-3.5.2-18", "the URN of an extension is not added to schemas without a path", effect("/Users/*", does("", "-"), func(c change) { c.keep("schemas") })},
		{"RFC7644-3.5.2-18", "the URN of an extension is not added to schemas by replace", effect("/Users/*", does("replace", "urn:*"), func(c change) { c.keep("schemas") })},
		{"RFC7644-3.5.2-18", "the URN of an extension takes the place of that of the core", effect("/Users/*", always, func(c change) { c.now.Set("schemas", []any{scim.EnterpriseURN}) })},
		{"RFC7644-3.5.2-18", "an extension that was not there is skipped", ignores("/Users/*", does("", "urn:*"))},

		{"RFC7644-3.5.2-21", "ne is taken for eq", reads("/Users/*", pathHas(" ne "), pathBecomes(" ne ", " eq "))},
		{"RFC7644-3.5.2-21", "co is taken for eq", reads("/Users/*", pathHas(" co "), pathBecomes(" co ", " eq "))},
		{"RFC7644-3.5.2-21", "sw is taken for eq", reads("/Users/*", pathHas(" sw "), pathBecomes(" sw ", " eq "))},
		{"RFC7644-3.5.2-21", "ew is taken for eq", reads("/Users/*", pathHas(" ew "), pathBecomes(" ew ", " eq "))},
		{"RFC7644-3.5.2-21", "or is taken for and", reads("/Users/*", pathHas(" or "), pathBecomes(" or ", " and "))},
		{"RFC7644-3.5.2-21", "and is taken for or", reads("/Users/*", pathHas(" and "), pathBecomes(" and ", " or "))},
		{"RFC7644-3.5.2-21", "not is overlooked", reads("/Users/*", pathHas("not ("), pathBecomes("not (", "("))},
		{"RFC7644-3.5.2-21", "parentheses are overlooked", reads("/Users/*", pathHas("(type"), func(op *scim.Object) {
			op.Set("path", strings.NewReplacer("[(", "[", ") and", " and").Replace(op.String("path")))
		})},
		{"RFC7644-3.5.2-21", "only eq is known", refuses("/Users/*", func(op *scim.Object) bool {
			return slices.ContainsFunc([]string{" ne ", " co ", " sw ", " ew "}, func(s string) bool { return strings.Contains(op.String("path"), s) })
		}, scim.InvalidFilter("unknown operator"))},
		{"RFC7644-3.5.2-21", "logic is not known", refuses("/Users/*", func(op *scim.Object) bool {
			return strings.Contains(op.String("path"), " or ") || strings.Contains(op.String("path"), " and ")
		}, scim.InvalidFilter("one condition only"))},
		{"RFC7644-3.5.2-21", "the second condition is not looked at", reads("/Users/*", pathHas(" and value"), func(op *scim.Object) {
			path := op.String("path")
			op.Set("path", path[:strings.Index(path, " and value")]+"]")
		})},
	}
}

var malformedPaths = []string{
	`emails[type eq "work"`, "emails[type eq ].value", "emails[].value", `emails[type is "work"].value`, `emails[type eq "work].value`,
	"name..familyName", "name.", "emails[0].value", "/displayName", "display Name", `emails[type eq "work" and].value`,
}

func malformed(op *scim.Object) bool { return slices.Contains(malformedPaths, op.String("path")) }

func readOnlyPath(op *scim.Object) bool {
	path := op.String("path")
	return path == "id" || path == "groups" || strings.HasPrefix(path, "meta")
}

func memberWith(part string) choice {
	return func(op *scim.Object) bool {
		found := false
		eachOf(op, "value", func(e *scim.Object) { _, has := e.Get(part); found = found || has })
		return found && op.String("path") == "members"
	}
}

func inAnotherCase(op *scim.Object) bool {
	path := op.String("path")
	for _, known := range []string{"displayName", "name.familyName", "members", `emails[type eq "work"].value`, scim.UserURN + ":displayName"} {
		if strings.EqualFold(path, known) && path != known {
			return true
		}
	}
	return false
}
