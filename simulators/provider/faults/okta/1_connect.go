package okta

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// connectFaults violate features/okta/1_connect.feature.
func connectFaults() rewrite.Table {
	return rewrite.Table{
		{"OKTA-CONNECT-01", "startIndex is refused", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsUsers, "startIndex", ""), scim.InvalidValue("startIndex"))},
		{"OKTA-CONNECT-01", "the list is an array", rewrite.Answers(rewrite.ListsUsers, func(_ *http.Request, a *rewrite.Answer) { a.Raw, a.Body = []byte("[]"), nil })},
		{"OKTA-CONNECT-01", "the client's name is refused", rewrite.RefuseAll(rewrite.WithHeader(rewrite.Anywhere, "User-Agent", "Okta"), scim.Forbidden("not this client"))},

		{"OKTA-CONNECT-02", "a hundred groups are too many", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsGroups, "count", "100"), scim.InvalidValue("count"))},
		{"OKTA-CONNECT-02", "the list has no Resources", rewrite.WithoutShown(rewrite.ListsGroups, "Resources")},

		{"OKTA-CONNECT-03", "totalResults is a string", numberAsText("totalResults", "2")},
		{"OKTA-CONNECT-03", "startIndex is a string", numberAsText("startIndex", "1")},
		{"OKTA-CONNECT-03", "itemsPerPage is a string", numberAsText("itemsPerPage", "1")},

		{"OKTA-CONNECT-04", "pages overlap", rewrite.Requests(rewrite.ListsUsers, func(r *http.Request, _ *scim.Object) {
			rewrite.EditQuery(r, func(q url.Values) {
				if q.Get("startIndex") == "3" {
					q.Set("startIndex", "2")
				}
			})
		})},
		{"OKTA-CONNECT-04", "the order depends on the count", rewrite.Answers(rewrite.WhenAsked(rewrite.ListsUsers, "count", "2"), func(_ *http.Request, a *rewrite.Answer) {
			list := slices.Clone(a.Body.Array("Resources"))
			slices.Reverse(list)
			a.Body.Set("Resources", list)
		})},
		{"OKTA-CONNECT-04", "every page is the first", rewrite.Requests(rewrite.ListsUsers, func(r *http.Request, _ *scim.Object) {
			rewrite.EditQuery(r, func(q url.Values) { q.Del("startIndex") })
		})},

		{"OKTA-CONNECT-05", "a wrong token is answered by 403", rewrite.Answers(rewrite.Anywhere, rewrite.StatusBecomes(http.StatusUnauthorized, http.StatusForbidden))},
		{"OKTA-CONNECT-05", "the refusal has no detail", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.SetMember("detail", nil))},
		{"OKTA-CONNECT-05", "the refusal has no status", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.SetMember("status", nil))},
		{"OKTA-CONNECT-05", "the refusal has no schema", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.SetMember("schemas", nil))},
		{"OKTA-CONNECT-05", "the refusal has no body", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.NoBody)},

		{"OKTA-CONNECT-06", "a character set is refused", rewrite.RefuseAll(rewrite.WithHeader(rewrite.CreatesUsers, "Content-Type", "charset"), scim.UnsupportedMediaType("charset"))},
		{"OKTA-CONNECT-06", "a character set cannot be asked for", rewrite.RefuseAll(rewrite.WithHeader(rewrite.CreatesUsers, "Accept", "charset"), scim.NotAcceptable("charset"))},
	}
}

// numberAsText shows a number of a list as a string.
func numberAsText(member, text string) rewrite.Wrap {
	return rewrite.Answers(rewrite.ListsUsers, func(_ *http.Request, a *rewrite.Answer) { a.Body.Set(member, text) })
}
