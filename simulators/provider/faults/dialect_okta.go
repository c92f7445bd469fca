package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

var (
	replacesUsers  = at("PUT", "/Users/*")
	replacesGroups = at("PUT", "/Groups/*")
)

// numberAsText shows a number of a list as a string.
func numberAsText(member, text string) Wrap {
	return answers(listsUsers, func(_ *http.Request, a *answer) { a.body.Set(member, text) })
}

// whenHeader narrows a choice to requests with a header that contains a text.
func whenHeader(chosen when, header, part string) when {
	return func(r *http.Request) bool { return chosen(r) && strings.Contains(r.Header.Get(header), part) }
}

// keepsBack takes a member from the answers with this status.
func keepsBack(status int, member string) Wrap {
	return answers(at("", ""), func(_ *http.Request, a *answer) {
		if a.status == status {
			a.body.Delete(member)
		}
	})
}

// bodilessAt takes the body from the answers with this status.
func bodilessAt(status int) Wrap {
	return answers(at("", ""), func(_ *http.Request, a *answer) {
		if a.status == status {
			a.raw, a.body = nil, nil
		}
	})
}

func oktaConnectFaults() []Fault {
	return []Fault{
		{"OKTA-CONNECT-01", "startIndex is refused", turnsDown(whenAsked(listsUsers, "startIndex", ""), scim.InvalidValue("startIndex"))},
		{"OKTA-CONNECT-01", "the list is an array", answers(listsUsers, func(_ *http.Request, a *answer) { a.raw, a.body = []byte("[]"), nil })},
		{"OKTA-CONNECT-01", "the client's name is refused", turnsDown(whenHeader(at("", ""), "User-Agent", "Okta"), scim.Forbidden("not this client"))},
		{"OKTA-CONNECT-02", "a hundred groups are too many", turnsDown(whenAsked(listsGroups, "count", "100"), scim.InvalidValue("count"))},
		{"OKTA-CONNECT-02", "the list has no Resources", tellsNo(listsGroups, "Resources")},
		{"OKTA-CONNECT-03", "totalResults is a string", numberAsText("totalResults", "2")},
		{"OKTA-CONNECT-03", "startIndex is a string", numberAsText("startIndex", "1")},
		{"OKTA-CONNECT-03", "itemsPerPage is a string", numberAsText("itemsPerPage", "1")},
		{"OKTA-CONNECT-04", "pages overlap", requests(listsUsers, func(r *http.Request, _ *scim.Object) {
			editQuery(r, func(q url.Values) {
				if q.Get("startIndex") == "3" {
					q.Set("startIndex", "2")
				}
			})
		})},
		{"OKTA-CONNECT-04", "the order depends on the count", answers(whenAsked(listsUsers, "count", "2"), func(_ *http.Request, a *answer) {
			list := slices.Clone(a.body.Array("Resources"))
			slices.Reverse(list)
			a.body.Set("Resources", list)
		})},
		{"OKTA-CONNECT-04", "every page is the first", requests(listsUsers, func(r *http.Request, _ *scim.Object) { editQuery(r, func(q url.Values) { q.Del("startIndex") }) })},
		{"OKTA-CONNECT-05", "a wrong token is answered by 403", recoded(at("", ""), http.StatusUnauthorized, http.StatusForbidden)},
		{"OKTA-CONNECT-05", "the refusal has no detail", keepsBack(http.StatusUnauthorized, "detail")},
		{"OKTA-CONNECT-05", "the refusal has no status", keepsBack(http.StatusUnauthorized, "status")},
		{"OKTA-CONNECT-05", "the refusal has no schema", keepsBack(http.StatusUnauthorized, "schemas")},
		{"OKTA-CONNECT-05", "the refusal has no body", bodilessAt(http.StatusUnauthorized)},
		{"OKTA-CONNECT-06", "a character set is refused", turnsDown(whenHeader(createsUsers, "Content-Type", "charset"), scim.UnsupportedMediaType("charset"))},
		{"OKTA-CONNECT-06", "a character set cannot be asked for", turnsDown(whenHeader(createsUsers, "Accept", "charset"), scim.NotAcceptable("charset"))},
	}
}

