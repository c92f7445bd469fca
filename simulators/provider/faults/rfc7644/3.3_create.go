package rfc7644

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// createFaults violate features/rfc7644/3.3_create.feature.
func createFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.3-01", "the client chooses the id", rewrite.ShowAsSent("*", "id")},
		{"RFC7644-3.3-01", "the client chooses the id of users", rewrite.ShowAsSent("Users", "id")},
		{"RFC7644-3.3-01", "the client chooses meta.created", rewrite.ShowAsSent("Users", "meta.created")},
		{"RFC7644-3.3-01", "the client chooses meta.lastModified", rewrite.ShowAsSent("Users", "meta.lastModified")},
		{"RFC7644-3.3-01", "the client chooses meta.location", rewrite.ShowAsSent("Users", "meta.location")},
		{"RFC7644-3.3-01", "the client chooses meta.version", rewrite.ShowAsSent("Users", "meta.version")},
		{"RFC7644-3.3-01", "the client chooses meta.resourceType", rewrite.ShowAsSent("Users", "meta.resourceType")},
		{"RFC7644-3.3-01", "the client chooses meta.created of groups", rewrite.ShowAsSent("Groups", "meta.created")},
		{"RFC7644-3.3-01", "the client chooses the groups of a user", rewrite.ShowAsSent("Users", "groups")},
		{"RFC7644-3.3-01", "an id is refused", rewrite.RefuseBodies(rewrite.Creations("*"), rewrite.HasMember("id"), scim.MutabilityError("id is read-only"))},
		{"RFC7644-3.3-01", "meta is refused", rewrite.RefuseBodies(rewrite.Creations("Users"), rewrite.HasMember("meta"), scim.MutabilityError("meta is read-only"))},
		{"RFC7644-3.3-01", "groups are refused", rewrite.RefuseBodies(rewrite.Creations("Users"), rewrite.HasMember("groups"), scim.MutabilityError("groups is read-only"))},
		{"RFC7644-3.3-01", "an id of a group is refused", rewrite.RefuseBodies(rewrite.Creations("Groups"), rewrite.HasMember("id"), scim.InvalidSyntax("id is read-only"))},

		{"RFC7644-3.3-02", "null becomes a text", storing("displayName", "null")},
		{"RFC7644-3.3-02", "no e-mail addresses become one without a value", storing("emails", []any{scim.NewObject(scim.Member{Name: "value", Value: ""})})},
		{"RFC7644-3.3-02", "null is a server error", rewrite.Break(func(r *http.Request) bool {
			body := rewrite.BodyOf(r)
			v, there := body.Get("displayName")
			return rewrite.Creations("Users")(r) && there && v == nil
		})},
		{"RFC7644-3.3-02", "an empty array is a server error", rewrite.Break(func(r *http.Request) bool {
			v, there := rewrite.BodyOf(r).Get("emails")
			list, _ := v.([]any)
			return rewrite.Creations("Users")(r) && there && v != nil && len(list) == 0
		})},
		{"RFC7644-3.3-02", "a group with an empty array is a server error", rewrite.Break(func(r *http.Request) bool {
			v, there := rewrite.BodyOf(r).Get("members")
			list, _ := v.([]any)
			return rewrite.Creations("Groups")(r) && there && len(list) == 0
		})},

		{"RFC7644-3.3-03", "a creation answers 200", rewrite.OnStatus(rewrite.Creations("*"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Status = http.StatusOK })},
		{"RFC7644-3.3-03", "the creation of a group answers 200", rewrite.OnStatus(rewrite.Creations("Groups"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Status = http.StatusOK })},
		{"RFC7644-3.3-03", "a creation answers 202", rewrite.OnStatus(rewrite.Creations("Users"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Status = http.StatusAccepted })},
		{"RFC7644-3.3-03", "a creation answers 204", rewrite.OnStatus(rewrite.Creations("Users"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) {
			a.Status, a.Raw, a.Body = http.StatusNoContent, nil, nil
		})},
		{"RFC7644-3.3-03", "a user who is not active is created active", rewrite.Requests(rewrite.Creations("Users"), func(_ *http.Request, body *scim.Object) {
			if body != nil {
				body.Set("active", true)
			}
		})},
		{"RFC7644-3.3-03", "the name is not stored", rewrite.WithoutSent(rewrite.Creations("Users"), "name")},
		{"RFC7644-3.3-03", "the externalId is not stored", rewrite.WithoutSent(rewrite.Creations("Users"), "externalId")},
		{"RFC7644-3.3-03", "the displayName is not stored", rewrite.WithoutSent(rewrite.Creations("Users"), "displayName")},
		{"RFC7644-3.3-03", "the members of a new group are not stored", rewrite.WithoutSent(rewrite.Creations("Groups"), "members")},
		{"RFC7644-3.3-03", "nothing is created although 201 says so", vanishing()},
		{"RFC7644-3.3-03", "users of the same displayName are refused", refusingTheSame("displayName")},
		{"RFC7644-3.3-03", "a group with members is refused", rewrite.RefuseBodies(rewrite.Creations("Groups"), rewrite.HasMember("members"), scim.InvalidValue("create the group first"))},

		{"RFC7644-3.3-04", "the answer to a creation has no body", rewrite.OnStatus(rewrite.Creations("*"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Raw, a.Body = nil, nil })},
		{"RFC7644-3.3-04", "the answer to the creation of a group has no body", rewrite.OnStatus(rewrite.Creations("Groups"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Raw, a.Body = nil, nil })},
		{"RFC7644-3.3-04", "the answer to a creation shows the id alone", rewrite.OnStatus(rewrite.Creations("*"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) {
			a.Body = scim.NewObject(scim.Member{Name: "id", Value: a.Body.String("id")})
		})},
		{"RFC7644-3.3-04", "the answer to a creation lacks meta", rewrite.OnStatus(rewrite.Creations("Users"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Body.Delete("meta") })},
		{"RFC7644-3.3-04", "the answer to a creation lacks the name", rewrite.OnStatus(rewrite.Creations("Users"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Body.Delete("name") })},
		{"RFC7644-3.3-04", "the answer to the creation of a group lacks the members", rewrite.OnStatus(rewrite.Creations("Groups"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Body.Delete("members") })},
		{"RFC7644-3.3-04", "the answer to a creation lacks the schemas", rewrite.OnStatus(rewrite.Creations("Users"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Body.Delete("schemas") })},

		{"RFC7644-3.3-05", "no Location", rewrite.OnStatus(rewrite.Creations("*"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Header.Del("Location") })},
		{"RFC7644-3.3-05", "no Location of groups", rewrite.OnStatus(rewrite.Creations("Groups"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) { a.Header.Del("Location") })},
		{"RFC7644-3.3-05", "no meta.location", rewrite.SetMetaOnCreation("*", "location", nil)},
		{"RFC7644-3.3-05", "no meta.location of groups", rewrite.SetMetaOnCreation("Groups", "location", nil)},
		{"RFC7644-3.3-05", "Location is the collection", locatedAt("*", func(l string) string { return l[:strings.LastIndex(l, "/")] })},
		{"RFC7644-3.3-05", "Location is the id alone", locatedAt("Users", func(l string) string { return l[strings.LastIndex(l, "/")+1:] })},
		{"RFC7644-3.3-05", "Location leads to another id", locatedAt("Users", func(l string) string { return l + "0" })},
		{"RFC7644-3.3-05", "Location leads to the other collection", locatedAt("Groups", func(l string) string { return strings.Replace(l, "/Groups/", "/Users/", 1) })},
		{"RFC7644-3.3-05", "Location is on another host than meta.location", locatedAt("Users", func(l string) string { return strings.Replace(l, "127.0.0.1", "localhost", 1) })},
		{"RFC7644-3.3-05", "meta.location leads to another id", rewrite.OnStatus(rewrite.Creations("Users"), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) {
			if meta := a.Body.Object("meta"); meta != nil {
				meta.Set("location", meta.String("location")+"0")
			}
		})},
		{"RFC7644-3.3-05", "Location stays that of the first user", stayingFirst()},
		{"RFC7644-3.3-05", "meta.location changes when it is read", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			if meta := o.Object("meta"); meta != nil {
				meta.Set("location", meta.String("location")+"/")
			}
		})},
		{"RFC7644-3.3-05", "meta.location is missing in lists", rewrite.Shown(rewrite.At("GET", "/Users"), func(o *scim.Object) { o.Object("meta").Delete("location") })},
		{"RFC7644-3.3-05", "meta.location is another one in lists", rewrite.Shown(rewrite.At("GET", "/Users"), func(o *scim.Object) {
			rewrite.PartOf(o, "meta").Set("location", "/Users/"+o.String("userName"))
		})},

		{"RFC7644-3.3-06", "a duplicate answers 400", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.InvalidValue("the name is taken")) })},
		{"RFC7644-3.3-06", "a duplicate answers 500", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.Internal("the name is taken")) })},
		{"RFC7644-3.3-06", "a duplicate answers 422", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, func(_ *http.Request, a *rewrite.Answer) {
			a.Refuse(&scim.Error{Status: 422, ScimType: scim.ScimTypeUniqueness})
		})},
		{"RFC7644-3.3-06", "a duplicate answers 403", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.Forbidden("the name is taken")) })},
		{"RFC7644-3.3-06", "a 409 without scimType", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, rewrite.SetMember("scimType", nil))},
		{"RFC7644-3.3-06", "a 409 with scimType invalidValue", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, rewrite.SetMember("scimType", scim.ScimTypeInvalidValue))},
		{"RFC7644-3.3-06", "a 409 with scimType Uniqueness", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, rewrite.SetMember("scimType", "Uniqueness"))},
		{"RFC7644-3.3-06", "a duplicate is created", accepting(anyDuplicate)},
		{"RFC7644-3.3-06", "a name in another case is another name", accepting(func(body, other *scim.Object) bool {
			return body.String("userName") != other.String("userName")
		})},
		{"RFC7644-3.3-06", "the name of a user who is not active is free", accepting(func(_, other *scim.Object) bool {
			active, _ := other.Get("active")
			return active == false
		})},
		{"RFC7644-3.3-06", "a name is free for a user with another externalId", accepting(func(body, _ *scim.Object) bool { return body.String("externalId") != "" })},
		{"RFC7644-3.3-06", "a name that was changed to is free", accepting(func(body, _ *scim.Object) bool {
			return strings.Contains(body.String("userName"), "renamed")
		})},
		{"RFC7644-3.3-06", "a duplicate answers 201 with the existing user", overwritingDuplicate(http.StatusCreated, false)},
		{"RFC7644-3.3-06", "a duplicate answers 200 and replaces", overwritingDuplicate(http.StatusOK, false)},
		{"RFC7644-3.3-06", "only the first duplicate is refused", firstDuplicateOnly()},

		{"RFC7644-3.3-07", "a duplicate is refused and replaces", overwritingDuplicate(0, true)},
		{"RFC7644-3.3-07", "a duplicate is refused, and who is there loses the externalId", rewrite.Handle(rewrite.CreatesUsers, func(next http.Handler, r *http.Request) *rewrite.Answer {
			name := rewrite.BodyOf(r).String("userName")
			a := rewrite.Serve(next, r)
			for _, u := range rewrite.Ask(next, r, http.MethodGet, "Users?filter="+url.QueryEscape(`userName eq "`+name+`"`), nil).Resources() {
				if a.Status == http.StatusConflict {
					rewrite.Ask(next, r, http.MethodPatch, "Users/"+url.PathEscape(u.String("id")), rewrite.PatchOf(rewrite.Operation("remove", "externalId", nil)))
				}
			}
			return a
		})},
		{"RFC7644-3.3-07", "a duplicate is refused and created", accepted409()},
		{"RFC7644-3.3-07", "a 409 has a plain text", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, rewrite.ReplaceBody("text/plain", "Conflict"))},
		{"RFC7644-3.3-07", "a 409 has no body", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, rewrite.ReplaceBody("application/scim+json", ""))},
		{"RFC7644-3.3-07", "a duplicate is created", accepting(anyDuplicate)},
		{"RFC7644-3.3-07", "a duplicate answers 200", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
		{"RFC7644-3.3-07", "a duplicate locks the creation", lockedAfterConflict()},

		{"RFC7644-3.3-08", "broken JSON answers 500", refusedBodies(rewrite.At("POST", "/Users"), brokenJSON, rewrite.As500)},
		{"RFC7644-3.3-08", "broken JSON answers 500 with a page", refusedBodies(rewrite.At("POST", "/Users"), brokenJSON, rewrite.AsPage)},
		{"RFC7644-3.3-08", "broken JSON answers 500 at the groups", refusedBodies(rewrite.At("POST", "/Groups"), brokenJSON, rewrite.As500)},
		{"RFC7644-3.3-08", "broken JSON answers 500 to PUT", refusedBodies(rewrite.At("PUT", ""), brokenJSON, rewrite.As500)},
		{"RFC7644-3.3-08", "broken JSON answers 500 to PATCH", refusedBodies(rewrite.At("PATCH", ""), brokenJSON, rewrite.As500)},
		{"RFC7644-3.3-08", "broken JSON answers 500 to a search", refusedBodies(rewrite.At("POST", "/Users/.search"), brokenJSON, rewrite.As500)},
		{"RFC7644-3.3-08", "broken JSON answers 500 to a bulk request", refusedBodies(rewrite.At("POST", "/Bulk"), brokenJSON, rewrite.As500)},
		{"RFC7644-3.3-08", "broken JSON answers 422", refusedBodies(rewrite.At("POST", "/Users"), brokenJSON, rewrite.AsError(&scim.Error{Status: 422}))},
		{"RFC7644-3.3-08", "broken JSON has the scimType invalidValue", refusedBodies(rewrite.At("POST", "/Users"), brokenJSON, rewrite.SetMember("scimType", scim.ScimTypeInvalidValue))},
		{"RFC7644-3.3-08", "broken JSON has the scimType invalidFilter", refusedBodies(rewrite.Anywhere, brokenJSON, rewrite.SetMember("scimType", scim.ScimTypeInvalidFilter))},
		{"RFC7644-3.3-08", "broken JSON has an answer without a body", refusedBodies(rewrite.At("POST", "/Users"), brokenJSON, rewrite.ReplaceBody("text/plain", ""))},
		{"RFC7644-3.3-08", "half a document is completed", rewrite.EditRaw(rewrite.At("POST", "/Users"), closing)},
		{"RFC7644-3.3-08", "half a document is completed in a PUT", rewrite.EditRaw(rewrite.At("PUT", "/Users/*"), closing)},
		{"RFC7644-3.3-08", "half a change is completed", rewrite.EditRaw(rewrite.At("PATCH", "/Users/*"), closing)},
		{"RFC7644-3.3-08", "XML answers 500", refusedBodies(rewrite.At("POST", "/Users"), bodyContains("<User>"), rewrite.As500)},
		{"RFC7644-3.3-08", "form data is a success", refusedBodies(rewrite.At("POST", "/Users"), bodyContains("userName="), rewrite.Stored)},
		{"RFC7644-3.3-08", "single quotes are a server error", refusedBodies(rewrite.At("POST", "/Users"), bodyContains("'schemas'"), rewrite.As500)},

		{"RFC7644-3.3-09", "a missing user name answers 500", refusedBodies(rewrite.Creations("Users"), everything, rewrite.As500)},
		{"RFC7644-3.3-09", "a missing user name answers 409", refusedBodies(rewrite.Creations("Users"), everything, rewrite.AsError(scim.UniquenessError("null is taken")))},
		{"RFC7644-3.3-09", "a missing user name has the scimType invalidFilter", refusedBodies(rewrite.Creations("Users"), everything, rewrite.SetMember("scimType", scim.ScimTypeInvalidFilter))},
		{"RFC7644-3.3-09", "a missing user name answers 422", refusedBodies(rewrite.Creations("Users"), everything, rewrite.AsError(&scim.Error{Status: 422}))},
		{"RFC7644-3.3-09", "a missing user name is made up", defaulting("Users", "userName", "user-")},
		{"RFC7644-3.3-09", "an empty user name is taken", rewrite.EditRaw(rewrite.Creations("Users"), func(raw []byte) []byte {
			return bytes.Replace(raw, []byte(`"userName": ""`), []byte(`"userName": "-"`), 1)
		})},
		{"RFC7644-3.3-09", "the user name null is taken", rewrite.EditRaw(rewrite.Creations("Users"), func(raw []byte) []byte {
			return bytes.Replace(raw, []byte(`"userName": null`), []byte(`"userName": "null"`), 1)
		})},
		{"RFC7644-3.3-09", "a group needs no name", defaulting("Groups", "displayName", "group-")},
		{"RFC7644-3.3-09", "the name null of a group is taken", rewrite.EditRaw(rewrite.Creations("Groups"), func(raw []byte) []byte {
			return bytes.Replace(raw, []byte(`"displayName": null`), []byte(`"displayName": "null"`), 1)
		})},
		{"RFC7644-3.3-09", "a missing name of a group answers 500", refusedBodies(rewrite.Creations("Groups"), everything, rewrite.As500)},

		{"RFC7644-3.3-10", "a wrong type answers 500", refusedBodies(rewrite.Creations("Users"), everything, rewrite.As500)},
		{"RFC7644-3.3-10", "a wrong type answers 422", refusedBodies(rewrite.Creations("Users"), everything, rewrite.AsError(&scim.Error{Status: 422}))},
		{"RFC7644-3.3-10", "a wrong type has the scimType mutability", refusedBodies(rewrite.Creations("Users"), everything, rewrite.SetMember("scimType", scim.ScimTypeMutability))},
		{"RFC7644-3.3-10", "a wrong type of a group answers 500", refusedBodies(rewrite.Creations("Groups"), everything, rewrite.As500)},
		{"RFC7644-3.3-10", "a name that is a text is dropped", dropping(rewrite.Creations("Users"), func(name string, v any) bool { return name == "name" && isText(v) })},
		{"RFC7644-3.3-10", "a display name that is an object is dropped", dropping(rewrite.Creations("Users"), func(name string, v any) bool {
			return name == "displayName" && scim.KindOf(v) == "object"
		})},
		{"RFC7644-3.3-10", "active that is a text is dropped", dropping(rewrite.Creations("Users"), func(name string, v any) bool { return name == "active" && v == "perhaps" })},
		{"RFC7644-3.3-10", "active that is an object is dropped", dropping(rewrite.Creations("Users"), func(name string, v any) bool {
			return name == "active" && scim.KindOf(v) == "object"
		})},
		{"RFC7644-3.3-10", "e-mail addresses that are a number are dropped", dropping(rewrite.Creations("Users"), func(name string, v any) bool {
			return name == "emails" && scim.KindOf(v) == "number"
		})},
		{"RFC7644-3.3-10", "e-mail addresses that are numbers are dropped", dropping(rewrite.Creations("Users"), func(name string, v any) bool {
			list, ok := v.([]any)
			return name == "emails" && ok && len(list) > 0 && scim.KindOf(list[0]) == "number"
		})},
		{"RFC7644-3.3-10", "members that are a number are dropped", dropping(rewrite.Creations("Groups"), func(name string, v any) bool {
			return name == "members" && scim.KindOf(v) == "number"
		})},
		{"RFC7644-3.3-10", "a boolean that is a text is stored as a text", echoing("active", isText)},
		{"RFC7644-3.3-10", "a number is stored as a number", echoing("displayName", func(v any) bool { return scim.KindOf(v) == "number" })},
		{"RFC7644-3.3-10", "one address is stored without an array", echoing("emails", func(v any) bool { return scim.KindOf(v) == "object" })},
		{"RFC7644-3.3-10", "schemas that are a number are not looked at", rewrite.EditRaw(rewrite.Creations("Users"), func(raw []byte) []byte {
			return bytes.Replace(raw, []byte(`"schemas": 42`), []byte(`"schemas": ["`+scim.UserURN+`"]`), 1)
		})},

		{"RFC7644-3.3-11", "an unknown attribute is stored", rewrite.ShowAsSent("*", "sduoUnknown")},
		{"RFC7644-3.3-11", "an unknown attribute of a user is stored", rewrite.ShowAsSent("Users", "sduoUnknown")},
		{"RFC7644-3.3-11", "an unknown attribute of a group is stored", rewrite.ShowAsSent("Groups", "sduoUnknown")},
		{"RFC7644-3.3-11", "an unknown sub-attribute is stored", rewrite.ShowAsSent("Users", "name.sduoUnknown")},
		{"RFC7644-3.3-11", "an unknown extension is stored", echoing("urn:example:params:scim:schemas:extension:sduo:2.0:User", func(any) bool { return true })},
		{"RFC7644-3.3-11", "an unknown attribute is echoed once", echoingOnce("sduoUnknown")},
		{"RFC7644-3.3-11", "an unknown attribute is a server error", rewrite.Break(func(r *http.Request) bool { return bytes.Contains(rewrite.RawBody(r), []byte("sduoUnknown")) })},
		{"RFC7644-3.3-11", "an empty name is a server error", rewrite.Break(func(r *http.Request) bool { return bytes.Contains(rewrite.RawBody(r), []byte(`"":`)) })},

		{"RFC7644-3.3-12", "null will do for schemas", rewrite.EditRaw(rewrite.Creations("Users"), replacing(`"schemas": null`, `"schemas": ["`+scim.UserURN+`"]`))},
		{"RFC7644-3.3-12", "an empty list will do for schemas", rewrite.EditRaw(rewrite.Creations("Users"), replacing(`"schemas": []`, `"schemas": ["`+scim.UserURN+`"]`))},
		{"RFC7644-3.3-12", "a null among the schemas is passed over", rewrite.EditRaw(rewrite.Creations("Users"), replacing(`"schemas": [null]`, `"schemas": ["`+scim.UserURN+`"]`))},
		{"RFC7644-3.3-12", "schemas that are null are a server error", rewrite.RefuseBodies(rewrite.Creations("*"), func(body *scim.Object) bool { v, there := body.Get("schemas"); return there && v == nil }, scim.Internal("null"))},
		{"RFC7644-3.3-12", "no schemas are needed", rewrite.EditRaw(rewrite.Creations("Users"), func(raw []byte) []byte {
			if bytes.Contains(raw, []byte(`"schemas"`)) {
				return raw
			}
			return bytes.Replace(raw, []byte("{"), []byte(`{"schemas":["`+scim.UserURN+`"],`), 1)
		})},
		{"RFC7644-3.3-12", "a foreign schema will do", rewrite.EditRaw(rewrite.Creations("Users"), replacing("urn:example:params:scim:schemas:Sduo", scim.UserURN))},
		{"RFC7644-3.3-12", "the schema of messages will do", rewrite.EditRaw(rewrite.Creations("Users"), replacing(scim.ListResponseURN, scim.UserURN))},
		{"RFC7644-3.3-12", "the schema of a group will do for a user", rewrite.EditRaw(rewrite.Creations("Users"), replacing(scim.GroupURN, scim.UserURN))},
		{"RFC7644-3.3-12", "the schema of a user will do for a group", rewrite.EditRaw(rewrite.Creations("Groups"), replacing(scim.UserURN, scim.GroupURN))},
		{"RFC7644-3.3-12", "a missing schema answers 500", refusedBodies(rewrite.Creations("*"), everything, rewrite.As500)},
		{"RFC7644-3.3-12", "a foreign schema answers 404", refusedBodies(rewrite.Creations("*"), everything, rewrite.AsError(scim.NotFound("schema", "foreign")))},

		{"RFC7644-3.3-13", "null is a server error", answersTo("POST", "null", rewrite.Refusal(scim.Internal("null")))},
		{"RFC7644-3.3-13", "a number is a server error", answersTo("POST", "7", rewrite.Refusal(scim.Internal("not an object")))},
		{"RFC7644-3.3-13", "an empty body answers 500", refusedBodies(rewrite.Creations("Users"), empty, rewrite.As500)},
		{"RFC7644-3.3-13", "an empty body is a success", refusedBodies(rewrite.Creations("Users"), empty, rewrite.Stored)},
		{"RFC7644-3.3-13", "an empty body answers 411", refusedBodies(rewrite.Creations("Users"), empty, rewrite.AsError(&scim.Error{Status: 411}))},
		{"RFC7644-3.3-13", "an empty body of a group answers 500", refusedBodies(rewrite.Creations("Groups"), empty, rewrite.As500)},
		{"RFC7644-3.3-13", "an empty change answers 500", refusedBodies(rewrite.At("PATCH", ""), empty, rewrite.As500)},
		{"RFC7644-3.3-13", "an empty change is a success", refusedBodies(rewrite.At("PATCH", ""), empty, func(_ *http.Request, a *rewrite.Answer) {
			*a = *rewrite.NewAnswer(204, nil)
		})},
		{"RFC7644-3.3-13", "an array answers 500", refusedBodies(rewrite.Creations("Users"), noObject, rewrite.As500)},
		{"RFC7644-3.3-13", "the first element of an array is created", rewrite.EditRaw(rewrite.Creations("Users"), func(raw []byte) []byte {
			return bytes.TrimSuffix(bytes.TrimPrefix(raw, []byte("[")), []byte("]"))
		})},
		{"RFC7644-3.3-13", "an array answers 201", refusedBodies(rewrite.Creations("Users"), noObject, rewrite.Stored)},
		{"RFC7644-3.3-13", "an array answers 500 to PUT", refusedBodies(rewrite.At("PUT", ""), noObject, rewrite.As500)},
		{"RFC7644-3.3-13", "an array answers 500 to PATCH", refusedBodies(rewrite.At("PATCH", ""), noObject, rewrite.As500)},
		{"RFC7644-3.3-13", "the empty body's error has no body", refusedBodies(rewrite.Creations("Users"), empty, rewrite.ReplaceBody("text/plain", ""))},

		{"RFC7644-3.3-14", "text/plain is a server error", byType("POST", "text/plain", rewrite.As500)},
		{"RFC7644-3.3-14", "XML is a server error", byType("POST", "application/xml", rewrite.As500)},
		{"RFC7644-3.3-14", "a form is a server error", byType("POST", "application/x-www-form-urlencoded", rewrite.As500)},
		{"RFC7644-3.3-14", "no media type is a server error", byType("POST", "", rewrite.As500)},
		{"RFC7644-3.3-14", "a nonsensical media type is a server error", byType("POST", "no media type", rewrite.As500)},
		{"RFC7644-3.3-14", "XML is a success", byType("POST", "application/xml", rewrite.Stored)},
		{"RFC7644-3.3-14", "a form is a success", byType("POST", "application/x-www-form-urlencoded", rewrite.Stored)},
		{"RFC7644-3.3-14", "a 415 is a plain text", rewrite.Answers(rewrite.Anywhere, func(r *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusUnsupportedMediaType {
				rewrite.ReplaceBody("text/plain", "Unsupported Media Type")(r, a)
			}
		})},
		{"RFC7644-3.3-14", "XML is a server error in a change", byType("PATCH", "application/xml", rewrite.As500)},
		{"RFC7644-3.3-14", "a foreign media type answers 404", byType("POST", "application/xml", rewrite.AsError(scim.NotFound("endpoint", "")))},

		{"RFC7644-3.3-15", "a large body answers 500", refusedBodies(rewrite.Creations("*"), large, rewrite.As500)},
		{"RFC7644-3.3-15", "a large body answers 502", refusedBodies(rewrite.Creations("*"), large, func(_ *http.Request, a *rewrite.Answer) {
			*a = rewrite.Answer{Status: 502, Header: http.Header{"Content-Type": {"text/html"}}, Raw: []byte("<h1>Bad Gateway</h1>")}
		})},
		{"RFC7644-3.3-15", "a large body cuts the connection", hangingUp(large)},
		{"RFC7644-3.3-15", "many members answer 500", rewrite.Break(func(r *http.Request) bool { return bytes.Contains(rewrite.RawBody(r), []byte("sduo49999")) })},
		{"RFC7644-3.3-15", "after a large body nothing works", lockedAfter(large)},

		{"RFC7644-3.3-16", "a repeated name answers 500", refusedBodies(rewrite.Creations("*"), brokenJSON, rewrite.As500)},
		{"RFC7644-3.3-16", "a repeated name answers 409", refusedBodies(rewrite.Creations("*"), brokenJSON, rewrite.AsError(scim.UniquenessError("the name is taken")))},
		{"RFC7644-3.3-16", "one value is told and the other one kept", tellingOther()},
		{"RFC7644-3.3-16", "a schema named twice is a server error", rewrite.Break(func(r *http.Request) bool {
			list := rewrite.BodyOf(r).Array("schemas")
			return len(list) == 2 && list[0] == list[1]
		})},

		{"RFC7644-3.3-17", "text after the document is ignored", rewrite.EditRaw(rewrite.Creations("*"), cutting)},
		{"RFC7644-3.3-17", "text behind the document answers 500", refusedBodies(rewrite.Creations("*"), brokenJSON, rewrite.As500)},
		{"RFC7644-3.3-17", "a second document is forgotten", rewrite.EditRaw(rewrite.Creations("*"), func(raw []byte) []byte {
			if before, _, found := bytes.Cut(raw, []byte("}{")); found {
				return append(bytes.Clone(before), '}')
			}
			return raw
		})},
		{"RFC7644-3.3-17", "a bracket too many is forgotten", rewrite.EditRaw(rewrite.Creations("*"), func(raw []byte) []byte {
			if !brokenJSON(raw[:max(len(raw)-1, 0)]) {
				return raw[:len(raw)-1]
			}
			return raw
		})},

		{"RFC7644-3.3-18", "deep arrays answer 500", refusedBodies(rewrite.Creations("*"), bodyContains("[[[["), rewrite.As500)},
		{"RFC7644-3.3-18", "deep objects answer 500", refusedBodies(rewrite.Creations("*"), bodyContains(`{"a":{"a":`), rewrite.As500)},
		{"RFC7644-3.3-18", "deep arrays cut the connection", hangingUp(bodyContains("[[[["))},
		{"RFC7644-3.3-18", "a deep attribute answers 500", refusedBodies(rewrite.Creations("*"), bodyContains(`{"givenName":{"givenName":`), rewrite.As500)},
		{"RFC7644-3.3-18", "after deep arrays nothing works", lockedAfter(bodyContains("[[[["))},

		{"RFC7644-3.3-19", "bytes that are no text answer 500", refusedBodies(rewrite.Creations("*"), func(raw []byte) bool { return !utf8.Valid(raw) }, rewrite.As500)},
		{"RFC7644-3.3-19", "a NUL character answers 500", rewrite.Break(func(r *http.Request) bool { return bytes.Contains(rewrite.RawBody(r), []byte(`\u0000`)) })},
		{"RFC7644-3.3-19", "half a surrogate answers 500", rewrite.Break(func(r *http.Request) bool { return bytes.Contains(rewrite.RawBody(r), []byte(`\ud83d`)) })},
		{"RFC7644-3.3-19", "control characters answer 500", rewrite.Break(func(r *http.Request) bool { return bytes.Contains(rewrite.RawBody(r), []byte(`\u0001`)) })},
		{"RFC7644-3.3-19", "bytes that are no text are echoed", refusedBodies(rewrite.Creations("*"), func(raw []byte) bool { return !utf8.Valid(raw) }, func(_ *http.Request, a *rewrite.Answer) {
			a.Body, a.Raw = nil, []byte("{\"schemas\":[\""+scim.ErrorURN+"\"],\"status\":\"400\",\"detail\":\"a\xff\xfe\"}")
		})},

		{"RFC7644-3.3-20", "a refused resource is stored", storingAnyway(rewrite.Creations("*"))},
		{"RFC7644-3.3-20", "a user that was refused is stored", storingAnyway(rewrite.Creations("Users"))},
		{"RFC7644-3.3-20", "a group that was refused is stored", storingAnyway(rewrite.Creations("Groups"))},
		{"RFC7644-3.3-20", "a refused name is reserved", reserving()},
	}
}

