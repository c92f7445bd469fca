package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

const (
	managerPath     = scim.EnterpriseURN + ":manager"
	workAddressPath = `emails[type eq "work"].value`
)

var (
	listsUsers    = at("GET", "/Users")
	listsGroups   = at("GET", "/Groups")
	createsUsers  = at("POST", "/Users")
	createsGroups = at("POST", "/Groups")
	patchesUsers  = at("PATCH", "/Users/*")
	patchesGroups = at("PATCH", "/Groups/*")
)

// readsFilterAs lets the server read another filter than the one that was sent.
func readsFilterAs(chosen when, read func(filter string) string) Wrap {
	return requests(chosen, func(r *http.Request, _ *scim.Object) {
		editQuery(r, func(q url.Values) {
			if filter := read(q.Get("filter")); filter != "" {
				q.Set("filter", filter)
			} else {
				q.Del("filter")
			}
		})
	})
}

func readsNoFilter(string) string { return "" }

func firstCondition(filter string) string {
	first, _, _ := strings.Cut(filter, " and ")
	return first
}

func withoutParameter(chosen when, name string) Wrap {
	return requests(chosen, func(r *http.Request, _ *scim.Object) { editQuery(r, func(q url.Values) { q.Del(name) }) })
}

// notFoundIfNothing answers an empty list by 404.
func notFoundIfNothing(_ *http.Request, a *answer) {
	if a.ok() && a.body != nil && len(a.body.Array("Resources")) == 0 {
		a.refuse(scim.NotFound("User", "none"))
	}
}

// typedFrom gives answers with a status of from or more another media type.
func typedFrom(mediaType string, from int) Wrap {
	return answers(at("", ""), func(_ *http.Request, a *answer) {
		if a.status >= from {
			a.header.Set("Content-Type", mediaType)
		}
	})
}

func entraConnectFaults() []Fault {
	return []Fault{
		{"ENTRA-CONNECT-01", "nobody found is answered by 404", answers(listsUsers, notFoundIfNothing)},
		{"ENTRA-CONNECT-01", "nobody found counts as one", answers(listsUsers, func(_ *http.Request, a *answer) { a.body.Set("totalResults", number(1)) })},
		{"ENTRA-CONNECT-01", "a space in a value is refused", turnsDown(whenAsked(listsUsers, "filter", "non-existent "), scim.InvalidFilter("a space"))},
		{"ENTRA-CONNECT-02", "no group found is answered by 404", answers(listsGroups, notFoundIfNothing)},
		{"ENTRA-CONNECT-02", "excludedAttributes is refused", turnsDown(whenAsked(listsGroups, "excludedAttributes", ""), scim.InvalidValue("excludedAttributes"))},
		{"ENTRA-CONNECT-03", "a wrong token is answered by 403", recoded(at("", ""), http.StatusUnauthorized, http.StatusForbidden)},
		{"ENTRA-CONNECT-03", "a refusal shows users", answers(listsUsers, func(_ *http.Request, a *answer) {
			if a.status == http.StatusUnauthorized {
				a.body.Set("Resources", []any{})
			}
		})},
		{"ENTRA-CONNECT-04", "answers are plain text", typedFrom("text/plain", 200)},
		{"ENTRA-CONNECT-04", "errors are a page", typedFrom("text/html", 400)},
		{"ENTRA-CONNECT-05", "there is no list of schemas", turnsDown(at("GET", "/Schemas"), scim.NotFound("Schemas", ""))},
		{"ENTRA-CONNECT-05", "the schema of users is missing", showsOnly(at("GET", "/Schemas"), func(_ *http.Request, o *scim.Object) bool { return o.String("id") != scim.UserURN })},
		{"ENTRA-CONNECT-05", "the schemas are an array", answers(at("GET", "/Schemas"), func(_ *http.Request, a *answer) { a.raw, a.body = []byte("[]"), nil })},
		{"ENTRA-CONNECT-06", "count is ignored", withoutParameter(listsUsers, "count")},
		{"ENTRA-CONNECT-06", "the total is that of the page", answers(listsUsers, func(_ *http.Request, a *answer) {
			a.body.Set("totalResults", number(len(a.body.Array("Resources"))))
		})},
	}
}

