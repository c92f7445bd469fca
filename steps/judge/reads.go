package judge

import (
	"bytes"
	"maps"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// At a real target each look costs its owner a request. A resource that was read since the
// session last changed anything is not read again only to know how it is; and where
// creations have proven to show what a read shows, nor is one that was just created.

// reads is what a session knows of resources without another look.
type reads struct {
	mu      sync.Mutex
	read    map[string]*Subject // by id, as last read
	created map[string]*Subject // by id, as the answers to their creation showed them
}

// note forgets what a request may have changed. A creation changes nothing but what it
// names, such as the members of a group.
func (r *reads) note(e *wire.Exchange) {
	if wire.ReadOnly(e.Method, e.URL) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	creates := e.Method == http.MethodPost && (strings.HasSuffix(e.URL, "/Users") || strings.HasSuffix(e.URL, "/Groups"))
	changed := func(id string, _ *Subject) bool {
		return !creates || e.RequestTruncated || bytes.Contains(e.RequestBody, []byte(id))
	}
	maps.DeleteFunc(r.read, changed)
	maps.DeleteFunc(r.created, changed)
}

func (r *reads) keep(s *Subject) {
	r.mu.Lock()
	defer r.mu.Unlock()
	of := &r.created
	if s.read {
		of = &r.read
	}
	if *of == nil {
		*of = map[string]*Subject{}
	}
	(*of)[s.ID] = s
}

func (r *reads) of(id string) (read, created *Subject) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.read[id], r.created[id]
}

// provenCreations is how many creations have to show what a read shows before the next
// ones are taken for it.
const provenCreations = 20

// creations is what a run has learned of its target's answers to creations.
type creations struct {
	alike  atomic.Int64
	differ atomic.Bool
}

func (c *creations) compare(created, read *Subject) {
	if created.Etag == read.Etag && scim.Equal(created.Shown, read.Shown) {
		c.alike.Add(1)
		return
	}
	c.differ.Store(true)
}

func (c *creations) showAll() bool { return c.alike.Load() >= provenCreations && !c.differ.Load() }

// wasRead keeps what a read has shown, and compares it with the creation before it.
func (j *Session) wasRead(now *Subject) {
	if _, created := j.reads.of(now.ID); created != nil {
		j.Run.creations.compare(created, now)
	}
	j.reads.keep(now)
}

// known is the resource as a read would show it now, or nil if that takes a read. On the
// embedded target it always does.
func (j *Session) known(id string) *Subject {
	if j.scope == nil {
		return nil
	}
	read, created := j.reads.of(id)
	if read == nil && created != nil && j.Run.creations.showAll() {
		whole := *created
		whole.read = true
		return &whole
	}
	return read
}

// lastRead is the subject as it was last read, or nil if something was changed since.
func (j *Session) lastRead(name string) *Subject {
	s := j.Subjects[name]
	if s == nil || j.scope == nil {
		return nil
	}
	read, _ := j.reads.of(s.ID)
	return read
}