// locatedAt rewrites the header Location of an answer to a creation.
func locatedAt(of string, edit func(location string) string) rewrite.Wrap {
	return rewrite.OnStatus(rewrite.Creations(of), http.StatusCreated, func(_ *http.Request, a *rewrite.Answer) {
		a.Header.Set("Location", edit(a.Header.Get("Location")))
	})
}

// storing shows a value where a user has none.
func storing(name string, value any) rewrite.Wrap {
	return rewrite.Shown(rewrite.Anywhere, func(o *scim.Object) {
		if _, there := o.Get(name); !there && o.String("userName") != "" {
			o.Set(name, value)
		}
	})
}

// vanishing deletes a new resource before it answers 201.
func vanishing() rewrite.Wrap {
	return func(next http.Handler) http.Handler {
		return rewrite.OnStatus(rewrite.Creations("Users"), http.StatusCreated, func(r *http.Request, a *rewrite.Answer) {
			rewrite.Ask(next, r, http.MethodDelete, "Users/"+a.Body.String("id"), nil)
		})(next)
	}
}

// stayingFirst gives every new resource the Location of the first one.
func stayingFirst() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		first := ""
		return locatedAt("Users", func(l string) string {
			mu.Lock()
			defer mu.Unlock()
			if first == "" {
				first = l
			}
			return first
		})
	})
}

