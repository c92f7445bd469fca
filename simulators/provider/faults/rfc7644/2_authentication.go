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
			{"RFC7644-2-01", "a request without credentials is answered 403", rewrite.OnStatus(anonymously, http.StatusUnauthorized, turned401(403))},
			{"RFC7644-2-01", "a request without credentials is answered 404", rewrite.OnStatus(anonymously, http.StatusUnauthorized, turned401(404))},
			{"RFC7644-2-01", "a request without credentials is answered 400", rewrite.OnStatus(anonymously, http.StatusUnauthorized, turned401(400))},
			{"RFC7644-2-01", "a request without credentials is a server error", rewrite.OnStatus(anonymously, http.StatusUnauthorized, turned401(500))},
			{"RFC7644-2-01", "a deletion without credentials is answered 204", rewrite.OnStatus(rewrite.At("DELETE", "/*/*"), http.StatusUnauthorized, func(_ *http.Request, a *rewrite.Answer) {
				*a = *rewrite.NewAnswer(http.StatusNoContent, nil)
			})},
			{"RFC7644-2-01", "a request without credentials is led to a login page", rewrite.OnStatus(anonymously, http.StatusUnauthorized, func(_ *http.Request, a *rewrite.Answer) {
				a.Status = http.StatusFound
				a.Header.Set("Location", "/login")
			})},
			{"RFC7644-2-01", "a refusal comes with the status 200", rewrite.OnStatus(anonymously, http.StatusUnauthorized, func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
			{"RFC7644-2-01", "the lists answer an empty list without credentials", rewrite.OnStatus(rewrite.At("GET", "/*"), http.StatusUnauthorized, func(_ *http.Request, a *rewrite.Answer) {
				l := scim.List{StartIndex: 1}
				*a = *rewrite.NewAnswer(200, l.Object())
			})},
			{"RFC7644-2-01", "the body is looked at before the credentials", rewrite.Answers(rewrite.At("POST", "/Users"), func(r *http.Request, a *rewrite.Answer) {
				if body := rewrite.BodyOf(r); anonymously(r) && body != nil && body.String("userName") == "" {
					a.Refuse(scim.InvalidValue("userName is required"))
				}
			})},
			{"RFC7644-2-01", "an unknown id is told without credentials", rewrite.OnStatus(rewrite.At("GET", "/Users/*"), http.StatusUnauthorized, func(r *http.Request, a *rewrite.Answer) {
				if strings.HasSuffix(r.URL.Path, "unknown") {
					a.Refuse(scim.NotFound("User", "unknown"))
				}
			})},

			{"RFC7644-2-02", "no WWW-Authenticate", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rechallenged(""))},
			{"RFC7644-2-02", "no WWW-Authenticate without credentials", rewrite.OnStatus(anonymously, http.StatusUnauthorized, rechallenged(""))},
			{"RFC7644-2-02", "no WWW-Authenticate for a wrong token", rewrite.OnStatus(func(r *http.Request) bool { return !anonymously(r) }, http.StatusUnauthorized, rechallenged(""))},
			{"RFC7644-2-02", "no WWW-Authenticate for writing", rewrite.OnStatus(rewrite.At("POST,PUT,PATCH,DELETE", ""), http.StatusUnauthorized, rechallenged(""))},
			{"RFC7644-2-02", "no WWW-Authenticate at the groups", rewrite.OnStatus(func(r *http.Request) bool { return rewrite.Segments(r)[0] == "Groups" }, http.StatusUnauthorized, rechallenged(""))},
			{"RFC7644-2-02", "no WWW-Authenticate for a single user", rewrite.OnStatus(rewrite.At("GET", "/Users/*"), http.StatusUnauthorized, rechallenged(""))},
			{"RFC7644-2-02", "WWW-Authenticate is empty", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rechallenged(" "))},
			{"RFC7644-2-02", "WWW-Authenticate names Basic only", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rechallenged(`Basic realm="SCIM"`))},
			{"RFC7644-2-02", "WWW-Authenticate has no scheme", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rechallenged(`realm="Bearer"`))},

			{"RFC7644-2-03", "a wrong token is answered 403", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, turned401(403))},
			{"RFC7644-2-03", "a wrong token is answered 403 for writing", rewrite.OnStatus(rewrite.At("POST,PUT,PATCH,DELETE", ""), http.StatusUnauthorized, turned401(403))},
			{"RFC7644-2-03", "a wrong token is answered 404 at the groups", rewrite.OnStatus(rewrite.At("", "/Groups/*"), http.StatusUnauthorized, turned401(404))},
			{"RFC7644-2-03", "a wrong token is a server error", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, turned401(500))},
			{"RFC7644-2-03", "after a wrong token the right one is refused too", lockingOut()},

			{"RFC7644-2-04", "a 401 has a plain text", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.ReplaceBody("text/plain", "Unauthorized\n"))},
			{"RFC7644-2-04", "a 401 has no body", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.ReplaceBody("application/scim+json", ""))},
			{"RFC7644-2-04", "a 401 is a page", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.ReplaceBody("text/html", "<!doctype html><title>401</title>Unauthorized"))},
			{"RFC7644-2-04", "a 401 is JSON of another kind", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.ReplaceBody("application/json", `{"error":"invalid_token"}`))},
			{"RFC7644-2-04", "the status of a 401 is a number", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.SetMember("status", rewrite.Number(401)))},
			{"RFC7644-2-04", "a 401 lacks the schema of errors", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.SetMember("schemas", nil))},
			{"RFC7644-2-04", "a 401 says 403 in its body", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.SetMember("status", "403"))},
			{"RFC7644-2-04", "a 401 for writing has no body", rewrite.OnStatus(rewrite.At("POST,PUT,PATCH,DELETE", ""), http.StatusUnauthorized, rewrite.ReplaceBody("application/scim+json", ""))},
			{"RFC7644-2-04", "a 401 for a wrong token has no body", rewrite.OnStatus(func(r *http.Request) bool { return !anonymously(r) }, http.StatusUnauthorized, rewrite.ReplaceBody("text/plain", ""))},
			{"RFC7644-2-04", "a 401 at the groups is a plain text", rewrite.OnStatus(func(r *http.Request) bool { return rewrite.Segments(r)[0] == "Groups" }, http.StatusUnauthorized, rewrite.ReplaceBody("text/plain", "Unauthorized"))},

			{"RFC7644-2-05", "the scheme in lower case is refused", unbelieving(rewrite.Anywhere, "bearer ")},
			{"RFC7644-2-05", "the scheme in upper case is refused", unbelieving(rewrite.Anywhere, "BEARER ")},
			{"RFC7644-2-05", "the scheme in lower case is refused for writing", unbelieving(rewrite.At("PUT", ""), "bearer ")},
			{"RFC7644-2-05", "the scheme in mixed case is refused", unbelieving(rewrite.Anywhere, "bEaReR ")},

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
			{"RFC7644-2-08", "an injection will do", rewrite.Believing(rewrite.Anywhere, func(given, _ string) bool { return strings.Contains(given, "' OR '1'='1") })},
			{"RFC7644-2-08", "an apostrophe in a token is a server error", rewrite.Break(func(r *http.Request) bool {
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
			{"RFC7644-2-09", "a header without a space is a server error", rewrite.Break(func(r *http.Request) bool {
				given := r.Header.Get("Authorization")
				return given != "" && !strings.Contains(given, " ")
			})},
			{"RFC7644-2-09", "a long token is a server error", rewrite.Break(func(r *http.Request) bool { return len(r.Header.Get("Authorization")) > 2000 })},

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
			{"RFC7644-2-12", "the schemas are a server error without credentials", rewrite.OnStatus(rewrite.At("GET", "/Schemas"), http.StatusUnauthorized, turned401(500))},
			{"RFC7644-2-12", "the resource types are refused with the right token", rewrite.Answers(rewrite.At("GET", "/ResourceTypes"), func(_ *http.Request, a *rewrite.Answer) {
				a.Refuse(scim.Unauthorized("SCIM", "the token is not for this"))
			})},

			{"RFC7644-2-13", "an unknown id is answered 401", turnedInto(404, 401)},
			{"RFC7644-2-13", "a broken body is answered 401", turnedInto(400, 401)},
			{"RFC7644-2-13", "a replacement is answered 401", rewrite.Answers(rewrite.At("PUT", "/*/*"), func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.Unauthorized("SCIM", "no")) })},
		})
}

