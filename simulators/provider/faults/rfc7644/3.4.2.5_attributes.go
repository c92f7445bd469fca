package rfc7644

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// projectionFaults violate features/rfc7644/3.4.2.5_attributes.feature.
func projectionFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.2.5-01", "attributes is ignored", rewrite.Misasked(rewrite.ReadOne("Users", "Groups"), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "attributes is ignored on users", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "attributes is ignored on groups", rewrite.Misasked(rewrite.ReadOne("Groups"), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "only the first name counts", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.FirstName("attributes"))},
		{"RFC7644-3.4.2.5-01", "only the last name counts", rewrite.Misasked(rewrite.ReadOne("Users"), lastName("attributes"))},
		{"RFC7644-3.4.2.5-01", "several names are too many", rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Several("attributes")), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "what is named is left out", rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Asks), func(p url.Values) {
			p.Set("excludedAttributes", p.Get("attributes"))
			p.Del("attributes")
		})},
		{"RFC7644-3.4.2.5-01", "the id gets lost", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.Lost("id"))},
		{"RFC7644-3.4.2.5-01", "the name is shown as well", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.AlsoNamed("attributes", "name"))},
		{"RFC7644-3.4.2.5-01", "the user name is shown as well", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.AlsoNamed("attributes", "userName"))},
		{"RFC7644-3.4.2.5-01", "the members are shown as well", rewrite.Misasked(rewrite.ReadOne("Groups"), rewrite.AlsoNamed("attributes", "members"))},
		{"RFC7644-3.4.2.5-01", "complex attributes cannot be chosen", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.Lost("name", "emails"))},
		{"RFC7644-3.4.2.5-01", "members cannot be chosen", rewrite.Shown(rewrite.ReadOne("Groups").And(rewrite.Asks), rewrite.Lost("members"))},
		{"RFC7644-3.4.2.5-01", "attributes=meta is everything", rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Equals("attributes", "meta")), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "meta cannot be chosen", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.Lost("meta"))},
		{"RFC7644-3.4.2.5-01", "a user without the attribute is shown whole", rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Equals("attributes", "nickName")), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-01", "a user without the attribute is not found", rewrite.TurnsDown(rewrite.ReadOne("Users").And(rewrite.Equals("attributes", "nickName")), scim.NotFound("User", "x"))},
		{"RFC7644-3.4.2.5-01", "attributes is refused", rewrite.TurnsDown(rewrite.ReadOne("Users").And(rewrite.Asks), scim.InvalidValue("attributes is not supported"))},

		{"RFC7644-3.4.2.5-02", "attributes is ignored", rewrite.Misasked(rewrite.ByGet(), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-02", "attributes is ignored on groups", rewrite.Misasked(rewrite.ByGet("Groups"), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-02", "attributes is ignored beside a filter", rewrite.Misasked(rewrite.ByGet().And(rewrite.Has("filter")), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-02", "attributes is ignored without a filter", rewrite.Misasked(rewrite.ByGet().And(rewrite.Lacks("filter")), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-02", "what the filter looks at is shown as well", rewrite.Misasked(rewrite.ByGet("Users").And(rewrite.Says("filter", "displayName")), rewrite.AlsoNamed("attributes", "displayName"))},
		{"RFC7644-3.4.2.5-02", "the user name is shown as well", rewrite.Misasked(rewrite.ByGet("Users").And(rewrite.Has("filter")), rewrite.AlsoNamed("attributes", "userName"))},
		{"RFC7644-3.4.2.5-02", "only the first resource is cut", rewrite.Both(firstOnlyHonoured(rewrite.ByGet(), "attributes"), rewrite.Seeded())},
		{"RFC7644-3.4.2.5-02", "the id gets lost", rewrite.Shown(rewrite.ByGet().And(rewrite.Asks), rewrite.Lost("id"))},
		{"RFC7644-3.4.2.5-02", "the schemas get lost", rewrite.Shown(rewrite.ByGet().And(rewrite.Asks), rewrite.Lost("schemas"))},
		{"RFC7644-3.4.2.5-02", "complex attributes cannot be chosen", rewrite.Shown(rewrite.ByGet("Users").And(rewrite.Asks), rewrite.Lost("name", "emails"))},
		{"RFC7644-3.4.2.5-02", "only ids are shown", rewrite.Shown(rewrite.ByGet().And(rewrite.Asks), rewrite.OnlyShows("schemas", "id"))},

		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored", rewrite.Misasked(rewrite.ReadOne("Users", "Groups"), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored on groups", rewrite.Misasked(rewrite.ReadOne("Groups"), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored in lists", rewrite.Misasked(rewrite.ByGet(), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored in lists of groups", rewrite.Misasked(rewrite.ByGet("Groups"), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored in lists without a filter", rewrite.Misasked(rewrite.ByGet().And(rewrite.Lacks("filter")), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "only the first name counts", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.FirstName("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "only the last name counts in lists", rewrite.Misasked(rewrite.ByGet("Users"), lastName("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "only what is named is shown", rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Leaves), func(p url.Values) {
			p.Set("attributes", p.Get("excludedAttributes"))
			p.Del("excludedAttributes")
		})},
		{"RFC7644-3.4.2.5-03", "only the minimum set is left", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Leaves), rewrite.OnlyShows("schemas", "id", "userName"))},
		{"RFC7644-3.4.2.5-03", "the user name goes too", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Leaves), rewrite.Lost("userName"))},
		{"RFC7644-3.4.2.5-03", "the display name goes too, in lists", rewrite.Shown(rewrite.ByGet("Users").And(rewrite.Leaves), rewrite.Lost("displayName"))},
		{"RFC7644-3.4.2.5-03", "the id goes too, in lists", rewrite.Shown(rewrite.ByGet().And(rewrite.Leaves), rewrite.Lost("id"))},
		{"RFC7644-3.4.2.5-03", "the name of the group goes too", rewrite.Shown(rewrite.ReadOne("Groups").And(rewrite.Leaves), rewrite.Lost("displayName"))},
		{"RFC7644-3.4.2.5-03", "members cannot be left out", rewrite.Misasked(rewrite.QueriesAnd(rewrite.ReadOne("Groups")).And(rewrite.Says("excludedAttributes", "members")), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "complex attributes cannot be left out", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Ignoring("excludedAttributes", func(name string) bool { return name == "name" || name == "emails" }))},

		{"RFC7644-3.4.2.5-04", "the id can be excluded", rewrite.Shown(rewrite.QueriesAnd(rewrite.ReadOne("Users", "Groups")).And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.Lost("id"))},
		{"RFC7644-3.4.2.5-04", "the id can be excluded from users", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.Lost("id"))},
		{"RFC7644-3.4.2.5-04", "the id can be excluded from groups", rewrite.Shown(rewrite.ReadOne("Groups").And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.Lost("id"))},
		{"RFC7644-3.4.2.5-04", "the id can be excluded from lists", rewrite.Shown(rewrite.ByGet().And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.Lost("id"))},
		{"RFC7644-3.4.2.5-04", "the schemas can be excluded", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("schemas"))), rewrite.Lost("schemas"))},
		{"RFC7644-3.4.2.5-04", "to exclude the id is refused", rewrite.TurnsDown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), scim.InvalidValue("the id is always returned"))},
		{"RFC7644-3.4.2.5-04", "with the id nothing is excluded", rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.4.2.5-04", "with the id everything is excluded", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.OnlyShows("schemas", "id"))},

		{"RFC7644-3.4.2.5-05", "a part brings the whole", rewrite.Misasked(rewrite.QueriesAnd(rewrite.ReadOne("Users", "Groups")), rewrite.Renamed("attributes", rewrite.Parent))},
		{"RFC7644-3.4.2.5-05", "a part brings the whole in lists", rewrite.Misasked(rewrite.ByGet(), rewrite.Renamed("attributes", rewrite.Parent))},
		{"RFC7644-3.4.2.5-05", "a part brings the whole of groups", rewrite.Misasked(rewrite.ReadOne("Groups"), rewrite.Renamed("attributes", rewrite.Parent))},
		{"RFC7644-3.4.2.5-05", "a part of emails brings the whole", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Renamed("attributes", wholeIf("emails")))},
		{"RFC7644-3.4.2.5-05", "a part of the name brings the whole", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Renamed("attributes", wholeIf("name")))},
		{"RFC7644-3.4.2.5-05", "parts cannot be chosen", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Misunderstanding("attributes", rewrite.Dotted))},
		{"RFC7644-3.4.2.5-05", "parts cannot be chosen in lists", rewrite.Misasked(rewrite.ByGet(), rewrite.Misunderstanding("attributes", rewrite.Dotted))},
		{"RFC7644-3.4.2.5-05", "parts of members cannot be chosen", rewrite.Misasked(rewrite.ReadOne("Groups"), rewrite.Misunderstanding("attributes", rewrite.Dotted))},
		{"RFC7644-3.4.2.5-05", "who chooses a part gets everything", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Ignoring("attributes", rewrite.Dotted))},
		{"RFC7644-3.4.2.5-05", "to exclude a part excludes the whole", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Renamed("excludedAttributes", rewrite.Parent))},
		{"RFC7644-3.4.2.5-05", "parts cannot be excluded", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Ignoring("excludedAttributes", rewrite.Dotted))},
		{"RFC7644-3.4.2.5-05", "parts of emails cannot be excluded", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Ignoring("excludedAttributes", func(name string) bool { return strings.HasPrefix(name, "emails.") }))},
		{"RFC7644-3.4.2.5-05", "another part is shown", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Renamed("attributes", swap("name.givenName", "name.familyName")))},

		{"RFC7644-3.4.2.5-06", "attributes of an extension cannot be chosen", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Misunderstanding("attributes", rewrite.InExtension))},
		{"RFC7644-3.4.2.5-06", "an extension cannot be chosen as a whole", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Misunderstanding("attributes", wholeExtension))},
		{"RFC7644-3.4.2.5-06", "an attribute of an extension brings the whole", rewrite.Misasked(rewrite.QueriesAnd(rewrite.ReadOne("Users")), rewrite.Renamed("attributes", toExtension))},
		{"RFC7644-3.4.2.5-06", "who chooses from an extension gets everything", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Ignoring("attributes", rewrite.InExtension))},
		{"RFC7644-3.4.2.5-06", "attributes of an extension cannot be excluded", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Ignoring("excludedAttributes", func(name string) bool { return rewrite.InExtension(name) && !wholeExtension(name) }))},
		{"RFC7644-3.4.2.5-06", "an extension cannot be excluded as a whole", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Ignoring("excludedAttributes", wholeExtension))},
		{"RFC7644-3.4.2.5-06", "to exclude an attribute excludes the extension", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Renamed("excludedAttributes", toExtension))},
		{"RFC7644-3.4.2.5-06", "in lists extensions cannot be chosen", rewrite.Misasked(rewrite.ByGet(), rewrite.Misunderstanding("attributes", rewrite.InExtension))},
		{"RFC7644-3.4.2.5-06", "to choose an extension is a server error", rewrite.Broken(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", rewrite.InExtension)))},

		{"RFC7644-3.4.2.5-07", "an unknown name is a server error", rewrite.Broken(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", unknownName)))},
		{"RFC7644-3.4.2.5-07", "an unknown name is a server error in lists", rewrite.Broken(rewrite.ByGet().And(rewrite.Naming("attributes", unknownName)))},
		{"RFC7644-3.4.2.5-07", "an unknown name to exclude is a server error", rewrite.Broken(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", unknownName)))},
		{"RFC7644-3.4.2.5-07", "an unknown name brings everything", rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", unknownName)), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-07", "an unknown name alone brings everything", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.Ignoring("attributes", unknownName))},
		{"RFC7644-3.4.2.5-07", "an unknown name takes the known ones with it", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", unknownName)), rewrite.OnlyShows("schemas", "id"))},
		{"RFC7644-3.4.2.5-07", "an unknown name to exclude takes everything with it", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", unknownName)), rewrite.OnlyShows("schemas", "id"))},
		{"RFC7644-3.4.2.5-07", "an unknown name in lists brings everything", rewrite.Misasked(rewrite.ByGet().And(rewrite.Naming("attributes", unknownName)), rewrite.Omit("attributes"))},
		{"RFC7644-3.4.2.5-07", "an unknown name loses the id", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", unknownName)), rewrite.Lost("id"))},

		{"RFC7644-3.4.2.5-08", "a password is shown to who asks for it", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", rewrite.Is("password"))), func(o *scim.Object) { o.Set("password", "sduo-secret") })},
		{"RFC7644-3.4.2.5-08", "a password is shown in lists to who asks for it", rewrite.Shown(rewrite.ByGet("Users").And(rewrite.Naming("attributes", rewrite.Is("password"))), func(o *scim.Object) { o.Set("password", "$2a$10$sduo") })},
		{"RFC7644-3.4.2.5-08", "who asks for a password gets everything", rewrite.Misasked(rewrite.QueriesAnd(rewrite.ReadOne("Users")).And(rewrite.Naming("attributes", rewrite.Is("password"))), rewrite.Omit("attributes"))},

		{"RFC7644-3.4.2.5-09", "the filter sees only what is chosen", rewrite.Misasked(rewrite.ByGet("Users").And(rewrite.Asks, rewrite.Not(rewrite.Naming("attributes", rewrite.Is("userName")))), rewrite.Put("filter", "id eq \"none\""))},
		{"RFC7644-3.4.2.5-09", "the filter sees only what is not excluded", rewrite.Misasked(rewrite.ByGet("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("userName"))), rewrite.Put("filter", "id eq \"none\""))},
		{"RFC7644-3.4.2.5-09", "the filter is forgotten for the attributes", rewrite.Both(rewrite.Misasked(rewrite.ByGet("Users").And(rewrite.Asks), rewrite.Omit("filter")), rewrite.Seeded())},
		{"RFC7644-3.4.2.5-09", "totalResults counts attributes", rewrite.OnPages(rewrite.ByGet("Users").And(rewrite.Asks), rewrite.Member("totalResults", func(_ *http.Request, a *rewrite.Answer) any { return rewrite.Number(rewrite.WholeOf(a) + 1) }))},
	}
}

func lastName(parameter string) rewrite.ParameterEdit {
	return func(p url.Values) {
		if all := rewrite.Names(p, parameter); len(all) > 0 {
			p.Set(parameter, all[len(all)-1])
		}
	}
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
	if urn, _, ok := rewrite.CutURN(name); ok && rewrite.InExtension(name) && !wholeExtension(name) {
		return urn
	}
	return name
}

func wholeExtension(name string) bool {
	return rewrite.InExtension(name) && strings.HasSuffix(strings.ToLower(name), ":2.0:user")
}

func unknownName(name string) bool { return strings.Contains(strings.ToLower(name), "sduo") }

// firstOnlyHonoured lets the choice of attributes apply to the first resource of a
// list only.
func firstOnlyHonoured(chosen rewrite.When, parameter string) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		p := rewrite.ParametersOf(r)
		if !chosen(r) || !p.Has(parameter) {
			return nil
		}
		full := rewrite.Serve(next, rewrite.Copied(r, rewrite.Omit(parameter)))
		a := rewrite.Serve(next, r)
		if rest := full.Body.Array("Resources"); a.Ok() && len(rest) > 1 {
			all := append([]any{a.Body.Array("Resources")[0]}, rest[1:]...)
			a.Body.Set("Resources", all)
		}
		return a
	})
}
