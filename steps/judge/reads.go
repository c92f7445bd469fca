package judge

import (
	"bytes"
	"context"
	"iter"
	"maps"
	"net/http"
	"strings"
	"sync"

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
	looks   map[string]*wire.Response

	answers map[string]answered // to changes of them, by id
	before  map[string]*Subject // as they were when a change was refused since
}

// answered is a resource as the answer to a change showed it.
type answered struct {
	subject *Subject
	method  string // of the change
}

// note forgets what a request may have changed. A creation changes nothing but what it
// names, such as the members of a group.
func (r *reads) note(e *wire.Exchange) {
	if wire.ReadOnly(e.Method, e.URL) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.looks = nil
	if e.Status >= 400 && e.Status < 500 {
		r.keepBefore()
	} else {
		r.before = nil
	}
	creates := e.Method == http.MethodPost && (strings.HasSuffix(e.URL, "/Users") || strings.HasSuffix(e.URL, "/Groups"))
	changed := func(id string, _ *Subject) bool {
		return !creates || e.RequestTruncated || bytes.Contains(e.RequestBody, []byte(id))
	}
	maps.DeleteFunc(r.read, changed)
	maps.DeleteFunc(r.created, changed)
	maps.DeleteFunc(r.answers, func(id string, _ answered) bool { return changed(id, nil) })
}

// keepBefore keeps how resources were read before a change that was refused.
func (r *reads) keepBefore() {
	if r.before == nil {
		r.before = map[string]*Subject{}
	}
	maps.Copy(r.before, r.read)
}

// refused is the resource as it was read before a change that was refused, or nil.
func (r *reads) refused(id string) *Subject {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.before[id]
}

// answer keeps what the answer to a change has shown.
func (r *reads) answer(s *Subject, method string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answers == nil {
		r.answers = map[string]answered{}
	}
	r.answers[s.ID] = answered{s, method}
}

// answered is the resource as the answer to its newest change showed it, with the method of
// that change; nil if it did not.
func (r *reads) answered(id string) (*Subject, string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a := r.answers[id]
	return a.subject, a.method
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

// look answers a judge's own look with what the same look has shown since the session last
// changed anything. On the embedded target it always asks.
func (j *Session) look(ctx context.Context, c *wire.Client, r wire.Request) (*wire.Response, error) {
	key := c.BaseURL + " " + c.Token + " " + RequestText(r)
	if answer := j.shown(key); answer != nil {
		j.spared = true
		return answer, nil
	}
	answer, err := j.Send(ctx, c, r)
	if err == nil && j.scope != nil && !j.Thorough {
		j.reads.mu.Lock()
		defer j.reads.mu.Unlock()
		if j.reads.looks == nil {
			j.reads.looks = map[string]*wire.Response{}
		}
		j.reads.looks[key] = answer
	}
	return answer, err
}

func (j *Session) shown(key string) *wire.Response {
	j.reads.mu.Lock()
	defer j.reads.mu.Unlock()
	return j.reads.looks[key]
}

// lookAgain forgets what looks have shown: it may be different by now.
func (j *Session) lookAgain() {
	j.reads.mu.Lock()
	defer j.reads.mu.Unlock()
	j.reads.looks = nil
}

// provenCreations is how many creations have to show what a read shows before the next
// ones are taken for it.
const provenCreations = 20

// creations is what a run has learned of its target's answers to creations.
type creations struct {
	mu     sync.Mutex
	alike  int
	differ bool
	shown  map[string]bool // attributes that a read has shown like the creation before it
}

func (c *creations) compare(created, read *Subject) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if created.Etag != read.Etag || !scim.Equal(created.Shown, read.Shown) {
		c.differ = true
		return
	}
	c.alike++
	if c.shown == nil {
		c.shown = map[string]bool{}
	}
	for name := range namesIn(created.Shown) {
		c.shown[name] = true
	}
}

// tell says whether an answer to a creation is as good as a read: as many before it were,
// with each attribute that it shows.
func (c *creations) tell(created *Subject) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.alike < provenCreations || c.differ {
		return false
	}
	for name := range namesIn(created.Shown) {
		if !c.shown[name] {
			return false
		}
	}
	return true
}

// namesIn are the names of all members in a value, each below those that it is in.
func namesIn(v any) iter.Seq[string] {
	return func(yield func(string) bool) { eachName(v, "", yield) }
}

func eachName(v any, within string, yield func(string) bool) bool {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if !eachName(e, within, yield) {
				return false
			}
		}
	case *scim.Object:
		for name, inner := range v.All() {
			if !yield(within+name) || !eachName(inner, within+name+".", yield) {
				return false
			}
		}
	}
	return true
}

// wasRead keeps what a read has shown, and compares it with the creation before it.
func (j *Session) wasRead(now *Subject) {
	if _, created := j.reads.of(now.ID); created != nil && created.by == "" {
		j.Run.creations.compare(created, now)
	}
	if answered, method := j.reads.answered(now.ID); answered != nil {
		j.Run.answers.to(method).compare(answered, now)
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
	if read == nil && created != nil && !j.Thorough && j.tellsAll(created) {
		j.spared = true
		whole := *created
		whole.read = true
		return &whole
	}
	return read
}

// tellsAll says whether an answer that made a resource is as good as a read.
func (j *Session) tellsAll(s *Subject) bool {
	if s.by != "" {
		return j.Run.answers.to(s.by).tell(s)
	}
	return j.Run.creations.tell(s)
}

// Known is the subject as a read would show it now, or nil if that takes a read.
func (j *Session) Known(name string) *Subject {
	if s := j.Subjects[name]; s != nil {
		return j.known(s.ID)
	}
	return nil
}

// Spare says whether the example may do without a look, and notes that it does.
func (j *Session) Spare() bool {
	if j.scope == nil || j.Thorough {
		return false
	}
	j.spared = true
	return true
}

// Spared says whether the example has believed or borrowed something to save requests: what
// it then finds wrong has to be confirmed without.
func (j *Session) Spared() bool { return j.spared }

// lastRead is the subject as it was last read, or nil if something was changed since.
func (j *Session) lastRead(name string) *Subject {
	s := j.Subjects[name]
	if s == nil || j.scope == nil {
		return nil
	}
	read, _ := j.reads.of(s.ID)
	return read
}
