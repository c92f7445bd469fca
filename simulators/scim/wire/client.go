package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

const (
	defaultUserAgent = "simulate-duo"
	defaultMaxAnswer = 32 << 20
	maxRedirects     = 3
)

// Client sends SCIM requests. It does not interpret answers. It is safe for
// concurrent use while its fields stay.
type Client struct {
	BaseURL string // as CheckBaseURL takes it
	Token   string // bearer token; "" sends no Authorization

	UserAgent *string // nil means "simulate-duo"; a pointer to "" sends none
	MediaType string  // of Content-Type and Accept; "" means application/scim+json

	// HTTP carries the requests; nil means a client of its own without a
	// timeout. Its CheckRedirect is not used: Do has rules of its own.
	HTTP *http.Client
	// MaxBody is how many bytes of an answer are read; 0 means 32 MiB.
	MaxBody int64
}

// Request is one request, as far as callers vary it.
type Request struct {
	Method string
	Path   []string    // segments below the base URL, each percent-encoded on its own
	Query  [][2]string // names and values in order, percent-encoded
	Header http.Header // replaces the client's own; a name without values removes it
	Body   any         // nil for none; []byte is sent as it is, anything else as JSON
}

// Do sends the request and reads the whole answer. Any answer is a Response,
// whatever its status; the error is a *TransportError and means that there is
// none.
//
// GET and HEAD follow up to three redirects to the same scheme, host and port.
// A redirect of another method is the answer. A redirect to another host is an
// error, whatever the method, and the token does not go there.
func (c *Client) Do(ctx context.Context, r Request) (*Response, error) {
	base, err := CheckBaseURL(c.BaseURL)
	if err != nil {
		return nil, err
	}
	target := resourceURL(base, r.Path, r.Query)
	if slices.Contains(r.Path, "") { // a DELETE of nobody must not become one of all
		return nil, &TransportError{Kind: Unsendable, Method: r.Method, URL: target, Err: errors.New("a segment of its path is empty: the id is not known")}
	}
	body, err := encodeBody(r.Body)
	if err != nil {
		return nil, &TransportError{Kind: Unsendable, Method: r.Method, URL: target, Err: err}
	}
	for hops := 0; ; hops++ {
		resp, err := c.send(ctx, r, target, body)
		if err != nil {
			return nil, err
		}
		next, err := redirection(r.Method, target, resp, hops)
		if err != nil {
			return nil, c.failed(&TransportError{Kind: Redirected, Method: r.Method, URL: target, Err: err})
		}
		if next == "" {
			return resp, nil
		}
		target = next
	}
}

func encodeBody(body any) ([]byte, error) {
	switch body := body.(type) {
	case nil:
		return nil, nil
	case []byte:
		return body, nil
	}
	data, err := scim.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("the body cannot be written as JSON: %w", err)
	}
	return data, nil
}

// send makes one round trip.
func (c *Client) send(ctx context.Context, r Request, target string, body []byte) (*Response, error) {
	fail := func(kind TransportKind, err error) error {
		return c.failed(&TransportError{Kind: kind, Method: r.Method, URL: target, Err: err})
	}
	var reader io.Reader
	if body != nil {
		reader = bytes.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, target, reader)
	if err != nil {
		return nil, fail(Unsendable, cause(err))
	}
	req.Header = c.header(r, body != nil)
	resp, err := c.httpClient().Do(req)
	if err != nil {
		err = cause(err)
		return nil, fail(kindOf(ctx, err), err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := c.read(resp)
	if err != nil {
		return nil, fail(kindOf(ctx, err), err)
	}
	return answer, nil
}

func (c *Client) header(r Request, hasBody bool) http.Header {
	mediaType := c.MediaType
	if mediaType == "" {
		mediaType = scim.MediaType
	}
	h := http.Header{"Accept": {mediaType}, "User-Agent": {defaultUserAgent}}
	if c.UserAgent != nil {
		h.Set("User-Agent", *c.UserAgent) // net/http sends none for ""
	}
	if hasBody {
		h.Set("Content-Type", mediaType)
	}
	if c.Token != "" {
		h.Set("Authorization", "Bearer "+c.Token)
	}
	for name, values := range r.Header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	return h
}

func (c *Client) httpClient() *http.Client {
	h := http.Client{}
	if c.HTTP != nil {
		h = *c.HTTP
	}
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &h
}

// read takes the answer up to the limit.
func (c *Client) read(resp *http.Response) (*Response, error) {
	limit := c.MaxBody
	if limit == 0 {
		limit = defaultMaxAnswer
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, err
	}
	r := &Response{Status: resp.StatusCode, Header: resp.Header, Body: body}
	if int64(len(body)) > limit {
		r.Body, r.Truncated = body[:limit], true
	}
	return r, nil
}

// redirection returns the URL to go to, "" for none, or the reason why it is
// refused.
func redirection(method, from string, resp *Response, hops int) (string, error) {
	switch resp.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return "", nil
	}
	location := resp.Header.Get("Location")
	if location == "" {
		return "", nil
	}
	here, err := url.Parse(from)
	if err != nil {
		return "", err
	}
	there, err := here.Parse(location)
	if err != nil {
		return "", errors.New("the Location header cannot be read as a URL")
	}
	if Origin(here) != Origin(there) {
		return "", fmt.Errorf("%s sends the request on to %s", Origin(here), Origin(there))
	}
	if method != http.MethodGet && method != http.MethodHead {
		return "", nil
	}
	if hops >= maxRedirects {
		return "", fmt.Errorf("more than %d redirects", maxRedirects)
	}
	there.User, there.Fragment = nil, ""
	return there.String(), nil
}

// Origin is scheme, host and port, the port also where it is the default.
func Origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}

// failed removes the token from an error, because a server may have echoed it.
func (c *Client) failed(e *TransportError) error {
	var secrets Secrets
	secrets.Add(c.Token)
	e.URL = secrets.Hide(e.URL)
	if text := e.Err.Error(); secrets.Hide(text) != text {
		e.Err = &hiddenError{text: secrets.Hide(text), err: e.Err}
	}
	return e
}
