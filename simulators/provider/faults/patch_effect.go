package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchEffectFaults are about what a PATCH comes to, whatever its operations are.
func patchEffectFaults() []Fault {
	return []Fault{
		{"RFC7644-3.5.2-11", "several values are primary", effect("/Users/*", always, keepPrimary)},
		{"RFC7644-3.5.2-11", "several values are primary after an add", effect("/Users/*", does("add", "emails"), keepPrimary)},
		{"RFC7644-3.5.2-11", "several values are primary after an add without a path", effect("/Users/*", does("add", "-"), keepPrimary)},
		{"RFC7644-3.5.2-11", "several values are primary after the mark was set", effect("/Users/*", pathHas("].primary"), keepPrimary)},
		{"RFC7644-3.5.2-11", "several values are primary after an element was replaced", effect("/Users/*", does("replace", `emails[type eq "home"]`), keepPrimary)},
		{"RFC7644-3.5.2-11", "the first value stays the primary one", effect("/Users/*", always, func(c change) {
			keepPrimary(c)
			eachOf(c.now, "emails", func(e *scim.Object) {
				if e.String("type") != "work" {
					e.Delete("primary")
				}
			})
		})},
		{"RFC7644-3.5.2-11", "no value is primary any more", effect("/Users/*", always, func(c change) {
			eachOf(c.now, "emails", func(e *scim.Object) { e.Delete("primary") })
		})},
		{"RFC7644-3.5.2-11", "the values that are no longer primary are gone", effect("/Users/*", always, func(c change) {
			c.now.Set("emails", slices.DeleteFunc(appended(c.now.Array("emails")), func(v any) bool {
				marked, _ := v.(*scim.Object).Get("primary")
				return marked != true
			}))
		})},

		{"RFC7644-3.5.2-12", "what stands before a bad operation is done", oneByOne("/Users/*", true)},
		{"RFC7644-3.5.2-12", "all but a bad operation is done", oneByOne("/Users/*", false)},
		{"RFC7644-3.5.2-12", "what stands before a bad operation on a group is done", oneByOne("/Groups/*", true)},
		{"RFC7644-3.5.2-12", "all but a bad operation on a group is done", oneByOne("/Groups/*", false)},
		{"RFC7644-3.5.2-12", "a bad operation is skipped", swallows("/*/*")},
		{"RFC7644-3.5.2-12", "a bad operation is skipped for groups", swallows("/Groups/*")},
		{"RFC7644-3.5.2-12", "a PATCH that is undone is answered as if it had been done", silent("/*/*", always)},
		{"RFC7644-3.5.2-12", "a PATCH that is undone answers 500", refusalsBecome(scim.Internal("transaction"))},
		{"RFC7644-3.5.2-12", "the displayName of a refused PATCH is stored", storesOneOfRefused("/Users/*", "displayName")},
		{"RFC7644-3.5.2-12", "the members of a refused PATCH are stored", storesOneOfRefused("/Groups/*", "members")},
		{"RFC7644-3.5.2-12", "only the first operation is looked at", reorders("/*/*", func(list []any) []any { return list[:1] })},

		{"RFC7644-3.5.2-13", "operations are done in the opposite order", reorders("/*/*", backwards)},
		{"RFC7644-3.5.2-13", "operations on groups are done in the opposite order", reorders("/Groups/*", backwards)},
		{"RFC7644-3.5.2-13", "only the first operation is done", reorders("/*/*", func(list []any) []any { return list[:1] })},
		{"RFC7644-3.5.2-13", "only the last operation is done", reorders("/*/*", func(list []any) []any { return list[len(list)-1:] })},
		{"RFC7644-3.5.2-13", "removals are done last", reorders("/*/*", func(list []any) []any { return partition(list, "remove", false) })},
		{"RFC7644-3.5.2-13", "removals are done first", reorders("/*/*", func(list []any) []any { return partition(list, "remove", true) })},
		{"RFC7644-3.5.2-13", "replacements are done first", reorders("/*/*", func(list []any) []any { return partition(list, "replace", true) })},
		{"RFC7644-3.5.2-13", "of two operations on one path the first counts", reorders("/*/*", firstOfEachPath)},

		{"RFC7644-3.5.2-20", "a PATCH leaves the time of the change alone", comesTo("PATCH", "/*/*", metaAsBefore("lastModified"))},
		{"RFC7644-3.5.2-20", "a PATCH of a group leaves the time of the change alone", comesTo("PATCH", "/Groups/*", metaAsBefore("lastModified"))},
		{"RFC7644-3.5.2-20", "a PATCH of a user leaves the time of the change alone", comesTo("PATCH", "/Users/*", metaAsBefore("lastModified"))},
		{"RFC7644-3.5.2-20", "a removal leaves the time of the change alone", effect("/*/*", does("remove", ""), metaAsBefore("lastModified"))},
		{"RFC7644-3.5.2-20", "new members leave the time of the change alone", effect("/Groups/*", does("add", "members"), metaAsBefore("lastModified"))},
		{"RFC7644-3.5.2-20", "a PATCH leaves the version alone", comesTo("PATCH", "/*/*", metaAsBefore("version"))},
		{"RFC7644-3.5.2-20", "a PATCH of a group leaves the version alone", comesTo("PATCH", "/Groups/*", metaAsBefore("version"))},
		{"RFC7644-3.5.2-20", "a PATCH sets the time of the change back", comesTo("PATCH", "/*/*", func(c change) {
			c.now.Object("meta").Set("lastModified", "2001-02-03T04:05:06Z")
		})},

		{"RFC7644-3.5.2-23", "a PATCH loses the e-mail addresses", loses("/Users/*", "emails")},
		{"RFC7644-3.5.2-23", "a PATCH loses the name", loses("/Users/*", "name")},
		{"RFC7644-3.5.2-23", "a PATCH loses the externalId", loses("/Users/*", "externalId")},
		{"RFC7644-3.5.2-23", "a PATCH loses the displayName", loses("/Users/*", "displayName")},
		{"RFC7644-3.5.2-23", "a PATCH activates the user", effect("/Users/*", does("replace", "emails"), func(c change) { c.now.Set("active", false) })},
		{"RFC7644-3.5.2-23", "deactivation loses the e-mail addresses", effect("/Users/*", does("replace", "active"), func(c change) { c.now.Delete("emails") })},
		{"RFC7644-3.5.2-23", "a PATCH loses the mark of the primary value", effect("/Users/*", does("replace", "externalId"), func(c change) {
			eachOf(c.now, "emails", func(e *scim.Object) { e.Delete("primary") })
		})},
		{"RFC7644-3.5.2-23", "a PATCH changes the time of the creation", comesTo("PATCH", "/*/*", func(c change) {
			c.now.Object("meta").Set("created", "2001-02-03T04:05:06Z")
		})},
		{"RFC7644-3.5.2-23", "a PATCH changes the location", comesTo("PATCH", "/*/*", func(c change) {
			c.now.Object("meta").Set("location", c.now.Object("meta").String("location")+"/patched")
		})},
		{"RFC7644-3.5.2-23", "a PATCH of a group loses the externalId", loses("/Groups/*", "externalId")},
		{"RFC7644-3.5.2-23", "a new name loses the members", effect("/Groups/*", does("replace", "displayName"), func(c change) { c.now.Delete("members") })},
		{"RFC7644-3.5.2-23", "new members lose the name", effect("/Groups/*", does("add", "members"), func(c change) { c.now.Set("displayName", "unnamed") })},
		{"RFC7644-3.5.2-23", "a removed member is removed from all groups", leavesAllGroups()},

		{"RFC7644-3.5.2-22", "an element added to a list of two is lost", reads("/Users/*", does("add", "addresses"), becomes("replace"))},
		{"RFC7644-3.5.2-22", "telephone numbers cannot be removed", ignores("/Users/*", does("remove", "phoneNumbers*"))},
		{"RFC7644-3.5.2-22", "an address replaced loses its postalCode", effect("/Users/*", does("replace", `addresses[*`), func(c change) {
			eachOf(c.now, "addresses", func(e *scim.Object) { e.Delete("postalCode") })
		})},
		{"RFC7644-3.5.2-22", "the division cannot be changed", ignores("/Users/*", pathHas("division"))},
		{"RFC7644-3.5.2-22", "the middleName is taken for the givenName", reads("/Users/*", does("", "name.middleName"), func(op *scim.Object) { op.Set("path", "name.givenName") })},
		{"RFC7644-3.5.2-22", "the fourth operation is lost", reorders("/*/*", func(list []any) []any { return list[:min(len(list), 3)] })},
		{"RFC7644-3.5.2-22", "the third operation on a group is lost", reorders("/Groups/*", func(list []any) []any { return list[:min(len(list), 2)] })},
		{"RFC7644-3.5.2-22", "the display of an element cannot be removed", ignores("/Users/*", allOf(does("remove", ""), pathHas("].display")))},
		{"RFC7644-3.5.2-22", "a whole name replaces nothing", ignores("/Users/*", namesInValue("name"))},
		{"RFC7644-3.5.2-22", "an element of a type replaces those of all types", effect("/Users/*", does("replace", `phoneNumbers[*`), func(c change) {
			if list := c.now.Array("phoneNumbers"); len(list) > 1 {
				c.now.Set("phoneNumbers", list[:1])
			}
		})},
		{"RFC7644-3.5.2-22", "a group never has more than three members", effect("/Groups/*", always, func(c change) {
			if list := c.now.Array("members"); len(list) > 3 {
				c.now.Set("members", list[:3])
			}
		})},
		{"RFC7644-3.5.2-22", "a member removed takes the next one along", reads("/Groups/*", does("remove", "members[*"), func(op *scim.Object) { op.Set("path", "members") })},
		{"RFC7644-3.5.2-22", "a bad operation among several is skipped", swallows("/*/*")},
		{"RFC7644-3.5.2-22", "what stands before a bad operation is done", oneByOne("/*/*", true)},
	}
}

