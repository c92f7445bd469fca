package rfc7643

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// idsInFiltersFaults violate features/rfc7643/3.1_ids_in_filters.feature.
func idsInFiltersFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-3.1-08", "ids in URLs have no case", anyCaseID(false)},
		{"RFC7643-3.1-08", "ids of groups in URLs have no case", anyCaseID(true)},
		{"RFC7643-3.1-08", "ids in filters have no case", idsFolded("Users")},
		{"RFC7643-3.1-08", "ids of groups in filters have no case", idsFolded("Groups")},
		{"RFC7643-3.1-08", "an id in other letters answers 400", rewrite.Answers(rewrite.At("GET", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusNotFound {
				a.Refuse(scim.InvalidValue("no such id"))
			}
		})},

		{"RFC7643-3.1-10", "externalId is kept in small letters", rewrite.Shown(rewrite.Anywhere, func(o *scim.Object) { onExternalID(o, strings.ToLower) })},
		{"RFC7643-3.1-10", "externalId is decoded", rewrite.Shown(rewrite.Anywhere, func(o *scim.Object) {
			onExternalID(o, func(v string) string { return strings.ReplaceAll(v, "%20", " ") })
		})},
		{"RFC7643-3.1-10", "externalId loses letters with accents", rewrite.Shown(rewrite.Anywhere, func(o *scim.Object) {
			onExternalID(o, func(v string) string { return strings.ReplaceAll(v, "ö", "o") })
		})},
		{"RFC7643-3.1-10", "externalId loses zeros", rewrite.Shown(rewrite.Anywhere, func(o *scim.Object) {
			onExternalID(o, func(v string) string { return strings.Trim(v, "0") })
		})},
		{"RFC7643-3.1-10", "externalId has no case in filters", rewrite.IgnoreCase(rewrite.Queries(), "externalId", filter.Eq, filter.Co, filter.Sw, filter.Ew)},
		{"RFC7643-3.1-10", "externalId has no case in filters by eq", rewrite.IgnoreCaseOfExternalID(filter.Eq)},
		{"RFC7643-3.1-10", "externalId has no case in filters by sw", rewrite.IgnoreCaseOfExternalID(filter.Sw)},
		{"RFC7643-3.1-10", "externalId is not found", rewrite.EditComparisonsOf("externalId", filter.Eq, rewrite.MatchNone)},
	}
}

func idsFolded(place string) rewrite.Wrap {
	return rewrite.IgnoreCase(rewrite.Queries(place), "id", filter.Eq)
}

// anyCaseID finds a resource by an id in letters of any case.
func anyCaseID(groups bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if s := rewrite.Segments(r); len(s) == 2 && r.Method == http.MethodGet && groups == (s[0] == "Groups") {
			for _, o := range rewrite.Ask(next, r, http.MethodGet, s[0]+"?count=200", nil).Resources() {
				if id := o.String("id"); strings.EqualFold(id, s[1]) {
					r.URL.Path, r.URL.RawPath = rewrite.Root(r)+"/"+s[0]+"/"+id, ""
				}
			}
		}
		return nil
	})
}

func onExternalID(o *scim.Object, edit func(string) string) {
	if v := o.String("externalId"); v != "" {
		o.Set("externalId", edit(v))
	}
}
