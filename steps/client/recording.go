// Package client judges SCIM clients. A recording is what a client sent while it was asked
// to do one task after the other; the sentences of the features are functions of it. The
// package visit makes recordings.
package client

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Recording is what one client sent, with the tasks that it was given.
type Recording struct {
	Base      string // base URL as the client was given it
	Tasks     []Task // in the order in which they were asked for
	Exchanges []*Exchange
	IDs       map[string]bool // every id that the target has given out
	Impostors int             // connections that were shown the certificate of somebody else
}

// Task is something that the client was asked to do.
type Task struct {
	Name   string // for scripts: "create-user"
	Title  string // as the sentences say it: "create a user"
	Met    string // what stood before the endpoint meanwhile; "" for nothing
	State  TaskState
	Reason string // why it was not done; "" if it was
	Before State  // of the target when it began
	After  State  // of the target when it ended
}

// TaskState is what became of a task.
type TaskState string

// The states of a task.
const (
	Done    TaskState = "done"    // the target shows it, or somebody said so
	Skipped TaskState = "skipped" // it cannot be done with this client, or was not reached
	Unasked TaskState = "unasked" // the endpoint has not what it takes to ask for it
	Undone  TaskState = "undone"  // it ended, and the target does not show it
)

// Exchange is a request of the client with its answer, and what the evidence no longer
// shows because secrets are hidden in it. Times are those of the judge's clock.
type Exchange struct {
	*wire.Exchange
	Task      string    // by name; "" before the first
	Met       string    // what it met before the endpoint; "" for nothing
	Began     time.Time // when its header was read
	Ended     time.Time // when its answer had been written
	Token     Token
	TLS       uint16  // version, as in crypto/tls; 0 for plain HTTP
	Elsewhere bool    // it reached the other host of a redirect
	Imposture bool    // it came over a connection with the certificate of somebody else
	Misread   Misread // why the endpoint could not read it; "" if it could
}

// Misread says why something that came was no request to the endpoint.
type Misread string

// The reasons. The text is that of messages.
const (
	Malformed Misread = "it is no HTTP request"
	TLSHere   Misread = "the client speaks TLS, and this endpoint plain HTTP"
	PlainHere Misread = "the client speaks plain HTTP, and this endpoint TLS"
)

// Token says where a request had the token.
type Token struct {
	Header  bool // the right one in Authorization, with the scheme Bearer
	Address bool // in the URL
	Body    bool // in the body
}

// Anywhere says whether the request had the token at all.
func (t Token) Anywhere() bool { return t.Header || t.Address || t.Body }

// Path is the decoded path below the base URL in segments; nil if it is not below it.
func (r *Recording) Path(x *Exchange) []string {
	base, err := url.Parse(r.Base)
	if err != nil {
		return nil
	}
	_, rest, ok := strings.Cut(rawPath(x.URL), base.EscapedPath()+"/")
	if !ok || !strings.HasPrefix(rawPath(x.URL), base.EscapedPath()+"/") {
		return nil
	}
	segments := strings.Split(strings.TrimSuffix(rest, "/"), "/")
	for i, s := range segments {
		if plain, err := url.PathUnescape(s); err == nil {
			segments[i] = plain
		}
	}
	return segments
}

// Bulk says whether the client has sent bulk requests.
func (r *Recording) Bulk() bool {
	return slices.ContainsFunc(r.Exchanges, func(x *Exchange) bool {
		path := r.Path(x)
		return len(path) > 0 && path[0] == "Bulk"
	})
}

// rawPath is the path of an absolute URL as it was sent.
func rawPath(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	slash := strings.IndexByte(rest, '/')
	if slash < 0 {
		return "/"
	}
	path, _, _ := strings.Cut(rest[slash:], "?")
	return path
}

// Query are the decoded parameters of the request.
func (x *Exchange) Query() url.Values {
	_, raw, _ := strings.Cut(x.URL, "?")
	values, _ := url.ParseQuery(raw) // what cannot be read is left out: CLIENT-URL-01 judges it
	return values
}

// Changes says whether the request may change something.
func (x *Exchange) Changes() bool { return x.Misread == "" && !wire.ReadOnly(x.Method, x.URL) }

// Succeeded says whether the endpoint did what was asked.
func (x *Exchange) Succeeded() bool { return x.Status >= 200 && x.Status < 300 }

// task finds a task by its title.
func (r *Recording) task(title string) (*Task, int) {
	for i := range r.Tasks {
		if r.Tasks[i].Title == title {
			return &r.Tasks[i], i
		}
	}
	return nil, -1
}

// during are the exchanges with the endpoint while the task was the current one.
func (r *Recording) during(name string) []*Exchange {
	var found []*Exchange
	for _, x := range r.Exchanges {
		if x.Task == name && !x.Elsewhere && x.Misread == "" {
			found = append(found, x)
		}
	}
	return found
}
