package adminapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxBody is how many bytes of a request are read: users and groups are small.
const maxBody = 1 << 20

// call is one request, after its credentials were found to be right.
type call struct {
	args   []string // what stands in the path for {…}
	params url.Values
	now    time.Time
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		return nil, invalid("", "the body is longer than %d bytes", maxBody)
	}
	if err != nil {
		return nil, invalid("", "the body broke off: %v", err)
	}
	return body, nil
}

// parameters are those of the query and of the body, which is a form or, with the
// SHA-512 scheme, a JSON object.
func parameters(r *http.Request, body []byte) (url.Values, error) {
	params, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, invalid("", "the query cannot be read: %v", err)
	}
	read := formOf
	if mediaType(r) == "application/json" {
		read = func(_ *http.Request, body []byte) (url.Values, error) { return objectOf(body) }
	}
	more, err := read(r, body)
	if err != nil {
		return nil, err
	}
	for name, values := range more {
		params[name] = append(params[name], values...)
	}
	for name, values := range params {
		if len(values) > 1 {
			return nil, invalid(name, "it is there %d times", len(values))
		}
		if !utf8.ValidString(name + values[0]) {
			return nil, invalid(strconv.QuoteToASCII(name), "it is not UTF-8")
		}
	}
	return params, nil
}

func mediaType(r *http.Request) string {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return media
}

// formOf is the body as a form, whose media type may be missing.
func formOf(r *http.Request, body []byte) (url.Values, error) {
	if len(body) == 0 {
		return nil, nil
	}
	if media := mediaType(r); media != "" && media != "application/x-www-form-urlencoded" {
		return nil, invalid("Content-Type", "%s: send a form, or JSON with the SHA-512 scheme", media)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, invalid("", "the form cannot be read: %v", err)
	}
	return form, nil
}

// objectOf is the body as a JSON object of texts, numbers and flags.
func objectOf(body []byte) (url.Values, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, nil
	}
	var members map[string]any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&members); err != nil || d.More() {
		return nil, invalid("", "the body is no JSON object")
	}
	params := url.Values{}
	for name, v := range members {
		switch v := v.(type) {
		case string, bool, json.Number:
			params.Set(name, fmt.Sprint(v))
		case nil:
			params.Set(name, "")
		default:
			return nil, invalid(name, "it has to be a text, a number or a flag")
		}
	}
	return params, nil
}

// customPrefix begins the parameters that set custom attributes.
const customPrefix = "custom_attributes."

// checkKnown refuses parameters that are not documented for the call.
func (c *call) checkKnown(known []string) error {
	for name := range c.params {
		custom := strings.HasPrefix(name, customPrefix) && slices.Contains(known, customPrefix)
		if !custom && !slices.Contains(known, name) {
			return invalid(name, "it is not documented here, or not simulated: use %s", listed(known))
		}
	}
	return nil
}

func listed(known []string) string {
	if len(known) == 0 {
		return "no parameter"
	}
	return strings.Join(known, ", ")
}

// text is a parameter, and whether it was sent.
func (c *call) text(name string) (string, bool) {
	if !c.params.Has(name) {
		return "", false
	}
	return c.params.Get(name), true
}

// required is a parameter that must be there.
func (c *call) required(name string) (string, error) {
	if v, sent := c.text(name); sent && v != "" {
		return v, nil
	}
	return "", missing(name)
}

// number is a whole number from least to most, or otherwise if it was not sent.
func (c *call) number(name string, least, most, otherwise int64) (int64, error) {
	text, sent := c.text(name)
	if !sent {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < least || n > most {
		return 0, invalid(name, "it has to be a whole number from %d to %d", least, most)
	}
	return n, nil
}

// texts is a parameter that is a JSON list of texts, of which Duo takes 100.
func (c *call) texts(name string) ([]string, error) {
	var list []string
	if err := json.Unmarshal([]byte(c.params.Get(name)), &list); err != nil {
		return nil, invalid(name, "it has to be a JSON list of texts")
	}
	if len(list) > maxList {
		return nil, invalid(name, "it has %d texts, %d are allowed", len(list), maxList)
	}
	return list, nil
}

const maxList = 100
