package visit

import (
	"bytes"
	"net"
	"regexp"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/client"
)

// watchedListener tells of what net/http refuses before any handler sees it.
type watchedListener struct {
	net.Listener
	unread func(head []byte, status int)
}

// Accept returns a connection that is watched.
func (l *watchedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &watchedConn{Conn: conn, unread: l.unread}, nil
}

// maxHead is how much of a request is kept until it is answered.
const maxHead = 2048

// watchedConn keeps the beginning of what was read since the last answer.
type watchedConn struct {
	net.Conn
	unread func(head []byte, status int)

	mu   sync.Mutex
	head []byte
}

func (c *watchedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.head = append(c.head, p[:min(n, maxHead-len(c.head))]...)
	return n, err
}

// refusal matches how net/http itself refuses: no handler here answers in plain text and
// closes the connection, or speaks HTTP/1.0.
var refusal = regexp.MustCompile(`^HTTP/1\.(?:1 (\d\d\d) [^\r]*\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n|0 (400) Bad Request\r\n)`)

func (c *watchedConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	head := c.head
	c.head = nil
	c.mu.Unlock()
	if found := refusal.FindSubmatch(p); found != nil {
		status := 0
		for _, digit := range string(bytes.Join(found[1:], nil)) {
			status = status*10 + int(digit-'0')
		}
		c.unread(head, status)
	}
	return c.Conn.Write(p)
}

// unread keeps what came and was no request: its first line, as the rest may hold a token.
func (h *Host) unread(head []byte, status int) {
	first, _, _ := strings.Cut(string(head), "\n")
	line := strings.TrimSpace(first)
	method, _, _ := strings.Cut(line, " ")
	if methods.MatchString(method) && len(head) < maxHead && !bytes.Contains(head, []byte("\r\n\r\n")) {
		return // the client went away before its request was whole
	}
	why := client.Malformed
	switch {
	case len(head) > 0 && head[0] == 0x16 && h.options.Certificate == nil:
		line, method, why = "", "", client.TLSHere
		h.tell("a client speaks TLS here: give it the base URL with http://, or start with --tls-cert and --tls-key")
	case h.options.Certificate != nil: // what comes within TLS is out of sight here
		why = client.PlainHere
		h.tell("a client speaks plain HTTP here: give it the base URL with https://")
	}
	if !methods.MatchString(method) {
		method = "?"
	}
	var secrets wire.Secrets
	secrets.Add(h.options.Token)
	line = inQuery.ReplaceAllString(line, "${1}[hidden]")
	h.mu.Lock()
	name := ""
	if h.current != nil {
		name = h.current.Name
	}
	h.mu.Unlock()
	now := h.options.Now()
	h.add(&client.Exchange{
		Exchange: &wire.Exchange{Started: now, Method: method, URL: h.base, RequestBody: secrets.HideBody([]byte(line), true), Status: status, Err: string(why)},
		Task:     name, Began: now, Ended: now, Misread: why,
	})
}

// inQuery matches a token in an address that cannot be parsed.
var inQuery = regexp.MustCompile(`(` + formParameter + `=)[^&\s]+`)

var methods = regexp.MustCompile(`^[A-Z]{3,10}$`)