// refusingTheSame treats an attribute as unique that is not.
func refusingTheSame(name string) rewrite.Wrap {
	return rewrite.RefuseAgain(rewrite.Creations("Users"), func(body *scim.Object) string { return body.String(name) },
		scim.UniquenessError("another user has this %s", name))
}

// accepting lets the creation of a duplicate through, under a name that the
// provider does not see as one, and shows it under the name that was asked for.
func accepting(such func(body, other *scim.Object) bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if a.Status == http.StatusConflict && rewrite.Creations("Users")(r) && body != nil {
			name := body.String("userName")
			if other := rewrite.UserByName(next, r, name); other != nil && such(body, other) {
				body.Set("userName", name+string(rune(0x200b))) // a space without width
				rewrite.SetBody(r, body)
				a = rewrite.Serve(next, r)
			}
		}
		for _, o := range a.Resources() {
			if name := o.String("userName"); name != "" {
				o.Set("userName", strings.TrimRight(name, string(rune(0x200b))))
			}
		}
		return a
	})
}

// overwritingDuplicate replaces the resource that is there by the duplicate.
func overwritingDuplicate(status int, refuses bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if a.Status != http.StatusConflict || !rewrite.Creations("Users")(r) || body == nil {
			return a
		}
		if other := rewrite.UserByName(next, r, body.String("userName")); other != nil {
			written := rewrite.Ask(next, r, http.MethodPut, "Users/"+other.String("id"), body)
			if !refuses {
				a = written
				a.Status = status
			}
		}
		return a
	})
}

