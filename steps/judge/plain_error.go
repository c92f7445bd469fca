package judge

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What is wrong with every error of a target, and that many requirements see: see
// FlawedPlainly.

var plainErrors = []plainAnswer{
	{"RFC7644-3.12-02", looksIntoErrors, saysNoErrorSchema},
	{"RFC7644-3.12-04", wantsKeyword, inventsKeyword},
	{documentHome, sendsNoDocument, breaksAtNoDocument},
	{unknownHome, getsFromPatch("400"), answersEveryPatch("400")},
	{unknownHome, getsFromPatch("422"), answersEveryPatch("422")},
	{unknownHome, getsFromPatch("500"), answersEveryPatch("500")},
	{opsHome, getsFromPatch("404"), answersEveryPatch("404")},
}

// documentHome is the requirement that tells how a body is answered that is no JSON.
const documentHome = "RFC7644-3.3-08"

// sendsNoDocument recognises a body that cannot be read and is not refused as such.
func sendsNoDocument(m *Mismatch, r wire.Request) bool {
	text, isText := r.Body.([]byte)
	return isText && !isObject(text) && strings.HasPrefix(m.Want, "400") && anotherThanRefused.MatchString(m.Got)
}

// isObject says whether a body is a JSON object.
func isObject(text []byte) bool {
	var o map[string]json.RawMessage
	return json.Unmarshal(text, &o) == nil && o != nil
}

// anotherThanRefused is a success, or an error that is none of the request.
var anotherThanRefused = regexp.MustCompile(`^(2\d\d|500)\b`)

func breaksAtNoDocument(ctx context.Context, own *Session) (string, error) {
	r := wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"schemas": ["` + scim.UserURN + `"], "userName": ` + Text(own.UserName("plain-half")))}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || !anotherThanRefused.MatchString(strconv.Itoa(answer.Status)) {
		return "", err
	}
	return "a body that is no JSON is not refused in its plainest form: half a user is answered " + StatusOf(answer), nil
}

// anError is what is wanted where a status is that of an error.
var anError = regexp.MustCompile(`^(4\d\d\b|a status from 400)`)

// getsFromPatch recognises a PATCH that gets this error in place of another one.
func getsFromPatch(status string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		return r.Method == http.MethodPatch && anError.MatchString(m.Want) && strings.HasPrefix(m.Got, status)
	}
}

// answersEveryPatch says so if this is the error of somebody whom there is not and of an op that
// there is not alike.
func answersEveryPatch(status string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-error-"+status)); err != nil {
			return "", err
		}
		nobody := wire.Request{Method: http.MethodPatch, Path: []string{"Users", own.Mark() + "-no-such-id"}, Body: ReplaceBody("displayName", "After")}
		nothing := wire.Request{Method: http.MethodPatch, Path: []string{"Users", own.Subjects["P"].ID}, Body: PatchOp(MustObject(`{"all": [{"op": "sduo-no-such-op", "path": "displayName", "value": "x"}]}`).Array("all"))}
		for _, r := range []wire.Request{nobody, nothing} {
			answer, err := own.Send(ctx, own.Client(), r)
			if err != nil || strconv.Itoa(answer.Status) != status {
				return "", err
			}
		}
		return "every error of PATCH is " + status + ": that of an id that there is not, and that of an op that there is not", nil
	}
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
