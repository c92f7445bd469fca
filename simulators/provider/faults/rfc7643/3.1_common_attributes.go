package rfc7643

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// commonAttributesFaults violate features/rfc7643/3.1_common_attributes.feature.
func commonAttributesFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-3.1-01", "a group has no externalId", rewrite.WithoutSent(rewrite.AGroup, "externalId")},
		{"RFC7643-3.1-01", "an externalId of a user is not kept", rewrite.WithoutSent(rewrite.AUser, "externalId")},
		{"RFC7643-3.1-01", "a group has no meta", rewrite.EditShown(rewrite.OfGroups, "meta", rewrite.ToGone)},
		{"RFC7643-3.1-01", "an externalId is not shown by a GET", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "externalId", rewrite.ToGone)},

		{"RFC7643-3.1-02", "an id is a number", rewrite.EditShown(rewrite.OfUsers, "id", rewrite.ToValue(rewrite.Number(7)))},
		{"RFC7643-3.1-02", "users in lists have no id", rewrite.EditShown(rewrite.InUserLists, "id", rewrite.ToGone)},
		{"RFC7643-3.1-02", "groups in lists have no id", rewrite.EditShown(rewrite.InGroupLists, "id", rewrite.ToGone)},
		{"RFC7643-3.1-02", "an id is empty", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "id", rewrite.ToValue(""))},
		{"RFC7643-3.1-02", "a selection of attributes leaves the id out", rewrite.Answers(rewrite.At("GET", "/Users/*"), func(r *http.Request, a *rewrite.Answer) {
			if r.URL.Query().Has("attributes") && a.OK() {
				a.Body.Delete("id")
			}
		})},
		{"RFC7643-3.1-02", "the answer to a PUT has no id", rewrite.EditShown(rewrite.At("PUT", "/Users/*"), "id", rewrite.ToGone)},
		{"RFC7643-3.1-02", "the answer to a PATCH has no id", rewrite.EditShown(rewrite.At("PATCH", "/Groups/*"), "id", rewrite.ToGone)},
		{"RFC7643-3.1-02", "an id is null", rewrite.EditShown(rewrite.OfGroups, "id", rewrite.ToValue(nil))},

		{"RFC7643-3.1-03", "a group has the id of a user", sharingIDs(rewrite.AnyOf(rewrite.At("POST", "/Users"), rewrite.At("POST", "/Groups")))},
		{"RFC7643-3.1-03", "every user has the same id", sharingIDs(rewrite.At("POST", "/Users"))},
		{"RFC7643-3.1-03", "every group has the same id", sharingIDs(rewrite.At("POST", "/Groups"))},

		{"RFC7643-3.1-04", "an id ends differently in the answer to a creation", rewrite.EditShown(rewrite.At("POST", "/Users"), "id", rewrite.ToText(strings.ToUpper))},
		{"RFC7643-3.1-04", "a PUT gives a new id", rewrite.After(rewrite.At("PUT", "/Users/*"), rewrite.Part("id", rewrite.ToText(rewrite.OtherID)))},
		{"RFC7643-3.1-04", "a PUT gives a group a new id", rewrite.After(rewrite.At("PUT", "/Groups/*"), rewrite.Part("id", rewrite.ToText(rewrite.OtherID)))},
		{"RFC7643-3.1-04", "a PATCH gives a new id", rewrite.After(rewrite.At("PATCH", "/Users/*"), rewrite.Part("id", rewrite.ToText(rewrite.OtherID)))},
		{"RFC7643-3.1-04", "a list shows other ids", rewrite.EditShown(rewrite.InUserLists, "id", rewrite.ToText(rewrite.OtherID))},
		{"RFC7643-3.1-04", "a PUT takes the id that it is sent", renaming(rewrite.At("PUT", "/Users/*"), wantedID)},
		{"RFC7643-3.1-04", "a PATCH takes the id that it is sent", rewrite.InTurn(
			rewrite.After(rewrite.PatchTo("id"), rewrite.Part("id", rewrite.ToValue("sduo-chosen"))), rewrite.Ignore(rewrite.PatchTo("id"), rewrite.AnyBody))},
		{"RFC7643-3.1-04", "a new userName gives a new id", afterRename()},

		{"RFC7643-3.1-05", "the id of a deleted user is given again", recycling("/Users")},
		{"RFC7643-3.1-05", "a group that was deleted lends its id", recycling("/Groups")},

		{"RFC7643-3.1-06", "a new user has the id that was wanted", renaming(rewrite.At("POST", "/Users"), wantedID)},
		{"RFC7643-3.1-06", "a new group has the id that was wanted", renaming(rewrite.At("POST", "/Groups"), wantedID)},
		{"RFC7643-3.1-06", "a wanted id is an internal error", rewrite.RefuseBodies(rewrite.At("POST", ""), rewrite.HasMember("id"), scim.Internal("duplicate key"))},

		{"RFC7643-3.1-07", "an id begins with bulkId", renaming(rewrite.At("POST", "/Users"), func(_ *http.Request, _ *scim.Object, a *rewrite.Answer) string {
			return "bulkId-" + a.Body.String("id")[:8]
		})},
		{"RFC7643-3.1-07", "the id of a group contains bulkId", renaming(rewrite.At("POST", "/Groups"), func(_ *http.Request, _ *scim.Object, a *rewrite.Answer) string {
			return "g-bulkId-" + a.Body.String("id")[:8]
		})},

		{"RFC7643-3.1-09", "a user without externalId shows the id as one", showingSame("externalId", "id", rewrite.OfUsers)},
		{"RFC7643-3.1-09", "a user without externalId shows the name as one", showingSame("externalId", "userName", rewrite.OfUsers)},
		{"RFC7643-3.1-09", "a group without externalId has its name for one", showingSame("externalId", "displayName", rewrite.OfGroups)},
		{"RFC7643-3.1-09", "every externalId is the server's", rewrite.ShowNew(rewrite.OfUsers, "externalId", rewrite.SameFor("made-up"))},
		{"RFC7643-3.1-09", "a PUT gives an externalId", rewrite.After(rewrite.At("PUT", "/Users/*"), func(o *scim.Object) { o.Set("externalId", o.String("id")) })},

		{"RFC7643-3.1-11", "an externalId is used by one client only", uniqueExternalIDs()},

		{"RFC7643-3.1-12", "a new user keeps the meta that was sent", rewrite.StoreAsSent(rewrite.At("POST", "/Users"), "meta", rewrite.IsObject)},
		{"RFC7643-3.1-12", "a new group keeps the meta that was sent", rewrite.StoreAsSent(rewrite.At("POST", "/Groups"), "meta", rewrite.IsObject)},
		{"RFC7643-3.1-12", "a PUT keeps the meta that was sent", rewrite.StoreAsSent(rewrite.At("PUT", "/Users/*"), "meta", rewrite.IsObject)},
		{"RFC7643-3.1-12", "a PATCH keeps the meta that was sent", rewrite.After(rewrite.At("PATCH", "/Users/*"), rewrite.Part("meta/created", rewrite.ToValue("2001-01-01T00:00:00Z")))},
		{"RFC7643-3.1-12", "meta in a new user is refused", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), rewrite.HasMember("meta"), scim.MutabilityError("meta is readOnly"))},
		{"RFC7643-3.1-12", "meta in a PUT is refused", rewrite.RefuseBodies(rewrite.At("PUT", "/Users/*"), rewrite.HasMember("meta"), scim.MutabilityError("meta is readOnly"))},

		{"RFC7643-3.1-13", "a user has no meta", rewrite.EditShown(rewrite.OfUsers, "meta", rewrite.ToGone)},
		{"RFC7643-3.1-13", "a group has no meta", rewrite.EditShown(rewrite.OfGroups, "meta", rewrite.ToGone)},
		{"RFC7643-3.1-13", "the answer to a creation has no meta", rewrite.EditShown(rewrite.At("POST", "/Users"), "meta", rewrite.ToGone)},
		{"RFC7643-3.1-13", "the answer to a PUT has no meta", rewrite.EditShown(rewrite.At("PUT", "/Users/*"), "meta", rewrite.ToGone)},
		{"RFC7643-3.1-13", "meta has no resourceType", rewrite.EditShown(rewrite.OfUsers, "meta/resourceType", rewrite.ToGone)},
		{"RFC7643-3.1-13", "meta has no created", rewrite.EditShown(rewrite.OfUsers, "meta/created", rewrite.ToGone)},
		{"RFC7643-3.1-13", "meta of a group has no lastModified", rewrite.EditShown(rewrite.OfGroups, "meta/lastModified", rewrite.ToGone)},
		{"RFC7643-3.1-13", "meta has no location", rewrite.EditShown(rewrite.OfUsers, "meta/location", rewrite.ToGone)},
		{"RFC7643-3.1-13", "meta in lists has no location", rewrite.EditShown(rewrite.InUserLists, "meta/location", rewrite.ToGone)},
		{"RFC7643-3.1-13", "users in lists have no meta", rewrite.EditShown(rewrite.InUserLists, "meta", rewrite.ToGone)},

		{"RFC7643-3.1-14", "the type of a user is Users", rewrite.EditShown(rewrite.OfUsers, "meta/resourceType", rewrite.ToValue("Users"))},
		{"RFC7643-3.1-14", "the type of a user is written in small letters", rewrite.EditShown(rewrite.OfUsers, "meta/resourceType", rewrite.ToText(strings.ToLower))},
		{"RFC7643-3.1-14", "the type of a group is User", rewrite.EditShown(rewrite.OfGroups, "meta/resourceType", rewrite.ToValue("User"))},
		{"RFC7643-3.1-14", "the type of a group in lists is Groups", rewrite.EditShown(rewrite.InGroupLists, "meta/resourceType", rewrite.ToValue("Groups"))},
		{"RFC7643-3.1-14", "the type of a user is the URN of the schema", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "meta/resourceType", rewrite.ToValue(scim.UserURN))},
		{"RFC7643-3.1-14", "the type of the configuration is Config", rewrite.EditShown(rewrite.At("GET", "/ServiceProviderConfig"), "meta/resourceType", rewrite.ToValue("Config"))},
		{"RFC7643-3.1-14", "the type of a schema is Schemas", rewrite.EditShown(rewrite.At("GET", "/Schemas/*"), "meta/resourceType", rewrite.ToValue("Schemas"))},

		{"RFC7643-3.1-15", "the creation of a user is not dated", rewrite.EditShown(rewrite.OfUsers, "meta/created", rewrite.ToGone)},
		{"RFC7643-3.1-15", "the creation of a group is dated by a number", rewrite.EditShown(rewrite.OfGroups, "meta/created", rewrite.ToSeconds)},
		{"RFC7643-3.1-15", "the creation of a user is dated by a day", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "meta/created", rewrite.FormatTime("2006-01-02"))},

		{"RFC7643-3.1-16", "a PUT creates anew", rewrite.After(rewrite.At("PUT", "/Users/*"), createdAnew)},
		{"RFC7643-3.1-16", "a PATCH creates anew", rewrite.After(rewrite.At("PATCH", "/Users/*"), createdAnew)},
		{"RFC7643-3.1-16", "a PUT creates a group anew", rewrite.After(rewrite.At("PUT", "/Groups/*"), createdAnew)},
		{"RFC7643-3.1-16", "created is the moment of reading", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			rewrite.Part("meta/created", rewrite.ToValue(time.Now().UTC().Format(time.RFC3339Nano)))(o)
		})},

		{"RFC7643-3.1-17", "lastModified is a second later than created", rewrite.EditShown(rewrite.OfUsers, "meta/lastModified", moved(time.Second))},
		{"RFC7643-3.1-17", "lastModified of a group is a millisecond later than created", rewrite.EditShown(rewrite.OfGroups, "meta/lastModified", moved(time.Millisecond))},
		{"RFC7643-3.1-17", "lastModified is the moment of reading", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			rewrite.Part("meta/lastModified", rewrite.ToValue(time.Now().UTC().Format(time.RFC3339Nano)))(o)
		})},
		{"RFC7643-3.1-17", "lastModified is missing until something is modified", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			if meta := o.Object("meta"); meta.String("created") == meta.String("lastModified") && meta.Len() > 0 {
				meta.Delete("lastModified")
			}
		})},

		{"RFC7643-3.1-18", "lastModified of a user never moves", rewrite.Shown(rewrite.OfUsers, neverModified)},
		{"RFC7643-3.1-18", "lastModified of a group never moves", rewrite.Shown(rewrite.OfGroups, neverModified)},
		{"RFC7643-3.1-18", "lastModified does not move with a PUT", rewrite.After(rewrite.At("PUT", "/Users/*"), neverModified)},
		{"RFC7643-3.1-18", "lastModified does not move with a PATCH", rewrite.After(rewrite.At("PATCH", "/Users/*"), neverModified)},
		{"RFC7643-3.1-18", "lastModified does not move with a member", rewrite.After(rewrite.At("PATCH", "/Groups/*"), neverModified)},
		{"RFC7643-3.1-18", "lastModified moves back", rewrite.After(rewrite.At("PUT", "/Users/*"), rewrite.Part("meta/lastModified", moved(-time.Hour)))},
		{"RFC7643-3.1-18", "lastModified does not move when active changes", rewrite.After(rewrite.PatchTo("active"), neverModified)},

		{"RFC7643-3.1-19", "lastModified is before created", rewrite.EditShown(rewrite.OfUsers, "meta/lastModified", moved(-time.Hour))},
		{"RFC7643-3.1-19", "created of a group is in the future", rewrite.EditShown(rewrite.OfGroups, "meta/created", moved(24*time.Hour))},
		{"RFC7643-3.1-19", "lastModified is in another time zone without saying so", rewrite.EditShown(rewrite.OfUsers, "meta/lastModified", moved(-5*time.Hour))},

		{"RFC7643-3.1-20", "Content-Location is the address of the list", locating(rewrite.At("", "/Users/*"), "/Users")},
		{"RFC7643-3.1-20", "Content-Location of a new user is relative", locating(rewrite.At("POST", "/Users"), "Users/1")},
		{"RFC7643-3.1-20", "Content-Location of a group is another one's", locating(rewrite.At("GET", "/Groups/*"), "https://example.com/Groups/1")},

		{"RFC7643-3.1-21", "the address of a user is relative", rewrite.EditShown(rewrite.OfUsers, "meta/location", rewrite.ToText(func(s string) string {
			return s[strings.LastIndex(s, "/Users/"):]
		}))},
		{"RFC7643-3.1-21", "the address of a user is that of an inner host", rewrite.EditShown(rewrite.OfUsers, "meta/location", rewrite.ToText(onHost("http://scim.internal:8080")))},
		{"RFC7643-3.1-21", "the address of a group is that of an inner host", rewrite.EditShown(rewrite.OfGroups, "meta/location", rewrite.ToText(onHost("http://10.0.0.7")))},
		{"RFC7643-3.1-21", "the address of a user has another scheme", rewrite.EditShown(rewrite.OfUsers, "meta/location", rewrite.ToText(func(s string) string {
			return strings.Replace(s, "http://", "https://", 1)
		}))},
		{"RFC7643-3.1-21", "the address of a user in lists is that of the list", rewrite.EditShown(rewrite.InUserLists, "meta/location", rewrite.ToText(func(s string) string { return s[:strings.LastIndex(s, "/")] }))},
		{"RFC7643-3.1-21", "the location of a user ends in the name", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			rewrite.Part("meta/location", rewrite.ToText(func(s string) string { return s[:strings.LastIndex(s, "/")+1] + o.String("userName") }))(o)
		})},
		{"RFC7643-3.1-21", "the address of a group is among the users", rewrite.EditShown(rewrite.OfGroups, "meta/location", rewrite.ToText(func(s string) string {
			return strings.Replace(s, "/Groups/", "/Users/", 1)
		}))},
		{"RFC7643-3.1-21", "the address of a user lacks the base path", rewrite.EditShown(rewrite.OfUsers, "meta/location", rewrite.ToText(func(s string) string {
			return strings.Replace(s, "/identity/v2/scim", "", 1)
		}))},

		{"RFC7643-3.1-22", "an entity tag has no quotes", taggedAs(rewrite.Anywhere, func(tag string) string { return strings.Trim(tag, `W/"`) })},
		{"RFC7643-3.1-22", "a weak entity tag is written in a small letter", taggedAs(rewrite.Anywhere, func(tag string) string { return `w/"` + strings.Trim(tag, `W/"`) + `"` })},
		{"RFC7643-3.1-22", "a weak version is written in a small letter", rewrite.EditShown(rewrite.OfUsers, "meta/version", rewrite.ToText(func(s string) string { return `w/"` + strings.Trim(s, `W/"`) + `"` }))},
		{"RFC7643-3.1-22", "the quotes of an entity tag enclose the W", taggedAs(rewrite.At("GET", "/Users/*"), func(tag string) string { return `"W/` + strings.Trim(tag, `W/"`) })},

		{"RFC7643-3.1-24", "a second user with the externalId is a conflict", rewrite.RefuseAgain(rewrite.CreatesUsers, func(body *scim.Object) string { return body.String("externalId") }, scim.UniquenessError("another User has this externalId"))},
		{"RFC7643-3.1-24", "a second resource with the externalId is a conflict", rewrite.RefuseAgain(rewrite.Creations("*"), func(body *scim.Object) string { return body.String("externalId") }, scim.UniquenessError("another resource has this externalId"))},
		{"RFC7643-3.1-24", "a PUT with the externalId of another is a conflict", rewrite.RefuseAgain(rewrite.AnyOf(rewrite.CreatesUsers, rewrite.At("PUT", "/Users/*")), func(body *scim.Object) string { return body.String("externalId") }, scim.UniquenessError("another User has this externalId"))},
		{"RFC7643-3.1-24", "a PATCH to the externalId of another is a conflict", rewrite.RefuseOperations("/Users/*", rewrite.OnPath("externalId"), scim.UniquenessError("another User has this externalId"))},
		{"RFC7643-3.1-24", "one user is found by an externalId", rewrite.OnPages(rewrite.Queries().And(rewrite.Says("filter", "externalId")), rewrite.EditResources(func(all []any) []any { return all[:min(len(all), 1)] }))},
		{"RFC7643-3.1-23", "the version is another than the ETag", rewrite.EditShown(rewrite.OfUsers, "meta/version", rewrite.ToValue(`W/"another"`))},
		{"RFC7643-3.1-23", "the version has no quotes", rewrite.EditShown(rewrite.OfUsers, "meta/version", rewrite.ToText(func(s string) string { return strings.Trim(s, `W/"`) }))},
		{"RFC7643-3.1-23", "the version of a group is another than the ETag", rewrite.EditShown(rewrite.OfGroups, "meta/version", rewrite.ToValue(`W/"another"`))},
		{"RFC7643-3.1-23", "the ETag of a PUT is another than the version", taggedAs(rewrite.At("PUT", "/Users/*"), func(string) string { return `W/"another"` })},
		{"RFC7643-3.1-23", "the ETag of a creation is another than the version", taggedAs(rewrite.At("POST", "/Users"), func(string) string { return `W/"another"` })},
	}
}

