package faults

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// typeFaults violate RFC 7643, sections 2.3.1 to 2.3.4 and 2.3.6.
func typeFaults() []Fault {
	return []Fault{
		{"RFC7643-2.3-01", "a number is stored as the displayName", storingAsSent(aUser, "displayName", notText)},
		{"RFC7643-2.3-01", "a number is stored as the externalId", storingAsSent(aUser, "externalId", notText)},
		{"RFC7643-2.3-01", "a text is stored as the name", storingAsSent(aUser, "name", func(v any) bool { _, ok := v.(*scim.Object); return !ok })},
		{"RFC7643-2.3-01", "a text is stored as the e-mail addresses", storingAsSent(aUser, "emails", func(v any) bool { _, ok := v.([]any); return !ok })},
		{"RFC7643-2.3-01", "null is stored among the e-mail addresses", storingAsSent(aUser, "emails", func(v any) bool { return len(objectsIn(v)) == 0 })},
		{"RFC7643-2.3-01", "anything is stored as active", storingAsSent(aUser, "active", notBool)},
		{"RFC7643-2.3-01", "a value of a wrong type is an internal error", answers(at("POST", "/Users"), func(_ *http.Request, a *answer) {
			if a.status == http.StatusBadRequest {
				a.refuse(scim.Internal("cannot convert"))
			}
		})},

		{"RFC7643-2.3.1-01", "an unknown type of address becomes a known one", receiving(aUser, "emails/type", toText(knownType))},
		{"RFC7643-2.3.1-01", "an unknown type of address is dropped", receiving(at("PUT", "/Users/*"), "emails/type", func(v any) any {
			if s, _ := v.(string); knownType(s) != s {
				return gone
			}
			return v
		})},
		{"RFC7643-2.3.1-01", "an address of an unknown type is dropped", requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			for _, e := range objectsIn(body.Array("emails")) {
				if t := e.String("type"); knownType(t) != t {
					body.Delete("emails")
				}
			}
		})},

		{"RFC7643-2.3.1-02", "what is not ASCII becomes a question mark", receiving(at("POST", "/Users"), "displayName", toText(questioned))},
		{"RFC7643-2.3.1-02", "what is beyond sixteen bits is cut off", receiving(at("POST", "/Users"), "displayName", toText(withoutHigh))},
		{"RFC7643-2.3.1-02", "a family name loses its accents", receiving(at("POST", "/Users"), "name/familyName", toText(questioned))},
		{"RFC7643-2.3.1-02", "texts are escaped for HTML", showing(ofUsers, "displayName", toText(html.EscapeString))},
		{"RFC7643-2.3.1-02", "tags are stripped", receiving(at("POST", "/Users"), "displayName", toText(strings.NewReplacer("<b>", "", "</b>", "").Replace))},
		{"RFC7643-2.3.1-02", "quotes are doubled", receiving(at("POST", "/Users"), "displayName", toText(doubledQuotes))},
		{"RFC7643-2.3.1-02", "a backslash is taken for an escape", receiving(at("POST", "/Users"), "displayName", toText(func(s string) string { return strings.ReplaceAll(s, `\`, "") }))},
		{"RFC7643-2.3.1-02", "UTF-8 is read as Latin 1", showing(at("GET", "/Users/*"), "displayName", toText(latin))},
		{"RFC7643-2.3.1-02", "a list spoils texts", showing(inUserLists, "displayName", toText(latin))},
		{"RFC7643-2.3.1-02", "a PUT spoils texts", receiving(at("PUT", "/Users/*"), "displayName", toText(questioned))},
		{"RFC7643-2.3.1-02", "a PATCH spoils texts", patching("/Users/*", func(op *scim.Object) bool {
			part("value", toText(questioned))(op)
			return true
		})},
		{"RFC7643-2.3.1-02", "the name of a group is spoiled", showing(ofGroups, "displayName", toText(latin))},
		{"RFC7643-2.3.1-02", "a plus sign becomes a space", receiving(at("POST", "/Users"), "displayName", toText(func(s string) string { return strings.ReplaceAll(s, "+", " ") }))},
		{"RFC7643-2.3.1-02", "a percent escape is decoded", receiving(at("POST", "/Users"), "displayName", toText(func(s string) string { return strings.ReplaceAll(s, "%41", "A") }))},
		{"RFC7643-2.3.1-02", "a text like a number becomes one", showing(ofUsers, "displayName", func(v any) any {
			if n, err := strconv.Atoi(scimText(v)); err == nil {
				return number(n)
			}
			return v
		})},
		{"RFC7643-2.3.1-02", "a text like a boolean becomes one", showing(ofUsers, "displayName", func(v any) any {
			if v == "true" {
				return true
			}
			return v
		})},
		{"RFC7643-2.3.1-02", "a text like nothing becomes nothing", showing(ofUsers, "displayName", func(v any) any {
			if v == "null" {
				return nil
			}
			return v
		})},

		{"RFC7643-2.3.1-03", "a text is cut after 64 letters", receiving(at("POST", "/Users"), "displayName", toText(cutAfter(64)))},
		{"RFC7643-2.3.1-03", "a text is cut after 100 letters", receiving(at("POST", "/Users"), "displayName", toText(cutAfter(100)))},
		{"RFC7643-2.3.1-03", "a text is cut after 255 letters", receiving(at("POST", "/Users"), "displayName", toText(cutAfter(255)))},
		{"RFC7643-2.3.1-03", "a text of 5000 letters is dropped", receiving(at("POST", "/Users"), "displayName", func(v any) any {
			if len(scimText(v)) > 4096 {
				return gone
			}
			return v
		})},

		{"RFC7643-2.3.2-01", "active is a text", showing(ofUsers, "active", spelled)},
		{"RFC7643-2.3.2-01", "active is a text with a capital", showing(ofUsers, "active", func(v any) any {
			s := scimText(spelled(v))
			return strings.ToUpper(s[:1]) + s[1:]
		})},
		{"RFC7643-2.3.2-01", "active is 1 or 0", showing(ofUsers, "active", func(v any) any {
			if v == true {
				return number(1)
			}
			return number(0)
		})},
		{"RFC7643-2.3.2-01", "active is a text in lists", showing(inUserLists, "active", spelled)},
		{"RFC7643-2.3.2-01", "active is a text after a PATCH", after(at("PATCH", "/Users/*"), part("active", spelled))},
		{"RFC7643-2.3.2-01", "active is a text in the answer to a creation", showing(at("POST", "/Users"), "active", spelled)},
		{"RFC7643-2.3.2-01", "primary is a text", showing(ofUsers, "emails/primary", spelled)},
		{"RFC7643-2.3.2-01", "what is supported is said in a text", showing(at("GET", "/ServiceProviderConfig"), "patch/supported", spelled)},
		{"RFC7643-2.3.2-01", "false is null", showing(at("GET", "/Users/*"), "active", func(v any) any {
			if v == false {
				return nil
			}
			return v
		})},

		{"RFC7643-2.3.3-01", "the limit of a list is a text", showing(at("GET", "/ServiceProviderConfig"), "filter/maxResults", toValue("200"))},
		{"RFC7643-2.3.3-01", "a decimal of an extension is a text", inTurn(
			shown(at("GET", "/Schemas"), declaringDecimal),
			showing(ofUsers, scim.EnterpriseURN, withPartTime),
		)},

		{"RFC7643-2.3.4-01", "the limit of a list has a fraction", showing(at("GET", "/ServiceProviderConfig"), "filter/maxResults", toValue(json.Number("200.0")))},
		{"RFC7643-2.3.4-01", "the limit of a bulk request has an exponent", showing(at("GET", "/ServiceProviderConfig"), "bulk/maxPayloadSize", toValue(json.Number("1e6")))},
		{"RFC7643-2.3.4-01", "the number of results has a fraction", answers(inUserLists, func(_ *http.Request, a *answer) {
			if a.ok() {
				a.body.Set("totalResults", json.Number("1.0"))
			}
		})},
		{"RFC7643-2.3.4-01", "the start index is a text", answers(inGroupLists, func(_ *http.Request, a *answer) {
			if a.ok() {
				a.body.Set("startIndex", "1")
			}
		})},

		{"RFC7643-2.3.6-01", "a certificate is PEM", showing(ofUsers, "x509Certificates/value", toText(pem))},
		{"RFC7643-2.3.6-01", "a certificate uses the alphabet of URLs", showing(ofUsers, "x509Certificates/value", toText(func(s string) string {
			return strings.NewReplacer("+", "-", "/", "_").Replace(s) + "-_"
		}))},
		{"RFC7643-2.3.6-01", "a certificate is encoded twice", showing(at("GET", "/Users/*"), "x509Certificates/value", toText(func(s string) string {
			return base64.StdEncoding.EncodeToString([]byte(s))
		}))},
		{"RFC7643-2.3.6-01", "a certificate is cut", receiving(at("POST", "/Users"), "x509Certificates/value", toText(cutAfter(128)))},
	}
}

func scimText(v any) string { s, _ := v.(string); return s }

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

func pem(s string) string {
	return "-----BEGIN CERTIFICATE-----\n" + s + "\n-----END CERTIFICATE-----\n"
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
