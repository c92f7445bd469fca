package wire

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// Curl returns a command for a POSIX shell that sends the request again. The
// token is not in it: the command reads $SCIM_TOKEN from the environment.
// Headers that only curl would add are switched off, so that the server sees
// the same request.
func (e *Exchange) Curl() string {
	var words []string
	body := ""
	switch {
	case len(e.RequestBody) == 0:
	case plainArgument(e.RequestBody):
		body = "--data-raw " + shellQuote(string(e.RequestBody))
	default: // an argument cannot hold these bytes, or a terminal acts on them
		words = append(words, "printf", shellQuote(octal(e.RequestBody)), "|")
		body = "--data-binary @-"
	}
	words = append(words, "curl -i")
	words = append(words, e.curlConnection()...)
	words = append(words, e.curlMethod()...)
	words = append(words, e.curlURL()...)
	words = append(words, e.curlHeaders()...)
	if body != "" {
		words = append(words, body)
	}
	if e.RequestTruncated {
		words = append(words, fmt.Sprintf("# the body is cut after %d bytes", len(e.RequestBody)))
	}
	return strings.Join(words, " ")
}

func (e *Exchange) curlMethod() []string {
	switch {
	case e.Method == http.MethodHead:
		return []string{"--head"}
	case (e.Method == http.MethodGet || e.Method == "") && len(e.RequestBody) == 0:
		return nil
	}
	return []string{"-X", shellQuote(e.Method)}
}

func (e *Exchange) curlURL() []string {
	var words []string
	if strings.ContainsAny(e.URL, "[]{}") {
		words = append(words, "--globoff")
	}
	if strings.Contains(e.URL, "/.") {
		words = append(words, "--path-as-is")
	}
	return append(words, shellURL(e.URL))
}

// shellURL is the address as one word; a token in it is taken from the environment.
func shellURL(address string) string {
	parts := strings.Split(address, hidden)
	for i, part := range parts {
		if len(parts) == 1 || part != "" {
			parts[i] = shellQuote(part)
		}
	}
	return strings.Join(parts, `"$SCIM_TOKEN"`)
}

func (e *Exchange) curlHeaders() []string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(e.RequestHeader)) {
		if name == "Content-Length" { // curl counts for itself
			continue
		}
		if word := e.shellCredentials(name); word != "" {
			words = append(words, word)
			continue
		}
		for _, value := range e.RequestHeader[name] {
			words = append(words, "-H", curlHeader(name, value))
		}
	}
	added := []string{"Accept", "User-Agent"}
	if len(e.RequestBody) > 0 {
		added = append(added, "Content-Type")
	}
	for _, name := range added {
		if e.RequestHeader.Get(name) == "" {
			words = append(words, "-H", shellQuote(name+":"))
		}
	}
	return words
}

func curlHeader(name, value string) string {
	if value == "" {
		return shellQuote(name + ";") // curl's way to send a header without a value
	}
	return shellQuote(name + ": " + hideHeader(name, value))
}

// plainArgument says whether the bytes can stand in a command line: UTF-8 and,
// besides line feed and tab, no control characters.
func plainArgument(data []byte) bool {
	if !utf8.Valid(data) {
		return false
	}
	for _, r := range string(data) {
		if r != '\n' && r != '\t' && isControl(r) {
			return false
		}
	}
	return true
}

// octal is a format for printf that yields the bytes.
func octal(data []byte) string {
	var b strings.Builder
	for _, c := range data {
		switch {
		case c == '%':
			b.WriteString("%%")
		case c < 0x20 || c >= 0x7f || c == '\\':
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// shellQuote quotes for a POSIX shell; a word that needs no quotes stays bare.
func shellQuote(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:,@%+=", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
