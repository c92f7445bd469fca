package faults

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// guideFaults are what a target of Duo can get wrong while the guide is played.
func guideFaults() []Fault {
	return []Fault{
		{"CSA-INTEGRATE-02", "a token that was replaced goes on working", onceServed},
		{"CSA-INTEGRATE-03", "every token leads to the first directory", tokens(func(known []string, _ string) string { return known[0] })},
		{"CSA-AUTH-01", "the users are listed without being a list", answers(at("GET", "/Users"), func(_ *http.Request, a *answer) { a.body.Delete("schemas") })},
		{"CSA-AUTH-01", "the right token is refused", forbidden(at("GET", "/Users"), scim.Forbidden("no"))},
		{"CSA-AUTH-02", "a wrong token is served", tokens(func(known []string, _ string) string { return known[0] })},
		{"CSA-AUTH-02", "no token is needed", anonymous},
		{"CSA-AUTH-02", "a wrong token is answered 200 with nobody", answers(at("GET", "/Users"), func(_ *http.Request, a *answer) {
			if a.status == http.StatusUnauthorized {
				a.status = http.StatusOK
			}
		})},
		{"CSA-AUTH-02", "a refusal shows users", answers(at("GET", "/Users"), func(_ *http.Request, a *answer) {
			if a.status == http.StatusUnauthorized {
				a.body.Set("Resources", []any{scim.NewObject(scim.Member{Name: "userName", Value: "ada"})})
			}
		})},
		{"CSA-CONNECT-01", "the list of users cannot be read", answers(at("GET", "/Users"), func(_ *http.Request, a *answer) { a.raw, a.body = []byte("OK"), nil })},
		{"CSA-CONNECT-02", "a wrong token connects", tokens(func(known []string, _ string) string { return known[0] })},
		{"CSA-MAP-01", "the display name is dropped", dropped("displayName")},
		{"CSA-MAP-01", "the e-mail addresses are dropped", dropped("emails")},
		{"CSA-MAP-01", "the family name is dropped", droppedName("familyName")},
		{"CSA-MAP-01", "letters outside ASCII are replaced", requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if body != nil {
				body.Set("displayName", strings.Map(func(r rune) rune { return min(r, '\x7f') }, body.String("displayName")))
			}
		})},
		{"CSA-MAP-02", "the extension of Secure Access is dropped", requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			for name := range body.Clone().All() {
				if strings.Contains(name, "ciscoumbrella") {
					body.Delete(name)
				}
			}
		})},
		{"CSA-MAP-03", "the formatted name is dropped", droppedName("formatted")},
		{"CSA-MAP-04", "a user without a display name is refused", refuseUsers(func(body *scim.Object) bool { return body.String("displayName") == "" })},
		{"CSA-MAP-05", "a user without a userName is given one", requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if body != nil && body.String("userName") == "" {
				body.Set("userName", "user-"+body.String("displayName"))
			}
		})},
		{"CSA-MAP-06", "changes are answered and not made", unchanged(at("PATCH,PUT", "/Users/*"))},
		{"CSA-MAP-06", "a change of one attribute clears another", shown(at("GET", "/Users/*"), func(o *scim.Object) {
			if o.Object("name").String("familyName") == "Rojas" {
				o.Delete("displayName")
			}
		})},
		{"CSA-MAP-06", "the userName cannot be changed", requests(at("PATCH", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			dropOperations(body, func(op *scim.Object) bool { return op.String("path") == "userName" })
		})},
		{"CSA-MAP-06", "removing a value does nothing", requests(at("PATCH", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			dropOperations(body, func(op *scim.Object) bool { return op.String("op") == "remove" })
		})},
		{"CSA-SYNC-01", "users are created disabled", requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if body != nil {
				body.Set("active", false)
			}
		})},
		{"CSA-SYNC-01", "a created user is not found", filtersFindNothing("/Users")},
		{"CSA-SYNC-02", "members are dropped", requests(at("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			dropOperations(body, func(*scim.Object) bool { return true })
		})},
		{"CSA-SYNC-02", "only the first of several members is taken", requests(at("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			eachOperation(body, func(op *scim.Object) {
				if list := op.Array("value"); len(list) > 1 {
					op.Set("value", list[:1])
				}
			})
		})},
		{"CSA-SYNC-03", "a user that exists is not found", filtersFindNothing("/Users")},
		{"CSA-SYNC-04", "a disabled user cannot be enabled", requests(at("PATCH,PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			dropOperations(body, func(op *scim.Object) bool { return op.String("path") == "active" })
		})},
		{"CSA-SYNC-05", "filters are ignored", requests(at("GET", "/Users"), func(r *http.Request, _ *scim.Object) { editQuery(r, func(q url.Values) { q.Del("filter") }) })},
		{"CSA-SYNC-05", "names are matched with their case", hiddenBy(func(o *scim.Object, filter string) bool { return !strings.Contains(filter, o.String("userName")) })},
		{"CSA-SYNC-06", "a second user of a name is accepted", twice},
		{"CSA-SYNC-06", "a duplicate answers 400", answers(at("POST", "/Users"), func(_ *http.Request, a *answer) {
			if a.status == http.StatusConflict {
				a.refuse(scim.InvalidValue("taken"))
			}
		})},
		{"CSA-SYNC-07", "adding a member removes the others", requests(at("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			eachOperation(body, func(op *scim.Object) {
				if op.String("op") == "add" {
					op.Set("op", "replace")
				}
			})
		})},
		{"CSA-SYNC-08", "removing a member empties every group", func(next http.Handler) http.Handler {
			return answers(at("PATCH", "/Groups/*"), func(r *http.Request, _ *answer) {
				emptyGroups(next, r)
			})(next)
		}},
		{"CSA-SYNC-08", "members are not removed", requests(at("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			dropOperations(body, func(op *scim.Object) bool { return op.String("op") == "remove" })
		})},
		{"CSA-SYNC-09", "a group cannot be renamed", requests(at("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			dropOperations(body, func(op *scim.Object) bool { return op.String("path") == "displayName" })
		})},
		{"CSA-SYNC-10", "a group that exists is not found", filtersFindNothing("/Groups")},
		{"CSA-SYNC-11", "totalResults is a string", answers(at("GET", "/Users"), func(_ *http.Request, a *answer) {
			if total, ok := a.body.Get("totalResults"); ok {
				text, _ := scim.Marshal(total)
				a.body.Set("totalResults", string(text))
			}
		})},
		{"CSA-SYNC-11", "a created user has no meta", shown(at("POST", "/Users"), func(o *scim.Object) { o.Delete("meta") })},
		{"CSA-LIMIT-01", "users are refused as well", refuseUsers(func(body *scim.Object) bool { return strings.HasPrefix(body.String("userName"), "miguel") })},
		{"CSA-DEPROV-01", "a deactivated user is deleted", func(next http.Handler) http.Handler {
			return answers(at("PATCH", "/Users/*"), func(r *http.Request, a *answer) {
				if active, _ := a.body.Get("active"); active == false {
					ask(next, r, http.MethodDelete, "Users/"+url.PathEscape(segments(r)[1]), nil)
				}
			})(next)
		}},
		{"CSA-DEPROV-01", "a deactivation is answered and not made", unchanged(at("PATCH", "/Users/*"))},
		{"CSA-DEPROV-02", "a deletion is answered and not made", unchanged(at("DELETE", "/Users/*"))},
		{"CSA-DEPROV-02", "a deletion only disables", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !at("DELETE", "/Users/*")(r) {
					next.ServeHTTP(w, r)
					return
				}
				disable := scim.NewObject(
					scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
					scim.Member{Name: "Operations", Value: []any{scim.NewObject(
						scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "path", Value: "active"}, scim.Member{Name: "value", Value: false},
					)}},
				)
				ask(next, r, http.MethodPatch, "Users/"+url.PathEscape(segments(r)[1]), disable)
				w.WriteHeader(http.StatusNoContent)
			})
		}},
		{"CSA-DEPROV-03", "the members of a group are disabled", shown(at("GET", "/Users/*"), func(o *scim.Object) {
			if len(o.Array("groups")) > 0 {
				o.Set("active", false)
			}
		})},
		{"CSA-DEPROV-04", "a deactivated user loses its name", shown(at("GET", "/Users/*"), func(o *scim.Object) {
			if active, _ := o.Get("active"); active == false {
				o.Delete("name")
			}
		})},
		{"CSA-DEPROV-05", "a returning user stays disabled", requests(at("PATCH,PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			dropOperations(body, func(op *scim.Object) bool { v, _ := op.Get("value"); return v == true })
		})},
		{"CSA-DEPROV-06", "the name of a deleted user stays taken", nameStaysTaken},
		{"CSA-DEPROV-07", "a deactivated user is not found by name", hidden(func(o *scim.Object) bool { active, _ := o.Get("active"); return active == false })},
		{"CSA-VERIFY-01", "names are kept in capitals", requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if body != nil {
				body.Set("displayName", strings.ToUpper(body.String("displayName")))
			}
		})},
		{"CSA-VERIFY-02", "group names are kept in capitals", requests(at("POST", "/Groups"), func(_ *http.Request, body *scim.Object) {
			if body != nil {
				body.Set("displayName", strings.ToUpper(body.String("displayName")))
			}
		})},
		{"CSA-VERIFY-03", "a user is created together with a shadow", func(next http.Handler) http.Handler {
			return answers(at("POST", "/Users"), func(r *http.Request, a *answer) {
				shadow := scim.NewObject(
					scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
					scim.Member{Name: "userName", Value: "shadow-of-" + a.body.String("userName")},
				)
				ask(next, r, http.MethodPost, "Users", shadow)
			})(next)
		}},
		{"CSA-VERIFY-04", "authName is dropped", requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			for name := range body.Clone().All() {
				if extension := body.Object(name); strings.Contains(name, "ciscoumbrella") && extension != nil {
					extension.Delete("authName")
				}
			}
		})},
		{"CSA-VERIFY-05", "a deletion is answered and not made", unchanged(at("DELETE", "/Users/*"))},
		{"CSA-VERIFY-06", "a list leaves the newest resource out", answers(at("GET", "/*"), func(r *http.Request, a *answer) {
			if list := a.body.Array("Resources"); len(list) > 0 && !r.URL.Query().Has("filter") {
				a.body.Set("Resources", list[:len(list)-1])
			}
		})},
		{"CSA-VERIFY-07", "a list shows other values than the user itself", shown(at("GET", "/Users"), func(o *scim.Object) { o.Set("displayName", "Somebody") })},
		{"CSA-VERIFY-08", "a user names another group", shown(at("GET", "/Users/*"), func(o *scim.Object) {
			for _, g := range o.Array("groups") {
				g.(*scim.Object).Set("value", "another")
			}
		})},
		{"CSA-GUIDE-01", "users cannot be created", forbidden(at("POST", "/Users"), scim.Forbidden("read-only"))},
		{"CSA-GUIDE-01", "groups cannot be created", forbidden(at("POST", "/Groups"), scim.NotImplemented("no groups"))},
	}
}
