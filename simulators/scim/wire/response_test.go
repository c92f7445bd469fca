package wire

import (
	"math"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestResponseObjectSaysWhatCameInstead(t *testing.T) {
	const expected = "a JSON object was expected, got "
	for _, c := range []struct {
		name, contentType, body, want string
	}{
		{"nothing", "", "", expected + "an empty body"},
		{"white space", "", " \n", expected + "an empty body"},
		{"an array", "", "[]", expected + "a JSON array"},
		{"a string", "", `"x"`, expected + "a JSON string"},
		{"null", "", "null", expected + "a JSON null"},
		{"an HTML page", "text/html", "<!DOCTYPE html>\n<html><head><TITLE lang=en>\n Log&nbsp;in &amp; <go>\n</TITLE>", expected + `an HTML page ("Log in & <go>")`},
		{"an HTML page by its type alone", "text/html; charset=utf-8", "<h1>Oops</h1>", expected + "an HTML page"},
		{"an HTML page whose title has no end", "", "<html><title>x", expected + "an HTML page"},
		{"broken JSON", "", `{"a":`, expected + "broken JSON: the JSON document ends too early"},
		{"a name twice", "", `{"a":1,"A":2}`, expected + `broken JSON: "a" and "A" name the same attribute twice in one object`},
		{"a byte order mark", "", "\ufeff{}", expected + "JSON behind a byte order mark"},
		{"text with control characters", "", "no\x1b[2J\r\n\u202eroute\xff", expected + `text that is not JSON: "no\u001b[2J \u202eroute\xff"`},
		{"a long text", "", strings.Repeat("é", 100), expected + `text that is not JSON: "` + strings.Repeat("é", 80) + `…"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Response{Status: 200, Header: http.Header{"Content-Type": {c.contentType}}, Body: []byte(c.body)}
			o, err := r.Object()
			if err == nil {
				t.Fatalf("got an object of %d members", o.Len())
			}
			if got := err.Error(); !strings.HasPrefix(got, c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	t.Run("an object", func(t *testing.T) {
		r := Response{Body: []byte(` {"id":"7"} `)}
		if o, err := r.Object(); err != nil || o.String("id") != "7" {
			t.Errorf("got %v, %v", o, err)
		}
	})
	t.Run("a name twice, for who knows JSON alone", func(t *testing.T) {
		r := Response{Body: []byte(`{"id":"7","a":[{"b":1,"B":2}],"ID":"8"}`)}
		o, err := r.FirstObject()
		if err != nil || o.Len() != 2 || o.String("id") != "7" || len(o.Array("a")) != 1 {
			t.Errorf("got %v, %v", o, err)
		}
		r.Body = []byte(`{"id":"7","ID":"8",}`)
		if _, err := r.FirstObject(); err == nil {
			t.Error("a comma too many is read")
		}
	})
	t.Run("an object that was cut", func(t *testing.T) {
		r := Response{Body: []byte(`{}`), Truncated: true}
		if _, err := r.Object(); err == nil || !strings.Contains(err.Error(), "more than 2 bytes") {
			t.Errorf("got %v", err)
		}
	})
}

func TestResponseFault(t *testing.T) {
	header := http.Header{"Retry-After": {"1"}}
	t.Run("a success is none", func(t *testing.T) {
		if e := (&Response{Status: 204}).Fault(); e != nil {
			t.Errorf("got %v", e)
		}
	})
	t.Run("a SCIM error is read", func(t *testing.T) {
		r := Response{Status: 409, Header: header, Body: []byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","scimType":"uniqueness","detail":"taken"}`)}
		e := r.Fault()
		if e.Error() != "409 uniqueness: taken" || e.Header.Get("Retry-After") != "1" {
			t.Errorf("got %v with %v", e, e.Header)
		}
	})
	t.Run("any other body leaves the status", func(t *testing.T) {
		if e := (&Response{Status: 502, Body: []byte("<html>")}).Fault(); e.Error() != "502 Bad Gateway" {
			t.Errorf("got %v", e)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, value string
		want        time.Duration
		ok          bool
	}{
		{"absent", "", 0, false},
		{"seconds", " 120 ", 2 * time.Minute, true},
		{"zero", "0", 0, true},
		{"more seconds than there are", "99999999999999999999", math.MaxInt64, true},
		{"more than a Duration holds", "9223372037", math.MaxInt64, true},
		{"negative seconds", "-1", 0, false},
		{"a fraction", "1.5", 0, false},
		{"a date", "Sun, 01 Mar 2026 12:00:30 GMT", 30 * time.Second, true},
		{"a date that is past", "Sun, 01 Mar 2026 11:00:00 GMT", 0, true},
		{"a date in another format", "2026-03-01T12:00:30Z", 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Response{Header: http.Header{"Retry-After": {c.value}}}
			if got, ok := r.RetryAfter(now); got != c.want || ok != c.ok {
				t.Errorf("got %v, %v; want %v, %v", got, ok, c.want, c.ok)
			}
		})
	}
}
