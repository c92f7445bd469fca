package rfc7644

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// errorsFaults violate features/rfc7644/3.12_errors.feature.
func errorsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.12-01", "errors are plain texts", errorsOf(0, textual)},
		{"RFC7644-3.12-01", "errors have no body", errorsOf(0, rewrite.ReplaceBody("application/scim+json", ""))},
		{"RFC7644-3.12-01", "errors are arrays", errorsOf(0, rewrite.ReplaceBody("application/scim+json", `[{"detail":"error"}]`))},
		{"RFC7644-3.12-01", "errors are XML", errorsOf(0, rewrite.ReplaceBody("application/xml", `<error/>`))},
		{"RFC7644-3.12-01", "400 is a plain text", errorsOf(400, textual)},
		{"RFC7644-3.12-01", "401 is a plain text", errorsOf(401, textual)},
		{"RFC7644-3.12-01", "404 is a plain text", errorsOf(404, textual)},
		{"RFC7644-3.12-01", "404 is a page", errorsOf(404, rewrite.ReplaceBody("text/html", "<title>Not Found</title>"))},
		{"RFC7644-3.12-01", "409 is a plain text", errorsOf(409, textual)},
		{"RFC7644-3.12-01", "404 of PUT has no body", rewrite.OnErrors(rewrite.At("PUT", ""), rewrite.ReplaceBody("application/scim+json", ""))},
		{"RFC7644-3.12-01", "404 of PATCH has no body", rewrite.OnErrors(rewrite.At("PATCH", ""), rewrite.ReplaceBody("application/scim+json", ""))},
		{"RFC7644-3.12-01", "404 of DELETE has no body", rewrite.OnErrors(rewrite.At("DELETE", ""), rewrite.ReplaceBody("application/scim+json", ""))},
		{"RFC7644-3.12-01", "an invalid filter is a plain text", rewrite.Answers(func(r *http.Request) bool { return r.URL.Query().Has("filter") }, func(r *http.Request, a *rewrite.Answer) {
			if a.Status == 400 {
				textual(r, a)
			}
		})},

		{"RFC7644-3.12-02", "errors have no schemas", errorsOf(0, rewrite.SetMember("schemas", nil))},
		{"RFC7644-3.12-02", "errors have the schema of SCIM 1.1", errorsOf(0, rewrite.SetMember("schemas", []any{"urn:scim:schemas:core:1.0"}))},
		{"RFC7644-3.12-02", "errors have their schema as a text", errorsOf(0, rewrite.SetMember("schemas", scim.ErrorURN))},
		{"RFC7644-3.12-02", "errors have an empty list of schemas", errorsOf(0, rewrite.SetMember("schemas", []any{}))},
		{"RFC7644-3.12-02", "errors have a schema in lower case", errorsOf(0, rewrite.SetMember("schemas", []any{strings.ToLower(scim.ErrorURN)}))},
		{"RFC7644-3.12-02", "400 has no schemas", errorsOf(400, rewrite.SetMember("schemas", nil))},
		{"RFC7644-3.12-02", "401 has no schemas", errorsOf(401, rewrite.SetMember("schemas", nil))},
		{"RFC7644-3.12-02", "404 has no schemas", errorsOf(404, rewrite.SetMember("schemas", nil))},
		{"RFC7644-3.12-02", "409 has no schemas", errorsOf(409, rewrite.SetMember("schemas", nil))},
		{"RFC7644-3.12-02", "404 has the schema of lists", errorsOf(404, rewrite.SetMember("schemas", []any{scim.ListResponseURN}))},
		{"RFC7644-3.12-02", "errors lie within a list of errors", errorsOf(0, func(_ *http.Request, a *rewrite.Answer) {
			a.Body = scim.NewObject(scim.Member{Name: "Errors", Value: []any{a.Body}})
		})},
		{"RFC7644-3.12-02", "errors to PATCH have no schemas", rewrite.OnErrors(rewrite.At("PATCH", ""), rewrite.SetMember("schemas", nil))},

		{"RFC7644-3.12-03", "the status is a number", errorsOf(0, numericStatus)},
		{"RFC7644-3.12-03", "the status of 400 is a number", errorsOf(400, numericStatus)},
		{"RFC7644-3.12-03", "the status of 401 is a number", errorsOf(401, numericStatus)},
		{"RFC7644-3.12-03", "the status of 404 is a number", errorsOf(404, numericStatus)},
		{"RFC7644-3.12-03", "the status of 409 is a number", errorsOf(409, numericStatus)},
		{"RFC7644-3.12-03", "the status is missing", errorsOf(0, rewrite.SetMember("status", nil))},
		{"RFC7644-3.12-03", "the status of 404 is missing", errorsOf(404, rewrite.SetMember("status", nil))},
		{"RFC7644-3.12-03", "the status is always 400", errorsOf(0, rewrite.SetMember("status", "400"))},
		{"RFC7644-3.12-03", "the status has its name behind it", errorsOf(0, func(_ *http.Request, a *rewrite.Answer) {
			if a.Body != nil {
				a.Body.Set("status", strconv.Itoa(a.Status)+" "+http.StatusText(a.Status))
			}
		})},
		{"RFC7644-3.12-03", "the status of 409 is 400", errorsOf(409, rewrite.SetMember("status", "400"))},
		{"RFC7644-3.12-03", "the status is called code", errorsOf(0, func(_ *http.Request, a *rewrite.Answer) {
			if status, ok := a.Body.Get("status"); ok {
				a.Body.Delete("status")
				a.Body.Set("code", status)
			}
		})},
		{"RFC7644-3.12-03", "the status is null", errorsOf(0, errorMemberNull("status"))},

		{"RFC7644-3.12-04", "the keyword is made up", errorsOf(400, rewrite.SetMember("scimType", "badRequest"))},
		{"RFC7644-3.12-04", "the keyword begins with a capital letter", errorsOf(400, func(_ *http.Request, a *rewrite.Answer) {
			if s := a.Body.String("scimType"); s != "" {
				a.Body.Set("scimType", strings.ToUpper(s[:1])+s[1:])
			}
		})},
		{"RFC7644-3.12-04", "unknown ids have the keyword noTarget", errorsOf(404, rewrite.SetMember("scimType", scim.ScimTypeNoTarget))},
		{"RFC7644-3.12-04", "unknown ids have a made-up keyword", errorsOf(404, rewrite.SetMember("scimType", "notFound"))},
		{"RFC7644-3.12-04", "duplicates have the keyword duplicate", errorsOf(409, rewrite.SetMember("scimType", "duplicate"))},
		{"RFC7644-3.12-04", "401 has a keyword", errorsOf(401, rewrite.SetMember("scimType", "unauthorized"))},
		{"RFC7644-3.12-04", "the keyword is a number", errorsOf(400, rewrite.SetMember("scimType", rewrite.Number(7)))},

		{"RFC7644-3.12-05", "the detail is a stack trace", errorsOf(0, rewrite.SetMember("detail", trace))},
		{"RFC7644-3.12-05", "404 tells a stack trace", errorsOf(404, rewrite.SetMember("stackTrace", trace))},
		{"RFC7644-3.12-05", "400 tells a line of Python", errorsOf(400, rewrite.SetMember("detail", `Traceback (most recent call last): File "/app/views.py", line 7`))},
		{"RFC7644-3.12-05", "an invalid filter tells the statement", errorsOf(400, rewrite.SetMember("detail", "syntax error at or near \"eq\": SELECT * FROM users WHERE userName eq"))},
		{"RFC7644-3.12-05", "a duplicate tells the constraint of the database", errorsOf(409, rewrite.SetMember("detail", "SQLSTATE[23505]: Unique violation"))},
		{"RFC7644-3.12-05", "401 repeats the token that was expected", rewrite.Stateful(func() rewrite.Wrap {
			good := ""
			return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
				a := rewrite.Serve(next, r)
				if a.Status != 401 && good == "" {
					good = rewrite.TokenOf(r.Header.Get("Authorization"))
				}
				if a.Status == 401 && a.Body != nil {
					a.Body.Set("detail", "expected "+good)
				}
				return a
			})
		})},
		{"RFC7644-3.12-05", "errors repeat the password", rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			password := rewrite.BodyOf(r).String("password")
			a := rewrite.Serve(next, r)
			if a.Status >= 400 && a.Body != nil && password != "" {
				a.Body.Set("detail", "refused: password="+password)
			}
			return a
		})},
		{"RFC7644-3.12-05", "the detail is an object", errorsOf(0, rewrite.SetMember("detail", scim.NewObject(scim.Member{Name: "message", Value: "no"})))},
		{"RFC7644-3.12-05", "the detail is empty", errorsOf(404, rewrite.SetMember("detail", ""))},
		{"RFC7644-3.12-05", "the detail is a list", errorsOf(400, rewrite.SetMember("detail", []any{"no"}))},
		{"RFC7644-3.12-05", "an injection tells the statement", rewrite.Answers(func(r *http.Request) bool { return strings.Contains(r.URL.Path, "OR '1'") }, func(r *http.Request, a *rewrite.Answer) {
			rewrite.SetMember("detail", "SELECT * FROM users WHERE id = '"+r.URL.Path+"'")(r, a)
		})},

		{"RFC7644-3.12-06", "duplicates are an internal error", errorsOf(409, rewrite.As500)},
		{"RFC7644-3.12-06", "unknown ids are an internal error with a page", errorsOf(404, rewrite.AsPage)},
		{"RFC7644-3.12-06", "an invalid filter is an internal error", errorsOf(400, rewrite.As500)},
		{"RFC7644-3.12-06", "a count that is no number is an internal error", rewrite.Break(func(r *http.Request) bool { return r.URL.Query().Get("count") == "x" })},
		{"RFC7644-3.12-06", "a large startIndex is an internal error with a page", rewrite.Answers(func(r *http.Request) bool { return len(r.URL.Query().Get("startIndex")) > 15 }, rewrite.AsPage)},
		{"RFC7644-3.12-06", "an unknown sortBy is an internal error", rewrite.Break(func(r *http.Request) bool { return strings.HasPrefix(r.URL.Query().Get("sortBy"), "sduo") })},
		{"RFC7644-3.12-06", "empty attributes are an internal error", rewrite.Break(func(r *http.Request) bool { return r.URL.Query().Get("attributes") == ",,," })},
		{"RFC7644-3.12-06", "an unknown parameter is an internal error", rewrite.Break(func(r *http.Request) bool { return strings.HasPrefix(r.URL.RawQuery, "sduo") })},
		{"RFC7644-3.12-06", "a large count is an internal error", rewrite.Break(func(r *http.Request) bool { return len(r.URL.Query().Get("count")) > 15 })},
		{"RFC7644-3.12-06", "the URN of an extension as a path is an internal error", rewrite.Break(rewrite.PatchTo(scim.EnterpriseURN))},
		{"RFC7644-3.12-06", "an unclosed filter is an internal error", rewrite.Break(func(r *http.Request) bool { return r.URL.Query().Get("filter") == ")(" })},
		{"RFC7644-3.12-06", "schemas is null in POST /Users", breaksAt("POST", "/Users", "schemas", "null")},
		{"RFC7644-3.12-06", "userName is an object in POST /Users", breaksAt("POST", "/Users", "userName", "object")},
		{"RFC7644-3.12-06", "displayName is an array in POST /Users", breaksAt("POST", "/Users", "displayName", "array")},
		{"RFC7644-3.12-06", "externalId is a number in POST /Users", breaksAt("POST", "/Users", "externalId", "number")},
		{"RFC7644-3.12-06", "active is an array in POST /Users", breaksAt("POST", "/Users", "active", "array")},
		{"RFC7644-3.12-06", "name is a string in POST /Users", breaksAt("POST", "/Users", "name", "string")},
		{"RFC7644-3.12-06", "name.givenName is an object in POST /Users", breaksAt("POST", "/Users", "name.givenName", "object")},
		{"RFC7644-3.12-06", "emails is a string in POST /Users", breaksAt("POST", "/Users", "emails", "string")},
		{"RFC7644-3.12-06", "emails.0 is null in POST /Users", breaksAt("POST", "/Users", "emails.0", "null")},
		{"RFC7644-3.12-06", "emails.0.primary is a string in POST /Users", breaksAt("POST", "/Users", "emails.0.primary", "string")},
		{"RFC7644-3.12-06", "schemas is null in PUT /Users/*", breaksAt("PUT", "/Users/*", "schemas", "null")},
		{"RFC7644-3.12-06", "userName is a number in PUT /Users/*", breaksAt("PUT", "/Users/*", "userName", "number")},
		{"RFC7644-3.12-06", "active is an object in PUT /Users/*", breaksAt("PUT", "/Users/*", "active", "object")},
		{"RFC7644-3.12-06", "name is an array in PUT /Users/*", breaksAt("PUT", "/Users/*", "name", "array")},
		{"RFC7644-3.12-06", "emails.0 is a number in PUT /Users/*", breaksAt("PUT", "/Users/*", "emails.0", "number")},
		{"RFC7644-3.12-06", "schemas is null in PUT /Groups/*", breaksAt("PUT", "/Groups/*", "schemas", "null")},
		{"RFC7644-3.12-06", "displayName is a boolean in PUT /Groups/*", breaksAt("PUT", "/Groups/*", "displayName", "boolean")},
		{"RFC7644-3.12-06", "members is an object in PUT /Groups/*", breaksAt("PUT", "/Groups/*", "members", "object")},
		{"RFC7644-3.12-06", "members.0 is a string in PUT /Groups/*", breaksAt("PUT", "/Groups/*", "members.0", "string")},
		{"RFC7644-3.12-06", "members.0.value is null in PUT /Groups/*", breaksAt("PUT", "/Groups/*", "members.0.value", "null")},
		{"RFC7644-3.12-06", "schemas is a string in PATCH /Users/*", breaksAt("PATCH", "/Users/*", "schemas", "string")},
		{"RFC7644-3.12-06", "Operations is an object in PATCH /Users/*", breaksAt("PATCH", "/Users/*", "Operations", "object")},
		{"RFC7644-3.12-06", "Operations.0.op is a number in PATCH /Users/*", breaksAt("PATCH", "/Users/*", "Operations.0.op", "number")},
		{"RFC7644-3.12-06", "Operations.0.path is an array in PATCH /Users/*", breaksAt("PATCH", "/Users/*", "Operations.0.path", "array")},
		{"RFC7644-3.12-06", "Operations.1.value is a string in PATCH /Users/*", breaksAt("PATCH", "/Users/*", "Operations.1.value", "string")},
		{"RFC7644-3.12-06", "Operations.2.value is null in PATCH /Users/*", breaksAt("PATCH", "/Users/*", "Operations.2.value", "null")},
		{"RFC7644-3.12-06", "Operations.0.value is a number in PATCH /Groups/*", breaksAt("PATCH", "/Groups/*", "Operations.0.value", "number")},
		{"RFC7644-3.12-06", "Operations.0.value.0 is null in PATCH /Groups/*", breaksAt("PATCH", "/Groups/*", "Operations.0.value.0", "null")},
		{"RFC7644-3.12-06", "filter is a number in POST /Users/.search", breaksAt("POST", "/Users/.search", "filter", "number")},
		{"RFC7644-3.12-06", "attributes is a string in POST /Users/.search", breaksAt("POST", "/Users/.search", "attributes", "string")},
		{"RFC7644-3.12-06", "sortBy is an object in POST /Users/.search", breaksAt("POST", "/Users/.search", "sortBy", "object")},
		{"RFC7644-3.12-06", "sortOrder is null in POST /Users/.search", breaksAt("POST", "/Users/.search", "sortOrder", "null")},
		{"RFC7644-3.12-06", "count is an array in POST /Users/.search", breaksAt("POST", "/Users/.search", "count", "array")},
		{"RFC7644-3.12-06", "failOnErrors is a string in POST /Bulk", breaksAt("POST", "/Bulk", "failOnErrors", "string")},
		{"RFC7644-3.12-06", "Operations.0 is null in POST /Bulk", breaksAt("POST", "/Bulk", "Operations.0", "null")},
		{"RFC7644-3.12-06", "Operations.0.method is a number in POST /Bulk", breaksAt("POST", "/Bulk", "Operations.0.method", "number")},
		{"RFC7644-3.12-06", "Operations.0.bulkId is an object in POST /Bulk", breaksAt("POST", "/Bulk", "Operations.0.bulkId", "object")},
		{"RFC7644-3.12-06", "Operations.0.data is a string in POST /Bulk", breaksAt("POST", "/Bulk", "Operations.0.data", "string")},
	}
}

