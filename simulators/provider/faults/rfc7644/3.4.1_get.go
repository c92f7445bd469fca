package rfc7644

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// getFaults violate features/rfc7644/3.4.1_get.feature.
func getFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.1-01", "a read answers a list", rewrite.Answers(rewrite.At("GET", "/Users/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				l := scim.List{TotalResults: 1, StartIndex: 1, ItemsPerPage: 1, Resources: []*scim.Object{a.Body}}
				a.Body = l.Object()
			}
		})},
		{"RFC7644-3.4.1-01", "every read answers the first user", firstForAll()},
		{"RFC7644-3.4.1-01", "a read lacks the user name", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) { o.Delete("userName") })},
		{"RFC7644-3.4.1-01", "a read lacks the display name", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) { o.Delete("displayName") })},
		{"RFC7644-3.4.1-01", "a read lacks the schemas", rewrite.Shown(rewrite.At("GET", "/*/*"), func(o *scim.Object) { o.Delete("schemas") })},
		{"RFC7644-3.4.1-01", "a read of a group lacks the name", rewrite.Shown(rewrite.At("GET", "/Groups/*"), func(o *scim.Object) { o.Delete("displayName") })},
		{"RFC7644-3.4.1-01", "a read answers 203", rewrite.Answers(rewrite.At("GET", "/Users/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				a.Status = 203
			}
		})},
		{"RFC7644-3.4.1-01", "a read of a group answers 404", rewrite.Answers(rewrite.At("GET", "/Groups/*"), rewrite.AsError(scim.NotFound("Group", "it")))},
		{"RFC7644-3.4.1-01", "a read tells another address", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) { rewrite.PartOf(o, "meta").Set("location", "/Users/0") })},
		{"RFC7644-3.4.1-01", "a second read shows a change that was not made", changingOnRead()},

		{"RFC7644-3.4.1-02", "an unknown id answers 400", rewrite.OnStatus(rewrite.At("GET", "/Users/*"), http.StatusNotFound, rewrite.AsError(scim.InvalidValue("no such id")))},
		{"RFC7644-3.4.1-02", "an unknown id answers 500", rewrite.OnStatus(rewrite.At("", "/*/*"), http.StatusNotFound, rewrite.As500)},
		{"RFC7644-3.4.1-02", "an unknown id answers 500 to DELETE", rewrite.OnStatus(rewrite.At("DELETE", "/*/*"), http.StatusNotFound, rewrite.As500)},
		{"RFC7644-3.4.1-02", "an unknown id answers 204 to DELETE", rewrite.OnStatus(rewrite.At("DELETE", "/Users/*"), http.StatusNotFound, func(_ *http.Request, a *rewrite.Answer) {
			*a = *rewrite.NewAnswer(204, nil)
		})},
		{"RFC7644-3.4.1-02", "an unknown id answers 200 to PUT", rewrite.OnStatus(rewrite.At("PUT", "/Users/*"), http.StatusNotFound, func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
		{"RFC7644-3.4.1-02", "an unknown id answers 204 to PATCH", rewrite.OnStatus(rewrite.At("PATCH", "/Users/*"), http.StatusNotFound, func(_ *http.Request, a *rewrite.Answer) {
			*a = *rewrite.NewAnswer(204, nil)
		})},
		{"RFC7644-3.4.1-02", "an unknown id answers an empty list", rewrite.OnStatus(rewrite.At("GET", "/Users/*"), http.StatusNotFound, func(_ *http.Request, a *rewrite.Answer) {
			l := scim.List{StartIndex: 1}
			a.Status, a.Body = 200, l.Object()
		})},
		{"RFC7644-3.4.1-02", "an unknown id answers 410", rewrite.OnStatus(rewrite.At("GET", "/Groups/*"), http.StatusNotFound, rewrite.AsError(&scim.Error{Status: 410}))},
		{"RFC7644-3.4.1-02", "an unknown id is a plain text", rewrite.OnStatus(rewrite.At("GET", "/*/*"), http.StatusNotFound, rewrite.ReplaceBody("text/plain", "not found"))},
		{"RFC7644-3.4.1-02", "an unknown schema has no body", rewrite.OnStatus(rewrite.At("GET", "/Schemas/*"), http.StatusNotFound, rewrite.ReplaceBody("application/scim+json", ""))},
		{"RFC7644-3.4.1-02", "an unknown resource type answers 400", rewrite.OnStatus(rewrite.At("GET", "/ResourceTypes/*"), http.StatusNotFound, rewrite.AsError(scim.InvalidValue("unknown")))},
		{"RFC7644-3.4.1-02", "a user is found at the groups", rewrite.OnStatus(rewrite.At("GET", "/Groups/*"), http.StatusNotFound, elsewhere("/Users/"))},
		{"RFC7644-3.4.1-02", "a group is found at the users", crossKind("/Users/", "/Groups/")},
		{"RFC7644-3.4.1-02", "a deleted user answers 410", rewrite.OnStatus(rewrite.At("GET", "/Users/*"), http.StatusNotFound, func(r *http.Request, a *rewrite.Answer) {
			if !strings.HasSuffix(r.URL.Path, "unknown") {
				a.Refuse(&scim.Error{Status: 410})
			}
		})},
		{"RFC7644-3.4.1-02", "an id need only begin right", rewrite.Handle(rewrite.At("GET", "/Users/*"), func(_ http.Handler, r *http.Request) *rewrite.Answer {
			r.URL.Path = strings.TrimSuffix(r.URL.Path, "x")
			return nil
		})},

		{"RFC7644-3.4.1-03", "an odd id answers 500", rewrite.Break(func(r *http.Request) bool {
			return rewrite.At("GET", "/Users/*")(r) && strings.ContainsAny(rewrite.Segments(r)[1], "'\\\"%")
		})},
		{"RFC7644-3.4.1-03", "an id that is no UUID answers 500", rewrite.Break(func(r *http.Request) bool {
			return rewrite.At("GET", "/Users/*")(r) && strings.Count(rewrite.Segments(r)[1], "-") != 4
		})},
		{"RFC7644-3.4.1-03", "a long id answers 500", rewrite.Break(func(r *http.Request) bool { return len(r.URL.Path) > 500 })},
		{"RFC7644-3.4.1-03", "an id with a slash answers 500", rewrite.Break(func(r *http.Request) bool { return strings.Contains(r.URL.EscapedPath(), "%2F") })},
		{"RFC7644-3.4.1-03", "an id of a number beyond all answers 500", rewrite.Break(func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "99999999") })},
		{"RFC7644-3.4.1-03", "an id beyond ASCII answers 500", rewrite.Break(func(r *http.Request) bool { return bytes.ContainsRune([]byte(r.URL.Path), 'é') })},
		{"RFC7644-3.4.1-03", "an injection answers every user", rewrite.Answers(func(r *http.Request) bool { return strings.Contains(r.URL.Path, "OR '1'='1") }, func(_ *http.Request, a *rewrite.Answer) {
			l := scim.List{StartIndex: 1}
			*a = *rewrite.NewAnswer(200, l.Object())
		})},
		{"RFC7644-3.4.1-03", "the id null answers 200", rewrite.OnStatus(func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/null") }, http.StatusNotFound, func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
		{"RFC7644-3.4.1-03", "an id with a hash answers 500", rewrite.Break(func(r *http.Request) bool { return strings.Contains(r.URL.EscapedPath(), "%23") })},
		{"RFC7644-3.4.1-03", "an id with a space answers 500", rewrite.Break(func(r *http.Request) bool { return strings.Contains(r.URL.EscapedPath(), "%20x") })},
	}
}

