package lab

import (
	"encoding/json"
	"sync"
	"time"
)

// The kinds of events.
const (
	eventDirectory    = "directory"     // users or groups in Duo have changed
	eventApplication  = "application"   // the settings have changed
	eventEntry        = "entry"         // the Activity Log has one entry more
	eventExchange     = "exchange"      // a request was answered
	eventSecureAccess = "secure-access" // the other side has changed
	eventStatus       = "status"        // what Duo is doing
	eventGuide        = "guide"         // a step of the guide was done
	eventJudge        = "judge"         // the conformance run has come further
)

// event is something that happened in the lab, for pages and streams. It holds no
// secret.
type event struct {
	id   uint64
	kind string
	data json.RawMessage
}

// ringSize is how many events a reader that was away finds again.
const ringSize = 2048

// bus hands events to any number of readers, each at its own pace.
type bus struct {
	mu    sync.Mutex
	ring  []event
	first uint64 // id of the first event of this process
	next  uint64
	more  chan struct{} // closed when there is one more
}

// newBus counts from the time of the start, so that an id of an earlier process is
// known to be one.
func newBus() *bus {
	id := uint64(max(time.Now().UnixMilli(), 0))
	return &bus{first: id, next: id, more: make(chan struct{})}
}

func (b *bus) publish(kind string, what any) {
	data, err := json.Marshal(what)
	if err != nil {
		data = []byte("null")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ring = append(b.ring, event{b.next, kind, data})
	b.next++
	if len(b.ring) > ringSize {
		b.ring = b.ring[len(b.ring)-ringSize:]
	}
	close(b.more)
	b.more = make(chan struct{})
}

// last is the id of the newest event.
func (b *bus) last() uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.next - 1
}

// since returns the newest events after the one with this id, at most so many, how many
// older ones it left out, and what is closed when there are more. An id of another
// process is taken for the one before the first.
func (b *bus) since(id uint64, most int) (events []event, leftOut uint64, more <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if id+1 < b.first || id >= b.next {
		id = b.first - 1
	}
	missed := b.next - 1 - id
	kept := min(missed, uint64(len(b.ring)), uint64(max(most, 0)))
	return b.ring[uint64(len(b.ring))-kept:], missed - kept, b.more
}
