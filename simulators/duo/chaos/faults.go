package chaos

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// fail sends a request in one of the ways that go wrong.
func (t *Transport) fail(kind Kind, dice uint64, r *http.Request) (*http.Response, error) {
	switch kind {
	case Busy:
		return refuse(r, http.StatusTooManyRequests, retryAfter(dice))
	case Unavailable:
		return refuse(r, http.StatusServiceUnavailable, retryAfter(dice))
	case Failure:
		return refuse(r, http.StatusInternalServerError, "")
	case ResetBefore:
		discard(r)
		return nil, reset()
	case Empty:
		return emptied(r)
	case Stale:
		return t.stale(r)
	case Latency:
		delay(r, time.Duration(float64(t.spec.latency)*float64(dice>>11)/(1<<53)))
	case Duplicate:
		return t.twice(dice, r)
	}
	resp, err := t.send(r)
	if err != nil {
		return nil, err
	}
	switch kind {
	case Gateway:
		_ = resp.Body.Close()
		return refuse(r, http.StatusBadGateway, "")
	case ResetAfter:
		_ = resp.Body.Close()
		return nil, reset()
	case Truncated:
		return truncate(resp)
	}
	return resp, nil
}

// reset is the error of a connection that the other side has closed.
func reset() error {
	return &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
}

// retryAfter is a value of that header: none, seconds or a date.
func retryAfter(dice uint64) string {
	switch dice % 3 {
	case 0:
		return ""
	case 1:
		return "1"
	}
	return time.Now().Add(time.Second).UTC().Format(http.TimeFormat)
}

// discard reads a request's body to its end, as a transport has to.
func discard(r *http.Request) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
	}
}

// refuse is an answer that the target never gave.
func refuse(r *http.Request, status int, retryAfter string) (*http.Response, error) {
	discard(r)
	header := http.Header{"Content-Type": {"application/scim+json"}}
	if retryAfter != "" {
		header.Set("Retry-After", retryAfter)
	}
	body := fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d","detail":"chaos"}`, status)
	return (&answer{status, header, []byte(body)}).response(r), nil
}

// emptied is the answer of a target that has no resource.
func emptied(r *http.Request) (*http.Response, error) {
	segments := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	last := segments[len(segments)-1]
	if r.Method != http.MethodGet || last != "Users" && last != "Groups" {
		return refuse(r, http.StatusNotFound, "")
	}
	discard(r)
	body := `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}`
	return (&answer{http.StatusOK, http.Header{"Content-Type": {"application/scim+json"}}, []byte(body)}).response(r), nil
}

// stale repeats the last answer to the same URL.
func (t *Transport) stale(r *http.Request) (*http.Response, error) {
	t.mu.Lock()
	last := t.last[r.URL.String()]
	t.mu.Unlock()
	return last.response(r), nil
}

// twice delivers a request two times and returns one of the answers.
func (t *Transport) twice(dice uint64, r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		_ = r.Body.Close()
	}
	var answers [2]*http.Response
	for i := range answers {
		copied := r.Clone(r.Context())
		if r.Body != nil {
			copied.Body = io.NopCloser(bytes.NewReader(body))
		}
		resp, err := t.send(copied)
		if err != nil {
			return nil, err
		}
		answers[i] = resp
	}
	_ = answers[(dice+1)%2].Body.Close()
	return answers[dice%2], nil
}

// send passes a request on and remembers the answer to a read.
func (t *Transport) send(r *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(r)
	if err != nil || r.Method != http.MethodGet || t.spec.of[Stale] == 0 {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	a := &answer{resp.StatusCode, resp.Header, body}
	t.mu.Lock()
	t.last[r.URL.String()] = a
	t.mu.Unlock()
	return a.response(r), nil
}

// truncate ends the body in its middle, as a connection does that breaks.
func truncate(resp *http.Response) (*http.Response, error) {
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body[:len(body)/2]), broken{}))
	return resp, nil
}

// broken is the end of a body whose connection broke.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// answer is what can be answered again.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a *answer) response(r *http.Request) *http.Response {
	return &http.Response{
		Status: fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)), StatusCode: a.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: a.header.Clone(), Body: io.NopCloser(bytes.NewReader(a.body)), ContentLength: int64(len(a.body)),
	}
}
