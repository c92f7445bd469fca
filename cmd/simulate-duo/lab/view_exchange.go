package lab

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// viewExchange is one request with its answer.
var viewExchange = view{
	path: "/wire/{seq}", template: "exchange", title: "Request and answer", under: pathWire,
	show: func(l *Lab, r *http.Request) (any, error) {
		seq, err := strconv.Atoi(r.PathValue("seq"))
		e, ok := l.wire.one(seq)
		if err != nil || !ok {
			return nil, notFound("there is no such request, or it is not kept any more")
		}
		return exchangeOf(e), nil
	},
	forms: map[string]form{"/wire/{seq}/again": sendAgain},
}

// exchangePage is an exchange in full.
type exchangePage struct {
	exchangeLine
	Entry    string
	Request  messagePage
	Response messagePage
	Curl     string

	Elsewhere []elsewherePage // what other clients would send
}

// messagePage is a request or an answer: its header, and its body as it came and indented.
type messagePage struct {
	First  string // the first line
	Header []string
	Raw    string
	Pretty string // "" if the body is no JSON
	Cut    bool   // the lab keeps only its beginning
}

func exchangeOf(e Exchange) exchangePage {
	return exchangePage{
		exchangeLine: lineOf(e), Entry: e.Entry, Curl: e.Curl(), Elsewhere: elsewhere(e),
		Request:  messageOf(e.Method+" "+e.URL, e.RequestHeader, e.RequestBody, e.RequestTruncated),
		Response: messageOf(statusText(e.Status), e.ResponseHeader, e.ResponseBody, e.Truncated),
	}
}

func messageOf(first string, header http.Header, body []byte, cut bool) messagePage {
	m := messagePage{First: first, Raw: strings.ToValidUTF8(string(body), "�"), Pretty: indented(body), Cut: cut}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			m.Header = append(m.Header, name+": "+value)
		}
	}
	return m
}

// indented is JSON on several lines, "" for what is none.
func indented(text []byte) string {
	var b bytes.Buffer
	if len(text) == 0 || json.Indent(&b, text, "", "  ") != nil {
		return ""
	}
	return b.String()
}

func sendAgain(l *Lab, r *http.Request) (to, said string, err error) {
	seq, err := strconv.Atoi(r.PathValue("seq"))
	if err != nil {
		return "", "", notFound("there is no such request")
	}
	again, err := l.SendAgain(r.Context(), seq)
	return pathWire + "/" + strconv.Itoa(again), "Sent again", err
}
