package rfc7644

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchFaults violate features/rfc7644/3.5.2_patch.feature.
func patchFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.5.2-01", "null will do for schemas", rewrite.Requests(rewrite.At("PATCH", "/*/*"), func(r *http.Request, body *scim.Object) {
			if v, there := body.Get("schemas"); there && scim.KindOf(v) == "null" {
				completeSchemas(r, body)
			}
		})},
		{"RFC7644-3.5.2-01", "a number will do for schemas", rewrite.Requests(rewrite.At("PATCH", "/*/*"), func(r *http.Request, body *scim.Object) {
			if v, there := body.Get("schemas"); there && scim.KindOf(v) == "number" {
				completeSchemas(r, body)
			}
		})},
		{"RFC7644-3.5.2-01", "schemas that are null are a server error", rewrite.Break(func(r *http.Request) bool {
			v, there := rewrite.BodyOf(r).Get("schemas")
			return rewrite.At("PATCH", "/*/*")(r) && there && v == nil
		})},
		{"RFC7644-3.5.2-01", "a null among the schemas is passed over", rewrite.Requests(rewrite.At("PATCH", "/*/*"), func(r *http.Request, body *scim.Object) {
			if list := body.Array("schemas"); len(list) == 1 && list[0] == nil {
				completeSchemas(r, body)
			}
		})},
		{"RFC7644-3.5.2-01", "schemas are not looked at", rewrite.Requests(rewrite.At("PATCH", "/*/*"), completeSchemas)},
		{"RFC7644-3.5.2-01", "schemas may be missing", rewrite.Requests(rewrite.At("PATCH", "/*/*"), func(r *http.Request, body *scim.Object) {
			if _, found := body.Get("schemas"); !found {
				completeSchemas(r, body)
			}
		})},
		{"RFC7644-3.5.2-01", "schemas may be empty", rewrite.Requests(rewrite.At("PATCH", "/*/*"), func(r *http.Request, body *scim.Object) {
			if len(body.Array("schemas")) == 0 {
				completeSchemas(r, body)
			}
		})},
		{"RFC7644-3.5.2-01", "schemas may name another schema", rewrite.Requests(rewrite.At("PATCH", "/*/*"), func(r *http.Request, body *scim.Object) {
			if len(body.Array("schemas")) > 0 {
				completeSchemas(r, body)
			}
		})},
		{"RFC7644-3.5.2-01", "schemas may be missing for groups", rewrite.Requests(rewrite.At("PATCH", "/Groups/*"), completeSchemas)},
		{"RFC7644-3.5.2-01", "missing schemas answer 500", rewrite.RefusalsBecome(scim.Internal("null"))},
		{"RFC7644-3.5.2-01", "missing schemas answer 204 and do nothing", rewrite.Answers(rewrite.At("PATCH", "/*/*"), rewrite.RefusalIsSuccess)},

		{"RFC7644-3.5.2-02", "a PATCH with a number for its operations answers 204", withoutOperationsIsFine("number")},
		{"RFC7644-3.5.2-02", "a null among the operations is passed over", rewrite.Handle(rewrite.At("PATCH", "/*/*"), func(_ http.Handler, r *http.Request) *rewrite.Answer {
			if list := rewrite.BodyOf(r).Array("Operations"); len(list) == 1 && list[0] == nil {
				return rewrite.NewAnswer(http.StatusNoContent, nil)
			}
			return nil
		})},
		{"RFC7644-3.5.2-02", "a PATCH without operations answers 204", withoutOperationsIsFine("absent")},
		{"RFC7644-3.5.2-02", "a PATCH with an empty list answers 204", withoutOperationsIsFine("empty")},
		{"RFC7644-3.5.2-02", "a PATCH with null for its operations answers 204", withoutOperationsIsFine("null")},
		{"RFC7644-3.5.2-02", "a PATCH with a text for its operations answers 204", withoutOperationsIsFine("string")},
		{"RFC7644-3.5.2-02", "a PATCH without operations answers 500", rewrite.RefusalsBecome(scim.Internal("null"))},
		{"RFC7644-3.5.2-02", "an operation that is no object is skipped", rewrite.Answers(rewrite.At("PATCH", "/*/*"), rewrite.RefusalIsSuccess)},

		{"RFC7644-3.5.2-03", "an op in a list is taken as it is", rewrite.MisreadOperations("/*/*", opIs("array"), rewrite.Becomes("replace"))},
		{"RFC7644-3.5.2-03", "an op that is an object is skipped", rewrite.IgnoreOperations("/*/*", opIs("object"))},
		{"RFC7644-3.5.2-03", "an op that is true is a server error", rewrite.Break(func(r *http.Request) bool {
			return rewrite.At("PATCH", "/*/*")(r) && rewrite.HasOperation(opIs("boolean"))(rewrite.BodyOf(r))
		})},
		{"RFC7644-3.5.2-03", "an unknown op is taken for replace", rewrite.MisreadOperations("/*/*", rewrite.Does("update", ""), rewrite.Becomes("replace"))},
		{"RFC7644-3.5.2-03", "a missing op is taken for replace", rewrite.MisreadOperations("/*/*", noOp, rewrite.Becomes("replace"))},
		{"RFC7644-3.5.2-03", "a missing op is skipped", rewrite.IgnoreOperations("/*/*", noOp)},
		{"RFC7644-3.5.2-03", "an op that is a number is taken for replace", rewrite.MisreadOperations("/*/*", func(op *scim.Object) bool {
			v, _ := op.Get("op")
			return scim.KindOf(v) == "number"
		}, rewrite.Becomes("replace"))},
		{"RFC7644-3.5.2-03", "an unknown op is skipped", rewrite.IgnoreOperations("/*/*", rewrite.Does("update", ""))},
		{"RFC7644-3.5.2-03", "move is done without a word", rewrite.IgnoreOperations("/*/*", rewrite.Does("move", ""))},
		{"RFC7644-3.5.2-03", "copy is taken for add", rewrite.MisreadOperations("/*/*", rewrite.Does("copy", ""), rewrite.Becomes("add"))},
		{"RFC7644-3.5.2-03", "test is done without a word", rewrite.IgnoreOperations("/*/*", rewrite.Does("test", ""))},
		{"RFC7644-3.5.2-03", "an empty op is taken for add", rewrite.MisreadOperations("/*/*", rewrite.Does("", ""), func(op *scim.Object) {
			if v, found := op.Get("op"); found && v == "" {
				op.Set("op", "add")
			}
		})},
		{"RFC7644-3.5.2-03", "an unknown op answers 500", rewrite.RefusalsBecome(scim.Internal("switch"))},
		{"RFC7644-3.5.2-03", "an unknown op answers 422", rewrite.EditPatchErrors("/*/*", rewrite.Always, http.StatusUnprocessableEntity, "invalidSyntax")},
		{"RFC7644-3.5.2-03", "an unknown op answers noTarget", rewrite.EditPatchErrors("/*/*", rewrite.Always, 0, "noTarget")},
		{"RFC7644-3.5.2-03", "an unknown op of a group is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("update", ""))},

		{"RFC7644-3.5.2-04", "an op in capital letters is refused", rewrite.RefuseOperations("/*/*", capitalized, scim.InvalidSyntax("unknown op"))},
		{"RFC7644-3.5.2-04", "an op in capital letters is skipped", rewrite.IgnoreOperations("/*/*", capitalized)},
		{"RFC7644-3.5.2-04", "Add is refused", rewrite.RefuseOperations("/*/*", rewrite.AllOf(capitalized, rewrite.Does("add", "")), scim.InvalidSyntax("unknown op"))},
		{"RFC7644-3.5.2-04", "Remove is refused for groups", rewrite.RefuseOperations("/Groups/*", rewrite.AllOf(capitalized, rewrite.Does("remove", "")), scim.InvalidSyntax("unknown op"))},
		{"RFC7644-3.5.2-04", "REPLACE is refused and Replace is not", rewrite.RefuseOperations("/*/*", func(op *scim.Object) bool { return op.String("op") == "REPLACE" }, scim.InvalidSyntax("unknown op"))},

		{"RFC7644-3.5.2-05", "a remove without a path is skipped", rewrite.IgnoreOperations("/*/*", rewrite.Does("remove", "-"))},
		{"RFC7644-3.5.2-05", "a remove without a path answers invalidPath", rewrite.EditPatchErrors("/*/*", rewrite.Always, 0, "invalidPath")},
		{"RFC7644-3.5.2-05", "a remove without a path answers without a scimType", rewrite.PatchAnswers("/*/*", rewrite.Always, func(a *rewrite.Answer) { a.Body.Delete("scimType") })},
		{"RFC7644-3.5.2-05", "a remove without a path answers 500", rewrite.RefusalsBecome(scim.Internal("null"))},
		{"RFC7644-3.5.2-05", "a remove without a path removes the members", rewrite.MisreadOperations("/Groups/*", rewrite.Does("remove", "-"), func(op *scim.Object) { op.Set("path", "members") })},
		{"RFC7644-3.5.2-05", "a remove without a path removes the attributes in its value", rewrite.MisreadOperations("/Users/*", rewrite.AllOf(rewrite.Does("remove", "-"), rewrite.ValueOfType("object")), func(op *scim.Object) { op.Set("path", "displayName") })},

		{"RFC7644-3.5.2-06", "a path in a list is taken as it is", rewrite.MisreadOperations("/*/*", memberIs("path", "array"), rewrite.Setting("path", "displayName"))},
		{"RFC7644-3.5.2-06", "a path that is an object is skipped", rewrite.IgnoreOperations("/*/*", memberIs("path", "object"))},
		{"RFC7644-3.5.2-06", "a path that is true is a server error", rewrite.Break(func(r *http.Request) bool {
			return rewrite.At("PATCH", "/*/*")(r) && rewrite.HasOperation(memberIs("path", "boolean"))(rewrite.BodyOf(r))
		})},
		{"RFC7644-3.5.2-06", "an operation with a malformed path is skipped", rewrite.IgnoreOperations("/Users/*", malformed)},
		{"RFC7644-3.5.2-06", "a filter that is never closed is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", `emails[type eq "work"`))},
		{"RFC7644-3.5.2-06", "an index selects an element", rewrite.MisreadOperations("/Users/*", rewrite.PathHas("[0]"), rewrite.PathBecomes("[0]", `[type eq "work"]`))},
		{"RFC7644-3.5.2-06", "an empty filter selects everything", rewrite.MisreadOperations("/Users/*", rewrite.PathHas("[]"), rewrite.PathBecomes("[]", ""))},
		{"RFC7644-3.5.2-06", "a pointer is an attribute", rewrite.MisreadOperations("/Users/*", rewrite.Does("", "/displayName"), rewrite.PathBecomes("/", ""))},
		{"RFC7644-3.5.2-06", "a path that is no text is no path", rewrite.IgnoreOperations("/Users/*", func(op *scim.Object) bool {
			v, _ := op.Get("path")
			return scim.KindOf(v) == "number"
		})},
		{"RFC7644-3.5.2-06", "a dot at the end is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("", "name."))},
		{"RFC7644-3.5.2-06", "an unknown operator selects everything", rewrite.IgnoreOperations("/Users/*", rewrite.PathHas(" is "))},
		{"RFC7644-3.5.2-06", "a malformed path answers 500", rewrite.RefusalsBecome(scim.Internal("index out of range"))},
		{"RFC7644-3.5.2-06", "a malformed path answers 404", rewrite.EditPatchErrors("/*/*", rewrite.Always, http.StatusNotFound, "")},

		{"RFC7644-3.5.2-07", "an unknown attribute is ignored", rewrite.IgnoreOperations("/*/*", rewrite.PathHas("sduo"))},
		{"RFC7644-3.5.2-07", "an unknown attribute is ignored by add", rewrite.IgnoreOperations("/*/*", rewrite.AllOf(rewrite.Does("add", ""), rewrite.PathHas("sduo")))},
		{"RFC7644-3.5.2-07", "an unknown attribute is ignored by remove", rewrite.IgnoreOperations("/*/*", rewrite.Does("remove", "sduo*"))},
		{"RFC7644-3.5.2-07", "an unknown part is ignored", rewrite.IgnoreOperations("/Users/*", rewrite.Does("", "name.sduo*"))},
		{"RFC7644-3.5.2-07", "an unknown schema is ignored", rewrite.IgnoreOperations("/Users/*", rewrite.Does("", "urn:sduo*"))},
		{"RFC7644-3.5.2-07", "an unknown attribute of a group is ignored", rewrite.IgnoreOperations("/Groups/*", rewrite.PathHas("sduo"))},
		{"RFC7644-3.5.2-07", "an unknown attribute answers 500", rewrite.RefusalsBecome(scim.Internal("nil"))},
		{"RFC7644-3.5.2-07", "an unknown attribute answers mutability", rewrite.EditPatchErrors("/*/*", rewrite.Always, 0, "mutability")},
		{"RFC7644-3.5.2-07", "an unknown attribute is stored", rewrite.MisreadOperations("/Users/*", rewrite.Does("", "sduo*"), func(op *scim.Object) { op.Set("path", "nickName") })},

		{"RFC7644-3.5.2-08", "a readOnly attribute is skipped", rewrite.IgnoreOperations("/*/*", rewrite.ReadOnlyPath)},
		{"RFC7644-3.5.2-08", "a readOnly attribute is skipped by add", rewrite.IgnoreOperations("/*/*", rewrite.AllOf(rewrite.Does("add", ""), rewrite.ReadOnlyPath))},
		{"RFC7644-3.5.2-08", "a readOnly attribute is skipped beside others", rewrite.IgnoreOperations("/Users/*", func(op *scim.Object) bool {
			return op.String("op") == "replace" && op.String("path") == "id"
		})},
		{"RFC7644-3.5.2-08", "metadata are skipped", rewrite.IgnoreOperations("/*/*", rewrite.Does("", "meta*"))},
		{"RFC7644-3.5.2-08", "the id of a group is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("", "id"))},
		{"RFC7644-3.5.2-08", "the groups of a user are skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("", "groups"))},
		{"RFC7644-3.5.2-08", "a readOnly attribute answers invalidPath", rewrite.EditPatchErrors("/*/*", rewrite.ReadOnlyPath, 0, "invalidPath")},
		{"RFC7644-3.5.2-08", "a readOnly attribute answers 403", rewrite.EditPatchErrors("/*/*", rewrite.ReadOnlyPath, http.StatusForbidden, "mutability")},
		{"RFC7644-3.5.2-08", "a readOnly attribute answers 500", rewrite.RefusalsBecome(scim.Internal("nil"))},
		{"RFC7644-3.5.2-08", "an id among other attributes is taken over", rewrite.EditPatchOutcome("/Users/*", rewrite.NamesMember("id"), func(c rewrite.Change) { c.Now.Set("id", "another") })},
		{"RFC7644-3.5.2-08", "an id among other attributes answers 500", rewrite.RefuseOperations("/Users/*", rewrite.NamesMember("id"), scim.Internal("nil"))},

		{"RFC7644-3.5.2-09", "a member with a $ref is refused", rewrite.RefuseOperations("/Groups/*", memberWith("$ref"), scim.MutabilityError("members.$ref is immutable"))},
		{"RFC7644-3.5.2-09", "a member with a type is skipped", rewrite.IgnoreOperations("/Groups/*", memberWith("type"))},

		{"RFC7644-3.5.2-10", "a word is taken for true", rewrite.MisreadOperations("/Users/*", rewrite.AllOf(rewrite.Does("", "active"), rewrite.ValueOfType("string")), func(op *scim.Object) { op.Set("value", true) })},
		{"RFC7644-3.5.2-10", "a word for a boolean is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("", "active"), rewrite.ValueOfType("string")))},
		{"RFC7644-3.5.2-10", "a list for a boolean is its first element", rewrite.MisreadOperations("/Users/*", rewrite.AllOf(rewrite.Does("", "active"), rewrite.ValueOfType("array")), func(op *scim.Object) { op.Set("value", op.Array("value")[0]) })},
		{"RFC7644-3.5.2-10", "an object for a text is stored as a text", rewrite.MisreadOperations("/Users/*", rewrite.AllOf(rewrite.Does("", "displayName"), rewrite.ValueOfType("object")), func(op *scim.Object) { op.Set("value", "[object Object]") })},
		{"RFC7644-3.5.2-10", "a list for a text is its first element", rewrite.MisreadOperations("/Users/*", rewrite.AllOf(rewrite.Does("", "displayName"), rewrite.ValueOfType("array")), func(op *scim.Object) { op.Set("value", op.Array("value")[0]) })},
		{"RFC7644-3.5.2-10", "a text for a name is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("", "name"), rewrite.ValueOfType("string")))},
		{"RFC7644-3.5.2-10", "a list for a part is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("", "name.familyName"), rewrite.ValueOfType("array")))},
		{"RFC7644-3.5.2-10", "a number for an element is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("add", "emails"))},
		{"RFC7644-3.5.2-10", "a wrong type without a path is skipped", rewrite.MisreadOperations("/Users/*", rewrite.NamesMember("active"), rewrite.WithoutInValue("active"))},
		{"RFC7644-3.5.2-10", "a wrong type answers 500", rewrite.RefusalsBecome(scim.Internal("cast"))},
		{"RFC7644-3.5.2-10", "a wrong type answers mutability", rewrite.EditPatchErrors("/*/*", rewrite.Always, 0, "mutability")},
		{"RFC7644-3.5.2-10", "a wrong type answers 409", rewrite.EditPatchErrors("/*/*", rewrite.Always, http.StatusConflict, "invalidValue")},

		{"RFC7644-3.5.2-11", "several values are primary", rewrite.EditPatchOutcome("/Users/*", rewrite.Always, keepPrimary)},
		{"RFC7644-3.5.2-11", "several values are primary after an add", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "emails"), keepPrimary)},
		{"RFC7644-3.5.2-11", "several values are primary after an add without a path", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "-"), keepPrimary)},
		{"RFC7644-3.5.2-11", "several values are primary after the mark was set", rewrite.EditPatchOutcome("/Users/*", rewrite.PathHas("].primary"), keepPrimary)},
		{"RFC7644-3.5.2-11", "several values are primary after an element was replaced", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", `emails[type eq "home"]`), keepPrimary)},
		{"RFC7644-3.5.2-11", "the first value stays the primary one", rewrite.EditPatchOutcome("/Users/*", rewrite.Always, func(c rewrite.Change) {
			keepPrimary(c)
			rewrite.EachOf(c.Now, "emails", func(e *scim.Object) {
				if e.String("type") != "work" {
					e.Delete("primary")
				}
			})
		})},
		{"RFC7644-3.5.2-11", "no value is primary any more", rewrite.EditPatchOutcome("/Users/*", rewrite.Always, func(c rewrite.Change) {
			rewrite.EachOf(c.Now, "emails", func(e *scim.Object) { e.Delete("primary") })
		})},
		{"RFC7644-3.5.2-11", "the values that are no longer primary are gone", rewrite.EditPatchOutcome("/Users/*", rewrite.Always, func(c rewrite.Change) {
			c.Now.Set("emails", slices.DeleteFunc(rewrite.Appended(c.Now.Array("emails")), func(v any) bool {
				marked, _ := v.(*scim.Object).Get("primary")
				return marked != true
			}))
		})},

		{"RFC7644-3.5.2-12", "operations before a bad one are made", rewrite.OneByOne("/Users/*", true)},
		{"RFC7644-3.5.2-12", "all but a bad operation is done", rewrite.OneByOne("/Users/*", false)},
		{"RFC7644-3.5.2-12", "operations on a group before a bad one are made", rewrite.OneByOne("/Groups/*", true)},
		{"RFC7644-3.5.2-12", "all but a bad operation on a group is done", rewrite.OneByOne("/Groups/*", false)},
		{"RFC7644-3.5.2-12", "a bad operation is skipped", swallows("/*/*")},
		{"RFC7644-3.5.2-12", "a bad operation is skipped for groups", swallows("/Groups/*")},
		{"RFC7644-3.5.2-12", "a PATCH that is undone is answered as if it had been done", rewrite.HideRefusals("/*/*", rewrite.Always)},
		{"RFC7644-3.5.2-12", "a PATCH that is undone answers 500", rewrite.RefusalsBecome(scim.Internal("transaction"))},
		{"RFC7644-3.5.2-12", "the displayName of a refused PATCH is stored", storesOneOfRefused("/Users/*", "displayName")},
		{"RFC7644-3.5.2-12", "the members of a refused PATCH are stored", storesOneOfRefused("/Groups/*", "members")},
		{"RFC7644-3.5.2-12", "only the first operation is looked at", rewrite.ReorderOperations("/*/*", func(list []any) []any { return list[:1] })},

		{"RFC7644-3.5.2-13", "operations are done in the opposite order", rewrite.ReorderOperations("/*/*", backwards)},
		{"RFC7644-3.5.2-13", "operations on groups are done in the opposite order", rewrite.ReorderOperations("/Groups/*", backwards)},
		{"RFC7644-3.5.2-13", "only the first operation is done", rewrite.ReorderOperations("/*/*", func(list []any) []any { return list[:1] })},
		{"RFC7644-3.5.2-13", "only the last operation is done", rewrite.ReorderOperations("/*/*", func(list []any) []any { return list[len(list)-1:] })},
		{"RFC7644-3.5.2-13", "removals are done last", rewrite.ReorderOperations("/*/*", func(list []any) []any { return partition(list, "remove", false) })},
		{"RFC7644-3.5.2-13", "removals are done first", rewrite.ReorderOperations("/*/*", func(list []any) []any { return partition(list, "remove", true) })},
		{"RFC7644-3.5.2-13", "replacements are done first", rewrite.ReorderOperations("/*/*", func(list []any) []any { return partition(list, "replace", true) })},
		{"RFC7644-3.5.2-13", "of two operations on one path the first counts", rewrite.ReorderOperations("/*/*", rewrite.FirstOfEachPath)},

		{"RFC7644-3.5.2-14", "a removed member is still shown in the answer", rewrite.AnswersWithBefore("PATCH", "/Groups/*", keepsInAnswer("members"))},
		{"RFC7644-3.5.2-14", "a removed element is still shown in the answer", rewrite.AnswersWithBefore("PATCH", "/Users/*", keepsInAnswer("emails"))},
		{"RFC7644-3.5.2-14", "a member added again is shown twice in the answer", twiceInAnswer("/Groups/*", "members")},
		{"RFC7644-3.5.2-14", "an element added again is shown twice in the answer", twiceInAnswer("/Users/*", "emails")},
		{"RFC7644-3.5.2-14", "the answer to a new name has no members", rewrite.PatchAnswers("/Groups/*", rewrite.NamesMember("displayName"), func(a *rewrite.Answer) { a.Body.Delete("members") })},
		{"RFC7644-3.5.2-14", "the answer to a deactivation shows an active user", rewrite.PatchAnswers("/Users/*", rewrite.OnPath("active"), func(a *rewrite.Answer) { a.Body.Set("active", true) })},
		{"RFC7644-3.5.2-14", "the answer to a renaming shows the former name", rewrite.AnswersWithBefore("PATCH", "/Users/*", func(before, body *scim.Object) { body.Set("userName", before.String("userName")) })},
		{"RFC7644-3.5.2-14", "a PATCH answers 201", rewrite.SuccessIs("PATCH", "/*/*", http.StatusCreated)},
		{"RFC7644-3.5.2-14", "a PATCH answers 202", rewrite.SuccessIs("PATCH", "/*/*", http.StatusAccepted)},
		{"RFC7644-3.5.2-14", "a PATCH of a group answers 202", rewrite.SuccessIs("PATCH", "/Groups/*", http.StatusAccepted)},
		{"RFC7644-3.5.2-14", "a PATCH answers 200 without a body", rewrite.Answers(rewrite.At("PATCH", "/*/*"), func(_ *http.Request, a *rewrite.Answer) { a.Body, a.Raw = nil, nil })},
		{"RFC7644-3.5.2-14", "a PATCH answers with the resource as it was", rewrite.AnswersWithBefore("PATCH", "/Users/*", rewrite.CopyOver)},
		{"RFC7644-3.5.2-14", "a PATCH of a group answers with the group as it was", rewrite.AnswersWithBefore("PATCH", "/Groups/*", rewrite.CopyOver)},
		{"RFC7644-3.5.2-14", "a PATCH answers with the version as it was", rewrite.AnswersWithBefore("PATCH", "/*/*", func(before, body *scim.Object) {
			rewrite.MetaAsBefore("version")(rewrite.Change{Before: before, Now: body})
		})},
		{"RFC7644-3.5.2-14", "a PATCH answers with the id only", rewrite.Shown(rewrite.At("PATCH", "/*/*"), func(o *scim.Object) {
			*o = *scim.NewObject(scim.Member{Name: "schemas", Value: o.Array("schemas")}, scim.Member{Name: "id", Value: o.String("id")})
		})},
		{"RFC7644-3.5.2-14", "a PATCH answers without the lists", rewrite.Shown(rewrite.At("PATCH", "/*/*"), func(o *scim.Object) {
			o.Delete("emails")
			o.Delete("members")
		})},
		{"RFC7644-3.5.2-14", "a PATCH answers with its own operations", patchAnswersWithRequest()},
		{"RFC7644-3.5.2-14", "a PATCH that changes nothing answers 304", answersUnchanged(http.StatusNotModified)},
		{"RFC7644-3.5.2-14", "a removal answers with the removed value", rewrite.PatchAnswers("/Users/*", rewrite.Does("remove", "externalId"), func(a *rewrite.Answer) {
			a.Body.Set("externalId", "removed")
		})},

		{"RFC7644-3.5.2-15", "the attributes parameter is ignored by PATCH", rewrite.Requests(rewrite.At("PATCH", "/*/*"), func(r *http.Request, _ *scim.Object) { r.URL.RawQuery = "" })},
		{"RFC7644-3.5.2-15", "a PATCH answers 204 although attributes were asked for", rewrite.Answers(rewrite.At("PATCH", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				*a = *rewrite.NewAnswer(http.StatusNoContent, nil)
			}
		})},
		{"RFC7644-3.5.2-15", "a PATCH of a group answers 204 although attributes were asked for", rewrite.Answers(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				*a = *rewrite.NewAnswer(http.StatusNoContent, nil)
			}
		})},
		{"RFC7644-3.5.2-15", "a PATCH answers with the changed attribute instead of the asked", rewrite.Answers(rewrite.At("PATCH", "/Users/*"), func(r *http.Request, a *rewrite.Answer) {
			if a.OK() && r.URL.Query().Get("attributes") == "externalId" {
				a.Body.Set("displayName", "After")
			}
		})},
		{"RFC7644-3.5.2-15", "a PATCH answers with no attribute but the id", rewrite.Answers(rewrite.At("PATCH", "/*/*"), func(r *http.Request, a *rewrite.Answer) {
			if a.OK() && r.URL.Query().Get("attributes") != "" {
				a.Body.Delete(r.URL.Query().Get("attributes"))
			}
		})},
		{"RFC7644-3.5.2-15", "excludedAttributes are ignored by PATCH", rewrite.Requests(rewrite.At("PATCH", "/*/*"), func(r *http.Request, _ *scim.Object) {
			if r.URL.Query().Has("excludedAttributes") {
				r.URL.RawQuery = ""
			}
		})},
		{"RFC7644-3.5.2-15", "a PATCH with parameters changes nothing", rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
			if rewrite.At("PATCH", "/*/*")(r) && r.URL.RawQuery != "" {
				r.Method, r.Body = http.MethodGet, http.NoBody
			}
			return nil
		})},
		{"RFC7644-3.5.2-15", "a PATCH with parameters answers 400", refusesWithQuery()},

		{"RFC7644-3.5.2-16", "the URN of the core schema is refused", rewrite.RefuseOperations("/Users/*", rewrite.PathHas("core:2.0:User:"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "the URN of the core schema is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.PathHas("core:2.0:User:"))},
		{"RFC7644-3.5.2-16", "the URN of the core schema is refused before a filter", rewrite.RefuseOperations("/Users/*", rewrite.AllOf(rewrite.PathHas("core:2.0:User:"), rewrite.PathHas("[")), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "the URN of the core schema is refused before a part", rewrite.RefuseOperations("/Users/*", rewrite.PathHas("core:2.0:User:name."), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "the URN of the core schema is refused for groups", rewrite.RefuseOperations("/Groups/*", rewrite.PathHas("core:2.0:Group:"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "the URN of an extension is refused", rewrite.RefuseOperations("/Users/*", rewrite.PathHas("enterprise:2.0:User:"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "an attribute of an extension replaces the extension", rewrite.EditPatchOutcome("/Users/*", rewrite.PathHas("enterprise:2.0:User:department"), func(c rewrite.Change) {
			c.Now.Object(scim.EnterpriseURN).Delete("costCenter")
		})},
		{"RFC7644-3.5.2-16", "remove of an attribute of an extension removes the extension", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", scim.EnterpriseURN+":department"), func(op *scim.Object) { op.Set("path", scim.EnterpriseURN) })},
		{"RFC7644-3.5.2-16", "add of an attribute of an extension is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("add", scim.EnterpriseURN+"*"))},
		{"RFC7644-3.5.2-16", "a part of an attribute of an extension is refused", rewrite.RefuseOperations("/Users/*", rewrite.PathHas("manager.value"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "a part is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("", "name.familyName"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-16", "a filter is refused", rewrite.RefuseOperations("/Users/*", rewrite.PathHas("["), scim.InvalidPath("filters are not supported"))},
		{"RFC7644-3.5.2-16", "a part behind a filter is refused", rewrite.RefuseOperations("/Users/*", rewrite.PathHas("]."), scim.InvalidPath("one or the other"))},
		{"RFC7644-3.5.2-16", "a filter is not looked at", rewrite.MisreadOperations("/Groups/*", rewrite.PathHas("["), func(op *scim.Object) {
			path := op.String("path")
			op.Set("path", path[:strings.Index(path, "[")])
		})},

		{"RFC7644-3.5.2-17", "a path in another case is refused", rewrite.RefuseOperations("/*/*", inAnotherCase, scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-17", "a path in another case is skipped", rewrite.IgnoreOperations("/*/*", inAnotherCase)},
		{"RFC7644-3.5.2-17", "a part in another case is refused", rewrite.RefuseOperations("/*/*", rewrite.PathHas(".FamilyName"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-17", "an attribute before a filter in another case is refused", rewrite.RefuseOperations("/*/*", rewrite.PathHas("EMAILS["), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-17", "an attribute within a filter in another case matches nothing", rewrite.RefuseOperations("/*/*", rewrite.PathHas("[TYPE"), scim.NoTarget("nothing matches"))},
		{"RFC7644-3.5.2-17", "an operator in capital letters is refused", rewrite.RefuseOperations("/*/*", rewrite.PathHas(" EQ "), scim.InvalidFilter("unknown operator"))},
		{"RFC7644-3.5.2-17", "a URN in another case is refused", rewrite.RefuseOperations("/*/*", rewrite.PathHas("URN:"), scim.InvalidPath("unknown attribute"))},
		{"RFC7644-3.5.2-17", "a name without a path in another case is skipped", rewrite.IgnoreOperations("/Users/*", func(op *scim.Object) bool {
			for name := range op.Object("value").All() {
				return name == "DisplayName"
			}
			return false
		})},
		{"RFC7644-3.5.2-17", "the members of a group in another case are skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("", "Members"))},

		{"RFC7644-3.5.2-18", "the URN of an extension is not added to schemas", rewrite.EditPatchOutcome("/Users/*", rewrite.Always, func(c rewrite.Change) { c.Keep("schemas") })},
		{"RFC7644-3.5.2-18", "the URN of an extension is not added to schemas without a path", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("", "-"), func(c rewrite.Change) { c.Keep("schemas") })},
		{"RFC7644-3.5.2-18", "the URN of an extension is not added to schemas by replace", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "urn:*"), func(c rewrite.Change) { c.Keep("schemas") })},
		{"RFC7644-3.5.2-18", "the URN of an extension takes the place of that of the core", rewrite.EditPatchOutcome("/Users/*", rewrite.Always, func(c rewrite.Change) { c.Now.Set("schemas", []any{scim.EnterpriseURN}) })},
		{"RFC7644-3.5.2-18", "an extension that was not there is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("", "urn:*"))},

		{"RFC7644-3.5.2-19", "a PATCH of a deleted resource answers 400", rewrite.MissingBecomes("PATCH", "/*/*", http.StatusBadRequest)},
		{"RFC7644-3.5.2-19", "a PATCH of a deleted resource answers 500", rewrite.MissingBecomes("PATCH", "/*/*", http.StatusInternalServerError)},
		{"RFC7644-3.5.2-19", "a PATCH of a deleted user answers 204", rewrite.MissingBecomes("PATCH", "/Users/*", http.StatusNoContent)},
		{"RFC7644-3.5.2-19", "a PATCH of a deleted group answers 204", rewrite.MissingBecomes("PATCH", "/Groups/*", http.StatusNoContent)},
		{"RFC7644-3.5.2-19", "a PATCH of a deleted user answers 409", rewrite.MissingBecomes("PATCH", "/Users/*", http.StatusConflict)},

		{"RFC7644-3.5.2-20", "a PATCH leaves the time of the change alone", rewrite.EditOutcome("PATCH", "/*/*", rewrite.MetaAsBefore("lastModified"))},
		{"RFC7644-3.5.2-20", "a PATCH of a group leaves the time of the change alone", rewrite.EditOutcome("PATCH", "/Groups/*", rewrite.MetaAsBefore("lastModified"))},
		{"RFC7644-3.5.2-20", "a PATCH of a user leaves the time of the change alone", rewrite.EditOutcome("PATCH", "/Users/*", rewrite.MetaAsBefore("lastModified"))},
		{"RFC7644-3.5.2-20", "a removal leaves the time of the change alone", rewrite.EditPatchOutcome("/*/*", rewrite.Does("remove", ""), rewrite.MetaAsBefore("lastModified"))},
		{"RFC7644-3.5.2-20", "new members leave the time of the change alone", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("add", "members"), rewrite.MetaAsBefore("lastModified"))},
		{"RFC7644-3.5.2-20", "a PATCH leaves the version alone", rewrite.EditOutcome("PATCH", "/*/*", rewrite.MetaAsBefore("version"))},
		{"RFC7644-3.5.2-20", "a PATCH of a group leaves the version alone", rewrite.EditOutcome("PATCH", "/Groups/*", rewrite.MetaAsBefore("version"))},
		{"RFC7644-3.5.2-20", "a PATCH sets the time of the change back", rewrite.EditOutcome("PATCH", "/*/*", func(c rewrite.Change) {
			rewrite.PartOf(c.Now, "meta").Set("lastModified", "2001-02-03T04:05:06Z")
		})},

		{"RFC7644-3.5.2-21", "a bracket in a value is the end of the filter", rewrite.RefuseOperations("/Users/*", rewrite.PathHas(`Home] 1`), scim.InvalidPath("unexpected end of the path"))},
		{"RFC7644-3.5.2-21", "two brackets in a value is another filter", rewrite.RefuseOperations("/Users/*", rewrite.PathHas(`[Home]`), scim.InvalidPath("unexpected end of the path"))},
		{"RFC7644-3.5.2-21", "a dot in a value is the end of the attribute", rewrite.RefuseOperations("/Users/*", rewrite.PathHas(`a.b`), scim.InvalidPath("unexpected end of the path"))},
		{"RFC7644-3.5.2-21", "a word of the filter in a value is one", rewrite.RefuseOperations("/Users/*", rewrite.PathHas(`this and that`), scim.InvalidPath("unexpected end of the path"))},
		{"RFC7644-3.5.2-21", "a round bracket in a value is one of the filter", rewrite.RefuseOperations("/Users/*", rewrite.PathHas(`not (now)`), scim.InvalidPath("unexpected end of the path"))},
		{"RFC7644-3.5.2-21", "an apostrophe in a value is a quote", rewrite.RefuseOperations("/Users/*", rewrite.PathHas(`Ann's`), scim.InvalidPath("unexpected end of the path"))},
		{"RFC7644-3.5.2-21", "a comma in a value is the end of the path", rewrite.RefuseOperations("/Users/*", rewrite.PathHas(`Alder, Ann`), scim.InvalidPath("unexpected end of the path"))},
		{"RFC7644-3.5.2-21", "escaped quotes in a value are not unescaped", rewrite.IgnoreOperations("/Users/*", rewrite.PathHas(`\"Ann`))},
		{"RFC7644-3.5.2-21", "ne is taken for eq", rewrite.MisreadOperations("/Users/*", rewrite.PathHas(" ne "), rewrite.PathBecomes(" ne ", " eq "))},
		{"RFC7644-3.5.2-21", "co is taken for eq", rewrite.MisreadOperations("/Users/*", rewrite.PathHas(" co "), rewrite.PathBecomes(" co ", " eq "))},
		{"RFC7644-3.5.2-21", "sw is taken for eq", rewrite.MisreadOperations("/Users/*", rewrite.PathHas(" sw "), rewrite.PathBecomes(" sw ", " eq "))},
		{"RFC7644-3.5.2-21", "ew is taken for eq", rewrite.MisreadOperations("/Users/*", rewrite.PathHas(" ew "), rewrite.PathBecomes(" ew ", " eq "))},
		{"RFC7644-3.5.2-21", "or is taken for and", rewrite.MisreadOperations("/Users/*", rewrite.PathHas(" or "), rewrite.PathBecomes(" or ", " and "))},
		{"RFC7644-3.5.2-21", "and is taken for or", rewrite.MisreadOperations("/Users/*", rewrite.PathHas(" and "), rewrite.PathBecomes(" and ", " or "))},
		{"RFC7644-3.5.2-21", "not is ignored", rewrite.MisreadOperations("/Users/*", rewrite.PathHas("not ("), rewrite.PathBecomes("not (", "("))},
		{"RFC7644-3.5.2-21", "parentheses are ignored", rewrite.MisreadOperations("/Users/*", rewrite.PathHas("(type"), func(op *scim.Object) {
			op.Set("path", strings.NewReplacer("[(", "[", ") and", " and").Replace(op.String("path")))
		})},
		{"RFC7644-3.5.2-21", "only eq is known", rewrite.RefuseOperations("/Users/*", func(op *scim.Object) bool {
			return slices.ContainsFunc([]string{" ne ", " co ", " sw ", " ew "}, func(s string) bool { return strings.Contains(op.String("path"), s) })
		}, scim.InvalidFilter("unknown operator"))},
		{"RFC7644-3.5.2-21", "logic is not known", rewrite.RefuseOperations("/Users/*", func(op *scim.Object) bool {
			return strings.Contains(op.String("path"), " or ") || strings.Contains(op.String("path"), " and ")
		}, scim.InvalidFilter("one condition only"))},
		{"RFC7644-3.5.2-21", "the second condition is not looked at", rewrite.MisreadOperations("/Users/*", rewrite.PathHas(" and value"), func(op *scim.Object) {
			path := op.String("path")
			op.Set("path", path[:strings.Index(path, " and value")]+"]")
		})},

		{"RFC7644-3.5.2-22", "an element added to a list of two is lost", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "addresses"), rewrite.Becomes("replace"))},
		{"RFC7644-3.5.2-22", "telephone numbers cannot be removed", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", "phoneNumbers*"))},
		{"RFC7644-3.5.2-22", "an address replaced loses its postalCode", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", `addresses[*`), func(c rewrite.Change) {
			rewrite.EachOf(c.Now, "addresses", func(e *scim.Object) { e.Delete("postalCode") })
		})},
		{"RFC7644-3.5.2-22", "the division cannot be changed", rewrite.IgnoreOperations("/Users/*", rewrite.PathHas("division"))},
		{"RFC7644-3.5.2-22", "the middleName is taken for the givenName", rewrite.MisreadOperations("/Users/*", rewrite.Does("", "name.middleName"), func(op *scim.Object) { op.Set("path", "name.givenName") })},
		{"RFC7644-3.5.2-22", "the fourth operation is lost", rewrite.ReorderOperations("/*/*", func(list []any) []any { return list[:min(len(list), 3)] })},
		{"RFC7644-3.5.2-22", "the third operation on a group is lost", rewrite.ReorderOperations("/Groups/*", func(list []any) []any { return list[:min(len(list), 2)] })},
		{"RFC7644-3.5.2-22", "the display of an element cannot be removed", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("remove", ""), rewrite.PathHas("].display")))},
		{"RFC7644-3.5.2-22", "a whole name replaces nothing", rewrite.IgnoreOperations("/Users/*", rewrite.NamesMember("name"))},
		{"RFC7644-3.5.2-22", "an element of a type replaces those of all types", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", `phoneNumbers[*`), func(c rewrite.Change) {
			if list := c.Now.Array("phoneNumbers"); len(list) > 1 {
				c.Now.Set("phoneNumbers", list[:1])
			}
		})},
		{"RFC7644-3.5.2-22", "a group never has more than three members", rewrite.EditPatchOutcome("/Groups/*", rewrite.Always, func(c rewrite.Change) {
			if list := c.Now.Array("members"); len(list) > 3 {
				c.Now.Set("members", list[:3])
			}
		})},
		{"RFC7644-3.5.2-22", "a member removed takes the next one along", rewrite.MisreadOperations("/Groups/*", rewrite.Does("remove", "members[*"), func(op *scim.Object) { op.Set("path", "members") })},
		{"RFC7644-3.5.2-22", "a bad operation among several is skipped", swallows("/*/*")},
		{"RFC7644-3.5.2-22", "operations before a bad one are made", rewrite.OneByOne("/*/*", true)},

		{"RFC7644-3.5.2-23", "a second PATCH undoes the first", undoesFirst("/Users/*", "displayName")},
		{"RFC7644-3.5.2-23", "a second PATCH undoes the first name of a group", undoesFirst("/Groups/*", "displayName")},
		{"RFC7644-3.5.2-23", "who is renamed leaves his groups", leavesGroupsWith(rewrite.OnPath("userName"))},
		{"RFC7644-3.5.2-23", "who is deactivated leaves his groups", leavesGroupsWith(rewrite.OnPath("active"))},
		{"RFC7644-3.5.2-23", "every PATCH activates", rewrite.EditPatchOutcome("/Users/*", rewrite.OnPath("displayName"), func(c rewrite.Change) { c.Now.Set("active", true) })},
		{"RFC7644-3.5.2-23", "a PATCH loses the e-mail addresses", loses("/Users/*", "emails")},
		{"RFC7644-3.5.2-23", "a PATCH loses the name", loses("/Users/*", "name")},
		{"RFC7644-3.5.2-23", "a PATCH loses the roles", loses("/Users/*", "roles")},
		{"RFC7644-3.5.2-23", "a PATCH loses the photos", loses("/Users/*", "photos")},
		{"RFC7644-3.5.2-23", "a PATCH loses the time zone", loses("/Users/*", "timezone")},
		{"RFC7644-3.5.2-23", "a PATCH loses the externalId", loses("/Users/*", "externalId")},
		{"RFC7644-3.5.2-23", "a PATCH loses the displayName", loses("/Users/*", "displayName")},
		{"RFC7644-3.5.2-23", "a PATCH activates the user", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "emails"), func(c rewrite.Change) { c.Now.Set("active", false) })},
		{"RFC7644-3.5.2-23", "deactivation loses the e-mail addresses", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "active"), func(c rewrite.Change) { c.Now.Delete("emails") })},
		{"RFC7644-3.5.2-23", "a PATCH loses the mark of the primary value", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "externalId"), func(c rewrite.Change) {
			rewrite.EachOf(c.Now, "emails", func(e *scim.Object) { e.Delete("primary") })
		})},
		{"RFC7644-3.5.2-23", "a PATCH changes the time of the creation", rewrite.EditOutcome("PATCH", "/*/*", func(c rewrite.Change) {
			rewrite.PartOf(c.Now, "meta").Set("created", "2001-02-03T04:05:06Z")
		})},
		{"RFC7644-3.5.2-23", "a PATCH changes the location", rewrite.EditOutcome("PATCH", "/*/*", func(c rewrite.Change) {
			rewrite.PartOf(c.Now, "meta").Set("location", c.Now.Object("meta").String("location")+"/patched")
		})},
		{"RFC7644-3.5.2-23", "a PATCH of a group loses the externalId", loses("/Groups/*", "externalId")},
		{"RFC7644-3.5.2-23", "a new name loses the members", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("replace", "displayName"), func(c rewrite.Change) { c.Now.Delete("members") })},
		{"RFC7644-3.5.2-23", "a new externalId empties the group", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("replace", "externalId"), func(c rewrite.Change) { c.Now.Delete("members") })},
		{"RFC7644-3.5.2-23", "new members lose the name", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("add", "members"), func(c rewrite.Change) { c.Now.Set("displayName", "unnamed") })},
		{"RFC7644-3.5.2-23", "a removed member is removed from all groups", leavesAllGroups()},

		{"RFC7644-3.5.2-24", "a taken userName is ignored", rewrite.ShowInPlaceOfConflict("PATCH")},
		{"RFC7644-3.5.2-24", "a taken userName answers 500", rewrite.RefusalsBecome(scim.Internal("constraint"))},
		{"RFC7644-3.5.2-24", "a taken userName is ignored without a path", rewrite.IgnoreOperations("/Users/*", rewrite.NamesMember("userName"))},
		{"RFC7644-3.5.2-24", "a taken userName answers mutability", rewrite.EditPatchErrors("/Users/*", rewrite.Always, http.StatusBadRequest, "mutability")},

		{"RFC7644-3.5.2-25", "an error has no body", rewrite.PatchAnswers("/*/*", rewrite.Always, func(a *rewrite.Answer) {
			if !a.OK() {
				a.Body, a.Raw = nil, nil
			}
		})},
		{"RFC7644-3.5.2-25", "an error is a page", rewrite.PatchAnswers("/*/*", rewrite.Always, func(a *rewrite.Answer) {
			if !a.OK() {
				a.Body, a.Raw = nil, []byte("<html><body>Bad Request</body></html>")
			}
		})},
		{"RFC7644-3.5.2-25", "an error has no schemas", rewrite.PatchAnswers("/*/*", rewrite.Always, func(a *rewrite.Answer) {
			if !a.OK() {
				a.Body.Delete("schemas")
			}
		})},
		{"RFC7644-3.5.2-25", "an error tells another status", rewrite.PatchAnswers("/*/*", rewrite.Always, func(a *rewrite.Answer) {
			if !a.OK() {
				a.Body.Set("status", "500")
			}
		})},
		{"RFC7644-3.5.2-25", "an error of a missing target is a plain text", rewrite.PatchAnswers("/*/*", rewrite.Does("replace", "["), func(a *rewrite.Answer) {
			if !a.OK() {
				a.Body, a.Raw = nil, []byte("no target")
			}
		})},

		{"RFC7644-3.5.2-26", "a renamed user is found by the former name", rewrite.StaleIndex("PATCH", "/Users/*", "userName")},
		{"RFC7644-3.5.2-26", "a renamed group is found by the former name", rewrite.StaleIndex("PATCH", "/Groups/*", "displayName")},
		{"RFC7644-3.5.2-26", "a former user name stays taken", formerNameStaysTaken()},

		{"RFC7644-3.5.2-27", "the Location of a PATCH is that of the collection", rewrite.Answers(rewrite.At("PATCH", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if location := a.Header.Get("Location"); a.OK() {
				a.Header.Set("Location", location[:strings.LastIndex(location, "/")])
			}
		})},
		{"RFC7644-3.5.2-27", "the ETag of a PATCH is always the same", rewrite.Answers(rewrite.At("PATCH", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				a.Header.Set("ETag", `W/"1"`)
			}
		})},

		{"RFC7644-3.5.2-28", "null is a PATCH without operations", answersTo("PATCH", "null", rewrite.NewAnswer(http.StatusNoContent, nil))},
		{"RFC7644-3.5.2-28", "a number is a server error", answersTo("PATCH", "7", rewrite.Refusal(scim.Internal("not an object")))},
		{"RFC7644-3.5.2-28", "a body that is no JSON answers 500", rewrite.RefusalsBecome(scim.Internal("unexpected end of input"))},
		{"RFC7644-3.5.2-28", "a body that is no JSON answers 204", rewrite.Answers(rewrite.At("PATCH", "/*/*"), rewrite.RefusalIsSuccess)},
		{"RFC7644-3.5.2-28", "a body that is no JSON answers a page", rewrite.RefuseWithPage("PATCH")},
		{"RFC7644-3.5.2-28", "a list of operations is a PATCH", wrapsBareList()},

		{"RFC7644-3.5.2-29", "the answer to a PATCH shows the password", rewrite.ShowPassword("PATCH", false)},
		{"RFC7644-3.5.2-29", "a GET shows the password that a PATCH has set", rewrite.ShowPassword("PATCH", true)},
	}
}

