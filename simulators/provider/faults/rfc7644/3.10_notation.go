package rfc7644

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// notationFaults violate features/rfc7644/3.10_notation.feature.
func notationFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.10-01", "a URN is not understood in attributes", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.MisunderstandNames("attributes", inCore))},
		{"RFC7644-3.10-01", "a URN in attributes brings everything", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.IgnoreNames("attributes", inCore))},
		{"RFC7644-3.10-01", "a URN is refused in attributes", rewrite.RefuseAll(rewrite.ReadOne("Users").And(rewrite.Naming("attributes", inCore)), scim.InvalidValue("no such attribute"))},
		{"RFC7644-3.10-01", "a URN before a sub-attribute is not understood", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.MisunderstandNames("attributes", func(name string) bool { return inCore(name) && rewrite.Dotted(name) }))},
		{"RFC7644-3.10-01", "a URN before a sub-attribute brings the whole", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.EditNames("attributes", func(name string) string {
			if inCore(name) {
				return rewrite.Parent(name)
			}
			return name
		}))},
		{"RFC7644-3.10-01", "a URN is not understood in excludedAttributes", rewrite.EditParameters(rewrite.ReadOne("Users", "Groups"), rewrite.IgnoreNames("excludedAttributes", inCore))},
		{"RFC7644-3.10-01", "a URN is not understood in excludedAttributes of groups", rewrite.EditParameters(rewrite.ReadOne("Groups"), rewrite.IgnoreNames("excludedAttributes", inCore))},
		{"RFC7644-3.10-01", "a URN is refused in filters", rewrite.RefuseAll(rewrite.Queries().And(rewrite.Says("filter", ":core:")), scim.InvalidFilter("no such attribute"))},
		{"RFC7644-3.10-01", "a URN in a filter finds no user", rewrite.EditParameters(rewrite.Queries().And(rewrite.Says("filter", ":core:")), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.10-01", "a URN in a filter of groups finds none", rewrite.EditParameters(rewrite.Queries("Groups").And(rewrite.Says("filter", ":core:")), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.10-01", "a URN before a sub-attribute in a filter finds no user", rewrite.EditParameters(rewrite.Queries().And(rewrite.Says("filter", "user:name.")), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.10-01", "a filter with a URN is ignored", rewrite.InTurn(rewrite.EditParameters(rewrite.Queries("Groups").And(rewrite.Says("filter", ":core:")), rewrite.OmitParameters("filter")), rewrite.SeedUsers())},
		{"RFC7644-3.10-01", "a URN is not understood in sortBy", rewrite.IgnoreOrder(rewrite.Queries().And(rewrite.Says("sortBy", ":core:")))},
		{"RFC7644-3.10-01", "a URN is refused in the paths of PATCH", refusedPath(inCore)},
		{"RFC7644-3.10-01", "a URN in the path of PATCH changes nothing", unheededPath(inCore)},
		{"RFC7644-3.10-01", "a URN before a sub-attribute in the path of PATCH changes nothing", unheededPath(func(path string) bool { return inCore(path) && rewrite.Dotted(path) })},

		{"RFC7644-3.10-02", "names in attributes are case-sensitive", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.MisunderstandNames("attributes", oddCase))},
		{"RFC7644-3.10-02", "sub-attributes in attributes are case-sensitive", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.MisunderstandNames("attributes", func(name string) bool { return strings.HasSuffix(name, ".givenname") }))},
		{"RFC7644-3.10-02", "URNs in attributes are case-sensitive", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.MisunderstandNames("attributes", func(name string) bool { return strings.HasPrefix(name, "URN") }))},
		{"RFC7644-3.10-02", "names in excludedAttributes are case-sensitive", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.IgnoreNames("excludedAttributes", oddCase))},
		{"RFC7644-3.10-02", "names in filters are case-sensitive", rewrite.EditParameters(rewrite.ByGet().And(inCase("filter", "USERNAME")), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.10-02", "names in filters of searches are case-sensitive", rewrite.EditParameters(rewrite.ByPost().And(inCase("filter", "username")), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.10-02", "names in other letters are refused in filters", rewrite.RefuseAll(rewrite.Queries().And(inCase("filter", "USERNAME")), scim.InvalidFilter("no such attribute"))},
		{"RFC7644-3.10-02", "URNs in filters are case-sensitive", rewrite.RefuseAll(rewrite.Queries().And(inCase("filter", ":CORE:")), scim.InvalidFilter("no such attribute"))},
		{"RFC7644-3.10-02", "names in sortBy are case-sensitive", rewrite.IgnoreOrder(rewrite.Queries().And(inCase("sortBy", "NAME.familyname")))},
		{"RFC7644-3.10-02", "paths of PATCH are case-sensitive", refusedPath(func(path string) bool { return path == "NAME.familyname" })},
		{"RFC7644-3.10-02", "a path of PATCH in other letters changes nothing", unheededPath(func(path string) bool { return path == "NAME.familyname" })},
		{"RFC7644-3.10-02", "names of searches are case-sensitive", rewrite.EditParameters(rewrite.ByPost(), rewrite.MisunderstandNames("attributes", oddCase))},

		{"RFC7644-3.10-03", "a filter by an extension finds no user", rewrite.EditParameters(rewrite.Queries().And(rewrite.Says("filter", ":extension:")), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.10-03", "a filter by an extension is ignored", rewrite.InTurn(rewrite.EditParameters(rewrite.Queries().And(rewrite.Says("filter", ":extension:")), rewrite.OmitParameters("filter")), rewrite.SeedUsers())},
		{"RFC7644-3.10-03", "URNs of extensions in filters are case-sensitive", rewrite.EditParameters(rewrite.Queries().And(inCase("filter", ":ENTERPRISE:")), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.10-03", "URNs of extensions in attributes are case-sensitive", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.MisunderstandNames("attributes", oddCase))},
		{"RFC7644-3.10-03", "extensions cannot be patched", refusedPath(rewrite.InExtension)},
		{"RFC7644-3.10-03", "a PATCH of an extension changes nothing", unheededPath(rewrite.InExtension)},
	}
}

// inCase is a parameter with a part in just these letters.
func inCase(parameter, part string) rewrite.ParameterTest {
	return func(p url.Values) bool { return strings.Contains(p.Get(parameter), part) }
}

// refusedPath refuses operations whose path fits.
func refusedPath(fits func(path string) bool) rewrite.Wrap {
	return onPaths(fits, func(http.Handler, *http.Request) *rewrite.Answer {
		return rewrite.Refusal(scim.InvalidPath("no such attribute"))
	})
}

// unheededPath answers operations whose path fits as if they had been done.
func unheededPath(fits func(path string) bool) rewrite.Wrap {
	return onPaths(fits, func(next http.Handler, r *http.Request) *rewrite.Answer {
		return rewrite.Now(next, r)
	})
}

// onPaths answers a PATCH in place of the provider if the path of an operation
// fits.
func onPaths(fits func(path string) bool, instead func(next http.Handler, r *http.Request) *rewrite.Answer) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PATCH", "/*/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		for _, op := range rewrite.Operations(rewrite.BodyOf(r)) {
			if fits(op.String("path")) {
				return instead(next, r)
			}
		}
		return nil
	})
}

func inCore(name string) bool { return strings.Contains(strings.ToLower(name), ":core:") }

// oddCase is a name that is not written as its schema has it.
func oddCase(name string) bool {
	return strings.ToUpper(name) == name || strings.HasPrefix(name, "NAME") || strings.HasPrefix(name, "URN") ||
		strings.Contains(name, "USER") || strings.HasPrefix(name, "DisplayName") || name == "username" || strings.Contains(name, "CORE")
}
