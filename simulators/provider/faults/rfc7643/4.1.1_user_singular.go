package rfc7643

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// userSingularFaults violate features/rfc7643/4.1.1_user_singular.feature.
func userSingularFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-4.1.1-01", "a new user without userName gets one", rewrite.Requests(rewrite.At("POST", "/Users"), nameIfNone)},
		{"RFC7643-4.1.1-01", "a new user without userName is an internal error", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), withoutName, scim.Internal("not null"))},
		{"RFC7643-4.1.1-01", "a new user without userName is ignored", answeringInstead(rewrite.At("POST", "/Users"), withoutName, http.StatusNoContent)},
		{"RFC7643-4.1.1-01", "a PUT without userName takes it away", rewrite.InTurn(
			rewrite.After(putNameless, rewrite.Part("userName", rewrite.ToGone)), rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), "userName", withoutName))},
		{"RFC7643-4.1.1-01", "a PATCH takes the userName away", rewrite.InTurn(
			rewrite.After(rewrite.PatchTo("userName"), rewrite.Part("userName", rewrite.ToGone)), rewrite.Ignore(rewrite.PatchTo("userName"), rewrite.AnyBody))},
		{"RFC7643-4.1.1-01", "a PATCH that removes the userName is ignored", rewrite.Ignore(rewrite.PatchTo("userName"), rewrite.AnyBody)},
		{"RFC7643-4.1.1-01", "users in lists have no userName", rewrite.EditShown(rewrite.InUserLists, "userName", rewrite.ToGone)},
		{"RFC7643-4.1.1-01", "the answer to a PATCH has no userName", rewrite.EditShown(rewrite.At("PATCH", "/Users/*"), "userName", rewrite.ToGone)},

		{"RFC7643-4.1.1-02", "a new user may have an empty userName", rewrite.InTurn(
			rewrite.StoreAsSent(rewrite.At("POST", "/Users"), "userName", isEmpty), rewrite.Requests(rewrite.At("POST", "/Users"), nameIfNone))},
		{"RFC7643-4.1.1-02", "a new user with an empty userName gets one", rewrite.Requests(rewrite.At("POST", "/Users"), nameIfNone)},
		{"RFC7643-4.1.1-02", "a PUT may empty the userName", rewrite.InTurn(
			rewrite.After(putNameless, rewrite.Part("userName", rewrite.ToValue(""))), rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), "userName", withoutName))},
		{"RFC7643-4.1.1-02", "a PATCH with an empty userName is ignored", rewrite.Ignore(rewrite.PatchTo("userName"), rewrite.AnyBody)},
		{"RFC7643-4.1.1-02", "an empty userName is an internal error", rewrite.RefuseBodies(rewrite.AnyOf(rewrite.At("POST", "/Users"), rewrite.At("PUT", "/Users/*")), withoutName, scim.Internal("check"))},

		{"RFC7643-4.1.1-03", "a new user may have a blank userName", rewrite.EditSent(rewrite.At("POST", "/Users"), "userName", rewrite.ToText(rewrite.FillBlank))},
		{"RFC7643-4.1.1-03", "a PUT may blank the userName", rewrite.EditSent(rewrite.At("PUT", "/Users/*"), "userName", rewrite.ToText(rewrite.FillBlank))},

		{"RFC7643-4.1.1-04", "two users may have one userName", rewrite.PermitTwinsNamed("POST", rewrite.AnyName)},
		{"RFC7643-4.1.1-04", "a second user of one name is a bad request", rewrite.Answers(rewrite.At("POST", "/Users"), rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
		{"RFC7643-4.1.1-04", "a second user of one name is the first one", rewrite.Answers(rewrite.At("POST", "/Users"), rewrite.StatusBecomes(http.StatusConflict, http.StatusOK))},
		{"RFC7643-4.1.1-04", "a second user of one name is an internal error", rewrite.Answers(rewrite.At("POST", "/Users"), rewrite.StatusBecomes(http.StatusConflict, http.StatusInternalServerError))},
		{"RFC7643-4.1.1-04", "a second user of one name overwrites the first", overwriting()},
		{"RFC7643-4.1.1-04", "the name of a deactivated user can be taken", permittingTwinsOf(false)},
		{"RFC7643-4.1.1-04", "a userName with another externalId is another one", permittingTwinsIf(func(body *scim.Object) bool { return body.String("externalId") != "" })},

		{"RFC7643-4.1.1-05", "a new user may have a name in capital letters", rewrite.PermitTwinsNamed("POST", inCapitals)},
		{"RFC7643-4.1.1-05", "a new user may have a name in small letters", rewrite.PermitTwinsNamed("POST", notInCapitals)},
		{"RFC7643-4.1.1-05", "a PUT may take a name in capital letters", rewrite.PermitTwinsNamed("PUT", inCapitals)},
		{"RFC7643-4.1.1-05", "a PATCH may take a name in capital letters", rewrite.PermitTwinsNamed("PATCH", inCapitals)},
		{"RFC7643-4.1.1-05", "a filter on userName is case exact", rewrite.FindNobody(inCapitals)},
		{"RFC7643-4.1.1-05", "a user's own name in capital letters is taken", rewrite.RefuseBodies(rewrite.At("PUT", "/Users/*"), func(body *scim.Object) bool {
			return inCapitals(body.String("userName"))
		}, scim.UniquenessError("another User has this userName"))},
		{"RFC7643-4.1.1-05", "a name in capital letters is a bad request", rewrite.Answers(rewrite.At("POST", "/Users"), rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},

		{"RFC7643-4.1.1-06", "a PUT may take the name of another", rewrite.PermitTwinsNamed("PUT", rewrite.AnyName)},
		{"RFC7643-4.1.1-06", "a PATCH may take the name of another", rewrite.PermitTwinsNamed("PATCH", rewrite.AnyName)},
		{"RFC7643-4.1.1-06", "a PUT with the name of another is a bad request", rewrite.Answers(rewrite.At("PUT", "/Users/*"), rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
		{"RFC7643-4.1.1-06", "a PATCH with the name of another is a bad request", rewrite.Answers(rewrite.At("PATCH", "/Users/*"), rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
		{"RFC7643-4.1.1-06", "a PUT with the name of another is an internal error", rewrite.Answers(rewrite.At("PUT", "/Users/*"), rewrite.StatusBecomes(http.StatusConflict, http.StatusInternalServerError))},
		{"RFC7643-4.1.1-06", "a PUT with the name of another does nothing and says nothing", rewrite.Answers(rewrite.At("PUT", "/Users/*"), rewrite.StatusBecomes(http.StatusConflict, http.StatusNoContent))},
		{"RFC7643-4.1.1-06", "a PATCH with the name of another does the rest", conflictingHalf()},

		{"RFC7643-4.1.1-18", "in a filter an underscore ends the name", cutNamesAt(rewrite.Queries("Users"), "userName", `_`)},
		{"RFC7643-4.1.1-18", "in a filter a percent sign ends the name", cutNamesAt(rewrite.Queries("Users"), "userName", `%`)},
		{"RFC7643-4.1.1-18", "in a filter an asterisk ends the name", cutNamesAt(rewrite.Queries("Users"), "userName", `*`)},
		{"RFC7643-4.1.1-18", "in a filter an ampersand ends the name", cutNamesAt(rewrite.Queries("Users"), "userName", `&`)},
		{"RFC7643-4.1.1-18", "in a filter a comma ends the name", cutNamesAt(rewrite.Queries("Users"), "userName", `,`)},
		{"RFC7643-4.1.1-18", "in a filter a semicolon ends the name", cutNamesAt(rewrite.Queries("Users"), "userName", `;`)},
		{"RFC7643-4.1.1-18", "in a filter a hash ends the name", cutNamesAt(rewrite.Queries("Users"), "userName", `#`)},
		{"RFC7643-4.1.1-18", "who has an address is found by that", rewrite.EditFilter(rewrite.Queries("Users"), func(text string) string {
			return nameCompared.ReplaceAllString(text, "(emails.value eq $1 or userName eq $1 and not (emails pr))")
		})},
		{"RFC7643-4.1.1-18", "an apostrophe in a filter is a server error", rewrite.Break(rewrite.Queries("Users").And(rewrite.Says("filter", "'")))},
		{"RFC7643-4.1.1-18", "an apostrophe is doubled when it is stored", rewrite.EditSent(rewrite.CreatesUsers, "userName", rewrite.ToText(replacingText("'", "''")))},
		{"RFC7643-4.1.1-18", "a percent code is decoded", rewrite.EditSent(rewrite.CreatesUsers, "userName", rewrite.ToText(replacingText("%20", " ")))},
		{"RFC7643-4.1.1-18", "a dot stands for any character", cutNamesAt(rewrite.Queries("Users").And(rewrite.Says("filter", "a.b")), "userName", "a.b")},
		{"RFC7643-4.1.1-18", "a plus sign in a filter is a space", rewrite.EditFilter(rewrite.Queries("Users"), replacingText("+", " "))},
		{"RFC7643-4.1.1-18", "a question mark gets lost", rewrite.EditSent(rewrite.CreatesUsers, "userName", rewrite.ToText(replacingText("?", "")))},
		{"RFC7643-4.1.1-18", "a slash in a filter is not found", rewrite.FindNobody(func(name string) bool { return strings.Contains(name, "a/b") })},
		{"RFC7643-4.1.1-18", "a backslash is doubled when it is stored", rewrite.EditSent(rewrite.CreatesUsers, "userName", rewrite.ToText(replacingText(`\`, `\\`)))},
		{"RFC7643-4.1.1-18", "a backslash gets lost", rewrite.EditSent(rewrite.CreatesUsers, "userName", rewrite.ToText(replacingText(`\`, "")))},
		{"RFC7643-4.1.1-18", "an emoji is stored as a question mark", rewrite.EditSent(rewrite.CreatesUsers, "userName", rewrite.ToText(narrow(0xFFFF)))},
		{"RFC7643-4.1.1-18", "letters of other scripts are stored as question marks", rewrite.EditSent(rewrite.CreatesUsers, "userName", rewrite.ToText(narrow(0xFF)))},
		{"RFC7643-4.1.1-18", "an emoji is a server error", rewrite.RefuseBodies(rewrite.CreatesUsers, func(body *scim.Object) bool {
			return narrow(0xFFFF)(body.String("userName")) != body.String("userName")
		}, scim.Internal("incorrect string value"))},
		{"RFC7643-4.1.1-18", "a name is cut after 128 characters", rewrite.EditSent(rewrite.CreatesUsers, "userName", rewrite.ToText(func(s string) string { return s[:min(len(s), 128)] }))},
		{"RFC7643-4.1.1-18", "a long name is a server error", rewrite.RefuseBodies(rewrite.CreatesUsers, func(body *scim.Object) bool { return len(body.String("userName")) > 200 }, scim.Internal("value too long"))},
		{"RFC7643-4.1.1-18", "a long name is not found", rewrite.FindNobody(func(name string) bool { return len(name) > 200 })},
		{"RFC7643-4.1.1-18", "names beyond ASCII are not found", rewrite.Break(rewrite.Queries("Users").And(func(p url.Values) bool { return narrow(0x7F)(p.Get("filter")) != p.Get("filter") }))},
		{"RFC7643-4.1.1-16", "the former name is a user's for ever", rewrite.PermitTwinsNamed("PUT", rewrite.AnyName)},
		{"RFC7643-4.1.1-16", "a PUT with the own name is a conflict", conflictingWithSelf("PUT")},
		{"RFC7643-4.1.1-16", "a PATCH with the own name is a conflict", conflictingWithSelf("PATCH")},
		{"RFC7643-4.1.1-16", "a PUT does not change the name", rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), "userName", rewrite.AnyBody)},
		{"RFC7643-4.1.1-16", "a name that was given up stays taken", stayingTaken()},
		{"RFC7643-4.1.1-16", "a name that came by a PATCH is free", rewrite.PermitTwinsNamed("POST", func(name string) bool { return strings.Contains(name, "-new") })},
		{"RFC7643-4.1.1-16", "a new name is not found", rewrite.FindNobody(func(name string) bool { return strings.Contains(name, "-new") })},
		{"RFC7643-4.1.1-16", "the old name is still found", findingOldNames()},

		{"RFC7643-4.1.1-07", "the formatted name is another one", showingFormatted(func(*scim.Object) string { return "John Doe" })},
		{"RFC7643-4.1.1-07", "the formatted name has the given name twice", showingFormatted(func(name *scim.Object) string {
			return name.String("givenName") + " " + name.String("givenName")
		})},
		{"RFC7643-4.1.1-07", "the formatted name is the one from before", keepingFormatted()},

		{"RFC7643-4.1.1-08", "the address of a profile is relative", rewrite.EditShown(rewrite.OfUsers, "profileUrl", rewrite.ToText(withoutHost))},
		{"RFC7643-4.1.1-08", "the address of a photo is relative", rewrite.EditShown(rewrite.OfUsers, "photos/value", rewrite.ToText(withoutHost))},
		{"RFC7643-4.1.1-08", "the address of a profile has no scheme", rewrite.EditShown(rewrite.InUserLists, "profileUrl", rewrite.ToText(func(s string) string { return strings.TrimPrefix(s, "https:") }))},
		{"RFC7643-4.1.1-08", "the address of a profile is lost", rewrite.WithoutSent(rewrite.At("POST", "/Users"), "profileUrl")},
		{"RFC7643-4.1.1-08", "the address of a profile is written in small letters and loses its end", rewrite.EditSent(rewrite.At("POST", "/Users"), "profileUrl", rewrite.ToText(func(s string) string { return s[:len(s)-1] }))},

		{"RFC7643-4.1.1-09", "a locale is its language only", rewrite.EditSent(rewrite.At("POST", "/Users"), "locale", rewrite.ToText(func(s string) string { return s[:2] }))},
		{"RFC7643-4.1.1-09", "a locale with an underscore is lost", rewrite.EditSent(rewrite.At("POST", "/Users"), "locale", func(v any) any {
			if strings.Contains(rewrite.Text(v), "_") {
				return rewrite.Gone
			}
			return v
		})},
		{"RFC7643-4.1.1-09", "of several languages the first is kept", rewrite.EditSent(rewrite.At("POST", "/Users"), "preferredLanguage", rewrite.ToText(func(s string) string {
			s, _, _ = strings.Cut(s, ",")
			return s
		}))},

		{"RFC7643-4.1.1-10", "a time zone becomes an offset", rewrite.EditSent(rewrite.At("POST", "/Users"), "timezone", rewrite.ToValue("UTC+1"))},
		{"RFC7643-4.1.1-10", "a time zone is refused", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), rewrite.HasMember("timezone"), scim.InvalidValue("unknown time zone"))},
		{"RFC7643-4.1.1-10", "a time zone loses its continent", rewrite.EditShown(rewrite.OfUsers, "timezone", rewrite.ToText(func(s string) string { return s[strings.LastIndex(s, "/")+1:] }))},

		{"RFC7643-4.1.1-11", "a PATCH of active turns it round", rewrite.EditOperations("/Users/*", rewrite.OnPath("active"), func(op *scim.Object) *scim.Object {
			op.Set("value", rewrite.ValueOf(op) != true)
			return op
		})},
		{"RFC7643-4.1.1-11", "a PUT of an active that is there is refused", rewrite.Handle(rewrite.At("PUT", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
			sent, _ := rewrite.BodyOf(r).Get("active")
			if was, _ := rewrite.Current(next, r).Get("active"); sent != nil && sent == was {
				return rewrite.Refusal(scim.InvalidValue("nothing to change"))
			}
			return nil
		})},
		{"RFC7643-4.1.1-11", "a new user is always active", rewrite.EditSent(rewrite.At("POST", "/Users"), "active", rewrite.ToValue(true))},
		{"RFC7643-4.1.1-11", "a new user is never active", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "active", rewrite.ToValue(false))},
		{"RFC7643-4.1.1-11", "a PUT does not deactivate", rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), "active", rewrite.AnyBody)},
		{"RFC7643-4.1.1-11", "a PATCH does not deactivate", rewrite.Patching("/Users/*", func(op *scim.Object) bool { return op.String("path") != "active" })},
		{"RFC7643-4.1.1-11", "a PATCH without a path does not deactivate", rewrite.Patching("/Users/*", func(op *scim.Object) bool {
			op.Object("value").Delete("active")
			return op.Object("value") == nil || op.Object("value").Len() > 0
		})},
		{"RFC7643-4.1.1-11", "deactivating is refused", rewrite.RefuseBodies(rewrite.At("PUT,PATCH", "/Users/*"), deactivates, scim.Forbidden("users cannot be deactivated"))},
		{"RFC7643-4.1.1-11", "a deactivated user cannot be read", rewrite.Answers(rewrite.At("GET", "/Users/*"), func(_ *http.Request, a *rewrite.Answer) {
			if isInactive(a.Body) {
				a.Refuse(scim.NotFound("User", "inactive"))
			}
		})},
		{"RFC7643-4.1.1-11", "a deactivated user is not found", rewrite.ShowOnly(rewrite.InUserLists, func(_ *http.Request, o *scim.Object) bool { return !isInactive(o) })},
		{"RFC7643-4.1.1-11", "a deactivated user is deleted", deletingInactive()},
		{"RFC7643-4.1.1-11", "a filter on active finds every user", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts("active eq false and ", ""))},
		{"RFC7643-4.1.1-11", "a filter on active finds the active ones", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts("active eq false", "active eq true"))},
		{"RFC7643-4.1.1-11", "a deactivated user leaves the groups", quittingGroups(false)},
		{"RFC7643-4.1.1-11", "a deactivated user loses the displayName", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			if isInactive(o) {
				o.Delete("displayName")
			}
		})},
		{"RFC7643-4.1.1-11", "any PUT activates", rewrite.After(rewrite.At("PUT", "/Users/*"), rewrite.Part("active", rewrite.ToValue(true)))},
		{"RFC7643-4.1.1-11", "any PATCH activates", rewrite.After(notPatchTo("active"), rewrite.Part("active", rewrite.ToValue(true)))},
		{"RFC7643-4.1.1-11", "deactivating twice is refused", refusingSecond()},
		{"RFC7643-4.1.1-11", "lists show every user as active", rewrite.EditShown(rewrite.InUserLists, "active", rewrite.ToValue(true))},

		{"RFC7643-4.1.1-12", "a PUT does not activate", putOf(true)},
		{"RFC7643-4.1.1-12", "a PATCH does not activate", rewrite.Ignore(rewrite.PatchTo("active"), func(body *scim.Object) bool { return sentActive(body) == true })},
		{"RFC7643-4.1.1-12", "a PATCH without a path does not activate", rewrite.Patching("/Users/*", func(op *scim.Object) bool {
			v, _ := op.Object("value").Get("active")
			return v != true
		})},
		{"RFC7643-4.1.1-12", "adding active does not activate", rewrite.Patching("/Users/*", func(op *scim.Object) bool { return op.String("op") != "add" })},
		{"RFC7643-4.1.1-12", "a user can be deactivated once", onlyOnce()},
		{"RFC7643-4.1.1-12", "activating is refused", rewrite.RefuseBodies(rewrite.At("PUT,PATCH", "/Users/*"), func(body *scim.Object) bool { return sentActive(body) == true }, scim.Forbidden("users cannot be activated"))},
		{"RFC7643-4.1.1-12", "an activated user loses the externalId", rewrite.After(rewrite.At("PUT", "/Users/*"), rewrite.Part("externalId", rewrite.ToGone))},
		{"RFC7643-4.1.1-12", "an activated user loses the displayName", rewrite.After(rewrite.PatchTo("active"), rewrite.Part("displayName", rewrite.ToGone))},
		{"RFC7643-4.1.1-12", "an activated user leaves the groups", quittingGroups(true)},
		{"RFC7643-4.1.1-12", "an activated user is not found", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts("active eq true", "active eq false"))},
		{"RFC7643-4.1.1-12", "a deactivated user cannot be changed", rewrite.Answers(rewrite.At("PUT", "/Users/*"), func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.NotFound("User", "inactive")) })},

		{"RFC7643-4.1.1-17", "a text in a PATCH is true", rewrite.Patching("/Users/*", func(op *scim.Object) bool {
			if s := rewrite.Text(rewrite.ValueOf(op)); op.String("path") == "active" && s != "" {
				op.Set("value", true)
			}
			return true
		})},
		{"RFC7643-4.1.1-17", "a text in a PATCH is false unless it is true in small letters", rewrite.Patching("/Users/*", func(op *scim.Object) bool {
			if s := rewrite.Text(rewrite.ValueOf(op)); op.String("path") == "active" && s != "" {
				op.Set("value", s == "true")
			}
			return true
		})},
		{"RFC7643-4.1.1-17", "a text in a PATCH does nothing", rewrite.Ignore(rewrite.PatchTo("active"), func(body *scim.Object) bool { return rewrite.Text(sentActive(body)) != "" })},
		{"RFC7643-4.1.1-17", "a text in a new user is true", rewrite.EditSent(rewrite.At("POST", "/Users"), "active", textIs(true))},
		{"RFC7643-4.1.1-17", "a text in a new user is false", rewrite.EditSent(rewrite.At("POST", "/Users"), "active", textIs(false))},
		{"RFC7643-4.1.1-17", "a text in a PUT is true", rewrite.EditSent(rewrite.At("PUT", "/Users/*"), "active", textIs(true))},
		{"RFC7643-4.1.1-17", "a text in a PUT is left out", rewrite.EditSent(rewrite.At("PUT", "/Users/*"), "active", func(v any) any {
			if rewrite.Text(v) != "" {
				return rewrite.Gone
			}
			return v
		})},
		{"RFC7643-4.1.1-17", "a text is kept", rewrite.InTurn(
			rewrite.After(rewrite.PatchTo("active"), rewrite.Part("active", rewrite.ToValue("False"))), rewrite.Ignore(rewrite.PatchTo("active"), rewrite.AnyBody))},
		{"RFC7643-4.1.1-17", "a text is an internal error", rewrite.Answers(rewrite.AUser, func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusBadRequest {
				a.Refuse(scim.Internal("cannot cast"))
			}
		})},

		{"RFC7643-4.1.1-13", "a creation shows the password", tellingPasswords(rewrite.At("POST", "/Users"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a GET shows the password", tellingPasswords(rewrite.At("GET", "/Users/*"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a PUT shows the password", tellingPasswords(rewrite.At("PUT", "/Users/*"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a PATCH shows the password", tellingPasswords(rewrite.At("PATCH", "/Users/*"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a list shows passwords", tellingPasswords(rewrite.At("GET", "/Users"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a search shows passwords", tellingPasswords(rewrite.At("POST", "/Users/.search"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a search at the root shows passwords", tellingPasswords(rewrite.At("POST", "/.search"), "password", inClear)},
		{"RFC7643-4.1.1-13", "a GET shows a hash", tellingPasswords(rewrite.At("GET", "/Users/*"), "digest", func(s string) string {
			sum := sha256.Sum256([]byte(s))
			return hex.EncodeToString(sum[:])
		})},
		{"RFC7643-4.1.1-13", "a creation shows a hash as the password", tellingPasswords(rewrite.At("POST", "/Users"), "password", func(s string) string {
			sum := md5.Sum([]byte(s))
			return "{MD5}" + base64.StdEncoding.EncodeToString(sum[:])
		})},
		{"RFC7643-4.1.1-13", "a GET shows the password in base64", tellingPasswords(rewrite.At("GET", "/Users/*"), "credential", func(s string) string {
			return base64.StdEncoding.EncodeToString([]byte(s))
		})},
		{"RFC7643-4.1.1-13", "a GET shows asterisks", tellingPasswords(rewrite.At("GET", "/Users/*"), "password", func(string) string { return "********" })},
		{"RFC7643-4.1.1-13", "a list shows a password hash", tellingPasswords(rewrite.InUserLists, "passwordHash", func(string) string { return "$2b$12$abcdefghijklmnopqrstuu" })},
		{"RFC7643-4.1.1-13", "a PATCH shows the password in the title", tellingPasswords(rewrite.At("PATCH", "/Users/*"), "title", inClear)},
		{"RFC7643-4.1.1-13", "a creation shows the password in a header", rememberingPasswords(func(r *http.Request, a *rewrite.Answer, of func(id string) string) {
			if rewrite.At("POST", "/Users")(r) && a.OK() {
				a.Header.Set("X-Created", of(a.Body.String("id")))
			}
		})},
		{"RFC7643-4.1.1-13", "the password is shown after the user was changed", rewrite.After(rewrite.At("PUT", "/Users/*"), func(o *scim.Object) { o.Set("password", "changed") })},
		{"RFC7643-4.1.1-13", "a password sent in bulk is shown", rewrite.Answers(rewrite.At("POST", "/Bulk"), func(_ *http.Request, a *rewrite.Answer) {
			for _, op := range rewrite.Operations(a.Body) {
				op.Set("response", scim.NewObject(scim.Member{Name: "password", Value: "sduo-Pa55-w0rd-never-shown"}))
			}
		})},

		{"RFC7643-4.1.1-14", "a password is shown on request", tellingPasswords(asksForPassword, "password", inClear)},
		{"RFC7643-4.1.1-14", "a password is shown on request in capital letters", tellingPasswords(func(r *http.Request) bool {
			return r.URL.Query().Get("attributes") == "PASSWORD"
		}, "password", inClear)},
		{"RFC7643-4.1.1-14", "a password is shown on request by its URN", tellingPasswords(func(r *http.Request) bool {
			return strings.HasPrefix(r.URL.Query().Get("attributes"), scim.UserURN)
		}, "password", inClear)},
		{"RFC7643-4.1.1-14", "a hash is shown on request", tellingPasswords(asksForPassword, "password", func(string) string { return "{SSHA}abc" })},
		{"RFC7643-4.1.1-14", "a conflict tells the password", quoting(func(_ *http.Request, a *rewrite.Answer) bool { return a.Status == http.StatusConflict })},
		{"RFC7643-4.1.1-14", "the refusal of a user tells the password", quoting(func(_ *http.Request, a *rewrite.Answer) bool { return a.Status == http.StatusBadRequest })},
		{"RFC7643-4.1.1-14", "the refusal of a filter tells it", rewrite.Answers(rewrite.At("GET", "/Users"), func(r *http.Request, a *rewrite.Answer) {
			if strings.Contains(r.URL.Query().Get("filter"), "password") {
				a.Refuse(scim.InvalidFilter("%s", r.URL.Query().Get("filter")))
			}
		})},

		{"RFC7643-4.1.1-15", "a filter finds a password by its beginning", filterWithout("password sw")},
		{"RFC7643-4.1.1-15", "a filter finds a password by a part", filterWithout("password co")},
		{"RFC7643-4.1.1-15", "a filter finds a password by its end", filterWithout("password ew")},
		{"RFC7643-4.1.1-15", "a filter compares passwords", filterWithout("password gt")},
		{"RFC7643-4.1.1-15", "a filter on passwords is an internal error", rewrite.Answers(rewrite.At("GET", "/Users"), func(r *http.Request, a *rewrite.Answer) {
			if strings.Contains(r.URL.Query().Get("filter"), "password") {
				a.Refuse(scim.Internal("no such column"))
			}
		})},
	}
}

func withoutName(body *scim.Object) bool { return strings.TrimSpace(body.String("userName")) == "" }

func isEmpty(v any) bool { return v == "" }

func nameIfNone(_ *http.Request, body *scim.Object) {
	if body != nil && withoutName(body) {
		body.Set("userName", "nobody")
	}
}

func putNameless(r *http.Request) bool {
	return rewrite.At("PUT", "/Users/*")(r) && withoutName(rewrite.BodyOf(r))
}

// answeringInstead answers such bodies with a bare status.
func answeringInstead(chosen rewrite.When, such func(*scim.Object) bool, status int) rewrite.Wrap {
	return rewrite.Handle(chosen, func(_ http.Handler, r *http.Request) *rewrite.Answer {
		if body := rewrite.BodyOf(r); body != nil && such(body) {
			return rewrite.NewAnswer(status, nil)
		}
		return nil
	})
}

func inCapitals(name string) bool { return name != "" && name == strings.ToUpper(name) }

func notInCapitals(name string) bool { return !inCapitals(name) }

func permittingTwinsIf(such func(body *scim.Object) bool) rewrite.Wrap {
	return rewrite.PermitTwins(rewrite.At("POST", "/Users"), func(_ http.Handler, _ *http.Request, body *scim.Object) bool { return such(body) })
}

// permittingTwinsOf lets a new user take the name of a user with this status.
func permittingTwinsOf(active bool) rewrite.Wrap {
	return rewrite.PermitTwins(rewrite.At("POST", "/Users"), func(next http.Handler, r *http.Request, body *scim.Object) bool {
		found := rewrite.UserByName(next, r, rewrite.SentName(body))
		v, _ := found.Get("active")
		return v == active
	})
}

// overwriting makes a PUT of the creation of a user who exists.
func overwriting() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("POST", "/Users"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		if found := rewrite.UserByName(next, r, rewrite.SentName(body)); found != nil {
			a := rewrite.Ask(next, r, http.MethodPut, "Users/"+found.String("id"), body)
			a.Status = http.StatusConflict
			return a
		}
		return nil
	})
}

// conflictingHalf refuses a PATCH and does everything of it but the userName.
func conflictingHalf() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PATCH", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if a.Status == http.StatusConflict {
			for _, op := range rewrite.Operations(body) {
				op.Object("value").Delete("userName")
			}
			rewrite.Ask(next, r, http.MethodPatch, rewrite.PlaceOf(r), body)
		}
		return a
	})
}

// conflictingWithSelf takes a user's own name for another's.
func conflictingWithSelf(method string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At(method, "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		if name := rewrite.SentName(rewrite.BodyOf(r)); name != "" && rewrite.UserByName(next, r, name) != nil {
			return rewrite.Refusal(scim.UniquenessError("another User has this userName"))
		}
		return nil
	})
}

// stayingTaken remembers every userName that there ever was.
func stayingTaken() rewrite.Wrap {
	return rewrite.RefuseAgain(rewrite.At("POST", "/Users"), rewrite.SentName, scim.UniquenessError("another User has this userName"))
}

// findingOldNames finds a user by the name at creation.
func findingOldNames() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		ids := map[string]string{} // by the first name
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			defer mu.Unlock()
			a := rewrite.Serve(next, r)
			switch {
			case rewrite.At("POST", "/Users")(r) && a.OK():
				ids[a.Body.String("userName")] = a.Body.String("id")
			case rewrite.At("GET", "/Users")(r) && a.OK() && len(a.Resources()) == 0:
				_, name, _ := strings.Cut(r.URL.Query().Get("filter"), `userName eq "`)
				if id := ids[strings.TrimSuffix(name, `"`)]; id != "" {
					a.Body.Set("totalResults", rewrite.Number(1))
					a.Body.Set("Resources", []any{rewrite.Ask(next, r, http.MethodGet, "Users/"+id, nil).Body})
				}
			}
			return a
		})
	})
}

func inClear(s string) string { return s }

func asksForPassword(r *http.Request) bool {
	return strings.Contains(strings.ToLower(r.URL.Query().Get("attributes")), "password")
}

// rememberingPasswords keeps the passwords that were set. of returns them by id.
func rememberingPasswords(tell func(r *http.Request, a *rewrite.Answer, of func(id string) string)) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		passwords := map[string]string{}
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			sent := ""
			if rewrite.AUser(r) {
				sent = sentPassword(rewrite.BodyOf(r))
			}
			a := rewrite.Serve(next, r)
			mu.Lock()
			defer mu.Unlock()
			if id := a.Body.String("id"); sent != "" && a.OK() && id != "" {
				passwords[id] = sent
			}
			tell(r, a, func(id string) string { return passwords[id] })
			return a
		})
	})
}

