package rfc7644

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// authenticationFaults violate features/rfc7644/2_authentication.feature.
func authenticationFaults() rewrite.Table {
	return slices.Concat(
		openDoors("RFC7644-2-01", "without credentials", lacksCredentials),
		doneAnyway("RFC7644-2-01", "without credentials", lacksCredentials),
		openDoors("RFC7644-2-03", "with a wrong token", withWrongToken),
		doneAnyway("RFC7644-2-03", "with a wrong token", withWrongToken),
		rewrite.Table{
			{"RFC7644-2-01", "a request without credentials is answered 403", on401(anonymously, turned401(403))},
			{"RFC7644-2-01", "a request without credentials is answered 404", on401(anonymously, turned401(404))},
			{"RFC7644-2-01", "a request without credentials is answered 400", on401(anonymously, turned401(400))},
			{"RFC7644-2-01", "a request without credentials is a server error", on401(anonymously, turned401(500))},
			{"RFC7644-2-01", "a deletion without credentials is answered 204", on401(rewrite.At("DELETE", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
				*a = rewrite.Answer{Status: http.StatusNoContent, Header: http.Header{}}
			})},
			{"RFC7644-2-01", "a request without credentials is led to a login page", on401(anonymously, func(_ *http.Request, a *rewrite.Answer) {
				a.Status = http.StatusFound
				a.Header.Set("Location", "/login")
			})},
			{"RFC7644-2-01", "a refusal comes with the status 200", on401(anonymously, func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
			{"RFC7644-2-01", "the lists answer an empty list without credentials", on401(rewrite.At("GET", "/*"), func(_ *http.Request, a *rewrite.Answer) {
				l := scim.List{StartIndex: 1}
				*a = rewrite.Answer{Status: 200, Header: http.Header{"Content-Type": {"application/scim+json"}}, Body: l.Object()}
			})},
			{"RFC7644-2-01", "the body is looked at before the credentials", rewrite.Answers(rewrite.At("POST", "/Users"), func(r *http.Request, a *rewrite.Answer) {
				if anonymously(r) && rewrite.BodyOf(r) == nil {
					a.Refuse(scim.InvalidSyntax("the body is no JSON"))
				}
			})},
			{"RFC7644-2-01", "an unknown id is told without credentials", on401(rewrite.At("GET", "/Users/*"), func(r *http.Request, a *rewrite.Answer) {
				if strings.HasSuffix(r.URL.Path, "unknown") {
					a.Refuse(scim.NotFound("User", "unknown"))
				}
			})},

			{"RFC7644-2-02", "no WWW-Authenticate", on401(rewrite.At("", ""), rechallenged(""))},
			{"RFC7644-2-02", "no WWW-Authenticate without credentials", on401(anonymously, rechallenged(""))},
			{"RFC7644-2-02", "no WWW-Authenticate for a wrong token", on401(func(r *http.Request) bool { return !anonymously(r) }, rechallenged(""))},
			{"RFC7644-2-02", "no WWW-Authenticate for writing", on401(rewrite.At("POST,PUT,PATCH,DELETE", ""), rechallenged(""))},
			{"RFC7644-2-02", "no WWW-Authenticate at the groups", on401(func(r *http.Request) bool { return rewrite.Segments(r)[0] == "Groups" }, rechallenged(""))},
			{"RFC7644-2-02", "no WWW-Authenticate for a single user", on401(rewrite.At("GET", "/Users/*"), rechallenged(""))},
			{"RFC7644-2-02", "WWW-Authenticate is empty", on401(rewrite.At("", ""), rechallenged(" "))},
			{"RFC7644-2-02", "WWW-Authenticate names Basic only", on401(rewrite.At("", ""), rechallenged(`Basic realm="SCIM"`))},
			{"RFC7644-2-02", "WWW-Authenticate has no scheme", on401(rewrite.At("", ""), rechallenged(`realm="Bearer"`))},

			{"RFC7644-2-03", "a wrong token is answered 403", on401(rewrite.At("", ""), turned401(403))},
			{"RFC7644-2-03", "a wrong token is answered 403 for writing", on401(rewrite.At("POST,PUT,PATCH,DELETE", ""), turned401(403))},
			{"RFC7644-2-03", "a wrong token is answered 404 at the groups", on401(rewrite.At("", "/Groups/*"), turned401(404))},
			{"RFC7644-2-03", "a wrong token is a server error", on401(rewrite.At("", ""), turned401(500))},
			{"RFC7644-2-03", "after a wrong token the right one is refused too", lockingOut()},

			{"RFC7644-2-04", "a 401 has a plain text", on401(rewrite.At("", ""), rewrite.Rewording("text/plain", "Unauthorized\n"))},
			{"RFC7644-2-04", "a 401 has no body", on401(rewrite.At("", ""), rewrite.Rewording("application/scim+json", ""))},
			{"RFC7644-2-04", "a 401 is a page", on401(rewrite.At("", ""), rewrite.Rewording("text/html", "<!doctype html><title>401</title>Unauthorized"))},
			{"RFC7644-2-04", "a 401 is JSON of another kind", on401(rewrite.At("", ""), rewrite.Rewording("application/json", `{"error":"invalid_token"}`))},
			{"RFC7644-2-04", "the status of a 401 is a number", on401(rewrite.At("", ""), rewrite.ErrorMember("status", rewrite.Number(401)))},
			{"RFC7644-2-04", "a 401 lacks the schema of errors", on401(rewrite.At("", ""), rewrite.ErrorMember("schemas", nil))},
			{"RFC7644-2-04", "a 401 says 403 in its body", on401(rewrite.At("", ""), rewrite.ErrorMember("status", "403"))},
			{"RFC7644-2-04", "a 401 for writing has no body", on401(rewrite.At("POST,PUT,PATCH,DELETE", ""), rewrite.Rewording("application/scim+json", ""))},
			{"RFC7644-2-04", "a 401 for a wrong token has no body", on401(func(r *http.Request) bool { return !anonymously(r) }, rewrite.Rewording("text/plain", ""))},
			{"RFC7644-2-04", "a 401 at the groups is a plain text", on401(func(r *http.Request) bool { return rewrite.Segments(r)[0] == "Groups" }, rewrite.Rewording("text/plain", "Unauthorized"))},

			{"RFC7644-2-05", "the scheme in lower case is refused", unbelieving(rewrite.At("", ""), "bearer ")},
			{"RFC7644-2-05", "the scheme in upper case is refused", unbelieving(rewrite.At("", ""), "BEARER ")},
			{"RFC7644-2-05", "the scheme in lower case is refused for writing", unbelieving(rewrite.At("PUT", ""), "bearer ")},
			{"RFC7644-2-05", "the scheme in mixed case is refused", unbelieving(rewrite.At("", ""), "bEaReR ")},

			{"RFC7644-2-06", "a client without the right to it is answered 401", rewrite.OfTheSecond(rewrite.At("", "/Users/*"), func(a *rewrite.Answer) {
				a.Refuse(scim.Unauthorized("SCIM", "not yours"))
			})},
			{"RFC7644-2-06", "a client without the right to it is answered 400", rewrite.OfTheSecond(rewrite.At("GET", "/Users/*"), func(a *rewrite.Answer) {
				a.Refuse(scim.InvalidValue("not yours"))
			})},
			{"RFC7644-2-06", "every client may read everything", rewrite.Crossing(rewrite.At("GET", "/Users/*"))},
			{"RFC7644-2-06", "every client may delete everything", rewrite.Crossing(rewrite.At("DELETE", "/Users/*"))},
			{"RFC7644-2-06", "every client may replace everything", rewrite.Crossing(rewrite.At("PUT", "/Users/*"))},
			{"RFC7644-2-06", "a client is refused its own", rewrite.OfTheSecond(rewrite.At("GET", "/Users"), func(a *rewrite.Answer) {
				a.Refuse(scim.Forbidden("not yours"))
			})},

			{"RFC7644-2-08", "a beginning of the token will do", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool {
				return given != "Bearer " && len(given) > len("Bearer ") && strings.HasPrefix(good, given)
			})},
			{"RFC7644-2-08", "the token may lack its last character", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool { return given == good[:len(good)-1] })},
			{"RFC7644-2-08", "the token may have more behind it", rewrite.Believing(rewrite.Anywhere, strings.HasPrefix)},
			{"RFC7644-2-08", "the token may have more before it", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool {
				return strings.HasPrefix(given, "Bearer ") && strings.HasSuffix(given, rewrite.TokenOf(good))
			})},
			{"RFC7644-2-08", "the end of the token will do", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool {
				return len(rewrite.TokenOf(given)) > 4 && strings.HasSuffix(rewrite.TokenOf(good), rewrite.TokenOf(given))
			})},
			{"RFC7644-2-08", "tokens have no case", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool { return strings.EqualFold(rewrite.TokenOf(given), rewrite.TokenOf(good)) })},
			{"RFC7644-2-08", "tokens of the right length are not looked at", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool {
				return strings.HasPrefix(given, "Bearer ") && len(given) == len(good)
			})},
			{"RFC7644-2-08", "any name and password will do", rewrite.Believing(rewrite.Anywhere, func(given, _ string) bool { return strings.HasPrefix(given, "Basic YWRtaW46") })},
			{"RFC7644-2-08", "the scheme Basic with the token", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool { return given == "Basic "+rewrite.TokenOf(good) })},
			{"RFC7644-2-08", "the scheme is not looked at", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool {
				return !strings.HasPrefix(strings.ToLower(given), "b") && rewrite.TokenOf(given) == rewrite.TokenOf(good)
			})},
			{"RFC7644-2-08", "the scheme need only begin with Bearer", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool { return given == "BearerX "+rewrite.TokenOf(good) })},
			{"RFC7644-2-08", "an unsigned JWT will do", rewrite.Believing(rewrite.Anywhere, func(given, _ string) bool { return strings.HasPrefix(given, "Bearer eyJhbGciOiJub25l") })},
			{"RFC7644-2-08", "the token null will do", rewrite.Believing(rewrite.Anywhere, func(given, _ string) bool { return given == "Bearer null" })},
			{"RFC7644-2-08", "the token * will do", rewrite.Believing(rewrite.Anywhere, func(given, _ string) bool { return given == "Bearer *" })},
			{"RFC7644-2-08", "an injection will do", rewrite.Believing(rewrite.Anywhere, func(given, _ string) bool { return strings.Contains(given, "' OR '1'='1") })},
			{"RFC7644-2-08", "an apostrophe in a token is a server error", rewrite.BreakingDown(func(r *http.Request) bool {
				return strings.Contains(r.Header.Get("Authorization"), "'")
			})},

			{"RFC7644-2-09", "an empty header will do", rewrite.Believing(rewrite.Anywhere, func(given, _ string) bool { return given == "" })},
			{"RFC7644-2-09", "an empty token will do", rewrite.Believing(rewrite.Anywhere, func(given, _ string) bool { return strings.TrimSpace(given) == "Bearer" })},
			{"RFC7644-2-09", "the scheme may be left out", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool { return given == rewrite.TokenOf(good) })},
			{"RFC7644-2-09", "the space behind the scheme may be left out", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool { return given == "Bearer"+rewrite.TokenOf(good) })},
			{"RFC7644-2-09", "the scheme may stand twice", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool { return given == "Bearer "+good })},
			{"RFC7644-2-09", "spaces within the token are dropped", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool {
				return given != good && strings.ReplaceAll(given, " ", "") == strings.ReplaceAll(good, " ", "")
			})},
			{"RFC7644-2-09", "the second word is enough", rewrite.Believing(rewrite.Anywhere, func(given, good string) bool {
				words := strings.Fields(given)
				return len(words) == 3 && words[1] == rewrite.TokenOf(good)
			})},
			{"RFC7644-2-09", "a header without a space is a server error", rewrite.BreakingDown(func(r *http.Request) bool {
				given := r.Header.Get("Authorization")
				return given != "" && !strings.Contains(given, " ")
			})},
			{"RFC7644-2-09", "a long token is a server error", rewrite.BreakingDown(func(r *http.Request) bool { return len(r.Header.Get("Authorization")) > 2000 })},

			{"RFC7644-2-10", "the refusal of a list contains it", leakingResource(rewrite.At("GET", "/Users"), func(a *rewrite.Answer, found *scim.Object) {
				resources, _ := found.Get("Resources")
				a.Body.Set("Resources", resources)
			})},
			{"RFC7644-2-10", "the refusal of a list tells its length", leakingResource(rewrite.At("GET", "/Users"), func(a *rewrite.Answer, found *scim.Object) {
				total, _ := found.Get("totalResults")
				a.Body.Set("totalResults", total)
			})},
			{"RFC7644-2-10", "the refusal of a user names them", leakingResource(rewrite.At("GET", "/Users/*"), func(a *rewrite.Answer, found *scim.Object) {
				a.Body.Set("detail", "you may not read "+found.String("userName"))
			})},
			{"RFC7644-2-10", "the refusal of a deletion tells the name", leakingResource(rewrite.At("DELETE", "/Users/*"), func(a *rewrite.Answer, found *scim.Object) {
				a.Body.Set("detail", "you may not delete "+found.String("displayName"))
			})},
			{"RFC7644-2-10", "the refusal of a user is the user", leakingResource(rewrite.At("GET", "/Users/*"), func(a *rewrite.Answer, found *scim.Object) { a.Body = found })},
			{"RFC7644-2-10", "the refusal of a search contains its result", leakingResource(rewrite.At("POST", "/Users/.search"), func(a *rewrite.Answer, found *scim.Object) { a.Body = found })},
			{"RFC7644-2-10", "the refusal of a group names its members", leakingResource(rewrite.At("GET", "/Groups/*"), func(a *rewrite.Answer, found *scim.Object) {
				a.Body.Set("members", []any{})
				a.Body.Set("detail", found.String("displayName"))
			})},

			{"RFC7644-2-11", "a token in the URL will do", believingURL("access_token")},

			{"RFC7644-2-12", "discovery is forbidden without credentials", rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), func(r *http.Request, a *rewrite.Answer) {
				if anonymously(r) {
					a.Refuse(scim.Forbidden("log in first"))
				}
			})},
			{"RFC7644-2-12", "the schemas are a server error without credentials", on401(rewrite.At("GET", "/Schemas"), turned401(500))},
			{"RFC7644-2-12", "the resource types are refused with the right token", rewrite.Answers(rewrite.At("GET", "/ResourceTypes"), func(_ *http.Request, a *rewrite.Answer) {
				a.Refuse(scim.Unauthorized("SCIM", "the token is not for this"))
			})},

			{"RFC7644-2-13", "an unknown id is answered 401", turnedInto(404, 401)},
			{"RFC7644-2-13", "a broken body is answered 401", turnedInto(400, 401)},
			{"RFC7644-2-13", "a replacement is answered 401", rewrite.Answers(rewrite.At("PUT", "/*/*"), func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.Unauthorized("SCIM", "no")) })},
		})
}