// patchAnswersWithRequest sends the request's body back.
func patchAnswersWithRequest() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PATCH", "/*/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		sent := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if a.OK() {
			a.Body = sent
		}
		return a
	})
}

// answersUnchanged gives a PATCH that changed nothing another status.
func answersUnchanged(status int) rewrite.Wrap {
	return rewrite.AnswersWithBeforeAnd("PATCH", "/*/*", func(before *scim.Object, a *rewrite.Answer) {
		if scim.Equal(before, a.Body) {
			*a = *rewrite.NewAnswer(status, nil)
		}
	})
}

// refusesWithQuery refuses a PATCH with parameters.
func refusesWithQuery() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
		if rewrite.At("PATCH", "/*/*")(r) && r.URL.RawQuery != "" {
			return rewrite.Refusal(scim.InvalidSyntax("PATCH takes no parameters"))
		}
		return nil
	})
}

// formerNameStaysTaken refuses a new user under a name that another one had.
func formerNameStaysTaken() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		former := map[string]bool{}
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case rewrite.At("PATCH", "/Users/*")(r):
				former[rewrite.Current(next, r).String("userName")] = true
			case rewrite.At("POST", "/Users")(r) && former[rewrite.BodyOf(r).String("userName")]:
				return rewrite.Refusal(scim.UniquenessError("the name is taken"))
			}
			return rewrite.Serve(next, r)
		})
	})
}

