package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// formFaults violate RFC 7643, sections 2.1, 2.2, 2.3.8 and 3.
func formFaults() []Fault {
	return []Fault{
		{"RFC7643-2.1-01", "users have no schemas", showing(ofUsers, "schemas", toGone)},
		{"RFC7643-2.1-01", "groups in lists have no schemas", showing(inGroupLists, "schemas", toGone)},
		{"RFC7643-2.1-01", "schemas is a text", showing(ofUsers, "schemas", toValue(scim.UserURN))},
		{"RFC7643-2.1-01", "the configuration has no schemas", showing(at("GET", "/ServiceProviderConfig"), "schemas", toGone)},
		{"RFC7643-2.1-01", "a list is a bare array", answers(inUserLists, bareArray)},
		{"RFC7643-2.1-01", "the resources of a list are texts", answers(inUserLists, func(_ *http.Request, a *answer) {
			for i, o := range a.resources() {
				a.body.Array("Resources")[i] = o.String("id")
			}
		})},

		{"RFC7643-2.1-02", "an attribute begins with a digit", showingNew(ofUsers, "2ndName", toOf("Ann"))},
		{"RFC7643-2.1-02", "an attribute has a space in its name", showingNew(ofGroups, "display name", toOf("G"))},
		{"RFC7643-2.1-02", "a sub-attribute has a dot in its name", shown(ofUsers, func(o *scim.Object) {
			o.Set("name", scim.NewObject(scim.Member{Name: "given.name", Value: "Ann"}))
		})},
		{"RFC7643-2.1-02", "an attribute of a list element has an umlaut", shown(inUserLists, func(o *scim.Object) {
			o.Set("größe", "XL")
		})},

		{"RFC7643-2.1-03", "names in a new user are read in one case only", requests(at("POST", "/Users"), readExactly)},
		{"RFC7643-2.1-03", "names in a PUT are read in one case only", requests(at("PUT", "/Users/*"), readExactly)},
		{"RFC7643-2.1-03", "names in a new group are read in one case only", requests(at("POST", "/Groups"), readExactly)},
		{"RFC7643-2.1-03", "names of sub-attributes are read in one case only", requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			for _, name := range []string{"name", "emails"} {
				v, _ := body.Get(name)
				for _, o := range objectsIn(v) {
					readExactly(nil, o)
				}
			}
		})},
		{"RFC7643-2.1-03", "names in the value of a PATCH are read in one case only", patching("/Users/*", func(op *scim.Object) bool {
			readExactly(nil, op.Object("value"))
			return true
		})},
		{"RFC7643-2.1-03", "names in capital letters are refused", refusingBodies(at("POST", "/Users"), func(body *scim.Object) bool {
			for name := range body.All() {
				if !isExact(name) {
					return true
				}
			}
			return false
		}, scim.InvalidSyntax("unknown attribute"))},

		{"RFC7643-2.2-01", "a title belongs to one user", uniqueToo("title")},
		{"RFC7643-2.2-01", "a displayName belongs to one user", uniqueToo("displayName")},
		{"RFC7643-2.2-01", "a nickName cannot be changed", keepingOld(at("PUT", "/Users/*"), "nickName", hasMember("nickName"))},
		{"RFC7643-2.2-01", "a title is shown on request only", shown(at("GET", "/Users/*"), func(o *scim.Object) { o.Delete("title") })},
		{"RFC7643-2.2-01", "a filter on nickName is case exact", requests(at("GET", "/Users"), func(r *http.Request, _ *scim.Object) {
			q := r.URL.Query()
			q.Set("filter", strings.Replace(q.Get("filter"), "mIXEDcASE", "nobody", 1))
			r.URL.RawQuery = q.Encode()
		})},
		{"RFC7643-2.2-01", "a title is required", refusingBodies(at("PUT", "/Users/*"), func(body *scim.Object) bool {
			return !hasMember("title")(body) && !hasMember("nickName")(body)
		}, scim.InvalidValue("title is required"))},

		{"RFC7643-2.3.8-01", "the first part of a name is taken for the family name", requests(aUser, firstIsFamilyName)},
		{"RFC7643-2.3.8-01", "an e-mail address has to begin with its value", requests(aUser, firstIsValue("emails"))},
		{"RFC7643-2.3.8-01", "a member has to begin with its value", requests(aGroup, firstIsValue("members"))},
		{"RFC7643-2.3.8-01", "a PATCH has to begin with its schemas", refusingBodies(at("PATCH", ""), func(body *scim.Object) bool {
			return leadingName(body) != "schemas"
		}, scim.InvalidSyntax("schemas expected"))},
		{"RFC7643-2.3.8-01", "an operation has to begin with op", patching("", func(op *scim.Object) bool { return leadingName(op) == "op" })},

		{"RFC7643-2.3.8-02", "a name has a complex part", shown(ofUsers, func(o *scim.Object) {
			o.Set("name", scim.NewObject(scim.Member{Name: "parts", Value: scim.NewObject(scim.Member{Name: "given", Value: "Ann"})}))
		})},
		{"RFC7643-2.3.8-02", "an e-mail address has a complex part", shown(ofUsers, func(o *scim.Object) {
			for _, e := range objectsIn(o.Array("emails")) {
				e.Set("status", scim.NewObject(scim.Member{Name: "verified", Value: true}))
			}
		})},
		{"RFC7643-2.3.8-02", "a member holds its user", shown(ofGroups, func(o *scim.Object) {
			for _, e := range objectsIn(o.Array("members")) {
				e.Set("user", scim.NewObject(scim.Member{Name: "id", Value: e.String("value")}))
			}
		})},

		{"RFC7643-3-01", "schemas of a user is empty", showing(ofUsers, "schemas", toValue([]any{}))},
		{"RFC7643-3-01", "schemas of a group is null", showing(ofGroups, "schemas", toValue(nil))},
		{"RFC7643-3-01", "schemas has an empty text", showing(ofUsers, "schemas", toValue([]any{""}))},
		{"RFC7643-3-01", "a list names no schema", answers(anyOf(inUserLists, inGroupLists), func(_ *http.Request, a *answer) { a.body.Delete("schemas") })},
		{"RFC7643-3-01", "an error names no schema", answers(anywhere, func(_ *http.Request, a *answer) {
			if a.status >= 400 && a.body != nil {
				a.body.Delete("schemas")
			}
		})},
		{"RFC7643-3-01", "the error about a duplicate names no schema", answers(at("POST", "/Users"), func(_ *http.Request, a *answer) {
			if a.status == http.StatusConflict && a.body != nil {
				a.body.Delete("schemas")
			}
		})},
		{"RFC7643-3-01", "a resource type names no schema", showing(at("GET", "/ResourceTypes/*"), "schemas", toGone)},
		{"RFC7643-3-01", "a user who was changed has no schemas", showing(at("PUT,PATCH", "/Users/*"), "schemas", toGone)},

		{"RFC7643-3-02", "a user has a schema that no type has", alsoNaming(ofUsers, "urn:ietf:params:scim:schemas:core:2.0:Person")},
		{"RFC7643-3-02", "a group is a user as well", alsoNaming(ofGroups, scim.UserURN)},
		{"RFC7643-3-02", "a group has the enterprise extension", alsoNaming(inGroupLists, scim.EnterpriseURN)},
		{"RFC7643-3-02", "a user has the schema of SCIM 1.1", alsoNaming(ofUsers, "urn:scim:schemas:core:1.0")},
		{"RFC7643-3-02", "a user has the schema of lists", alsoNaming(at("GET", "/Users/*"), scim.ListResponseURN+":User")},

		{"RFC7643-3-03", "the base schema is named twice", alsoNaming(ofUsers, scim.UserURN)},
		{"RFC7643-3-03", "a group's schema is named twice in lists", alsoNaming(inGroupLists, scim.GroupURN)},
		{"RFC7643-3-03", "a schema is named twice in different case", alsoNaming(ofUsers, strings.ToLower(scim.UserURN))},

		{"RFC7643-3-04", "a new user has to begin with the base schema", refusingBodies(at("POST", "/Users"), extensionFirst, scim.InvalidValue("unexpected schema"))},
		{"RFC7643-3-04", "only the first schema counts for a new user", withoutSentIf(at("POST", "/Users"), extensionFirst, "displayName")},
		{"RFC7643-3-04", "only the last schema counts for a PUT", withoutSentIf(at("PUT", "/Users/*"), extensionFirst, scim.EnterpriseURN)},
	}
}

