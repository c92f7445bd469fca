// Package har writes and reads exchanges as HTTP Archive 1.2, the form in which
// browsers and proxies keep what they saw.
package har

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The members of HTTP Archive 1.2 that developer tools read.
type (
	// Archive is a whole file.
	Archive struct {
		Log Log `json:"log"`
	}
	// Log is its one member.
	Log struct {
		Version string  `json:"version"`
		Creator Creator `json:"creator"`
		Comment string  `json:"comment,omitempty"`
		Pages   []Page  `json:"pages"`
		Entries []Entry `json:"entries"`
	}
	// Creator is the program that wrote the file.
	Creator struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	// Page groups entries.
	Page struct {
		Started string         `json:"startedDateTime"`
		ID      string         `json:"id"`
		Title   string         `json:"title"`
		Timings map[string]int `json:"pageTimings"`
	}
	// Entry is one exchange.
	Entry struct {
		Page     string             `json:"pageref,omitempty"`
		Started  string             `json:"startedDateTime"`
		Time     float64            `json:"time"` // milliseconds
		Request  Request            `json:"request"`
		Response Response           `json:"response"`
		Cache    struct{}           `json:"cache"`
		Timings  map[string]float64 `json:"timings"`
		Comment  string             `json:"comment,omitempty"`
	}
	// Request is its first half.
	Request struct {
		Method      string     `json:"method"`
		URL         string     `json:"url"`
		Version     string     `json:"httpVersion"`
		Cookies     []struct{} `json:"cookies"`
		Headers     []Pair     `json:"headers"`
		Query       []Pair     `json:"queryString"`
		Body        *Body      `json:"postData,omitempty"`
		HeadersSize int        `json:"headersSize"`
		BodySize    int        `json:"bodySize"`
	}
	// Response is its second half.
	Response struct {
		Status      int        `json:"status"`
		StatusText  string     `json:"statusText"`
		Version     string     `json:"httpVersion"`
		Cookies     []struct{} `json:"cookies"`
		Headers     []Pair     `json:"headers"`
		Content     Content    `json:"content"`
		Redirect    string     `json:"redirectURL"`
		HeadersSize int        `json:"headersSize"`
		BodySize    int        `json:"bodySize"`
	}
	// Pair is a header or a parameter.
	Pair struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	// Body is that of a request.
	Body struct {
		Type    string `json:"mimeType"`
		Text    string `json:"text"`
		Comment string `json:"comment,omitempty"`
	}
	// Content is the body of a response.
	Content struct {
		Size    int    `json:"size"`
		Type    string `json:"mimeType"`
		Text    string `json:"text"`
		Comment string `json:"comment,omitempty"`
	}
)

// bodyCut is the comment on a body of which only the beginning was kept.
const bodyCut = "the body was longer; the rest was not kept"

// Time is a time as an archive writes it.
func Time(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// EntryOf is the exchange as an entry without a page.
func EntryOf(x *wire.Exchange) Entry {
	ms := float64(x.Duration.Microseconds()) / 1000
	e := Entry{
		Started: Time(x.Started), Time: ms, Comment: wire.ValidUTF8(x.Err),
		Timings: map[string]float64{"send": 0, "wait": ms, "receive": 0},
		Request: Request{
			Method: wire.ValidUTF8(x.Method), URL: plainURL(x.URL), Version: "HTTP/1.1", Cookies: []struct{}{},
			Headers: headers(x.RequestHeader), Query: query(x.URL), HeadersSize: -1, BodySize: len(x.RequestBody),
		},
		Response: Response{
			Status: x.Status, StatusText: http.StatusText(x.Status), Version: "HTTP/1.1", Cookies: []struct{}{},
			Headers: headers(x.ResponseHeader), Redirect: wire.ValidUTF8(x.ResponseHeader.Get("Location")), HeadersSize: -1, BodySize: len(x.ResponseBody),
			Content: Content{Size: len(x.ResponseBody), Type: wire.ValidUTF8(x.ResponseHeader.Get("Content-Type")), Text: wire.ValidUTF8(string(x.ResponseBody))},
		},
	}
	if len(x.RequestBody) > 0 || x.RequestTruncated {
		e.Request.Body = &Body{Type: wire.ValidUTF8(x.RequestHeader.Get("Content-Type")), Text: wire.ValidUTF8(string(x.RequestBody))}
		if x.RequestTruncated {
			e.Request.Body.Comment = bodyCut
		}
	}
	if x.Truncated {
		e.Response.Content.Comment = bodyCut
	}
	return e
}

// plainURL is the URL with what no URL may hold escaped: readers refuse the whole
// archive for one that they cannot read.
func plainURL(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func headers(h http.Header) []Pair {
	pairs := []Pair{}
	for name, values := range h {
		for _, value := range values {
			pairs = append(pairs, Pair{wire.ValidUTF8(name), wire.ValidUTF8(value)})
		}
	}
	slices.SortFunc(pairs, func(a, b Pair) int { return cmp.Compare(a.Name, b.Name) })
	return pairs
}

func query(raw string) []Pair {
	pairs := []Pair{}
	u, err := url.Parse(raw)
	if err != nil {
		return pairs
	}
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(part, "=")
		if n, err := url.QueryUnescape(name); err == nil && n != "" {
			v, _ := url.QueryUnescape(value)
			pairs = append(pairs, Pair{wire.ValidUTF8(n), wire.ValidUTF8(v)})
		}
	}
	return pairs
}