// sentPassword is the password in a resource or in the operations of a PATCH.
func sentPassword(body *scim.Object) string {
	for _, op := range rewrite.Operations(body) {
		if op.String("path") == "password" {
			return op.String("value")
		}
		if s := op.Object("value").String("password"); s != "" {
			return s
		}
	}
	return body.String("password")
}

// tellingPasswords shows the passwords that were set, under a name.
func tellingPasswords(chosen rewrite.When, name string, form func(string) string) rewrite.Wrap {
	return rememberingPasswords(func(r *http.Request, a *rewrite.Answer, of func(id string) string) {
		if !chosen(r) {
			return
		}
		for _, o := range a.Resources() {
			if password := of(o.String("id")); password != "" {
				o.Set(name, form(password))
			}
		}
	})
}

// quoting puts the whole request into the detail of such an error.
func quoting(such func(r *http.Request, a *rewrite.Answer) bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		sent := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if such(r, a) && sent != nil && a.Body != nil {
			text, _ := sent.MarshalJSON()
			a.Body.Set("detail", "cannot store "+string(text))
		}
		return a
	})
}

// filterWithout drops the condition that contains a part.
func filterWithout(part string) rewrite.Wrap {
	return rewrite.Requests(rewrite.At("GET", "/Users"), func(r *http.Request, _ *scim.Object) {
		q := r.URL.Query()
		if before, _, ok := strings.Cut(q.Get("filter"), " and "+part); ok {
			q.Set("filter", before)
			r.URL.RawQuery = q.Encode()
		}
	})
}

