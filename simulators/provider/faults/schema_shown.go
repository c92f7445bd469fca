package faults

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bySearch chooses POST to .search of a collection.
var bySearch = at("POST", "/*/.search")

// emittedFaults are about what a server shows, against what it declares.
func emittedFaults() []Fault {
	return []Fault{
		{"RFC7643-7-17", "an undeclared attribute is in the answer to POST", showingExtra(at("POST", "/Users"), "internalId", number(7))},
		{"RFC7643-7-17", "an undeclared attribute is in the answer to GET", showingExtra(at("GET", "/Users/*"), "lastLogin", "never")},
		{"RFC7643-7-17", "an undeclared attribute is in lists", showingExtra(at("GET", "/Users"), "score", number(1))},
		{"RFC7643-7-17", "an undeclared attribute is in the answer to .search", showingExtra(bySearch, "score", number(1))},
		{"RFC7643-7-17", "an undeclared attribute is in the answer to PUT", showingExtra(at("PUT", "/Users/*"), "updated", true)},
		{"RFC7643-7-17", "an undeclared attribute is in the answer to PATCH", showingExtra(at("PATCH", "/Users/*"), "updated", true)},
		{"RFC7643-7-17", "an undeclared attribute is in groups", showingExtra(at("GET", "/Groups/*"), "memberCount", number(1))},
		{"RFC7643-7-17", "an undeclared attribute is in lists of groups", showingExtra(at("GET", "/Groups"), "description", "a group")},
		{"RFC7643-7-17", "an undeclared part is in name", shown(at("GET", "/Users/*"), func(o *scim.Object) {
			if n := o.Object("name"); n != nil {
				n.Set("initials", "JB")
			}
		})},
		{"RFC7643-7-17", "an undeclared part is in e-mail addresses", shown(at("GET", "/Users/*"), inElements("emails", "verified", true))},
		{"RFC7643-7-17", "an undeclared part is in members", shown(at("GET", "/Groups/*"), inElements("members", "userName", "jb"))},
		{"RFC7643-7-17", "an undeclared part is in meta", shown(at("GET", "/Users/*"), func(o *scim.Object) {
			if m := o.Object("meta"); m != nil {
				m.Set("createdBy", "admin")
			}
		})},
		{"RFC7643-7-17", "an undeclared attribute is in the extension", shown(at("", "/Users/*"), func(o *scim.Object) {
			if x := o.Object(scim.EnterpriseURN); x != nil {
				x.Set("room", "101")
			}
		})},
		{"RFC7643-7-17", "an undeclared extension is shown", showingExtra(at("GET", "/Users/*"), "urn:example:params:scim:schemas:extension:hr:2.0:User",
			scim.NewObject(scim.Member{Name: "grade", Value: "A"}))},
		{"RFC7643-7-17", "extension attributes are shown at the top level, too", shown(at("GET", "/Users/*"), func(o *scim.Object) {
			if d := o.Object(scim.EnterpriseURN).String("department"); d != "" {
				o.Set("department", d)
			}
		})},
		{"RFC7643-7-17", "a stored attribute is missing from the schema", publishedSchema(scim.UserURN, withoutDefinition("title"))},
		{"RFC7643-7-17", "a stored list is missing from the schema", publishedSchema(scim.UserURN, withoutDefinition("ims"))},
		{"RFC7643-7-17", "a derived attribute is missing from the schema", publishedSchema(scim.UserURN, withoutDefinition("groups"))},
		{"RFC7643-7-17", "an attribute is missing from the extension's schema", publishedSchema(scim.EnterpriseURN, withoutDefinition("division"))},
		{"RFC7643-7-17", "members is missing from the schema", publishedSchema(scim.GroupURN, withoutDefinition("members"))},
		{"RFC7643-7-17", "a part is missing from the schema", definitionOf(scim.UserURN, "name", func(d *scim.Object) {
			d.Set("subAttributes", withoutNamed("middleName")(d.Array("subAttributes")))
		})},
	}
}

