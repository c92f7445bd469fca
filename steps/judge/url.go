package judge

import (
	"net/url"
	"strings"
)

// IDIn is the id in an address below an endpoint.
func IDIn(address, endpoint string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	path := "/" + u.EscapedPath()
	i := strings.LastIndex(path, "/"+endpoint+"/")
	if i < 0 {
		return "", false
	}
	id, err := url.PathUnescape(path[i+len(endpoint)+2:])
	return id, err == nil
}

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
