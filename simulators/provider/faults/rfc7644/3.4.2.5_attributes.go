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
		{"RFC7644-3.4.2.5-01", "of several e-mail addresses one is shown on request", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.Part("emails", rewrite.OnList(rewrite.First)))},
		{"RFC7644-3.4.2.5-01", "beside an extension the others are forgotten", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", rewrite.InExtension)), lastName("attributes"))},
		{"RFC7644-3.4.2.5-01", "attributes is ignored", rewrite.EditParameters(rewrite.ReadOne("Users", "Groups"), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-01", "attributes is ignored on users", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-01", "attributes is ignored on groups", rewrite.EditParameters(rewrite.ReadOne("Groups"), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-01", "only the first name counts", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.FirstName("attributes"))},
		{"RFC7644-3.4.2.5-01", "only the last name counts", rewrite.EditParameters(rewrite.ReadOne("Users"), lastName("attributes"))},
		{"RFC7644-3.4.2.5-01", "several names are too many", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Several("attributes")), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-01", "the named attributes are left out", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Asks), func(p url.Values) {
			p.Set("excludedAttributes", p.Get("attributes"))
			p.Del("attributes")
		})},
		{"RFC7644-3.4.2.5-01", "the id gets lost", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.DropMembers("id"))},
		{"RFC7644-3.4.2.5-01", "the name is shown as well", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.AddName("attributes", "name"))},
		{"RFC7644-3.4.2.5-01", "the user name is shown as well", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.AddName("attributes", "userName"))},
		{"RFC7644-3.4.2.5-01", "the members are shown as well", rewrite.EditParameters(rewrite.ReadOne("Groups"), rewrite.AddName("attributes", "members"))},
		{"RFC7644-3.4.2.5-01", "complex attributes cannot be chosen", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.DropMembers("name", "emails"))},
		{"RFC7644-3.4.2.5-01", "members cannot be chosen", rewrite.Shown(rewrite.ReadOne("Groups").And(rewrite.Asks), rewrite.DropMembers("members"))},
		{"RFC7644-3.4.2.5-01", "attributes=meta is everything", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Equals("attributes", "meta")), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-01", "meta cannot be chosen", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.DropMembers("meta"))},
		{"RFC7644-3.4.2.5-01", "a user without the attribute is shown whole", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Equals("attributes", "nickName")), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-01", "a user without the attribute is not found", rewrite.RefuseAll(rewrite.ReadOne("Users").And(rewrite.Equals("attributes", "nickName")), scim.NotFound("User", "x"))},
		{"RFC7644-3.4.2.5-01", "attributes is refused", rewrite.RefuseAll(rewrite.ReadOne("Users").And(rewrite.Asks), scim.InvalidValue("attributes is not supported"))},

		{"RFC7644-3.4.2.5-02", "of an extension only the first attribute is shown on request", rewrite.Shown(rewrite.ByGet("Users").And(rewrite.Asks), rewrite.Part(scim.EnterpriseURN, firstMember))},
		{"RFC7644-3.4.2.5-02", "of addresses only the type is shown on request", rewrite.Shown(rewrite.ByGet("Users").And(rewrite.Asks), func(o *scim.Object) { rewrite.EachOf(o, "addresses", rewrite.KeepMembers("type")) })},
		{"RFC7644-3.4.2.5-02", "attributes is ignored", rewrite.EditParameters(rewrite.ByGet(), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-02", "attributes is ignored on groups", rewrite.EditParameters(rewrite.ByGet("Groups"), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-02", "attributes is ignored beside a filter", rewrite.EditParameters(rewrite.ByGet().And(rewrite.Has("filter")), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-02", "attributes is ignored without a filter", rewrite.EditParameters(rewrite.ByGet().And(rewrite.Lacks("filter")), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-02", "the attribute of the filter is shown as well", rewrite.EditParameters(rewrite.ByGet("Users").And(rewrite.Says("filter", "displayName")), rewrite.AddName("attributes", "displayName"))},
		{"RFC7644-3.4.2.5-02", "the user name is shown as well", rewrite.EditParameters(rewrite.ByGet("Users").And(rewrite.Has("filter")), rewrite.AddName("attributes", "userName"))},
		{"RFC7644-3.4.2.5-02", "only the first resource is cut", rewrite.InTurn(firstOnlyHonoured(rewrite.ByGet(), "attributes"), rewrite.SeedUsers())},
		{"RFC7644-3.4.2.5-02", "the id gets lost", rewrite.Shown(rewrite.ByGet().And(rewrite.Asks), rewrite.DropMembers("id"))},
		{"RFC7644-3.4.2.5-02", "the schemas get lost", rewrite.Shown(rewrite.ByGet().And(rewrite.Asks), rewrite.DropMembers("schemas"))},
		{"RFC7644-3.4.2.5-02", "complex attributes cannot be chosen", rewrite.Shown(rewrite.ByGet("Users").And(rewrite.Asks), rewrite.DropMembers("name", "emails"))},
		{"RFC7644-3.4.2.5-02", "only ids are shown", rewrite.Shown(rewrite.ByGet().And(rewrite.Asks), rewrite.KeepMembers("schemas", "id"))},

		{"RFC7644-3.4.2.5-03", "with the e-mail addresses the extension goes too", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("emails"))), rewrite.DropMembers(scim.EnterpriseURN))},
		{"RFC7644-3.4.2.5-03", "with the e-mail addresses the extension goes too, in lists", rewrite.Shown(rewrite.ByGet("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("emails"))), rewrite.DropMembers(scim.EnterpriseURN))},
		{"RFC7644-3.4.2.5-03", "whatever is left out, the externalId goes too", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Leaves), rewrite.DropMembers("externalId"))},
		{"RFC7644-3.4.2.5-03", "of two names the meta goes too", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Several("excludedAttributes")), rewrite.DropMembers("meta"))},
		{"RFC7644-3.4.2.5-03", "with the name one of two e-mail addresses goes too", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("name"))), rewrite.Part("emails", rewrite.OnList(rewrite.First)))},
		{"RFC7644-3.4.2.5-03", "with a part of the name the display name goes too", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Dotted)), rewrite.DropMembers("displayName"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored", rewrite.EditParameters(rewrite.ReadOne("Users", "Groups"), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored on groups", rewrite.EditParameters(rewrite.ReadOne("Groups"), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored in lists", rewrite.EditParameters(rewrite.ByGet(), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored in lists of groups", rewrite.EditParameters(rewrite.ByGet("Groups"), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "excludedAttributes is ignored in lists without a filter", rewrite.EditParameters(rewrite.ByGet().And(rewrite.Lacks("filter")), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "only the first name counts", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.FirstName("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "only the last name counts in lists", rewrite.EditParameters(rewrite.ByGet("Users"), lastName("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "only the named attributes are shown", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Leaves), func(p url.Values) {
			p.Set("attributes", p.Get("excludedAttributes"))
			p.Del("excludedAttributes")
		})},
		{"RFC7644-3.4.2.5-03", "only the minimum set is left", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Leaves), rewrite.KeepMembers("schemas", "id", "userName"))},
		{"RFC7644-3.4.2.5-03", "the user name goes too", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Leaves), rewrite.DropMembers("userName"))},
		{"RFC7644-3.4.2.5-03", "the display name goes too, in lists", rewrite.Shown(rewrite.ByGet("Users").And(rewrite.Leaves), rewrite.DropMembers("displayName"))},
		{"RFC7644-3.4.2.5-03", "the id goes too, in lists", rewrite.Shown(rewrite.ByGet().And(rewrite.Leaves), rewrite.DropMembers("id"))},
		{"RFC7644-3.4.2.5-03", "the name of the group goes too", rewrite.Shown(rewrite.ReadOne("Groups").And(rewrite.Leaves), rewrite.DropMembers("displayName"))},
		{"RFC7644-3.4.2.5-03", "members cannot be left out", rewrite.EditParameters(rewrite.QueriesAnd(rewrite.ReadOne("Groups")).And(rewrite.Says("excludedAttributes", "members")), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.4.2.5-03", "complex attributes cannot be left out", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.IgnoreNames("excludedAttributes", func(name string) bool { return name == "name" || name == "emails" }))},

		{"RFC7644-3.4.2.5-04", "the id can be excluded", rewrite.Shown(rewrite.QueriesAnd(rewrite.ReadOne("Users", "Groups")).And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.DropMembers("id"))},
		{"RFC7644-3.4.2.5-04", "the id can be excluded from users", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.DropMembers("id"))},
		{"RFC7644-3.4.2.5-04", "the id can be excluded from groups", rewrite.Shown(rewrite.ReadOne("Groups").And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.DropMembers("id"))},
		{"RFC7644-3.4.2.5-04", "the id can be excluded from lists", rewrite.Shown(rewrite.ByGet().And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.DropMembers("id"))},
		{"RFC7644-3.4.2.5-04", "the schemas can be excluded", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("schemas"))), rewrite.DropMembers("schemas"))},
		{"RFC7644-3.4.2.5-04", "to exclude the id is refused", rewrite.RefuseAll(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), scim.InvalidValue("the id is always returned"))},
		{"RFC7644-3.4.2.5-04", "with the id nothing is excluded", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.4.2.5-04", "with the id everything is excluded", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("id"))), rewrite.KeepMembers("schemas", "id"))},

		{"RFC7644-3.4.2.5-05", "a part brings the whole", rewrite.EditParameters(rewrite.QueriesAnd(rewrite.ReadOne("Users", "Groups")), rewrite.EditNames("attributes", rewrite.Parent))},
		{"RFC7644-3.4.2.5-05", "a part brings the whole in lists", rewrite.EditParameters(rewrite.ByGet(), rewrite.EditNames("attributes", rewrite.Parent))},
		{"RFC7644-3.4.2.5-05", "a part brings the whole of groups", rewrite.EditParameters(rewrite.ReadOne("Groups"), rewrite.EditNames("attributes", rewrite.Parent))},
		{"RFC7644-3.4.2.5-05", "a part of emails brings the whole", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.EditNames("attributes", wholeIf("emails")))},
		{"RFC7644-3.4.2.5-05", "a part of the name brings the whole", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.EditNames("attributes", wholeIf("name")))},
		{"RFC7644-3.4.2.5-05", "parts cannot be chosen", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.MisunderstandNames("attributes", rewrite.Dotted))},
		{"RFC7644-3.4.2.5-05", "parts cannot be chosen in lists", rewrite.EditParameters(rewrite.ByGet(), rewrite.MisunderstandNames("attributes", rewrite.Dotted))},
		{"RFC7644-3.4.2.5-05", "parts of members cannot be chosen", rewrite.EditParameters(rewrite.ReadOne("Groups"), rewrite.MisunderstandNames("attributes", rewrite.Dotted))},
		{"RFC7644-3.4.2.5-05", "a request for a sub-attribute gets all attributes", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.IgnoreNames("attributes", rewrite.Dotted))},
		{"RFC7644-3.4.2.5-05", "to exclude a part excludes the whole", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.EditNames("excludedAttributes", rewrite.Parent))},
		{"RFC7644-3.4.2.5-05", "parts cannot be excluded", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.IgnoreNames("excludedAttributes", rewrite.Dotted))},
		{"RFC7644-3.4.2.5-05", "parts of emails cannot be excluded", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.IgnoreNames("excludedAttributes", func(name string) bool { return strings.HasPrefix(name, "emails.") }))},
		{"RFC7644-3.4.2.5-05", "another part is shown", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.EditNames("attributes", swap("name.givenName", "name.familyName")))},

		{"RFC7644-3.4.2.5-06", "attributes of an extension cannot be chosen", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.MisunderstandNames("attributes", rewrite.InExtension))},
		{"RFC7644-3.4.2.5-06", "a part of a manager cannot be chosen", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.MisunderstandNames("attributes", func(name string) bool { return strings.Contains(name, ":manager.") }))},
		{"RFC7644-3.4.2.5-06", "an extension cannot be chosen as a whole", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.MisunderstandNames("attributes", wholeExtension))},
		{"RFC7644-3.4.2.5-06", "an attribute of an extension brings the whole", rewrite.EditParameters(rewrite.QueriesAnd(rewrite.ReadOne("Users")), rewrite.EditNames("attributes", toExtension))},
		{"RFC7644-3.4.2.5-06", "a request for an attribute of an extension gets all attributes", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.IgnoreNames("attributes", rewrite.InExtension))},
		{"RFC7644-3.4.2.5-06", "attributes of an extension cannot be excluded", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.IgnoreNames("excludedAttributes", func(name string) bool { return rewrite.InExtension(name) && !wholeExtension(name) }))},
		{"RFC7644-3.4.2.5-06", "an extension cannot be excluded as a whole", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.IgnoreNames("excludedAttributes", wholeExtension))},
		{"RFC7644-3.4.2.5-06", "to exclude an attribute excludes the extension", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.EditNames("excludedAttributes", toExtension))},
		{"RFC7644-3.4.2.5-06", "in lists extensions cannot be chosen", rewrite.EditParameters(rewrite.ByGet(), rewrite.MisunderstandNames("attributes", rewrite.InExtension))},
		{"RFC7644-3.4.2.5-06", "to choose an extension is a server error", rewrite.Break(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", rewrite.InExtension)))},

		{"RFC7644-3.4.2.5-07", "an unknown name is a server error", rewrite.Break(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", unknownName)))},
		{"RFC7644-3.4.2.5-07", "an unknown name is a server error in lists", rewrite.Break(rewrite.ByGet().And(rewrite.Naming("attributes", unknownName)))},
		{"RFC7644-3.4.2.5-07", "an unknown name to exclude is a server error", rewrite.Break(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", unknownName)))},
		{"RFC7644-3.4.2.5-07", "an unknown name brings everything", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", unknownName)), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-07", "an unknown name alone brings everything", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.IgnoreNames("attributes", unknownName))},
		{"RFC7644-3.4.2.5-07", "an unknown name takes the known ones with it", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", unknownName)), rewrite.KeepMembers("schemas", "id"))},
		{"RFC7644-3.4.2.5-07", "an unknown name to exclude takes everything with it", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("excludedAttributes", unknownName)), rewrite.KeepMembers("schemas", "id"))},
		{"RFC7644-3.4.2.5-07", "an unknown name in lists brings everything", rewrite.EditParameters(rewrite.ByGet().And(rewrite.Naming("attributes", unknownName)), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.2.5-07", "an unknown name loses the id", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", unknownName)), rewrite.DropMembers("id"))},

		{"RFC7644-3.4.2.5-08", "a password is shown on request", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", rewrite.Is("password"))), func(o *scim.Object) { o.Set("password", "sduo-secret") })},
		{"RFC7644-3.4.2.5-08", "lists show a password on request", rewrite.Shown(rewrite.ByGet("Users").And(rewrite.Naming("attributes", rewrite.Is("password"))), func(o *scim.Object) { o.Set("password", "$2a$10$sduo") })},
		{"RFC7644-3.4.2.5-08", "a request for the password gets all attributes", rewrite.EditParameters(rewrite.QueriesAnd(rewrite.ReadOne("Users")).And(rewrite.Naming("attributes", rewrite.Is("password"))), rewrite.OmitParameters("attributes"))},

		{"RFC7644-3.4.2.5-09", "the filter sees only the attributes asked for", rewrite.EditParameters(rewrite.ByGet("Users").And(rewrite.Asks, rewrite.Not(rewrite.Naming("attributes", rewrite.Is("userName")))), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.4.2.5-09", "the filter does not see excluded attributes", rewrite.EditParameters(rewrite.ByGet("Users").And(rewrite.Naming("excludedAttributes", rewrite.Is("userName"))), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.4.2.5-09", "the filter is forgotten for the attributes", rewrite.InTurn(rewrite.EditParameters(rewrite.ByGet("Users").And(rewrite.Asks), rewrite.OmitParameters("filter")), rewrite.SeedUsers())},
		{"RFC7644-3.4.2.5-09", "totalResults counts attributes", rewrite.OnPages(rewrite.ByGet("Users").And(rewrite.Asks), rewrite.ComputeMember("totalResults", func(_ *http.Request, a *rewrite.Answer) any { return rewrite.Number(rewrite.WholeOf(a) + 1) }))},
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
		full := rewrite.Serve(next, rewrite.CopyWith(r, rewrite.OmitParameters(parameter)))
		a := rewrite.Serve(next, r)
		if rest := full.Body.Array("Resources"); a.OK() && len(rest) > 1 {
			all := append([]any{a.Body.Array("Resources")[0]}, rest[1:]...)
			a.Body.Set("Resources", all)
		}
		return a
	})
}

// firstMember leaves the first member of an object.
func firstMember(v any) any {
	o, _ := v.(*scim.Object)
	for name := range o.All() {
		rewrite.KeepMembers(name)(o)
		break
	}
	return v
}
