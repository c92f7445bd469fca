// Package recording keeps what a SCIM client and an endpoint say to each other, so
// that the recording can be looked at by others: without secrets and, on demand,
// with pseudonyms for people and groups.
package recording

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// hidden stands for what was taken out.
const hidden = "[hidden]"

// Cleaner takes secrets out of exchanges. What is not known to be harmless goes:
// values of headers and parameters, and bodies that are no JSON. It is safe for
// concurrent use.
type Cleaner struct {
	// Pseudonyms, if not nil, replaces the values of people and groups.
	Pseudonyms *Pseudonyms
}

// Clean returns a copy of the exchange that may be kept. The values of known
// secrets, such as the token of the request, have been taken out before (see
// wire.Recorder); of a body that was cut, nothing stays.
func (c *Cleaner) Clean(x *wire.Exchange) *wire.Exchange {
	clean := *x
	clean.URL = c.url(x.URL)
	clean.RequestHeader, clean.ResponseHeader = c.header(x.RequestHeader), c.header(x.ResponseHeader)
	clean.RequestBody, clean.RequestTruncated = c.body(x.RequestHeader, x.RequestBody, x.RequestTruncated)
	clean.ResponseBody, clean.Truncated = c.body(x.ResponseHeader, x.ResponseBody, x.Truncated)
	if clean.Err != "" && c.Pseudonyms != nil {
		clean.Err = "the exchange was not complete"
	}
	return &clean
}

// harmless are the headers whose values are kept. Authorization comes with its
// scheme alone.
var harmless = []string{
	"Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Allow", "Authorization", "Cache-Control", "Connection", "Content-Encoding",
	"Content-Language", "Content-Length", "Content-Type", "Date", "Etag", "If-Match", "If-None-Match", "Location", "Prefer", "Proxy-Authorization",
	"Retry-After", "Transfer-Encoding", "User-Agent", "Vary", "X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset",
}

func (c *Cleaner) header(h http.Header) http.Header {
	var none wire.Secrets
	clean := http.Header{}
	for name, values := range none.HideHeader(h) {
		for _, v := range values {
			switch {
			case !slices.Contains(harmless, http.CanonicalHeaderKey(name)):
				v = hidden
			case http.CanonicalHeaderKey(name) == "Location":
				v = c.url(v)
			}
			clean[name] = append(clean[name], tokenLike.ReplaceAllString(v, hidden))
		}
	}
	return clean
}

// parameters are those of RFC 7644 and RFC 9865 whose values are kept.
var parameters = []string{"filter", "startindex", "count", "attributes", "excludedattributes", "sortby", "sortorder"}

// url takes out what stands for a user, and the values of parameters that SCIM
// does not define.
func (c *Cleaner) url(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return hidden
	}
	u.User, u.Fragment = nil, ""
	u.RawQuery = c.query(u.RawQuery)
	if c.Pseudonyms != nil {
		c.Pseudonyms.address(u)
	}
	return tokenLike.ReplaceAllString(u.String(), hidden)
}

func (c *Cleaner) query(raw string) string {
	if raw == "" {
		return ""
	}
	var pairs []string
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		plain, err := url.QueryUnescape(name)
		text, bad := url.QueryUnescape(value)
		switch {
		case err != nil || bad != nil || !slices.Contains(parameters, strings.ToLower(plain)):
			pair = name + "=" + url.QueryEscape(hidden)
		case c.Pseudonyms != nil && strings.EqualFold(plain, "filter"):
			pair = name + "=" + strings.ReplaceAll(url.QueryEscape(c.Pseudonyms.literals(text)), "+", "%20")
		}
		pairs = append(pairs, pair)
	}
	return strings.Join(pairs, "&")
}

// noJSON stands for a body of which nothing is kept.
const noJSON = "[no JSON: not kept]"

// maxUnpacked is how many bytes a compressed body may have.
const maxUnpacked = 8 << 20

// body keeps JSON alone, without the values of secrets. Of a body that was cut, or
// that cannot be unpacked, nothing is kept.
func (c *Cleaner) body(h http.Header, body []byte, cut bool) (clean []byte, wasCut bool) {
	if len(body) == 0 || cut {
		return nil, cut
	}
	body, err := unpacked(h.Get("Content-Encoding"), body)
	if err != nil {
		return nil, true
	}
	v, err := scim.Parse(body)
	if err != nil {
		return []byte(noJSON), false
	}
	v = hideSecrets(v, "")
	if c.Pseudonyms != nil {
		v = c.Pseudonyms.value("", v)
	}
	text, err := scim.Marshal(v)
	if err != nil {
		return nil, true
	}
	return text, false
}

func unpacked(encoding string, body []byte) ([]byte, error) {
	switch strings.ToLower(encoding) {
	case "", "identity":
		return body, nil
	case "gzip", "x-gzip":
	default:
		return nil, errors.New("an encoding that is not known")
	}
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err == nil && len(plain) > maxUnpacked {
		err = errors.New("it is too long")
	}
	return plain, err
}

// secretName are the names of attributes and parameters whose values are secrets.
var secretName = regexp.MustCompile(`(?i)passw|secret|token|api[-_]?key|private[-_]?key|credential|authorization|cookie|session|assertion`)

// tokenLike are texts that look like a JSON Web Token or carry a bearer token,
// wherever they stand.
var tokenLike = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?|(?i:bearer)(?:\s|\+|%20)+[A-Za-z0-9._~+/=-]{8,}`)

// hideSecrets hides the values of members with a secret's name, also where the path
// of a PATCH operation names it. Names and values of SCIM's own stay.
func hideSecrets(v any, name string) any {
	switch v := v.(type) {
	case *scim.Object:
		for member, value := range v.All() {
			named := member
			if path := v.String("path"); strings.EqualFold(member, "value") && path != "" {
				named = path
			}
			v.Set(member, hideSecrets(value, named))
		}
		return v
	case []any:
		for i := range v {
			v[i] = hideSecrets(v[i], name)
		}
		return v
	}
	if v != nil && v != "" && secretName.MatchString(name) {
		return hidden
	}
	if text, ok := v.(string); ok {
		return tokenLike.ReplaceAllString(text, hidden)
	}
	return v
}
