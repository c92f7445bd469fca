package judge

import (
	"regexp"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// EntityTag is that of RFC 7232 section 2.3; the prefix is case sensitive.
var EntityTag = regexp.MustCompile(`^(W/)?"[\x21\x23-\x7E\x80-\xFF]*"$`)

// The forms of texts that have a type (RFC 7643 section 2.3, RFC 3986 section 3).
var (
	dateTime = regexp.MustCompile(`^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$`)
	Absolute = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$`)
	Integer  = regexp.MustCompile(`^-?\d+$`)
)

// IsA says whether a value is of a JSON kind (see scim.KindOf) or a "dateTime", "entity tag",
// "absolute URI", "integer" or "positive integer".
func IsA(v any, kind string) bool {
	text, isText := v.(string)
	switch kind {
	case "dateTime":
		return isText && dateTime.MatchString(text)
	case "entity tag":
		return isText && EntityTag.MatchString(text)
	case "absolute URI":
		return isText && Absolute.MatchString(text)
	case "integer":
		return scim.KindOf(v) == "number" && Integer.MatchString(Plain(v))
	case "positive integer":
		n, err := strconv.Atoi(Plain(v))
		return IsA(v, "integer") && err == nil && n > 0
	}
	return scim.KindOf(v) == kind
}
