package lab

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"
)

// requestRoutes are about what went over the wire.
var requestRoutes = []route{
	{"GET", "/api/requests", filters, func(l *Lab, r *http.Request) (any, error) {
		wanted, err := filterOf(r.URL.Query())
		if err != nil {
			return nil, err
		}
		lines := []exchangeLine{}
		for _, e := range l.wire.choose(wanted.takes) {
			lines = append(lines, lineOf(e))
		}
		return lines, nil
	}},
	{"GET", "/api/requests/wait", append([]string{"timeout", "count"}, filters...), waitForRequests},
	{"GET", "/api/requests/{seq}", nil, oneRequest},
	{"DELETE", "/api/requests", nil, func(l *Lab, _ *http.Request) (any, error) {
		l.wire.clear()
		l.changed(eventExchange, "cleared")
		return nil, nil
	}},
}

// logRoutes are about the Activity Log.
var logRoutes = []route{
	{"GET", "/api/log", []string{"q", "range", "application", "action"}, func(l *Lab, r *http.Request) (any, error) {
		log, err := l.log(r.URL.Query(), 0)
		if err != nil {
			return nil, err
		}
		items := []any{}
		for _, e := range log.Entries() {
			items = append(items, e.Item())
		}
		return items, nil
	}},
}

// requestJSON is a request with its answer in full.
type requestJSON struct {
	exchangeLine
	Entry    string      `json:"entry,omitempty"` // id of the entry of the Activity Log
	URL      string      `json:"url"`
	Request  messageJSON `json:"request"`
	Response messageJSON `json:"response"`
	Curl     string      `json:"curl"`
}

// messageJSON is a request or an answer, without secrets.
type messageJSON struct {
	Headers   http.Header `json:"headers"`
	Body      string      `json:"body"`
	Truncated bool        `json:"truncated,omitempty"` // the lab has kept only the beginning
}

func requestOf(e Exchange) requestJSON {
	return requestJSON{
		lineOf(e), e.Entry, e.URL,
		messageJSON{headersOf(e.RequestHeader), string(e.RequestBody), e.RequestTruncated},
		messageJSON{headersOf(e.ResponseHeader), string(e.ResponseBody), e.Truncated},
		e.Curl(),
	}
}

// headersOf is never nil, so that JSON has an object for it.
func headersOf(h http.Header) http.Header {
	if h == nil {
		return http.Header{}
	}
	return h
}

func oneRequest(l *Lab, r *http.Request) (any, error) {
	seq, err := strconv.Atoi(r.PathValue("seq"))
	e, ok := l.wire.one(seq)
	if err != nil || !ok {
		return nil, notFound("there is no such request, or it is not kept any more")
	}
	return requestOf(e), nil
}

// filters are the parameters that choose requests.
var filters = []string{"q", "method", "status", "broken", "after"}

var statusForm = regexp.MustCompile(`^([1-5][0-9]{0,2}|none|)$`)

// filterOf is what the parameters choose; the error says which one makes no sense.
func filterOf(q url.Values) (wanted, error) {
	if !statusForm.MatchString(q.Get("status")) {
		return wanted{}, badRequest("status: write a number such as 404, its first digits such as 4, or none")
	}
	if _, err := strconv.Atoi(q.Get("after")); err != nil && q.Has("after") {
		return wanted{}, badRequest("after: write the number (seq) of a request")
	}
	if b := q.Get("broken"); b != "" && b != "true" {
		return wanted{}, badRequest("broken: write true, or leave it out")
	}
	return wantedOf(q), nil
}

// How long a request may wait for others.
const (
	usualWait   = 10 * time.Second
	longestWait = 100 * time.Second // what lies between, such as a proxy, often gives up after two minutes
)

// waitOf reads how long a request is to wait.
func waitOf(text string) (time.Duration, error) {
	wait, err := time.ParseDuration(text)
	if err != nil || wait < 0 || wait > longestWait {
		return 0, fmt.Errorf("write a duration such as 10s, at most %s", longestWait)
	}
	return wait, nil
}

// waitForRequests answers with the requests that a filter chooses, in full, as soon as
// there are so many.
func waitForRequests(l *Lab, r *http.Request) (any, error) {
	q := r.URL.Query()
	wanted, err := filterOf(q)
	if err != nil {
		return nil, err
	}
	timeout, count := usualWait, 1
	if q.Has("timeout") {
		if timeout, err = waitOf(q.Get("timeout")); err != nil {
			return nil, badRequest("timeout: " + err.Error())
		}
	}
	if q.Has("count") {
		if count, err = strconv.Atoi(q.Get("count")); err != nil || count < 1 || count > kept {
			return nil, badRequest(fmt.Sprintf("count: write how many requests to wait for, 1 to %d", kept))
		}
	}
	ctx, cancel := context.WithTimeout(r.Context(), timeout)
	defer cancel()
	found, enough := l.waitForExchanges(ctx, wanted, count)
	if !enough {
		return nil, &httpError{http.StatusGatewayTimeout, fmt.Errorf(
			"%d of %d requests came within %s; the newest of all has the number %d", len(found), count, timeout, l.wire.last())}
	}
	full := make([]requestJSON, len(found))
	for i, e := range found {
		full[i] = requestOf(e)
	}
	return full, nil
}

// waitForExchanges waits until so many exchanges are wanted ones, or the context ends.
func (l *Lab) waitForExchanges(ctx context.Context, wanted wanted, count int) (found []Exchange, enough bool) {
	enough = l.waitUntil(ctx, func() bool {
		found = l.wire.choose(wanted.takes)
		return len(found) >= count
	})
	return found, enough
}

// waitUntil looks again after every event until it is so, or the context ends.
func (l *Lab) waitUntil(ctx context.Context, so func() bool) bool {
	for {
		_, _, more := l.events.since(l.events.last(), 0)
		if so() {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-l.ctx.Done():
			return false
		case <-more:
		}
	}
}
