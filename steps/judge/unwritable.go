package judge

import (
	"fmt"
	"strconv"
	"strings"
)

// unwritable is what a body can hold and a feature cannot show, by the name of its
// placeholder:
//
//	{nested arrays 10000}       arrays within arrays, so deep
//	{nested objects 10000}      objects within objects
//	{nested givenName 10000}    a name whose givenName is such a name, and so on
//	{open arrays 10000}         the beginnings of nested arrays
//	{unknown attributes 50000}  so many attributes that no schema declares
//	{invalid UTF-8}             bytes that are no UTF-8
//	{byte order mark}           that of UTF-8
func unwritable(placeholder string) (bytes string, ok bool) {
	switch placeholder {
	case "invalid UTF-8":
		return "\xff\xfe\xc3(", true
	case "byte order mark":
		return "\xef\xbb\xbf", true
	}
	i := strings.LastIndex(placeholder, " ")
	n, err := strconv.Atoi(placeholder[i+1:])
	if err != nil || i < 0 {
		return "", false
	}
	switch placeholder[:i] {
	case "nested arrays":
		return nested("[", "]", n), true
	case "nested objects":
		return nested(`{"a":`, "}", n), true
	case "nested givenName":
		return nested(`{"givenName":`, "}", n), true
	case "open arrays":
		return strings.Repeat("[", n), true
	case "unknown attributes":
		return unknownAttributes(n), true
	}
	return "", false
}

func nested(open, end string, depth int) string {
	return strings.Repeat(open, depth) + `""` + strings.Repeat(end, depth)
}

func unknownAttributes(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(`"sduo%d":%d`, i, i)
	}
	return strings.Join(all, ",")
}

// repeated reads "199 text".
func repeated(of string) (string, error) {
	count, text, _ := strings.Cut(of, " ")
	n, err := strconv.Atoi(count)
	if err != nil || n < 0 {
		return "", fmt.Errorf("{repeat %s}: want a number and a text", of)
	}
	return strings.Repeat(text, n), nil
}