// keepPrimary leaves the mark with those that had it.
func keepPrimary(c rewrite.Change) {
	marked := map[string]bool{}
	rewrite.EachOf(c.Before, "emails", func(e *scim.Object) {
		if v, _ := e.Get("primary"); v == true {
			marked[e.String("value")] = true
		}
	})
	rewrite.EachOf(c.Now, "emails", func(e *scim.Object) {
		if marked[e.String("value")] {
			e.Set("primary", true)
		}
	})
}

// loses clears an attribute that no operation names.
func loses(place, name string) rewrite.Wrap {
	return rewrite.EditOutcome("PATCH", place, func(c rewrite.Change) {
		if !c.Any(func(op *scim.Object) bool { return strings.HasPrefix(op.String("path"), name) }) {
			c.Now.Delete(name)
		}
	})
}

func backwards(list []any) []any {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// partition moves the operations of a name to the front or to the end.
func partition(list []any, name string, front bool) []any {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b any) int {
		isA, isB := a.(*scim.Object).String("op") == name, b.(*scim.Object).String("op") == name
		switch isA {
		case isB:
			return 0
		case front:
			return -1
		}
		return 1
	})
	return list
}

// storesOneOfRefused does the operations on one attribute of a PATCH that is refused.
func storesOneOfRefused(place, name string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PATCH", place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		sent := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		for _, op := range rewrite.Operations(sent) {
			if !a.OK() && strings.HasPrefix(op.String("path"), name) {
				rewrite.Ask(next, r, http.MethodPatch, rewrite.PlaceOf(r), rewrite.PatchOf(op))
			}
		}
		return a
	})
}