// breaksAt is a server that breaks at one value of this JSON type in a body.
func breaksAt(method, place, path, kind string) rewrite.Wrap {
	at := rewrite.At(method, place)
	return rewrite.Break(func(r *http.Request) bool {
		if !at(r) {
			return false
		}
		v, there := valueAt(rewrite.BodyOf(r), strings.Split(path, "."))
		return there && scim.KindOf(v) == kind
	})
}

// valueAt follows names and indices.
func valueAt(v any, path []string) (any, bool) {
	if len(path) == 0 {
		return v, true
	}
	switch c := v.(type) {
	case *scim.Object:
		if inner, there := c.Get(path[0]); there {
			return valueAt(inner, path[1:])
		}
	case []any:
		if i, err := strconv.Atoi(path[0]); err == nil && i < len(c) {
			return valueAt(c[i], path[1:])
		}
	}
	return nil, false
}

// errorsOf rewrites errors of one status, or of every one for 0.
func errorsOf(status int, edit func(r *http.Request, a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(r *http.Request, a *rewrite.Answer) {
		if a.Status >= 400 && (status == 0 || a.Status == status) {
			edit(r, a)
		}
	})
}

// numericStatus is what most servers get wrong.
func numericStatus(_ *http.Request, a *rewrite.Answer) {
	if a.Body != nil {
		a.Body.Set("status", rewrite.Number(a.Status))
	}
}

var textual = rewrite.ReplaceBody("text/plain", "error")

const trace = "NullPointerException\n\tat com.example.scim.UserController.get(UserController.java:42)"

func errorMemberNull(name string) func(*http.Request, *rewrite.Answer) {
	return func(_ *http.Request, a *rewrite.Answer) {
		if a.Body != nil {
			a.Body.Set(name, nil)
		}
	}
}