// shapeFaults are about the form of what is shown.
func shapeFaults() []Fault {
	return []Fault{
		{"RFC7643-7-20", "one e-mail address is no list", onePart(at("", "/Users/*"), "emails", firstElement)},
		{"RFC7643-7-20", "one e-mail address is no list in the answer to POST", onePart(at("POST", "/Users"), "emails", firstElement)},
		{"RFC7643-7-20", "one telephone number is no list in lists", onePart(at("GET", "/Users"), "phoneNumbers", firstElement)},
		{"RFC7643-7-20", "one member is no list", onePart(at("GET", "/Groups/*"), "members", firstElement)},
		{"RFC7643-7-20", "one group is no list", onePart(at("GET", "/Users/*"), "groups", firstElement)},
		{"RFC7643-7-20", "a text is a list", onePart(at("GET", "/Users/*"), "displayName", asList)},
		{"RFC7643-7-20", "a text is a list in the answer to .search", onePart(bySearch, "nickName", asList)},
		{"RFC7643-7-20", "the name is a list", onePart(at("GET", "/Users/*"), "name", asList)},
		{"RFC7643-7-20", "a part of the name is a list", onePart(at("PUT", "/Users/*"), "name.givenName", asList)},
		{"RFC7643-7-20", "an attribute of the extension is a list", onePart(at("GET", "/Users/*"), enterprisePrefix+"department", asList)},
		{"RFC7643-7-21", "active is a text", onePart(at("", "/Users/*"), "active", asText)},
		{"RFC7643-7-21", "active is a number in lists", onePart(at("GET", "/Users"), "active", func(any) any { return number(1) })},
		{"RFC7643-7-21", "a text is a number", onePart(at("GET", "/Users/*"), "title", func(any) any { return number(7) })},
		{"RFC7643-7-21", "a text is an object", onePart(at("GET", "/Users/*"), "nickName", func(v any) any { return scim.NewObject(scim.Member{Name: "value", Value: v}) })},
		{"RFC7643-7-21", "e-mail addresses are texts", onePart(at("GET", "/Users/*"), "emails", asValues)},
		{"RFC7643-7-21", "the name is a text", onePart(at("GET", "/Users/*"), "name", func(any) any { return "Josue Brenes" })},
		{"RFC7643-7-21", "primary is a text", onePart(at("GET", "/Users/*"), "emails.primary", asText)},
		{"RFC7643-7-21", "meta.created is a number", onePart(at("GET", "/Users/*"), "meta.created", func(any) any { return number(1700000000) })},
		{"RFC7643-7-21", "meta.lastModified is a date without a time", onePart(at("GET", "/Groups/*"), "meta.lastModified", toWord("2026-03-18"))},
		{"RFC7643-7-21", "members are ids", onePart(at("GET", "/Groups/*"), "members", asValues)},
		{"RFC7643-7-21", "the manager is an id", onePart(at("GET", "/Users/*"), enterprisePrefix+"manager", asValue)},
		{"RFC7643-7-21", "a text is said to be an integer", combined(
			schemaSays(scim.EnterpriseURN, "employeeNumber", "type", "integer"), sentValue("POST", "/Users", enterprisePrefix+"employeeNumber", asText))},
		{"RFC7643-7-26", "users name a schema that is not published", shown(at("", "/Users/*"), func(o *scim.Object) {
			o.Set("schemas", append(slices.Clone(o.Array("schemas")), "urn:example:params:scim:schemas:hidden:2.0:User"))
		})},
		{"RFC7643-7-26", "the schema of groups is not published", inListing("Schemas", withoutID(scim.GroupURN))},
		{"RFC7643-7-26", "created users name a schema that is not published", shown(at("POST", "/Users"), func(o *scim.Object) {
			o.Set("schemas", append(slices.Clone(o.Array("schemas")), "urn:example:params:scim:schemas:hidden:2.0:User"))
		})},
	}
}

// inElements adds a member to the elements of a list.
func inElements(list, name string, value any) func(o *scim.Object) {
	return func(o *scim.Object) {
		for _, v := range o.Array(list) {
			if e, ok := v.(*scim.Object); ok {
				e.Set(name, value)
			}
		}
	}
}

