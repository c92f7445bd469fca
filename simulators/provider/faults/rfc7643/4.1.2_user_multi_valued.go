package rfc7643

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// userMultiValuedFaults violate features/rfc7643/4.1.2_user_multi_valued.feature.
func userMultiValuedFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-4.1.2-01", "an e-mail address loses its domain", rewrite.EditShown(rewrite.OfUsers, "emails/value", rewrite.ToText(func(s string) string {
			s, _, _ = strings.Cut(s, "@")
			return s
		}))},
		{"RFC7643-4.1.2-01", "a plus sign in an e-mail address becomes a space", rewrite.EditShown(rewrite.OfUsers, "emails/value", rewrite.ToText(func(s string) string { return strings.ReplaceAll(s, "+", " ") }))},
		{"RFC7643-4.1.2-01", "an e-mail address is a link", rewrite.EditShown(rewrite.OfUsers, "emails/value", rewrite.ToText(func(s string) string { return strings.Replace(s, "@", " at ", 1) }))},

		{"RFC7643-4.1.2-02", "the domain of an e-mail address is in capital letters", rewrite.EditShown(rewrite.OfUsers, "emails/value", rewrite.ToText(func(s string) string {
			local, domain, _ := strings.Cut(s, "@")
			return local + "@" + strings.ToUpper(domain)
		}))},

		{"RFC7643-4.1.2-03", "a telephone number loses a digit", rewrite.EditShown(rewrite.OfUsers, "phoneNumbers/value", rewrite.ToText(func(s string) string { return s[:len(s)-1] }))},
		{"RFC7643-4.1.2-03", "a telephone number loses its country", rewrite.EditShown(rewrite.OfUsers, "phoneNumbers/value", rewrite.ToText(func(s string) string { return strings.Replace(s, "+1", "", 1) }))},
		{"RFC7643-4.1.2-03", "a telephone number is hidden", rewrite.EditShown(rewrite.OfUsers, "phoneNumbers/value", rewrite.ToValue("tel:***"))},

		{"RFC7643-4.1.2-04", "the address of a messenger keeps white space", rewrite.StoreAsSent(rewrite.At("POST", "/Users"), "ims", anyValue)},
		{"RFC7643-4.1.2-04", "the address of a messenger is in capital letters", rewrite.EditShown(rewrite.OfUsers, "ims/value", rewrite.ToText(strings.ToUpper))},

		{"RFC7643-4.1.2-06", "a country is written out", rewrite.EditShown(rewrite.OfUsers, "addresses/country", rewrite.ToValue("United States"))},
		{"RFC7643-4.1.2-06", "a country has three letters", rewrite.EditShown(rewrite.OfUsers, "addresses/country", rewrite.ToText(func(s string) string { return s + "A" }))},
		{"RFC7643-4.1.2-06", "a country has its numeric code", rewrite.EditShown(rewrite.InUserLists, "addresses/country", rewrite.ToValue("840"))},
		{"RFC7643-4.1.2-06", "every country is the same", rewrite.EditSent(rewrite.At("POST", "/Users"), "addresses/country", rewrite.ToValue("US"))},

		{"RFC7643-4.1.2-07", "the lines of an address are joined", rewrite.EditSent(rewrite.At("POST", "/Users"), "addresses/formatted", rewrite.ToText(oneLine))},
		{"RFC7643-4.1.2-07", "of an address the first line is kept", rewrite.EditSent(rewrite.At("POST", "/Users"), "addresses/streetAddress", rewrite.ToText(func(s string) string {
			s, _, _ = strings.Cut(s, "\n")
			return s
		}))},
		{"RFC7643-4.1.2-07", "a line feed is written as two letters", rewrite.EditShown(rewrite.OfUsers, "addresses/formatted", rewrite.ToText(func(s string) string { return strings.ReplaceAll(s, "\n", `\n`) }))},

		{"RFC7643-4.1.2-08", "a user's group is called by its name", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			for _, g := range rewrite.ObjectsIn(o.Array("groups")) {
				g.Set("value", g.String("display"))
			}
		})},
		{"RFC7643-4.1.2-08", "a user's group is called by its address", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			for _, g := range rewrite.ObjectsIn(o.Array("groups")) {
				g.Set("value", g.String("$ref"))
			}
		})},
		{"RFC7643-4.1.2-08", "the address of a user's group is that of a user", rewrite.EditShown(rewrite.OfUsers, "groups/$ref", rewrite.ToText(func(s string) string {
			return strings.Replace(s, "/Groups/", "/Users/", 1)
		}))},
		{"RFC7643-4.1.2-08", "the addresses of all groups of a user are that of the first", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			groups := rewrite.ObjectsIn(o.Array("groups"))
			for _, g := range groups {
				g.Set("$ref", groups[0].String("$ref"))
			}
		})},
		{"RFC7643-4.1.2-08", "a user has one group", rewrite.EditShown(rewrite.OfUsers, "groups", rewrite.OnList(rewrite.First))},
		{"RFC7643-4.1.2-08", "a user has every group twice", rewrite.EditShown(rewrite.OfUsers, "groups", rewrite.OnList(func(list []any) []any { return append(list, list...) }))},
		{"RFC7643-4.1.2-08", "a group of a user has its first name for ever", firstNames()},
		{"RFC7643-4.1.2-08", "users in lists have no groups", rewrite.EditShown(rewrite.InUserLists, "groups", rewrite.ToGone)},

		{"RFC7643-4.1.2-09", "a new user joins groups", joining(rewrite.At("POST", "/Users"))},
		{"RFC7643-4.1.2-09", "a PUT of a user joins groups", joining(rewrite.At("PUT", "/Users/*"))},
		{"RFC7643-4.1.2-09", "a PUT of a user leaves all groups", leaving(rewrite.At("PUT", "/Users/*"), func(body *scim.Object) bool { return len(body.Array("groups")) == 0 })},
		{"RFC7643-4.1.2-09", "a PUT of a user with an empty list leaves all groups", leaving(rewrite.At("PUT", "/Users/*"), rewrite.HasMember("groups"))},
		{"RFC7643-4.1.2-09", "a PATCH of a user joins groups", joining(rewrite.At("PATCH", "/Users/*"))},
		{"RFC7643-4.1.2-09", "a PATCH of a user leaves groups", leaving(rewrite.At("PATCH", "/Users/*"), rewrite.AnyBody)},
		{"RFC7643-4.1.2-09", "a new user shows groups that do not contain it", rewrite.StoreAsSent(rewrite.At("POST", "/Users"), "groups", anyValue)},
		{"RFC7643-4.1.2-09", "a PUT shows groups that do not know of the user", rewrite.StoreAsSent(rewrite.At("PUT", "/Users/*"), "groups", anyValue)},
		{"RFC7643-4.1.2-09", "groups of a new user are an internal error", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), rewrite.HasMember("groups"), scim.Internal("readOnly"))},

		{"RFC7643-4.1.2-10", "a PATCH that adds a user does not show at the user", notSeeing(rewrite.At("PATCH", "/Groups/*"))},
		{"RFC7643-4.1.2-10", "a PUT that adds a user does not show at the user", notSeeing(rewrite.At("PUT", "/Groups/*"))},
		{"RFC7643-4.1.2-10", "a user still shows the group after a PATCH removed it", stillSeeing(rewrite.At("PATCH", "/Groups/*"))},
		{"RFC7643-4.1.2-10", "a user still shows the group after a PUT removed it", stillSeeing(rewrite.At("PUT", "/Groups/*"))},
		{"RFC7643-4.1.2-10", "a user still sees the group that was deleted", stillSeeing(rewrite.At("DELETE", "/Groups/*"))},
		{"RFC7643-4.1.2-10", "a user who leaves one group shows none", seeingNone()},
		{"RFC7643-4.1.2-10", "every user sees the last group", seeingTheLast()},

		{"RFC7643-4.1.2-11", "a user is in every group indirectly", rewrite.EditShown(rewrite.OfUsers, "groups/type", rewrite.ToValue("indirect"))},
		{"RFC7643-4.1.2-11", "the type of a membership is Group", rewrite.EditShown(rewrite.OfUsers, "groups/type", rewrite.ToValue("Group"))},
		{"RFC7643-4.1.2-11", "the type of a membership is written in capital letters", rewrite.EditShown(rewrite.OfUsers, "groups/type", rewrite.ToText(strings.ToUpper))},

		{"RFC7643-4.1.2-12", "a certificate is PEM", rewrite.EditShown(rewrite.OfUsers, "x509Certificates/value", rewrite.ToText(rewrite.PEM))},
		{"RFC7643-4.1.2-12", "two certificates stand in one value", rewrite.EditShown(rewrite.OfUsers, "x509Certificates/value", rewrite.ToText(func(s string) string {
			der, _ := base64.StdEncoding.DecodeString(s)
			return base64.StdEncoding.EncodeToString(append(der, der...))
		}))},
		{"RFC7643-4.1.2-12", "a certificate is cut", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "x509Certificates/value", rewrite.ToText(func(s string) string { return s[:64] }))},
		{"RFC7643-4.1.2-12", "a certificate is its fingerprint", rewrite.EditShown(rewrite.OfUsers, "x509Certificates/value", rewrite.ToValue("SHA256:47DEQpj8HBSa"))},
	}
}