func oktaUserFaults() []Fault {
	return []Fault{
		{"OKTA-USER-01", "the filter is ignored", readsFilterAs(listsUsers, readsNoFilter)},
		{"OKTA-USER-01", "a filter and a page exclude each other", turnsDown(whenAsked(whenAsked(listsUsers, "filter", ""), "startIndex", ""), scim.InvalidValue("startIndex"))},
		{"OKTA-USER-01", "the first page is that from 0", requests(listsUsers, func(r *http.Request, _ *scim.Object) {
			editQuery(r, func(q url.Values) {
				if q.Get("startIndex") == "1" {
					q.Set("startIndex", "2")
				}
			})
		})},
		{"OKTA-USER-02", "nobody found is an accident", turnsDown(listsUsers, scim.Internal("it broke"))},
		{"OKTA-USER-02", "nobody found is a bad request", turnsDown(listsUsers, scim.InvalidFilter("nobody"))},
		{"OKTA-USER-02", "somebody is invented", answers(listsUsers, func(_ *http.Request, a *answer) { a.body.Set("Resources", []any{scim.NewObject()}) })},
		{"OKTA-USER-03", "capital letters count", showsOnly(listsUsers, func(r *http.Request, o *scim.Object) bool {
			return strings.Contains(r.URL.Query().Get("filter"), o.String("userName"))
		})},
		{"OKTA-USER-04", "the answer has no body", mute(createsUsers)},
		{"OKTA-USER-04", "groups are refused", strictAbout(createsUsers, hasMembers("groups"))},
		{"OKTA-USER-04", "a password is refused", strictAbout(createsUsers, hasMembers("password"))},
		{"OKTA-USER-04", "the password is shown", shown(createsUsers, func(o *scim.Object) { o.Set("password", "1mz050nq-Aa9!kq") })},
		{"OKTA-USER-04", "the external id is lost", forgets(createsUsers, "externalId")},
		{"OKTA-USER-04", "the answer has no active", tellsNo(createsUsers, "active")},
		{"OKTA-USER-05", "a duplicate is a success", recoded(createsUsers, http.StatusConflict, http.StatusOK)},
		{"OKTA-USER-05", "a duplicate is a bad request", recoded(createsUsers, http.StatusConflict, http.StatusBadRequest)},
		{"OKTA-USER-05", "the conflict has no body", bodilessAt(http.StatusConflict)},
		{"OKTA-USER-06", "a user cannot be read", turnsDown(at("GET", "/Users/*"), scim.NotFound("User", ""))},
		{"OKTA-USER-06", "another id is shown", shown(at("GET", "/Users/*"), func(o *scim.Object) { o.Set("id", "another") })},
		{"OKTA-USER-07", "an unknown user is an empty answer", recoded(at("GET", "/Users/*"), http.StatusNotFound, http.StatusOK)},
		{"OKTA-USER-07", "the error has no detail", keepsBack(http.StatusNotFound, "detail")},
		{"OKTA-USER-07", "the error has no schema", keepsBack(http.StatusNotFound, "schemas")},
		{"OKTA-USER-07", "the error has no body", bodilessAt(http.StatusNotFound)},
		{"OKTA-USER-08", "an id in the body is refused", strictAbout(replacesUsers, hasMembers("id"))},
		{"OKTA-USER-08", "meta in the body is refused", strictAbout(replacesUsers, hasMembers("meta"))},
		{"OKTA-USER-08", "an update is overlooked", deafTo(replacesUsers, hasMembers())},
		{"OKTA-USER-08", "an update has no answer", mute(replacesUsers)},
		{"OKTA-USER-08", "an update loses the external id", forgets(replacesUsers, "externalId")},
		{"OKTA-USER-08", "an update answers with the user as before", shown(replacesUsers, func(o *scim.Object) { o.Set("displayName", "Before") })},
		{"OKTA-USER-09", "an update takes the user out of its groups", leavingGroups(hasMembers())},
		{"OKTA-USER-09", "an empty list takes the user out of its groups", leavingGroups(func(o *scim.Object) bool { return hasMembers("groups")(o) && len(o.Array("groups")) == 0 })},
		{"OKTA-USER-09", "groups in the body are refused", strictAbout(replacesUsers, hasMembers("groups"))},
		{"OKTA-USER-10", "active is overlooked", forgets(replacesUsers, "active")},
		{"OKTA-USER-10", "who is deactivated stays so", deafTo(replacesUsers, isActiveUser)},
		{"OKTA-USER-10", "who is deactivated loses the name", requests(replacesUsers, func(_ *http.Request, o *scim.Object) {
			if !isActiveUser(o) {
				o.Delete("displayName")
			}
		})},
		{"OKTA-USER-11", "a path is demanded", strictAbout(patchesUsers, hasOperation(namesMember("active")))},
		{"OKTA-USER-11", "an operation without a path is overlooked", deafTo(patchesUsers, hasOperation(namesMember("active")))},
		{"OKTA-USER-11", "an operation without a path replaces everything", removesAsWell(patchesUsers, hasOperation(namesMember("active")), "displayName")},
		{"OKTA-USER-11", "the answer shows the user as before", shown(patchesUsers, func(o *scim.Object) { o.Set("active", true) })},
		{"OKTA-USER-12", "who is deactivated is not found", showsOnly(listsUsers, func(_ *http.Request, o *scim.Object) bool { return isActiveUser(o) })},
		{"OKTA-USER-12", "a list shows everybody as active", shown(listsUsers, func(o *scim.Object) { o.Set("active", true) })},
		{"OKTA-USER-13", "a password is refused", strictAbout(patchesUsers, hasOperation(namesMember("password")))},
		{"OKTA-USER-13", "a password is shown", shown(at("GET", "/Users/*"), func(o *scim.Object) { o.Set("password", "2na161or-Bb8!lr") })},
		{"OKTA-USER-13", "a password clears the name", removesAsWell(patchesUsers, hasOperation(namesMember("password")), "displayName")},
	}
}

