package scim

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateTimeForm is stricter than time.Parse, which accepts a comma before the
// fraction. It permits a missing zone, as xsd:dateTime does.
var dateTimeForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$`)

// ParseDateTime reads an xsd:dateTime (RFC 7643 section 2.3.5) of the years 0
// to 9999. A dateTime without a zone counts as UTC, so that all can be ordered.
func ParseDateTime(s string) (time.Time, bool) {
	form := dateTimeForm.FindStringSubmatch(s)
	if form == nil {
		return time.Time{}, false
	}
	if form[2] == "" {
		s += "Z"
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	return t, err == nil
}

// isInteger says whether a number has neither fraction nor exponent (RFC 7643
// section 2.3.4).
func isInteger(n json.Number) bool { return !strings.ContainsAny(string(n), ".eE") }

// isBase64 accepts both alphabets, with and without padding (RFC 7643 section
// 2.3.6), but no mixture of the alphabets and no line breaks.
func isBase64(s string) bool {
	if strings.ContainsAny(s, "\r\n") { // the decoder would skip them
		return false
	}
	plain := strings.TrimRight(s, "=")
	if padding := len(s) - len(plain); padding > 0 && (padding > 2 || len(s)%4 != 0) {
		return false
	}
	_, standard := base64.RawStdEncoding.DecodeString(plain)
	_, forURL := base64.RawURLEncoding.DecodeString(plain)
	return standard == nil || forURL == nil
}

// isReference accepts absolute and relative URIs (RFC 7643 section 2.3.7).
func isReference(s string) bool {
	for _, r := range s {
		if r <= ' ' || r == 0x7f || strings.ContainsRune("\"<>\\^`{|}", r) {
			return false
		}
	}
	_, err := url.Parse(s)
	return err == nil
}

// CompareNumbers orders two numbers by value. Numbers that are too costly to
// expand exactly, such as 1e999999999, are ordered as float64.
func CompareNumbers(a, b json.Number) int {
	if x, ok := exactNumber(a); ok {
		if y, ok := exactNumber(b); ok {
			return x.Cmp(y)
		}
	}
	// An error means that the number is out of range; the value is then ±Inf.
	x, _ := strconv.ParseFloat(string(a), 64)
	y, _ := strconv.ParseFloat(string(b), 64)
	return cmp.Compare(x, y)
}

func exactNumber(n json.Number) (*big.Rat, bool) {
	const digits, exponentDigits = 400, 4
	_, exponent, _ := strings.Cut(strings.ToLower(string(n)), "e")
	if len(n) > digits || len(exponent) > exponentDigits {
		return nil, false
	}
	return new(big.Rat).SetString(string(n))
}
