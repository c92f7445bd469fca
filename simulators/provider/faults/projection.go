package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func projectionFaults() []Fault {
	return slices.Concat(
		choiceFaults(), choicePartFaults(), choiceNameFaults(), choiceChangeFaults(), notationFaults(), searchFaults(),
	)
}

var (
	asks   = has("attributes")
	leaves = has("excludedAttributes")
)

func several(parameter string) parameterTest {
	return func(p url.Values) bool { return len(names(p, parameter)) > 1 }
}

func naming(parameter string, fits func(name string) bool) parameterTest {
	return func(p url.Values) bool { return slices.ContainsFunc(names(p, parameter), fits) }
}

// firstName and lastName honour one name of several.
func firstName(parameter string) parameterEdit {
	return func(p url.Values) {
		if all := names(p, parameter); len(all) > 0 {
			p.Set(parameter, all[0])
		}
	}
}

func lastName(parameter string) parameterEdit {
	return func(p url.Values) {
		if all := names(p, parameter); len(all) > 0 {
			p.Set(parameter, all[len(all)-1])
		}
	}
}

// alsoNamed adds a name that the client did not send.
func alsoNamed(parameter, name string) parameterEdit {
	return func(p url.Values) {
		if p.Has(parameter) {
			p.Set(parameter, p.Get(parameter)+","+name)
		}
	}
}

