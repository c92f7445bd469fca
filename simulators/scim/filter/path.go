package filter

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Path names an attribute, a sub-attribute, selected values of a multi-valued
// attribute, or a whole schema extension (RFC 7644 sections 3.10 and 3.5.2).
type Path struct {
	URN    string // schema prefix as written, or ""
	Attr   string // "" for a path that names a whole extension
	Filter Filter // selects values of a multi-valued attribute, or nil
	Sub    string // sub-attribute, or ""
}

// ParsePath reads attr, attr.sub, attr[filter], attr[filter].sub, each with or
// without a schema URN and a colon in front, or the bare URN of an extension.
//
// URNs contain colons and dots themselves ("…:2.0:User"). The resource type t,
// which may be nil, tells where a known URN ends; the longest wins, in any
// case. An unknown URN ends at the last colon. Without a type, or with a type
// that lacks the extension, a bare URN therefore reads as an attribute of a
// shorter URN.
//
// The error is a *scim.Error: invalidPath, or invalidFilter when the text
// within the brackets is at fault (RFC 7644 Table 9). ParsePath does not check
// whether the attributes exist: see Resolve and Check.
func ParsePath(text string, t *scim.ResourceType) (Path, error) {
	if err := checkText(text); err != nil {
		return Path{}, scim.InvalidPath("the path %s", err)
	}
	p := &parser{what: "path", text: text, t: t}
	word := p.word()
	path, err := splitName(word, t)
	if err != nil {
		return Path{}, scim.InvalidPath("path %q: %s", text, err)
	}
	if p.take('[') {
		if path, err = p.selection(path); err != nil {
			return Path{}, err
		}
		if !p.take(']') {
			return Path{}, scim.InvalidPath("path %q: \"]\" was expected at position %d, found %s", text, p.position(), p.found())
		}
		if path.Sub, err = p.subAttribute(); err != nil {
			return Path{}, scim.InvalidPath("path %q: %s", text, err)
		}
	}
	if !p.done() {
		return Path{}, scim.InvalidPath("path %q: the end was expected at position %d, found %s", text, p.position(), p.found())
	}
	return path, nil
}

// String is the text that ParsePath reads as the same path, given the same
// resource type.
func (p Path) String() string {
	var b strings.Builder
	b.WriteString(p.URN)
	if p.URN != "" && p.Attr != "" {
		b.WriteByte(':')
	}
	b.WriteString(p.Attr)
	if p.Filter != nil {
		b.WriteString("[" + p.Filter.String() + "]")
	}
	if p.Sub != "" {
		b.WriteString("." + p.Sub)
	}
	return b.String()
}

// splitName takes a word without brackets apart: URN, attribute, sub-attribute.
func splitName(word string, t *scim.ResourceType) (Path, error) {
	if word == "" {
		return Path{}, fmt.Errorf("an attribute name was expected")
	}
	path := Path{URN: knownURN(word, t)}
	rest := strings.TrimPrefix(word[len(path.URN):], ":")
	switch path.URN {
	case word:
		return path, nil
	case "":
		if i := strings.LastIndexByte(word, ':'); i >= 0 {
			path.URN, rest = word[:i], word[i+1:]
			if !uri.MatchString(path.URN) {
				return Path{}, fmt.Errorf("a schema URN was expected before the last colon, found %q", path.URN)
			}
		}
	}
	var dotted bool
	path.Attr, path.Sub, dotted = strings.Cut(rest, ".")
	if !scim.IsAttributeName(path.Attr) {
		return Path{}, fmt.Errorf("%q is not an attribute name", path.Attr)
	}
	if dotted && !scim.IsAttributeName(path.Sub) {
		return Path{}, fmt.Errorf("%q is not the name of one sub-attribute", path.Sub)
	}
	return path, nil
}

// knownURN returns the longest schema URN of t that word is or begins with, as
// word spells it.
func knownURN(word string, t *scim.ResourceType) string {
	longest := 0
	for _, s := range t.Schemas() {
		n := len(s.ID)
		if n > longest && len(word) >= n && strings.EqualFold(word[:n], s.ID) && (len(word) == n || word[n] == ':') {
			longest = n
		}
	}
	return word[:longest]
}

// uri matches a URI (RFC 3986): a scheme, a colon and more, in ASCII, without
// characters that need an escape.
var uri = regexp.MustCompile("^[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-Z_a-z~]+$")

// Resolve finds the definitions that a path names in a resource type, which may
// be nil, and says whether all of them exist. The path's filter is not checked,
// except that a whole extension has none. See scim.ResourceType.Find.
func Resolve(t *scim.ResourceType, p Path) (scim.Resolved, bool) {
	if p.Attr == "" && p.Filter != nil {
		return scim.Resolved{}, false
	}
	return t.Find(p.URN, p.Attr, p.Sub)
}
