package lab

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Exchange is a request with its answer, without secrets, and why it was sent.
type Exchange struct {
	*wire.Exchange
	Seq    int      // in the order in which they were answered, from 1
	Path   string   // with the query, below the base URL if it went there
	Cause  string   // what was done in Duo, or who else has asked
	Entry  string   // id of the entry of the Activity Log that tells of it; "" if none does
	About  string   // what that entry is about: a user, a group or the application
	Broken []Broken // requirements that the answer does not meet
}

// Broken is a requirement that an answer does not meet.
type Broken struct {
	ID    string `json:"id"`
	Level string `json:"level"`
	Title string `json:"title"`
	What  string `json:"what"` // what was found, and what should be there
}

// kept is how many exchanges the lab keeps, the newest, and how much of each body.
const (
	kept     = 4096
	keptBody = 64 << 10
)

// causeOther explains requests of clients that are not the simulated Duo.
const causeOther = "another client"

// exchanges are what went over the wire.
type exchanges struct {
	recorder *wire.Recorder // of the simulated Duo
	others   *wire.Recorder // of all other clients of the simulated Secure Access
	tell     func(kind string, what any)
	laws     func(x *wire.Exchange) []Broken
	base     func() string // URL of the other side

	mu      sync.Mutex
	secrets []string
	seq     int
	ring    []*Exchange
	cause   string
	open    []*Exchange // since the last entry of the Activity Log, of the same cause
}

func newExchanges(l *Lab) *exchanges {
	x := &exchanges{tell: l.events.publish, laws: l.broken, base: func() string { return l.side.url }, secrets: []string{l.opt.Token}}
	x.recorder = x.recorderOf("", nil)
	x.others = x.recorderOf(causeOther, nil)
	return x
}

// recorderOf records requests that are not the simulated Duo's, with what explains them.
// each is told the numbers.
func (x *exchanges) recorderOf(cause string, each func(seq int)) *wire.Recorder {
	x.mu.Lock()
	defer x.mu.Unlock()
	r := wire.NewRecorder(x.secrets...)
	r.Keep, r.MaxBody = 1, keptBody
	r.OnExchange = func(e *wire.Exchange) {
		seq := x.add(e, cause)
		if each != nil {
			each(seq)
		}
	}
	return r
}

// keepSecret hides a text in everything that is recorded or said from now on.
func (x *exchanges) keepSecret(secret string) {
	x.mu.Lock()
	if !slices.Contains(x.secrets, secret) {
		x.secrets = append(x.secrets, secret)
	}
	x.mu.Unlock()
	x.recorder.AddSecret(secret)
	x.others.AddSecret(secret)
}

// hide takes the secrets out of a text.
func (x *exchanges) hide(text string) string { return x.recorder.Hide(text) }

// begin says why what follows is sent.
func (x *exchanges) begin(cause string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.cause, x.open = cause, nil
}

// add notes an exchange and returns its number. foreign is why it was sent, if not by the
// simulated Duo.
func (x *exchanges) add(recorded *wire.Exchange, foreign string) int {
	e := &Exchange{Exchange: recorded, Broken: x.laws(recorded), Path: pathBelow(recorded.URL, x.base())}
	x.mu.Lock()
	x.seq++
	e.Seq, e.Cause = x.seq, cmp.Or(foreign, x.cause)
	x.ring = append(x.ring, e)
	if len(x.ring) > kept {
		x.ring = x.ring[len(x.ring)-kept:]
	}
	if foreign == "" {
		x.open = append(x.open, e)
	}
	x.mu.Unlock()
	x.tell(eventExchange, lineOf(*e))
	if changes(recorded.Method) {
		x.tell(eventSecureAccess, map[string]int{"exchange": e.Seq})
	}
	return e.Seq
}

func changes(method string) bool { return method != "GET" && method != "HEAD" }

// explain says that an entry of the Activity Log tells of the exchanges since the one
// before it: Duo works on one user or group at a time, and then tells of it.
func (x *exchanges) explain(e duo.Entry) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, open := range x.open {
		open.Entry, open.About = e.ID, e.Affected.Name
	}
	x.open = nil
}

// last is the Seq of the newest exchange, 0 if there is none.
func (x *exchanges) last() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.seq
}

// causedBy lists the exchanges of a cause after the one with this Seq.
func (x *exchanges) causedBy(cause string, after int) []int {
	var found []int
	for _, e := range x.choose(func(e *Exchange) bool { return e.Seq > after && e.Cause == cause }) {
		found = append(found, e.Seq)
	}
	return found
}

// choose returns copies of the exchanges that are wanted, oldest first.
func (x *exchanges) choose(wanted func(*Exchange) bool) []Exchange {
	x.mu.Lock()
	defer x.mu.Unlock()
	var found []Exchange
	for _, e := range x.ring {
		if wanted(e) {
			found = append(found, *e)
		}
	}
	return found
}

// one returns the exchange with this Seq.
func (x *exchanges) one(seq int) (Exchange, bool) {
	found := x.choose(func(e *Exchange) bool { return e.Seq == seq })
	if len(found) == 0 {
		return Exchange{}, false
	}
	return found[0], true
}

// clear forgets all exchanges.
func (x *exchanges) clear() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.ring, x.open = nil, nil
}

// wanted is what the wire view is asked for. An empty field wants all.
type wanted struct {
	Text   string // part of method, URL, cause or what it is about
	Method string
	Status string // such as "404", or "4" for 400 to 499, or "none"
	Broken bool   // only answers that do not meet a requirement
	After  int    // only exchanges after this one
}

func (q wanted) takes(e *Exchange) bool {
	status := strconv.Itoa(e.Status)
	if e.Status == 0 {
		status = "none"
	}
	text := strings.ToLower(strings.Join([]string{e.Method, e.URL, e.Cause, e.About}, " "))
	return e.Seq > q.After &&
		(q.Method == "" || strings.EqualFold(q.Method, e.Method)) &&
		strings.HasPrefix(status, q.Status) &&
		(!q.Broken || len(e.Broken) > 0) &&
		strings.Contains(text, strings.ToLower(strings.TrimSpace(q.Text)))
}