func isInactive(o *scim.Object) bool { v, ok := o.Get("active"); return ok && v == false }

// sentActive is the status in a resource or in the operations of a PATCH.
func sentActive(body *scim.Object) any {
	for _, op := range rewrite.Operations(body) {
		if v, ok := op.Object("value").Get("active"); ok {
			return v
		}
		if op.String("path") == "active" {
			return rewrite.ValueOf(op)
		}
	}
	v, _ := body.Get("active")
	return v
}

func deactivates(body *scim.Object) bool { return sentActive(body) == false }

func textIs(active bool) func(any) any {
	return func(v any) any {
		if rewrite.Text(v) != "" {
			return active
		}
		return v
	}
}

func notPatchTo(path string) rewrite.When {
	return func(r *http.Request) bool { return rewrite.At("PATCH", "/Users/*")(r) && !rewrite.PatchTo(path)(r) }
}

// deletingInactive deletes the users that it deactivates.
func deletingInactive() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		a := rewrite.Serve(next, r)
		if rewrite.At("PUT,PATCH", "/Users/*")(r) && isInactive(a.Body) {
			rewrite.Ask(next, r, http.MethodDelete, rewrite.PlaceOf(r), nil)
		}
		return a
	})
}

// quittingGroups takes a user who gets this status out of all groups.
func quittingGroups(active bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PUT,PATCH", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		a := rewrite.Serve(next, r)
		if v, _ := a.Body.Get("active"); a.OK() && v == active {
			for _, g := range rewrite.ObjectsIn(a.Body.Array("groups")) {
				rewrite.ChangeMember(next, r, "remove", g.String("value"), a.Body.String("id"))
			}
		}
		return a
	})
}