func anyDuplicate(_, _ *scim.Object) bool { return true }

// firstDuplicateOnly refuses one duplicate and lets the next one through.
func firstDuplicateOnly() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		seen := make(chan struct{}, 1)
		return accepting(func(_, _ *scim.Object) bool {
			select {
			case seen <- struct{}{}:
				return false
			default:
				return true
			}
		})
	})
}

// accepted409 creates the duplicate and answers 409.
func accepted409() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		inner := accepting(anyDuplicate)(next)
		name := rewrite.BodyOf(r).String("userName")
		if !rewrite.CreatesUsers(r) || name == "" || rewrite.UserByName(inner, r, name) == nil {
			return looking(inner, next, r)
		}
		rewrite.Serve(inner, r)
		return rewrite.Refusal(scim.UniquenessError("the name is taken"))
	})
}

// looking counts duplicates, too, in the answer to a look-up by name.
func looking(inner, next http.Handler, r *http.Request) *rewrite.Answer {
	filter := r.URL.Query().Get("filter")
	a := rewrite.Serve(inner, r)
	if name, ok := strings.CutPrefix(filter, `userName eq "`); ok && a.Body != nil {
		more := rewrite.Ask(next, r, http.MethodGet, "Users?filter=userName+sw+%22"+strings.TrimSuffix(name, `"`)+"%22", nil)
		total, _ := more.Body.Get("totalResults")
		a.Body.Set("totalResults", total)
	}
	return a
}

