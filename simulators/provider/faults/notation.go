package faults

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// notationFaults are about how attributes may be named.
func notationFaults() []Fault {
	return []Fault{
		{"RFC7644-3.10-01", "a URN is not understood in attributes", misasked(readOne("Users"), misunderstanding("attributes", inCore))},
		{"RFC7644-3.10-01", "a URN in attributes brings everything", misasked(readOne("Users"), ignoring("attributes", inCore))},
		{"RFC7644-3.10-01", "a URN is refused in attributes", turnsDown(readOne("Users").when(naming("attributes", inCore)), scim.InvalidValue("no such attribute"))},
		{"RFC7644-3.10-01", "a URN before a sub-attribute is not understood", misasked(readOne("Users"), misunderstanding("attributes", func(name string) bool { return inCore(name) && dotted(name) }))},
		{"RFC7644-3.10-01", "a URN before a sub-attribute brings the whole", misasked(readOne("Users"), renamed("attributes", func(name string) string {
			if inCore(name) {
				return parent(name)
			}
			return name
		}))},
		{"RFC7644-3.10-01", "a URN is not understood in excludedAttributes", misasked(readOne("Users", "Groups"), ignoring("excludedAttributes", inCore))},
		{"RFC7644-3.10-01", "a URN is not understood in excludedAttributes of groups", misasked(readOne("Groups"), ignoring("excludedAttributes", inCore))},
		{"RFC7644-3.10-01", "a URN is refused in filters", turnsDown(queries().when(says("filter", ":core:")), scim.InvalidFilter("no such attribute"))},
		{"RFC7644-3.10-01", "a URN in a filter finds nobody", misasked(queries().when(says("filter", ":core:")), put("filter", "id eq \"none\""))},
		{"RFC7644-3.10-01", "a URN in a filter of groups finds none", misasked(queries("Groups").when(says("filter", ":core:")), put("filter", "id eq \"none\""))},
		{"RFC7644-3.10-01", "a URN before a sub-attribute in a filter finds nobody", misasked(queries().when(says("filter", "user:name.")), put("filter", "id eq \"none\""))},
		{"RFC7644-3.10-01", "a filter with a URN is ignored", both(misasked(queries("Groups").when(says("filter", ":core:")), omit("filter")), seeded)},
		{"RFC7644-3.10-01", "a URN is not understood in sortBy", ignoresOrder(queries().when(says("sortBy", ":core:")))},
		{"RFC7644-3.10-01", "a URN is refused in the paths of PATCH", refusedPath(inCore)},
		{"RFC7644-3.10-01", "a URN in the path of PATCH changes nothing", unheededPath(inCore)},
		{"RFC7644-3.10-01", "a URN before a sub-attribute in the path of PATCH changes nothing", unheededPath(func(path string) bool { return inCore(path) && dotted(path) })},

		{"RFC7644-3.10-02", "names in attributes are case-sensitive", misasked(readOne("Users"), misunderstanding("attributes", oddCase))},
		{"RFC7644-3.10-02", "sub-attributes in attributes are case-sensitive", misasked(readOne("Users"), misunderstanding("attributes", func(name string) bool { return strings.HasSuffix(name, ".givenname") }))},
		{"RFC7644-3.10-02", "URNs in attributes are case-sensitive", misasked(readOne("Users"), misunderstanding("attributes", func(name string) bool { return strings.HasPrefix(name, "URN") }))},
		{"RFC7644-3.10-02", "names in excludedAttributes are case-sensitive", misasked(readOne("Users"), ignoring("excludedAttributes", oddCase))},
		{"RFC7644-3.10-02", "names in filters are case-sensitive", misasked(byGet().when(inCase("filter", "USERNAME")), put("filter", "id eq \"none\""))},
		{"RFC7644-3.10-02", "names in filters of searches are case-sensitive", misasked(byPost().when(inCase("filter", "username")), put("filter", "id eq \"none\""))},
		{"RFC7644-3.10-02", "names in other letters are refused in filters", turnsDown(queries().when(inCase("filter", "USERNAME")), scim.InvalidFilter("no such attribute"))},
		{"RFC7644-3.10-02", "URNs in filters are case-sensitive", turnsDown(queries().when(inCase("filter", ":CORE:")), scim.InvalidFilter("no such attribute"))},
		{"RFC7644-3.10-02", "names in sortBy are case-sensitive", ignoresOrder(queries().when(inCase("sortBy", "NAME.familyname")))},
		{"RFC7644-3.10-02", "paths of PATCH are case-sensitive", refusedPath(func(path string) bool { return path == "NAME.familyname" })},
		{"RFC7644-3.10-02", "a path of PATCH in other letters changes nothing", unheededPath(func(path string) bool { return path == "NAME.familyname" })},
		{"RFC7644-3.10-02", "names of searches are case-sensitive", misasked(byPost(), misunderstanding("attributes", oddCase))},

		{"RFC7644-3.10-03", "extensions cannot be filtered by", turnsDown(queries().when(says("filter", ":extension:")), scim.InvalidFilter("no such attribute"))},
		{"RFC7644-3.10-03", "a filter by an extension finds nobody", misasked(queries().when(says("filter", ":extension:")), put("filter", "id eq \"none\""))},
		{"RFC7644-3.10-03", "a filter by an extension is ignored", both(misasked(queries().when(says("filter", ":extension:")), omit("filter")), seeded)},
		{"RFC7644-3.10-03", "URNs of extensions in filters are case-sensitive", misasked(queries().when(inCase("filter", ":ENTERPRISE:")), put("filter", "id eq \"none\""))},
		{"RFC7644-3.10-03", "URNs of extensions in attributes are case-sensitive", misasked(readOne("Users"), misunderstanding("attributes", oddCase))},
		{"RFC7644-3.10-03", "extensions cannot be patched", refusedPath(inExtension)},
		{"RFC7644-3.10-03", "a PATCH of an extension changes nothing", unheededPath(inExtension)},
	}
}

// inCase is a parameter with a part in just these letters.
func inCase(parameter, part string) parameterTest {
	return func(p url.Values) bool { return strings.Contains(p.Get(parameter), part) }
}

// refusedPath refuses operations whose path fits.
func refusedPath(fits func(path string) bool) Wrap {
	return onPaths(fits, func(http.Handler, *http.Request) *answer {
		a := &answer{}
		a.refuse(scim.InvalidPath("no such attribute"))
		return a
	})
}

// unheededPath answers operations whose path fits as if they had been done.
func unheededPath(fits func(path string) bool) Wrap {
	return onPaths(fits, func(next http.Handler, r *http.Request) *answer {
		return ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil)
	})
}

func onPaths(fits func(path string) bool, instead func(next http.Handler, r *http.Request) *answer) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", "/*/*")(r) {
				for _, v := range bodyOf(r).Array("Operations") {
					if op, ok := v.(*scim.Object); ok && fits(op.String("path")) {
						instead(next, r).send(w)
						return
					}
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}
