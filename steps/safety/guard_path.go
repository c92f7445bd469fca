package safety

import (
	"net/url"
	"slices"
	"strings"
)

// relativePath returns the decoded segments of u behind the base URL, and whether
// u is there at all.
func relativePath(base, u *url.URL) ([]string, bool) {
	if !strings.EqualFold(base.Scheme, u.Scheme) || !strings.EqualFold(base.Host, u.Host) {
		return nil, false
	}
	rest, ok := strings.CutPrefix(u.EscapedPath(), strings.TrimRight(base.EscapedPath(), "/"))
	if !ok || rest != "" && rest[0] != '/' {
		return nil, false
	}
	return parsePathText(rest)
}

// parsePathText splits "/Users/a%2Fb" into "Users" and "a/b". It refuses what a
// server could read as another path.
func parsePathText(text string) ([]string, bool) {
	text = strings.Trim(text, "/")
	if text == "" {
		return nil, true
	}
	var path []string
	for part := range strings.SplitSeq(text, "/") {
		segment, err := url.PathUnescape(part)
		if err != nil || segment == "" || segment == "." || segment == ".." {
			return nil, false
		}
		path = append(path, segment)
	}
	return path, true
}

// pathText is the inverse of parsePathText.
func pathText(path []string) string {
	var b strings.Builder
	for _, segment := range path {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(segment))
	}
	return b.String()
}

// locatedPath is the path of a resource of the collection that a Location header
// names, or nil. Only the end of the URL counts: behind a proxy, a server may
// well not know its own scheme, host and prefix.
func locatedPath(collection []string, location string) []string {
	u, err := url.Parse(location)
	if err != nil || len(collection) == 0 {
		return nil
	}
	path, ok := parsePathText(u.EscapedPath())
	if !ok || len(path) < 2 || !strings.EqualFold(path[len(path)-2], collection[len(collection)-1]) {
		return nil
	}
	return resourcePath(collection, path[len(path)-1])
}

// resourcePath is the path of the resource with this id, or nil if no URL could
// name it unmistakably.
func resourcePath(collection []string, id string) []string {
	if id == "" || id == "." || id == ".." || len(collection) == 0 {
		return nil
	}
	return append(slices.Clip(collection), id)
}