// openDoors are the faults of a provider with a door that opens to such credentials.
func openDoors(requirement, how string, such rewrite.Believable) rewrite.Table {
	var all rewrite.Table
	for _, d := range rewrite.Doors {
		if requirement == "RFC7644-2-03" && (d.Name == "look-ups" || strings.HasPrefix(d.Name, "the headers")) {
			continue
		}
		all = append(all, rewrite.Table{{requirement, d.Name + " " + how, rewrite.Believing(d.Chosen, such)}}...)
	}
	return append(all, rewrite.Table{{requirement, "everything " + how, rewrite.Believing(rewrite.Anywhere, such)}}...)
}

// doneAnyway are the faults of a provider that refuses a write and makes it.
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

// refusingAfterwards makes the change before it refuses it.
func refusingAfterwards(chosen rewrite.When, such rewrite.Believable) rewrite.Wrap {
	return rewrite.Keyed(func(k *rewrite.Keyring, next http.Handler, r *http.Request) *rewrite.Answer {
		given, good := r.Header.Get("Authorization"), k.First()
		if good == "" || k.Has(given) || !chosen(r) || !such(given, good) {
			return nil
		}
		r.Header.Set("Authorization", good)
		rewrite.Serve(next, r)
		refusal := &rewrite.Answer{}
		refusal.Refuse(scim.Unauthorized("SCIM", "the credentials are not valid"))
		refusal.Header.Set("WWW-Authenticate", `Bearer realm="SCIM"`)
		return refusal
	})
}

