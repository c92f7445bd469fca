package faults

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// referenceFaults violate RFC 7643, section 2.3.7, and what section 2.4 says of
// references.
func referenceFaults() []Fault {
	return []Fault{
		{"RFC7643-2.3.7-01", "the address of a profile has spaces", showing(ofUsers, "profileUrl", toValue("my profile"))},
		{"RFC7643-2.3.7-01", "the address of a member is empty", showing(ofGroups, "members/$ref", toValue(""))},
		{"RFC7643-2.3.7-01", "the address of a user is a number", showing(ofUsers, "meta/location", toValue(number(7)))},
		{"RFC7643-2.3.7-01", "the address of a photo is in angle brackets", showing(ofUsers, "photos/value", toText(func(s string) string { return "<" + s + ">" }))},

		{"RFC7643-2.3.7-02", "the address of a member starts at its collection", showing(ofGroups, "members/$ref", toText(func(s string) string {
			return s[strings.LastIndex(s, "/")+1:]
		}))},
		{"RFC7643-2.3.7-02", "the address of a member starts at the host", showing(ofGroups, "members/$ref", toText(func(s string) string {
			return s[strings.LastIndex(s, "/Users/"):]
		}))},
		{"RFC7643-2.3.7-02", "the address of a member starts above the service root", showing(ofGroups, "members/$ref", toText(func(s string) string {
			return ".." + s[strings.LastIndex(s, "/Users/"):]
		}))},

		{"RFC7643-2.3.7-03", "the address of a member is a URN", showing(ofGroups, "members/$ref", toText(func(s string) string {
			return "urn:uuid:" + s[strings.LastIndex(s, "/")+1:]
		}))},
		{"RFC7643-2.3.7-03", "the address of a user is a name of LDAP", showing(ofUsers, "meta/location", toText(func(s string) string {
			return "ldap://directory.example.com/uid=" + s[strings.LastIndex(s, "/")+1:]
		}))},
		{"RFC7643-2.3.7-03", "the address of a group of a user is a file", showing(ofGroups, "meta/location", toValue("file:///groups/1"))},

		{"RFC7643-2.3.7-04", "the address of a user leads nowhere", showing(ofUsers, "meta/location", toText(func(s string) string { return s + "0" }))},
		{"RFC7643-2.3.7-04", "the address of a user is that of the list", showing(ofUsers, "meta/location", toText(func(s string) string { return s[:strings.LastIndex(s, "/")] }))},
		{"RFC7643-2.3.7-04", "the address of a member is that of a group", showing(ofGroups, "members/$ref", toText(func(s string) string {
			return strings.Replace(s, "/Users/", "/Groups/", 1)
		}))},
		{"RFC7643-2.3.7-04", "the addresses of all members are that of the first", shown(ofGroups, func(o *scim.Object) {
			members := objectsIn(o.Array("members"))
			for _, m := range members {
				m.Set("$ref", members[0].String("$ref"))
			}
		})},
		{"RFC7643-2.3.7-04", "the address of a user's group is that of a user", showing(ofUsers, "groups/$ref", toText(func(s string) string {
			return strings.Replace(s, "/Groups/", "/Users/", 1)
		}))},
		{"RFC7643-2.3.7-04", "the address of a user's group lacks the base path", showing(ofUsers, "groups/$ref", toText(func(s string) string {
			u, err := url.Parse(s)
			if err != nil {
				return s
			}
			return u.Scheme + "://" + u.Host + s[strings.LastIndex(s, "/Groups/"):]
		}))},
		{"RFC7643-2.3.7-04", "a group in a group is called a user", showing(ofGroups, "members/$ref", toText(func(s string) string {
			return strings.Replace(s, "/Groups/", "/Users/", 1)
		}))},

		{"RFC7643-2.3.7-05", "a new group drops members that nobody knows", withoutSentIf(at("POST", "/Groups"), hasStranger, "members")},
		{"RFC7643-2.3.7-05", "a PUT drops members that nobody knows", withoutSentIf(at("PUT", "/Groups/*"), hasStranger, "members")},
		{"RFC7643-2.3.7-05", "a PATCH keeps quiet about members that nobody knows", answers(at("PATCH", "/Groups/*"), func(_ *http.Request, a *answer) {
			if a.status == http.StatusBadRequest {
				*a = answer{status: http.StatusNoContent, header: http.Header{}}
			}
		})},
		{"RFC7643-2.3.7-05", "a PATCH fails because of members that nobody knows", answers(at("PATCH", "/Groups/*"), func(_ *http.Request, a *answer) {
			if a.status == http.StatusBadRequest {
				a.refuse(scim.Internal("foreign key"))
			}
		})},

		{"RFC7643-2.4-09", "the address of another version is refused", refusingBodies(aGroup, refersTo(func(ref string) bool {
			return strings.Contains(ref, "/v9/")
		}), scim.InvalidValue("members: $ref does not fit value"))},
		{"RFC7643-2.4-09", "a member with a relative address is dropped", requests(aGroup, withoutMembers(func(ref string) bool {
			return ref != "" && !strings.Contains(ref, "://")
		}))},
		{"RFC7643-2.4-09", "a member with any address is refused", refusingBodies(aGroup, refersTo(func(ref string) bool {
			return ref != ""
		}), scim.InvalidValue("members: $ref is not known"))},
	}
}

// hasStranger is true for a body with a member that cannot be one.
func hasStranger(body *scim.Object) bool {
	for _, m := range objectsIn(body.Array("members")) {
		if strings.Contains(m.String("value"), "no-such-id") {
			return true
		}
	}
	return false
}

func refersTo(such func(ref string) bool) func(*scim.Object) bool {
	return func(body *scim.Object) bool {
		for _, m := range objectsIn(body.Array("members")) {
			if such(m.String("$ref")) {
				return true
			}
		}
		return false
	}
}

func withoutMembers(such func(ref string) bool) func(*http.Request, *scim.Object) {
	return func(_ *http.Request, body *scim.Object) {
		if body == nil {
			return
		}
		kept := []any{}
		for _, m := range objectsIn(body.Array("members")) {
			if !such(m.String("$ref")) {
				kept = append(kept, m)
			}
		}
		body.Set("members", kept)
	}
}
