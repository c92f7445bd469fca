package faults

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// userValueFaults violate what RFC 7643, sections 4.1.1 and 4.1.2, say of names,
// languages, addresses and certificates.
func userValueFaults() []Fault {
	return []Fault{
		{"RFC7643-4.1.1-07", "the formatted name is another one", showingFormatted(func(*scim.Object) string { return "John Doe" })},
		{"RFC7643-4.1.1-07", "the formatted name has the given name twice", showingFormatted(func(name *scim.Object) string {
			return name.String("givenName") + " " + name.String("givenName")
		})},
		{"RFC7643-4.1.1-07", "the formatted name is the one from before", keepingFormatted},

		{"RFC7643-4.1.1-08", "the address of a profile is relative", showing(ofUsers, "profileUrl", toText(withoutHost))},
		{"RFC7643-4.1.1-08", "the address of a photo is relative", showing(ofUsers, "photos/value", toText(withoutHost))},
		{"RFC7643-4.1.1-08", "the address of a profile has no scheme", showing(inUserLists, "profileUrl", toText(func(s string) string { return strings.TrimPrefix(s, "https:") }))},
		{"RFC7643-4.1.1-08", "the address of a profile is lost", withoutSent(at("POST", "/Users"), "profileUrl")},
		{"RFC7643-4.1.1-08", "the address of a profile is written in small letters and loses its end", receiving(at("POST", "/Users"), "profileUrl", toText(func(s string) string { return s[:len(s)-1] }))},

		{"RFC7643-4.1.1-09", "a locale is its language only", receiving(at("POST", "/Users"), "locale", toText(func(s string) string { return s[:2] }))},
		{"RFC7643-4.1.1-09", "a locale with an underscore is lost", receiving(at("POST", "/Users"), "locale", func(v any) any {
			if strings.Contains(scimText(v), "_") {
				return gone
			}
			return v
		})},
		{"RFC7643-4.1.1-09", "of several languages the first is kept", receiving(at("POST", "/Users"), "preferredLanguage", toText(func(s string) string {
			s, _, _ = strings.Cut(s, ",")
			return s
		}))},

		{"RFC7643-4.1.1-10", "a time zone becomes an offset", receiving(at("POST", "/Users"), "timezone", toValue("UTC+1"))},
		{"RFC7643-4.1.1-10", "a time zone is refused", refusingBodies(at("POST", "/Users"), hasMember("timezone"), scim.InvalidValue("unknown time zone"))},
		{"RFC7643-4.1.1-10", "a time zone loses its continent", showing(ofUsers, "timezone", toText(func(s string) string { return s[strings.LastIndex(s, "/")+1:] }))},

		{"RFC7643-4.1.2-01", "an e-mail address loses its domain", showing(ofUsers, "emails/value", toText(func(s string) string {
			s, _, _ = strings.Cut(s, "@")
			return s
		}))},
		{"RFC7643-4.1.2-01", "a plus sign in an e-mail address becomes a space", showing(ofUsers, "emails/value", toText(func(s string) string { return strings.ReplaceAll(s, "+", " ") }))},
		{"RFC7643-4.1.2-01", "an e-mail address is a link", showing(ofUsers, "emails/value", toText(func(s string) string { return strings.Replace(s, "@", " at ", 1) }))},

		{"RFC7643-4.1.2-02", "the domain of an e-mail address is in capital letters", showing(ofUsers, "emails/value", toText(func(s string) string {
			local, domain, _ := strings.Cut(s, "@")
			return local + "@" + strings.ToUpper(domain)
		}))},

		{"RFC7643-4.1.2-03", "a telephone number loses a digit", showing(ofUsers, "phoneNumbers/value", toText(func(s string) string { return s[:len(s)-1] }))},
		{"RFC7643-4.1.2-03", "a telephone number loses its country", showing(ofUsers, "phoneNumbers/value", toText(func(s string) string { return strings.Replace(s, "+1", "", 1) }))},
		{"RFC7643-4.1.2-03", "a telephone number is hidden", showing(ofUsers, "phoneNumbers/value", toValue("tel:***"))},

		{"RFC7643-4.1.2-04", "the address of a messenger keeps white space", storingAsSent(at("POST", "/Users"), "ims", anyValue)},
		{"RFC7643-4.1.2-04", "the address of a messenger is in capital letters", showing(ofUsers, "ims/value", toText(strings.ToUpper))},

		{"RFC7643-4.1.2-06", "a country is written out", showing(ofUsers, "addresses/country", toValue("United States"))},
		{"RFC7643-4.1.2-06", "a country has three letters", showing(ofUsers, "addresses/country", toText(func(s string) string { return s + "A" }))},
		{"RFC7643-4.1.2-06", "a country has its numeric code", showing(inUserLists, "addresses/country", toValue("840"))},
		{"RFC7643-4.1.2-06", "every country is the same", receiving(at("POST", "/Users"), "addresses/country", toValue("US"))},

		{"RFC7643-4.1.2-07", "the lines of an address are joined", receiving(at("POST", "/Users"), "addresses/formatted", toText(oneLine))},
		{"RFC7643-4.1.2-07", "of an address the first line is kept", receiving(at("POST", "/Users"), "addresses/streetAddress", toText(func(s string) string {
			s, _, _ = strings.Cut(s, "\n")
			return s
		}))},
		{"RFC7643-4.1.2-07", "a line feed is written as two letters", showing(ofUsers, "addresses/formatted", toText(func(s string) string { return strings.ReplaceAll(s, "\n", `\n`) }))},

		{"RFC7643-4.1.2-12", "a certificate is PEM", showing(ofUsers, "x509Certificates/value", toText(pem))},
		{"RFC7643-4.1.2-12", "two certificates stand in one value", showing(ofUsers, "x509Certificates/value", toText(func(s string) string {
			der, _ := base64.StdEncoding.DecodeString(s)
			return base64.StdEncoding.EncodeToString(append(der, der...))
		}))},
		{"RFC7643-4.1.2-12", "a certificate is cut", showing(at("GET", "/Users/*"), "x509Certificates/value", toText(func(s string) string { return s[:64] }))},
		{"RFC7643-4.1.2-12", "a certificate is its fingerprint", showing(ofUsers, "x509Certificates/value", toValue("SHA256:47DEQpj8HBSa"))},
	}
}

func anyValue(any) bool { return true }

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

func withoutHost(s string) string { return s[strings.LastIndex(s, "/"):] }

func showingFormatted(of func(name *scim.Object) string) Wrap {
	return shown(ofUsers, func(o *scim.Object) {
		if name := o.Object("name"); name.Len() > 0 {
			name.Set("formatted", of(name))
		}
	})
}

// keepingFormatted changes the parts of a name and leaves the whole.
func keepingFormatted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("PUT", "/Users/*")(r) {
			if body := bodyOf(r); body.Object("name").Len() > 0 {
				old := ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil)
				body.Object("name").Set("formatted", old.body.Object("name").String("formatted"))
				setBody(r, body)
			}
		}
		next.ServeHTTP(w, r)
	})
}
