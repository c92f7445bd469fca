package wire

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// maskPasswords hides the values of "password" attributes in a JSON body: as a
// member of a resource, and as the value of a PATCH operation whose path is the
// attribute. A body without passwords stays as it is, byte for byte.
func maskPasswords(body []byte) []byte {
	if !mayHoldPassword(body) {
		return body
	}
	v, err := scim.Parse(body)
	if err != nil {
		return maskPasswordText(body) // cut or broken, and reports show it
	}
	if !maskValue(v) {
		return body
	}
	masked, err := scim.Marshal(v)
	if err != nil {
		return maskPasswordText(body)
	}
	return masked
}

// mayHoldPassword saves the parsing of most bodies. A name with a JSON escape
// in it may spell anything.
func mayHoldPassword(body []byte) bool {
	return bytes.Contains(bytes.ToLower(body), []byte("password")) || bytes.Contains(body, []byte(`\u`))
}

func maskValue(v any) (masked bool) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			masked = maskValue(item) || masked
		}
	case *scim.Object:
		for name, value := range v.All() {
			secret := isPassword(name) || strings.EqualFold(name, "value") && isPassword(v.String("path"))
			if secret && value != nil && value != "" {
				v.Set(name, hidden)
				masked = true
				continue
			}
			masked = maskValue(value) || masked
		}
	}
	return masked
}

// isPassword says whether the name or path is the attribute "password",
// qualified by its schema or not.
func isPassword(path string) bool {
	return strings.EqualFold(path[strings.LastIndexByte(path, ':')+1:], "password")
}

// jsonText is a JSON string, complete or cut off with the document.
const jsonText = `"(?:[^"\\]|\\.)*(?:"|\\?$)`

var (
	passwordMember = regexp.MustCompile(`(?is)("(?:[^"\\]*:)?password"\s*:\s*)(?:` + jsonText + `|[-0-9][^\s,}\]]*)`)
	passwordPath   = regexp.MustCompile(`(?is)"path"\s*:\s*"(?:[^"\\]*:)?password"`)
	valueMember    = regexp.MustCompile(`(?is)("value"\s*:\s*)(?:` + jsonText + `|[-0-9][^\s,}\]]*)`)
)

// maskPasswordText does the same in text that is no JSON document. It cannot
// tell which value belongs to which path, so it hides too much rather than too
// little.
func maskPasswordText(body []byte) []byte {
	body = passwordMember.ReplaceAll(body, []byte(`${1}"`+hidden+`"`))
	if passwordPath.Match(body) {
		body = valueMember.ReplaceAll(body, []byte(`${1}"`+hidden+`"`))
	}
	return body
}
