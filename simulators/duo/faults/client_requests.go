package faults

import (
	"bytes"
	"crypto/tls"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// OfClients returns what any SCIM client can do wrong, in the order of its features. Each is
// a Duo that does so: the endpoint that receives it has to notice.
func OfClients() []Fault {
	return slices.Concat(requestFaults, bodyFaults, queryFaults, changeFaults, provisioningFaults, draftFaults)
}

var requestFaults = []Fault{
	{Requirement: "CLIENT-MEDIA-01", Name: "bodies are declared as text", Transport: header("Content-Type", "text/plain")},
	{Requirement: "CLIENT-MEDIA-01", Name: "bodies are declared as Latin-1", Transport: header("Content-Type", "application/scim+json; charset=iso-8859-1")},
	{Requirement: "CLIENT-MEDIA-02", Name: "a comma stands before the end of bodies", Transport: raw(func(body []byte) []byte {
		return append(bytes.TrimSuffix(body, []byte("}")), ",}"...)
	})},
	{Requirement: "CLIENT-MEDIA-02", Name: "bodies are forms", Transport: raw(func([]byte) []byte { return []byte("userName=ada&active=true") })},
	{Requirement: "CLIENT-MEDIA-03", Name: "only XML is accepted", Transport: header("Accept", "application/xml")},
	{Requirement: "CLIENT-MEDIA-03", Name: "SCIM has the weight zero", Transport: header("Accept", "application/scim+json;q=0, text/html")},
	{Requirement: "CLIENT-MEDIA-04", Name: "reads have a body", Transport: onMethod(http.MethodGet, func(r *http.Request) { setBody(r, []byte("{}")) })},
	{Requirement: "CLIENT-URL-01", Name: "quotes stand in addresses as they are", Transport: onMethod(http.MethodGet, func(r *http.Request) {
		r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, "%22", `"`)
	})},
	{Requirement: "CLIENT-URL-01", Name: "spaces stand in addresses as they are", Transport: onMethod(http.MethodGet, func(r *http.Request) {
		r.URL.RawQuery = strings.NewReplacer("+", " ", "%20", " ").Replace(r.URL.RawQuery)
	})},
	{Requirement: "CLIENT-URL-02", Name: "ids are not percent-encoded", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		return next.RoundTrip(unescaped(r))
	})},
	{Requirement: "CLIENT-URL-03", Name: "requests go beside the base URL", Transport: transport(besideTheBase)},
	{Requirement: "CLIENT-URL-03", Name: "there are two slashes before the endpoint", Transport: onMethod(http.MethodGet, func(r *http.Request) {
		r.URL.Path, r.URL.RawPath = strings.Replace(r.URL.Path, "/Users", "//Users", 1), ""
	})},
	{Requirement: "CLIENT-TOKEN-01", Name: "the token is not sent", Transport: onMethod("", func(r *http.Request) { r.Header.Del("Authorization") })},
	{Requirement: "CLIENT-TOKEN-01", Name: "the token is sent without its scheme", Transport: onMethod("", func(r *http.Request) {
		r.Header.Set("Authorization", tokenOf(r))
	})},
	{Requirement: "CLIENT-TOKEN-02", Name: "the token is in the address", Transport: onMethod("", func(r *http.Request) {
		inAddress(r)
		r.Header.Del("Authorization")
	})},
	{Requirement: "CLIENT-TOKEN-03", Name: "the token is in the header and in the address", Transport: onMethod("", inAddress)},
	{Requirement: "CLIENT-TOKEN-04", Name: "redirects are followed to any host", Transport: transport(followAnywhere)},
	{Requirement: "CLIENT-TLS-01", Name: "plain HTTP is spoken to an https address", Transport: onMethod("", func(r *http.Request) { r.URL.Scheme = "http" })},
	{Requirement: "CLIENT-TLS-01", Name: "TLS 1.1 is spoken", Transport: func(http.RoundTripper) http.RoundTripper {
		return &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS11, MaxVersion: tls.VersionTLS11}}
	}},
	{Requirement: "CLIENT-TLS-02", Name: "certificates are not verified", Transport: func(http.RoundTripper) http.RoundTripper {
		return &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	}},
}

func besideTheBase(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	send(next, like(r, http.MethodGet, "/Users", nil))
	return next.RoundTrip(r)
}

func followAnywhere(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	resp, err := next.RoundTrip(r)
	if err != nil || resp.StatusCode != http.StatusTemporaryRedirect {
		return resp, err
	}
	target, err := url.Parse(resp.Header.Get("Location"))
	if err != nil {
		return resp, err
	}
	_ = resp.Body.Close()
	again := r.Clone(r.Context())
	again.URL, again.Host = target, target.Host
	return next.RoundTrip(again)
}

// onMethod edits the requests of a method, "" for all.
func onMethod(method string, edit func(r *http.Request)) func(http.RoundTripper) http.RoundTripper {
	return transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if method == "" || r.Method == method {
			own := r.Clone(r.Context())
			edit(own)
			r = own
		}
		return next.RoundTrip(r)
	})
}

// header sets a header of requests that have it.
func header(name, value string) func(http.RoundTripper) http.RoundTripper {
	return onMethod("", func(r *http.Request) {
		if r.Header.Get(name) != "" {
			r.Header.Set(name, value)
		}
	})
}

// raw edits the bytes of bodies.
func raw(edit func(body []byte) []byte) func(http.RoundTripper) http.RoundTripper {
	return onMethod("", func(r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody {
			return
		}
		body, _ := io.ReadAll(r.Body)
		setBody(r, edit(body))
	})
}

func setBody(r *http.Request, body []byte) {
	r.Body, r.ContentLength, r.GetBody = io.NopCloser(bytes.NewReader(body)), int64(len(body)), nil
}

func tokenOf(r *http.Request) string {
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
}

func inAddress(r *http.Request) {
	q := r.URL.Query()
	q.Set("access_token", tokenOf(r))
	r.URL.RawQuery = q.Encode()
}
