package faults

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// errorsOf rewrites errors of one status, or of every one for 0.
func errorsOf(status int, edit func(r *http.Request, a *answer)) Wrap {
	return answers(at("", ""), func(r *http.Request, a *answer) {
		if a.status >= 400 && (status == 0 || a.status == status) {
			edit(r, a)
		}
	})
}

// errorsTo rewrites the errors that answer these methods.
func errorsTo(methods string, edit func(r *http.Request, a *answer)) Wrap {
	return answers(at(methods, ""), func(r *http.Request, a *answer) {
		if a.status >= 400 {
			edit(r, a)
		}
	})
}

// numericStatus is what most servers get wrong.
func numericStatus(_ *http.Request, a *answer) {
	if a.body != nil {
		a.body.Set("status", number(a.status))
	}
}

var textual = rewording("text/plain", "error")

const trace = "NullPointerException\n\tat com.example.scim.UserController.get(UserController.java:42)"

func errorFaults() []Fault {
	return []Fault{
		{"RFC7644-3.12-01", "errors are plain texts", errorsOf(0, textual)},
		{"RFC7644-3.12-01", "errors have no body", errorsOf(0, rewording("application/scim+json", ""))},
		{"RFC7644-3.12-01", "errors are arrays", errorsOf(0, rewording("application/scim+json", `[{"detail":"error"}]`))},
		{"RFC7644-3.12-01", "errors are XML", errorsOf(0, rewording("application/xml", `<error/>`))},
		{"RFC7644-3.12-01", "400 is a plain text", errorsOf(400, textual)},
		{"RFC7644-3.12-01", "401 is a plain text", errorsOf(401, textual)},
		{"RFC7644-3.12-01", "404 is a plain text", errorsOf(404, textual)},
		{"RFC7644-3.12-01", "404 is a page", errorsOf(404, rewording("text/html", "<title>Not Found</title>"))},
		{"RFC7644-3.12-01", "409 is a plain text", errorsOf(409, textual)},
		{"RFC7644-3.12-01", "404 of PUT has no body", errorsTo("PUT", rewording("application/scim+json", ""))},
		{"RFC7644-3.12-01", "404 of PATCH has no body", errorsTo("PATCH", rewording("application/scim+json", ""))},
		{"RFC7644-3.12-01", "404 of DELETE has no body", errorsTo("DELETE", rewording("application/scim+json", ""))},
		{"RFC7644-3.12-01", "an invalid filter is a plain text", answers(func(r *http.Request) bool { return r.URL.Query().Has("filter") }, func(r *http.Request, a *answer) {
			if a.status == 400 {
				textual(r, a)
			}
		})},

		{"RFC7644-3.12-02", "errors have no schemas", errorsOf(0, errorMember("schemas", nil))},
		{"RFC7644-3.12-02", "errors have the schema of SCIM 1.1", errorsOf(0, errorMember("schemas", []any{"urn:scim:schemas:core:1.0"}))},
		{"RFC7644-3.12-02", "errors have their schema as a text", errorsOf(0, errorMember("schemas", scim.ErrorURN))},
		{"RFC7644-3.12-02", "errors have an empty list of schemas", errorsOf(0, errorMember("schemas", []any{}))},
		{"RFC7644-3.12-02", "errors have a schema in lower case", errorsOf(0, errorMember("schemas", []any{strings.ToLower(scim.ErrorURN)}))},
		{"RFC7644-3.12-02", "400 has no schemas", errorsOf(400, errorMember("schemas", nil))},
		{"RFC7644-3.12-02", "401 has no schemas", errorsOf(401, errorMember("schemas", nil))},
		{"RFC7644-3.12-02", "404 has no schemas", errorsOf(404, errorMember("schemas", nil))},
		{"RFC7644-3.12-02", "409 has no schemas", errorsOf(409, errorMember("schemas", nil))},
		{"RFC7644-3.12-02", "404 has the schema of lists", errorsOf(404, errorMember("schemas", []any{scim.ListResponseURN}))},
		{"RFC7644-3.12-02", "errors lie within a list of errors", errorsOf(0, func(_ *http.Request, a *answer) {
			a.body = scim.NewObject(scim.Member{Name: "Errors", Value: []any{a.body}})
		})},
		{"RFC7644-3.12-02", "errors to PATCH have no schemas", errorsTo("PATCH", errorMember("schemas", nil))},

		{"RFC7644-3.12-03", "the status is a number", errorsOf(0, numericStatus)},
		{"RFC7644-3.12-03", "the status of 400 is a number", errorsOf(400, numericStatus)},
		{"RFC7644-3.12-03", "the status of 401 is a number", errorsOf(401, numericStatus)},
		{"RFC7644-3.12-03", "the status of 404 is a number", errorsOf(404, numericStatus)},
		{"RFC7644-3.12-03", "the status of 409 is a number", errorsOf(409, numericStatus)},
		{"RFC7644-3.12-03", "the status is missing", errorsOf(0, errorMember("status", nil))},
		{"RFC7644-3.12-03", "the status of 404 is missing", errorsOf(404, errorMember("status", nil))},
		{"RFC7644-3.12-03", "the status is always 400", errorsOf(0, errorMember("status", "400"))},
		{"RFC7644-3.12-03", "the status has its name behind it", errorsOf(0, func(_ *http.Request, a *answer) {
			if a.body != nil {
				a.body.Set("status", strconv.Itoa(a.status)+" "+http.StatusText(a.status))
			}
		})},
		{"RFC7644-3.12-03", "the status of 409 is 400", errorsOf(409, errorMember("status", "400"))},
		{"RFC7644-3.12-03", "the status is called code", errorsOf(0, func(_ *http.Request, a *answer) {
			if status, ok := a.body.Get("status"); ok {
				a.body.Delete("status")
				a.body.Set("code", status)
			}
		})},
		{"RFC7644-3.12-03", "the status is null", errorsOf(0, errorMemberNull("status"))},

		{"RFC7644-3.12-04", "the keyword is made up", errorsOf(400, errorMember("scimType", "badRequest"))},
		{"RFC7644-3.12-04", "the keyword begins with a capital letter", errorsOf(400, func(_ *http.Request, a *answer) {
			if s := a.body.String("scimType"); s != "" {
				a.body.Set("scimType", strings.ToUpper(s[:1])+s[1:])
			}
		})},
		{"RFC7644-3.12-04", "unknown ids have the keyword noTarget", errorsOf(404, errorMember("scimType", scim.ScimTypeNoTarget))},
		{"RFC7644-3.12-04", "unknown ids have a made-up keyword", errorsOf(404, errorMember("scimType", "notFound"))},
		{"RFC7644-3.12-04", "duplicates have the keyword duplicate", errorsOf(409, errorMember("scimType", "duplicate"))},
		{"RFC7644-3.12-04", "401 has a keyword", errorsOf(401, errorMember("scimType", "unauthorized"))},
		{"RFC7644-3.12-04", "the keyword is a number", errorsOf(400, errorMember("scimType", number(7)))},

		{"RFC7644-3.12-05", "the detail is a stack trace", errorsOf(0, errorMember("detail", trace))},
		{"RFC7644-3.12-05", "404 tells a stack trace", errorsOf(404, errorMember("stackTrace", trace))},
		{"RFC7644-3.12-05", "400 tells a line of Python", errorsOf(400, errorMember("detail", `Traceback (most recent call last): File "/app/views.py", line 7`))},
		{"RFC7644-3.12-05", "an invalid filter tells the statement", errorsOf(400, errorMember("detail", "syntax error at or near \"eq\": SELECT * FROM users WHERE userName eq"))},
		{"RFC7644-3.12-05", "a duplicate tells the constraint of the database", errorsOf(409, errorMember("detail", "SQLSTATE[23505]: Unique violation"))},
		{"RFC7644-3.12-05", "401 repeats the token that was expected", func(next http.Handler) http.Handler {
			good := ""
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				a := serve(next, r)
				if a.status != 401 && good == "" {
					good = tokenOf(r.Header.Get("Authorization"))
				}
				if a.status == 401 && a.body != nil {
					a.body.Set("detail", "expected "+good)
				}
				a.send(w)
			})
		}},
		{"RFC7644-3.12-05", "errors repeat the password", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				password := bodyOf(r).String("password")
				a := serve(next, r)
				if a.status >= 400 && a.body != nil && password != "" {
					a.body.Set("detail", "refused: password="+password)
				}
				a.send(w)
			})
		}},
		{"RFC7644-3.12-05", "the detail is an object", errorsOf(0, errorMember("detail", scim.NewObject(scim.Member{Name: "message", Value: "no"})))},
		{"RFC7644-3.12-05", "the detail is empty", errorsOf(404, errorMember("detail", ""))},
		{"RFC7644-3.12-05", "the detail is a list", errorsOf(400, errorMember("detail", []any{"no"}))},
		{"RFC7644-3.12-05", "an injection tells the statement", answers(func(r *http.Request) bool { return strings.Contains(r.URL.Path, "OR '1'") }, func(r *http.Request, a *answer) {
			errorMember("detail", "SELECT * FROM users WHERE id = '"+r.URL.Path+"'")(r, a)
		})},

		{"RFC7644-3.12-06", "duplicates are an internal error", errorsOf(409, as500)},
		{"RFC7644-3.12-06", "unknown ids are an internal error with a page", errorsOf(404, asPage)},
		{"RFC7644-3.12-06", "an invalid filter is an internal error", errorsOf(400, as500)},
		{"RFC7644-3.12-06", "a count that is no number is an internal error", breakingDown(func(r *http.Request) bool { return r.URL.Query().Get("count") == "x" })},
		{"RFC7644-3.12-06", "a large startIndex is an internal error with a page", answers(func(r *http.Request) bool { return len(r.URL.Query().Get("startIndex")) > 15 }, asPage)},
		{"RFC7644-3.12-06", "an unknown sortBy is an internal error", breakingDown(func(r *http.Request) bool { return strings.HasPrefix(r.URL.Query().Get("sortBy"), "sduo") })},
		{"RFC7644-3.12-06", "empty attributes are an internal error", breakingDown(func(r *http.Request) bool { return r.URL.Query().Get("attributes") == ",,," })},
		{"RFC7644-3.12-06", "an unknown parameter is an internal error", breakingDown(func(r *http.Request) bool { return strings.HasPrefix(r.URL.RawQuery, "sduo") })},
		{"RFC7644-3.12-06", "a large count is an internal error", breakingDown(func(r *http.Request) bool { return len(r.URL.Query().Get("count")) > 15 })},
		{"RFC7644-3.12-06", "an unclosed filter is an internal error", breakingDown(func(r *http.Request) bool { return r.URL.Query().Get("filter") == ")(" })},

		{"RFC7644-7.5.2-01", "a password can be looked for", findingPasswords("eq")},
		{"RFC7644-7.5.2-01", "the beginning of a password can be looked for", findingPasswords("sw")},
		{"RFC7644-7.5.2-01", "a filter by password is a server error", breakingDown(func(r *http.Request) bool { return strings.Contains(r.URL.Query().Get("filter"), "password") })},
	}
}

func errorMemberNull(name string) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) {
		if a.body != nil {
			a.body.Set(name, nil)
		}
	}
}

// findingPasswords keeps passwords and lets filters find by them.
func findingPasswords(operator string) Wrap {
	return func(next http.Handler) http.Handler {
		var last *scim.Object
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a := serve(next, r)
			if creations("Users")(r) && a.status == 201 {
				last = a.body
			}
			if strings.Contains(r.URL.Query().Get("filter"), "password "+operator) && last != nil {
				l := scim.List{TotalResults: 1, StartIndex: 1, ItemsPerPage: 1, Resources: []*scim.Object{last}}
				*a = answer{status: 200, header: http.Header{"Content-Type": {"application/scim+json"}}, body: l.Object()}
			}
			a.send(w)
		})
	}
}