// openDoors are doors that are open to requests with such credentials.
func openDoors(requirement, how string, such rewrite.Believable) rewrite.Table {
	var all rewrite.Table
	for _, d := range rewrite.Doors {
		if requirement == "RFC7644-2-03" && (d.Name == "look-ups" || strings.HasPrefix(d.Name, "the headers")) {
			continue
		}
		all = append(all, rewrite.Table{{requirement, d.Name + " " + how, rewrite.Believing(d.Chosen, such)}}...)
	}
	return append(all, rewrite.Table{{requirement, "everything " + how, rewrite.Believing(rewrite.At("", ""), such)}}...)
}

// doneAnyway are writes that are refused and done.
func doneAnyway(requirement, how string, such rewrite.Believable) rewrite.Table {
	var all rewrite.Table
	for _, d := range rewrite.Doors {
		write := strings.HasPrefix(d.Name, "the creation") || strings.HasPrefix(d.Name, "the replacement") ||
			strings.HasPrefix(d.Name, "the deletion") || strings.HasPrefix(d.Name, "changes")
		if write {
			all = append(all, rewrite.Table{{requirement, d.Name + " " + how + ": refused and done", refusingAfterwards(d.Chosen, such)}}...)
		}
	}
	return all
}

func lacksCredentials(given, _ string) bool { return given == "" }

