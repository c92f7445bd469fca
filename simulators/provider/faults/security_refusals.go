package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// on401 rewrites the 401s among the answers to the chosen requests.
func on401(chosen when, edit func(r *http.Request, a *answer)) Wrap {
	return answers(chosen, func(r *http.Request, a *answer) {
		if a.status == http.StatusUnauthorized {
			edit(r, a)
		}
	})
}

// turned401 turns a 401 into another refusal.
func turned401(status int) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) {
		a.refuse(&scim.Error{Status: status, Detail: "the credentials are not valid"})
		a.header.Set("WWW-Authenticate", `Bearer realm="SCIM"`)
	}
}

// rewording gives a refusal another body.
func rewording(contentType, text string) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) {
		a.body, a.raw = nil, []byte(text)
		a.header.Set("Content-Type", contentType)
	}
}

// errorMember gives an error's body another member; nil takes it out.
func errorMember(name string, value any) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) {
		if a.body == nil {
			return
		}
		if value == nil {
			a.body.Delete(name)
			return
		}
		a.body.Set(name, value)
	}
}

func anonymously(r *http.Request) bool { return r.Header.Get("Authorization") == "" }

// rechallenged replaces or removes WWW-Authenticate.
func rechallenged(value string) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) {
		a.header.Del("WWW-Authenticate")
		if value != "" {
			a.header.Set("WWW-Authenticate", value)
		}
	}
}

// leakingResource puts the resource that a request is about into its refusal.
func leakingResource(chosen when, put func(a *answer, found *scim.Object)) Wrap {
	return keyed(func(k *keyring, w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		good := k.first()
		if k.has(r.Header.Get("Authorization")) || good == "" || !chosen(r) {
			return false
		}
		a := serve(next, r)
		known := r.Clone(r.Context())
		known.Header.Set("Authorization", good)
		path := strings.Join(segments(r), "/")
		if strings.HasSuffix(path, ".search") {
			path = "Users"
		}
		if found := ask(next, known, http.MethodGet, path, nil); found.body != nil && a.body != nil {
			put(a, found.body)
		}
		a.send(w)
		return true
	})
}