// lockedAfterConflict refuses every creation after a conflict.
func lockedAfterConflict() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		seen := make(chan struct{}, 1)
		return rewrite.Answers(rewrite.Creations("Users"), func(_ *http.Request, a *rewrite.Answer) {
			if len(seen) > 0 {
				a.Refuse(scim.UniquenessError("the transaction was aborted"))
			}
			if a.Status == http.StatusConflict && len(seen) == 0 {
				seen <- struct{}{}
			}
		})
	})
}

// refusedBodies rewrites the errors that answer chosen requests whose body is
// such.
func refusedBodies(chosen rewrite.When, such func(raw []byte) bool, edit func(r *http.Request, a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Handle(chosen, func(next http.Handler, r *http.Request) *rewrite.Answer {
		raw := rewrite.RawBody(r)
		a := rewrite.Serve(next, r)
		if a.Status >= 400 && such(raw) {
			edit(r, a)
		}
		return a
	})
}

// dropping leaves out the members of the body that do not pass.
func dropping(chosen rewrite.When, wrong func(name string, value any) bool) rewrite.Wrap {
	return rewrite.Requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body == nil {
			return
		}
		for name, value := range body.Clone().All() {
			if wrong(name, value) {
				body.Delete(name)
			}
		}
	})
}

func brokenJSON(raw []byte) bool {
	_, err := scim.Parse(raw)
	return err != nil
}

