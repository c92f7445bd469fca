package judge

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What is wrong with every error of a target, and that many requirements see: see
// FlawedPlainly.

var plainErrors = []plainAnswer{
	{"RFC7644-3.12-02", looksIntoErrors, saysNoErrorSchema},
	{"RFC7644-3.12-04", wantsKeyword, inventsKeyword},
}

// looksIntoErrors recognises what cannot be read in an error that does not say that it is one.
func looksIntoErrors(m *Mismatch, _ wire.Request) bool {
	lacksKeyword := strings.HasPrefix(m.What, "scimType of ") && m.Got == "none"
	lacksStatus := m.Want == "the HTTP status as a string" && m.Got == "null"
	lacksSchemas := strings.HasPrefix(m.Want, "schemas of messages only") || m.Want == "an array with the URN of the message"
	return lacksKeyword || lacksStatus || lacksSchemas || strings.HasPrefix(m.Want, "one to judge whether each answer with the schema of errors")
}

func saysNoErrorSchema(ctx context.Context, own *Session) (string, error) {
	r := Reading("Users", own.Mark()+"-no-such-id")
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status < http.StatusBadRequest {
		return "", err
	}
	body, err := ObjectIn(answer)
	if err != nil || slices.Contains(body.Array("schemas"), any(scim.ErrorURN)) {
		return "", nil //nolint:nilerr // an error without an object is told elsewhere
	}
	return "no error names its schema: that of " + RequestText(r) + " does not", nil
}

// keywords are those of RFC 7644 section 3.12 and of RFC 9865.
var keywords = []string{
	scim.ScimTypeInvalidFilter, scim.ScimTypeTooMany, scim.ScimTypeUniqueness, scim.ScimTypeMutability, scim.ScimTypeInvalidSyntax, scim.ScimTypeInvalidPath,
	scim.ScimTypeNoTarget, scim.ScimTypeInvalidValue, scim.ScimTypeInvalidVers, scim.ScimTypeSensitive, scim.ScimTypeInvalidCursor, scim.ScimTypeExpiredCursor,
	scim.ScimTypeInvalidCount, "none", "",
}

// wantsKeyword recognises a keyword that is none of the standard's.
func wantsKeyword(m *Mismatch, _ wire.Request) bool {
	return strings.HasPrefix(m.What, "scimType of ") && !slices.Contains(keywords, m.Got)
}

func inventsKeyword(ctx context.Context, own *Session) (string, error) {
	body := Merge(own.Template("Users", "plain-keyword"), scim.NewObject(scim.Member{Name: "displayName", Value: own.UserName("plain-keyword")}))
	body.Delete("userName")
	r := wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Fault() == nil || slices.Contains(keywords, answer.Fault().ScimType) {
		return "", err
	}
	return "errors have keywords that are none of the standard's: " + answer.Fault().ScimType + " where a user has no userName", nil
}