func wantedID(_ *http.Request, sent *scim.Object, _ *rewrite.Answer) string { return sent.String("id") }

// showingSame gives those that have no such attribute the value of another one.
func showingSame(name, from string, chosen rewrite.When) rewrite.Wrap {
	return rewrite.Shown(chosen, func(o *scim.Object) {
		if o.String(name) == "" && o.String(from) != "" {
			o.Set(name, o.String(from))
		}
	})
}

// sharingIDs answers every creation with the id of the first one.
func sharingIDs(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		var id, location string
		return rewrite.Answers(chosen, func(_ *http.Request, a *rewrite.Answer) {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case !a.OK() || a.Body == nil:
			case id == "":
				id, location = a.Body.String("id"), a.Header.Get("Location")
			default:
				a.Body.Set("id", id)
				a.Header.Set("Location", location)
			}
		})
	})
}

// afterRename gives a user another id when the userName changes.
func afterRename() rewrite.Wrap {
	return rewrite.InTurn(rewrite.After(func(r *http.Request) bool {
		return rewrite.At("PUT,PATCH", "/Users/*")(r)
	}, rewrite.Part("id", rewrite.ToText(rewrite.OtherID))))
}

// recycling gives a new resource the id of the one that was deleted last.
func recycling(collection string) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var free atomic.Value
		free.Store("")
		noting := rewrite.Ahead(rewrite.At("DELETE", collection+"/*"), func(r *http.Request) {
			free.Store(rewrite.Segments(r)[1])
		})
		return rewrite.InTurn(renaming(rewrite.At("POST", collection), func(*http.Request, *scim.Object, *rewrite.Answer) string {
			return free.Swap("").(string)
		}), noting)
	})
}