// mutabilityFaults are about who may write what.
func mutabilityFaults() []Fault {
	return []Fault{
		{"RFC7643-7-08", "meta.created is taken from POST", obeying("POST", "Users", "meta.created", false)},
		{"RFC7643-7-08", "meta.created is taken from PUT", obeying("PUT", "Users", "meta.created", false)},
		{"RFC7643-7-08", "meta.created is taken from PATCH", obeying("PATCH", "Users", "meta.created", true)},
		{"RFC7643-7-08", "meta.created is refused by PATCH and taken all the same", obeying("PATCH", "Users", "meta.created", false)},
		{"RFC7643-7-08", "meta.resourceType is taken from POST", obeying("POST", "Users", "meta.resourceType", false)},
		{"RFC7643-7-08", "meta.location is taken from PUT", obeying("PUT", "Users", "meta.location", false)},
		{"RFC7643-7-08", "meta.lastModified is taken from PATCH", obeying("PATCH", "Users", "meta.lastModified", true)},
		{"RFC7643-7-08", "groups is taken from POST", obeying("POST", "Users", "groups", false)},
		{"RFC7643-7-08", "groups is taken from PUT", obeying("PUT", "Users", "groups", false)},
		{"RFC7643-7-08", "groups is taken from PATCH", obeying("PATCH", "Users", "groups", true)},
		{"RFC7643-7-08", "meta.created of groups is taken from PUT", obeying("PUT", "Groups", "meta.created", false)},
		{"RFC7643-7-08", "meta.created of groups is taken from POST", obeying("POST", "Groups", "meta.created", false)},
		{"RFC7643-7-08", "meta.created of groups is taken from PATCH", obeying("PATCH", "Groups", "meta.created", true)},
		{"RFC7643-7-08", "the answer to PUT repeats the client's id", repeating("PUT", "/Users/*", "id")},
		{"RFC7643-7-08", "the answer to PUT repeats the client's groups", repeating("PUT", "/Users/*", "groups")},
		{"RFC7643-7-08", "title is said to be readOnly and can be written by PUT", schemaSays(scim.UserURN, "title", "mutability", "readOnly")},
		{"RFC7643-7-08", "title is said to be readOnly and can be written by PATCH", combined(
			schemaSays(scim.UserURN, "title", "mutability", "readOnly"), losingAttribute("POST,PUT", "", "title"))},
		{"RFC7643-7-08", "title is said to be readOnly and can be written by POST", combined(
			schemaSays(scim.UserURN, "title", "mutability", "readOnly"), losingAttribute("PUT,PATCH", "", "title"))},
		{"RFC7643-7-08", "a list is said to be readOnly and can be written", schemaSays(scim.UserURN, "entitlements", "mutability", "readOnly")},
		{"RFC7643-7-08", "a part of the name is said to be readOnly and can be written", schemaSays(scim.UserURN, "name.givenName", "mutability", "readOnly")},
		{"RFC7643-7-08", "an attribute of the extension is said to be readOnly and can be written", schemaSays(scim.EnterpriseURN, "department", "mutability", "readOnly")},
		{"RFC7643-7-08", "PUT removes meta.created", showingAfter("PUT", "/Users/*", "GET", func(o *scim.Object) { o.Object("meta").Set("created", "2030-01-01T00:00:00Z") })},
		{"RFC7643-7-09", "an immutable text is changed by PATCH", schemaSays(scim.UserURN, "nickName", "mutability", "immutable")},
		{"RFC7643-7-09", "an immutable text is changed by PUT", combined(
			schemaSays(scim.UserURN, "title", "mutability", "immutable"), refusingAttribute("PATCH", "title"))},
		{"RFC7643-7-09", "an immutable text of an extension is changed", schemaSays(scim.EnterpriseURN, "employeeNumber", "mutability", "immutable")},
		{"RFC7643-7-09", "an immutable list is changed", schemaSays(scim.UserURN, "roles", "mutability", "immutable")},
		{"RFC7643-7-09", "an immutable text is cleared by a PUT that changes it", combined(
			schemaSays(scim.UserURN, "title", "mutability", "immutable"), losingAttribute("PUT,PATCH", "", "title"))},
		{"RFC7643-7-09", "the value of a member is edited in place", requests(at("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			for _, v := range body.Array("Operations") {
				if o, ok := v.(*scim.Object); ok && strings.HasSuffix(o.String("path"), "].value") {
					o.Set("path", "members")
					o.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: o.String("value")})})
				}
			}
		})},
		{"RFC7643-7-10", "the password is shown in the answer to POST", repeating("POST", "/Users", "password")},
		{"RFC7643-7-10", "the password is shown in the answer to PUT", repeating("PUT", "/Users/*", "password")},
		{"RFC7643-7-10", "the password is shown in the answer to PATCH", answers(at("PATCH", "/Users/*"), func(_ *http.Request, a *answer) {
			if a.ok() && a.body != nil {
				a.body.Set("password", "changed")
			}
		})},
		{"RFC7643-7-10", "the password is shown in reads", obeying("POST", "Users", "password", false)},
		{"RFC7643-7-10", "a hash of the password is shown to those who ask for it", answers(narrowedRead("/Users/*", "attributes"), func(r *http.Request, a *answer) {
			if a.ok() && strings.Contains(r.URL.RawQuery, "password") {
				a.body.Set("password", "$2a$10$abcdefghijklmnopqrstuv")
			}
		})},
		{"RFC7643-7-10", "the password is shown in lists", showingExtra(at("GET", "/Users"), "password", "********")},
		{"RFC7643-7-10", "the password is logged in a header of its own attribute", repeatingAs("POST", "/Users", "password", "nickName")},
		{"RFC7643-7-10", "title is said to be writeOnly and is shown", schemaSays(scim.UserURN, "title", "mutability", "writeOnly")},
	}
}

