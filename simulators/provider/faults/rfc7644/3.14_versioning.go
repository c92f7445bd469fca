package rfc7644

import (
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// versioningFaults violate features/rfc7644/3.14_versioning.feature.
func versioningFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.14-01", "there is no ETag", untagged(rewrite.At("", "/*/*"))},
		{"RFC7644-3.14-01", "reads have no ETag", untagged(rewrite.At("GET", "/*/*"))},
		{"RFC7644-3.14-01", "reads of groups have no ETag", untagged(rewrite.At("GET", "/Groups/*"))},
		{"RFC7644-3.14-01", "creations have no ETag", untagged(rewrite.At("POST", "/*"))},
		{"RFC7644-3.14-01", "creations of groups have no ETag", untagged(rewrite.At("POST", "/Groups"))},
		{"RFC7644-3.14-01", "replacements have no ETag", untagged(rewrite.At("PUT", "/*/*"))},
		{"RFC7644-3.14-01", "replacements of groups have no ETag", untagged(rewrite.At("PUT", "/Groups/*"))},
		{"RFC7644-3.14-01", "the ETag is not quoted", tagAnswers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			a.Header.Set("ETag", strings.Trim(withoutWeakness(a.Header.Get("ETag")), `"`))
		})},
		{"RFC7644-3.14-01", "the ETag is weak without quotes", tagAnswers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			a.Header.Set("ETag", strings.ReplaceAll(a.Header.Get("ETag"), `"`, ""))
		})},
		{"RFC7644-3.14-01", "the ETag has a small w", tagAnswers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			a.Header.Set("ETag", strings.ToLower(a.Header.Get("ETag")))
		})},
		{"RFC7644-3.14-01", "the tag is in a header of its own", tagAnswers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			a.Header.Set("X-Version", a.Header.Get("ETag"))
			a.Header.Del("ETag")
		})},

		{"RFC7644-3.14-02", "there is no meta.version", versioned(rewrite.Anywhere, func(meta *scim.Object, _ string) { meta.Delete("version") })},
		{"RFC7644-3.14-02", "groups have no meta.version", versioned(rewrite.At("", "/Groups/*"), func(meta *scim.Object, _ string) { meta.Delete("version") })},
		{"RFC7644-3.14-02", "creations have no meta.version", versioned(rewrite.At("POST", "/*"), func(meta *scim.Object, _ string) { meta.Delete("version") })},
		{"RFC7644-3.14-02", "lists have no meta.version", versioned(rewrite.At("GET", "/*"), func(meta *scim.Object, _ string) { meta.Delete("version") })},
		{"RFC7644-3.14-02", "meta.version is another than the ETag", versioned(rewrite.At("", "/*/*"), func(meta *scim.Object, version string) { meta.Set("version", version+"x") })},
		{"RFC7644-3.14-02", "meta.version is not quoted", versioned(rewrite.Anywhere, func(meta *scim.Object, version string) {
			meta.Set("version", strings.Trim(withoutWeakness(version), `"`))
		})},
		{"RFC7644-3.14-02", "meta.version is the strong tag", versioned(rewrite.Anywhere, func(meta *scim.Object, version string) { meta.Set("version", withoutWeakness(version)) })},
		{"RFC7644-3.14-02", "meta.version is a number", versioned(rewrite.Anywhere, func(meta *scim.Object, _ string) { meta.Set("version", rewrite.Number(1)) })},
		{"RFC7644-3.14-02", "meta.version stays as it was created", versioned(rewrite.At("GET", "/*/*"), func(meta *scim.Object, _ string) { meta.Set("version", `W/"1"`) })},
		{"RFC7644-3.14-02", "a list has another meta.version", versioned(rewrite.At("GET", "/*"), func(meta *scim.Object, version string) { meta.Set("version", version+"x") })},

		{"RFC7644-3.14-03", "If-None-Match is ignored", unconditional(rewrite.At("GET", "/*/*"), "If-None-Match")},
		{"RFC7644-3.14-03", "If-None-Match is ignored for groups", unconditional(rewrite.At("GET", "/Groups/*"), "If-None-Match")},
		{"RFC7644-3.14-03", "If-None-Match is ignored for users", unconditional(rewrite.At("GET", "/Users/*"), "If-None-Match")},
		{"RFC7644-3.14-03", "If-None-Match with any tag answers 304", condition(rewrite.At("GET", "/*/*"), "If-None-Match", func(string) string { return "*" })},
		{"RFC7644-3.14-03", "If-None-Match with any tag answers 304 for groups", condition(rewrite.At("GET", "/Groups/*"), "If-None-Match", func(string) string { return "*" })},
		{"RFC7644-3.14-03", "If-None-Match with an old tag answers 304", condition(rewrite.At("GET", "/*/*"), "If-None-Match", func(value string) string {
			if value == `W/"1"` {
				return "*"
			}
			return value
		})},
		{"RFC7644-3.14-03", "If-None-Match knows one tag only", condition(rewrite.At("GET", "/*/*"), "If-None-Match", func(value string) string {
			first, _, _ := strings.Cut(value, ",")
			return first
		})},
		{"RFC7644-3.14-03", "If-None-Match means the opposite", condition(rewrite.At("GET", "/*/*"), "If-None-Match", opposite)},
		{"RFC7644-3.14-03", "an unchanged resource answers 412", unchangedAnswers(func(a *rewrite.Answer) { a.Refuse(scim.PreconditionFailed("unchanged")) })},
		{"RFC7644-3.14-03", "an unchanged resource answers 204", unchangedAnswers(func(a *rewrite.Answer) { *a = rewrite.Answer{Status: 204, Header: a.Header} })},
		{"RFC7644-3.14-03", "an unchanged resource answers 200 and nothing", unchangedAnswers(func(a *rewrite.Answer) { *a = rewrite.Answer{Status: 200, Header: a.Header} })},
		{"RFC7644-3.14-03", "a changed resource answers 200 and nothing", rewrite.Answers(rewrite.At("GET", "/*/*"), func(r *http.Request, a *rewrite.Answer) {
			if r.Header.Get("If-None-Match") != "" && a.Status == 200 {
				a.Body, a.Raw = scim.NewObject(), nil
			}
		})},
		{"RFC7644-3.14-03", "a deleted resource answers 304", rewrite.Answers(rewrite.At("GET", "/*/*"), func(r *http.Request, a *rewrite.Answer) {
			if r.Header.Get("If-None-Match") != "" && a.Status == 404 {
				*a = *rewrite.NewAnswer(304, nil)
			}
		})},

		{"RFC7644-3.14-04", "If-None-Match with * is ignored", condition(rewrite.At("GET", "/*/*"), "If-None-Match", nothingForAny)},
		{"RFC7644-3.14-04", "If-None-Match with * is ignored for groups", condition(rewrite.At("GET", "/Groups/*"), "If-None-Match", nothingForAny)},
		{"RFC7644-3.14-04", "If-None-Match with * answers 412", unchangedAnswers(func(a *rewrite.Answer) { a.Refuse(scim.PreconditionFailed("there is one")) })},
		{"RFC7644-3.14-04", "If-None-Match with * answers 400", rewrite.Answers(rewrite.At("GET", "/*/*"), func(r *http.Request, a *rewrite.Answer) {
			if r.Header.Get("If-None-Match") == "*" {
				a.Refuse(scim.InvalidValue("* is no tag"))
			}
		})},

		{"RFC7644-3.14-05", "If-Match is ignored", unconditional(rewrite.At("PUT,PATCH,DELETE", "/*/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PUT", unconditional(rewrite.At("PUT", "/*/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PUT for groups", unconditional(rewrite.At("PUT", "/Groups/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PUT for users", unconditional(rewrite.At("PUT", "/Users/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PATCH", unconditional(rewrite.At("PATCH", "/*/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PATCH for groups", unconditional(rewrite.At("PATCH", "/Groups/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PATCH for users", unconditional(rewrite.At("PATCH", "/Users/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by DELETE", unconditional(rewrite.At("DELETE", "/*/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by DELETE for groups", unconditional(rewrite.At("DELETE", "/Groups/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by DELETE for users", unconditional(rewrite.At("DELETE", "/Users/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match takes an old tag", condition(rewrite.At("PUT,PATCH,DELETE", "/*/*"), "If-Match", anyForOld)},
		{"RFC7644-3.14-05", "If-Match takes an old tag for groups", condition(rewrite.At("PUT,PATCH,DELETE", "/Groups/*"), "If-Match", anyForOld)},
		{"RFC7644-3.14-05", "If-Match takes the tag before the current one", condition(rewrite.At("PUT", "/*/*"), "If-Match", anyForOld)},
		{"RFC7644-3.14-05", "If-Match takes a tag that never was", condition(rewrite.At("PUT,PATCH,DELETE", "/*/*"), "If-Match", func(value string) string {
			if strings.HasPrefix(value, `W/"s`) {
				return "*"
			}
			return value
		})},
		{"RFC7644-3.14-05", "another version answers 409", refusedWith(rewrite.At("", "/*/*"), 409)},
		{"RFC7644-3.14-05", "another version answers 400", refusedWith(rewrite.At("", "/*/*"), 400)},
		{"RFC7644-3.14-05", "another version answers 428", refusedWith(rewrite.At("", "/*/*"), 428)},
		{"RFC7644-3.14-05", "another version answers 404", refusedWith(rewrite.At("", "/*/*"), 404)},
		{"RFC7644-3.14-05", "another version answers 500", refusedWith(rewrite.At("", "/*/*"), 500)},
		{"RFC7644-3.14-05", "another version answers 409 to a deletion", refusedWith(rewrite.At("DELETE", "/*/*"), 409)},
		{"RFC7644-3.14-05", "another version answers 400 to a patch", refusedWith(rewrite.At("PATCH", "/*/*"), 400)},
		{"RFC7644-3.14-05", "another version answers 409 for groups", refusedWith(rewrite.At("", "/Groups/*"), 409)},
		{"RFC7644-3.14-05", "another version answers 304", rewrite.Answers(rewrite.At("PUT,PATCH,DELETE", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == 412 {
				*a = rewrite.Answer{Status: 304, Header: a.Header}
			}
		})},
		{"RFC7644-3.14-05", "another version is refused without a body", rewrite.Answers(rewrite.At("PUT,PATCH,DELETE", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == 412 {
				*a = rewrite.Answer{Status: 412, Header: a.Header}
			}
		})},
		{"RFC7644-3.14-05", "a replacement answers 412 and is made", writtenAnyway(rewrite.At("PUT", "/*/*"))},
		{"RFC7644-3.14-05", "a replacement of a group answers 412 and is made", writtenAnyway(rewrite.At("PUT", "/Groups/*"))},
		{"RFC7644-3.14-05", "a patch answers 412 and is made", writtenAnyway(rewrite.At("PATCH", "/*/*"))},
		{"RFC7644-3.14-05", "a patch of a group answers 412 and is made", writtenAnyway(rewrite.At("PATCH", "/Groups/*"))},
		{"RFC7644-3.14-05", "a deletion answers 412 and is made", writtenAnyway(rewrite.At("DELETE", "/*/*"))},
		{"RFC7644-3.14-05", "a deletion of a group answers 412 and is made", writtenAnyway(rewrite.At("DELETE", "/Groups/*"))},

		{"RFC7644-3.14-06", "If-Match with the current tag is refused", condition(rewrite.At("PUT,PATCH,DELETE", "/*/*"), "If-Match", func(value string) string {
			return strings.ReplaceAll(value, `"`, `x`)
		})},
		{"RFC7644-3.14-06", "If-Match never takes a weak tag", weakRefused(rewrite.At("PUT,PATCH,DELETE", "/*/*"))},
		{"RFC7644-3.14-06", "If-Match of a patch never takes a weak tag", weakRefused(rewrite.At("PATCH", "/*/*"))},
		{"RFC7644-3.14-06", "If-Match of a deletion never takes a weak tag", weakRefused(rewrite.At("DELETE", "/*/*"))},
		{"RFC7644-3.14-06", "If-Match for groups never takes a weak tag", weakRefused(rewrite.At("PUT,PATCH,DELETE", "/Groups/*"))},
		{"RFC7644-3.14-06", "If-Match with * is refused", condition(rewrite.At("PUT,PATCH,DELETE", "/*/*"), "If-Match", nothingForAny)},
		{"RFC7644-3.14-06", "If-Match with * is refused by PUT", condition(rewrite.At("PUT", "/*/*"), "If-Match", nothingForAny)},
		{"RFC7644-3.14-06", "If-Match with * is refused by PATCH", condition(rewrite.At("PATCH", "/*/*"), "If-Match", nothingForAny)},
		{"RFC7644-3.14-06", "If-Match with * is refused by DELETE", condition(rewrite.At("DELETE", "/*/*"), "If-Match", nothingForAny)},
		{"RFC7644-3.14-06", "If-Match with * is refused for groups", condition(rewrite.At("PUT,PATCH,DELETE", "/Groups/*"), "If-Match", nothingForAny)},
		{"RFC7644-3.14-06", "If-Match knows one tag only", condition(rewrite.At("PUT,PATCH,DELETE", "/*/*"), "If-Match", func(value string) string {
			first, _, _ := strings.Cut(value, ",")
			return first
		})},
		{"RFC7644-3.14-06", "If-Match takes the first tag for ever", condition(rewrite.At("PUT,PATCH,DELETE", "/*/*"), "If-Match", func(value string) string {
			if value == `W/"2"` {
				return `W/"1"`
			}
			return value
		})},
		{"RFC7644-3.14-06", "a change without If-Match is refused", rewrite.Answers(rewrite.At("PUT", "/*/*"), func(r *http.Request, a *rewrite.Answer) {
			if r.Header.Get("If-Match") == "" {
				a.Refuse(&scim.Error{Status: 428, Detail: "If-Match is required"})
			}
		})},
		{"RFC7644-3.14-06", "a replacement of the current version is not made", unmade("PUT")},
		{"RFC7644-3.14-06", "a patch of the current version is not made", unmade("PATCH")},
		{"RFC7644-3.14-06", "a deletion of the current version is not made", unmade("DELETE")},

		{"RFC7644-3.14-07", "If-Match is checked before others have written", looseCondition("PUT,PATCH,DELETE", "/*/*")},
		{"RFC7644-3.14-07", "If-Match of a replacement is checked too early", looseCondition("PUT", "/*/*")},
		{"RFC7644-3.14-07", "If-Match of a patch is checked too early", looseCondition("PATCH", "/*/*")},
		{"RFC7644-3.14-07", "If-Match of a deletion is checked too early", looseDeletion()},
		{"RFC7644-3.14-07", "If-Match for groups is checked too early", looseCondition("PUT,PATCH", "/Groups/*")},
		{"RFC7644-3.14-07", "no request of a race succeeds", rewrite.Answers(rewrite.At("PUT", "/*/*"), func(r *http.Request, a *rewrite.Answer) {
			if r.Header.Get("If-Match") != "" && a.OK() {
				a.Refuse(scim.PreconditionFailed("another version"))
			}
		})},
		{"RFC7644-3.14-07", "the losers of a race get 500", refusedWith(rewrite.At("PUT,PATCH", "/*/*"), 500)},
		{"RFC7644-3.14-07", "the losers of a race win in the end", writtenAnyway(rewrite.At("PUT,PATCH", "/*/*"))},

		{"RFC7644-3.14-08", "the tag is always the same", tagAnswers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) { retagged(a, `W/"1"`) })},
		{"RFC7644-3.14-08", "the tag of groups is always the same", tagAnswers(rewrite.At("", "/Groups/*"), func(_ *http.Request, a *rewrite.Answer) { retagged(a, `W/"1"`) })},
		{"RFC7644-3.14-08", "the tag is the id", tagAnswers(rewrite.At("", "/*/*"), func(r *http.Request, a *rewrite.Answer) { retagged(a, `W/"`+rewrite.Segments(r)[1]+`"`) })},
		{"RFC7644-3.14-08", "the tag changes on every read", counting(rewrite.At("GET", "/*/*"))},
		{"RFC7644-3.14-08", "the tag of groups changes on every read", counting(rewrite.At("GET", "/Groups/*"))},
		{"RFC7644-3.14-08", "the tag does not change with the members", tagAnswers(rewrite.At("GET", "/Groups/*"), func(_ *http.Request, a *rewrite.Answer) {
			retagged(a, `W/"`+tagText(a.Body.String("displayName"))+`"`)
		})},
		{"RFC7644-3.14-08", "the tag does not change with the activity", tagAnswers(rewrite.At("GET", "/Users/*"), func(_ *http.Request, a *rewrite.Answer) {
			retagged(a, `W/"`+tagText(a.Body.String("displayName")+a.Body.String("userName"))+`"`)
		})},
		{"RFC7644-3.14-08", "the tag does not change with the display name", tagAnswers(rewrite.At("GET", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			_, active := a.Body.Get("active")
			retagged(a, `W/"`+a.Body.String("id")+tagText(a.Body.String("userName"))+strings.Repeat("x", len(a.Body.Array("members"))+rewrite.Pick(active, 1, 0))+`"`)
		})},
		{"RFC7644-3.14-08", "meta.version does not change", versioned(rewrite.Anywhere, func(meta *scim.Object, _ string) { meta.Set("version", `W/"1"`) })},
		{"RFC7644-3.14-08", "the ETag does not change", tagAnswers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) { a.Header.Set("ETag", `W/"1"`) })},
		{"RFC7644-3.14-08", "a refused change changes the tag", refusedAndCounted()},
		{"RFC7644-3.14-08", "the tag of all users changes with one", sharedTag("/Users", "/Users/*")},

		{"RFC7644-3.14-09", "a creation answers another tag", tagAnswers(rewrite.At("POST", "/*"), func(_ *http.Request, a *rewrite.Answer) { retagged(a, `W/"new"`) })},
		{"RFC7644-3.14-09", "a replacement answers the tag before", tagAnswers(rewrite.At("PUT", "/*/*"), func(_ *http.Request, a *rewrite.Answer) { retagged(a, `W/"1"`) })},
		{"RFC7644-3.14-09", "a replacement of a group answers the tag before", tagAnswers(rewrite.At("PUT", "/Groups/*"), func(_ *http.Request, a *rewrite.Answer) { retagged(a, `W/"1"`) })},
		{"RFC7644-3.14-09", "a patch answers the tag before", tagAnswers(rewrite.At("PATCH", "/*/*"), func(_ *http.Request, a *rewrite.Answer) { retagged(a, `W/"1"`) })},
		{"RFC7644-3.14-09", "a patch of a group answers the tag before", tagAnswers(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, a *rewrite.Answer) { retagged(a, `W/"1"`) })},

		{"RFC7644-3.14-10", "If-Match with * deletes what does not exist", missingForAny("DELETE", 204)},
		{"RFC7644-3.14-10", "If-Match with * replaces what does not exist", missingForAny("PUT", 200)},
		{"RFC7644-3.14-10", "If-Match with * creates what does not exist", missingForAny("PUT", 201)},
		{"RFC7644-3.14-10", "If-Match with * fails for what does not exist", missingForAny("PUT,DELETE", 500)},

		{"RFC7644-3.14-11", "304 has no ETag", unchangedAnswers(func(a *rewrite.Answer) { a.Header.Del("ETag") })},
		{"RFC7644-3.14-11", "304 has another ETag", unchangedAnswers(func(a *rewrite.Answer) { a.Header.Set("ETag", `W/"none"`) })},
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
func refusedAndCounted() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		refusals := ""
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			a := rewrite.Serve(next, r)
			if a.Status == http.StatusPreconditionFailed {
				refusals += "x"
			}
			if tag := a.Header.Get("ETag"); tag != "" {
				retagged(a, strings.TrimSuffix(tag, `"`)+refusals+`"`)
			}
			return a
		})
	})
}

// sharedTag makes every change of one resource a change of all.
func sharedTag(collection, place string) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		changes := ""
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			a := rewrite.Serve(next, r)
			if rewrite.At("PUT,PATCH", place)(r) && a.OK() {
				changes += "x"
			}
			if rewrite.At("", place)(r) || rewrite.At("POST", collection)(r) {
				if tag := a.Header.Get("ETag"); tag != "" {
					retagged(a, strings.TrimSuffix(tag, `"`)+changes+`"`)
				}
			}
			return a
		})
	})
}

func opposite(value string) string {
	if value == `W/"1"` {
		return `W/"none"`
	}
	return "*"
}

func nothingForAny(value string) string {
	if value == "*" {
		return `W/"none"`
	}
	return value
}

func unchangedAnswers(edit func(a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("GET", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
		if a.Status == http.StatusNotModified {
			edit(a)
		}
	})
}

func anyForOld(value string) string {
	if value == `W/"1"` {
		return "*"
	}
	return value
}

func weakRefused(chosen rewrite.When) rewrite.Wrap {
	return condition(chosen, "If-Match", func(value string) string {
		if strings.HasPrefix(value, "W/") {
			return `W/"none"`
		}
		return value
	})
}

// unmade confirms conditional changes that it does not make.
func unmade(methods string) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if !rewrite.At(methods, "/*/*")(r) || r.Header.Get("If-Match") == "" {
			return nil
		}
		a := rewrite.Now(next, r)
		if r.Method == http.MethodDelete {
			a = rewrite.NewAnswer(http.StatusNoContent, nil)
		}
		return a
	})
}

// missingForAny answers a change with If-Match: * to a resource that does not
// exist with this status.
func missingForAny(methods string, status int) rewrite.Wrap {
	return rewrite.Answers(rewrite.At(methods, "/*/*"), func(r *http.Request, a *rewrite.Answer) {
		if r.Header.Get("If-Match") == "*" && a.Status == http.StatusNotFound {
			if status >= 400 {
				a.Refuse(scim.Internal("failed"))
				return
			}
			*a = *rewrite.NewAnswer(status, nil)
		}
	})
}

// looseCondition compares the tag first and writes a moment later.
func looseCondition(methods, place string) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		tag := r.Header.Get("If-Match")
		if rewrite.At(methods, place)(r) && tag != "" && tag != "*" {
			current := rewrite.Now(next, r)
			if current.Header.Get("ETag") == tag {
				r.Header.Del("If-Match")
				time.Sleep(rewrite.Latency)
			}
		}
		return nil
	})
}

