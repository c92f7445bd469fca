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

// Keywords are the scimTypes with the statuses that go with them (RFC 7644
// sections 3.3, 3.12 and 7.5.2, RFC 9865 section 2.1). uniqueness stands in the
// table for 400 and in the text for 409.
var Keywords = map[string][]int{
	scim.ScimTypeInvalidFilter: {400}, scim.ScimTypeTooMany: {400}, scim.ScimTypeUniqueness: {409, 400},
	scim.ScimTypeMutability: {400}, scim.ScimTypeInvalidSyntax: {400}, scim.ScimTypeInvalidPath: {400},
	scim.ScimTypeNoTarget: {400}, scim.ScimTypeInvalidValue: {400}, scim.ScimTypeInvalidVers: {400},
	scim.ScimTypeSensitive: {403, 400}, scim.ScimTypeInvalidCursor: {400}, scim.ScimTypeExpiredCursor: {400},
	scim.ScimTypeInvalidCount: {400},
}

// wantsKeyword recognises a keyword that is none of the standard's.
func wantsKeyword(m *Mismatch, _ wire.Request) bool {
	return strings.HasPrefix(m.What, "scimType of ") && !isKeyword(m.Got)
}

func inventsKeyword(ctx context.Context, own *Session) (string, error) {
	body := Merge(own.Template("Users", "plain-keyword"), scim.NewObject(scim.Member{Name: "displayName", Value: own.UserName("plain-keyword")}))
	body.Delete("userName")
	r := wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Fault() == nil || isKeyword(answer.Fault().ScimType) {
		return "", err
	}
	return "errors have keywords that are none of the standard's: " + answer.Fault().ScimType + " where a user has no userName", nil
}

// isKeyword says whether it is one of the standard's, or none at all.
func isKeyword(text string) bool {
	return len(Keywords[text]) > 0 || text == "none" || text == ""
}