func withWrongToken(given, good string) bool {
	return strings.HasPrefix(given, "Bearer ") && given != good
}

// refusingAfterwards does what it was asked for before it refuses.
func refusingAfterwards(chosen rewrite.When, such rewrite.Believable) rewrite.Wrap {
	return rewrite.Keyed(func(k *rewrite.Keyring, w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		given, good := r.Header.Get("Authorization"), k.First()
		if good == "" || k.Has(given) || !chosen(r) || !such(given, good) {
			return false
		}
		r.Header.Set("Authorization", good)
		rewrite.Serve(next, r)
		refusal := &rewrite.Answer{}
		refusal.Refuse(scim.Unauthorized("SCIM", "the credentials are not valid"))
		refusal.Header.Set("WWW-Authenticate", `Bearer realm="SCIM"`)
		refusal.Send(w)
		return true
	})
}

// unbelieving refuses what begins so.
func unbelieving(chosen rewrite.When, prefix string) rewrite.Wrap {
	return rewrite.Answers(chosen, func(r *http.Request, a *rewrite.Answer) {
		if strings.HasPrefix(r.Header.Get("Authorization"), prefix) {
			a.Refuse(scim.Unauthorized("SCIM", "the credentials are not valid"))
		}
	})
}

func believingURL(parameter string) rewrite.Wrap {
	return rewrite.Keyed(func(_ *rewrite.Keyring, _ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if token := r.URL.Query().Get(parameter); token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		return false
	})
}