// uniqueExternalIDs refuses an externalId that was used before.
func uniqueExternalIDs() rewrite.Wrap {
	return rewrite.RefuseAgain(rewrite.At("POST", "/Users"), func(body *scim.Object) string { return body.String("externalId") },
		scim.UniquenessError("another user has this externalId"))
}

// renaming gives resources another id than the provider's, everywhere. pick
// names it for a new resource, from the request and the provider's answer; ""
// leaves the id as it is.
func renaming(chosen rewrite.When, pick func(r *http.Request, sent *scim.Object, a *rewrite.Answer) string) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		real := map[string]string{} // by the id that is shown
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			defer mu.Unlock()
			for alias, id := range real {
				r.URL.Path = strings.ReplaceAll(r.URL.Path, "/"+alias, "/"+id)
				r.URL.RawPath = ""
			}
			picks := chosen(r)
			var sent *scim.Object
			if picks {
				sent = rewrite.BodyOf(r)
			}
			a := rewrite.Serve(next, r)
			if picks && a.OK() && a.Body != nil {
				if alias := pick(r, sent, a); alias != "" {
					real[alias] = a.Body.String("id")
				}
			}
			if a.Body != nil {
				a.Raw, _ = a.Body.MarshalJSON()
				a.Body = nil
			}
			for alias, id := range real {
				a.Raw = bytes.ReplaceAll(a.Raw, []byte(id), []byte(alias))
				if location := a.Header.Get("Location"); location != "" {
					a.Header.Set("Location", strings.ReplaceAll(location, id, alias))
				}
			}
			return a
		})
	})
}