func noObject(raw []byte) bool {
	v, err := scim.Parse(raw)
	_, isObject := v.(*scim.Object)
	return err == nil && !isObject
}

func empty(raw []byte) bool { return len(bytes.TrimSpace(raw)) == 0 }

func bodyContains(part string) func([]byte) bool {
	return func(raw []byte) bool { return bytes.Contains(raw, []byte(part)) }
}

func everything([]byte) bool { return true }

// closing completes a document that ends too early.
func closing(raw []byte) []byte {
	if brokenJSON(raw) && !brokenJSON(append(bytes.Clone(raw), '}')) {
		return append(bytes.Clone(raw), '}')
	}
	return raw
}

// cutting ignores text after the document, as a stream reader does.
func cutting(raw []byte) []byte {
	for i := range raw {
		if raw[i] == '}' && !brokenJSON(raw[:i+1]) {
			return raw[:i+1]
		}
	}
	return raw
}

// mendingNames repairs a repeated name.
func mendingNames(raw []byte) []byte {
	return bytes.Replace(raw, []byte(`"DISPLAYNAME"`), []byte(`"title"`), 1)
}

// defaulting fills in a required attribute.
func defaulting(of, name, value string) rewrite.Wrap {
	return rewrite.Requests(rewrite.Creations(of), func(_ *http.Request, body *scim.Object) {
		if body != nil && body.String(name) == "" && (name == "userName" || name == "displayName") {
			body.Set(name, value+body.String("displayName")+body.String("externalId"))
		}
	})
}

