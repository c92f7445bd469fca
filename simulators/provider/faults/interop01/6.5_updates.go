package interop01

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// updatesFaults violate features/interop01/6.5_updates.feature.
func updatesFaults() rewrite.Table {
	noPath := rewrite.Does("", "-")
	asAdd, asReplace := rewrite.Becomes("add"), rewrite.Becomes("replace")
	return rewrite.Table{
		{"INTEROP01-6.5-01", "PATCH is not declared", rewrite.SetConfig("patch", "supported", false)},
		{"INTEROP01-6.5-01", "PATCH is not there", rewrite.RefuseAll(rewrite.At("PATCH", "/*/*"), scim.NotImplemented("PATCH"))},
		{"INTEROP01-6.5-01", "PATCH changes no group", rewrite.Ignore(rewrite.PatchesGroups, rewrite.AnyBody)},

		{"INTEROP01-6.5.1.1-01", "operations without a path are taken", takesNoPath()},
		{"INTEROP01-6.5.1.1-01", "operations without a path are ignored", rewrite.IgnoreOperations("/*/*", noPath)},
		{"INTEROP01-6.5.1.1-01", "operations without a path are taken at groups", rewrite.Only(rewrite.OfGroups, takesNoPath())},
		{"INTEROP01-6.5.1.1-01", "an operation without a path has the scimType invalidPath", rewrite.EditPatchErrors("/*/*", noPath, 0, "invalidPath")},
		{"INTEROP01-6.5.1.1-01", "an operation without a path is 422", rewrite.EditPatchErrors("/*/*", noPath, http.StatusUnprocessableEntity, "invalidSyntax")},
		{"INTEROP01-6.5.1.1-01", "what comes before an operation without a path is done", rewrite.OneByOne("/Users/*", true)},

		{"INTEROP01-6.5.2.1-01", "add changes no value", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("add", "displayName"), rewrite.ValueOfType(scim.KindOf(""))))},
		{"INTEROP01-6.5.2.1-01", "add of active is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("add", "active"), scim.InvalidValue("there is a value"))},
		{"INTEROP01-6.5.2.1-01", "replace of what is not there is refused", rewrite.Handle(rewrite.PatchesUsers, func(next http.Handler, r *http.Request) *rewrite.Answer {
			_, there := rewrite.Current(next, r).Get("displayName")
			if !there && rewrite.HasOperation(rewrite.Does("replace", "displayName"))(rewrite.BodyOf(r)) {
				return rewrite.Refusal(scim.NoTarget("there is no value"))
			}
			return nil
		})},

		{"INTEROP01-6.5.2.1-02", "a replaced name keeps what is not named", rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "name"), asAdd)},
		{"INTEROP01-6.5.2.1-02", "replacing a name is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("replace", "name"), scim.InvalidPath("name a part"))},

		{"INTEROP01-6.5.2.1-03", "adding to a name replaces it", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "name"), asReplace)},

		{"INTEROP01-6.5.2.2-01", "replacing e-mail addresses adds to them", rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "emails"), asAdd)},
		{"INTEROP01-6.5.2.2-01", "replacing members adds to them", rewrite.MisreadOperations("/Groups/*", rewrite.Does("replace", "members"), asAdd)},

		{"INTEROP01-6.5.2.2-02", "adding e-mail addresses replaces them", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "emails"), asReplace)},
		{"INTEROP01-6.5.2.2-02", "adding members replaces them", rewrite.MisreadOperations("/Groups/*", rewrite.Does("add", "members"), asReplace)},

		{"INTEROP01-6.5.3-02", "an operator in a path is refused as invalidPath", rewrite.RefuseOperations("/Users/*", rewrite.PathHas(" co "), scim.InvalidPath("use eq"))},
		{"INTEROP01-6.5.3-02", "an operator in a path is refused with 422", rewrite.RefuseOperations("/Users/*", rewrite.PathHas(" co "), unprocessable)},

		{"INTEROP01-6.5.3-03", "a path that selects several is refused as noTarget", rewrite.RefuseOperations("/Users/*", rewrite.PathHas("].display"), scim.NoTarget("several"))},

		{"INTEROP01-6.5.3-04", "a path that selects a whole value is refused as invalidSyntax", rewrite.RefuseOperations("/Users/*", func(op *scim.Object) bool {
			return strings.HasSuffix(op.String("path"), "]")
		}, scim.InvalidSyntax("name a part of it"))},
	}
}

var unprocessable = &scim.Error{Status: http.StatusUnprocessableEntity, ScimType: "invalidSyntax", Detail: "this cannot be processed"}

// takesNoPath takes an operation without a path for one on each of the attributes in its value.
func takesNoPath() rewrite.Wrap {
	return rewrite.Requests(rewrite.At("PATCH", "/*/*"), func(_ *http.Request, body *scim.Object) {
		if body == nil {
			return
		}
		var list []any
		for _, op := range rewrite.Operations(body) {
			if op.String("path") != "" || op.Object("value") == nil {
				list = append(list, op)
				continue
			}
			for name, v := range op.Object("value").All() {
				list = append(list, rewrite.Operation(op.String("op"), name, v))
			}
		}
		body.Set("Operations", list)
	})
}
