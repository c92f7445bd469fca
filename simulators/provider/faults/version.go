package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func versionFaults() []Fault {
	return slices.Concat(tagFaults(), readConditionFaults(), writeConditionFaults(), raceFaults())
}

// tagFaults concern the tags themselves.
func tagFaults() []Fault {
	return []Fault{
		{"RFC7644-3.14-01", "there is no ETag", untagged(at("", "/*/*"))},
		{"RFC7644-3.14-01", "reads have no ETag", untagged(at("GET", "/*/*"))},
		{"RFC7644-3.14-01", "reads of groups have no ETag", untagged(at("GET", "/Groups/*"))},
		{"RFC7644-3.14-01", "creations have no ETag", untagged(at("POST", "/*"))},
		{"RFC7644-3.14-01", "creations of groups have no ETag", untagged(at("POST", "/Groups"))},
		{"RFC7644-3.14-01", "replacements have no ETag", untagged(at("PUT", "/*/*"))},
		{"RFC7644-3.14-01", "replacements of groups have no ETag", untagged(at("PUT", "/Groups/*"))},
		{"RFC7644-3.14-01", "the ETag is not quoted", tagAnswers(at("", ""), func(_ *http.Request, a *answer) {
			a.header.Set("ETag", strings.Trim(withoutWeakness(a.header.Get("ETag")), `"`))
		})},
		{"RFC7644-3.14-01", "the ETag is weak without quotes", tagAnswers(at("", ""), func(_ *http.Request, a *answer) {
			a.header.Set("ETag", strings.ReplaceAll(a.header.Get("ETag"), `"`, ""))
		})},
		{"RFC7644-3.14-01", "the ETag has a small w", tagAnswers(at("", ""), func(_ *http.Request, a *answer) {
			a.header.Set("ETag", strings.ToLower(a.header.Get("ETag")))
		})},
		{"RFC7644-3.14-01", "the tag is in a header of its own", tagAnswers(at("", ""), func(_ *http.Request, a *answer) {
			a.header.Set("X-Version", a.header.Get("ETag"))
			a.header.Del("ETag")
		})},

		{"RFC7644-3.14-02", "there is no meta.version", versioned(at("", ""), func(meta *scim.Object, _ string) { meta.Delete("version") })},
		{"RFC7644-3.14-02", "groups have no meta.version", versioned(at("", "/Groups/*"), func(meta *scim.Object, _ string) { meta.Delete("version") })},
		{"RFC7644-3.14-02", "creations have no meta.version", versioned(at("POST", "/*"), func(meta *scim.Object, _ string) { meta.Delete("version") })},
		{"RFC7644-3.14-02", "lists have no meta.version", versioned(at("GET", "/*"), func(meta *scim.Object, _ string) { meta.Delete("version") })},
		{"RFC7644-3.14-02", "meta.version is another than the ETag", versioned(at("", "/*/*"), func(meta *scim.Object, version string) { meta.Set("version", version+"x") })},
		{"RFC7644-3.14-02", "meta.version is not quoted", versioned(at("", ""), func(meta *scim.Object, version string) {
			meta.Set("version", strings.Trim(withoutWeakness(version), `"`))
		})},
		{"RFC7644-3.14-02", "meta.version is the strong tag", versioned(at("", ""), func(meta *scim.Object, version string) { meta.Set("version", withoutWeakness(version)) })},
		{"RFC7644-3.14-02", "meta.version is a number", versioned(at("", ""), func(meta *scim.Object, _ string) { meta.Set("version", number(1)) })},
		{"RFC7644-3.14-02", "meta.version stays as it was created", versioned(at("GET", "/*/*"), func(meta *scim.Object, _ string) { meta.Set("version", `W/"1"`) })},
		{"RFC7644-3.14-02", "a list has another meta.version", versioned(at("GET", "/*"), func(meta *scim.Object, version string) { meta.Set("version", version+"x") })},

		{"RFC7644-3.14-08", "the tag is always the same", tagAnswers(at("", ""), func(_ *http.Request, a *answer) { retagged(a, `W/"1"`) })},
		{"RFC7644-3.14-08", "the tag of groups is always the same", tagAnswers(at("", "/Groups/*"), func(_ *http.Request, a *answer) { retagged(a, `W/"1"`) })},
		{"RFC7644-3.14-08", "the tag is the id", tagAnswers(at("", "/*/*"), func(r *http.Request, a *answer) { retagged(a, `W/"`+segments(r)[1]+`"`) })},
		{"RFC7644-3.14-08", "the tag changes on every read", counting(at("GET", "/*/*"))},
		{"RFC7644-3.14-08", "the tag of groups changes on every read", counting(at("GET", "/Groups/*"))},
		{"RFC7644-3.14-08", "the tag does not change with the members", tagAnswers(at("GET", "/Groups/*"), func(_ *http.Request, a *answer) {
			retagged(a, `W/"`+tagText(a.body.String("displayName"))+`"`)
		})},
		{"RFC7644-3.14-08", "the tag does not change with the activity", tagAnswers(at("GET", "/Users/*"), func(_ *http.Request, a *answer) {
			retagged(a, `W/"`+tagText(a.body.String("displayName")+a.body.String("userName"))+`"`)
		})},
		{"RFC7644-3.14-08", "the tag does not change with the display name", tagAnswers(at("GET", "/*/*"), func(_ *http.Request, a *answer) {
			_, active := a.body.Get("active")
			retagged(a, `W/"`+a.body.String("id")+tagText(a.body.String("userName"))+strings.Repeat("x", len(a.body.Array("members"))+bulkPick(active, 1, 0))+`"`)
		})},
		{"RFC7644-3.14-08", "meta.version does not change", versioned(at("", ""), func(meta *scim.Object, _ string) { meta.Set("version", `W/"1"`) })},
		{"RFC7644-3.14-08", "the ETag does not change", tagAnswers(at("", ""), func(_ *http.Request, a *answer) { a.header.Set("ETag", `W/"1"`) })},
		{"RFC7644-3.14-08", "a refused change changes the tag", refusedAndCounted},
		{"RFC7644-3.14-08", "the tag of all users changes with one", sharedTag("/Users", "/Users/*")},

		{"RFC7644-3.14-09", "a creation answers another tag", tagAnswers(at("POST", "/*"), func(_ *http.Request, a *answer) { retagged(a, `W/"new"`) })},
		{"RFC7644-3.14-09", "a replacement answers the tag before", tagAnswers(at("PUT", "/*/*"), func(_ *http.Request, a *answer) { retagged(a, `W/"1"`) })},
		{"RFC7644-3.14-09", "a replacement of a group answers the tag before", tagAnswers(at("PUT", "/Groups/*"), func(_ *http.Request, a *answer) { retagged(a, `W/"1"`) })},
		{"RFC7644-3.14-09", "a patch answers the tag before", tagAnswers(at("PATCH", "/*/*"), func(_ *http.Request, a *answer) { retagged(a, `W/"1"`) })},
		{"RFC7644-3.14-09", "a patch of a group answers the tag before", tagAnswers(at("PATCH", "/Groups/*"), func(_ *http.Request, a *answer) { retagged(a, `W/"1"`) })},
	}
}

// tagText is text that can stand within a tag.
func tagText(text string) string {
	return strings.Map(func(c rune) rune {
		if c <= ' ' || c == '"' || c > '~' {
			return '_'
		}
		return c
	}, text)
}

// refusedAndCounted counts refused changes in the tag.
func refusedAndCounted(next http.Handler) http.Handler {
	refusals := ""
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := serve(next, r)
		if a.status == http.StatusPreconditionFailed {
			refusals += "x"
		}
		if tag := a.header.Get("ETag"); tag != "" {
			retagged(a, strings.TrimSuffix(tag, `"`)+refusals+`"`)
		}
		a.send(w)
	})
}

// sharedTag makes every change of one resource a change of all.
func sharedTag(collection, place string) Wrap {
	return func(next http.Handler) http.Handler {
		changes := ""
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a := serve(next, r)
			if at("PUT,PATCH", place)(r) && a.ok() {
				changes += "x"
			}
			if at("", place)(r) || at("POST", collection)(r) {
				if tag := a.header.Get("ETag"); tag != "" {
					retagged(a, strings.TrimSuffix(tag, `"`)+changes+`"`)
				}
			}
			a.send(w)
		})
	}
}
