package wire

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// HTTPFile returns the request as an .http file, which the REST clients of
// editors can send. The secret is not in it: it is taken from the environment
// variable of its form, SCIM_TOKEN for a bearer token. False means that the form cannot hold the request: a
// client replaces {{…}} by a variable and a line that begins with < by a file,
// and text from a target must trigger neither.
func (e *Exchange) HTTPFile() (text string, ok bool) {
	if e.RequestTruncated || !plainLine(e.URL) || !plainBody(e.RequestBody) {
		return "", false
	}
	lines := []string{cmp.Or(e.Method, "GET") + " " + e.URL}
	secret := ""
	for _, name := range slices.Sorted(maps.Keys(e.RequestHeader)) {
		if name == "Content-Length" { // the client counts for itself
			continue
		}
		for _, value := range e.RequestHeader[name] {
			value = hideHeader(name, value)
			if !plainLine(name + value) {
				return "", false
			}
			if e.Shows(name) && strings.Contains(value, hidden) {
				if filled, ok := e.httpCredentials(value); ok {
					secret, value = "@token = {{$processEnv "+e.form().Variable()+"}}\n\n", filled
				}
			}
			lines = append(lines, name+": "+value)
		}
	}
	text = secret + strings.Join(lines, "\n") + "\n"
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

// httpCredentials is the value of the header with the variable of the secret in it. Clients of
// .http files encode a user and a password themselves.
func (e *Exchange) httpCredentials(value string) (filled string, ok bool) {
	scheme, _, _ := strings.Cut(value, " ")
	switch f := e.form(); {
	case f.Scheme == SchemeHeader:
		return "{{token}}", value == hidden
	case f.Scheme == SchemeBasic && strings.EqualFold(scheme, "Basic"):
		return scheme + " " + f.User + " {{token}}", !strings.Contains(f.User, " ") && plainLine(f.User)
	case f.Scheme == SchemeBearer && strings.EqualFold(scheme, "Bearer"):
		return scheme + " {{token}}", true
	}
	return "", false
}