func isText(v any) bool { _, ok := v.(string); return ok }

func large(raw []byte) bool { return len(raw) > 1<<18 }

func replacing(old, by string) func([]byte) []byte {
	return func(raw []byte) []byte { return bytes.ReplaceAll(raw, []byte(old), []byte(by)) }
}

// byType treats requests by their Content-Type alone.
func byType(method, contentType string, edit func(*http.Request, *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Answers(func(r *http.Request) bool {
		return r.Method == method && r.Header.Get("Content-Type") == contentType
	}, edit)
}

// hangingUp ends the connection in place of an answer.
func hangingUp(such func([]byte) bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
		if rewrite.Creations("*")(r) && such(rewrite.RawBody(r)) {
			panic(http.ErrAbortHandler)
		}
		return nil
	})
}

// lockedAfter answers 503 to everything once such a body has come.
func lockedAfter(such func([]byte) bool) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		down := make(chan struct{}, 1)
		return rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
			if len(down) > 0 {
				return rewrite.NewAnswer(http.StatusServiceUnavailable, nil)
			}
			if rewrite.Creations("*")(r) && such(rewrite.RawBody(r)) {
				down <- struct{}{}
			}
			return nil
		})
	})
}

// echoing accepts a member of a creation that the provider does not store, and
// shows it from then on.
func echoing(name string, such func(v any) bool) rewrite.Wrap {
	concerned := func(r *http.Request) bool {
		v, there := rewrite.BodyOf(r).Get(name)
		return !rewrite.Creations("*")(r) || there && such(v)
	}
	return rewrite.Only(concerned, rewrite.InTurn(
		rewrite.ShowAsSent("*", name),
		dropping(rewrite.Creations("*"), func(n string, v any) bool { return strings.EqualFold(n, name) && such(v) }),
	))
}