// looseDeletion confirms a deletion to every request that came before it was made.
func looseDeletion() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if !rewrite.At("DELETE", "/*/*")(r) || r.Header.Get("If-Match") == "" {
			return nil
		}
		existed := rewrite.Now(next, r).OK()
		time.Sleep(rewrite.Latency)
		a := rewrite.Serve(next, r)
		if existed && a.Status == http.StatusNotFound {
			a = rewrite.NewAnswer(http.StatusNoContent, nil)
		}
		return a
	})
}

// tagAnswers rewrites the answers that carry a tag.
func tagAnswers(chosen rewrite.When, edit func(r *http.Request, a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Answers(chosen, func(r *http.Request, a *rewrite.Answer) {
		if a.Header.Get("ETag") != "" {
			edit(r, a)
		}
	})
}

// untagged takes the tag from the header.
func untagged(chosen rewrite.When) rewrite.Wrap {
	return tagAnswers(chosen, func(_ *http.Request, a *rewrite.Answer) { a.Header.Del("ETag") })
}

// versioned rewrites meta.version of every resource shown.
func versioned(chosen rewrite.When, edit func(meta *scim.Object, version string)) rewrite.Wrap {
	return rewrite.Shown(chosen, func(o *scim.Object) {
		if meta := o.Object("meta"); meta.String("version") != "" {
			edit(meta, meta.String("version"))
		}
	})
}

// retagged gives the answer another tag, in the header and in meta.version.
func retagged(a *rewrite.Answer, tag string) {
	if a.Header.Get("ETag") == "" {
		return
	}
	a.Header.Set("ETag", tag)
	if meta := a.Body.Object("meta"); meta != nil {
		meta.Set("version", tag)
	}
}

// unconditional ignores a header of requests.
func unconditional(chosen rewrite.When, header string) rewrite.Wrap {
	return rewrite.Requests(chosen, func(r *http.Request, _ *scim.Object) { r.Header.Del(header) })
}

// condition changes the value of a header where the request has it.
func condition(chosen rewrite.When, header string, change func(value string) string) rewrite.Wrap {
	return rewrite.Requests(chosen, func(r *http.Request, _ *scim.Object) {
		if value := r.Header.Get(header); value != "" {
			r.Header.Set(header, change(value))
		}
	})
}

// refusedWith changes the status of requests that are refused for the version.
func refusedWith(chosen rewrite.When, status int) rewrite.Wrap {
	return rewrite.Answers(chosen, func(_ *http.Request, a *rewrite.Answer) {
		if a.Status == http.StatusPreconditionFailed {
			a.Refuse(&scim.Error{Status: status, Detail: "another version"})
		}
	})
}

// writtenAnyway makes the change that it refuses for the version.
func writtenAnyway(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Handle(chosen, func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if a.Status == http.StatusPreconditionFailed {
			rewrite.Ask(next, r, r.Method, rewrite.PlaceOf(r), body)
		}
		return a
	})
}

// counting appends to every tag how many requests there were before.
func counting(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var n atomic.Int64
		return tagAnswers(chosen, func(_ *http.Request, a *rewrite.Answer) {
			retagged(a, `W/"`+strconv.FormatInt(n.Add(1), 10)+`"`)
		})
	})
}

// withoutWeakness is the tag without the sign that it is weak.
func withoutWeakness(tag string) string { return strings.TrimPrefix(tag, "W/") }