func entraUserFaults() []Fault {
	return []Fault{
		{"ENTRA-USER-01", "the filter is ignored", readsFilterAs(listsUsers, readsNoFilter)},
		{"ENTRA-USER-01", "the user is not found", showsOnly(listsUsers, noneAtAll)},
		{"ENTRA-USER-02", "externalId cannot be filtered", turnsDown(whenAsked(listsUsers, "filter", "externalId"), scim.InvalidFilter("externalId"))},
		{"ENTRA-USER-02", "a filter by externalId finds everybody", readsFilterAs(whenAsked(listsUsers, "filter", "externalId"), readsNoFilter)},
		{"ENTRA-USER-03", "a value without quotes is an accident", turnsDown(whenAsked(listsUsers, "filter", "externalId eq "), scim.Internal("it broke"))},
		{"ENTRA-USER-04", "a filter in brackets is refused", turnsDown(whenAsked(listsUsers, "filter", "["), scim.InvalidFilter("brackets"))},
		{"ENTRA-USER-04", "a filter in brackets finds whoever has a work address", readsFilterAs(whenAsked(listsUsers, "filter", "["), func(string) string { return "emails pr" })},
		{"ENTRA-USER-05", "and is read as or", readsFilterAs(listsUsers, func(f string) string { return strings.ReplaceAll(f, " and ", " or ") })},
		{"ENTRA-USER-05", "only the first condition counts", readsFilterAs(listsUsers, firstCondition)},
		{"ENTRA-USER-05", "and is refused", turnsDown(whenAsked(listsUsers, "filter", " and "), scim.InvalidFilter("and"))},
		{"ENTRA-USER-06", "roles are refused", strictAbout(createsUsers, hasMembers("roles"))},
		{"ENTRA-USER-06", "meta is refused", strictAbout(createsUsers, hasMembers("meta"))},
		{"ENTRA-USER-06", "a schema without attributes is refused", strictAbout(createsUsers, func(o *scim.Object) bool { return slices.Contains(o.Array("schemas"), any(scim.EnterpriseURN)) })},
		{"ENTRA-USER-06", "the external id is lost", forgets(createsUsers, "externalId")},
		{"ENTRA-USER-06", "the answer has no id", tellsNo(createsUsers, "id")},
		{"ENTRA-USER-06", "the creation answers 200", recoded(createsUsers, http.StatusCreated, http.StatusOK)},
		{"ENTRA-USER-07", "external ids become lower case", requests(createsUsers, func(_ *http.Request, o *scim.Object) { o.Set("externalId", strings.ToLower(o.String("externalId"))) })},
		{"ENTRA-USER-07", "accents are lost", requests(createsUsers, func(_ *http.Request, o *scim.Object) {
			o.Set("displayName", strings.NewReplacer("ë", "e", "Å", "A").Replace(o.String("displayName")))
		})},
		{"ENTRA-USER-08", "a duplicate is a bad request", recoded(createsUsers, http.StatusConflict, http.StatusBadRequest)},
		{"ENTRA-USER-08", "a duplicate is a success", recoded(createsUsers, http.StatusConflict, http.StatusOK)},
		{"ENTRA-USER-09", "an unknown user is a bad request", recoded(at("GET", "/Users/*"), http.StatusNotFound, http.StatusBadRequest)},
		{"ENTRA-USER-09", "an unknown user is an empty answer", recoded(at("GET", "/Users/*"), http.StatusNotFound, http.StatusOK)},
		{"ENTRA-USER-10", "operations are lower case", strictAbout(patchesUsers, hasOperation(func(op *scim.Object) bool { return op.String("op") != strings.ToLower(op.String("op")) }))},
		{"ENTRA-USER-10", "Add is not known", deafTo(patchesUsers, hasOperation(func(op *scim.Object) bool { return op.String("op") == "Add" }))},
		{"ENTRA-USER-10", "Remove is not known", deafTo(patchesUsers, hasOperation(func(op *scim.Object) bool { return op.String("op") == "Remove" }))},
		{"ENTRA-USER-11", "a string is no boolean", strictAbout(patchesUsers, hasOperation(setsPath("active", "string")))},
		{"ENTRA-USER-11", "a string that is not empty is true", mistakes(patchesUsers, func(op *scim.Object) {
			if setsPath("active", "string")(op) {
				op.Set("value", true)
			}
		})},
		{"ENTRA-USER-11", "True is overlooked", deafTo(patchesUsers, hasOperation(func(op *scim.Object) bool { return op.String("value") == "True" }))},
		{"ENTRA-USER-12", "a boolean is overlooked", deafTo(patchesUsers, hasOperation(setsPath("active", "boolean")))},
		{"ENTRA-USER-12", "who is disabled stays so", deafTo(patchesUsers, hasOperation(func(op *scim.Object) bool { v, _ := op.Get("value"); return v == true }))},
		{"ENTRA-USER-13", "a disabled user is not found", showsOnly(listsUsers, func(_ *http.Request, o *scim.Object) bool { return isActiveUser(o) })},
		{"ENTRA-USER-13", "a disabled user is not found by externalId", showsOnly(whenAsked(listsUsers, "filter", "externalId"), func(_ *http.Request, o *scim.Object) bool { return isActiveUser(o) })},
		{"ENTRA-USER-13", "a disabled user cannot be read", answers(at("GET", "/Users/*"), hidingInactive)},
		{"ENTRA-USER-13", "a list shows everybody as active", shown(listsUsers, func(o *scim.Object) { o.Set("active", true) })},
		{"ENTRA-USER-14", "only the first operation counts", onlyOperation(patchesUsers, 0)},
		{"ENTRA-USER-14", "a filter in a path is refused", strictAbout(patchesUsers, hasOperation(onPath(workAddressPath)))},
		{"ENTRA-USER-14", "a URN in a path is refused", strictAbout(patchesUsers, hasOperation(onPath(scim.EnterpriseURN+":employeeNumber")))},
		{"ENTRA-USER-15", "dotted names are refused", strictAbout(patchesUsers, hasOperation(namesMember("name.givenName")))},
		{"ENTRA-USER-15", "dotted names are overlooked", mistakes(patchesUsers, func(op *scim.Object) {
			op.Object("value").Delete("name.givenName")
			op.Object("value").Delete("name.familyName")
		})},
		{"ENTRA-USER-15", "a dotted name clears the rest", removesAsWell(patchesUsers, hasOperation(namesMember("name.givenName")), "name")},
		{"ENTRA-USER-16", "names with a URN are refused", strictAbout(patchesUsers, hasOperation(namesMember(scim.EnterpriseURN+":employeeNumber")))},
		{"ENTRA-USER-16", "names with a URN are overlooked", mistakes(patchesUsers, func(op *scim.Object) { op.Object("value").Delete(scim.EnterpriseURN + ":employeeNumber") })},
		{"ENTRA-USER-16", "a name with a URN clears the extension", removesAsWell(patchesUsers, hasOperation(namesMember(scim.EnterpriseURN+":employeeNumber")), scim.EnterpriseURN)},
		{"ENTRA-USER-17", "a filter without a match is refused", strictAbout(patchesUsers, hasOperation(onPath(workAddressPath)))},
		{"ENTRA-USER-17", "the new address has no type", mistakes(patchesUsers, func(op *scim.Object) {
			op.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: op.String("value")})})
			op.Set("path", "emails")
		})},
		{"ENTRA-USER-18", "names are for ever", deafTo(patchesUsers, hasOperation(onPath("userName")))},
		{"ENTRA-USER-18", "a new name is refused", strictAbout(patchesUsers, hasOperation(onPath("userName")))},
		{"ENTRA-USER-19", "a manager has to be an object", strictAbout(patchesUsers, hasOperation(setsPath(managerPath, "string")))},
		{"ENTRA-USER-19", "a manager as a string is overlooked", deafTo(patchesUsers, hasOperation(setsPath(managerPath, "string")))},
		{"ENTRA-USER-19", "the first manager stays", deafTo(patchesUsers, hasOperation(func(op *scim.Object) bool { return op.String("op") == "Replace" }))},
		{"ENTRA-USER-20", "an empty manager is refused", strictAbout(patchesUsers, hasOperation(setsPath(managerPath, "string")))},
		{"ENTRA-USER-20", "an empty manager is overlooked", deafTo(patchesUsers, hasOperation(setsPath(managerPath, "string")))},
		{"ENTRA-USER-20", "an empty manager clears the extension", removesAsWell(patchesUsers, hasOperation(onPath(managerPath)), scim.EnterpriseURN)},
		{"ENTRA-USER-21", "the first operation counts", onlyOperation(patchesUsers, 0)},
		{"ENTRA-USER-21", "a second operation on an attribute is refused", strictAbout(patchesUsers, func(o *scim.Object) bool { return len(operationsOf(o)) > 1 })},
		{"ENTRA-USER-22", "a deletion only looks like one", onlyApparently(at("DELETE", "/Users/*"))},
		{"ENTRA-USER-22", "a deletion answers 200", recoded(at("DELETE", "/Users/*"), http.StatusNoContent, http.StatusOK)},
	}
}