// toOf gives every resource the same value.
func toOf(v any) func(*scim.Object) any { return func(*scim.Object) any { return v } }

func bareArray(_ *http.Request, a *answer) {
	if a.body == nil || !a.ok() {
		return
	}
	a.raw, _ = scim.Marshal(a.body.Array("Resources"))
	a.body = nil
}

// exactNames are the attributes in the spelling of the standard.
var exactNames = []string{
	"schemas", "id", "externalId", "meta", "userName", "name", "displayName", "active", "emails", "members", "password",
	"value", "type", "primary", "display", "$ref", "familyName", "givenName", "middleName", "formatted", "title", "nickName",
}

func isExact(name string) bool {
	return strings.Contains(name, ":") || slices.Contains(exactNames, name) ||
		!slices.ContainsFunc(exactNames, func(s string) bool { return strings.EqualFold(s, name) })
}

// readExactly drops what is written in another case.
func readExactly(_ *http.Request, body *scim.Object) {
	var odd []string
	for name := range body.All() {
		if !isExact(name) {
			odd = append(odd, name)
		}
	}
	for _, name := range odd {
		body.Delete(name)
	}
}

// uniqueToo refuses a new user with a value that another one has.
func uniqueToo(attribute string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("POST", "/Users")(r) {
				value, _ := scim.Marshal(bodyOf(r).String(attribute))
				found := ask(next, r, http.MethodGet, "Users?filter="+strings.NewReplacer(" ", "%20", `"`, "%22").Replace(attribute+" eq "+string(value)), nil)
				if len(found.resources()) > 0 && string(value) != `""` {
					a := &answer{}
					a.refuse(scim.UniquenessError("another user has this %s", attribute))
					a.send(w)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

func leadingName(o *scim.Object) string {
	for name := range o.All() {
		return name
	}
	return ""
}

func firstIsFamilyName(_ *http.Request, body *scim.Object) {
	name := body.Object("name")
	if first := leadingName(name); first == "givenName" {
		family, given := name.String("familyName"), name.String("givenName")
		name.Set("familyName", given)
		name.Set("givenName", family)
	}
}

// firstIsValue drops the elements of a list that begin with something else.
func firstIsValue(list string) func(*http.Request, *scim.Object) {
	return func(_ *http.Request, body *scim.Object) {
		if body == nil || len(body.Array(list)) == 0 {
			return
		}
		kept := []any{}
		for _, e := range objectsIn(body.Array(list)) {
			if leadingName(e) == "value" {
				kept = append(kept, e)
			}
		}
		body.Set(list, kept)
	}
}

// alsoNaming adds a schema to every resource.
func alsoNaming(chosen when, urn string) Wrap {
	return shown(chosen, func(o *scim.Object) {
		if schemas := o.Array("schemas"); schemas != nil && o.String("id") != "" {
			o.Set("schemas", append(slices.Clone(schemas), urn))
		}
	})
}

// extensionFirst is true for bodies that do not begin with the base schema.
func extensionFirst(body *scim.Object) bool {
	schemas := body.Array("schemas")
	return len(schemas) > 1 && schemas[0] != scim.UserURN
}

// withoutSentIf drops attributes from such bodies.
func withoutSentIf(chosen when, such func(*scim.Object) bool, names ...string) Wrap {
	return requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body == nil || !such(body) {
			return
		}
		for _, name := range names {
			body.Delete(name)
		}
	})
}
