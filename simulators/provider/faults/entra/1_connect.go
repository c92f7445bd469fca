package entra

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// connectFaults violate features/entra/1_connect.feature.
func connectFaults() rewrite.Table {
	return rewrite.Table{
		{"ENTRA-CONNECT-01", "an empty result is answered by 404", rewrite.Answers(rewrite.ListsUsers, notFoundIfNothing)},
		{"ENTRA-CONNECT-01", "an empty result counts as one", rewrite.Answers(rewrite.ListsUsers, oneIfNothing)},
		{"ENTRA-CONNECT-01", "a space in a value is refused", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsUsers, "filter", "non-existent "), scim.InvalidFilter("a space"))},

		{"ENTRA-CONNECT-02", "no group found is answered by 404", rewrite.Answers(rewrite.ListsGroups, notFoundIfNothing)},
		{"ENTRA-CONNECT-02", "excludedAttributes is refused", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsGroups, "excludedAttributes", ""), scim.InvalidValue("excludedAttributes"))},

		{"ENTRA-CONNECT-03", "a wrong token is answered by 403", rewrite.Answers(rewrite.Anywhere, rewrite.StatusBecomes(http.StatusUnauthorized, http.StatusForbidden))},
		{"ENTRA-CONNECT-03", "a refusal shows users", rewrite.Answers(rewrite.ListsUsers, func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusUnauthorized {
				a.Body.Set("Resources", []any{})
			}
		})},

		{"ENTRA-CONNECT-04", "answers are plain text", typedFrom("text/plain", 200)},
		{"ENTRA-CONNECT-04", "errors are a page", typedFrom("text/html", 400)},

		{"ENTRA-CONNECT-05", "there is no list of schemas", rewrite.RefuseAll(rewrite.At("GET", "/Schemas"), scim.NotFound("Schemas", ""))},
		{"ENTRA-CONNECT-05", "the schema of users is missing", rewrite.ShowOnly(rewrite.At("GET", "/Schemas"), func(_ *http.Request, o *scim.Object) bool { return o.String("id") != scim.UserURN })},
		{"ENTRA-CONNECT-05", "the schemas are an array", rewrite.Answers(rewrite.At("GET", "/Schemas"), func(_ *http.Request, a *rewrite.Answer) { a.Raw, a.Body = []byte("[]"), nil })},

		{"ENTRA-CONNECT-06", "count is ignored", rewrite.EditParameters(rewrite.ListsUsers, rewrite.OmitParameters("count"))},
		{"ENTRA-CONNECT-06", "the total is that of the page", rewrite.Answers(rewrite.ListsUsers, func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("totalResults", rewrite.Number(len(a.Body.Array("Resources"))))
		})},
	}
}

// notFoundIfNothing answers an empty list by 404.
func notFoundIfNothing(_ *http.Request, a *rewrite.Answer) {
	if a.OK() && a.Body != nil && len(a.Body.Array("Resources")) == 0 {
		a.Refuse(scim.NotFound("User", "none"))
	}
}

// oneIfNothing counts nobody as one.
func oneIfNothing(_ *http.Request, a *rewrite.Answer) {
	if a.OK() && a.Body != nil && rewrite.WholeOf(a) == 0 {
		a.Body.Set("totalResults", rewrite.Number(1))
	}
}

// typedFrom gives answers with a status of from or more another media type.
func typedFrom(mediaType string, from int) rewrite.Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
		if a.Status >= from {
			a.Header.Set("Content-Type", mediaType)
		}
	})
}