// firstNames shows the names that groups were created with.
func firstNames() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		names := map[string]string{}
		return rewrite.Answers(rewrite.Anywhere, func(r *http.Request, a *rewrite.Answer) {
			mu.Lock()
			defer mu.Unlock()
			if rewrite.At("POST", "/Groups")(r) && a.OK() {
				names[a.Body.String("id")] = a.Body.String("displayName")
			}
			for _, o := range a.Resources() {
				for _, g := range rewrite.ObjectsIn(o.Array("groups")) {
					g.Set("display", names[g.String("value")])
				}
			}
		})
	})
}

// joining makes members of users who say that they are.
func joining(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Handle(chosen, func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		groups := rewrite.ObjectsIn(body.Array("groups"))
		for _, op := range rewrite.Operations(body) {
			groups = append(groups, rewrite.ObjectsIn(rewrite.ValueOf(op))...)
		}
		a := rewrite.Serve(next, r)
		user := a.Body.String("id")
		if below := rewrite.Segments(r); len(below) == 2 {
			user = below[1]
		}
		for _, g := range groups {
			rewrite.ChangeMember(next, r, "add", g.String("value"), user)
		}
		return a
	})
}

// leaving takes users out of all groups by such a request.
func leaving(chosen rewrite.When, such func(body *scim.Object) bool) rewrite.Wrap {
	return rewrite.Handle(chosen, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if body := rewrite.BodyOf(r); body != nil && such(body) {
			user := rewrite.Now(next, r).Body
			for _, g := range rewrite.ObjectsIn(user.Array("groups")) {
				rewrite.ChangeMember(next, r, "remove", g.String("value"), user.String("id"))
			}
		}
		return nil
	})
}