func entraGroupFaults() []Fault {
	return []Fault{
		{"ENTRA-GROUP-01", "a schema that is none is refused", strictAbout(createsGroups, func(o *scim.Object) bool { return len(o.Array("schemas")) > 1 })},
		{"ENTRA-GROUP-01", "a group needs members", strictAbout(createsGroups, func(o *scim.Object) bool { return !hasMembers("members")(o) })},
		{"ENTRA-GROUP-01", "meta is refused", strictAbout(createsGroups, hasMembers("meta"))},
		{"ENTRA-GROUP-02", "members are shown in lists", withoutParameter(listsGroups, "excludedAttributes")},
		{"ENTRA-GROUP-02", "members are shown by id", withoutParameter(at("GET", "/Groups/*"), "excludedAttributes")},
		{"ENTRA-GROUP-02", "the group is not found without its members", showsOnly(whenAsked(listsGroups, "excludedAttributes", "members"), noneAtAll)},
		{"ENTRA-GROUP-02", "the filter is ignored", readsFilterAs(listsGroups, readsNoFilter)},
		{"ENTRA-GROUP-03", "a reference that is null is refused", strictAbout(patchesGroups, hasOperation(func(op *scim.Object) bool {
			return slices.ContainsFunc(op.Array("value"), func(v any) bool { o, ok := v.(*scim.Object); return ok && hasMembers("$ref")(o) })
		}))},
		{"ENTRA-GROUP-03", "new members are added in place of the old", mistakes(patchesGroups, func(op *scim.Object) { op.Set("op", "replace") })},
		{"ENTRA-GROUP-03", "new members are overlooked", deafTo(patchesGroups, hasOperation(onPath("members")))},
		{"ENTRA-GROUP-04", "the value of a removal is overlooked", mistakes(patchesGroups, func(op *scim.Object) { op.Delete("value") })},
		{"ENTRA-GROUP-04", "a removal with a value is refused", strictAbout(patchesGroups, hasOperation(setsPath("members", "array")))},
		{"ENTRA-GROUP-04", "a removal with a value does nothing", deafTo(patchesGroups, hasOperation(setsPath("members", "array")))},
		{"ENTRA-GROUP-04", "one member is removed of several", mistakes(patchesGroups, func(op *scim.Object) { op.Set("value", op.Array("value")[:1]) })},
		{"ENTRA-GROUP-05", "a filter in a path is refused", strictAbout(patchesGroups, hasOperation(memberPath))},
		{"ENTRA-GROUP-05", "a filter in a path is overlooked", mistakes(patchesGroups, func(op *scim.Object) { op.Set("path", "members") })},
		{"ENTRA-GROUP-05", "a success removes nobody", deafTo(patchesGroups, hasOperation(memberPath))},
		{"ENTRA-GROUP-06", "a new name is overlooked", deafTo(patchesGroups, hasOperation(onPath("displayName")))},
		{"ENTRA-GROUP-06", "a new name empties the group", removesAsWell(patchesGroups, hasOperation(onPath("displayName")), "members")},
		{"ENTRA-GROUP-06", "the new name is not found", showsOnly(listsGroups, noneAtAll)},
		{"ENTRA-GROUP-07", "a change is only accepted", recoded(patchesGroups, http.StatusOK, http.StatusAccepted)},
		{"ENTRA-GROUP-07", "the answer has no id", tellsNo(patchesGroups, "id")},
		{"ENTRA-GROUP-07", "the answer shows the old name", shown(patchesGroups, func(o *scim.Object) { o.Set("displayName", "as before") })},
		{"ENTRA-GROUP-08", "a second group of a name is created", recoded(createsGroups, http.StatusConflict, http.StatusCreated)},
		{"ENTRA-GROUP-08", "a second group of a name is a bad request", recoded(createsGroups, http.StatusConflict, http.StatusBadRequest)},
		{"ENTRA-GROUP-09", "a group takes its members along", withItsMembers},
		{"ENTRA-GROUP-09", "a deletion only looks like one", onlyApparently(at("DELETE", "/Groups/*"))},
		{"ENTRA-GROUP-10", "the condition on members is overlooked", readsFilterAs(listsGroups, firstCondition)},
		{"ENTRA-GROUP-10", "members cannot be filtered", turnsDown(whenAsked(listsGroups, "filter", "members"), scim.InvalidFilter("members"))},
	}
}

// memberPath is an operation whose path selects members.
func memberPath(op *scim.Object) bool { return strings.HasPrefix(op.String("path"), "members[") }
