package scim

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// The values of "scimType" (RFC 7644 section 3.12, table 9; RFC 9865 section 2.1).
const (
	ScimTypeInvalidFilter = "invalidFilter"
	ScimTypeTooMany       = "tooMany"
	ScimTypeUniqueness    = "uniqueness"
	ScimTypeMutability    = "mutability"
	ScimTypeInvalidSyntax = "invalidSyntax"
	ScimTypeInvalidPath   = "invalidPath"
	ScimTypeNoTarget      = "noTarget"
	ScimTypeInvalidValue  = "invalidValue"
	ScimTypeInvalidVers   = "invalidVers"
	ScimTypeSensitive     = "sensitive"
	ScimTypeInvalidCursor = "invalidCursor"
	ScimTypeExpiredCursor = "expiredCursor"
	ScimTypeInvalidCount  = "invalidCount"
)

// Error is a protocol error: an HTTP status and, in the body, a SCIM error
// message (RFC 7644 section 3.12).
type Error struct {
	Status   int         // HTTP status code, 400 to 599
	ScimType string      // one of the ScimType constants, or "" where none fits
	Detail   string      // for people; may be ""
	Header   http.Header // header fields that go with the status, such as Allow; may be nil
}

// Error returns "400 invalidFilter: detail", leaving out what is not there.
func (e *Error) Error() string {
	s := strconv.Itoa(e.Status)
	switch {
	case e.ScimType != "":
		s += " " + e.ScimType
	case e.Detail == "":
		if text := http.StatusText(e.Status); text != "" {
			s += " " + text
		}
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// Object returns the error message, in which the status is a string
// (RFC 7644 section 3.12).
func (e *Error) Object() *Object {
	o := NewObject(
		Member{"schemas", []any{ErrorURN}},
		Member{"status", strconv.Itoa(e.Status)},
	)
	if e.ScimType != "" {
		o.Set("scimType", e.ScimType)
	}
	if e.Detail != "" {
		o.Set("detail", e.Detail)
	}
	return o
}

// ErrNoText says of a member of an error message that it is no string.
var ErrNoText = errors.New("has to be a string")

// ParseError reads the error message in the body of an answer with this HTTP
// status. The Error is never nil: it has the HTTP status and, from a body that
// announces itself as a SCIM error, what could be read. The error says why the
// body is no SCIM error, or where it deviates from RFC 7644 section 3.12; that is ErrNoText
// for a member of another JSON type.
func ParseError(status int, body []byte) (*Error, error) {
	e := &Error{Status: status}
	o, err := ParseObject(body)
	if err != nil {
		return e, fmt.Errorf("not a SCIM error message: %w", err)
	}
	if err := requireSchema(o, ErrorURN); err != nil {
		return e, fmt.Errorf("not a SCIM error message: %w", err)
	}
	e.ScimType, e.Detail = o.String("scimType"), o.String("detail")
	for _, name := range []string{"scimType", "detail"} {
		v, ok := o.Get(name)
		if _, isString := v.(string); ok && !isString {
			return e, fmt.Errorf("%s of the SCIM error message %w, got %s", name, ErrNoText, KindOf(v))
		}
	}
	return e, checkErrorStatus(status, o)
}

func checkErrorStatus(status int, o *Object) error {
	v, ok := o.Get("status")
	if !ok {
		return errors.New("the SCIM error message has no status")
	}
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("status of the SCIM error message %w such as %q, got %s", ErrNoText, strconv.Itoa(status), KindOf(v))
	}
	if text != strconv.Itoa(status) {
		return fmt.Errorf("status of the SCIM error message is %q, but the HTTP status is %d", text, status)
	}
	return nil
}

// requireSchema says what is wrong when "schemas" does not name the URN.
func requireSchema(o *Object, urn string) error {
	v, ok := o.Get("schemas")
	if !ok {
		return fmt.Errorf("schemas is missing, it has to name %s", urn)
	}
	names, ok := v.([]any)
	if !ok {
		return fmt.Errorf("schemas has to be an array, got %s", KindOf(v))
	}
	for _, name := range names {
		if s, ok := name.(string); ok && strings.EqualFold(s, urn) {
			return nil
		}
	}
	return fmt.Errorf("schemas does not name %s", urn)
}

func newError(status int, scimType, format string, args []any) *Error {
	detail := format
	if len(args) > 0 {
		detail = fmt.Sprintf(format, args...)
	}
	return &Error{Status: status, ScimType: scimType, Detail: detail}
}

// InvalidFilter is 400 invalidFilter: the filter cannot be read, or compares
// an attribute in a way that it does not support.
func InvalidFilter(format string, args ...any) *Error {
	return newError(http.StatusBadRequest, ScimTypeInvalidFilter, format, args)
}

// TooMany is 400 tooMany: the filter selects more than the server is willing
// to return or process.
func TooMany(format string, args ...any) *Error {
	return newError(http.StatusBadRequest, ScimTypeTooMany, format, args)
}

// UniquenessError is 409 uniqueness: a value is taken or reserved
// (status: RFC 7644 section 3.3).
func UniquenessError(format string, args ...any) *Error {
	return newError(http.StatusConflict, ScimTypeUniqueness, format, args)
}

// MutabilityError is 400 mutability: the change is not compatible with the
// attribute's mutability or with its present value.
func MutabilityError(format string, args ...any) *Error {
	return newError(http.StatusBadRequest, ScimTypeMutability, format, args)
}

// InvalidSyntax is 400 invalidSyntax: the body's structure is not that of the
// message expected.
func InvalidSyntax(format string, args ...any) *Error {
	return newError(http.StatusBadRequest, ScimTypeInvalidSyntax, format, args)
}

// InvalidPath is 400 invalidPath: the path of a PATCH operation is malformed.
func InvalidPath(format string, args ...any) *Error {
	return newError(http.StatusBadRequest, ScimTypeInvalidPath, format, args)
}

// NoTarget is 400 noTarget: the path of a PATCH operation selects nothing to
// change.
func NoTarget(format string, args ...any) *Error {
	return newError(http.StatusBadRequest, ScimTypeNoTarget, format, args)
}

// InvalidValue is 400 invalidValue: a required value is missing, or a value is
// not compatible with its attribute.
func InvalidValue(format string, args ...any) *Error {
	return newError(http.StatusBadRequest, ScimTypeInvalidValue, format, args)
}

// InvalidCursor is 400 invalidCursor: this server did not issue the cursor (RFC
// 9865 section 2.1).
func InvalidCursor(format string, args ...any) *Error {
	return newError(http.StatusBadRequest, ScimTypeInvalidCursor, format, args)
}

// ExpiredCursor is 400 expiredCursor: the cursor is no longer valid (RFC 9865
// section 2.1).
func ExpiredCursor(format string, args ...any) *Error {
	return newError(http.StatusBadRequest, ScimTypeExpiredCursor, format, args)
}

// InvalidCount is 400 invalidCount: the count does not fit the cursor
// (RFC 9865 section 2.1).
func InvalidCount(format string, args ...any) *Error {
	return newError(http.StatusBadRequest, ScimTypeInvalidCount, format, args)
}

// Unauthorized is 401 with a Bearer challenge for the realm (RFC 7644 section
// 2, RFC 6750 section 3).
func Unauthorized(realm, format string, args ...any) *Error {
	e := newError(http.StatusUnauthorized, "", format, args)
	e.Header = http.Header{"Www-Authenticate": {fmt.Sprintf("Bearer realm=%q", realm)}}
	return e
}

// Forbidden is 403: the client is known, but may not do this.
func Forbidden(format string, args ...any) *Error {
	return newError(http.StatusForbidden, "", format, args)
}

// NotFound is 404: there is no such resource, or no such endpoint when id is "".
func NotFound(resourceType, id string) *Error {
	if id == "" {
		return newError(http.StatusNotFound, "", "there is no endpoint %s", []any{resourceType})
	}
	return newError(http.StatusNotFound, "", "there is no %s with the id %q", []any{resourceType, id})
}

// MethodNotAllowed is 405 with the methods that are allowed in Allow
// (RFC 9110 section 15.5.6).
func MethodNotAllowed(allowed ...string) *Error {
	list := strings.Join(allowed, ", ")
	e := newError(http.StatusMethodNotAllowed, "", "this endpoint takes only %s", []any{list})
	e.Header = http.Header{"Allow": {list}}
	return e
}

// NotAcceptable is 406: no media type of Accept can be produced.
func NotAcceptable(format string, args ...any) *Error {
	return newError(http.StatusNotAcceptable, "", format, args)
}

// Conflict is 409 without a scimType: another request changed the resource.
func Conflict(format string, args ...any) *Error {
	return newError(http.StatusConflict, "", format, args)
}

// PreconditionFailed is 412: the resource has another version than If-Match
// names (RFC 7644 section 3.14).
func PreconditionFailed(format string, args ...any) *Error {
	return newError(http.StatusPreconditionFailed, "", format, args)
}

// TooLarge is 413: the body has more bytes than the limit.
func TooLarge(limit int64) *Error {
	return newError(http.StatusRequestEntityTooLarge, "", "the body is larger than %d bytes", []any{limit})
}

// UnsupportedMediaType is 415: the body has a media type other than SCIM's.
func UnsupportedMediaType(format string, args ...any) *Error {
	return newError(http.StatusUnsupportedMediaType, "", format, args)
}

// Internal is 500: the server failed.
func Internal(format string, args ...any) *Error {
	return newError(http.StatusInternalServerError, "", format, args)
}

// NotImplemented is 501: the server does not offer this operation.
func NotImplemented(format string, args ...any) *Error {
	return newError(http.StatusNotImplemented, "", format, args)
}
