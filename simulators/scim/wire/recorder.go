package wire

import (
	"net/http"
	"sync"
	"time"
)

// DefaultMaxBody is how many bytes of each body a Recorder keeps by default.
const DefaultMaxBody = 256 << 10

// Recorder keeps the exchanges of clients and servers, without secrets. It is
// safe for concurrent use; its exported fields are set before the first
// exchange.
type Recorder struct {
	// MaxBody is how many bytes of each body are kept; 0 means DefaultMaxBody.
	// What passes through is never limited.
	MaxBody int
	// Keep is how many exchanges are kept, the newest; 0 means all. A server
	// that runs for days sets it.
	Keep int
	// OnExchange, if not nil, is called with each exchange after it was
	// recorded, by the goroutine that completed it: several may call at once.
	OnExchange func(*Exchange)

	secrets   Secrets
	mu        sync.Mutex
	seq       int
	exchanges []*Exchange
}

// NewRecorder returns a recorder that hides these secrets.
func NewRecorder(secrets ...string) *Recorder {
	r := &Recorder{}
	for _, s := range secrets {
		r.AddSecret(s)
	}
	return r
}

// AddSecret makes the recorder hide s in the exchanges completed from now on.
func (r *Recorder) AddSecret(s string) { r.secrets.Add(s) }

// Hide takes the recorder's secrets out of a text.
func (r *Recorder) Hide(text string) string { return r.secrets.Hide(text) }

// Exchanges returns the exchanges in the order in which they were completed.
func (r *Recorder) Exchanges() []*Exchange { return r.Since(0) }

// Since returns the exchanges that were completed after the one with this Seq.
func (r *Recorder) Since(seq int) []*Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	first := r.seq - len(r.exchanges) // Seq of the newest exchange that is no longer kept
	from := min(max(seq-first, 0), len(r.exchanges))
	return append([]*Exchange(nil), r.exchanges[from:]...)
}

// Last returns the Seq of the newest exchange, or 0. Pass it to Since to get
// what follows.
func (r *Recorder) Last() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seq
}

func (r *Recorder) maxBody() int {
	if r.MaxBody == 0 {
		return DefaultMaxBody
	}
	return r.MaxBody
}

// draft is an exchange under way: what is known at its beginning, and the
// bodies as they pass.
type draft struct {
	recorder *Recorder
	exchange Exchange
	request  capture
	response capture
	once     sync.Once
	above    *draft // of the recorder above, for NoteSent
}

func (r *Recorder) begin(method, url string, header http.Header) *draft {
	d := &draft{recorder: r}
	d.request.limit, d.response.limit = r.maxBody(), r.maxBody()
	d.exchange = Exchange{
		Started: time.Now(),
		Method:  method, URL: r.secrets.Hide(url), RequestHeader: r.secrets.HideHeader(header),
	}
	return d
}

// answer notes the status line and the header.
func (d *draft) answer(status int, header http.Header) {
	d.exchange.Status = status
	d.exchange.ResponseHeader = d.recorder.secrets.HideHeader(header)
}

// finish completes the exchange and records it, once.
func (d *draft) finish(problem string) {
	d.once.Do(func() {
		r, e := d.recorder, &d.exchange
		e.Duration = time.Since(e.Started)
		e.Err = Excerpt(r.secrets.Hide(problem), 300)
		e.RequestBody, e.RequestTruncated = d.request.body(&r.secrets)
		e.ResponseBody, e.Truncated = d.response.body(&r.secrets)
		kept := *e // without the draft: who keeps an exchange keeps nothing else
		r.add(&kept)
		if r.OnExchange != nil {
			r.OnExchange(&kept)
		}
	})
}

func (r *Recorder) add(e *Exchange) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seq++
	e.Seq = r.seq
	r.exchanges = append(r.exchanges, e)
	if extra := len(r.exchanges) - r.Keep; r.Keep > 0 && extra > 0 {
		clear(r.exchanges[:extra])
		r.exchanges = r.exchanges[extra:]
	}
}

// capture keeps the first bytes of a body. The transport may still write the
// request's body when the answer is complete, hence the lock.
type capture struct {
	mu    sync.Mutex
	limit int
	data  []byte
	more  bool
}

func (c *capture) write(p []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := min(len(p), c.limit-len(c.data))
	c.data = append(c.data, p[:n]...)
	c.more = c.more || n < len(p)
}

func (c *capture) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.data, c.more = nil, false
}

func (c *capture) body(s *Secrets) (data []byte, truncated bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return s.HideBody(c.data, c.more), c.more
}
