package faults

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchMessageFaults are about the request as a whole.
func patchMessageFaults() []Fault {
	return []Fault{
		{"RFC7644-3.5-02", "PATCH answers 501 although it is declared", refuses("/*/*", always, scim.NotImplemented("PATCH is not supported"))},
		{"RFC7644-3.5-02", "PATCH of groups answers 405 although it is declared", refuses("/Groups/*", always, scim.MethodNotAllowed("GET"))},
		{"RFC7644-3.5-02", "PATCH works although it is not declared", answers(at("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *answer) {
			a.body.Set("patch", scim.NewObject(scim.Member{Name: "supported", Value: false}))
		})},

		{"RFC7644-3.5.2-01", "schemas are not looked at", requests(at("PATCH", "/*/*"), completeSchemas)},
		{"RFC7644-3.5.2-01", "schemas may be missing", requests(at("PATCH", "/*/*"), func(r *http.Request, body *scim.Object) {
			if _, found := body.Get("schemas"); !found {
				completeSchemas(r, body)
			}
		})},
		{"RFC7644-3.5.2-01", "schemas may be empty", requests(at("PATCH", "/*/*"), func(r *http.Request, body *scim.Object) {
			if len(body.Array("schemas")) == 0 {
				completeSchemas(r, body)
			}
		})},
		{"RFC7644-3.5.2-01", "schemas may name another schema", requests(at("PATCH", "/*/*"), func(r *http.Request, body *scim.Object) {
			if len(body.Array("schemas")) > 0 {
				completeSchemas(r, body)
			}
		})},
		{"RFC7644-3.5.2-01", "schemas may be missing for groups", requests(at("PATCH", "/Groups/*"), completeSchemas)},
		{"RFC7644-3.5.2-01", "missing schemas answer 500", refusalsBecome(scim.Internal("null"))},
		{"RFC7644-3.5.2-01", "missing schemas answer 204 and do nothing", answers(at("PATCH", "/*/*"), doneAfterAll)},

		{"RFC7644-3.5.2-02", "a PATCH without operations answers 204", withoutOperationsIsFine("absent")},
		{"RFC7644-3.5.2-02", "a PATCH with an empty list answers 204", withoutOperationsIsFine("empty")},
		{"RFC7644-3.5.2-02", "a PATCH with null for its operations answers 204", withoutOperationsIsFine("null")},
		{"RFC7644-3.5.2-02", "a PATCH with a text for its operations answers 204", withoutOperationsIsFine("string")},
		{"RFC7644-3.5.2-02", "a PATCH without operations answers 500", refusalsBecome(scim.Internal("null"))},
		{"RFC7644-3.5.2-02", "an operation that is no object is skipped", answers(at("PATCH", "/*/*"), doneAfterAll)},

		{"RFC7644-3.5.2-03", "an unknown op is taken for replace", reads("/*/*", does("update", ""), becomes("replace"))},
		{"RFC7644-3.5.2-03", "a missing op is taken for replace", reads("/*/*", noOp, becomes("replace"))},
		{"RFC7644-3.5.2-03", "a missing op is skipped", ignores("/*/*", noOp)},
		{"RFC7644-3.5.2-03", "an op that is a number is taken for replace", reads("/*/*", func(op *scim.Object) bool {
			v, _ := op.Get("op")
			return scim.KindOf(v) == "number"
		}, becomes("replace"))},
		{"RFC7644-3.5.2-03", "an unknown op is skipped", ignores("/*/*", does("update", ""))},
		{"RFC7644-3.5.2-03", "move is done without a word", ignores("/*/*", does("move", ""))},
		{"RFC7644-3.5.2-03", "copy is taken for add", reads("/*/*", does("copy", ""), becomes("add"))},
		{"RFC7644-3.5.2-03", "test is done without a word", ignores("/*/*", does("test", ""))},
		{"RFC7644-3.5.2-03", "an empty op is taken for add", reads("/*/*", does("", ""), func(op *scim.Object) {
			if v, found := op.Get("op"); found && v == "" {
				op.Set("op", "add")
			}
		})},
		{"RFC7644-3.5.2-03", "an unknown op answers 500", refusalsBecome(scim.Internal("switch"))},
		{"RFC7644-3.5.2-03", "an unknown op answers 422", errorsBecome("/*/*", always, http.StatusUnprocessableEntity, "invalidSyntax")},
		{"RFC7644-3.5.2-03", "an unknown op answers noTarget", errorsBecome("/*/*", always, 0, "noTarget")},
		{"RFC7644-3.5.2-03", "an unknown op of a group is skipped", ignores("/Groups/*", does("update", ""))},

		{"RFC7644-3.5.2-04", "an op in capital letters is refused", refuses("/*/*", capitalized, scim.InvalidSyntax("unknown op"))},
		{"RFC7644-3.5.2-04", "an op in capital letters is skipped", ignores("/*/*", capitalized)},
		{"RFC7644-3.5.2-04", "Add is refused", refuses("/*/*", allOf(capitalized, does("add", "")), scim.InvalidSyntax("unknown op"))},
		{"RFC7644-3.5.2-04", "Remove is refused for groups", refuses("/Groups/*", allOf(capitalized, does("remove", "")), scim.InvalidSyntax("unknown op"))},
		{"RFC7644-3.5.2-04", "REPLACE is refused and Replace is not", refuses("/*/*", func(op *scim.Object) bool { return op.String("op") == "REPLACE" }, scim.InvalidSyntax("unknown op"))},

		{"RFC7644-3.5.2-05", "a remove without a path is skipped", ignores("/*/*", does("remove", "-"))},
		{"RFC7644-3.5.2-05", "a remove without a path answers invalidPath", errorsBecome("/*/*", always, 0, "invalidPath")},
		{"RFC7644-3.5.2-05", "a remove without a path answers without a scimType", patchAnswers("/*/*", always, func(a *answer) { a.body.Delete("scimType") })},
		{"RFC7644-3.5.2-05", "a remove without a path answers 500", refusalsBecome(scim.Internal("null"))},
		{"RFC7644-3.5.2-05", "a remove without a path removes the members", reads("/Groups/*", does("remove", "-"), func(op *scim.Object) { op.Set("path", "members") })},
		{"RFC7644-3.5.2-05", "a remove without a path removes what its value names", reads("/Users/*", allOf(does("remove", "-"), valueOfType("object")), func(op *scim.Object) { op.Set("path", "displayName") })},

		{"RFC7644-3.5.2-28", "a body that is no JSON answers 500", refusalsBecome(scim.Internal("unexpected end of input"))},
		{"RFC7644-3.5.2-28", "a body that is no JSON answers 204", answers(at("PATCH", "/*/*"), doneAfterAll)},
		{"RFC7644-3.5.2-28", "a body that is no JSON answers a page", pageForRefusal("PATCH")},
		{"RFC7644-3.5.2-28", "a list of operations is a PATCH", wrapsBareList()},
	}
}

