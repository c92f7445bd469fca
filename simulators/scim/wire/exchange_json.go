package wire

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// exchangeJSON is an exchange in reports. Tools read its members, so members
// are added but never changed or removed.
type exchangeJSON struct {
	Method      string       `json:"method"`
	URL         string       `json:"url"`
	Request     messageJSON  `json:"request"`
	Credentials *string      `json:"credentials,omitempty"`
	Form        *Form        `json:"form,omitempty"`
	Status      int          `json:"status,omitempty"`
	Response    *messageJSON `json:"response,omitempty"`
	DurationMS  int64        `json:"duration_ms"`
	Error       string       `json:"error,omitempty"`
}

type messageJSON struct {
	Headers   map[string]string `json:"headers"`
	Body      json.RawMessage   `json:"body,omitempty"`
	Truncated bool              `json:"truncated,omitempty"`
}

// MarshalJSON writes the exchange for a report: bodies that are JSON objects or
// arrays as such, any others as a string; bytes that are no UTF-8 as \xNN; the duration in whole milliseconds; no response where there was none.
func (e *Exchange) MarshalJSON() ([]byte, error) {
	x := exchangeJSON{
		Method: ValidUTF8(e.Method), URL: ValidUTF8(e.URL), Status: e.Status,
		Credentials: e.Credentials, Form: e.Form,
		Request:    newMessageJSON(e.RequestHeader, e.RequestBody, e.RequestTruncated),
		DurationMS: e.Duration.Milliseconds(),
		Error:      ValidUTF8(e.Err),
	}
	if e.Status != 0 {
		m := newMessageJSON(e.ResponseHeader, e.ResponseBody, e.Truncated)
		x.Response = &m
	}
	return scim.Marshal(x)
}

// UnmarshalJSON reads what MarshalJSON wrote. Seq and Started are not in there.
func (e *Exchange) UnmarshalJSON(data []byte) error {
	var x exchangeJSON
	if err := json.Unmarshal(data, &x); err != nil {
		return fmt.Errorf("exchange: %w", err)
	}
	*e = Exchange{
		Method: x.Method, URL: x.URL, Status: x.Status, Err: x.Error, Credentials: x.Credentials, Form: x.Form,
		Duration:      time.Duration(x.DurationMS) * time.Millisecond,
		RequestHeader: x.Request.header(), RequestBody: x.Request.body(), RequestTruncated: x.Request.Truncated,
	}
	if x.Response != nil {
		e.ResponseHeader, e.ResponseBody, e.Truncated = x.Response.header(), x.Response.body(), x.Response.Truncated
	}
	return nil
}

func newMessageJSON(header http.Header, body []byte, truncated bool) messageJSON {
	m := messageJSON{Headers: make(map[string]string, len(header)), Truncated: truncated}
	for name, values := range header {
		m.Headers[ValidUTF8(name)] = ValidUTF8(hideHeader(name, strings.Join(values, ", ")))
	}
	if len(body) > 0 {
		m.Body = bodyJSON(body)
	}
	return m
}

func (m messageJSON) header() http.Header {
	h := make(http.Header, len(m.Headers))
	for name, value := range m.Headers {
		h[name] = []string{value}
	}
	return h
}

func (m messageJSON) body() []byte {
	var text string
	if json.Unmarshal(m.Body, &text) == nil {
		return []byte(text)
	}
	return m.Body
}

// bodyJSON keeps only objects and arrays as JSON. Otherwise a body that is a
// JSON string looks like text.
func bodyJSON(body []byte) json.RawMessage {
	text := ValidUTF8(string(body))
	trimmed := strings.TrimSpace(text)
	composite := strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[")
	if composite && embeddable(trimmed) {
		return json.RawMessage(trimmed)
	}
	quoted, err := scim.Marshal(text)
	if err != nil { // a string always marshals
		return json.RawMessage(`""`)
	}
	return quoted
}

// embeddable reports whether the text is JSON that a report can hold:
// encoding/json refuses a document that nests too deeply as a whole.
func embeddable(text string) bool {
	const room = 100
	return json.Valid([]byte(text)) && json.Valid([]byte(strings.Repeat("[", room)+text+strings.Repeat("]", room)))
}

// ValidUTF8 is the text with each byte that is no UTF-8 as \xNN, for what has to be
// UTF-8 whatever a target sent.
func ValidUTF8(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02x`, text[0])
		} else {
			b.WriteString(text[:n])
		}
		text = text[n:]
	}
	return b.String()
}