// leavesAllGroups empties every other group when a member is removed from one.
func leavesAllGroups() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if rewrite.At("PATCH", "/Groups/*")(r) && (rewrite.Change{Sent: rewrite.BodyOf(r)}).Any(rewrite.Does("remove", "members[*")) {
			all := rewrite.Ask(next, r, http.MethodGet, "Groups", nil)
			for _, group := range all.Resources() {
				if group.String("id") != rewrite.Segments(r)[1] {
					rewrite.Ask(next, r, http.MethodPatch, "Groups/"+group.String("id"), rewrite.BodyOf(r))
				}
			}
		}
		return nil
	})
}

func completeSchemas(_ *http.Request, body *scim.Object) {
	body.Set("schemas", []any{scim.PatchOpURN})
}

// withoutOperationsIsFine answers 204 if the operations are "absent", "empty", or
// of this JSON type.
func withoutOperationsIsFine(which string) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
		if rewrite.At("PATCH", "/*/*")(r) && operationsAre(rewrite.BodyOf(r)) == which {
			return rewrite.NewAnswer(http.StatusNoContent, nil)
		}
		return nil
	})
}

// operationsAre says of what kind the operations of a PATCH are.
func operationsAre(body *scim.Object) string {
	value, found := body.Get("Operations")
	list, isList := value.([]any)
	switch {
	case !found:
		return "absent"
	case isList && len(list) == 0:
		return "empty"
	}
	return scim.KindOf(value)
}

