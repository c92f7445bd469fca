package provider

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// EventsPath is where the events of a provider are polled (RFC 8936), below its base path.
// One result of an asynchronous request is read by GET, with its Set-Txn behind this path.
const EventsPath = "/Events"

const (
	tokenType  = "application/secevent+jwt" // RFC 8417 section 7.2
	manyEvents = 10_000                     // that wait to be acknowledged; the oldest go first
	longPoll   = 20 * time.Second           // how long a poll waits for an event
)

// event is a token that waits to be polled.
type event struct {
	jti, txn, token string
	isResult        bool // of an asynchronous request
}

// eventStream keeps the events in their order until they are acknowledged, and the results
// of asynchronous requests also after that.
type eventStream struct {
	mu      sync.Mutex
	waiting []*event
	results []*event
	came    chan struct{} // closed when the next event comes; nil if nobody waits
}

func (s *eventStream) put(e *event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = latest(append(s.waiting, e))
	if e.isResult {
		s.results = latest(append(s.results, e))
	}
	if s.came != nil {
		close(s.came)
		s.came = nil
	}
}

func latest(events []*event) []*event { return events[max(0, len(events)-manyEvents):] }

// acknowledge lets go of the events with these ids.
func (s *eventStream) acknowledge(ids []any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = slices.DeleteFunc(s.waiting, func(e *event) bool { return slices.Contains(ids, any(e.jti)) })
}

// take is what waits, and a channel that tells when more comes.
func (s *eventStream) take() ([]*event, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.came == nil {
		s.came = make(chan struct{})
	}
	return slices.Clone(s.waiting), s.came
}

// result is that of the asynchronous request with this id; nil if there is none.
func (s *eventStream) result(txn string) *event {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.results {
		if e.txn == txn {
			return e
		}
	}
	return nil
}

// giveEvents answers for EventsPath.
func (p *Provider) giveEvents(c *call) (*answer, error) {
	if len(c.path) > 2 {
		return nil, scim.NotFound(c.URL.Path, "")
	}
	if len(c.path) == 2 {
		if err := c.allow(http.MethodGet); err != nil {
			return nil, err
		}
		e := p.events.result(c.path[1])
		if e == nil {
			return nil, scim.NotFound("result", c.path[1])
		}
		return &answer{status: http.StatusOK, token: e.token}, nil
	}
	if err := c.allow(http.MethodPost); err != nil {
		return nil, err
	}
	asked, err := c.object(p.config.MaxBody)
	if err != nil {
		return nil, err
	}
	return p.poll(c, asked)
}

// poll answers a request of RFC 8936 section 2.2.
func (p *Provider) poll(c *call, asked *scim.Object) (*answer, error) {
	p.events.acknowledge(asked.Array("ack"))
	most := manyEvents
	if v, given := asked.Get("maxEvents"); given {
		number, _ := v.(json.Number)
		n, err := strconv.Atoi(number.String())
		if err != nil || n < 0 {
			return nil, scim.InvalidValue("maxEvents has to be an integer from 0 on")
		}
		most = n
	}
	if now, _ := asked.Get("returnImmediately"); now != true && most > 0 {
		p.awaitEvents(c.Context())
	}
	waiting, _ := p.events.take()
	sets := scim.NewObject()
	for _, e := range waiting[:min(most, len(waiting))] {
		sets.Set(e.jti, e.token)
	}
	body := scim.NewObject(scim.Member{Name: "sets", Value: sets})
	if len(waiting) > most {
		body.Set("moreAvailable", true)
	}
	return &answer{status: http.StatusOK, header: http.Header{"Content-Type": {"application/json"}}, body: body}, nil
}

// awaitEvents waits until there is an event, at most as long as a poll may take.
func (p *Provider) awaitEvents(ctx context.Context) {
	waiting, came := p.events.take()
	if len(waiting) > 0 {
		return
	}
	timer := time.NewTimer(longPoll)
	defer timer.Stop()
	select {
	case <-came:
	case <-timer.C:
	case <-ctx.Done():
	}
}
