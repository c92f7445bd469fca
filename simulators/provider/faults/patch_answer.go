package faults

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchAnswerFaults are about the answer to a PATCH, and about what it tells of the change.
func patchAnswerFaults() []Fault {
	return []Fault{
		{"RFC7644-3.5.2-14", "a PATCH answers 201", successIs("PATCH", "/*/*", http.StatusCreated)},
		{"RFC7644-3.5.2-14", "a PATCH answers 202", successIs("PATCH", "/*/*", http.StatusAccepted)},
		{"RFC7644-3.5.2-14", "a PATCH of a group answers 202", successIs("PATCH", "/Groups/*", http.StatusAccepted)},
		{"RFC7644-3.5.2-14", "a PATCH answers 200 without a body", answers(at("PATCH", "/*/*"), func(_ *http.Request, a *answer) { a.body, a.raw = nil, nil })},
		{"RFC7644-3.5.2-14", "a PATCH answers with the resource as it was", answersWithBefore("PATCH", "/Users/*", copyOver)},
		{"RFC7644-3.5.2-14", "a PATCH of a group answers with the group as it was", answersWithBefore("PATCH", "/Groups/*", copyOver)},
		{"RFC7644-3.5.2-14", "a PATCH answers with the version as it was", answersWithBefore("PATCH", "/*/*", func(before, body *scim.Object) {
			metaAsBefore("version")(change{before: before, now: body})
		})},
		{"RFC7644-3.5.2-14", "a PATCH answers with the id only", shown(at("PATCH", "/*/*"), func(o *scim.Object) {
			*o = *scim.NewObject(scim.Member{Name: "schemas", Value: o.Array("schemas")}, scim.Member{Name: "id", Value: o.String("id")})
		})},
		{"RFC7644-3.5.2-14", "a PATCH answers without the lists", shown(at("PATCH", "/*/*"), func(o *scim.Object) {
			o.Delete("emails")
			o.Delete("members")
		})},
		{"RFC7644-3.5.2-14", "a PATCH answers with its own operations", patchAnswersWithRequest()},
		{"RFC7644-3.5.2-14", "a PATCH that changes nothing answers 304", answersUnchanged(http.StatusNotModified)},
		{"RFC7644-3.5.2-14", "a removal answers with what was removed", patchAnswers("/Users/*", does("remove", "externalId"), func(a *answer) {
			a.body.Set("externalId", "removed")
		})},

		{"RFC7644-3.5.2-15", "the attributes parameter is ignored by PATCH", requests(at("PATCH", "/*/*"), func(r *http.Request, _ *scim.Object) { r.URL.RawQuery = "" })},
		{"RFC7644-3.5.2-15", "a PATCH answers 204 although attributes were asked for", answers(at("PATCH", "/*/*"), func(_ *http.Request, a *answer) {
			if a.ok() {
				*a = answer{status: http.StatusNoContent, header: http.Header{}}
			}
		})},
		{"RFC7644-3.5.2-15", "a PATCH of a group answers 204 although attributes were asked for", answers(at("PATCH", "/Groups/*"), func(_ *http.Request, a *answer) {
			if a.ok() {
				*a = answer{status: http.StatusNoContent, header: http.Header{}}
			}
		})},
		{"RFC7644-3.5.2-15", "a PATCH answers with the changed attribute instead of the asked", answers(at("PATCH", "/Users/*"), func(r *http.Request, a *answer) {
			if a.ok() && r.URL.Query().Get("attributes") == "externalId" {
				a.body.Set("displayName", "After")
			}
		})},
		{"RFC7644-3.5.2-15", "a PATCH answers with no attribute but the id", answers(at("PATCH", "/*/*"), func(r *http.Request, a *answer) {
			if a.ok() && r.URL.Query().Get("attributes") != "" {
				a.body.Delete(r.URL.Query().Get("attributes"))
			}
		})},
		{"RFC7644-3.5.2-15", "excludedAttributes are ignored by PATCH", requests(at("PATCH", "/*/*"), func(r *http.Request, _ *scim.Object) {
			if r.URL.Query().Has("excludedAttributes") {
				r.URL.RawQuery = ""
			}
		})},
		{"RFC7644-3.5.2-15", "a PATCH with parameters changes nothing", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if at("PATCH", "/*/*")(r) && r.URL.RawQuery != "" {
					r.Method, r.Body = http.MethodGet, http.NoBody
				}
				next.ServeHTTP(w, r)
			})
		}},
		{"RFC7644-3.5.2-15", "a PATCH with parameters answers 400", refusesWithQuery()},

		{"RFC7644-3.5.2-19", "a PATCH of a deleted resource answers 400", missingBecomes("PATCH", "/*/*", http.StatusBadRequest)},
		{"RFC7644-3.5.2-19", "a PATCH of a deleted resource answers 500", missingBecomes("PATCH", "/*/*", http.StatusInternalServerError)},
		{"RFC7644-3.5.2-19", "a PATCH of a deleted user answers 204", missingBecomes("PATCH", "/Users/*", http.StatusNoContent)},
		{"RFC7644-3.5.2-19", "a PATCH of a deleted group answers 204", missingBecomes("PATCH", "/Groups/*", http.StatusNoContent)},
		{"RFC7644-3.5.2-19", "a PATCH of a deleted user answers 409", missingBecomes("PATCH", "/Users/*", http.StatusConflict)},

		{"RFC7644-3.5.2-24", "a taken userName is ignored", takesTheName("PATCH")},
		{"RFC7644-3.5.2-24", "a taken userName answers 500", refusalsBecome(scim.Internal("constraint"))},
		{"RFC7644-3.5.2-24", "a taken userName is ignored without a path", ignores("/Users/*", namesInValue("userName"))},
		{"RFC7644-3.5.2-24", "a taken userName answers mutability", errorsBecome("/Users/*", always, http.StatusBadRequest, "mutability")},

		{"RFC7644-3.5.2-25", "an error has no body", patchAnswers("/*/*", always, func(a *answer) {
			if !a.ok() {
				a.body, a.raw = nil, nil
			}
		})},
		{"RFC7644-3.5.2-25", "an error is a page", patchAnswers("/*/*", always, func(a *answer) {
			if !a.ok() {
				a.body, a.raw = nil, []byte("<html><body>Bad Request</body></html>")
			}
		})},
		{"RFC7644-3.5.2-25", "an error has no schemas", patchAnswers("/*/*", always, func(a *answer) {
			if !a.ok() {
				a.body.Delete("schemas")
			}
		})},
		{"RFC7644-3.5.2-25", "an error tells another status", patchAnswers("/*/*", always, func(a *answer) {
			if !a.ok() {
				a.body.Set("status", "500")
			}
		})},
		{"RFC7644-3.5.2-25", "an error of a missing target is a plain text", patchAnswers("/*/*", does("replace", "["), func(a *answer) {
			if !a.ok() {
				a.body, a.raw = nil, []byte("no target")
			}
		})},

		{"RFC7644-3.5.2-26", "a renamed user is found by the former name", staleIndex("PATCH", "/Users/*", "userName")},
		{"RFC7644-3.5.2-26", "a renamed group is found by the former name", staleIndex("PATCH", "/Groups/*", "displayName")},
		{"RFC7644-3.5.2-26", "a former user name stays taken", formerNameStaysTaken()},

		{"RFC7644-3.5.2-27", "the Location of a PATCH is that of the collection", answers(at("PATCH", "/*/*"), func(_ *http.Request, a *answer) {
			if location := a.header.Get("Location"); a.ok() {
				a.header.Set("Location", location[:strings.LastIndex(location, "/")])
			}
		})},
		{"RFC7644-3.5.2-27", "the ETag of a PATCH is always the same", answers(at("PATCH", "/*/*"), func(_ *http.Request, a *answer) {
			if a.ok() {
				a.header.Set("ETag", `W/"1"`)
			}
		})},

		{"RFC7644-3.5.2-29", "the answer to a PATCH shows the password", showsPassword("PATCH", false)},
		{"RFC7644-3.5.2-29", "a GET shows the password that a PATCH has set", showsPassword("PATCH", true)},
	}
}