// keepPrimary leaves the mark with those that had it.
func keepPrimary(c change) {
	marked := map[string]bool{}
	eachOf(c.before, "emails", func(e *scim.Object) {
		if v, _ := e.Get("primary"); v == true {
			marked[e.String("value")] = true
		}
	})
	eachOf(c.now, "emails", func(e *scim.Object) {
		if marked[e.String("value")] {
			e.Set("primary", true)
		}
	})
}

// loses clears an attribute that no operation names.
func loses(place, name string) Wrap {
	return comesTo("PATCH", place, func(c change) {
		if !c.any(func(op *scim.Object) bool { return strings.HasPrefix(op.String("path"), name) }) {
			c.now.Delete(name)
		}
	})
}

func backwards(list []any) []any {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// partition moves the operations of a name to the front or to the end.
func partition(list []any, name string, front bool) []any {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b any) int {
		isA, isB := a.(*scim.Object).String("op") == name, b.(*scim.Object).String("op") == name
		switch isA {
		case isB:
			return 0
		case front:
			return -1
		}
		return 1
	})
	return list
}

func firstOfEachPath(list []any) []any {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(list), func(v any) bool {
		path := v.(*scim.Object).String("path")
		again := seen[path]
		seen[path] = true
		return again
	})
}

// storesOneOfRefused does the operations on one attribute of a PATCH that is refused.
func storesOneOfRefused(place, name string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("PATCH", place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			sent := bodyOf(r)
			a := serve(next, r)
			for _, op := range opsOf(sent) {
				if !a.ok() && strings.HasPrefix(op.String("path"), name) {
					ask(next, r, http.MethodPatch, strings.Join(segments(r), "/"), patchOf(op))
				}
			}
			a.send(w)
		})
	}
}

// leavesAllGroups empties every other group when a member is removed from one.
func leavesAllGroups() Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", "/Groups/*")(r) && (change{sent: bodyOf(r)}).any(does("remove", "members[*")) {
				all := ask(next, r, http.MethodGet, "Groups", nil)
				for _, group := range all.resources() {
					if group.String("id") != segments(r)[1] {
						ask(next, r, http.MethodPatch, "Groups/"+group.String("id"), bodyOf(r))
					}
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}