// repeating shows in the answer what the client sent.
func repeating(method, place, path string) Wrap { return repeatingAs(method, place, path, path) }

func repeatingAs(method, place, path, as string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at(method, place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			sent := sentAt(bodyOf(r), path)
			a := serve(next, r)
			if a.ok() && a.body != nil && sent != nil {
				a.body.Set(as, sent)
			}
			a.send(w)
		})
	}
}

// showingAfter edits what is shown of a resource once a request was made to it.
func showingAfter(method, place, shownBy string, edit func(o *scim.Object)) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		touched := map[string]bool{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a := serve(next, r)
			path := strings.Join(segments(r), "/")
			mu.Lock()
			if at(method, place)(r) && a.ok() {
				touched[path] = true
			}
			edits := touched[path] && oneOf(r.Method, shownBy) && a.ok()
			mu.Unlock()
			if edits {
				edit(a.body)
			}
			a.send(w)
		})
	}
}

// returnedFaults are about when attributes are shown.
func returnedFaults() []Fault {
	return []Fault{
		{"RFC7643-7-11", "id is missing where another attribute is asked for", onePart(narrowedRead("/Users/*", "attributes"), "id", toNothing)},
		{"RFC7643-7-11", "id can be excluded", onePart(narrowedRead("/Users/*", "excludedAttributes"), "id", toNothing)},
		{"RFC7643-7-11", "id of a group can be excluded", onePart(narrowedRead("/Groups/*", "excludedAttributes"), "id", toNothing)},
		{"RFC7643-7-11", "id can be excluded from lists", onePart(narrowedRead("/Users", "excludedAttributes"), "id", toNothing)},
		{"RFC7643-7-11", "id is missing from lists where another attribute is asked for", onePart(narrowedRead("/Groups", "attributes"), "id", toNothing)},
		{"RFC7643-7-11", "id is missing from the answer to .search", onePart(bySearch, "id", toNothing)},
		{"RFC7643-7-11", "userName is said to be always returned and can be excluded", schemaSays(scim.UserURN, "userName", "returned", "always")},
		{"RFC7643-7-11", "active is said to be always returned and gives way", schemaSays(scim.UserURN, "active", "returned", "always")},
		{"RFC7643-7-12", "title is said to be never returned and is shown", schemaSays(scim.UserURN, "title", "returned", "never")},
		{"RFC7643-7-12", "a list is said to be never returned and is shown", schemaSays(scim.UserURN, "roles", "returned", "never")},
		{"RFC7643-7-12", "the password is in the answer to PUT", showingExtra(at("PUT", "/Users/*"), "password", "********")},
		{"RFC7643-7-12", "the password is in the answer to .search", showingExtra(bySearch, "password", "********")},
		{"RFC7643-7-12", "the password is in the answer to PATCH", showingExtra(at("PATCH", "/Users/*"), "password", "********")},
		{"RFC7643-7-13", "an attribute that is returned on request is shown in reads", schemaSays(scim.UserURN, "nickName", "returned", "request")},
		{"RFC7643-7-13", "an attribute that is returned on request is shown in lists", combined(
			schemaSays(scim.UserURN, "nickName", "returned", "request"), onePart(at("GET", "/Users/*"), "nickName", toNothing))},
		{"RFC7643-7-13", "an attribute that is returned on request is not shown on request", combined(
			schemaSays(scim.UserURN, "nickName", "returned", "request"), onePart(at("", ""), "nickName", toNothing))},
		{"RFC7643-7-13", "members is returned on request and shown in reads", schemaSays(scim.GroupURN, "members", "returned", "request")},
		{"RFC7643-7-14", "attributes is ignored in reads", ignoringAttributes("/Users/*")},
		{"RFC7643-7-14", "attributes is ignored in lists", ignoringAttributes("/Users")},
		{"RFC7643-7-14", "attributes is ignored in reads of groups", ignoringAttributes("/Groups/*")},
		{"RFC7643-7-14", "attributes is ignored in lists of groups", ignoringAttributes("/Groups")},
		{"RFC7643-7-14", "active is shown whatever is asked for", showingExtra(narrowedRead("/Users/*", "attributes"), "active", true)},
		{"RFC7643-7-14", "e-mail addresses are shown whatever is asked for", showingExtra(narrowedRead("/Users", "attributes"), "emails",
			[]any{scim.NewObject(scim.Member{Name: "value", Value: "jb@example.com"})})},
		{"RFC7643-7-14", "the extension is shown whatever is asked for", showingExtra(narrowedRead("/Users/*", "attributes"), scim.EnterpriseURN,
			scim.NewObject(scim.Member{Name: "department", Value: "IT"}))},
	}
}
