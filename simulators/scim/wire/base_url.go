package wire

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
)

// CheckBaseURL reads the base URL of a service provider, as an administrator
// pastes it: http or https, a host, and no more than a path, to which "/Users"
// is appended. A slash at the end is dropped. The error is a *TransportError of
// kind BadURL that says what to change; it never repeats a password.
func CheckBaseURL(raw string) (*url.URL, error) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return nil, badURL("the base URL is empty: it looks like https://host/scim/v2")
	}
	if !strings.Contains(raw, "://") && !strings.Contains(raw, "@") {
		return nil, badURL("the base URL %q has to begin with https:// or http://: did you mean %s?", Excerpt(raw, 200), Excerpt(withScheme(raw), 200))
	}
	u, err := url.Parse(raw)
	if err != nil {
		if parse, ok := errors.AsType[*url.Error](err); ok {
			err = parse.Err // without the URL: it may hold a password
		}
		return nil, badURL("the base URL cannot be read: %w", err)
	}
	if u.User != nil {
		return nil, badURL("the base URL holds a user name or password before the @: remove it, the token is given apart")
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "" {
		return nil, badURL("the base URL %q has to begin with https:// or http://", Excerpt(raw, 200))
	}
	if err := checkParts(u, raw); err != nil {
		return nil, err
	}
	return url.Parse(strings.TrimRight(raw, "/"))
}

// withScheme is the URL as it was probably meant: on this machine without TLS.
func withScheme(raw string) string {
	for _, here := range []string{"localhost", "127.", "[::1]"} {
		if strings.HasPrefix(raw, here) {
			return "http://" + raw
		}
	}
	return "https://" + raw
}

func checkParts(u *url.URL, raw string) error {
	port := u.Port()
	n, err := strconv.Atoi(port)
	switch {
	case u.Hostname() == "":
		return badURL("the base URL %q has no host", Excerpt(raw, 200))
	case port != "" && (err != nil || n < 1 || n > 65535):
		return badURL("the port %s of the base URL is not within 1 to 65535", Excerpt(port, 20))
	case strings.Contains(raw, "#"):
		return badURL("the base URL has a fragment: remove the # and what follows")
	case strings.Contains(raw, "?"):
		return badURL("the base URL has a query: remove the ? and what follows, parameters are added by each request")
	}
	return nil
}

// resourceURL appends the segments, each percent-encoded on its own, and the
// query in its order.
func resourceURL(base *url.URL, segments []string, query [][2]string) string {
	var b strings.Builder
	b.WriteString(base.Scheme + "://" + base.Host + base.EscapedPath())
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(escapeSegment(s))
	}
	for i, q := range query {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(escape(q[0], "") + "=" + escape(q[1], ""))
	}
	return b.String()
}

// escapeSegment leaves the colon as it is: schema URNs are written that way in
// RFC 7644, and a segment may hold it. Segments of dots alone are escaped:
// proxies read them as "here" and "up".
func escapeSegment(s string) string {
	if s == "." || s == ".." {
		return strings.ReplaceAll(s, ".", "%2E")
	}
	return escape(s, ":")
}

// escape percent-encodes everything but the unreserved characters of RFC 3986
// section 2.3 and those in safe. A space becomes %20, never "+", because a
// decoder that follows the RFC reads "+" as a plus sign.
func escape(s, safe string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
			strings.IndexByte("-._~", c) >= 0 || strings.IndexByte(safe, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}
