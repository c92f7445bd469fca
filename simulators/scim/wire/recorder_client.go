package wire

import (
	"io"
	"net/http"
)

// Transport returns a round tripper that records what passes through next, or
// through http.DefaultTransport if next is nil. An exchange is recorded when
// its answer was read to the end, broke off or was closed, or when there was
// none. After reading an answer, the caller finds its exchange in the recorder.
func (r *Recorder) Transport(next http.RoundTripper) http.RoundTripper {
	if next == nil {
		next = http.DefaultTransport
	}
	return &recordingTransport{recorder: r, next: next}
}

type recordingTransport struct {
	recorder *Recorder
	next     http.RoundTripper
}

func (t *recordingTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	d := t.recorder.begin(req.Method, req.URL.Redacted(), req.Header)
	if written, told := CredentialsIn(req.Context()); told {
		d.exchange.Credentials = &written
	}
	resp, err := t.next.RoundTrip(d.watch(req.WithContext(d.noted(req.Context()))))
	if err != nil {
		d.finish(err.Error())
		return resp, err
	}
	d.answer(resp.StatusCode, resp.Header)
	if resp.Body == nil || resp.Body == http.NoBody {
		d.finish("")
		return resp, nil
	}
	resp.Body = &answerBody{ReadCloser: resp.Body, draft: d, left: resp.ContentLength}
	return resp, nil
}

// watch returns a copy of the request whose body is captured as it is read.
func (d *draft) watch(req *http.Request) *http.Request {
	if req.Body == nil || req.Body == http.NoBody {
		return req
	}
	c := *req // RoundTrip must not change the caller's request
	c.Body = &capturedBody{ReadCloser: req.Body, capture: &d.request}
	if req.GetBody != nil {
		c.GetBody = func() (io.ReadCloser, error) { // net/http sends it once more
			body, err := req.GetBody()
			if err != nil {
				return nil, err
			}
			return &capturedBody{ReadCloser: body, capture: &d.request, again: true}, nil
		}
	}
	return &c
}

// capturedBody is a body that is captured as it is read.
type capturedBody struct {
	io.ReadCloser
	capture *capture
	again   bool // it takes the place of what was captured, once it is read: some only ask for it
}

func (b *capturedBody) Read(p []byte) (int, error) {
	if b.again {
		b.again = false
		b.capture.reset()
	}
	n, err := b.ReadCloser.Read(p)
	b.capture.write(p[:n])
	return n, err
}

// answerBody also completes the exchange.
type answerBody struct {
	io.ReadCloser
	draft *draft
	left  int64 // bytes of Content-Length not yet read; negative if it was unknown
}

func (b *answerBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.draft.response.write(p[:n])
	if b.left >= 0 {
		b.left -= int64(n)
	}
	switch {
	case err == io.EOF:
		b.draft.finish("")
	case err != nil:
		b.draft.finish(err.Error())
	}
	return n, err
}

func (b *answerBody) Close() error {
	err := b.ReadCloser.Close()
	if b.left == 0 {
		b.draft.finish("")
	}
	b.draft.finish("the client closed the answer before its end")
	return err
}
