package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func replaceFaults() []Fault {
	return []Fault{
		{"RFC7644-3.5-01", "PUT is not implemented", refusesPut("/*/*", scim.NotImplemented("PUT is not supported"))},
		{"RFC7644-3.5-01", "PUT is not implemented for groups", refusesPut("/Groups/*", scim.MethodNotAllowed("GET, DELETE"))},

		{"RFC7644-3.5.1-01", "a PUT does not change the displayName", comesTo("PUT", "/Users/*", func(c change) { c.keep("displayName") })},
		{"RFC7644-3.5.1-01", "a PUT does not change active", comesTo("PUT", "/Users/*", func(c change) { c.keep("active") })},
		{"RFC7644-3.5.1-01", "a PUT does not change the name", comesTo("PUT", "/Users/*", func(c change) { c.keep("name") })},
		{"RFC7644-3.5.1-01", "a PUT does not change the familyName", comesTo("PUT", "/Users/*", func(c change) {
			if name := c.now.Object("name"); name != nil {
				name.Set("familyName", c.before.Object("name").String("familyName"))
			}
		})},
		{"RFC7644-3.5.1-01", "a PUT does not change the userName", comesTo("PUT", "/Users/*", func(c change) { c.keep("userName") })},
		{"RFC7644-3.5.1-01", "a PUT does not change the e-mail addresses", comesTo("PUT", "/Users/*", func(c change) { c.keep("emails") })},
		{"RFC7644-3.5.1-01", "a PUT adds e-mail addresses to those that are there", comesTo("PUT", "/Users/*", func(c change) {
			c.now.Set("emails", appended(c.before.Array("emails"), c.now.Array("emails")))
		})},
		{"RFC7644-3.5.1-01", "a PUT never makes a list shorter", comesTo("PUT", "/Users/*", func(c change) {
			if len(c.sent.Array("emails")) < len(c.before.Array("emails")) {
				c.keep("emails")
			}
		})},
		{"RFC7644-3.5.1-01", "a PUT stores only the first e-mail address", requests(at("PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			if list := body.Array("emails"); len(list) > 1 {
				body.Set("emails", list[:1])
			}
		})},
		{"RFC7644-3.5.1-01", "a PUT does not change an extension", comesTo("PUT", "/Users/*", func(c change) { c.keep(scim.EnterpriseURN) })},
		{"RFC7644-3.5.1-01", "a PUT does not rename a group", comesTo("PUT", "/Groups/*", func(c change) { c.keep("displayName") })},
		{"RFC7644-3.5.1-01", "a PUT does not change the members of a group", comesTo("PUT", "/Groups/*", func(c change) { c.keep("members") })},
		{"RFC7644-3.5.1-01", "a PUT adds members to a group", comesTo("PUT", "/Groups/*", func(c change) {
			c.now.Set("members", appended(c.before.Array("members"), c.now.Array("members")))
		})},
		{"RFC7644-3.5.1-01", "a PUT removes members only", comesTo("PUT", "/Groups/*", func(c change) {
			c.now.Set("members", inBoth(c.before.Array("members"), c.now.Array("members")))
		})},

		{"RFC7644-3.5.1-02", "what a PUT left out comes back with the next one", comesTo("PUT", "/*/*", func(c change) {
			if c.again {
				c.now.Set("externalId", "as it was long ago")
			}
		})},
		{"RFC7644-3.5.1-02", "the answer to a PUT shows what the resource no longer has", answersWithBefore("PUT", "/*/*", func(before, body *scim.Object) {
			for name, value := range before.All() {
				if _, found := body.Get(name); !found {
					body.Set(name, value)
				}
			}
		})},
		{"RFC7644-3.5.1-02", "the same PUT again fails", repeatedPutFails()},

		{"RFC7644-3.5.1-03", "null keeps the value", comesTo("PUT", "/Users/*", func(c change) { keepWhereEmptied(c, "externalId") })},
		{"RFC7644-3.5.1-03", "an empty list keeps the values", comesTo("PUT", "/Users/*", func(c change) { keepWhereEmptied(c, "emails") })},
		{"RFC7644-3.5.1-03", "an empty list keeps the members", comesTo("PUT", "/Groups/*", func(c change) { keepWhereEmptied(c, "members") })},
		{"RFC7644-3.5.1-03", "null is refused", refusesPutWith("/Users/*", func(body *scim.Object) bool {
			value, found := body.Get("externalId")
			return found && value == nil
		}, scim.InvalidValue("null is no text"))},
		{"RFC7644-3.5.1-03", "an empty list is refused", refusesPutWith("/*/*", func(body *scim.Object) bool {
			for _, value := range body.All() {
				if list, ok := value.([]any); ok && len(list) == 0 {
					return true
				}
			}
			return false
		}, scim.InvalidValue("a list needs an element"))},

		{"RFC7644-3.5.1-05", "members of a group cannot be set by PUT", refusesPutWith("/Groups/*", func(body *scim.Object) bool {
			return len(body.Array("members")) > 0
		}, scim.MutabilityError("members are immutable"))},
		{"RFC7644-3.5.1-05", "the first members of a group are ignored", comesTo("PUT", "/Groups/*", func(c change) {
			if len(c.before.Array("members")) == 0 {
				c.keep("members")
			}
		})},
		{"RFC7644-3.5.1-05", "the type of a member is refused", refusesPutWith("/Groups/*", func(body *scim.Object) bool {
			typed := false
			eachOf(body, "members", func(e *scim.Object) { typed = typed || e.String("type") != "" })
			return typed
		}, scim.MutabilityError("members.type is immutable"))},

		{"RFC7644-3.5.1-06", "another id is refused", refusesPutWith("/*/*", func(body *scim.Object) bool {
			return strings.HasSuffix(body.String("id"), "another-id")
		}, scim.MutabilityError("id is readOnly"))},
		{"RFC7644-3.5.1-06", "another id is taken over", comesTo("PUT", "/*/*", func(c change) {
			if id := c.sent.String("id"); id != "" {
				c.now.Set("id", id)
			}
		})},
		{"RFC7644-3.5.1-06", "another id of a group is refused", refusesPutWith("/Groups/*", func(body *scim.Object) bool {
			return strings.HasSuffix(body.String("id"), "another-id")
		}, scim.MutabilityError("id is readOnly"))},
		{"RFC7644-3.5.1-06", "the metadata of the client are refused", refusesPutWith("/*/*", func(body *scim.Object) bool {
			return body.Object("meta").String("created") == "2001-02-03T04:05:06Z"
		}, scim.MutabilityError("meta is readOnly"))},
		{"RFC7644-3.5.1-06", "the client sets the time of the creation", comesTo("PUT", "/*/*", func(c change) { takeMeta(c, "created") })},
		{"RFC7644-3.5.1-06", "the client sets the time of the change", comesTo("PUT", "/*/*", func(c change) { takeMeta(c, "lastModified") })},
		{"RFC7644-3.5.1-06", "the client sets the location", comesTo("PUT", "/*/*", func(c change) { takeMeta(c, "location") })},
		{"RFC7644-3.5.1-06", "the client sets the resource type", comesTo("PUT", "/*/*", func(c change) { takeMeta(c, "resourceType") })},
		{"RFC7644-3.5.1-06", "the groups of a user are refused", refusesPutWith("/Users/*", func(body *scim.Object) bool {
			return len(body.Array("groups")) > 0
		}, scim.MutabilityError("groups is readOnly"))},
		{"RFC7644-3.5.1-06", "a user joins a group by naming it", joinsByPut()},

		{"RFC7644-3.5.1-07", "without a userName the user keeps it", requestsKnowing("PUT", "/Users/*", func(now, body *scim.Object) {
			if body.String("userName") == "" {
				body.Set("userName", now.String("userName"))
			}
		})},
		{"RFC7644-3.5.1-07", "null for a userName keeps it", requestsKnowing("PUT", "/Users/*", func(now, body *scim.Object) {
			if value, found := body.Get("userName"); found && value == nil {
				body.Set("userName", now.String("userName"))
			}
		})},
		{"RFC7644-3.5.1-07", "without a userName the answer is 500", refusalsBecome(scim.Internal("null pointer"))},
		{"RFC7644-3.5.1-07", "without a userName the answer is 409", refusalsBecome(scim.UniquenessError("the name is taken"))},

		{"RFC7644-3.5.1-08", "a PUT answers 204", answers(at("PUT", "/*/*"), func(_ *http.Request, a *answer) {
			if a.ok() {
				*a = answer{status: http.StatusNoContent, header: http.Header{}}
			}
		})},
		{"RFC7644-3.5.1-08", "a PUT answers 201", successIs("PUT", "/*/*", http.StatusCreated)},
		{"RFC7644-3.5.1-08", "a PUT of a group answers 202", successIs("PUT", "/Groups/*", http.StatusAccepted)},
		{"RFC7644-3.5.1-08", "a PUT answers without a body", answers(at("PUT", "/*/*"), func(_ *http.Request, a *answer) {
			if a.ok() {
				a.body, a.raw = nil, nil
			}
		})},
		{"RFC7644-3.5.1-08", "a PUT answers with the resource as it was", answersWithBefore("PUT", "/Users/*", copyOver)},
		{"RFC7644-3.5.1-08", "a PUT of a group answers with the group as it was", answersWithBefore("PUT", "/Groups/*", copyOver)},
		{"RFC7644-3.5.1-08", "a PUT answers with what changes only", shown(at("PUT", "/Users/*"), func(o *scim.Object) {
			o.Delete("name")
			o.Delete("emails")
		})},
		{"RFC7644-3.5.1-08", "a PUT of a group answers without the members", shown(at("PUT", "/Groups/*"), func(o *scim.Object) { o.Delete("members") })},
		{"RFC7644-3.5.1-08", "a PUT answers without metadata", shown(at("PUT", "/*/*"), func(o *scim.Object) { o.Delete("meta") })},
		{"RFC7644-3.5.1-08", "a PUT answers with the version as it was", answersWithBefore("PUT", "/*/*", func(before, body *scim.Object) {
			metaAsBefore("version")(change{before: before, now: body})
		})},

		{"RFC7644-3.5.1-09", "a PUT to a deleted resource answers 400", missingBecomes("PUT", "/*/*", http.StatusBadRequest)},
		{"RFC7644-3.5.1-09", "a PUT to a deleted resource answers 500", missingBecomes("PUT", "/*/*", http.StatusInternalServerError)},
		{"RFC7644-3.5.1-09", "a PUT to a deleted group answers 200", missingBecomes("PUT", "/Groups/*", http.StatusOK)},
		{"RFC7644-3.5.1-09", "a PUT to a deleted user answers 204", missingBecomes("PUT", "/Users/*", http.StatusNoContent)},

		{"RFC7644-3.5.1-10", "the same PUT again doubles a list", comesTo("PUT", "/Users/*", func(c change) {
			if c.again {
				c.now.Set("emails", appended(c.now.Array("emails"), c.now.Array("emails")))
			}
		})},
		{"RFC7644-3.5.1-10", "the same PUT again empties the group", comesTo("PUT", "/Groups/*", func(c change) {
			if c.again {
				c.now.Delete("members")
			}
		})},
		{"RFC7644-3.5.1-10", "the same PUT again loses the name", comesTo("PUT", "/Users/*", func(c change) {
			if c.again {
				c.now.Delete("name")
			}
		})},
		{"RFC7644-3.5.1-10", "the same PUT again is refused", repeatedPutFails()},

		{"RFC7644-3.5.1-11", "a PUT with metadata is refused", refusesPutWith("/*/*", func(body *scim.Object) bool {
			return body.Object("meta") != nil
		}, scim.MutabilityError("meta is readOnly"))},
		{"RFC7644-3.5.1-11", "a PUT of a member with its groups is refused", refusesPutWith("/Users/*", func(body *scim.Object) bool {
			return len(body.Array("groups")) > 0
		}, scim.MutabilityError("groups is readOnly"))},
		{"RFC7644-3.5.1-11", "a PUT of members with their references is refused", refusesPutWith("/Groups/*", func(body *scim.Object) bool {
			referred := false
			eachOf(body, "members", func(e *scim.Object) { referred = referred || e.String("$ref") != "" })
			return referred
		}, scim.MutabilityError("members.$ref is immutable"))},
		{"RFC7644-3.5.1-11", "a PUT loses the extension", comesTo("PUT", "/Users/*", func(c change) { c.now.Delete(scim.EnterpriseURN) })},
		{"RFC7644-3.5.1-11", "a PUT loses the mark of the primary value", comesTo("PUT", "/Users/*", func(c change) {
			eachOf(c.now, "emails", func(e *scim.Object) { e.Delete("primary") })
		})},
		{"RFC7644-3.5.1-11", "a PUT takes the user out of all groups", leavesByPut()},
		{"RFC7644-3.5.1-11", "a PUT loses all members but one", comesTo("PUT", "/Groups/*", func(c change) {
			if list := c.now.Array("members"); len(list) > 1 {
				c.now.Set("members", list[:1])
			}
		})},

		{"RFC7644-3.5.1-12", "a PUT loses the third element of a list", requests(at("PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			for _, name := range []string{"emails", "phoneNumbers", "addresses"} {
				if list := body.Array(name); len(list) > 2 {
					body.Set(name, list[:2])
				}
			}
		})},
		{"RFC7644-3.5.1-12", "a PUT keeps the costCenter", comesTo("PUT", "/Users/*", func(c change) { keepPart(c, scim.EnterpriseURN, "costCenter") })},
		{"RFC7644-3.5.1-12", "a PUT keeps the middleName", comesTo("PUT", "/Users/*", func(c change) { keepPart(c, "name", "middleName") })},
		{"RFC7644-3.5.1-12", "a PUT keeps the locality of addresses", comesTo("PUT", "/Users/*", func(c change) {
			eachOf(c.now, "addresses", func(e *scim.Object) { e.Set("postalCode", "00000") })
		})},
		{"RFC7644-3.5.1-12", "a PUT marks the last value as primary", comesTo("PUT", "/Users/*", func(c change) {
			if list := c.now.Array("emails"); len(list) > 1 {
				eachOf(c.now, "emails", func(e *scim.Object) { e.Delete("primary") })
				list[len(list)-1].(*scim.Object).Set("primary", true)
			}
		})},
		{"RFC7644-3.5.1-12", "a PUT loses the third member of a group", requests(at("PUT", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			if list := body.Array("members"); len(list) > 2 {
				body.Set("members", list[:2])
			}
		})},

		{"RFC7644-3.5.1-13", "a PUT to an unknown id creates a user", createsByPut("/Users/*")},
		{"RFC7644-3.5.1-13", "a PUT to an unknown id pretends to create a user", missingBecomes("PUT", "/Users/*", http.StatusCreated)},

		{"RFC7644-3.5.1-14", "a PUT leaves the time of the change alone", comesTo("PUT", "/*/*", metaAsBefore("lastModified"))},
		{"RFC7644-3.5.1-14", "a PUT of a group leaves the time of the change alone", comesTo("PUT", "/Groups/*", metaAsBefore("lastModified"))},
		{"RFC7644-3.5.1-14", "a PUT leaves the version alone", comesTo("PUT", "/*/*", metaAsBefore("version"))},
		{"RFC7644-3.5.1-14", "a PUT sets the time of the change to that of the creation", comesTo("PUT", "/*/*", func(c change) {
			c.now.Object("meta").Set("lastModified", c.now.Object("meta").String("created"))
		})},

		{"RFC7644-3.5.1-15", "a refused PUT stores what was right", halfDone("PUT", "/Users/*", "displayName")},
		{"RFC7644-3.5.1-15", "a word is taken for true", requests(at("PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			if body.String("active") != "" {
				body.Set("active", true)
			}
		})},
		{"RFC7644-3.5.1-15", "a text for a complex value is ignored", requests(at("PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			if body.String("name") != "" {
				body.Delete("name")
			}
		})},
		{"RFC7644-3.5.1-15", "a number for a list is ignored", requests(at("PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			if v, _ := body.Get("emails"); scim.KindOf(v) == "number" {
				body.Delete("emails")
			}
		})},
		{"RFC7644-3.5.1-15", "a wrong type answers 500", refusalsBecome(scim.Internal("cast"))},
		{"RFC7644-3.5.1-15", "a wrong type answers with a page", pageForRefusal("PUT")},

		{"RFC7644-3.5.1-16", "a taken userName is stored all the same", takesTheName("PUT")},
		{"RFC7644-3.5.1-16", "a taken userName answers 500", refusalsBecome(scim.Internal("constraint"))},
		{"RFC7644-3.5.1-16", "a taken userName is ignored", requestsKnowing("PUT", "/Users/*", func(now, body *scim.Object) { body.Set("userName", now.String("userName")) })},

		{"RFC7644-3.5.1-17", "a renamed user is found by the former name", staleIndex("PUT", "/Users/*", "userName")},
		{"RFC7644-3.5.1-17", "a renamed group is found by the former name", staleIndex("PUT", "/Groups/*", "displayName")},

		{"RFC7644-3.5.1-18", "a body that is no JSON answers 500", refusalsBecome(scim.Internal("unexpected end of input"))},
		{"RFC7644-3.5.1-18", "a body that is no JSON answers 200", answers(at("PUT", "/*/*"), doneAfterAll)},
		{"RFC7644-3.5.1-18", "a body that is no JSON answers a page", pageForRefusal("PUT")},
		{"RFC7644-3.5.1-18", "a list of one user is a user", unwrapsBareList()},

		{"RFC7644-3.5.1-19", "the answer to a PUT shows the password", showsPassword("PUT", false)},
		{"RFC7644-3.5.1-19", "a GET shows the password that a PUT has set", showsPassword("PUT", true)},
	}
}
