package rfc7643

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// dataTypesFaults violate features/rfc7643/2.3_data_types.feature.
func dataTypesFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-2.3-01", "a number is stored as the displayName", rewrite.StoreAsSent(rewrite.AUser, "displayName", notText)},
		{"RFC7643-2.3-01", "a number is stored as the externalId", rewrite.StoreAsSent(rewrite.AUser, "externalId", notText)},
		{"RFC7643-2.3-01", "a text is stored as the name", rewrite.StoreAsSent(rewrite.AUser, "name", func(v any) bool { _, ok := v.(*scim.Object); return !ok })},
		{"RFC7643-2.3-01", "a text is stored as the e-mail addresses", rewrite.StoreAsSent(rewrite.AUser, "emails", func(v any) bool { _, ok := v.([]any); return !ok })},
		{"RFC7643-2.3-01", "null is stored among the e-mail addresses", rewrite.StoreAsSent(rewrite.AUser, "emails", func(v any) bool { return len(rewrite.ObjectsIn(v)) == 0 })},
		{"RFC7643-2.3-01", "anything is stored as active", rewrite.StoreAsSent(rewrite.AUser, "active", notBool)},
		{"RFC7643-2.3-01", "a value of a wrong type is an internal error", rewrite.Answers(rewrite.At("POST", "/Users"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusBadRequest {
				a.Refuse(scim.Internal("cannot convert"))
			}
		})},

		{"RFC7643-2.3.1-01", "an unknown type of address becomes a known one", rewrite.EditSent(rewrite.AUser, "emails/type", rewrite.ToText(knownType))},
		{"RFC7643-2.3.1-01", "an unknown type of address is dropped", rewrite.EditSent(rewrite.At("PUT", "/Users/*"), "emails/type", func(v any) any {
			if s, _ := v.(string); knownType(s) != s {
				return rewrite.Gone
			}
			return v
		})},
		{"RFC7643-2.3.1-01", "an address of an unknown type is dropped", rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			for _, e := range rewrite.ObjectsIn(body.Array("emails")) {
				if t := e.String("type"); knownType(t) != t {
					body.Delete("emails")
				}
			}
		})},

		{"RFC7643-2.3.1-02", "characters outside ASCII become question marks", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(questioned))},
		{"RFC7643-2.3.1-02", "characters beyond sixteen bits are cut off", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(withoutHigh))},
		{"RFC7643-2.3.1-02", "a family name loses its accents", rewrite.EditSent(rewrite.At("POST", "/Users"), "name/familyName", rewrite.ToText(questioned))},
		{"RFC7643-2.3.1-02", "texts are escaped for HTML", rewrite.EditShown(rewrite.OfUsers, "displayName", rewrite.ToText(html.EscapeString))},
		{"RFC7643-2.3.1-02", "tags are stripped", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(strings.NewReplacer("<b>", "", "</b>", "").Replace))},
		{"RFC7643-2.3.1-02", "quotes are doubled", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(doubledQuotes))},
		{"RFC7643-2.3.1-02", "a backslash is taken for an escape", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(func(s string) string { return strings.ReplaceAll(s, `\`, "") }))},
		{"RFC7643-2.3.1-02", "UTF-8 is read as Latin 1", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "displayName", rewrite.ToText(latin))},
		{"RFC7643-2.3.1-02", "a list spoils texts", rewrite.EditShown(rewrite.InUserLists, "displayName", rewrite.ToText(latin))},
		{"RFC7643-2.3.1-02", "a PUT spoils texts", rewrite.EditSent(rewrite.At("PUT", "/Users/*"), "displayName", rewrite.ToText(questioned))},
		{"RFC7643-2.3.1-02", "a PATCH spoils texts", rewrite.Patching("/Users/*", func(op *scim.Object) bool {
			rewrite.Part("value", rewrite.ToText(questioned))(op)
			return true
		})},
		{"RFC7643-2.3.1-02", "the name of a group is spoiled", rewrite.EditShown(rewrite.OfGroups, "displayName", rewrite.ToText(latin))},
		{"RFC7643-2.3.1-02", "a plus sign becomes a space", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(func(s string) string { return strings.ReplaceAll(s, "+", " ") }))},
		{"RFC7643-2.3.1-02", "a percent escape is decoded", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(func(s string) string { return strings.ReplaceAll(s, "%41", "A") }))},
		{"RFC7643-2.3.1-02", "a text like a number becomes one", rewrite.EditShown(rewrite.OfUsers, "displayName", func(v any) any {
			if n, err := strconv.Atoi(rewrite.Text(v)); err == nil {
				return rewrite.Number(n)
			}
			return v
		})},
		{"RFC7643-2.3.1-02", "a text like a boolean becomes one", rewrite.EditShown(rewrite.OfUsers, "displayName", func(v any) any {
			if v == "true" {
				return true
			}
			return v
		})},
		{"RFC7643-2.3.1-02", "a text like nothing becomes nothing", rewrite.EditShown(rewrite.OfUsers, "displayName", func(v any) any {
			if v == "null" {
				return nil
			}
			return v
		})},

		{"RFC7643-2.3.1-03", "a text is cut after 64 letters", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(cutAfter(64)))},
		{"RFC7643-2.3.1-03", "a text is cut after 100 letters", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(cutAfter(100)))},
		{"RFC7643-2.3.1-03", "a text is cut after 255 letters", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(cutAfter(255)))},
		{"RFC7643-2.3.1-03", "a text of 5000 letters is dropped", rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", func(v any) any {
			if len(rewrite.Text(v)) > 4096 {
				return rewrite.Gone
			}
			return v
		})},

		{"RFC7643-2.3.2-01", "active is a text", rewrite.EditShown(rewrite.OfUsers, "active", spelled)},
		{"RFC7643-2.3.2-01", "active is a text with a capital", rewrite.EditShown(rewrite.OfUsers, "active", func(v any) any {
			s := rewrite.Text(spelled(v))
			return strings.ToUpper(s[:1]) + s[1:]
		})},
		{"RFC7643-2.3.2-01", "active is 1 or 0", rewrite.EditShown(rewrite.OfUsers, "active", func(v any) any {
			if v == true {
				return rewrite.Number(1)
			}
			return rewrite.Number(0)
		})},
		{"RFC7643-2.3.2-01", "active is a text in lists", rewrite.EditShown(rewrite.InUserLists, "active", spelled)},
		{"RFC7643-2.3.2-01", "active is a text after a PATCH", rewrite.After(rewrite.At("PATCH", "/Users/*"), rewrite.Part("active", spelled))},
		{"RFC7643-2.3.2-01", "active is a text in the answer to a creation", rewrite.EditShown(rewrite.At("POST", "/Users"), "active", spelled)},
		{"RFC7643-2.3.2-01", "primary is a text", rewrite.EditShown(rewrite.OfUsers, "emails/primary", spelled)},
		{"RFC7643-2.3.2-01", "supported is a text", rewrite.EditShown(rewrite.At("GET", "/ServiceProviderConfig"), "patch/supported", spelled)},
		{"RFC7643-2.3.2-01", "false is null", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "active", func(v any) any {
			if v == false {
				return nil
			}
			return v
		})},

		{"RFC7643-2.3.3-01", "the limit of a list is a text", rewrite.EditShown(rewrite.At("GET", "/ServiceProviderConfig"), "filter/maxResults", rewrite.ToValue("200"))},
		{"RFC7643-2.3.3-01", "a decimal of an extension is a text", rewrite.InTurn(
			rewrite.Shown(rewrite.At("GET", "/Schemas"), declaringDecimal),
			rewrite.EditShown(rewrite.OfUsers, scim.EnterpriseURN, withPartTime),
		)},

		{"RFC7643-2.3.4-01", "the limit of a list has a fraction", rewrite.EditShown(rewrite.At("GET", "/ServiceProviderConfig"), "filter/maxResults", rewrite.ToValue(json.Number("200.0")))},
		{"RFC7643-2.3.4-01", "the limit of a bulk request has an exponent", rewrite.EditShown(rewrite.At("GET", "/ServiceProviderConfig"), "bulk/maxPayloadSize", rewrite.ToValue(json.Number("1e6")))},
		{"RFC7643-2.3.4-01", "the number of results has a fraction", rewrite.Answers(rewrite.InUserLists, func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				a.Body.Set("totalResults", json.Number("1.0"))
			}
		})},
		{"RFC7643-2.3.4-01", "the start index is a text", rewrite.Answers(rewrite.InGroupLists, func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				a.Body.Set("startIndex", "1")
			}
		})},

		{"RFC7643-2.3.5-01", "a dateTime is a date", rewrite.EditShown(rewrite.OfUsers, "meta/created", rewrite.FormatTime("2006-01-02"))},
		{"RFC7643-2.3.5-01", "a dateTime of a group is a date", rewrite.EditShown(rewrite.OfGroups, "meta/created", rewrite.FormatTime("2006-01-02"))},
		{"RFC7643-2.3.5-01", "a dateTime has a space in it", rewrite.EditShown(rewrite.OfUsers, "meta/lastModified", rewrite.FormatTime("2006-01-02 15:04:05Z"))},
		{"RFC7643-2.3.5-01", "a dateTime is that of a mail", rewrite.EditShown(rewrite.OfUsers, "meta/created", rewrite.FormatTime(time.RFC1123Z))},
		{"RFC7643-2.3.5-01", "a dateTime in lists has no seconds", rewrite.EditShown(rewrite.InUserLists, "meta/lastModified", rewrite.FormatTime("2006-01-02T15:04Z"))},
		{"RFC7643-2.3.5-01", "a dateTime has no separators", rewrite.EditShown(rewrite.OfUsers, "meta/created", rewrite.FormatTime("20060102T150405Z"))},
		{"RFC7643-2.3.5-01", "a dateTime has a thirteenth month", rewrite.EditShown(rewrite.OfUsers, "meta/created", rewrite.FormatTime("2006-13-02T15:04:05Z"))},
		{"RFC7643-2.3.5-01", "an offset has no colon", rewrite.EditShown(rewrite.OfUsers, "meta/created", rewrite.FormatTime("2006-01-02T15:04:05-0700"))},

		{"RFC7643-2.3.5-02", "a dateTime is a number of seconds", rewrite.EditShown(rewrite.OfUsers, "meta/created", rewrite.ToSeconds)},
		{"RFC7643-2.3.5-02", "a dateTime of a group is a number of seconds", rewrite.EditShown(rewrite.OfGroups, "meta/lastModified", rewrite.ToSeconds)},
		{"RFC7643-2.3.5-02", "a dateTime in lists is an object", rewrite.EditShown(rewrite.InUserLists, "meta/created", func(v any) any {
			return scim.NewObject(scim.Member{Name: "date", Value: v})
		})},

		{"RFC7643-2.3.5-03", "a filter with an offset is refused", filterRefused("+05:30")},
		{"RFC7643-2.3.5-03", "the offset in a filter is ignored", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts("+05:30", "Z"))},
		{"RFC7643-2.3.5-03", "a moment with an offset is never reached", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts(`+05:30"`, `+05:30" and meta.created lt "2000-01-01T00:00:00Z"`))},

		{"RFC7643-2.3.5-04", "a dateTime has no time zone", rewrite.EditShown(rewrite.OfUsers, "meta/created", rewrite.FormatTime("2006-01-02T15:04:05"))},
		{"RFC7643-2.3.5-04", "a dateTime of a group has no time zone", rewrite.EditShown(rewrite.OfGroups, "meta/lastModified", rewrite.FormatTime("2006-01-02T15:04:05.000"))},

		{"RFC7643-2.3.6-01", "a certificate is PEM", rewrite.EditShown(rewrite.OfUsers, "x509Certificates/value", rewrite.ToText(rewrite.PEM))},
		{"RFC7643-2.3.6-01", "a certificate uses the alphabet of URLs", rewrite.EditShown(rewrite.OfUsers, "x509Certificates/value", rewrite.ToText(func(s string) string {
			return strings.NewReplacer("+", "-", "/", "_").Replace(s) + "-_"
		}))},
		{"RFC7643-2.3.6-01", "a certificate is encoded twice", rewrite.EditShown(rewrite.At("GET", "/Users/*"), "x509Certificates/value", rewrite.ToText(func(s string) string {
			return base64.StdEncoding.EncodeToString([]byte(s))
		}))},
		{"RFC7643-2.3.6-01", "a certificate is cut", rewrite.EditSent(rewrite.At("POST", "/Users"), "x509Certificates/value", rewrite.ToText(cutAfter(128)))},

		{"RFC7643-2.3.7-01", "the address of a profile has spaces", rewrite.EditShown(rewrite.OfUsers, "profileUrl", rewrite.ToValue("my profile"))},
		{"RFC7643-2.3.7-01", "the address of a member is empty", rewrite.EditShown(rewrite.OfGroups, "members/$ref", rewrite.ToValue(""))},
		{"RFC7643-2.3.7-01", "the address of a user is a number", rewrite.EditShown(rewrite.OfUsers, "meta/location", rewrite.ToValue(rewrite.Number(7)))},
		{"RFC7643-2.3.7-01", "the address of a photo is in angle brackets", rewrite.EditShown(rewrite.OfUsers, "photos/value", rewrite.ToText(func(s string) string { return "<" + s + ">" }))},

		{"RFC7643-2.3.7-02", "the address of a member starts at its collection", rewrite.EditShown(rewrite.OfGroups, "members/$ref", rewrite.ToText(func(s string) string {
			return s[strings.LastIndex(s, "/")+1:]
		}))},
		{"RFC7643-2.3.7-02", "the address of a member starts at the host", rewrite.EditShown(rewrite.OfGroups, "members/$ref", rewrite.ToText(func(s string) string {
			return s[strings.LastIndex(s, "/Users/"):]
		}))},
		{"RFC7643-2.3.7-02", "the address of a member starts above the service root", rewrite.EditShown(rewrite.OfGroups, "members/$ref", rewrite.ToText(func(s string) string {
			return ".." + s[strings.LastIndex(s, "/Users/"):]
		}))},

		{"RFC7643-2.3.7-03", "the address of a member is a URN", rewrite.EditShown(rewrite.OfGroups, "members/$ref", rewrite.ToText(func(s string) string {
			return "urn:uuid:" + s[strings.LastIndex(s, "/")+1:]
		}))},
		{"RFC7643-2.3.7-03", "the address of a user is a name of LDAP", rewrite.EditShown(rewrite.OfUsers, "meta/location", rewrite.ToText(func(s string) string {
			return "ldap://directory.example.com/uid=" + s[strings.LastIndex(s, "/")+1:]
		}))},
		{"RFC7643-2.3.7-03", "the address of a group of a user is a file", rewrite.EditShown(rewrite.OfGroups, "meta/location", rewrite.ToValue("file:///groups/1"))},

		{"RFC7643-2.3.7-04", "the address of a user leads nowhere", rewrite.EditShown(rewrite.OfUsers, "meta/location", rewrite.ToText(func(s string) string { return s + "0" }))},
		{"RFC7643-2.3.7-04", "the address of a user is that of the list", rewrite.EditShown(rewrite.OfUsers, "meta/location", rewrite.ToText(func(s string) string { return s[:strings.LastIndex(s, "/")] }))},
		{"RFC7643-2.3.7-04", "the address of a member is that of a group", rewrite.EditShown(rewrite.OfGroups, "members/$ref", rewrite.ToText(func(s string) string {
			return strings.Replace(s, "/Users/", "/Groups/", 1)
		}))},
		{"RFC7643-2.3.7-04", "the addresses of all members are that of the first", rewrite.Shown(rewrite.OfGroups, func(o *scim.Object) {
			members := rewrite.ObjectsIn(o.Array("members"))
			for _, m := range members {
				m.Set("$ref", members[0].String("$ref"))
			}
		})},
		{"RFC7643-2.3.7-04", "the address of a user's group is that of a user", rewrite.EditShown(rewrite.OfUsers, "groups/$ref", rewrite.ToText(func(s string) string {
			return strings.Replace(s, "/Groups/", "/Users/", 1)
		}))},
		{"RFC7643-2.3.7-04", "the address of a user's group lacks the base path", rewrite.EditShown(rewrite.OfUsers, "groups/$ref", rewrite.ToText(func(s string) string {
			u, err := url.Parse(s)
			if err != nil {
				return s
			}
			return u.Scheme + "://" + u.Host + s[strings.LastIndex(s, "/Groups/"):]
		}))},
		{"RFC7643-2.3.7-04", "a group in a group is called a user", rewrite.EditShown(rewrite.OfGroups, "members/$ref", rewrite.ToText(func(s string) string {
			return strings.Replace(s, "/Groups/", "/Users/", 1)
		}))},

		{"RFC7643-2.3.7-05", "a new group drops unknown members", rewrite.WithoutSentIf(rewrite.At("POST", "/Groups"), hasStranger, "members")},
		{"RFC7643-2.3.7-05", "a PUT drops unknown members", rewrite.WithoutSentIf(rewrite.At("PUT", "/Groups/*"), hasStranger, "members")},
		{"RFC7643-2.3.7-05", "a PATCH drops unknown members and says nothing", rewrite.Answers(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusBadRequest {
				*a = *rewrite.NewAnswer(http.StatusNoContent, nil)
			}
		})},
		{"RFC7643-2.3.7-05", "a PATCH fails because of unknown members", rewrite.Answers(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusBadRequest {
				a.Refuse(scim.Internal("foreign key"))
			}
		})},

		{"RFC7643-2.3.8-01", "the first part of a name is taken for the family name", rewrite.Requests(rewrite.AUser, firstIsFamilyName)},
		{"RFC7643-2.3.8-01", "an e-mail address has to begin with its value", rewrite.Requests(rewrite.AUser, firstIsValue("emails"))},
		{"RFC7643-2.3.8-01", "a member has to begin with its value", rewrite.Requests(rewrite.AGroup, firstIsValue("members"))},
		{"RFC7643-2.3.8-01", "a PATCH has to begin with its schemas", rewrite.RefuseBodies(rewrite.At("PATCH", ""), func(body *scim.Object) bool {
			return leadingName(body) != "schemas"
		}, scim.InvalidSyntax("schemas expected"))},
		{"RFC7643-2.3.8-01", "an operation has to begin with op", rewrite.Patching("", func(op *scim.Object) bool { return leadingName(op) == "op" })},

		{"RFC7643-2.3.8-02", "a name has a complex part", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			o.Set("name", scim.NewObject(scim.Member{Name: "parts", Value: scim.NewObject(scim.Member{Name: "given", Value: "Ann"})}))
		})},
		{"RFC7643-2.3.8-02", "an e-mail address has a complex part", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			for _, e := range rewrite.ObjectsIn(o.Array("emails")) {
				e.Set("status", scim.NewObject(scim.Member{Name: "verified", Value: true}))
			}
		})},
		{"RFC7643-2.3.8-02", "a member holds its user", rewrite.Shown(rewrite.OfGroups, func(o *scim.Object) {
			for _, e := range rewrite.ObjectsIn(o.Array("members")) {
				e.Set("user", scim.NewObject(scim.Member{Name: "id", Value: e.String("value")}))
			}
		})},
	}
}

// filterRefused refuses filters with a certain part.
func filterRefused(part string) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("GET", ""), func(r *http.Request, a *rewrite.Answer) {
		if strings.Contains(r.URL.Query().Get("filter"), part) {
			a.Refuse(scim.InvalidFilter("%q is not understood", part))
		}
	})
}

func notText(v any) bool { _, ok := v.(string); return !ok }

func notBool(v any) bool { _, ok := v.(bool); return !ok }

func leadingName(o *scim.Object) string {
	for name := range o.All() {
		return name
	}
	return ""
}

func firstIsFamilyName(_ *http.Request, body *scim.Object) {
	name := body.Object("name")
	if first := leadingName(name); first == "givenName" {
		family, given := name.String("familyName"), name.String("givenName")
		name.Set("familyName", given)
		name.Set("givenName", family)
	}
}

// firstIsValue drops the elements of a list that begin with something else.
func firstIsValue(list string) func(*http.Request, *scim.Object) {
	return func(_ *http.Request, body *scim.Object) {
		if body == nil || len(body.Array(list)) == 0 {
			return
		}
		kept := []any{}
		for _, e := range rewrite.ObjectsIn(body.Array(list)) {
			if leadingName(e) == "value" {
				kept = append(kept, e)
			}
		}
		body.Set(list, kept)
	}
}

// hasStranger is true for a body with a member that cannot be one.
func hasStranger(body *scim.Object) bool {
	for _, m := range rewrite.ObjectsIn(body.Array("members")) {
		if strings.Contains(m.String("value"), "no-such-id") {
			return true
		}
	}
	return false
}

func knownType(t string) string {
	switch t {
	case "work", "home", "other", "":
		return t
	}
	return "other"
}

func questioned(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 127 {
			return '?'
		}
		return r
	}, s)
}

func withoutHigh(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return -1
		}
		return r
	}, s)
}

func doubledQuotes(s string) string { return strings.ReplaceAll(s, "'", "''") }

// latin is what a reader of Latin 1 makes of UTF-8.
func latin(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

func cutAfter(n int) func(string) string {
	return func(s string) string { return s[:min(len(s), n)] }
}

func spelled(v any) any {
	if b, ok := v.(bool); ok {
		return strconv.FormatBool(b)
	}
	return v
}

// declaringDecimal and withPartTime make an attribute of the enterprise extension
// that the target declares as a decimal.
func declaringDecimal(o *scim.Object) {
	if o.String("id") != scim.EnterpriseURN {
		return
	}
	o.Set("attributes", append(o.Array("attributes"), scim.NewObject(
		scim.Member{Name: "name", Value: "partTime"}, scim.Member{Name: "type", Value: "decimal"},
		scim.Member{Name: "multiValued", Value: false}, scim.Member{Name: "required", Value: false},
	)))
}

func withPartTime(v any) any {
	if o, ok := v.(*scim.Object); ok {
		o.Set("partTime", "0.5")
	}
	return v
}