func completeSchemas(_ *http.Request, body *scim.Object) {
	body.Set("schemas", []any{scim.PatchOpURN})
}

func doneAfterAll(_ *http.Request, a *answer) {
	if a.status == http.StatusBadRequest {
		*a = answer{status: http.StatusNoContent, header: http.Header{}}
	}
}

// withoutOperationsIsFine answers 204 if the operations are "absent", "empty", or
// of this JSON type.
func withoutOperationsIsFine(which string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", "/*/*")(r) && operationsAre(bodyOf(r)) == which {
				w.WriteHeader(http.StatusNoContent)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

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

// pageForRefusal answers a refused request by a page.
func pageForRefusal(method string) Wrap {
	return answers(at(method, "/*/*"), func(_ *http.Request, a *answer) {
		if !a.ok() {
			a.body, a.raw = nil, []byte("<html><body>Bad Request</body></html>")
		}
	})
}

// wrapsBareList takes a list of operations for a PATCH.
func wrapsBareList() Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", "/*/*")(r) {
				raw, _ := io.ReadAll(r.Body)
				r.Body = io.NopCloser(bytes.NewReader(raw))
				if v, err := scim.Parse(raw); err == nil {
					if list, ok := v.([]any); ok {
						setBody(r, patchOf(list...))
					}
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}
