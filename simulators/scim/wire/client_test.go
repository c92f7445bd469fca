package wire

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// received is what a test server saw of a request.
type received struct {
	Method, Target string
	Header         http.Header
	Body           string
}

// echo starts a server that notes each request and answers 204.
func echo(t *testing.T) (*httptest.Server, *[]received) {
	t.Helper()
	var seen []received
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		seen = append(seen, received{r.Method, r.RequestURI, r.Header, string(body)})
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(srv.Close)
	return srv, &seen
}

func do(t *testing.T, c *Client, r Request) *Response {
	t.Helper()
	resp, err := c.Do(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

func TestClientEncodesEachPathSegment(t *testing.T) {
	srv, seen := echo(t)
	c := &Client{BaseURL: srv.URL + "/scim/v2/"}
	for id, want := range map[string]string{
		"2819c223-7f76":     "2819c223-7f76",
		"a/b":               "a%2Fb",
		"a@example.com":     "a%40example.com",
		"a b+c":             "a%20b%2Bc",
		"100%":              "100%25",
		"%2F":               "%252F",
		"a?b#c&d=e;f":       "a%3Fb%23c%26d%3De%3Bf",
		"é😀":                "%C3%A9%F0%9F%98%80",
		"..":                "%2E%2E",
		scim.UserURN:        scim.UserURN,
		"line\nfeed\"'<\\>": "line%0Afeed%22%27%3C%5C%3E",
		"\xff":              "%FF",
	} {
		do(t, c, Request{Method: "GET", Path: []string{"Users", id}})
		got := (*seen)[len(*seen)-1].Target
		if got != "/scim/v2/Users/"+want {
			t.Errorf("the id %q is sent as %s, want %s", id, got, want)
		}
		if back, err := url.PathUnescape(strings.TrimPrefix(got, "/scim/v2/Users/")); err != nil || back != id {
			t.Errorf("%s is read as %q (%v), want %q", got, back, err, id)
		}
	}
}

func TestClientKeepsTheQueryInOrder(t *testing.T) {
	srv, seen := echo(t)
	c := &Client{BaseURL: srv.URL}
	do(t, c, Request{Method: "GET", Path: []string{"Users"}, Query: [][2]string{
		{"startIndex", "1"}, {"filter", `userName eq "a+b&c@é"`}, {"count", "0"},
	}})
	want := "/Users?startIndex=1&filter=userName%20eq%20%22a%2Bb%26c%40%C3%A9%22&count=0"
	if got := (*seen)[0].Target; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestClientHeaders(t *testing.T) {
	none, own := "", "Okta SCIM Client 1.0.0"
	for _, c := range []struct {
		name    string
		client  Client
		request Request
		want    http.Header
	}{
		{
			"a request without a body has no type",
			Client{Token: "s3cr3t"}, Request{Method: "GET"},
			http.Header{"Accept": {"application/scim+json"}, "User-Agent": {"simulate-duo"}, "Authorization": {"Bearer s3cr3t"}},
		},
		{
			"a request with a body has one",
			Client{}, Request{Method: "POST", Body: scim.NewObject()},
			http.Header{"Accept": {"application/scim+json"}, "Content-Type": {"application/scim+json"}, "User-Agent": {"simulate-duo"}},
		},
		{
			"another media type, and no User-Agent at all",
			Client{MediaType: "application/json", UserAgent: &none}, Request{Method: "POST", Body: []byte("{}")},
			http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}},
		},
		{
			"a request replaces and removes what the client would send",
			Client{Token: "s3cr3t", UserAgent: &own},
			Request{Method: "GET", Header: http.Header{"authorization": nil, "Accept": {"*/*"}, "If-Match": {`W/"1"`}}},
			http.Header{"Accept": {"*/*"}, "User-Agent": {own}, "If-Match": {`W/"1"`}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			srv, seen := echo(t)
			c.client.BaseURL = srv.URL
			do(t, &c.client, c.request)
			got := (*seen)[0].Header
			got.Del("Accept-Encoding") // the transport's, who also decompresses
			got.Del("Content-Length")
			if len(got) != len(c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			for name, values := range c.want {
				if !slices.Equal(got[name], values) {
					t.Errorf("%s is %q, want %q", name, got[name], values)
				}
			}
		})
	}
}

func TestClientBodies(t *testing.T) {
	srv, seen := echo(t)
	c := &Client{BaseURL: srv.URL}
	for _, b := range []struct {
		name string
		body any
		want string
	}{
		{"none", nil, ""},
		{"an object, in its order", scim.NewObject(scim.Member{Name: "b", Value: "<&>"}, scim.Member{Name: "a", Value: nil}), `{"b":"<&>","a":null}`},
		{"any other JSON", []any{true}, `[true]`},
		{"bytes as they are", []byte(`{"a":`), `{"a":`},
	} {
		t.Run(b.name, func(t *testing.T) {
			do(t, c, Request{Method: "POST", Path: []string{"Users"}, Body: b.body})
			if got := (*seen)[len(*seen)-1].Body; got != b.want {
				t.Errorf("got %s, want %s", got, b.want)
			}
		})
	}
}

func TestClientTakesAnyStatusForAnAnswer(t *testing.T) {
	for _, status := range []int{200, 204, 300, 302, 304, 400, 404, 500, 599, 999} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		if got := do(t, &Client{BaseURL: srv.URL}, Request{Method: "GET"}).Status; got != status {
			t.Errorf("got %d, want %d", got, status)
		}
		srv.Close()
	}
}

func TestClientLimitsTheAnswer(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"a":1}`) }))
	defer srv.Close()
	for limit, truncated := range map[int64]bool{6: true, 7: false, 8: false} {
		resp := do(t, &Client{BaseURL: srv.URL, MaxBody: limit}, Request{Method: "GET"})
		if resp.Truncated != truncated || int64(len(resp.Body)) != min(limit, 7) {
			t.Errorf("with a limit of %d bytes: got %d, truncated %v", limit, len(resp.Body), resp.Truncated)
		}
	}
}