// elsewhere marks an answer as found in another collection.
func elsewhere(to string) func(*http.Request, *rewrite.Answer) {
	return func(r *http.Request, a *rewrite.Answer) {
		if strings.HasSuffix(r.URL.Path, "unknown") {
			return
		}
		*a = rewrite.Answer{Status: 200, Header: a.Header, Body: scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
			scim.Member{Name: "id", Value: rewrite.Segments(r)[1]},
			scim.Member{Name: "meta", Value: scim.NewObject(scim.Member{Name: "location", Value: to + rewrite.Segments(r)[1]})},
		)}
	}
}

// crossKind looks in another collection for what it does not find.
func crossKind(from, to string) rewrite.Wrap {
	return rewrite.AnswersWith(rewrite.At("GET", from+"*"), func(next http.Handler, r *http.Request, a *rewrite.Answer) {
		if a.Status != http.StatusNotFound {
			return
		}
		if found := rewrite.Ask(next, r, http.MethodGet, strings.TrimPrefix(to, "/")+rewrite.Segments(r)[1], nil); found.OK() {
			*a = *found
		}
	})
}

// firstForAll answers every read of a user with the first one that was created.
func firstForAll() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		first := ""
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			a := rewrite.Serve(next, r)
			if rewrite.Creations("Users")(r) && a.Status == 201 && first == "" {
				first = a.Body.String("id")
			}
			if rewrite.At("GET", "/Users/*")(r) && a.OK() {
				a = rewrite.Ask(next, r, http.MethodGet, "Users/"+first, nil)
			}
			return a
		})
	})
}

// changingOnRead counts the reads in what it shows.
func changingOnRead() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		reads := 0
		return rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			if reads++; reads > 1 {
				o.Set("displayName", "read "+string(rune('0'+reads%10)))
			}
		})
	})
}