// refusingSecond refuses to deactivate a user who is not active.
func refusingSecond() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if rewrite.At("PATCH", "/Users/*")(r) && deactivates(rewrite.BodyOf(r)) && isInactive(rewrite.Now(next, r).Body) {
			return rewrite.Refusal(scim.InvalidValue("the user is not active"))
		}
		return nil
	})
}

// putOf lets a PUT do everything but give this status.
func putOf(active bool) rewrite.Wrap {
	return rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), "active", func(body *scim.Object) bool { return sentActive(body) == active })
}

// onlyOnce forgets to deactivate a user for the second time.
func onlyOnce() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var before atomic.Bool
		return rewrite.Ignore(rewrite.At("PATCH", "/Users/*"), func(body *scim.Object) bool {
			return deactivates(body) && before.Swap(true)
		})
	})
}

func withoutHost(s string) string { return s[strings.LastIndex(s, "/"):] }

func showingFormatted(of func(name *scim.Object) string) rewrite.Wrap {
	return rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
		if name := o.Object("name"); name.Len() > 0 {
			name.Set("formatted", of(name))
		}
	})
}

// keepingFormatted changes the parts of a name and leaves the whole.
func keepingFormatted() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PUT", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		if body := rewrite.BodyOf(r); body.Object("name").Len() > 0 {
			old := rewrite.Now(next, r)
			rewrite.PartOf(body, "name").Set("formatted", old.Body.Object("name").String("formatted"))
			rewrite.SetBody(r, body)
		}
		return nil
	})
}

// cutNamesAt compares a name only up to the character, as a wildcard or a separator would.
func cutNamesAt(chosen rewrite.When, attribute, character string) rewrite.Wrap {
	return rewrite.EditComparisons(chosen, func(c filter.Compare) filter.Filter {
		v, isText := c.Value.(string)
		i := strings.LastIndex(v, character)
		if !isText || i < 0 || !rewrite.About(c, attribute) {
			return c
		}
		c.Value = v[:i]
		if c.Op == filter.Eq {
			c.Op = filter.Sw
		}
		return c
	})
}

func replacingText(from, to string) func(string) string {
	return func(s string) string { return strings.ReplaceAll(s, from, to) }
}

// narrow writes a question mark for each character beyond the last one that fits.
func narrow(last rune) func(string) string {
	return func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > last {
				return '?'
			}
			return r
		}, s)
	}
}

// nameCompared matches the comparison of a userName in a filter.
var nameCompared = regexp.MustCompile(`^userName eq ("[^"]*")$`)
