package safety

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// unanswered sorts an error into requests that never left and those whose fate
// only the target knows.
func (g *Guard) unanswered(err error, all ...*creation) {
	for _, c := range all {
		if neverSent(err) {
			_ = g.settle(c)
		}
	}
}

func neverSent(err error) bool {
	var op *net.OpError
	var certificate *tls.CertificateVerificationError
	return errors.Is(err, ErrMaxRequests) || errors.Is(err, errNotSent) ||
		errors.As(err, &op) && op.Op == "dial" || errors.As(err, &certificate)
}

// maxAnswer is how much of an answer is read in search of an id, in bytes.
const maxAnswer = 1 << 20

// created records what the answer tells, before anybody else sees it. Its body
// may be no JSON, or end half-way: the Location header alone will do.
func (g *Guard) created(c *creation, answer *http.Response) (*http.Response, error) {
	err := g.learn(c, answer)
	if err != nil {
		_ = answer.Body.Close()
		return nil, err
	}
	return answer, nil
}

func (g *Guard) learn(c *creation, answer *http.Response) error {
	if createsNothing(answer.StatusCode) {
		return g.refuse(c)
	}
	g.mu.Lock()
	c.why = fmt.Sprintf("was answered %d without an id", answer.StatusCode)
	g.mu.Unlock()
	if !isSuccess(answer.StatusCode) {
		return nil
	}
	if path := locatedPath(c.collection, answer.Header.Get("Location")); path != nil {
		if err := g.found(c, path, evidence{}); err != nil {
			return err
		}
	}
	// What is no object is not for the guard to judge: the creation stays doubtful.
	resource := readObject(peek(answer))
	if path := resourcePath(c.collection, idOf(resource)); path != nil {
		return g.found(c, path, evidence{confirmed: g.marker.On(resource), born: birth(resource, answer.Header)})
	}
	return nil
}

// watch learns from a read that a path leads to what this run created there: then
// clean-up need not look again before it deletes. A read that asks for a part shows no lie.
func (g *Guard) watch(r *http.Request, path []string, answer *http.Response) {
	key := pathText(path)
	g.mu.Lock()
	c := g.known[key]
	due := c != nil && c.state == present && !c.seen
	g.mu.Unlock()
	if !due || answer.StatusCode != http.StatusOK {
		return
	}
	resource := readObject(peek(answer))
	isOurs := g.marker.On(resource) && idOf(resource) == path[len(path)-1]
	g.mu.Lock()
	c.seen = isOurs
	counts := c.confirmed && !c.changed
	g.mu.Unlock()
	if counts && (isOurs || r.URL.RawQuery == "") {
		g.tells(isOurs)
	}
}

// createsNothing says whether a server that answers so is taken at its word: the
// final walk of clean-up finds it out if it was not true.
func createsNothing(status int) bool {
	return status >= 300 && status < 500 && status != http.StatusRequestTimeout
}

func isSuccess(status int) bool { return status >= 200 && status < 300 }

// idOf is the resource's id; a number, which is wrong, serves as well.
func idOf(resource *scim.Object) string {
	switch id, _ := resource.Get("id"); id := id.(type) {
	case string:
		return id
	case json.Number:
		return id.String()
	}
	return ""
}

// birth is meta.created if that is the time of the answer by the server's own
// clock, give or take a few seconds.
func birth(resource *scim.Object, header http.Header) string {
	text := resource.Object("meta").String("created")
	created, err := time.Parse(time.RFC3339, text)
	now, errNow := http.ParseTime(header.Get("Date"))
	if err != nil || errNow != nil || now.Sub(created).Abs() > 5*time.Second {
		return ""
	}
	return text
}

// peek reads the beginning of the answer's body and puts it back, together with
// the error that ended it, if any.
func peek(answer *http.Response) []byte {
	head, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	rest := io.Reader(answer.Body)
	if err != nil {
		rest = failedReader{err}
	}
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), rest), answer.Body}
	return head
}

type failedReader struct{ err error }

func (f failedReader) Read([]byte) (int, error) { return 0, f.err }