func refusalFaults() []Fault {
	return []Fault{
		{"RFC7644-2-01", "a request without credentials is answered 403", on401(anonymously, turned401(403))},
		{"RFC7644-2-01", "a request without credentials is answered 404", on401(anonymously, turned401(404))},
		{"RFC7644-2-01", "a request without credentials is answered 400", on401(anonymously, turned401(400))},
		{"RFC7644-2-01", "a request without credentials is a server error", on401(anonymously, turned401(500))},
		{"RFC7644-2-01", "a deletion without credentials is answered 204", on401(at("DELETE", "/*/*"), func(_ *http.Request, a *answer) {
			*a = answer{status: http.StatusNoContent, header: http.Header{}}
		})},
		{"RFC7644-2-01", "a request without credentials is led to a login page", on401(anonymously, func(_ *http.Request, a *answer) {
			a.status = http.StatusFound
			a.header.Set("Location", "/login")
		})},
		{"RFC7644-2-01", "a refusal comes with the status 200", on401(anonymously, func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-2-01", "the lists answer an empty list without credentials", on401(at("GET", "/*"), func(_ *http.Request, a *answer) {
			l := scim.List{StartIndex: 1}
			*a = answer{status: 200, header: http.Header{"Content-Type": {"application/scim+json"}}, body: l.Object()}
		})},
		{"RFC7644-2-01", "the body is looked at before the credentials", answers(at("POST", "/Users"), func(r *http.Request, a *answer) {
			if anonymously(r) && bodyOf(r) == nil {
				a.refuse(scim.InvalidSyntax("the body is no JSON"))
			}
		})},
		{"RFC7644-2-01", "an unknown id is told without credentials", on401(at("GET", "/Users/*"), func(r *http.Request, a *answer) {
			if strings.HasSuffix(r.URL.Path, "unknown") {
				a.refuse(scim.NotFound("User", "unknown"))
			}
		})},
		{"RFC7644-2-03", "a wrong token is answered 403", on401(at("", ""), turned401(403))},
		{"RFC7644-2-03", "a wrong token is answered 403 for writing", on401(at("POST,PUT,PATCH,DELETE", ""), turned401(403))},
		{"RFC7644-2-03", "a wrong token is answered 404 at the groups", on401(at("", "/Groups/*"), turned401(404))},
		{"RFC7644-2-03", "a wrong token is a server error", on401(at("", ""), turned401(500))},
		{"RFC7644-2-03", "after a wrong token the right one is refused too", lockingOut()},

		{"RFC7644-2-02", "no WWW-Authenticate", on401(at("", ""), rechallenged(""))},
		{"RFC7644-2-02", "no WWW-Authenticate without credentials", on401(anonymously, rechallenged(""))},
		{"RFC7644-2-02", "no WWW-Authenticate for a wrong token", on401(func(r *http.Request) bool { return !anonymously(r) }, rechallenged(""))},
		{"RFC7644-2-02", "no WWW-Authenticate for writing", on401(at("POST,PUT,PATCH,DELETE", ""), rechallenged(""))},
		{"RFC7644-2-02", "no WWW-Authenticate at the groups", on401(func(r *http.Request) bool { return segments(r)[0] == "Groups" }, rechallenged(""))},
		{"RFC7644-2-02", "no WWW-Authenticate for a single user", on401(at("GET", "/Users/*"), rechallenged(""))},
		{"RFC7644-2-02", "WWW-Authenticate is empty", on401(at("", ""), rechallenged(" "))},
		{"RFC7644-2-02", "WWW-Authenticate names Basic only", on401(at("", ""), rechallenged(`Basic realm="SCIM"`))},
		{"RFC7644-2-02", "WWW-Authenticate has no scheme", on401(at("", ""), rechallenged(`realm="Bearer"`))},

		{"RFC7644-2-04", "a 401 has a plain text", on401(at("", ""), rewording("text/plain", "Unauthorized\n"))},
		{"RFC7644-2-04", "a 401 has no body", on401(at("", ""), rewording("application/scim+json", ""))},
		{"RFC7644-2-04", "a 401 is a page", on401(at("", ""), rewording("text/html", "<!doctype html><title>401</title>Unauthorized"))},
		{"RFC7644-2-04", "a 401 is JSON of another kind", on401(at("", ""), rewording("application/json", `{"error":"invalid_token"}`))},
		{"RFC7644-2-04", "the status of a 401 is a number", on401(at("", ""), errorMember("status", number(401)))},
		{"RFC7644-2-04", "a 401 lacks the schema of errors", on401(at("", ""), errorMember("schemas", nil))},
		{"RFC7644-2-04", "a 401 says 403 in its body", on401(at("", ""), errorMember("status", "403"))},
		{"RFC7644-2-04", "a 401 for writing has no body", on401(at("POST,PUT,PATCH,DELETE", ""), rewording("application/scim+json", ""))},
		{"RFC7644-2-04", "a 401 for a wrong token has no body", on401(func(r *http.Request) bool { return !anonymously(r) }, rewording("text/plain", ""))},
		{"RFC7644-2-04", "a 401 at the groups is a plain text", on401(func(r *http.Request) bool { return segments(r)[0] == "Groups" }, rewording("text/plain", "Unauthorized"))},

		{"RFC7644-2-10", "the refusal of a list contains it", leakingResource(at("GET", "/Users"), func(a *answer, found *scim.Object) {
			resources, _ := found.Get("Resources")
			a.body.Set("Resources", resources)
		})},
		{"RFC7644-2-10", "the refusal of a list tells its length", leakingResource(at("GET", "/Users"), func(a *answer, found *scim.Object) {
			total, _ := found.Get("totalResults")
			a.body.Set("totalResults", total)
		})},
		{"RFC7644-2-10", "the refusal of a user names them", leakingResource(at("GET", "/Users/*"), func(a *answer, found *scim.Object) {
			a.body.Set("detail", "you may not read "+found.String("userName"))
		})},
		{"RFC7644-2-10", "the refusal of a deletion tells the name", leakingResource(at("DELETE", "/Users/*"), func(a *answer, found *scim.Object) {
			a.body.Set("detail", "you may not delete "+found.String("displayName"))
		})},
		{"RFC7644-2-10", "the refusal of a user is the user", leakingResource(at("GET", "/Users/*"), func(a *answer, found *scim.Object) { a.body = found })},
		{"RFC7644-2-10", "the refusal of a search contains its result", leakingResource(at("POST", "/Users/.search"), func(a *answer, found *scim.Object) { a.body = found })},
		{"RFC7644-2-10", "the refusal of a group names its members", leakingResource(at("GET", "/Groups/*"), func(a *answer, found *scim.Object) {
			a.body.Set("members", []any{})
			a.body.Set("detail", found.String("displayName"))
		})},

		{"RFC7644-2-12", "discovery is forbidden without credentials", answers(at("GET", "/ServiceProviderConfig"), func(r *http.Request, a *answer) {
			if anonymously(r) {
				a.refuse(scim.Forbidden("log in first"))
			}
		})},
		{"RFC7644-2-12", "the schemas are a server error without credentials", on401(at("GET", "/Schemas"), turned401(500))},
		{"RFC7644-2-12", "the resource types are refused with the right token", answers(at("GET", "/ResourceTypes"), func(_ *http.Request, a *answer) {
			a.refuse(scim.Unauthorized("SCIM", "the token is not for this"))
		})},
		{"RFC7644-2-13", "an unknown id is answered 401", turnedInto(404, 401)},
		{"RFC7644-2-13", "a broken body is answered 401", turnedInto(400, 401)},
		{"RFC7644-2-13", "a replacement is answered 401", answers(at("PUT", "/*/*"), func(_ *http.Request, a *answer) { a.refuse(scim.Unauthorized("SCIM", "no")) })},
	}
}

// turnedInto answers one status for another.
func turnedInto(from, to int) Wrap {
	return answers(at("", ""), func(_ *http.Request, a *answer) {
		if a.status == from {
			a.refuse(&scim.Error{Status: to, Detail: "the request is refused"})
		}
	})
}

// lockingOut refuses everybody once somebody was refused.
func lockingOut() Wrap {
	return func(next http.Handler) http.Handler {
		locked := make(chan struct{}, 1)
		return answers(at("", ""), func(_ *http.Request, a *answer) {
			if len(locked) > 0 {
				a.refuse(scim.Unauthorized("SCIM", "too many failures"))
			}
			if a.status == http.StatusUnauthorized {
				select {
				case locked <- struct{}{}:
				default:
				}
			}
		})(next)
	}
}
