package faults

import (
	"net/http"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// metaFaults violate what RFC 7643, section 3.1, says of meta.
func metaFaults() []Fault {
	return []Fault{
		{"RFC7643-3.1-12", "a new user keeps the meta that was sent", storingAsSent(at("POST", "/Users"), "meta", isObject)},
		{"RFC7643-3.1-12", "a new group keeps the meta that was sent", storingAsSent(at("POST", "/Groups"), "meta", isObject)},
		{"RFC7643-3.1-12", "a PUT keeps the meta that was sent", storingAsSent(at("PUT", "/Users/*"), "meta", isObject)},
		{"RFC7643-3.1-12", "a PATCH keeps the meta that was sent", after(at("PATCH", "/Users/*"), part("meta/created", toValue("2001-01-01T00:00:00Z")))},
		{"RFC7643-3.1-12", "meta in a new user is refused", refusingBodies(at("POST", "/Users"), hasMember("meta"), scim.MutabilityError("meta is readOnly"))},
		{"RFC7643-3.1-12", "meta in a PUT is refused", refusingBodies(at("PUT", "/Users/*"), hasMember("meta"), scim.MutabilityError("meta is readOnly"))},

		{"RFC7643-3.1-13", "a user has no meta", showing(ofUsers, "meta", toGone)},
		{"RFC7643-3.1-13", "a group has no meta", showing(ofGroups, "meta", toGone)},
		{"RFC7643-3.1-13", "the answer to a creation has no meta", showing(at("POST", "/Users"), "meta", toGone)},
		{"RFC7643-3.1-13", "the answer to a PUT has no meta", showing(at("PUT", "/Users/*"), "meta", toGone)},
		{"RFC7643-3.1-13", "meta has no resourceType", showing(ofUsers, "meta/resourceType", toGone)},
		{"RFC7643-3.1-13", "meta has no created", showing(ofUsers, "meta/created", toGone)},
		{"RFC7643-3.1-13", "meta of a group has no lastModified", showing(ofGroups, "meta/lastModified", toGone)},
		{"RFC7643-3.1-13", "meta has no location", showing(ofUsers, "meta/location", toGone)},
		{"RFC7643-3.1-13", "meta in lists has no location", showing(inUserLists, "meta/location", toGone)},
		{"RFC7643-3.1-13", "users in lists have no meta", showing(inUserLists, "meta", toGone)},

		{"RFC7643-3.1-14", "the type of a user is Users", showing(ofUsers, "meta/resourceType", toValue("Users"))},
		{"RFC7643-3.1-14", "the type of a user is written in small letters", showing(ofUsers, "meta/resourceType", toText(strings.ToLower))},
		{"RFC7643-3.1-14", "the type of a group is User", showing(ofGroups, "meta/resourceType", toValue("User"))},
		{"RFC7643-3.1-14", "the type of a group in lists is Groups", showing(inGroupLists, "meta/resourceType", toValue("Groups"))},
		{"RFC7643-3.1-14", "the type of a user is the URN of the schema", showing(at("GET", "/Users/*"), "meta/resourceType", toValue(scim.UserURN))},
		{"RFC7643-3.1-14", "the type of the configuration is Config", showing(at("GET", "/ServiceProviderConfig"), "meta/resourceType", toValue("Config"))},
		{"RFC7643-3.1-14", "the type of a schema is Schemas", showing(at("GET", "/Schemas/*"), "meta/resourceType", toValue("Schemas"))},

		{"RFC7643-3.1-15", "the creation of a user is not dated", showing(ofUsers, "meta/created", toGone)},
		{"RFC7643-3.1-15", "the creation of a group is dated by a number", showing(ofGroups, "meta/created", toSeconds)},
		{"RFC7643-3.1-15", "the creation of a user is dated by a day", showing(at("GET", "/Users/*"), "meta/created", dated("2006-01-02"))},

		{"RFC7643-3.1-16", "a PUT creates anew", after(at("PUT", "/Users/*"), createdAnew)},
		{"RFC7643-3.1-16", "a PATCH creates anew", after(at("PATCH", "/Users/*"), createdAnew)},
		{"RFC7643-3.1-16", "a PUT creates a group anew", after(at("PUT", "/Groups/*"), createdAnew)},
		{"RFC7643-3.1-16", "created is the moment of reading", shown(ofUsers, func(o *scim.Object) {
			part("meta/created", toValue(time.Now().UTC().Format(time.RFC3339Nano)))(o)
		})},

		{"RFC7643-3.1-17", "lastModified is a second later than created", showing(ofUsers, "meta/lastModified", moved(time.Second))},
		{"RFC7643-3.1-17", "lastModified of a group is a millisecond later than created", showing(ofGroups, "meta/lastModified", moved(time.Millisecond))},
		{"RFC7643-3.1-17", "lastModified is the moment of reading", shown(at("GET", "/Users/*"), func(o *scim.Object) {
			part("meta/lastModified", toValue(time.Now().UTC().Format(time.RFC3339Nano)))(o)
		})},
		{"RFC7643-3.1-17", "lastModified is missing until something is modified", shown(ofUsers, func(o *scim.Object) {
			if meta := o.Object("meta"); meta.String("created") == meta.String("lastModified") && meta.Len() > 0 {
				meta.Delete("lastModified")
			}
		})},

		{"RFC7643-3.1-18", "lastModified of a user never moves", shown(ofUsers, neverModified)},
		{"RFC7643-3.1-18", "lastModified of a group never moves", shown(ofGroups, neverModified)},
		{"RFC7643-3.1-18", "lastModified does not move with a PUT", after(at("PUT", "/Users/*"), neverModified)},
		{"RFC7643-3.1-18", "lastModified does not move with a PATCH", after(at("PATCH", "/Users/*"), neverModified)},
		{"RFC7643-3.1-18", "lastModified does not move with a member", after(at("PATCH", "/Groups/*"), neverModified)},
		{"RFC7643-3.1-18", "lastModified moves back", after(at("PUT", "/Users/*"), part("meta/lastModified", moved(-time.Hour)))},
		{"RFC7643-3.1-18", "lastModified does not move when active changes", after(patchTo("active"), neverModified)},

		{"RFC7643-3.1-19", "lastModified is before created", showing(ofUsers, "meta/lastModified", moved(-time.Hour))},
		{"RFC7643-3.1-19", "created of a group is in the future", showing(ofGroups, "meta/created", moved(24*time.Hour))},
		{"RFC7643-3.1-19", "lastModified is in another time zone without saying so", showing(ofUsers, "meta/lastModified", moved(-5*time.Hour))},

		{"RFC7643-3.1-20", "Content-Location is the address of the list", locating(at("", "/Users/*"), "/Users")},
		{"RFC7643-3.1-20", "Content-Location of a new user is relative", locating(at("POST", "/Users"), "Users/1")},
		{"RFC7643-3.1-20", "Content-Location of a group is another one's", locating(at("GET", "/Groups/*"), "https://example.com/Groups/1")},

		{"RFC7643-3.1-21", "the address of a user is relative", showing(ofUsers, "meta/location", toText(func(s string) string {
			return s[strings.LastIndex(s, "/Users/"):]
		}))},
		{"RFC7643-3.1-21", "the address of a user is that of an inner host", showing(ofUsers, "meta/location", toText(onHost("http://scim.internal:8080")))},
		{"RFC7643-3.1-21", "the address of a group is that of an inner host", showing(ofGroups, "meta/location", toText(onHost("http://10.0.0.7")))},
		{"RFC7643-3.1-21", "the address of a user has another scheme", showing(ofUsers, "meta/location", toText(func(s string) string {
			return strings.Replace(s, "http://", "https://", 1)
		}))},
		{"RFC7643-3.1-21", "the address of a user in lists is that of the list", showing(inUserLists, "meta/location", toText(func(s string) string { return s[:strings.LastIndex(s, "/")] }))},
		{"RFC7643-3.1-21", "the address of a user ends in his name", shown(ofUsers, func(o *scim.Object) {
			part("meta/location", toText(func(s string) string { return s[:strings.LastIndex(s, "/")+1] + o.String("userName") }))(o)
		})},
		{"RFC7643-3.1-21", "the address of a group is among the users", showing(ofGroups, "meta/location", toText(func(s string) string {
			return strings.Replace(s, "/Groups/", "/Users/", 1)
		}))},
		{"RFC7643-3.1-21", "the address of a user lacks the base path", showing(ofUsers, "meta/location", toText(func(s string) string {
			return strings.Replace(s, "/identity/v2/scim", "", 1)
		}))},

		{"RFC7643-3.1-22", "an entity tag has no quotes", taggedAs(anywhere, func(tag string) string { return strings.Trim(tag, `W/"`) })},
		{"RFC7643-3.1-22", "a weak entity tag is written in a small letter", taggedAs(anywhere, func(tag string) string { return `w/"` + strings.Trim(tag, `W/"`) + `"` })},
		{"RFC7643-3.1-22", "a weak version is written in a small letter", showing(ofUsers, "meta/version", toText(func(s string) string { return `w/"` + strings.Trim(s, `W/"`) + `"` }))},
		{"RFC7643-3.1-22", "the quotes of an entity tag enclose the W", taggedAs(at("GET", "/Users/*"), func(tag string) string { return `"W/` + strings.Trim(tag, `W/"`) })},

		{"RFC7643-3.1-23", "the version is another than the ETag", showing(ofUsers, "meta/version", toValue(`W/"another"`))},
		{"RFC7643-3.1-23", "the version has no quotes", showing(ofUsers, "meta/version", toText(func(s string) string { return strings.Trim(s, `W/"`) }))},
		{"RFC7643-3.1-23", "the version of a group is another than the ETag", showing(ofGroups, "meta/version", toValue(`W/"another"`))},
		{"RFC7643-3.1-23", "the ETag of a PUT is another than the version", taggedAs(at("PUT", "/Users/*"), func(string) string { return `W/"another"` })},
		{"RFC7643-3.1-23", "the ETag of a creation is another than the version", taggedAs(at("POST", "/Users"), func(string) string { return `W/"another"` })},
	}
}

func isObject(v any) bool { _, ok := v.(*scim.Object); return ok }

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

func moved(by time.Duration) func(any) any {
	return toText(func(s string) string {
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

func locating(chosen when, location string) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		if a.ok() && a.body != nil {
			a.header.Set("Content-Location", location)
		}
	})
}

func taggedAs(chosen when, edit func(tag string) string) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		if tag := a.header.Get("ETag"); tag != "" {
			a.header.Set("ETag", edit(tag))
		}
	})
}
