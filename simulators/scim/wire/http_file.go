package wire

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// HTTPFile returns the request as an .http file, which the REST clients of
// editors can send. The token is not in it: it is taken from the environment
// variable SCIM_TOKEN. False means that the form cannot hold the request: a
// client replaces {{…}} by a variable and a line that begins with < by a file,
// and text from a target must trigger neither.
func (e *Exchange) HTTPFile() (text string, ok bool) {
	if e.RequestTruncated || !plainLine(e.URL) || !plainBody(e.RequestBody) {
		return "", false
	}
	lines := []string{cmp.Or(e.Method, "GET") + " " + e.URL}
	token := ""
	for _, name := range slices.Sorted(maps.Keys(e.RequestHeader)) {
		if name == "Content-Length" { // the client counts for itself
			continue
		}
		for _, value := range e.RequestHeader[name] {
			value = hideHeader(name, value)
			if !plainLine(name + value) {
				return "", false
			}
			if scheme, _, found := strings.Cut(value, " "); found && name == "Authorization" && strings.EqualFold(scheme, "Bearer") {
				token = "@token = {{$processEnv SCIM_TOKEN}}\n\n"
				value = scheme + " {{token}}"
			}
			lines = append(lines, name+": "+value)
		}
	}
	text = token + strings.Join(lines, "\n") + "\n"
	if len(e.RequestBody) > 0 {
		text += "\n" + string(e.RequestBody) + "\n"
	}
	return text, true
}

// plainLine says whether an .http file can hold the text in one line as it is.
func plainLine(s string) bool {
	return plainArgument([]byte(s)) && !strings.ContainsAny(s, "\n\t") && !strings.Contains(s, "{{")
}

// plainBody reports whether an .http file can hold the body unchanged: no line
// may name a file or end the request.
func plainBody(body []byte) bool {
	for line := range strings.SplitSeq(string(body), "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "<") || strings.HasPrefix(line, "#") {
			return false
		}
	}
	return plainArgument(body) && !strings.Contains(string(body), "{{")
}
