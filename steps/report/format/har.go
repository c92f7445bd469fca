package format

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// The members of HTTP Archive 1.2 that developer tools read.
type (
	har struct {
		Log harLog `json:"log"`
	}
	harLog struct {
		Version string     `json:"version"`
		Creator harCreator `json:"creator"`
		Comment string     `json:"comment"`
		Pages   []harPage  `json:"pages"`
		Entries []harEntry `json:"entries"`
	}
	harCreator struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	harPage struct {
		Started string         `json:"startedDateTime"`
		ID      string         `json:"id"`
		Title   string         `json:"title"`
		Timings map[string]int `json:"pageTimings"`
	}
	harEntry struct {
		Page     string             `json:"pageref"`
		Started  string             `json:"startedDateTime"`
		Time     float64            `json:"time"` // milliseconds
		Request  harRequest         `json:"request"`
		Response harResponse        `json:"response"`
		Cache    struct{}           `json:"cache"`
		Timings  map[string]float64 `json:"timings"`
		Comment  string             `json:"comment,omitempty"`
	}
	harRequest struct {
		Method      string     `json:"method"`
		URL         string     `json:"url"`
		Version     string     `json:"httpVersion"`
		Cookies     []struct{} `json:"cookies"`
		Headers     []harPair  `json:"headers"`
		Query       []harPair  `json:"queryString"`
		Body        *harBody   `json:"postData,omitempty"`
		HeadersSize int        `json:"headersSize"`
		BodySize    int        `json:"bodySize"`
	}
	harResponse struct {
		Status      int        `json:"status"`
		StatusText  string     `json:"statusText"`
		Version     string     `json:"httpVersion"`
		Cookies     []struct{} `json:"cookies"`
		Headers     []harPair  `json:"headers"`
		Content     harContent `json:"content"`
		Redirect    string     `json:"redirectURL"`
		HeadersSize int        `json:"headersSize"`
		BodySize    int        `json:"bodySize"`
	}
	harPair struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	harBody struct {
		Type    string `json:"mimeType"`
		Text    string `json:"text"`
		Comment string `json:"comment,omitempty"`
	}
	harContent struct {
		Size    int    `json:"size"`
		Type    string `json:"mimeType"`
		Text    string `json:"text"`
		Comment string `json:"comment,omitempty"`
	}
)

// WriteHAR writes every exchange that the report keeps as an HTTP Archive 1.2,
// one page for each example.
func WriteHAR(w io.Writer, r *report.Report) error {
	archive := har{harLog{Version: "1.2", Creator: harCreator{words.Valid(r.Tool.Name), words.Valid(r.Tool.Version)}, Pages: []harPage{}, Entries: []harEntry{}}}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		for _, e := range q.Examples {
			if len(e.Exchanges) == 0 {
				continue
			}
			page := harPage{
				Started: harTime(e.Exchanges[0].Started), ID: fmt.Sprintf("page_%d", len(archive.Log.Pages)+1),
				Title: words.Valid(q.ID + " " + caseName(q, e) + ": " + string(e.Verdict)), Timings: map[string]int{"onContentLoad": -1, "onLoad": -1},
			}
			archive.Log.Pages = append(archive.Log.Pages, page)
			for _, x := range e.Exchanges {
				archive.Log.Entries = append(archive.Log.Entries, harEntryOf(page.ID, x))
			}
		}
	}
	archive.Log.Comment = harComment(r)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(archive); err != nil {
		return fmt.Errorf("write the HAR report: %w", err)
	}
	return nil
}

// harComment is the result in a sentence.
func harComment(r *report.Report) string {
	if r.Partial != "" {
		return "The run stopped early, and this archive is partial: " + words.Valid(r.Partial)
	}
	end := report.NewEnding(r, report.Findings(r), "above")
	return end.Lead + " " + end.Text
}

func harTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func harEntryOf(page string, x *wire.Exchange) harEntry {
	ms := float64(x.Duration.Microseconds()) / 1000
	e := harEntry{
		Page: page, Started: harTime(x.Started), Time: ms, Comment: words.Valid(x.Err),
		Timings: map[string]float64{"send": 0, "wait": ms, "receive": 0},
		Request: harRequest{
			Method: words.Valid(x.Method), URL: harURL(x.URL), Version: "HTTP/1.1", Cookies: []struct{}{},
			Headers: harHeaders(x.RequestHeader), Query: harQuery(x.URL), HeadersSize: -1, BodySize: len(x.RequestBody),
		},
		Response: harResponse{
			Status: x.Status, StatusText: http.StatusText(x.Status), Version: "HTTP/1.1", Cookies: []struct{}{},
			Headers: harHeaders(x.ResponseHeader), Redirect: words.Valid(x.ResponseHeader.Get("Location")), HeadersSize: -1, BodySize: len(x.ResponseBody),
			Content: harContent{Size: len(x.ResponseBody), Type: words.Valid(x.ResponseHeader.Get("Content-Type")), Text: words.Valid(string(x.ResponseBody))},
		},
	}
	if len(x.RequestBody) > 0 {
		e.Request.Body = &harBody{Type: words.Valid(x.RequestHeader.Get("Content-Type")), Text: words.Valid(string(x.RequestBody))}
		if x.RequestTruncated {
			e.Request.Body.Comment = bodyCut
		}
	}
	if x.Truncated {
		e.Response.Content.Comment = bodyCut
	}
	return e
}

const bodyCut = "the body was longer; the rest was not kept"

// harURL is the URL with what no URL may hold escaped: readers refuse the whole
// archive for one that they cannot read.
func harURL(s string) string {
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

func harHeaders(h http.Header) []harPair {
	pairs := []harPair{}
	for name, values := range h {
		for _, value := range values {
			pairs = append(pairs, harPair{words.Valid(name), words.Valid(value)})
		}
	}
	slices.SortFunc(pairs, func(a, b harPair) int { return strings.Compare(a.Name, b.Name) })
	return pairs
}

func harQuery(raw string) []harPair {
	pairs := []harPair{}
	u, err := url.Parse(raw)
	if err != nil {
		return pairs
	}
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(part, "=")
		if n, err := url.QueryUnescape(name); err == nil && n != "" {
			v, _ := url.QueryUnescape(value)
			pairs = append(pairs, harPair{words.Valid(n), words.Valid(v)})
		}
	}
	return pairs
}