// choiceFaults are about attributes and excludedAttributes of queries.
func choiceFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.5-01", "attributes is ignored", misasked(readOne("Users", "Groups"), omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "attributes is ignored on users", misasked(readOne("Users"), omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "attributes is ignored on groups", misasked(readOne("Groups"), omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "only the first name counts", misasked(readOne("Users"), firstName("attributes"))},
		{"RFC7644-3.4.2.5-01", "only the last name counts", misasked(readOne("Users"), lastName("attributes"))},
		{"RFC7644-3.4.2.5-01", "several names are too many", misasked(readOne("Users").when(several("attributes")), omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "what is named is left out", misasked(readOne("Users").when(asks), func(p url.Values) {
			p.Set("excludedAttributes", p.Get("attributes"))
			p.Del("attributes")
		})},
		{"RFC7644-3.4.2.5-01", "the id gets lost", shown(readOne("Users").when(asks), lost("id"))},
		{"RFC7644-3.4.2.5-01", "the name is shown as well", misasked(readOne("Users"), alsoNamed("attributes", "name"))},
		{"RFC7644-3.4.2.5-01", "the user name is shown as well", misasked(readOne("Users"), alsoNamed("attributes", "userName"))},
		{"RFC7644-3.4.2.5-01", "the members are shown as well", misasked(readOne("Groups"), alsoNamed("attributes", "members"))},
		{"RFC7644-3.4.2.5-01", "complex attributes cannot be chosen", shown(readOne("Users").when(asks), lost("name", "emails"))},
		{"RFC7644-3.4.2.5-01", "members cannot be chosen", shown(readOne("Groups").when(asks), lost("members"))},
		{"RFC7644-3.4.2.5-01", "attributes=meta is everything", misasked(readOne("Users").when(equals("attributes", "meta")), omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "meta cannot be chosen", shown(readOne("Users").when(asks), lost("meta"))},
		{"RFC7644-3.4.2.5-01", "a user without the attribute is shown whole", misasked(readOne("Users").when(equals("attributes", "nickName")), omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "a user without the attribute is not found", turnsDown(readOne("Users").when(equals("attributes", "nickName")), scim.NotFound("User", "x"))},
		{"RFC7644-3.4.2.5-01", "attributes is refused", turnsDown(readOne("Users").when(asks), scim.InvalidValue("attributes is not supported"))},

		{"RFC7644-3.4.2.5-02", "attributes is ignored", misasked(byGet(), omit("attributes"))},
		{"RFC7644-3.4.2.5-02", "attributes is ignored on groups", misasked(byGet("Groups"), omit("attributes"))},
		{"RFC7644-3.4.2.5-02", "attributes is ignored beside a filter", misasked(byGet().when(has("filter")), omit("attributes"))},
		{"RFC7644-3.4.2.5-02", "attributes is ignored without a filter", misasked(byGet().when(lacks("filter")), omit("attributes"))},
		{"RFC7644-3.4.2.5-02", "what the filter looks at is shown as well", misasked(byGet("Users").when(says("filter", "displayName")), alsoNamed("attributes", "displayName"))},
		{"RFC7644-3.4.2.5-02", "the user name is shown as well", misasked(byGet("Users").when(has("filter")), alsoNamed("attributes", "userName"))},
		{"RFC7644-3.4.2.5-02", "only the first resource is cut", both(firstOnlyHonoured(byGet(), "attributes"), seeded)},
		{"RFC7644-3.4.2.5-02", "the id gets lost", shown(byGet().when(asks), lost("id"))},
		{"RFC7644-3.4.2.5-02", "the schemas get lost", shown(byGet().when(asks), lost("schemas"))},
		{"RFC7644-3.4.2.5-02", "complex attributes cannot be chosen", shown(byGet("Users").when(asks), lost("name", "emails"))},
		{"RFC7644-3.4.2.5-02", "only ids are shown", shown(byGet().when(asks), onlyShows("schemas", "id"))},

		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored", misasked(readOne("Users", "Groups"), omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored on groups", misasked(readOne("Groups"), omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored in lists", misasked(byGet(), omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored in lists of groups", misasked(byGet("Groups"), omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored in lists without a filter", misasked(byGet().when(lacks("filter")), omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "only the first name counts", misasked(readOne("Users"), firstName("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "only the last name counts in lists", misasked(byGet("Users"), lastName("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "only what is named is shown", misasked(readOne("Users").when(leaves), func(p url.Values) {
			p.Set("attributes", p.Get("excludedAttributes"))
			p.Del("excludedAttributes")
		})},
		{"RFC7644-3.4.2.5-03", "only the minimum set is left", shown(readOne("Users").when(leaves), onlyShows("schemas", "id", "userName"))},
		{"RFC7644-3.4.2.5-03", "the user name goes too", shown(readOne("Users").when(leaves), lost("userName"))},
		{"RFC7644-3.4.2.5-03", "the display name goes too, in lists", shown(byGet("Users").when(leaves), lost("displayName"))},
		{"RFC7644-3.4.2.5-03", "the id goes too, in lists", shown(byGet().when(leaves), lost("id"))},
		{"RFC7644-3.4.2.5-03", "the name of the group goes too", shown(readOne("Groups").when(leaves), lost("displayName"))},
		{"RFC7644-3.4.2.5-03", "members cannot be left out", misasked(queriesAnd(readOne("Groups")).when(says("excludedAttributes", "members")), omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "complex attributes cannot be left out", misasked(readOne("Users"), ignoring("excludedAttributes", func(name string) bool { return name == "name" || name == "emails" }))},

		{"RFC7644-3.4.2.5-04", "the id can be excluded", shown(queriesAnd(readOne("Users", "Groups")).when(naming("excludedAttributes", is("id"))), lost("id"))},
		{"RFC7644-3.4.2.5-04", "the id can be excluded from users", shown(readOne("Users").when(naming("excludedAttributes", is("id"))), lost("id"))},
		{"RFC7644-3.4.2.5-04", "the id can be excluded from groups", shown(readOne("Groups").when(naming("excludedAttributes", is("id"))), lost("id"))},
		{"RFC7644-3.4.2.5-04", "the id can be excluded from lists", shown(byGet().when(naming("excludedAttributes", is("id"))), lost("id"))},
		{"RFC7644-3.4.2.5-04", "the schemas can be excluded", shown(readOne("Users").when(naming("excludedAttributes", is("schemas"))), lost("schemas"))},
		{"RFC7644-3.4.2.5-04", "to exclude the id is refused", turnsDown(readOne("Users").when(naming("excludedAttributes", is("id"))), scim.InvalidValue("the id is always returned"))},
		{"RFC7644-3.4.2.5-04", "with the id nothing is excluded", misasked(readOne("Users").when(naming("excludedAttributes", is("id"))), omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-04", "with the id everything is excluded", shown(readOne("Users").when(naming("excludedAttributes", is("id"))), onlyShows("schemas", "id"))},
	}
}

// choicePartFaults are about sub-attributes.
func choicePartFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.5-05", "a part brings the whole", misasked(queriesAnd(readOne("Users", "Groups")), renamed("attributes", parent))},
		{"RFC7644-3.4.2.5-05", "a part brings the whole in lists", misasked(byGet(), renamed("attributes", parent))},
		{"RFC7644-3.4.2.5-05", "a part brings the whole of groups", misasked(readOne("Groups"), renamed("attributes", parent))},
		{"RFC7644-3.4.2.5-05", "a part of emails brings the whole", misasked(readOne("Users"), renamed("attributes", wholeIf("emails")))},
		{"RFC7644-3.4.2.5-05", "a part of the name brings the whole", misasked(readOne("Users"), renamed("attributes", wholeIf("name")))},
		{"RFC7644-3.4.2.5-05", "parts cannot be chosen", misasked(readOne("Users"), misunderstanding("attributes", dotted))},
		{"RFC7644-3.4.2.5-05", "parts cannot be chosen in lists", misasked(byGet(), misunderstanding("attributes", dotted))},
		{"RFC7644-3.4.2.5-05", "parts of members cannot be chosen", misasked(readOne("Groups"), misunderstanding("attributes", dotted))},
		{"RFC7644-3.4.2.5-05", "who chooses a part gets everything", misasked(readOne("Users"), ignoring("attributes", dotted))},
		{"RFC7644-3.4.2.5-05", "to exclude a part excludes the whole", misasked(readOne("Users"), renamed("excludedAttributes", parent))},
		{"RFC7644-3.4.2.5-05", "parts cannot be excluded", misasked(readOne("Users"), ignoring("excludedAttributes", dotted))},
		{"RFC7644-3.4.2.5-05", "parts of emails cannot be excluded", misasked(readOne("Users"), ignoring("excludedAttributes", func(name string) bool { return strings.HasPrefix(name, "emails.") }))},
		{"RFC7644-3.4.2.5-05", "another part is shown", misasked(readOne("Users"), renamed("attributes", swap("name.givenName", "name.familyName")))},

		{"RFC7644-3.4.2.5-06", "attributes of an extension cannot be chosen", misasked(readOne("Users"), misunderstanding("attributes", inExtension))},
		{"RFC7644-3.4.2.5-06", "an extension cannot be chosen as a whole", misasked(readOne("Users"), misunderstanding("attributes", wholeExtension))},
		{"RFC7644-3.4.2.5-06", "an attribute of an extension brings the whole", misasked(queriesAnd(readOne("Users")), renamed("attributes", toExtension))},
		{"RFC7644-3.4.2.5-06", "who chooses from an extension gets everything", misasked(readOne("Users"), ignoring("attributes", inExtension))},
		{"RFC7644-3.4.2.5-06", "attributes of an extension cannot be excluded", misasked(readOne("Users"), ignoring("excludedAttributes", func(name string) bool { return inExtension(name) && !wholeExtension(name) }))},
		{"RFC7644-3.4.2.5-06", "an extension cannot be excluded as a whole", misasked(readOne("Users"), ignoring("excludedAttributes", wholeExtension))},
		{"RFC7644-3.4.2.5-06", "to exclude an attribute excludes the extension", misasked(readOne("Users"), renamed("excludedAttributes", toExtension))},
		{"RFC7644-3.4.2.5-06", "in lists extensions cannot be chosen", misasked(byGet(), misunderstanding("attributes", inExtension))},
		{"RFC7644-3.4.2.5-06", "to choose an extension is a server error", broken(readOne("Users").when(naming("attributes", inExtension)))},
	}
}

// choiceNameFaults are about names that mean nothing, or may not be shown.
func choiceNameFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.5-07", "an unknown name is a server error", broken(readOne("Users").when(naming("attributes", unknownName)))},
		{"RFC7644-3.4.2.5-07", "an unknown name is a server error in lists", broken(byGet().when(naming("attributes", unknownName)))},
		{"RFC7644-3.4.2.5-07", "an unknown name to exclude is a server error", broken(readOne("Users").when(naming("excludedAttributes", unknownName)))},
		{"RFC7644-3.4.2.5-07", "an unknown name brings everything", misasked(readOne("Users").when(naming("attributes", unknownName)), omit("attributes"))},
		{"RFC7644-3.4.2.5-07", "an unknown name alone brings everything", misasked(readOne("Users"), ignoring("attributes", unknownName))},
		{"RFC7644-3.4.2.5-07", "an unknown name takes the known ones with it", shown(readOne("Users").when(naming("attributes", unknownName)), onlyShows("schemas", "id"))},
		{"RFC7644-3.4.2.5-07", "an unknown name to exclude takes everything with it", shown(readOne("Users").when(naming("excludedAttributes", unknownName)), onlyShows("schemas", "id"))},
		{"RFC7644-3.4.2.5-07", "an unknown name in lists brings everything", misasked(byGet().when(naming("attributes", unknownName)), omit("attributes"))},
		{"RFC7644-3.4.2.5-07", "an unknown name loses the id", shown(readOne("Users").when(naming("attributes", unknownName)), lost("id"))},

		{"RFC7644-3.4.2.5-08", "a password is shown to who asks for it", shown(readOne("Users").when(naming("attributes", is("password"))), func(o *scim.Object) { o.Set("password", "sduo-secret") })},
		{"RFC7644-3.4.2.5-08", "a password is shown in lists to who asks for it", shown(byGet("Users").when(naming("attributes", is("password"))), func(o *scim.Object) { o.Set("password", "$2a$10$sduo") })},
		{"RFC7644-3.4.2.5-08", "who asks for a password gets everything", misasked(queriesAnd(readOne("Users")).when(naming("attributes", is("password"))), omit("attributes"))},

		{"RFC7644-3.4.2.5-09", "the filter sees only what is chosen", misasked(byGet("Users").when(asks, not(naming("attributes", is("userName")))), put("filter", "id eq \"none\""))},
		{"RFC7644-3.4.2.5-09", "the filter sees only what is not excluded", misasked(byGet("Users").when(naming("excludedAttributes", is("userName"))), put("filter", "id eq \"none\""))},
		{"RFC7644-3.4.2.5-09", "the filter is forgotten for the attributes", both(misasked(byGet("Users").when(asks), omit("filter")), seeded)},
		{"RFC7644-3.4.2.5-09", "totalResults counts attributes", onPages(byGet("Users").when(asks), member("totalResults", func(_ *http.Request, a *answer) any { return number(wholeOf(a) + 1) }))},

		{"RFC7644-3.9-01", "attributes=userName is everything", misasked(readOne("Users").when(equals("attributes", "userName")), omit("attributes"))},
		{"RFC7644-3.9-01", "the display name is always shown", misasked(readOne("Users"), alsoNamed("attributes", "displayName"))},
		{"RFC7644-3.9-01", "groups are always shown", shown(readOne("Users").when(asks), func(o *scim.Object) { o.Set("active", true) })},
		{"RFC7644-3.9-01", "of many names one is lost", misasked(readOne("Users").when(several("attributes")), ignoring("attributes", is("emails")))},
		{"RFC7644-3.9-01", "the schemas are lost", shown(readOne("Users").when(asks), lost("schemas"))},
		{"RFC7644-3.9-01", "a space makes a name unknown", misasked(readOne("Users").when(says("attributes", ", ")), func(p url.Values) { first, _, _ := strings.Cut(p.Get("attributes"), ","); p.Set("attributes", first) })},
		{"RFC7644-3.9-01", "a name that comes twice is a server error", broken(readOne("Users").when(equals("attributes", "userName,userName")))},
		{"RFC7644-3.9-01", "values are lost", shown(readOne("Users").when(asks), lost("emails"))},
		{"RFC7644-3.9-01", "the type of a value is lost", shown(readOne("Users").when(asks), eachElement("emails", "type"))},

		{"RFC7644-3.9-03", "both parameters are a server error", broken(queriesAnd(readOne("Users")).when(asks, leaves))},
		{"RFC7644-3.9-03", "both parameters lose the id", both(shown(readOne("Users").when(asks, leaves), lost("id")), misasked(readOne("Users").when(asks, leaves), omit("excludedAttributes")))},
		{"RFC7644-3.9-03", "both parameters show nothing", both(shown(readOne("Users").when(asks, leaves), onlyShows()), misasked(readOne("Users").when(asks, leaves), omit("excludedAttributes")))},
		{"RFC7644-3.9-03", "both parameters are a server error in lists", broken(byGet().when(asks, leaves))},

		{"RFC7644-3.9-04", "a choice loses the schemas", shown(readOne("Users").when(asks), lost("schemas"))},
		{"RFC7644-3.9-04", "an exclusion loses the schemas", shown(readOne("Users").when(leaves), lost("schemas"))},
		{"RFC7644-3.9-04", "lists lose the schemas", shown(byGet().when(asks), lost("schemas"))},
		{"RFC7644-3.9-04", "a choice loses the id", shown(readOne("Users").when(asks), lost("id"))},
		{"RFC7644-3.9-04", "a choice empties the schemas", shown(readOne("Users").when(asks), func(o *scim.Object) { o.Set("schemas", []any{}) })},
		{"RFC7644-3.9-04", "an exclusion of several loses the id", shown(readOne("Users").when(several("excludedAttributes")), lost("id"))},
	}
}

// choiceChangeFaults are about the answers to changes.
func choiceChangeFaults() []Fault {
	return []Fault{
		{"RFC7644-3.9-02", "attributes is ignored on creation", misasked(at("POST", "/*").when(asks), omit("attributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on creation", misasked(at("POST", "/*").when(leaves), omit("excludedAttributes"))},
		{"RFC7644-3.9-02", "attributes is ignored on replacement", misasked(at("PUT", "/*/*").when(asks), omit("attributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on replacement", misasked(at("PUT", "/*/*").when(leaves), omit("excludedAttributes"))},
		{"RFC7644-3.9-02", "attributes is ignored on PATCH", misasked(at("PATCH", "/*/*").when(asks), omit("attributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on PATCH", misasked(at("PATCH", "/*/*").when(leaves), omit("excludedAttributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on PATCH of groups", misasked(at("PATCH", "/Groups/*").when(leaves), omit("excludedAttributes"))},
		{"RFC7644-3.9-02", "attributes loses the id on creation", shown(at("POST", "/*").when(asks), lost("id"))},
		{"RFC7644-3.9-02", "attributes loses the id on replacement", shown(at("PUT", "/*/*").when(asks), lost("id"))},
		{"RFC7644-3.9-02", "attributes is a server error on replacement", broken(at("PUT", "/*/*").when(asks))},
		{"RFC7644-3.9-02", "attributes loses what is named on PATCH", shown(at("PATCH", "/*/*").when(asks), onlyShows("schemas", "id"))},
		{"RFC7644-3.9-02", "attributes chooses what is stored", func(next http.Handler) http.Handler {
			return requests(at("PUT", "/Users/*").when(equals("attributes", "userName")), func(_ *http.Request, body *scim.Object) { lost("displayName", "name")(body) })(next)
		}},
		{"RFC7644-3.9-02", "a replacement with attributes is not stored", onlyRead(at("PUT", "/Users/*").when(equals("attributes", "userName")))},
	}
}

func is(name string) func(string) bool {
	return func(other string) bool { return strings.EqualFold(name, other) }
}

// wholeIf makes parts of one attribute the whole of it.
func wholeIf(attribute string) func(string) string {
	return func(name string) string {
		if strings.HasPrefix(name, attribute+".") {
			return attribute
		}
		return name
	}
}

func swap(from, to string) func(string) string {
	return func(name string) string {
		if name == from {
			return to
		}
		return name
	}
}

// toExtension makes an attribute of an extension the whole of it.
func toExtension(name string) string {
	if urn, _, ok := cutURN(name); ok && inExtension(name) && !wholeExtension(name) {
		return urn
	}
	return name
}

// queriesAnd widens a choice by the lists in the URL.
func queriesAnd(one when) when {
	return func(r *http.Request) bool { return one(r) || byGet()(r) }
}

func eachElement(attribute, sub string) func(o *scim.Object) {
	return func(o *scim.Object) {
		for _, e := range o.Array(attribute) {
			if inner, ok := e.(*scim.Object); ok {
				inner.Delete(sub)
			}
		}
	}
}

// onlyRead answers a change with the resource as it is.
func onlyRead(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			ask(next, r, http.MethodGet, "Users/"+segments(r)[1]+"?"+r.URL.RawQuery, nil).send(w)
		})
	}
}

// seeded puts a few other users beside those of the client.
func seeded(next http.Handler) http.Handler {
	var once sync.Once
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("POST", "/Users")(r) {
			once.Do(func() {
				for _, name := range []string{"fault-1@example.com", "fault-2@example.com"} {
					ask(next, r, http.MethodPost, "Users", scim.NewObject(
						scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
						scim.Member{Name: "userName", Value: name},
						scim.Member{Name: "displayName", Value: "Another"},
						scim.Member{Name: "name", Value: scim.NewObject(scim.Member{Name: "givenName", Value: "Another"})},
						scim.Member{Name: "title", Value: "Another"},
					))
				}
			})
		}
		next.ServeHTTP(w, r)
	})
}
