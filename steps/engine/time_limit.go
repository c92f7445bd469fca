package engine

import (
	"context"
	"io"
	"net/http"
	"time"
)

// timeLimit is the transport that gives each request its time (--timeout): from when it
// is sent until the last byte of its answer. It stands behind everything that may make a
// request wait for its turn.
type timeLimit struct {
	next  http.RoundTripper
	limit time.Duration
}

// RoundTrip fails with context.DeadlineExceeded, as reading the body does, if there is
// no whole answer in time.
func (t *timeLimit) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(r.Context(), t.limit)
	answer, err := t.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		cancel()
		return nil, err
	}
	answer.Body = &limitedBody{answer.Body, cancel}
	return answer, nil
}

// limitedBody ends the request's time when the answer is read.
type limitedBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

// Close also ends the request's time.
func (b *limitedBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}
