package faults

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func protocolFaults() []Fault {
	return slices.Concat(addressFaults(), stateFaults(), methodFaults(), formatFaults(), errorFaults())
}

func addressFaults() []Fault {
	return []Fault{
		{"RFC7644-1.2-01", "addresses contain spaces", located(func(l string) string { return l + " (current)" })},
		{"RFC7644-1.2-01", "addresses contain letters beyond ASCII", located(func(l string) string { return strings.Replace(l, "/identity/", "/idéntity/", 1) })},
		{"RFC7644-1.2-01", "addresses contain a percent sign of their own", located(func(l string) string { return strings.Replace(l, "/identity/", "/%identity/", 1) })},
		{"RFC7644-1.2-01", "addresses contain braces", located(func(l string) string { return l + "{?attributes}" })},
		{"RFC7644-1.2-01", "an encoded plus sign becomes a space", queryText(func(raw string) string { return strings.ReplaceAll(raw, "%2B", "+") })},
		{"RFC7644-1.2-01", "an encoded ampersand ends the parameter", queryText(func(raw string) string { return strings.ReplaceAll(raw, "%26", "&") })},
		{"RFC7644-1.2-01", "a query is decoded twice", queryText(func(raw string) string {
			if decoded, err := url.QueryUnescape(raw); err == nil {
				return strings.ReplaceAll(decoded, " ", "+")
			}
			return raw
		})},
		{"RFC7644-1.3-01", "addresses have a query", located(func(l string) string { return l + "?tenant=1" })},
		{"RFC7644-1.3-01", "the base URL has a query", located(func(l string) string { return strings.Replace(l, "/Users/", "/?path=/Users/", 1) })},
		{"RFC7644-1.3-01", "addresses of groups have a query", located(func(l string) string {
			if strings.Contains(l, "/Groups/") {
				return l + "?v=2"
			}
			return l
		})},
		{"RFC7644-3.13-01", "a version before the endpoint is not looked at", versionless(true)},
		{"RFC7644-3.13-01", "a version behind the base URL is not looked at", versionless(false)},
		{"RFC7644-3.13-01", "an unknown version is a server error", breakingDown(func(r *http.Request) bool { return strings.Contains(r.URL.Path, "/v99/") })},
		{"RFC7644-3.13-01", "version 0 is served", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r.URL.Path = strings.Replace(r.URL.Path, "/v0/Users", "/Users", 1)
				next.ServeHTTP(w, r)
			})
		}},
		{"RFC7644-3.13-01", "version 2 answers something else", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/scim/v2/Users") {
					w.Header().Set("Content-Type", "application/json")
					_, _ = w.Write([]byte(`{"users":[]}`))
					return
				}
				next.ServeHTTP(w, r)
			})
		}},
	}
}