// echoingOnce shows a member in the answer to the creation only.
func echoingOnce(name string) rewrite.Wrap {
	return rewrite.Handle(rewrite.Creations("*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		sent := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if v, there := sent.Get(name); there && a.Status == http.StatusCreated {
			a.Body.Set(name, v)
		}
		return a
	})
}

// tellingOther takes the last of two values and tells the first.
func tellingOther() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		raw := rewrite.RawBody(r)
		if !rewrite.Creations("*")(r) || !bytes.Contains(raw, []byte("DISPLAYNAME")) {
			return nil
		}
		mended := bytes.Replace(mendingNames(raw), []byte(`"title"`), []byte(`"nickName"`), 1)
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(mended)), int64(len(mended))
		a := rewrite.Serve(next, r)
		if a.Body != nil {
			a.Body.Set("displayName", a.Body.String("nickName"))
			a.Body.Delete("nickName")
		}
		return a
	})
}

// storingAnyway stores the valid attributes of a refused creation.
func storingAnyway(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Handle(chosen, func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if a.Status == http.StatusBadRequest && body != nil {
			body.Delete("name")
			body.Delete("members")
			rewrite.Ask(next, r, http.MethodPost, rewrite.Segments(r)[0], body)
		}
		return a
	})
}

// reserving keeps the name of a refused creation as taken.
func reserving() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		used := map[string]bool{}
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			name := rewrite.BodyOf(r).String("userName")
			a := rewrite.Serve(next, r)
			if rewrite.Creations("Users")(r) && used[name] {
				a.Refuse(scim.UniquenessError("the name is taken"))
			}
			if rewrite.Creations("Users")(r) && a.Status == http.StatusBadRequest {
				used[name] = true
			}
			return a
		})
	})
}