// on401 rewrites the 401s among the answers to the chosen requests.
func on401(chosen rewrite.When, edit func(r *http.Request, a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Answers(chosen, func(r *http.Request, a *rewrite.Answer) {
		if a.Status == http.StatusUnauthorized {
			edit(r, a)
		}
	})
}

// turned401 turns a 401 into another refusal.
func turned401(status int) func(*http.Request, *rewrite.Answer) {
	return func(_ *http.Request, a *rewrite.Answer) {
		a.Refuse(&scim.Error{Status: status, Detail: "the credentials are not valid"})
		a.Header.Set("WWW-Authenticate", `Bearer realm="SCIM"`)
	}
}

func anonymously(r *http.Request) bool { return r.Header.Get("Authorization") == "" }

// rechallenged replaces or removes WWW-Authenticate.
func rechallenged(value string) func(*http.Request, *rewrite.Answer) {
	return func(_ *http.Request, a *rewrite.Answer) {
		a.Header.Del("WWW-Authenticate")
		if value != "" {
			a.Header.Set("WWW-Authenticate", value)
		}
	}
}

// leakingResource puts the resource that a request is about into its refusal.
func leakingResource(chosen rewrite.When, put func(a *rewrite.Answer, found *scim.Object)) rewrite.Wrap {
	return rewrite.Keyed(func(k *rewrite.Keyring, w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		good := k.First()
		if k.Has(r.Header.Get("Authorization")) || good == "" || !chosen(r) {
			return false
		}
		a := rewrite.Serve(next, r)
		known := r.Clone(r.Context())
		known.Header.Set("Authorization", good)
		path := strings.Join(rewrite.Segments(r), "/")
		if strings.HasSuffix(path, ".search") {
			path = "Users"
		}
		if found := rewrite.Ask(next, known, http.MethodGet, path, nil); found.Body != nil && a.Body != nil {
			put(a, found.Body)
		}
		a.Send(w)
		return true
	})
}

// turnedInto answers one status for another.
func turnedInto(from, to int) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("", ""), func(_ *http.Request, a *rewrite.Answer) {
		if a.Status == from {
			a.Refuse(&scim.Error{Status: to, Detail: "the request is refused"})
		}
	})
}

// lockingOut refuses everybody once somebody was refused.
func lockingOut() rewrite.Wrap {
	return func(next http.Handler) http.Handler {
		locked := make(chan struct{}, 1)
		return rewrite.Answers(rewrite.At("", ""), func(_ *http.Request, a *rewrite.Answer) {
			if len(locked) > 0 {
				a.Refuse(scim.Unauthorized("SCIM", "too many failures"))
			}
			if a.Status == http.StatusUnauthorized {
				select {
				case locked <- struct{}{}:
				default:
				}
			}
		})(next)
	}
}
