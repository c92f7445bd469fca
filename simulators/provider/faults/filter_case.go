package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// attributeFaults are about what RFC 7643 says of attributes, as far as filters
// show it.
func attributeFaults() []Fault {
	return []Fault{
		{"RFC7643-2.4-03", "a value without primary is no match of false", reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			return filter.Match(f, t, withPrimary(o, "unknown"))
		})},
		{"RFC7643-2.4-03", "a value without primary is primary", reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			return filter.Match(f, t, withPrimary(o, true))
		})},
		{"RFC7643-2.4-03", "primary eq false is refused", refusingFilter(queries(), containing("primary eq false"), scim.InvalidFilter("not supported"))},
		{"RFC7643-2.4-03", "primary eq false finds nobody", compared(queries(), func(c filter.Compare) filter.Filter {
			if c.Value == false && strings.EqualFold(c.Path.Sub, "primary") {
				return nobody()
			}
			return c
		})},
		{"RFC7643-2.4-03", "a value without primary is no match of false in brackets", compared(queries(), func(c filter.Compare) filter.Filter {
			if c.Value == false && strings.EqualFold(c.Path.Attr, "primary") {
				c.Value = true
			}
			return c
		})},

		{"RFC7643-2.3.7-06", "references have no case", compared(queries(), func(c filter.Compare) filter.Filter {
			if about(c, "profileUrl") {
				c.Op, c.Value = filter.Pr, nil
			}
			return c
		})},
		{"RFC7643-2.3.7-06", "references are found by letters of any case", referencesFolded},
		{"RFC7643-2.3.7-06", "references are not found", onAttribute("profileUrl", filter.Eq, matchNone)},

		{"RFC7643-3.1-08", "ids in URLs have no case", anyCaseID(false)},
		{"RFC7643-3.1-08", "ids of groups in URLs have no case", anyCaseID(true)},
		{"RFC7643-3.1-08", "ids in filters have no case", idsFolded("Users")},
		{"RFC7643-3.1-08", "ids of groups in filters have no case", idsFolded("Groups")},
		{"RFC7643-3.1-08", "an id in other letters answers 400", answers(at("GET", "/*/*"), func(_ *http.Request, a *answer) {
			if a.status == http.StatusNotFound {
				a.refuse(scim.InvalidValue("no such id"))
			}
		})},

		{"RFC7643-3.1-10", "externalId is kept in small letters", shown(at("", ""), func(o *scim.Object) { onExternalID(o, strings.ToLower) })},
		{"RFC7643-3.1-10", "externalId is decoded", shown(at("", ""), func(o *scim.Object) {
			onExternalID(o, func(v string) string { return strings.ReplaceAll(v, "%20", " ") })
		})},
		{"RFC7643-3.1-10", "externalId loses letters with accents", shown(at("", ""), func(o *scim.Object) {
			onExternalID(o, func(v string) string { return strings.ReplaceAll(v, "ö", "o") })
		})},
		{"RFC7643-3.1-10", "externalId loses zeros", shown(at("", ""), func(o *scim.Object) {
			onExternalID(o, func(v string) string { return strings.Trim(v, "0") })
		})},
		{"RFC7643-3.1-10", "externalId has no case in filters", inexact(queries(), "externalId", filter.Eq, filter.Co, filter.Sw, filter.Ew)},
		{"RFC7643-3.1-10", "externalId has no case in filters by eq", externalFolded(filter.Eq)},
		{"RFC7643-3.1-10", "externalId has no case in filters by sw", externalFolded(filter.Sw)},
		{"RFC7643-3.1-10", "externalId is not found", onAttribute("externalId", filter.Eq, matchNone)},

		{"RFC7643-7-06", "displayName has case", withCase(true, attributesNamed("displayName"))},
		{"RFC7643-7-06", "nickName has case", withCase(true, attributesNamed("nickName"))},
		{"RFC7643-7-06", "userType has case", withCase(true, attributesNamed("userType"))},
		{"RFC7643-7-06", "types of emails have case", withCase(true, attributesNamed("emails.type"))},
		{"RFC7643-7-06", "parts of names have case", withCase(true, attributesNamed("name.givenName", "name.familyName"))},
		{"RFC7643-7-06", "extensions have case", withCase(true, attributesNamed("department"))},
		{"RFC7643-7-06", "externalId has no case", externalFolded(filter.Ew)},
		{"RFC7643-7-06", "externalId has no case in co", externalFolded(filter.Co)},
		{"RFC7643-7-06", "co on displayName has case", caseIn(filter.Co)},
	}
}

// inexact decides comparisons of an attribute as if it had no case.
func inexact(chosen when, path string, ops ...filter.Op) Wrap {
	return reevaluated(chosen, func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		small := scim.NewObject()
		for name, v := range o.All() {
			if text, ok := v.(string); ok && strings.EqualFold(name, path) {
				v = strings.ToLower(text)
			}
			small.Set(name, v)
		}
		return filter.Match(eachCompare(f, func(c filter.Compare) filter.Filter {
			if v, ok := c.Value.(string); ok && about(c, path) && slices.Contains(ops, c.Op) {
				c.Value = strings.ToLower(v)
				if filter.Match(c, t, small) {
					return everybody()
				}
				return nobody()
			}
			return c
		}), t, o)
	})
}

func externalFolded(op filter.Op) Wrap { return inexact(queries(), "externalId", op) }

var referencesFolded = inexact(queries(), "profileUrl", filter.Eq, filter.Ew)

func idsFolded(place string) Wrap { return inexact(queries(place), "id", filter.Eq) }

// anyCaseID finds a resource by an id in letters of any case.
func anyCaseID(groups bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if s := segments(r); len(s) == 2 && r.Method == http.MethodGet && groups == (s[0] == "Groups") {
				for _, o := range ask(next, r, http.MethodGet, s[0]+"?count=200", nil).resources() {
					if id := o.String("id"); strings.EqualFold(id, s[1]) {
						r.URL.Path, r.URL.RawPath = root(r)+"/"+s[0]+"/"+id, ""
					}
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// withPrimary fills in the primary that a value does not have.
func withPrimary(o *scim.Object, primary any) *scim.Object {
	filled := o.Clone()
	for _, v := range filled.Array("emails") {
		if e, ok := v.(*scim.Object); ok {
			if _, has := e.Get("primary"); !has {
				e.Set("primary", primary)
			}
		}
	}
	return filled
}

func onExternalID(o *scim.Object, edit func(string) string) {
	if v := o.String("externalId"); v != "" {
		o.Set("externalId", edit(v))
	}
}
