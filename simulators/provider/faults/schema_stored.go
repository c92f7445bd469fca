package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

const enterprisePrefix = scim.EnterpriseURN + ":"

// storedFaults are about what becomes of values that a client may write.
func storedFaults() []Fault {
	return []Fault{
		{"RFC7643-7-19", "a text is not stored by POST", losingAttribute("POST", "/Users", "title")},
		{"RFC7643-7-19", "a text is not stored by PUT", losingAttribute("PUT", "/Users/*", "nickName")},
		{"RFC7643-7-19", "a text is not stored by PATCH", losingAttribute("PATCH", "/Users/*", "displayName")},
		{"RFC7643-7-19", "a text is stored under another name", requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if v, ok := body.Get("nickName"); ok {
				body.Delete("nickName")
				body.Set("userType", v)
			}
		})},
		{"RFC7643-7-19", "a text is cut", sentValue("POST", "/Users", "title", cutTo(5))},
		{"RFC7643-7-19", "a boolean is not stored by PUT", losingAttribute("PUT", "/Users/*", "active")},
		{"RFC7643-7-19", "a boolean is not stored by PATCH", losingAttribute("PATCH", "/Users/*", "active")},
		{"RFC7643-7-19", "a boolean is turned around", sentValue("PUT", "/Users/*", "active", func(v any) any { return v == false })},
		{"RFC7643-7-19", "primary is not stored", losingAttribute("POST", "/Users", "emails.primary")},
		{"RFC7643-7-19", "a reference is not stored", losingAttribute("POST,PUT", "", "profileUrl")},
		{"RFC7643-7-19", "a binary is not stored", losingAttribute("POST", "/Users", "x509Certificates")},
		{"RFC7643-7-19", "a binary is damaged", sentValue("POST", "/Users", "x509Certificates.value", cutTo(8))},
		{"RFC7643-7-19", "a complex attribute is not stored", losingAttribute("POST", "/Users", "name")},
		{"RFC7643-7-19", "a complex attribute is not stored by PATCH", losingAttribute("PATCH", "/Users/*", "name")},
		{"RFC7643-7-19", "a part of a complex attribute is not stored", losingAttribute("POST", "/Users", "name.middleName")},
		{"RFC7643-7-19", "a list is not stored by POST", losingAttribute("POST", "/Users", "phoneNumbers")},
		{"RFC7643-7-19", "a list is not stored by PUT", losingAttribute("PUT", "/Users/*", "addresses")},
		{"RFC7643-7-19", "a list is not stored by PATCH", losingAttribute("PATCH", "/Users/*", "roles")},
		{"RFC7643-7-19", "a part of a list's elements is not stored", losingAttribute("POST", "/Users", "addresses.postalCode")},
		{"RFC7643-7-19", "the type of a list's elements is not stored", losingAttribute("POST", "/Users", "ims.type")},
		{"RFC7643-7-19", "entitlements are not stored", losingAttribute("POST", "/Users", "entitlements")},
		{"RFC7643-7-19", "photos are not stored", losingAttribute("PUT", "/Users/*", "photos")},
		{"RFC7643-7-19", "locale is not stored", losingAttribute("POST", "/Users", "locale")},
		{"RFC7643-7-19", "timezone is the server's own", sentValue("POST", "/Users", "timezone", toWord("UTC"))},
		{"RFC7643-7-19", "externalId is not stored", losingAttribute("POST", "/Users", "externalId")},
		{"RFC7643-7-19", "the extension is not stored by POST", losingAttribute("POST", "/Users", enterprisePrefix+"department")},
		{"RFC7643-7-19", "the extension is not stored by PUT", losingAttribute("PUT", "/Users/*", enterprisePrefix+"costCenter")},
		{"RFC7643-7-19", "the extension is not stored by PATCH", losingAttribute("PATCH", "/Users/*", enterprisePrefix+"division")},
		{"RFC7643-7-19", "the manager is not stored", losingAttribute("POST", "/Users", enterprisePrefix+"manager")},
		{"RFC7643-7-19", "an attribute of the target's own extension is not stored", losingAttribute("POST", "/Users", ciscoURN+":authName")},
		{"RFC7643-7-19", "members are not stored by POST", losingAttribute("POST", "/Groups", "members")},
		{"RFC7643-7-19", "members are not stored by PUT", losingAttribute("PUT", "/Groups/*", "members")},
		{"RFC7643-7-19", "members are not stored by PATCH", losingAttribute("PATCH", "/Groups/*", "members")},
		{"RFC7643-7-19", "an integer is declared and not stored", schemaAdds(scim.UserURN, "loginCount", "integer", false)},
		{"RFC7643-7-19", "a decimal is declared and not stored", schemaAdds(scim.UserURN, "weight", "decimal", false)},
		{"RFC7643-7-19", "a dateTime is declared and not stored", schemaAdds(scim.UserURN, "hired", "dateTime", false)},
		{"RFC7643-7-19", "a boolean is declared and not stored", schemaAdds(scim.UserURN, "vip", "boolean", false)},
		{"RFC7643-7-19", "a text is declared and not stored", schemaAdds(scim.EnterpriseURN, "room", "string", false)},
		{"RFC7643-7-19", "a reference is declared and not stored", schemaAdds(scim.GroupURN, "homePage", "reference", false)},
		{"RFC7643-7-19", "a complex attribute is declared and not stored", schemaAdds(scim.UserURN, "badge", "complex", false)},
		{"RFC7643-7-19", "a list of texts is declared and not stored", schemaAdds(scim.UserURN, "tags", "string", true)},
		{"RFC7643-7-19", "a list of complex values is declared and not stored", schemaAdds(scim.UserURN, "devices", "complex", true)},
	}
}