// unbelieving refuses credentials with this prefix.
func unbelieving(chosen rewrite.When, prefix string) rewrite.Wrap {
	return rewrite.Answers(chosen, func(r *http.Request, a *rewrite.Answer) {
		if strings.HasPrefix(r.Header.Get("Authorization"), prefix) {
			a.Refuse(scim.Unauthorized("SCIM", "the credentials are not valid"))
		}
	})
}

func believingURL(parameter string) rewrite.Wrap {
	return rewrite.Keyed(func(_ *rewrite.Keyring, _ http.Handler, r *http.Request) *rewrite.Answer {
		if token := r.URL.Query().Get(parameter); token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		return nil
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
	return rewrite.Keyed(func(k *rewrite.Keyring, next http.Handler, r *http.Request) *rewrite.Answer {
		good := k.First()
		if k.Has(r.Header.Get("Authorization")) || good == "" || !chosen(r) {
			return nil
		}
		a := rewrite.Serve(next, r)
		known := r.Clone(r.Context())
		known.Header.Set("Authorization", good)
		path := rewrite.PlaceOf(r)
		if strings.HasSuffix(path, ".search") {
			path = "Users"
		}
		if found := rewrite.Ask(next, known, http.MethodGet, path, nil); found.Body != nil && a.Body != nil {
			put(a, found.Body)
		}
		return a
	})
}

// turnedInto answers one status for another.
func turnedInto(from, to int) rewrite.Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
		if a.Status == from {
			a.Refuse(&scim.Error{Status: to, Detail: "the request is refused"})
		}
	})
}

// lockingOut refuses every request after one was refused.
func lockingOut() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		locked := make(chan struct{}, 1)
		return rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if len(locked) > 0 {
				a.Refuse(scim.Unauthorized("SCIM", "too many failures"))
			}
			if a.Status == http.StatusUnauthorized {
				select {
				case locked <- struct{}{}:
				default:
				}
			}
		})
	})
}
