package steps

import (
	"mime"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// A check judges one answer.
type check struct {
	of    func(stop) bool // which answers it is about; nil for all
	rare  bool            // there need not be such an answer
	want  string
	holds func(w *world, s stop) (got string, ok bool)
}

// checks are what "each …" can say, other than a status.
var checks = map[string]check{
	"answer is a SCIM error":          {nil, false, "a SCIM error", isSCIMError},
	"error is a SCIM error":           {isError, false, "a SCIM error", isSCIMError},
	"server error is a SCIM error":    {isServerError, true, "a SCIM error", isSCIMError},
	"error has a JSON body":           {isError, false, "a JSON object", hasJSON},
	"error has the schema of errors":  {isError, false, scim.ErrorURN + " alone in schemas", hasErrorSchema},
	"error has its status as a text":  {isError, false, "the HTTP status as a string", hasStatusText},
	"error keyword is a standard one": {isError, false, "a scimType of the standard's that fits the status, or none", hasStandardKeyword},
	"error has a detail for people":   {isError, false, "a detail that is a text", hasDetail},
	"error keeps the inside hidden":   {isError, false, "no stack trace, statement or secret", keepsInside},
	"error message has the status of an error": {
		isErrorMessage, false, "a status from 400 to 599",
		func(_ *world, s stop) (string, bool) { return strconv.Itoa(s.answer.Status), isError(s) },
	},
	"success is no error message": {
		isSuccess, false, "no error message",
		func(_ *world, s stop) (string, bool) { return "an error message", !isErrorMessage(s) },
	},
	"answer is no server error": {
		nil, false, "a status below 500, or 501",
		func(_ *world, s stop) (string, bool) { return statusOf(s.answer), !isServerError(s) },
	},
	"answer is a refusal": {
		nil, false, "a status from 400 to 499",
		func(_ *world, s stop) (string, bool) {
			return statusOf(s.answer), s.answer.Status >= 400 && s.answer.Status < 500
		},
	},
	"answer is a list or a refusal": {
		nil, false, "a list, or a status from 400 to 499",
		func(_ *world, s stop) (string, bool) {
			if s.answer.Status >= 400 && s.answer.Status < 500 {
				return "", true
			}
			_, err := scim.ParseList(s.body)
			return statusOf(s.answer) + " without a list", err == nil && s.answer.Status == 200
		},
	},
	"answer is no success": {
		nil, false, "no success",
		func(_ *world, s stop) (string, bool) { return statusOf(s.answer), !isSuccess(s) },
	},
	"answer is a success": {
		nil, false, "a success",
		func(_ *world, s stop) (string, bool) { return statusOf(s.answer), isSuccess(s) },
	},
	"answer is anything but 401": {
		nil, false, "a status other than 401",
		func(_ *world, s stop) (string, bool) { return statusOf(s.answer), s.answer.Status != 401 },
	},
	"401 names the scheme Bearer":                  {is(401), false, "a challenge for Bearer in WWW-Authenticate", challengesForBearer},
	"405 names the methods in Allow":               {is(405), true, "the header Allow without the refused method", namesMethods},
	"429 says when to come again":                  {is(429), true, "a SCIM error with Retry-After", saysWhen},
	"body is of the type scim+json":                {hasBody, false, "Content-Type application/scim+json", isOfType("application/scim+json")},
	"body is of a JSON type":                       {hasBody, false, "Content-Type application/scim+json or application/json", isOfType("application/scim+json", "application/json")},
	"body is UTF-8":                                {hasBody, true, "valid UTF-8, and no other charset announced", isUTF8},
	"message schema is one of the protocol's":      {isListOrError, false, "schemas of messages only, which begin with " + protocolPrefix, hasMessageSchemas},
	"resource has no schema of messages":           {isResource, false, "no schema that begins with " + protocolPrefix, hasNoMessageSchema},
	"list of schemas is without those of messages": {isListOrError, false, "no schema that begins with " + protocolPrefix, listsNoMessageSchema},
	"URI is percent-encoded":                       {hasLocations, false, "URIs of the characters of RFC 3986", eachLocation(wellEncoded)},
	"URI has no query":                             {hasLocations, false, "URIs without a query", eachLocation(withoutQuery)},
}

func isError(s stop) bool       { return s.answer.Status >= 400 }
func isServerError(s stop) bool { return s.answer.Status >= 500 && s.answer.Status != 501 }
func isSuccess(s stop) bool     { return s.answer.Status >= 200 && s.answer.Status < 300 }
func hasBody(s stop) bool       { return len(s.answer.Body) > 0 }
func isErrorMessage(s stop) bool {
	return s.body != nil && slices.Contains(s.body.Array("schemas"), any(scim.ErrorURN))
}
func is(status int) func(stop) bool { return func(s stop) bool { return s.answer.Status == status } }

// isListOrError is true for lists and errors, by what they contain.
func isListOrError(s stop) bool {
	if s.body == nil {
		return false
	}
	_, list := s.body.Get("totalResults")
	return list || isError(s)
}

func isResource(s stop) bool {
	return s.body != nil && isSuccess(s) && s.body.String("id") != ""
}

func isSCIMError(_ *world, s stop) (string, bool) {
	if s.answer.Status < 400 {
		return statusOf(s.answer), false
	}
	if _, err := scim.ParseError(s.answer.Status, s.answer.Body); err != nil {
		return err.Error(), false
	}
	return "", true
}

func hasJSON(_ *world, s stop) (string, bool) {
	_, err := s.answer.Object()
	if err != nil {
		return err.Error(), false
	}
	return "", true
}

func hasErrorSchema(_ *world, s stop) (string, bool) {
	schemas, _ := s.body.Get("schemas")
	list, _ := schemas.([]any)
	return textOf(schemas), len(list) == 1 && list[0] == scim.ErrorURN
}

func hasStatusText(_ *world, s stop) (string, bool) {
	status, _ := s.body.Get("status")
	return textOf(status), status == strconv.Itoa(s.answer.Status)
}

func hasDetail(_ *world, s stop) (string, bool) {
	detail, there := s.body.Get("detail")
	text, isText := detail.(string)
	return textOf(detail), !there || isText && strings.TrimSpace(text) != ""
}

// keywords are the scimTypes with the statuses that go with them (RFC 7644
// sections 3.3, 3.12 and 7.5.2, RFC 9865 section 2.1). uniqueness stands in the
// table for 400 and in the text for 409.
var keywords = map[string][]int{
	scim.ScimTypeInvalidFilter: {400}, scim.ScimTypeTooMany: {400}, scim.ScimTypeUniqueness: {409, 400},
	scim.ScimTypeMutability: {400}, scim.ScimTypeInvalidSyntax: {400}, scim.ScimTypeInvalidPath: {400},
	scim.ScimTypeNoTarget: {400}, scim.ScimTypeInvalidValue: {400}, scim.ScimTypeInvalidVers: {400},
	scim.ScimTypeSensitive: {403, 400}, scim.ScimTypeInvalidCursor: {400}, scim.ScimTypeExpiredCursor: {400},
	scim.ScimTypeInvalidCount: {400},
}

func hasStandardKeyword(_ *world, s stop) (string, bool) {
	keyword, there := s.body.Get("scimType")
	if !there || scim.IsUnassigned(keyword) {
		return "", true
	}
	text, _ := keyword.(string)
	return textOf(keyword) + " with " + strconv.Itoa(s.answer.Status), slices.Contains(keywords[text], s.answer.Status)
}

// inside is what belongs into a log and not into an answer: traces of the usual
// runtimes, statements and errors of databases.
var inside = regexp.MustCompile(`Traceback \(most recent|goroutine \d+ \[|\bat [\w$.<>]+\([\w ]*\.(?:java|kt|scala):\d+\)|` +
	`\bat [^\n"]{1,200}\.[jt]sx?:\d+:\d+|\bin [^\n"]{1,200}\.cs:line \d+|\.py\\?", line \d+|\.rb:\d+:in |\.php(?::| on line )\d+|` +
	`[\w/]+\.go:\d+|\b(?:java|javax|org|com|net)(?:\.\w+){2,}(?:Exception|Error)\b|System\.\w+(?:\.\w+)*Exception|` +
	`SQLSTATE|ORA-\d{5}|(?i:\bselect\b[^\n"]{1,200}\bfrom\b[^\n"]{1,200}\bwhere\b|\binsert into \w+|\bsyntax error at or near\b|\bunique constraint failed: )`)

// unescaped turns line breaks within JSON texts into spaces.
var unescaped = strings.NewReplacer(`\n`, " ", `\t`, " ", `\r`, " ")

func keepsInside(w *world, s stop) (string, bool) {
	text := unescaped.Replace(string(s.answer.Body))
	if found := inside.FindString(text); found != "" {
		return found, false
	}
	for name, secret := range map[string]string{"the token": w.conn.token, "the password": w.run.options.Fit.password(0)} {
		if secret != "" && strings.Contains(text, secret) {
			return name, false
		}
	}
	return "", true
}

// challenge finds a scheme at the beginning of a challenge (RFC 9110 section 11.6.1).
var challenge = regexp.MustCompile(`(?i)(?:^|,)\s*Bearer(?:\s|,|$)`)

func challengesForBearer(_ *world, s stop) (string, bool) {
	values := s.answer.Header.Values("WWW-Authenticate")
	return quotedOrNone(strings.Join(values, ", ")), slices.ContainsFunc(values, challenge.MatchString)
}

func namesMethods(_ *world, s stop) (string, bool) {
	values, there := s.answer.Header["Allow"]
	for part := range strings.SplitSeq(strings.Join(values, ","), ",") {
		if strings.TrimSpace(part) == s.asked.Method {
			return part, false
		}
	}
	return "no Allow", there
}

func saysWhen(w *world, s stop) (string, bool) {
	if _, err := scim.ParseError(s.answer.Status, s.answer.Body); err != nil {
		return err.Error(), false
	}
	_, there := s.answer.RetryAfter(w.run.options.Now())
	return "no Retry-After", there
}

func isOfType(allowed ...string) func(*world, stop) (string, bool) {
	return func(_ *world, s stop) (string, bool) {
		given := s.answer.Header.Get("Content-Type")
		name, _, err := mime.ParseMediaType(given)
		return quotedOrNone(given), err == nil && slices.Contains(allowed, name)
	}
}

func isUTF8(_ *world, s stop) (string, bool) {
	given := s.answer.Header.Get("Content-Type")
	_, parameters, _ := mime.ParseMediaType(given)
	charset := parameters["charset"]
	if charset != "" && !strings.EqualFold(charset, "utf-8") && !strings.EqualFold(charset, "us-ascii") {
		return given, false
	}
	return "bytes that are no UTF-8", utf8.Valid(s.answer.Body)
}

const protocolPrefix = "urn:ietf:params:scim:api:"

func hasMessageSchemas(_ *world, s stop) (string, bool) {
	schemas := s.body.Array("schemas")
	for _, v := range schemas {
		if urn, _ := v.(string); !strings.HasPrefix(urn, protocolPrefix) {
			return textOf(schemas), false
		}
	}
	return textOf(schemas), len(schemas) > 0
}

func hasNoMessageSchema(_ *world, s stop) (string, bool) {
	text := textOf(append([]any{s.body.String("id")}, s.body.Array("schemas")...))
	return text, !strings.Contains(strings.ToLower(text), protocolPrefix)
}

func listsNoMessageSchema(_ *world, s stop) (string, bool) {
	for _, v := range s.body.Array("Resources") {
		o, _ := v.(*scim.Object)
		if id := o.String("id"); strings.HasPrefix(strings.ToLower(id), protocolPrefix) {
			return id, false
		}
	}
	return "", isSuccess(s)
}

// locationsIn are the URIs that an answer gives out: of resources, in a list too.
func locationsIn(s stop) []string {
	var found []string
	if l := s.answer.Header.Get("Location"); l != "" {
		found = append(found, l)
	}
	if s.body == nil || !isSuccess(s) {
		return found
	}
	shown := append([]any{s.body}, s.body.Array("Resources")...)
	for _, v := range shown {
		o, _ := v.(*scim.Object)
		if l := o.Object("meta").String("location"); l != "" {
			found = append(found, l)
		}
	}
	return found
}

func hasLocations(s stop) bool { return len(locationsIn(s)) > 0 }

func eachLocation(right func(string) bool) func(*world, stop) (string, bool) {
	return func(_ *world, s stop) (string, bool) {
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