// keptFaults are about the form in which values are stored, and whether they are
// accepted and found.
func keptFaults() []Fault {
	return []Fault{
		{"RFC7643-7-22", "a title is refused by POST", refusingAttribute("POST", "title")},
		{"RFC7643-7-22", "a nickName is refused by PUT", refusingAttribute("PUT", "nickName")},
		{"RFC7643-7-22", "a name is refused by PATCH", refusingAttribute("PATCH", "name")},
		{"RFC7643-7-22", "a displayName breaks the server", refusing500("POST", "displayName")},
		{"RFC7643-7-07", "externalId is put in lower case", sentValue("POST", "/Users", "externalId", toLower)},
		{"RFC7643-7-07", "externalId is shown in lower case", onePart(at("GET", "/Users/*"), "externalId", toLower)},
		{"RFC7643-7-07", "externalId of a group is put in lower case", sentValue("POST", "/Groups", "externalId", toLower)},
		{"RFC7643-7-07", "a URL is put in lower case", sentValue("POST", "/Users", "profileUrl", toLower)},
		{"RFC7643-7-07", "displayName is said to be case-exact and put in lower case", combined(
			schemaSays(scim.UserURN, "displayName", "caseExact", true), sentValue("POST", "/Users", "displayName", toLower))},
		{"RFC7643-7-23", "every e-mail address becomes one for work", sentValue("POST", "/Users", "emails.type", toWord("work"))},
		{"RFC7643-7-23", "every e-mail address becomes one for work by PUT", sentValue("PUT", "/Users/*", "emails.type", toWord("work"))},
		{"RFC7643-7-23", "every e-mail address becomes one for work by PATCH", sentValue("PATCH", "/Users/*", "emails.type", toWord("work"))},
		{"RFC7643-7-23", "a pager becomes a mobile phone", sentValue("POST", "/Users", "phoneNumbers.type", toInstead("pager", "mobile"))},
		{"RFC7643-7-23", "an address of another kind becomes one for home", sentValue("POST", "/Users", "addresses.type", toInstead("other", "home"))},
		{"RFC7643-7-23", "the type of a picture is lost", sentValue("POST", "/Users", "photos.type", toNothing)},
		{"RFC7643-7-23", "a messenger's type is replaced by a number", sentValue("POST", "/Users", "ims.type", toInstead("skype", "5"))},
		{"RFC7643-7-25", "nobody is found by title", blindTo("title eq")},
		{"RFC7643-7-25", "nobody is found by a part of the name", blindTo("name.familyName eq")},
		{"RFC7643-7-25", "nobody is found by department", blindTo(":department eq")},
		{"RFC7643-7-25", "nobody is found by a boolean", blindTo("active eq")},
		{"RFC7643-7-25", "nobody is found by a telephone number", blindTo("phoneNumbers.value eq")},
		{"RFC7643-7-25", "no group is found by its members", blindTo("members.value eq")},
		{"RFC7643-7-25", "no group is found by externalId", blindToAt("/Groups", "externalId eq")},
	}
}

func toInstead(from, to string) func(any) any {
	return func(v any) any {
		if v == from {
			return to
		}
		return v
	}
}

// refusingAttribute refuses every write of an attribute of users.
func refusingAttribute(method, name string) Wrap {
	return refusingWrites(method, mentioningAttribute(name, scim.InvalidValue("%s is not welcome", name)))
}

func refusing500(method, name string) Wrap {
	return refusingWrites(method, mentioningAttribute(name, scim.Internal("%s broke the server", name)))
}

func mentioningAttribute(name string, e *scim.Error) func(r *http.Request, body string) *scim.Error {
	return func(r *http.Request, body string) *scim.Error {
		if segments(r)[0] == "Users" && (strings.Contains(body, `"`+name+`":`) || strings.Contains(body, `"path":"`+name+`"`)) {
			return e
		}
		return nil
	}
}

// blindTo finds nothing by a filter with this comparison.
func blindTo(comparison string) Wrap { return blindToAt("/*", comparison) }

func blindToAt(place, comparison string) Wrap {
	return answers(func(r *http.Request) bool {
		return at("GET", place)(r) && strings.Contains(r.URL.Query().Get("filter"), comparison)
	}, func(_ *http.Request, a *answer) {
		if a.ok() {
			a.body = (&scim.List{}).Object()
		}
	})
}
