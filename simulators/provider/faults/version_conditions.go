package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// readConditionFaults concern If-None-Match.
func readConditionFaults() []Fault {
	return []Fault{
		{"RFC7644-3.14-03", "If-None-Match is ignored", unconditional(at("GET", "/*/*"), "If-None-Match")},
		{"RFC7644-3.14-03", "If-None-Match is ignored for groups", unconditional(at("GET", "/Groups/*"), "If-None-Match")},
		{"RFC7644-3.14-03", "If-None-Match is ignored for users", unconditional(at("GET", "/Users/*"), "If-None-Match")},
		{"RFC7644-3.14-03", "If-None-Match with any tag answers 304", condition(at("GET", "/*/*"), "If-None-Match", func(string) string { return "*" })},
		{"RFC7644-3.14-03", "If-None-Match with any tag answers 304 for groups", condition(at("GET", "/Groups/*"), "If-None-Match", func(string) string { return "*" })},
		{"RFC7644-3.14-03", "If-None-Match with an old tag answers 304", condition(at("GET", "/*/*"), "If-None-Match", func(value string) string {
			if value == `W/"1"` {
				return "*"
			}
			return value
		})},
		{"RFC7644-3.14-03", "If-None-Match knows one tag only", condition(at("GET", "/*/*"), "If-None-Match", func(value string) string {
			first, _, _ := strings.Cut(value, ",")
			return first
		})},
		{"RFC7644-3.14-03", "If-None-Match means the opposite", condition(at("GET", "/*/*"), "If-None-Match", opposite)},
		{"RFC7644-3.14-03", "an unchanged resource answers 412", unchangedAnswers(func(a *answer) { a.refuse(scim.PreconditionFailed("unchanged")) })},
		{"RFC7644-3.14-03", "an unchanged resource answers 204", unchangedAnswers(func(a *answer) { *a = answer{status: 204, header: a.header} })},
		{"RFC7644-3.14-03", "an unchanged resource answers 200 and nothing", unchangedAnswers(func(a *answer) { *a = answer{status: 200, header: a.header} })},
		{"RFC7644-3.14-03", "a changed resource answers 200 and nothing", answers(at("GET", "/*/*"), func(r *http.Request, a *answer) {
			if r.Header.Get("If-None-Match") != "" && a.status == 200 {
				a.body, a.raw = scim.NewObject(), nil
			}
		})},
		{"RFC7644-3.14-03", "a deleted resource answers 304", answers(at("GET", "/*/*"), func(r *http.Request, a *answer) {
			if r.Header.Get("If-None-Match") != "" && a.status == 404 {
				*a = answer{status: 304, header: http.Header{}}
			}
		})},

		{"RFC7644-3.14-04", "If-None-Match with * is ignored", condition(at("GET", "/*/*"), "If-None-Match", nothingForAny)},
		{"RFC7644-3.14-04", "If-None-Match with * is ignored for groups", condition(at("GET", "/Groups/*"), "If-None-Match", nothingForAny)},
		{"RFC7644-3.14-04", "If-None-Match with * answers 412", unchangedAnswers(func(a *answer) { a.refuse(scim.PreconditionFailed("there is one")) })},
		{"RFC7644-3.14-04", "If-None-Match with * answers 400", answers(at("GET", "/*/*"), func(r *http.Request, a *answer) {
			if r.Header.Get("If-None-Match") == "*" {
				a.refuse(scim.InvalidValue("* is no tag"))
			}
		})},

		{"RFC7644-3.14-11", "304 has no ETag", unchangedAnswers(func(a *answer) { a.header.Del("ETag") })},
		{"RFC7644-3.14-11", "304 has another ETag", unchangedAnswers(func(a *answer) { a.header.Set("ETag", `W/"none"`) })},
	}
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

func unchangedAnswers(edit func(a *answer)) Wrap {
	return answers(at("GET", "/*/*"), func(_ *http.Request, a *answer) {
		if a.status == http.StatusNotModified {
			edit(a)
		}
	})
}

// writeConditionFaults concern If-Match.
func writeConditionFaults() []Fault {
	return []Fault{
		{"RFC7644-3.14-05", "If-Match is ignored", unconditional(at("PUT,PATCH,DELETE", "/*/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PUT", unconditional(at("PUT", "/*/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PUT for groups", unconditional(at("PUT", "/Groups/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PUT for users", unconditional(at("PUT", "/Users/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PATCH", unconditional(at("PATCH", "/*/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PATCH for groups", unconditional(at("PATCH", "/Groups/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by PATCH for users", unconditional(at("PATCH", "/Users/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by DELETE", unconditional(at("DELETE", "/*/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by DELETE for groups", unconditional(at("DELETE", "/Groups/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match is ignored by DELETE for users", unconditional(at("DELETE", "/Users/*"), "If-Match")},
		{"RFC7644-3.14-05", "If-Match takes an old tag", condition(at("PUT,PATCH,DELETE", "/*/*"), "If-Match", anyForOld)},
		{"RFC7644-3.14-05", "If-Match takes an old tag for groups", condition(at("PUT,PATCH,DELETE", "/Groups/*"), "If-Match", anyForOld)},
		{"RFC7644-3.14-05", "If-Match takes the tag before the current one", condition(at("PUT", "/*/*"), "If-Match", anyForOld)},
		{"RFC7644-3.14-05", "If-Match takes a tag that never was", condition(at("PUT,PATCH,DELETE", "/*/*"), "If-Match", func(value string) string {
			if strings.HasPrefix(value, `W/"s`) {
				return "*"
			}
			return value
		})},
		{"RFC7644-3.14-05", "another version answers 409", refusedWith(at("", "/*/*"), 409)},
		{"RFC7644-3.14-05", "another version answers 400", refusedWith(at("", "/*/*"), 400)},
		{"RFC7644-3.14-05", "another version answers 428", refusedWith(at("", "/*/*"), 428)},
		{"RFC7644-3.14-05", "another version answers 404", refusedWith(at("", "/*/*"), 404)},
		{"RFC7644-3.14-05", "another version answers 500", refusedWith(at("", "/*/*"), 500)},
		{"RFC7644-3.14-05", "another version answers 409 to a deletion", refusedWith(at("DELETE", "/*/*"), 409)},
		{"RFC7644-3.14-05", "another version answers 400 to a patch", refusedWith(at("PATCH", "/*/*"), 400)},
		{"RFC7644-3.14-05", "another version answers 409 for groups", refusedWith(at("", "/Groups/*"), 409)},
		{"RFC7644-3.14-05", "another version answers 304", answers(at("PUT,PATCH,DELETE", "/*/*"), func(_ *http.Request, a *answer) {
			if a.status == 412 {
				*a = answer{status: 304, header: a.header}
			}
		})},
		{"RFC7644-3.14-05", "another version is refused without a body", answers(at("PUT,PATCH,DELETE", "/*/*"), func(_ *http.Request, a *answer) {
			if a.status == 412 {
				*a = answer{status: 412, header: a.header}
			}
		})},
		{"RFC7644-3.14-05", "a replacement answers 412 and is made", writtenAnyway(at("PUT", "/*/*"))},
		{"RFC7644-3.14-05", "a replacement of a group answers 412 and is made", writtenAnyway(at("PUT", "/Groups/*"))},
		{"RFC7644-3.14-05", "a patch answers 412 and is made", writtenAnyway(at("PATCH", "/*/*"))},
		{"RFC7644-3.14-05", "a patch of a group answers 412 and is made", writtenAnyway(at("PATCH", "/Groups/*"))},
		{"RFC7644-3.14-05", "a deletion answers 412 and is made", writtenAnyway(at("DELETE", "/*/*"))},
		{"RFC7644-3.14-05", "a deletion of a group answers 412 and is made", writtenAnyway(at("DELETE", "/Groups/*"))},

		{"RFC7644-3.14-06", "If-Match with the current tag is refused", condition(at("PUT,PATCH,DELETE", "/*/*"), "If-Match", func(value string) string {
			return strings.ReplaceAll(value, `"`, `x`)
		})},
		{"RFC7644-3.14-06", "If-Match never takes a weak tag", weakRefused(at("PUT,PATCH,DELETE", "/*/*"))},
		{"RFC7644-3.14-06", "If-Match of a patch never takes a weak tag", weakRefused(at("PATCH", "/*/*"))},
		{"RFC7644-3.14-06", "If-Match of a deletion never takes a weak tag", weakRefused(at("DELETE", "/*/*"))},
		{"RFC7644-3.14-06", "If-Match for groups never takes a weak tag", weakRefused(at("PUT,PATCH,DELETE", "/Groups/*"))},
		{"RFC7644-3.14-06", "If-Match with * is refused", condition(at("PUT,PATCH,DELETE", "/*/*"), "If-Match", nothingForAny)},
		{"RFC7644-3.14-06", "If-Match with * is refused by PUT", condition(at("PUT", "/*/*"), "If-Match", nothingForAny)},
		{"RFC7644-3.14-06", "If-Match with * is refused by PATCH", condition(at("PATCH", "/*/*"), "If-Match", nothingForAny)},
		{"RFC7644-3.14-06", "If-Match with * is refused by DELETE", condition(at("DELETE", "/*/*"), "If-Match", nothingForAny)},
		{"RFC7644-3.14-06", "If-Match with * is refused for groups", condition(at("PUT,PATCH,DELETE", "/Groups/*"), "If-Match", nothingForAny)},
		{"RFC7644-3.14-06", "If-Match knows one tag only", condition(at("PUT,PATCH,DELETE", "/*/*"), "If-Match", func(value string) string {
			first, _, _ := strings.Cut(value, ",")
			return first
		})},
		{"RFC7644-3.14-06", "If-Match takes the first tag for ever", condition(at("PUT,PATCH,DELETE", "/*/*"), "If-Match", func(value string) string {
			if value == `W/"2"` {
				return `W/"1"`
			}
			return value
		})},
		{"RFC7644-3.14-06", "a change without If-Match is refused", answers(at("PUT", "/*/*"), func(r *http.Request, a *answer) {
			if r.Header.Get("If-Match") == "" {
				a.refuse(&scim.Error{Status: 428, Detail: "If-Match is required"})
			}
		})},
		{"RFC7644-3.14-06", "a replacement of the current version is not made", unmade("PUT")},
		{"RFC7644-3.14-06", "a patch of the current version is not made", unmade("PATCH")},
		{"RFC7644-3.14-06", "a deletion of the current version is not made", unmade("DELETE")},

		{"RFC7644-3.14-10", "If-Match with * deletes what does not exist", missingForAny("DELETE", 204)},
		{"RFC7644-3.14-10", "If-Match with * replaces what does not exist", missingForAny("PUT", 200)},
		{"RFC7644-3.14-10", "If-Match with * creates what does not exist", missingForAny("PUT", 201)},
		{"RFC7644-3.14-10", "If-Match with * fails for what does not exist", missingForAny("PUT,DELETE", 500)},
	}
}

func anyForOld(value string) string {
	if value == `W/"1"` {
		return "*"
	}
	return value
}

func weakRefused(chosen when) Wrap {
	return condition(chosen, "If-Match", func(value string) string {
		if strings.HasPrefix(value, "W/") {
			return `W/"none"`
		}
		return value
	})
}

// unmade confirms conditional changes that it does not make.
func unmade(methods string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at(methods, "/*/*")(r) || r.Header.Get("If-Match") == "" {
				next.ServeHTTP(w, r)
				return
			}
			a := ask(next, r, http.MethodGet, placeOf(r), nil)
			if r.Method == http.MethodDelete {
				a = &answer{status: http.StatusNoContent, header: http.Header{}}
			}
			a.send(w)
		})
	}
}

func missingForAny(methods string, status int) Wrap {
	return answers(at(methods, "/*/*"), func(r *http.Request, a *answer) {
		if r.Header.Get("If-Match") == "*" && a.status == http.StatusNotFound {
			if status >= 400 {
				a.refuse(scim.Internal("failed"))
				return
			}
			*a = answer{status: status, header: http.Header{}}
		}
	})
}
