package har

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The limits of what is read.
const (
	MaxFile = 1 << 30 // bytes of a file
	maxBody = 4 << 20 // bytes of one body; a longer one counts as cut
)

// Found is what Read says of the archive as a whole.
type Found struct {
	Creator Creator
	Entries int
	Cut     bool // the file ends early: the program that wrote it was killed, or the copy is not whole
}

// Read reads the archives of browsers and proxies, one entry at a time, and hands
// each on with its number, from 1, as Seq. Bodies in base64 are decoded. An error
// says what is wrong with the file, with the number of the entry; each may end the
// reading with an error of its own.
func Read(r io.Reader, each func(*wire.Exchange) error) (Found, error) {
	limited := &io.LimitedReader{R: r, N: MaxFile}
	buffered := bufio.NewReader(limited)
	if err := checkStart(buffered); err != nil {
		return Found{}, err
	}
	p := &reader{d: json.NewDecoder(buffered), each: each}
	err := p.archive()
	if limited.N <= 0 {
		return p.found, fmt.Errorf("the file is larger than %d MiB: record a shorter time, or leave out what is not SCIM", MaxFile>>20)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		if p.found.Cut = p.found.Entries > 0; p.found.Cut {
			return p.found, nil
		}
		return p.found, errors.New("the file ends before the first entry of log.entries")
	}
	return p.found, err
}

// checkStart passes over a byte order mark, and names what is no HAR at first sight.
func checkStart(r *bufio.Reader) error {
	if mark, _ := r.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = r.Discard(3)
	}
	start, err := r.Peek(2)
	switch {
	case len(start) == 0 && errors.Is(err, io.EOF):
		return errors.New("the file is empty")
	case len(start) == 0:
		return err
	case string(start) == "\x1f\x8b" || string(start) == "PK":
		return errors.New("the file is compressed, or the session of another program: unpack it, or export it as HAR")
	}
	return nil
}

type reader struct {
	d     *json.Decoder
	each  func(*wire.Exchange) error
	found Found
	log   bool // log.entries was there
}

func (p *reader) archive() error {
	err := p.members("the file", func(name string) error {
		if name != "log" {
			return p.skip()
		}
		return p.members("log", p.member)
	})
	if err == nil && !p.log {
		return errors.New("the JSON has no log.entries: export the traffic as HTTP Archive (HAR)")
	}
	return err
}

func (p *reader) member(name string) error {
	switch name {
	case "creator":
		return p.decode("log.creator", &p.found.Creator)
	case "entries":
		p.log = true
		return p.entries()
	}
	return p.skip()
}

// members walks through an object; do reads the value.
func (p *reader) members(what string, do func(name string) error) error {
	if err := p.delimiter(what, '{'); err != nil {
		return err
	}
	for p.d.More() {
		name, err := p.d.Token()
		if err != nil {
			return p.wrong(what, err)
		}
		text, _ := name.(string)
		if err := do(text); err != nil {
			return err
		}
	}
	_, err := p.d.Token()
	return p.wrong(what, err)
}

func (p *reader) delimiter(what string, want json.Delim) error {
	t, err := p.d.Token()
	if err != nil {
		return p.wrong(what, err)
	}
	if t != want {
		return fmt.Errorf("%s has to begin with %v: this is no HTTP Archive (HAR)", what, want)
	}
	return nil
}

func (p *reader) entries() error {
	if err := p.delimiter("log.entries", '['); err != nil {
		return err
	}
	for p.d.More() {
		var e entry
		what := fmt.Sprintf("entry %d", p.found.Entries+1)
		if err := p.decode(what, &e); err != nil {
			return err
		}
		p.found.Entries++
		x, err := e.exchange(p.found.Entries)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if err := p.each(x); err != nil {
			return err
		}
	}
	_, err := p.d.Token()
	return p.wrong("log.entries", err)
}

func (p *reader) decode(what string, into any) error { return p.wrong(what, p.d.Decode(into)) }

func (p *reader) skip() error {
	var value json.RawMessage
	return p.decode("the file", &value)
}

// wrong says where an error is; the end of the file stays what it is.
func (p *reader) wrong(what string, err error) error {
	if wrongType, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s: %s has the wrong type, %s", what, wrongType.Field, wrongType.Value)
	}
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return fmt.Errorf("%s, byte %d: no JSON: %w", what, p.d.InputOffset(), err)
}

// entry is what is read of an entry. A status may be a text, times may be missing.
type entry struct {
	Started string `json:"startedDateTime"`
	Time    any    `json:"time"`
	Comment string `json:"comment"`
	Request struct {
		Method  string  `json:"method"`
		URL     string  `json:"url"`
		Headers []Pair  `json:"headers"`
		Body    content `json:"postData"`
	} `json:"request"`
	Response struct {
		Status  json.Number `json:"status"`
		Headers []Pair      `json:"headers"`
		Content content     `json:"content"`
	} `json:"response"`
}

type content struct {
	Text     string `json:"text"`
	Encoding string `json:"encoding"`
	Comment  string `json:"comment"`
}

func (e *entry) exchange(n int) (*wire.Exchange, error) {
	x := &wire.Exchange{
		Seq: n, Method: e.Request.Method, URL: e.Request.URL, Err: e.Comment,
		RequestHeader: header(e.Request.Headers), ResponseHeader: header(e.Response.Headers),
	}
	if x.Method == "" || x.URL == "" {
		return nil, errors.New("request.method or request.url is missing")
	}
	if ms, ok := e.Time.(float64); ok && ms > 0 && ms < 1e12 {
		x.Duration = time.Duration(ms * float64(time.Millisecond))
	}
	if e.Started != "" {
		t, err := time.Parse(time.RFC3339, e.Started)
		if err != nil {
			return nil, errors.New("startedDateTime has to look like 2026-03-18T21:11:51.000Z")
		}
		x.Started = t
	}
	if status, err := e.Response.Status.Int64(); err == nil && status > 0 && status < 1000 {
		x.Status = int(status)
	}
	var err error
	if x.RequestBody, x.RequestTruncated, err = e.Request.Body.bytes(); err != nil {
		return nil, fmt.Errorf("request.postData: %w", err)
	}
	if x.ResponseBody, x.Truncated, err = e.Response.Content.bytes(); err != nil {
		return nil, fmt.Errorf("response.content: %w", err)
	}
	return x, nil
}

func (c *content) bytes() (body []byte, cut bool, err error) {
	body, cut = []byte(c.Text), c.Comment == bodyCut
	switch strings.ToLower(c.Encoding) {
	case "":
	case "base64":
		if body, err = base64.StdEncoding.DecodeString(c.Text); err != nil {
			return nil, false, errors.New("the text is not base64, which its encoding says")
		}
	default:
		return nil, true, nil // of a kind that no known program writes
	}
	if len(body) > maxBody {
		body, cut = body[:maxBody], true
	}
	if len(body) == 0 {
		return nil, cut, nil
	}
	return body, cut, nil
}

// header leaves out the pseudo headers of HTTP/2, which browsers list.
func header(pairs []Pair) http.Header {
	h := http.Header{}
	for _, p := range pairs {
		if p.Name != "" && p.Name[0] != ':' {
			h.Add(p.Name, p.Value)
		}
	}
	return h
}
