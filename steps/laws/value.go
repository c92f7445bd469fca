package laws

import (
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Laws on values by the type of their attribute (RFC 7643 sections 2.3 and 2.4).
var valueLaws = []Sentence{
	{`each value of type string is a JSON string`, ofValues(textButID, isText)},
	{`each value of type boolean is true or false`, ofValues(ofType(scim.Boolean), isBoolean)},
	{`each value of type decimal or integer is a JSON number`, ofValues(isNumeric, isNumber)},
	{`each value of type integer has neither a fraction nor an exponent`, ofValues(ofType(scim.Integer), isInteger)},
	{`each value of type dateTime is a JSON string`, ofValues(ofType(scim.DateTime), isText)},
	{`each value of type dateTime has a date and a time`, ofValues(ofType(scim.DateTime), isDateTime)},
	{`each value of type dateTime names its time zone`, ofValues(ofType(scim.DateTime), hasZone)},
	{`each value of type binary is base64`, ofValues(ofType(scim.Binary), isBase64)},
	{`each "x509Certificates.value" is one DER structure in base64`, ofEach("Users", certificatesAreDER)},
	{`each value of type reference is a URI`, ofValues(ofType(scim.Reference), isURI)},
	{`each reference to a SCIM resource is an http or https URL, or a relative one`, ofValues(toResource, isHTTP)},
	{`each reference from a user to something outside SCIM is an absolute URI`, ofValues(toOutside, isAbsoluteURI, "Users")},
	{`each multi-valued attribute is an array, and no other attribute is one`, ofWhole("Users Groups", pluralityIsAsDefined)},
	{`no multi-valued attribute has two primary elements`, ofEach("", onePrimary)},
	{`no multi-valued attribute has two elements of the same type and value`, ofEach("Users Groups", noPairTwice)},
	{`each "addresses.country" is a code of two letters`, ofEach("Users", countriesAreCodes)},
	{`each "emails.value" has a local part, "@" and a domain`, ofEach("Users", addressesAreMail)},
}

func ofType(t scim.Type) func(*scim.Attribute) bool {
	return func(a *scim.Attribute) bool { return a.Type == t }
}

func isNumeric(a *scim.Attribute) bool { return a.Type == scim.Decimal || a.Type == scim.Integer }

func isText(v any) (string, bool) {
	_, ok := v.(string)
	return "a string", ok
}

func isBoolean(v any) (string, bool) {
	_, ok := v.(bool)
	return "true or false", ok
}

func isNumber(v any) (string, bool) {
	_, ok := v.(json.Number)
	return "a number", ok
}

func isInteger(v any) (string, bool) {
	n, ok := v.(json.Number)
	return "a whole number without fraction and exponent", ok && judge.Integer.MatchString(n.String())
}

// xsdDateTime is the lexical form of XML Schema, part 2, section 3.2.7: the time
// zone is optional there.
var xsdDateTime = regexp.MustCompile(`^-?\d{4,}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$`)

func isDateTime(v any) (string, bool) {
	const want = "a dateTime such as 2026-01-31T13:45:00Z"
	text, ok := v.(string)
	if !ok || !xsdDateTime.MatchString(text) {
		return want, false
	}
	_, err := judge.Instant(text)
	return want, err == nil
}

// hasZone leaves what is no dateTime at all to the law on that.
func hasZone(v any) (string, bool) {
	text, _ := v.(string)
	found := xsdDateTime.FindStringSubmatch(text)
	return "Z or an offset", found == nil || found[7] != ""
}

func isBase64(v any) (string, bool) {
	text, ok := v.(string)
	_, err := decodeBase64(text)
	return "base64", ok && err == nil
}

func decodeBase64(text string) ([]byte, error) {
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
}

// certificatesAreDER: one ASN.1 structure and nothing behind it, which rules out
// PEM and several certificates in one value (RFC 7643 section 4.1.2).
func certificatesAreDER(x view) error {
	for _, v := range x.object.Array("x509Certificates") {
		o, _ := v.(*scim.Object)
		text := o.String("value")
		der, err := decodeBase64(text)
		var whole asn1.RawValue
		if err == nil {
			var rest []byte
			if rest, err = asn1.Unmarshal(der, &whole); err == nil && len(rest) == 0 && whole.Tag == asn1.TagSequence {
				continue
			}
		}
		return x.wrong("x509Certificates", "one DER certificate in base64", shorten(text))
	}
	return nil
}

func isURI(v any) (string, bool) {
	text, ok := v.(string)
	if !ok || text == "" || strings.ContainsAny(text, " \t\r\n<>\"") {
		return "a URI", false
	}
	_, err := url.Parse(text)
	return "a URI", err == nil
}

// textButID chooses texts. An id that is none is told by the requirement on ids, once.
func textButID(a *scim.Attribute) bool { return ofType(scim.String)(a) && a.Name != "id" }

// toResource chooses references to SCIM resources.
func toResource(a *scim.Attribute) bool {
	return a.Type == scim.Reference && (a.Name == "location" || slices.ContainsFunc(a.ReferenceTypes, func(t string) bool { return t != "external" && t != "uri" }))
}

func toOutside(a *scim.Attribute) bool {
	return a.Type == scim.Reference && slices.Equal(a.ReferenceTypes, []string{"external"})
}

func isHTTP(v any) (string, bool) {
	text, _ := v.(string)
	u, err := url.Parse(text)
	return "an http or https URL, or a relative one", text != "" && err == nil && (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "")
}

func isAbsoluteURI(v any) (string, bool) {
	text, _ := v.(string)
	return "an absolute URI", judge.Absolute.MatchString(text)
}

// pluralityIsAsDefined looks at the attributes that the standard defines.
func pluralityIsAsDefined(x view) error {
	for _, s := range []*scim.Schema{endpointSchemas[x.kind], commonAttributes} {
		for _, a := range s.Attributes {
			v, _ := x.object.Get(a.Name)
			if _, isArray := v.([]any); v != nil && isArray != a.MultiValued {
				return x.wrong(a.Name, map[bool]string{true: "an array", false: "a single value"}[a.MultiValued], v)
			}
		}
	}
	return nil
}

func onePrimary(x view) error {
	for name, v := range x.object.All() {
		list, _ := v.([]any)
		n := 0
		for _, e := range list {
			o, _ := e.(*scim.Object)
			if primary, _ := o.Get("primary"); primary == true || primary == "true" {
				n++
			}
		}
		if n > 1 {
			return x.wrong(name, "primary at most once", v)
		}
	}
	return nil
}

// noPairTwice compares whole values; an element without a value is no pair.
func noPairTwice(x view) error {
	for name, v := range x.object.All() {
		list, _ := v.([]any)
		seen := map[[2]string]bool{}
		for _, e := range list {
			o, _ := e.(*scim.Object)
			pair := [2]string{o.String("type"), o.String("value")}
			if pair[1] != "" && seen[pair] {
				return x.wrong(name, "each pair of type and value once", v)
			}
			seen[pair] = true
		}
	}
	return nil
}

func countriesAreCodes(x view) error {
	for _, v := range x.object.Array("addresses") {
		o, _ := v.(*scim.Object)
		if c := o.String("country"); c != "" && !countryCode.MatchString(c) {
			return x.wrong("addresses.country", "a code of ISO 3166-1 such as DE", c)
		}
	}
	return nil
}

var countryCode = regexp.MustCompile(`^[A-Za-z]{2}$`)

func addressesAreMail(x view) error {
	for _, v := range x.object.Array("emails") {
		o, _ := v.(*scim.Object)
		if mail := o.String("value"); !mailAddress.MatchString(mail) {
			return x.wrong("emails.value", "an address such as jo@example.com", mail)
		}
	}
	return nil
}

var mailAddress = regexp.MustCompile(`^[^\s@]+@[^\s@]+$|^".+"@[^\s@]+$`)
