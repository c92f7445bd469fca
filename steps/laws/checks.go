package laws

import (
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Check judges one answer, and is what a feature says of it.
type Check struct {
	Text  string
	Of    func(judge.Answer) bool // which answers it is about; nil for all
	Rare  bool                    // there need not be such an answer
	Want  string
	Holds func(c Context, s judge.Answer) (got string, ok bool)
}

// NoServerError is the check that also tells of requests that get no answer at all.
const NoServerError = `each answer is no server error`

// Checks are what the features say of each answer to one or several requests.
var Checks = []Check{
	{`each answer is a SCIM error`, nil, false, "a SCIM error", isSCIMError},
	{`each server error is a SCIM error`, isServerError, true, "a SCIM error", isSCIMError},
	{`each error has a JSON object as its body`, isError, false, "a JSON object", hasJSON},
	{`each error has "urn:ietf:params:scim:api:messages:2.0:Error" alone in its "schemas"`, isErrorObject, false, scim.ErrorURN + " alone in schemas", hasErrorSchema},
	{`each error has its HTTP status as a string in "status"`, isErrorObject, false, "the HTTP status as a string", hasStatusText},
	{`each "scimType" of an error is one that the standard names for its status`, isError, false, "a scimType of the standard's that fits the status, or none", hasStandardKeyword},
	{`each "detail" of an error is a text that is not empty`, isError, false, "a detail that is a text", hasDetail},
	{`no error shows a stack trace, a database statement, the token or the password`, isError, false, "no stack trace, statement or secret", keepsInside},
	{`each answer with the schema of errors has a status of 400 or more`, isErrorMessage, false, "a status from 400 to 599",
		func(_ Context, s judge.Answer) (string, bool) { return strconv.Itoa(s.Response.Status), isError(s) },
	},
	{`no success has the schema of errors`, isSuccess, false, "no error message",
		func(_ Context, s judge.Answer) (string, bool) { return "an error message", !isErrorMessage(s) },
	},
	{NoServerError, nil, false, "a status below 500, or 501",
		func(_ Context, s judge.Answer) (string, bool) { return judge.StatusOf(s.Response), !isServerError(s) },
	},
	{`no answer is a success`, nil, false, "no success",
		func(_ Context, s judge.Answer) (string, bool) { return judge.StatusOf(s.Response), !isSuccess(s) },
	},
	{`no answer is 401`, nil, false, "a status other than 401",
		func(_ Context, s judge.Answer) (string, bool) {
			return judge.StatusOf(s.Response), s.Response.Status != 401
		},
	},
	{`each 401 names the scheme of the run in the header WWW-Authenticate`, is(401), false, "a challenge in WWW-Authenticate for the scheme by which the run authenticates", challengesForScheme},
	{`each 405 has the header Allow, without the method that was refused`, is(405), true, "the header Allow without the refused method", namesMethods},
	{`each 429 is a SCIM error with the header Retry-After`, is(429), true, "a SCIM error with Retry-After", saysWhen},
	{`each body is of the media type application/scim+json`, hasBody, false, "Content-Type application/scim+json", isOfType("application/scim+json")},
	{`each body is of the media type application/scim+json or application/json`, hasBody, false, "Content-Type application/scim+json or application/json", isOfType("application/scim+json", "application/json")},
	{`each body is JSON`, hasBody, false, "a JSON object", hasJSON},
	{`each body is UTF-8`, hasBody, true, "valid UTF-8, and no other charset announced", isUTF8},
	{`each list and each error has only "schemas" that begin with "urn:ietf:params:scim:api:"`, hasSchemasOfMessages, false, "schemas of messages only, which begin with " + protocolPrefix, hasMessageSchemas},
	{`no resource has an "id" or "schemas" with "urn:ietf:params:scim:api:"`, isResource, false, "no schema that begins with " + protocolPrefix, hasNoMessageSchema},
	{`no resource in the list has an "id" that begins with "urn:ietf:params:scim:api:"`, hasResources, false, "no schema that begins with " + protocolPrefix, listsNoMessageSchema},
	{`each address in the header Location and in "meta.location" has only the characters of RFC 3986`, hasLocations, false, "URIs of the characters of RFC 3986", eachLocation(wellEncoded)},
	{`no address in the header Location and in "meta.location" has a query or a fragment`, hasLocations, false, "URIs without a query", eachLocation(withoutQuery)},
	{
		`each answer is 200, 429, 503, or 400 with scimType tooMany`, nil, false, "200, 429, 503 or tooMany",
		func(_ Context, s judge.Answer) (string, bool) {
			return judge.StatusOf(s.Response), isServedOrLimited(s)
		},
	},
}

// isServedOrLimited says whether a query was answered, or the client told to ask less.
func isServedOrLimited(s judge.Answer) bool {
	switch s.Response.Status {
	case http.StatusOK, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return true
	case http.StatusBadRequest:
		fault := s.Response.Fault()
		return fault != nil && fault.ScimType == scim.ScimTypeTooMany
	}
	return false
}

func isError(s judge.Answer) bool { return s.Response.Status >= 400 }

// isErrorObject leaves out errors that are no objects: those are told as such.
func isErrorObject(s judge.Answer) bool { return isError(s) && s.Body != nil && !s.Bare }
func isServerError(s judge.Answer) bool { return s.Response.Status >= 500 && s.Response.Status != 501 }
func isSuccess(s judge.Answer) bool     { return s.Response.Status >= 200 && s.Response.Status < 300 }
func hasBody(s judge.Answer) bool       { return len(s.Response.Body) > 0 }
func isErrorMessage(s judge.Answer) bool {
	return s.Body != nil && slices.Contains(s.Body.Array("schemas"), any(scim.ErrorURN))
}
func is(status int) func(judge.Answer) bool {
	return func(s judge.Answer) bool { return s.Response.Status == status }
}

// isListOrError is true for lists and errors, by what they contain.
func isListOrError(s judge.Answer) bool {
	if s.Body == nil {
		return false
	}
	_, list := s.Body.Get("totalResults")
	return list || s.Bare || isError(s)
}

// hasSchemasOfMessages is isListOrError without an array that stands for a list.
func hasSchemasOfMessages(s judge.Answer) bool { return isListOrError(s) && !s.Bare }
func hasResources(s judge.Answer) bool {
	_, list := s.Body.Get("Resources")
	return list || isListOrError(s)
}

func isResource(s judge.Answer) bool {
	return s.Body != nil && isSuccess(s) && scim.IDOf(s.Body) != ""
}

func isSCIMError(_ Context, s judge.Answer) (string, bool) {
	if s.Response.Status < 400 {
		return judge.StatusOf(s.Response), false
	}
	if _, err := scim.ParseError(s.Response.Status, s.Response.Body); err != nil {
		return err.Error(), false
	}
	return "", true
}

func hasJSON(_ Context, s judge.Answer) (string, bool) {
	_, err := s.Response.Object()
	if err != nil {
		return err.Error(), false
	}
	return "", true
}

func hasErrorSchema(_ Context, s judge.Answer) (string, bool) {
	schemas, _ := s.Body.Get("schemas")
	list, _ := schemas.([]any)
	return judge.Text(schemas), len(list) == 1 && list[0] == scim.ErrorURN
}

func hasStatusText(_ Context, s judge.Answer) (string, bool) {
	status, _ := s.Body.Get("status")
	return judge.Text(status), status == strconv.Itoa(s.Response.Status)
}

func hasDetail(_ Context, s judge.Answer) (string, bool) {
	detail, there := s.Body.Get("detail")
	text, isText := detail.(string)
	return judge.Text(detail), !there || isText && strings.TrimSpace(text) != ""
}

func hasStandardKeyword(_ Context, s judge.Answer) (string, bool) {
	keyword, there := s.Body.Get("scimType")
	if !there || scim.IsUnassigned(keyword) {
		return "", true
	}
	text, _ := keyword.(string)
	return judge.Text(keyword) + " with " + strconv.Itoa(s.Response.Status), slices.Contains(judge.Keywords[text], s.Response.Status)
}

// inside is what belongs into a log and not into an answer: traces of the usual
// runtimes, statements and errors of databases.
var inside = regexp.MustCompile(`Traceback \(most recent|goroutine \d+ \[|\bat [\w$.<>]+\([\w ]*\.(?:java|kt|scala):\d+\)|` +
	`\bat [^\n"]{1,200}\.[jt]sx?:\d+:\d+|\bin [^\n"]{1,200}\.cs:line \d+|\.py\\?", line \d+|\.rb:\d+:in |\.php(?::| on line )\d+|` +
	`[\w/]+\.go:\d+|\b(?:java|javax|org|com|net)(?:\.\w+){2,}(?:Exception|Error)\b|System\.\w+(?:\.\w+)*Exception|` +
	`SQLSTATE|ORA-\d{5}|(?i:\bselect\b[^\n"]{1,200}\bfrom\b[^\n"]{1,200}\bwhere\b|\binsert into \w+|\bsyntax error at or near\b|\bunique constraint failed: )`)

// unescaped turns line breaks within JSON texts into spaces.
var unescaped = strings.NewReplacer(`\n`, " ", `\t`, " ", `\r`, " ")

func keepsInside(c Context, s judge.Answer) (string, bool) {
	text := unescaped.Replace(string(s.Response.Body))
	if found := inside.FindString(text); found != "" {
		return found, false
	}
	for name, secret := range map[string]string{"the token": c.Token, "the password": c.Passwords[0]} {
		if judge.Telling(secret) && strings.Contains(text, secret) {
			return name, false
		}
	}
	return "", true
}

// challenges find a scheme at the beginning of a challenge (RFC 9110 section 11.6.1). An API
// key in a header and a certificate have no scheme of their own: any will do.
var challenges = map[string]*regexp.Regexp{
	wire.SchemeBearer:      regexp.MustCompile(`(?i)(?:^|,)\s*Bearer(?:\s|,|$)`),
	wire.SchemeBasic:       regexp.MustCompile(`(?i)(?:^|,)\s*Basic(?:\s|,|$)`),
	wire.SchemeHeader:      regexp.MustCompile(`\S`),
	wire.SchemeCertificate: regexp.MustCompile(`\S`),
}

func challengesForScheme(c Context, s judge.Answer) (string, bool) {
	values := s.Response.Header.Values("WWW-Authenticate")
	return judge.QuotedOrNone(strings.Join(values, ", ")), slices.ContainsFunc(values, challenges[c.Form.Scheme].MatchString)
}

func namesMethods(_ Context, s judge.Answer) (string, bool) {
	values, there := s.Response.Header["Allow"]
	for part := range strings.SplitSeq(strings.Join(values, ","), ",") {
		if strings.TrimSpace(part) == s.Request.Method {
			return part, false
		}
	}
	return "no Allow", there
}

func saysWhen(c Context, s judge.Answer) (string, bool) {
	if _, err := scim.ParseError(s.Response.Status, s.Response.Body); err != nil {
		return err.Error(), false
	}
	_, there := s.Response.RetryAfter(c.Now())
	return "no Retry-After", there
}

func isOfType(allowed ...string) func(Context, judge.Answer) (string, bool) {
	return func(_ Context, s judge.Answer) (string, bool) {
		given := s.Response.Header.Get("Content-Type")
		name, _, err := mime.ParseMediaType(given)
		return judge.QuotedOrNone(given), err == nil && slices.Contains(allowed, name)
	}
}

func isUTF8(_ Context, s judge.Answer) (string, bool) {
	given := s.Response.Header.Get("Content-Type")
	_, parameters, _ := mime.ParseMediaType(given)
	charset := parameters["charset"]
	if charset != "" && !strings.EqualFold(charset, "utf-8") && !strings.EqualFold(charset, "us-ascii") {
		return given, false
	}
	return "bytes that are no UTF-8", utf8.Valid(s.Response.Body)
}

const protocolPrefix = "urn:ietf:params:scim:api:"

func hasMessageSchemas(_ Context, s judge.Answer) (string, bool) {
	schemas := s.Body.Array("schemas")
	for _, v := range schemas {
		if urn, _ := v.(string); !strings.HasPrefix(urn, protocolPrefix) {
			return judge.Text(schemas), false
		}
	}
	return judge.Text(schemas), len(schemas) > 0
}

func hasNoMessageSchema(_ Context, s judge.Answer) (string, bool) {
	text := judge.Text(append([]any{s.Body.String("id")}, s.Body.Array("schemas")...))
	return text, !strings.Contains(strings.ToLower(text), protocolPrefix)
}

func listsNoMessageSchema(_ Context, s judge.Answer) (string, bool) {
	for _, v := range s.Body.Array("Resources") {
		o, _ := v.(*scim.Object)
		if id := o.String("id"); strings.HasPrefix(strings.ToLower(id), protocolPrefix) {
			return id, false
		}
	}
	return "", isSuccess(s)
}

// locationsIn are the URIs that an answer gives out: of resources, in a list too.
func locationsIn(s judge.Answer) []string {
	var found []string
	if l := s.Response.Header.Get("Location"); l != "" {
		found = append(found, l)
	}
	if s.Body == nil || !isSuccess(s) {
		return found
	}
	shown := append([]any{s.Body}, s.Body.Array("Resources")...)
	for _, v := range shown {
		o, _ := v.(*scim.Object)
		if l := o.Object("meta").String("location"); l != "" {
			found = append(found, l)
		}
	}
	return found
}

// OfAddresses says whether the check is about addresses that the target gives out: where it gives
// none, which another requirement tells, there is nothing wrong with them.
func (c Check) OfAddresses() bool {
	return strings.Contains(c.Text, " address in the header Location ")
}

func hasLocations(s judge.Answer) bool { return len(locationsIn(s)) > 0 }

func eachLocation(right func(string) bool) func(Context, judge.Answer) (string, bool) {
	return func(_ Context, s judge.Answer) (string, bool) {
		for _, l := range locationsIn(s) {
			if !right(l) {
				return l, false
			}
		}
		return "", true
	}
}

var uriCharacters = regexp.MustCompile(`^(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$`)

func wellEncoded(uri string) bool {
	_, err := url.Parse(uri)
	return err == nil && uriCharacters.MatchString(uri)
}

func withoutQuery(uri string) bool { return !strings.ContainsAny(uri, "?#") }