// patchAnswersWithRequest sends the request's body back.
func patchAnswersWithRequest() Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("PATCH", "/*/*")(r) {
				next.ServeHTTP(w, r)
				return
			}
			sent := bodyOf(r)
			a := serve(next, r)
			if a.ok() {
				a.body = sent
			}
			a.send(w)
		})
	}
}

// answersUnchanged gives a PATCH that changed nothing another status.
func answersUnchanged(status int) Wrap {
	return answersWithBeforeAnd("PATCH", "/*/*", func(before *scim.Object, a *answer) {
		if scim.Equal(before, a.body) {
			*a = answer{status: status, header: http.Header{}}
		}
	})
}

func answersWithBeforeAnd(methods, place string, edit func(before *scim.Object, a *answer)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at(methods, place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			before := current(next, r)
			a := serve(next, r)
			if a.ok() && a.body != nil {
				edit(before, a)
			}
			a.send(w)
		})
	}
}

// refusesWithQuery refuses a PATCH with parameters.
func refusesWithQuery() Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", "/*/*")(r) && r.URL.RawQuery != "" {
				a := &answer{}
				a.refuse(scim.InvalidSyntax("PATCH takes no parameters"))
				a.send(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// formerNameStaysTaken refuses a new user under a name that another one had.
func formerNameStaysTaken() Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		former := map[string]bool{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case at("PATCH", "/Users/*")(r):
				former[current(next, r).String("userName")] = true
			case at("POST", "/Users")(r) && former[bodyOf(r).String("userName")]:
				a := &answer{}
				a.refuse(scim.UniquenessError("the name is taken"))
				a.send(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// showsPassword puts the password that a change sets into its answer, or into
// every later look at the resource too.
func showsPassword(method string, later bool) Wrap {
	return comesTo(method, "/*/*", func(c change) {
		password := c.sent.String("password")
		for _, op := range c.operations() {
			if op.String("path") == "password" {
				password = op.String("value")
			}
			if v := op.Object("value").String("password"); v != "" {
				password = v
			}
		}
		if password != "" && c.later == later {
			c.now.Set("password", password)
		}
	})
}
