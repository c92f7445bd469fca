package provider

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// call is one request below the service root.
type call struct {
	*http.Request
	base string   // the absolute URI of the service root, without a trailing slash
	path []string // what follows the root, decoded segment by segment

	txn   string // of the events that it leads to; see transaction
	async bool   // its result is told by an event
}

// newCall takes the request's path apart; a path outside the service root or
// with an escape that cannot be read names nothing.
func newCall(r *http.Request, basePath string) (*call, error) {
	rest, ok := strings.CutPrefix(r.URL.EscapedPath(), basePath)
	if !ok || rest != "" && rest[0] != '/' {
		return nil, scim.NotFound(r.URL.Path, "")
	}
	c := &call{Request: r, base: origin(r) + basePath}
	rest = strings.TrimSuffix(strings.TrimPrefix(rest, "/"), "/")
	if rest == "" {
		return c, nil
	}
	for escaped := range strings.SplitSeq(rest, "/") {
		segment, err := url.PathUnescape(escaped)
		if err != nil {
			return nil, scim.NotFound(r.URL.Path, "")
		}
		c.path = append(c.path, segment)
	}
	return c, nil
}

// origin is the scheme and host by which the client reached the provider. Only
// the request itself is asked: a header such as X-Forwarded-Host can be sent by
// anybody and would put addresses of the sender's choice into answers.
func origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// allow answers 405 unless the method is one of those given. HEAD goes where
// GET does (RFC 9110 section 9.3.2).
func (c *call) allow(methods ...string) error {
	for _, m := range methods {
		if c.Method == m || m == http.MethodGet && c.Method == http.MethodHead {
			return nil
		}
	}
	return scim.MethodNotAllowed(methods...)
}

// change reads what a POST, PUT or PATCH asks: what to show in the answer, and the body.
func (c *call) change(k *kind, limit int64) (*selection, *scim.Object, error) {
	selected, err := c.selection(k)
	if err != nil {
		return nil, nil, err
	}
	sent, err := c.object(limit)
	return selected, sent, err
}

// object reads the body as one JSON object of at most limit bytes.
func (c *call) object(limit int64) (*scim.Object, error) {
	if err := checkContentType(c.Header); err != nil {
		return nil, err
	}
	if c.ContentLength > limit {
		return nil, scim.TooLarge(limit)
	}
	data, err := io.ReadAll(io.LimitReader(c.Body, limit+1))
	switch {
	case err != nil:
		return nil, scim.InvalidSyntax("the body could not be read to its end")
	case int64(len(data)) > limit:
		return nil, scim.TooLarge(limit)
	case !utf8.Valid(data):
		return nil, scim.InvalidSyntax("the body is not UTF-8")
	}
	o, err := scim.ParseObject(data)
	if err != nil {
		return nil, scim.InvalidSyntax("%s", err)
	}
	return o, nil
}

// query reads the query part. One that cannot be read is refused: leaving out
// the broken piece could mean to leave out a filter.
func (c *call) query() (url.Values, error) {
	values, err := url.ParseQuery(c.URL.RawQuery)
	if err != nil {
		return nil, scim.InvalidSyntax("the query of the URL cannot be read (%s); percent-encode its values", err)
	}
	return values, nil
}

// answer is what goes back to the client.
type answer struct {
	status int
	header http.Header
	body   *scim.Object // nil for none
	token  string       // the body in place of an object: a security event token
}

func (a *answer) write(w http.ResponseWriter) {
	var data []byte
	if a.body != nil {
		var err error
		if data, err = scim.Marshal(a.body); err != nil {
			panic(fmt.Errorf("an answer is no JSON: %w", err)) // answered with 500
		}
		w.Header().Set("Content-Type", mediaType)
	}
	if a.token != "" {
		data = []byte(a.token)
		w.Header().Set("Content-Type", tokenType)
	}
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	_, _ = w.Write(data) // a client that is gone cannot be told
}

func failure(e *scim.Error) *answer {
	return &answer{status: e.Status, header: e.Header, body: e.Object()}
}