func oktaGroupFaults() []Fault {
	return []Fault{
		{"OKTA-GROUP-01", "an empty list of members is refused", strictAbout(createsGroups, hasMembers("members"))},
		{"OKTA-GROUP-01", "the answer has no body", mute(createsGroups)},
		{"OKTA-GROUP-01", "the answer has no name", tellsNo(createsGroups, "displayName")},
		{"OKTA-GROUP-02", "the id is refused", strictAbout(patchesGroups, hasOperation(namesMember("id")))},
		{"OKTA-GROUP-02", "a path is demanded", strictAbout(patchesGroups, hasOperation(namesMember("displayName")))},
		{"OKTA-GROUP-02", "a new name is overlooked", deafTo(patchesGroups, hasOperation(namesMember("displayName")))},
		{"OKTA-GROUP-02", "a new name empties the group", removesAsWell(patchesGroups, hasOperation(namesMember("displayName")), "members")},
		{"OKTA-GROUP-03", "its own name is a conflict", insteadOf(patchesGroups, hasOperation(namesMember("displayName")), func(_ http.Handler, _ *http.Request, a *answer) {
			a.refuse(scim.UniquenessError("another Group has this displayName"))
		})},
		{"OKTA-GROUP-03", "its own name empties the group", removesAsWell(patchesGroups, hasOperation(namesMember("displayName")), "members")},
		{"OKTA-GROUP-03", "new members are added in place of the old", mistakes(patchesGroups, func(op *scim.Object) { op.Set("op", "replace") })},
		{"OKTA-GROUP-04", "only the first operation counts", onlyOperation(patchesGroups, 0)},
		{"OKTA-GROUP-04", "only the last operation counts", onlyOperation(patchesGroups, -1)},
		{"OKTA-GROUP-04", "a removal empties the group", mistakes(patchesGroups, func(op *scim.Object) { op.Set("path", "members") })},
		{"OKTA-GROUP-05", "a full push only adds", mistakes(patchesGroups, func(op *scim.Object) { op.Set("op", "add") })},
		{"OKTA-GROUP-05", "a full push is overlooked", deafTo(patchesGroups, hasOperation(onPath("members")))},
		{"OKTA-GROUP-05", "a full push brings one member", mistakes(patchesGroups, func(op *scim.Object) { op.Set("value", op.Array("value")[:1]) })},
		{"OKTA-GROUP-05", "a display name is refused", strictAbout(patchesGroups, hasOperation(func(op *scim.Object) bool {
			return slices.ContainsFunc(op.Array("value"), func(v any) bool { o, ok := v.(*scim.Object); return ok && hasMembers("display")(o) })
		}))},
		{"OKTA-GROUP-06", "a change is only accepted", recoded(patchesGroups, http.StatusOK, http.StatusAccepted)},
		{"OKTA-GROUP-06", "the answer has no id", tellsNo(patchesGroups, "id")},
		{"OKTA-GROUP-06", "the answer has no name", tellsNo(patchesGroups, "displayName")},
		{"OKTA-GROUP-07", "groups cannot be replaced", turnsDown(replacesGroups, scim.MethodNotAllowed("GET", "PATCH", "DELETE"))},
		{"OKTA-GROUP-07", "members in the body are lost", forgets(replacesGroups, "members")},
		{"OKTA-GROUP-07", "an update is overlooked", deafTo(replacesGroups, hasMembers())},
		{"OKTA-GROUP-08", "a group takes its members along", withItsMembers},
		{"OKTA-GROUP-08", "a deletion only looks like one", onlyApparently(at("DELETE", "/Groups/*"))},
		{"OKTA-GROUP-08", "a deletion answers 200", recoded(at("DELETE", "/Groups/*"), http.StatusNoContent, http.StatusOK)},
	}
}