func stateFaults() []Fault {
	return []Fault{
		{"RFC7644-3.1-01", "lists have the schema of SCIM 1.1", schemaOf(isList, "urn:scim:schemas:core:1.0")},
		{"RFC7644-3.1-01", "errors have the schema of SCIM 1.1", schemaOf(isFault, "urn:scim:schemas:core:1.0")},
		{"RFC7644-3.1-01", "lists have a schema of resources", schemaOf(isList, "urn:ietf:params:scim:schemas:core:2.0:ListResponse")},
		{"RFC7644-3.1-01", "lists have no schemas", answers(at("", ""), func(_ *http.Request, a *answer) {
			if a.body != nil && isList(a) {
				a.body.Delete("schemas")
			}
		})},
		{"RFC7644-3.1-01", "lists have the schema in capital letters", schemaOf(isList, strings.ToUpper(scim.ListResponseURN))},
		{"RFC7644-3.1-01", "users claim to be a list", shown(at("", ""), func(o *scim.Object) {
			if o.String("userName") != "" {
				o.Set("schemas", append(slices.Clone(o.Array("schemas")), scim.ListResponseURN))
			}
		})},
		{"RFC7644-3.1-02", "the schema of lists is listed", listing(scim.ListResponseURN)},
		{"RFC7644-3.1-02", "the schema of errors is listed", listing(scim.ErrorURN)},
		{"RFC7644-3.1-02", "the schema of changes can be read", answers(at("GET", "/Schemas/*"), func(r *http.Request, a *answer) {
			if segments(r)[1] == scim.PatchOpURN {
				*a = answer{status: 200, header: a.header, body: scim.NewObject(scim.Member{Name: "id", Value: scim.PatchOpURN})}
			}
		})},
		{"RFC7644-3.1-02", "an unknown schema is a server error", answers(at("GET", "/Schemas/*"), func(r *http.Request, a *answer) {
			if a.status == 404 {
				as500(r, a)
			}
		})},

		{"RFC7644-3.1-03", "a creation answers with another name", written("POST", "/Users", setting("displayName", "Somebody"))},
		{"RFC7644-3.1-03", "a creation answers active whatever is stored", written("POST", "/Users", setting("active", true))},
		{"RFC7644-3.1-03", "a creation answers what was sent", parroting("POST")},
		{"RFC7644-3.1-03", "the creation of a group answers what was not stored", func(next http.Handler) http.Handler {
			return parroting("POST")(losing("Groups", "members")(next))
		}},
		{"RFC7644-3.1-03", "a replacement answers the state before", past("PUT")},
		{"RFC7644-3.1-03", "a replacement answers what was sent and stores the name no more", func(next http.Handler) http.Handler {
			return parroting("PUT")(requests(at("PUT", ""), func(_ *http.Request, body *scim.Object) { body.Delete("displayName") })(next))
		}},
		{"RFC7644-3.1-03", "a replacement answers active whatever is stored", written("PUT", "/Users/*", setting("active", true))},
		{"RFC7644-3.1-03", "a change answers the state before", past("PATCH")},
		{"RFC7644-3.1-03", "a change answers an old date", written("PATCH", "/*/*", func(o *scim.Object) {
			o.Object("meta").Set("lastModified", "2001-01-01T00:00:00Z")
		})},
		{"RFC7644-3.1-03", "a change of a group answers without its members", written("PATCH", "/Groups/*", setting("members", []any{scim.NewObject(scim.Member{Name: "value", Value: "0"})}))},
		{"RFC7644-3.1-03", "a list shows another name", shown(at("GET", "/Users"), setting("displayName", "Somebody"))},
		{"RFC7644-3.1-03", "a list shows less than a read", shown(at("GET", "/Users"), func(o *scim.Object) { o.Delete("name") })},
		{"RFC7644-3.1-03", "a list of groups shows another name", shown(at("GET", "/Groups"), setting("displayName", "Some group"))},
		{"RFC7644-3.1-03", "a version in the answer is not the one that is read", written("PUT", "/*/*", func(o *scim.Object) { o.Object("meta").Set("version", `W/"0"`) })},
		{"RFC7644-3.1-03", "what is deleted is still listed", foundAfterDeletion()},
	}
}