func createdAnew(o *scim.Object) {
	if meta := o.Object("meta"); meta.Len() > 0 {
		meta.Set("created", meta.String("lastModified"))
	}
}

func neverModified(o *scim.Object) {
	if meta := o.Object("meta"); meta.Len() > 0 {
		meta.Set("lastModified", meta.String("created"))
	}
}

// moved shifts a time.
func moved(by time.Duration) func(any) any {
	return rewrite.ToText(func(s string) string {
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			return s
		}
		return t.Add(by).Format(time.RFC3339Nano)
	})
}

func onHost(host string) func(string) string {
	return func(s string) string {
		_, rest, _ := strings.Cut(s, "://")
		_, path, _ := strings.Cut(rest, "/")
		return host + "/" + path
	}
}

func locating(chosen rewrite.When, location string) rewrite.Wrap {
	return rewrite.Answers(chosen, func(_ *http.Request, a *rewrite.Answer) {
		if a.OK() && a.Body != nil {
			a.Header.Set("Content-Location", location)
		}
	})
}

func taggedAs(chosen rewrite.When, edit func(tag string) string) rewrite.Wrap {
	return rewrite.Answers(chosen, func(_ *http.Request, a *rewrite.Answer) {
		if tag := a.Header.Get("ETag"); tag != "" {
			a.Header.Set("ETag", edit(tag))
		}
	})
}