func noOp(op *scim.Object) bool {
	v, _ := op.Get("op")
	return v == nil
}

func capitalized(op *scim.Object) bool {
	return op.String("op") != strings.ToLower(op.String("op"))
}

// wrapsBareList takes a list of operations for a PATCH.
func wrapsBareList() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PATCH", "/*/*"), func(_ http.Handler, r *http.Request) *rewrite.Answer {
		raw, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(raw))
		if v, err := scim.Parse(raw); err == nil {
			if list, ok := v.([]any); ok {
				rewrite.SetBody(r, rewrite.PatchOf(list...))
			}
		}
		return nil
	})
}

var malformedPaths = []string{
	`emails[type eq "work"`, "emails[type eq ].value", "emails[].value", `emails[type is "work"].value`, `emails[type eq "work].value`,
	"name..familyName", "name.", "emails[0].value", "/displayName", "display Name", `emails[type eq "work" and].value`,
}

func malformed(op *scim.Object) bool { return slices.Contains(malformedPaths, op.String("path")) }

func memberWith(part string) rewrite.Choice {
	return func(op *scim.Object) bool {
		found := false
		rewrite.EachOf(op, "value", func(e *scim.Object) { _, has := e.Get(part); found = found || has })
		return found && op.String("path") == "members"
	}
}

// inAnotherCase chooses paths that differ from the schema in case.
func inAnotherCase(op *scim.Object) bool {
	path := op.String("path")
	for _, known := range []string{"displayName", "name.familyName", "members", `emails[type eq "work"].value`, scim.UserURN + ":displayName"} {
		if strings.EqualFold(path, known) && path != known {
			return true
		}
	}
	return false
}

// swallows does what can be done of a PATCH and answers success.
func swallows(place string) rewrite.Wrap {
	return func(next http.Handler) http.Handler {
		inner := rewrite.OneByOne(place, false)(next)
		return rewrite.Answers(rewrite.At("PATCH", place), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusBadRequest {
				*a = *rewrite.NewAnswer(http.StatusNoContent, nil)
			}
		})(inner)
	}
}

// keepsInAnswer shows the list as it was where a change made it shorter.
func keepsInAnswer(list string) func(before, body *scim.Object) {
	return func(before, body *scim.Object) {
		if was := before.Array(list); len(body.Array(list)) < len(was) {
			body.Set(list, scim.CloneValue(any(was)))
		}
	}
}

// twiceInAnswer shows what an operation adds beside what was there, also if it was there.
func twiceInAnswer(place, list string) rewrite.Wrap {
	return rewrite.PatchAnswers(place, rewrite.Does("add", list), func(a *rewrite.Answer) {
		if all := a.Body.Array(list); len(all) > 0 {
			a.Body.Set(list, rewrite.Appended(all, all[:1]))
		}
	})
}

// opIs chooses operations whose op is of this kind, as scim.KindOf calls it.
func opIs(kind string) rewrite.Choice { return memberIs("op", kind) }

// memberIs chooses operations with a member of this kind.
func memberIs(name, kind string) rewrite.Choice {
	return func(op *scim.Object) bool {
		v, there := op.Get(name)
		return there && scim.KindOf(v) == kind
	}
}

// answersTo answers requests with this body.
func answersTo(methods, body string, answer *rewrite.Answer) rewrite.Wrap {
	return rewrite.Handle(rewrite.At(methods, ""), func(_ http.Handler, r *http.Request) *rewrite.Answer {
		if strings.TrimSpace(string(rewrite.RawBody(r))) == body {
			return answer
		}
		return nil
	})
}

// undoesFirst shows an attribute as it was before the last change, if that did not name it.
func undoesFirst(place, name string) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		first := map[string]any{} // as they were before the first PATCH
		patched := map[string]int{}
		return rewrite.Handle(rewrite.At("GET,PATCH", place), func(next http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			defer mu.Unlock()
			if r.Method == http.MethodPatch {
				if patched[r.URL.Path]++; patched[r.URL.Path] == 1 {
					first[r.URL.Path] = rewrite.Value(rewrite.Current(next, r), name)
				}
			}
			a := rewrite.Serve(next, r)
			if a.OK() && a.Body != nil && patched[r.URL.Path] > 1 {
				a.Body.Set(name, first[r.URL.Path])
			}
			return a
		})
	})
}

// leavesGroupsWith takes a user out of all groups with such an operation.
func leavesGroupsWith(chosen rewrite.Choice) rewrite.Wrap {
	return rewrite.AnswersWith(func(r *http.Request) bool {
		return rewrite.PatchesUsers(r) && rewrite.HasOperation(chosen)(rewrite.BodyOf(r))
	}, func(next http.Handler, r *http.Request, _ *rewrite.Answer) {
		id := rewrite.Segments(r)[1]
		for _, g := range rewrite.Ask(next, r, http.MethodGet, "Groups", nil).Resources() {
			rewrite.ChangeMember(next, r, "remove", g.String("id"), id)
		}
	})
}