func methodFaults() []Fault {
	return []Fault{
		{"RFC7644-3.2-01", "PUT creates users", creating("/Users/*", false)},
		{"RFC7644-3.2-01", "PUT creates groups", creating("/Groups/*", false)},
		{"RFC7644-3.2-01", "PUT creates users and answers 404", creating("/Users/*", true)},
		{"RFC7644-3.2-01", "PUT to an unknown id is a success", notFound(at("PUT", "/*/*"), func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-3.2-01", "PUT to an unknown id is a server error", notFound(at("PUT", "/*/*"), as500)},
		{"RFC7644-3.2-01", "PUT to a deleted user is a success", notFound(at("PUT", "/Users/*"), func(r *http.Request, a *answer) {
			if !strings.Contains(r.URL.Path, "unknown") && !strings.Contains(r.URL.Path, "6f9619ff") {
				a.status = 200
			}
		})},
		{"RFC7644-3.2-01", "PUT to a made-up UUID creates", notFound(at("PUT", "/Users/*"), func(r *http.Request, a *answer) {
			if strings.Contains(r.URL.Path, "6f9619ff") {
				stored(r, a)
			}
		})},

		{"RFC7644-3.2-02", "POST to a user replaces", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if at("POST", "/*/*")(r) {
					r.Method = http.MethodPut
				}
				next.ServeHTTP(w, r)
			})
		}},
		{"RFC7644-3.2-02", "POST to a group replaces it and answers 405", func(next http.Handler) http.Handler {
			return answers(at("POST", "/Groups/*"), func(r *http.Request, _ *answer) {
				ask(next, r, http.MethodPut, strings.Join(segments(r), "/"), scim.NewObject(
					scim.Member{Name: "schemas", Value: []any{scim.GroupURN}}, scim.Member{Name: "displayName", Value: "replaced"}))
			})(next)
		}},
		{"RFC7644-3.2-02", "a foreign method answers 500", notAllowed(at("", ""), as500)},
		{"RFC7644-3.2-02", "a foreign method answers 200", notAllowed(at("POST", "/*/*"), func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-3.2-02", "a 405 without Allow", notAllowed(at("", ""), func(_ *http.Request, a *answer) { a.header.Del("Allow") })},
		{"RFC7644-3.2-02", "a 405 that allows the method", notAllowed(at("", ""), func(r *http.Request, a *answer) { a.header.Set("Allow", "GET, "+r.Method) })},
		{"RFC7644-3.2-02", "a 405 is a plain text", notAllowed(at("", ""), rewording("text/plain", "Method Not Allowed\n"))},
		{"RFC7644-3.2-02", "a 405 has no body", notAllowed(at("", ""), rewording("application/scim+json", ""))},
		{"RFC7644-3.2-02", "a 405 of discovery is a page", notAllowed(at("POST", "/ServiceProviderConfig"), rewording("text/html", "<h1>405</h1>"))},
		{"RFC7644-3.2-02", "POST to the schemas answers 201", answers(at("POST", "/Schemas"), stored)},
		{"RFC7644-3.2-02", "POST to the resource types answers 500", answers(at("POST", "/ResourceTypes"), as500)},
		{"RFC7644-3.2-02", "POST to the configuration answers 200", answers(at("POST", "/ServiceProviderConfig"), func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-3.2-02", "the deletion of a schema answers 204", answers(at("DELETE", "/Schemas/*"), func(_ *http.Request, a *answer) {
			*a = answer{status: 204, header: http.Header{}}
		})},
		{"RFC7644-3.2-02", "GET of /Bulk answers 200", answers(at("GET", "/Bulk"), func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-3.2-02", "GET of a search answers 500", answers(at("GET", "/Users/.search"), as500)},

		{"RFC7644-3.2-03", "errors come with the status 200", answers(at("", ""), func(_ *http.Request, a *answer) {
			if a.status >= 400 {
				a.status = 200
			}
		})},
		{"RFC7644-3.2-03", "an unknown id comes with the status 200", notFound(at("GET", "/*/*"), func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-3.2-03", "errors have no body", answers(at("", ""), func(r *http.Request, a *answer) {
			if a.status >= 400 {
				rewording("application/scim+json", "")(r, a)
			}
		})},
		{"RFC7644-3.2-03", "duplicates come with the status 200", duplicates(func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-3.2-03", "errors of PUT have no body", notFound(at("", ""), rewording("text/plain", ""))},

		{"RFC7644-3.2-04", "an unknown endpoint is a plain text", answers(unknown, rewording("text/plain", "404 page not found\n"))},
		{"RFC7644-3.2-04", "an unknown endpoint is a page", answers(unknown, rewording("text/html", "<title>404</title>"))},
		{"RFC7644-3.2-04", "an unknown endpoint has no body", answers(unknown, rewording("application/scim+json", ""))},
		{"RFC7644-3.2-04", "an unknown endpoint answers 200", answers(unknown, func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-3.2-04", "an unknown endpoint answers 500", answers(unknown, as500)},
		{"RFC7644-3.2-04", "an unknown endpoint answers 400", answers(unknown, asError(scim.InvalidPath("no such endpoint")))},
		{"RFC7644-3.2-04", "an unknown endpoint answers 405 to POST", answers(func(r *http.Request) bool { return r.Method == http.MethodPost && unknown(r) }, asError(scim.MethodNotAllowed("GET")))},
		{"RFC7644-3.2-04", "an unknown endpoint answers 500 to DELETE", answers(func(r *http.Request) bool { return r.Method == http.MethodDelete && unknown(r) }, as500)},
		{"RFC7644-3.2-04", "what stands below a user is not looked at", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if s := segments(r); len(s) == 3 && s[0] == "Users" {
					r.URL.Path = r.URL.Path[:strings.LastIndex(r.URL.Path, "/")]
				}
				next.ServeHTTP(w, r)
			})
		}},
		{"RFC7644-3.2-04", "endpoints are known by their beginning", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if i := strings.Index(r.URL.Path, "/UsersX"); i >= 0 {
					r.URL.Path = r.URL.Path[:i] + "/Users"
				}
				next.ServeHTTP(w, r)
			})
		}},

		{"RFC7644-3.4.1-01", "a read answers a list", answers(at("GET", "/Users/*"), func(_ *http.Request, a *answer) {
			if a.ok() {
				l := scim.List{TotalResults: 1, StartIndex: 1, ItemsPerPage: 1, Resources: []*scim.Object{a.body}}
				a.body = l.Object()
			}
		})},
		{"RFC7644-3.4.1-01", "every read answers the first user", firstForAll()},
		{"RFC7644-3.4.1-01", "a read lacks the user name", shown(at("GET", "/Users/*"), func(o *scim.Object) { o.Delete("userName") })},
		{"RFC7644-3.4.1-01", "a read lacks the display name", shown(at("GET", "/Users/*"), func(o *scim.Object) { o.Delete("displayName") })},
		{"RFC7644-3.4.1-01", "a read lacks the schemas", shown(at("GET", "/*/*"), func(o *scim.Object) { o.Delete("schemas") })},
		{"RFC7644-3.4.1-01", "a read of a group lacks the name", shown(at("GET", "/Groups/*"), func(o *scim.Object) { o.Delete("displayName") })},
		{"RFC7644-3.4.1-01", "a read answers 203", answers(at("GET", "/Users/*"), func(_ *http.Request, a *answer) {
			if a.ok() {
				a.status = 203
			}
		})},
		{"RFC7644-3.4.1-01", "a read of a group answers 404", answers(at("GET", "/Groups/*"), asError(scim.NotFound("Group", "it")))},
		{"RFC7644-3.4.1-01", "a read tells another address", shown(at("GET", "/Users/*"), func(o *scim.Object) { o.Object("meta").Set("location", "/Users/0") })},
		{"RFC7644-3.4.1-01", "a second read shows a change that nobody made", changingOnRead()},

		{"RFC7644-3.4.1-02", "an unknown id answers 400", notFound(at("GET", "/Users/*"), asError(scim.InvalidValue("no such id")))},
		{"RFC7644-3.4.1-02", "an unknown id answers 500", notFound(at("", "/*/*"), as500)},
		{"RFC7644-3.4.1-02", "an unknown id answers 500 to DELETE", notFound(at("DELETE", "/*/*"), as500)},
		{"RFC7644-3.4.1-02", "an unknown id answers 204 to DELETE", notFound(at("DELETE", "/Users/*"), func(_ *http.Request, a *answer) {
			*a = answer{status: 204, header: http.Header{}}
		})},
		{"RFC7644-3.4.1-02", "an unknown id answers 200 to PUT", notFound(at("PUT", "/Users/*"), func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-3.4.1-02", "an unknown id answers 204 to PATCH", notFound(at("PATCH", "/Users/*"), func(_ *http.Request, a *answer) {
			*a = answer{status: 204, header: http.Header{}}
		})},
		{"RFC7644-3.4.1-02", "an unknown id answers an empty list", notFound(at("GET", "/Users/*"), func(_ *http.Request, a *answer) {
			l := scim.List{StartIndex: 1}
			a.status, a.body = 200, l.Object()
		})},
		{"RFC7644-3.4.1-02", "an unknown id answers 410", notFound(at("GET", "/Groups/*"), asError(&scim.Error{Status: 410}))},
		{"RFC7644-3.4.1-02", "an unknown id is a plain text", notFound(at("GET", "/*/*"), rewording("text/plain", "not found"))},
		{"RFC7644-3.4.1-02", "an unknown schema has no body", notFound(at("GET", "/Schemas/*"), rewording("application/scim+json", ""))},
		{"RFC7644-3.4.1-02", "an unknown resource type answers 400", notFound(at("GET", "/ResourceTypes/*"), asError(scim.InvalidValue("unknown")))},
		{"RFC7644-3.4.1-02", "a user is found at the groups", notFound(at("GET", "/Groups/*"), elsewhere("/Users/"))},
		{"RFC7644-3.4.1-02", "a group is found at the users", crossKind("/Users/", "/Groups/")},
		{"RFC7644-3.4.1-02", "a deleted user answers 410", notFound(at("GET", "/Users/*"), func(r *http.Request, a *answer) {
			if !strings.HasSuffix(r.URL.Path, "unknown") {
				a.refuse(&scim.Error{Status: 410})
			}
		})},
		{"RFC7644-3.4.1-02", "an id need only begin right", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if at("GET", "/Users/*")(r) {
					r.URL.Path = strings.TrimSuffix(r.URL.Path, "x")
				}
				next.ServeHTTP(w, r)
			})
		}},

		{"RFC7644-3.4.1-03", "an odd id answers 500", breakingDown(func(r *http.Request) bool {
			return at("GET", "/Users/*")(r) && strings.ContainsAny(segments(r)[1], "'\\\"%")
		})},
		{"RFC7644-3.4.1-03", "an id that is no UUID answers 500", breakingDown(func(r *http.Request) bool {
			return at("GET", "/Users/*")(r) && strings.Count(segments(r)[1], "-") != 4
		})},
		{"RFC7644-3.4.1-03", "a long id answers 500", breakingDown(func(r *http.Request) bool { return len(r.URL.Path) > 500 })},
		{"RFC7644-3.4.1-03", "an id with a slash answers 500", breakingDown(func(r *http.Request) bool { return strings.Contains(r.URL.EscapedPath(), "%2F") })},
		{"RFC7644-3.4.1-03", "an id of a number beyond all answers 500", breakingDown(func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "99999999") })},
		{"RFC7644-3.4.1-03", "an id beyond ASCII answers 500", breakingDown(func(r *http.Request) bool { return bytes.ContainsRune([]byte(r.URL.Path), 'é') })},
		{"RFC7644-3.4.1-03", "an injection answers everybody", answers(func(r *http.Request) bool { return strings.Contains(r.URL.Path, "OR '1'='1") }, func(_ *http.Request, a *answer) {
			l := scim.List{StartIndex: 1}
			*a = answer{status: 200, header: http.Header{"Content-Type": {"application/scim+json"}}, body: l.Object()}
		})},
		{"RFC7644-3.4.1-03", "the id null answers 200", notFound(func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/null") }, func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-3.4.1-03", "an id with a hash answers 500", breakingDown(func(r *http.Request) bool { return strings.Contains(r.URL.EscapedPath(), "%23") })},
		{"RFC7644-3.4.1-03", "an id with a space answers 500", breakingDown(func(r *http.Request) bool { return strings.Contains(r.URL.EscapedPath(), "%20x") })},
	}
}
