package judge

import (
	"net/url"
	"strings"
)

// Origin is scheme, host and port of a URL; a text that is none is returned as it is.
func Origin(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.Scheme + "://" + u.Host
}

// JoinPath joins the segments of a path for a message.
func JoinPath(path []string) string { return strings.Join(path, "/") }