// seeing edits the groups of every user, by what was changed before.
func seeing(chosen rewrite.When, note func(next http.Handler, r *http.Request, group string), edit func(o *scim.Object)) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			defer mu.Unlock()
			if below := rewrite.Segments(r); chosen(r) && len(below) == 2 {
				note(next, r, below[1])
			}
			a := rewrite.Serve(next, r)
			if rewrite.OfUsers(r) {
				for _, o := range a.Resources() {
					edit(o)
				}
			}
			return a
		})
	})
}

// notSeeing hides the groups that were changed.
func notSeeing(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		changed := map[string]bool{}
		return seeing(chosen,
			func(_ http.Handler, _ *http.Request, group string) { changed[group] = true },
			func(o *scim.Object) {
				groups := slices.DeleteFunc(slices.Clone(o.Array("groups")), func(v any) bool {
					g, _ := v.(*scim.Object)
					return changed[g.String("value")]
				})
				if _, ok := o.Get("groups"); ok {
					o.Set("groups", groups)
				}
			})
	})
}

// stillSeeing shows the groups that users had before a change.
func stillSeeing(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		before := map[string][]any{}
		return seeing(chosen,
			func(next http.Handler, r *http.Request, group string) {
				for _, m := range rewrite.ObjectsIn(rewrite.Ask(next, r, http.MethodGet, "Groups/"+group, nil).Body.Array("members")) {
					user := rewrite.Ask(next, r, http.MethodGet, "Users/"+m.String("value"), nil).Body
					before[user.String("id")] = user.Array("groups")
				}
			},
			func(o *scim.Object) {
				if groups := before[o.String("id")]; len(groups) > 0 {
					o.Set("groups", groups)
				}
			})
	})
}

// seeingNone takes all groups from users who were in one that is deleted.
func seeingNone() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		left := map[string]bool{}
		return seeing(rewrite.At("DELETE", "/Groups/*"),
			func(next http.Handler, r *http.Request, group string) {
				for _, m := range rewrite.ObjectsIn(rewrite.Ask(next, r, http.MethodGet, "Groups/"+group, nil).Body.Array("members")) {
					left[m.String("value")] = true
				}
			},
			func(o *scim.Object) {
				if left[o.String("id")] {
					o.Delete("groups")
				}
			})
	})
}

// seeingTheLast shows every user the group that was created last.
func seeingTheLast() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		var lastGroup string
		return rewrite.Answers(rewrite.Anywhere, func(r *http.Request, a *rewrite.Answer) {
			mu.Lock()
			defer mu.Unlock()
			if rewrite.At("POST", "/Groups")(r) && a.OK() {
				lastGroup = a.Body.String("id")
			}
			for _, o := range a.Resources() {
				if lastGroup != "" && o.String("userName") != "" {
					o.Set("groups", []any{scim.NewObject(scim.Member{Name: "value", Value: lastGroup})})
				}
			}
		})
	})
}

func anyValue(any) bool { return true }

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }
