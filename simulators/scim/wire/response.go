package wire

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// excerptLength is how many characters of a foreign text a message repeats.
const excerptLength = 80

// Response is an answer, read to its end.
type Response struct {
	Status    int
	Header    http.Header
	Body      []byte
	Truncated bool // the body was longer than Client.MaxBody, the rest is missing
}

// Object returns the JSON object in the body, or an error that says what came
// instead.
func (r *Response) Object() (*scim.Object, error) { return r.object(scim.Parse) }

// FirstObject is Object for a reader that knows JSON and not SCIM; see scim.ParseFirst.
func (r *Response) FirstObject() (*scim.Object, error) { return r.object(scim.ParseFirst) }

func (r *Response) object(parse func([]byte) (any, error)) (*scim.Object, error) {
	if r.Truncated {
		return nil, fmt.Errorf("a JSON object was expected, got more than %d bytes", len(r.Body))
	}
	v, err := parse(r.Body)
	if o, ok := v.(*scim.Object); ok && err == nil {
		return o, nil
	}
	what := "a JSON " + scim.KindOf(v)
	if err != nil {
		what = r.unreadable(err)
	}
	return nil, errors.New("a JSON object was expected, got " + what)
}

// unreadable names a body that is not JSON.
func (r *Response) unreadable(err error) string {
	body := bytes.TrimSpace(r.Body)
	lower := bytes.ToLower(body[:min(len(body), 1024)])
	switch {
	case len(body) == 0:
		return "an empty body"
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return "JSON behind a byte order mark, or other text with one"
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")),
		bytes.HasPrefix(lower, []byte("<")) && strings.Contains(strings.ToLower(r.Header.Get("Content-Type")), "html"):
		if title := htmlTitle(body); title != "" {
			return fmt.Sprintf("an HTML page (%q)", title)
		}
		return "an HTML page"
	case body[0] == '{', body[0] == '[':
		return "broken JSON: " + Excerpt(err.Error(), 2*excerptLength)
	}
	return fmt.Sprintf(`text that is not JSON: "%s"`, Excerpt(string(body), excerptLength))
}

func htmlTitle(page []byte) string {
	page = page[:min(len(page), 64<<10)]
	lower := bytes.ToLower(page)
	start := bytes.Index(lower, []byte("<title"))
	if start < 0 || len(lower) != len(page) { // folding may change the length of what is no ASCII
		return ""
	}
	open := bytes.IndexByte(lower[start:], '>')
	if open < 0 {
		return ""
	}
	start += open + 1
	end := bytes.Index(lower[start:], []byte("</title"))
	if end < 0 {
		return ""
	}
	return Excerpt(html.UnescapeString(string(page[start:start+end])), excerptLength)
}

// Fault returns the protocol error that the answer is, or nil if its status is
// below 400. ScimType and Detail are empty if the body is no SCIM error.
func (r *Response) Fault() *scim.Error {
	if r.Status < 400 {
		return nil
	}
	e, _ := scim.ParseError(r.Status, r.Body)
	e.Header = r.Header
	return e
}

// RetryAfter returns how long the server asks to wait, and whether it asks: in
// seconds or by a date (RFC 9110 section 10.2.3). A date that is past is 0.
func (r *Response) RetryAfter(now time.Time) (time.Duration, bool) {
	value := strings.TrimSpace(r.Header.Get("Retry-After"))
	if seconds, ok := digits(value); ok {
		return seconds, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return max(0, at.Sub(now)), true
}

// digits reads seconds; more than a Duration can hold is the longest Duration.
func digits(s string) (time.Duration, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > math.MaxInt64/int64(time.Second) {
		return math.MaxInt64, true
	}
	return time.Duration(n) * time.Second, true
}
