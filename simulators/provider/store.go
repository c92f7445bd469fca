package provider

import (
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// store keeps the entries of all kinds and everything that is looked up in
// them: ids, indexes, the order of creation and who refers to whom. Its methods
// keep these in step and expect the caller to hold the lock.
type store struct {
	sync.RWMutex
	byID map[string]*entry
	all  sequence
	seq  uint64
}

// find returns the entry with the id if it is of this kind, else 404.
func (s *store) find(k *kind, id string) (*entry, error) {
	e := s.byID[id]
	if e == nil || e.kind != k {
		return nil, scim.NotFound(k.Name, id)
	}
	return e, nil
}

func (s *store) insert(e *entry) {
	s.seq++
	e.seq = s.seq
	s.byID[e.id] = e
	s.all.append(e)
	e.kind.all.append(e)
	s.reindex(e, nil, e.resource)
}

// replace puts another object in the entry's place.
func (s *store) replace(e *entry, resource *scim.Object, now time.Time) {
	s.reindex(e, e.resource, resource)
	e.resource, e.roster = resource, nil
	e.touch(now)
}

// touch marks the entry as modified. The time moves forward even when the
// clock did not, so that a client can rely on it to see a change.
func (e *entry) touch(now time.Time) {
	if !now.After(e.modified) {
		now = e.modified.Add(time.Millisecond)
	}
	e.modified = now
	e.revision++
}

func (s *store) remove(e *entry) {
	delete(s.byID, e.id)
	s.all.remove(e)
	e.kind.all.remove(e)
	s.reindex(e, e.resource, nil)
}

// reindex moves the entry from where the one object is found to where the other
// is; nil stands for no object.
func (s *store) reindex(e *entry, before, after *scim.Object) {
	for _, c := range e.kind.columns {
		c.move(e, before, after)
	}
	for _, r := range e.kind.references {
		for _, element := range r.elements(before) {
			if target := s.byID[element.String("value")]; target != nil {
				delete(target.referrers, edge{e, r})
			}
		}
		for _, element := range r.elements(after) {
			target := s.byID[element.String("value")]
			if target.referrers == nil {
				target.referrers = map[edge]struct{}{}
			}
			target.referrers[edge{e, r}] = struct{}{}
		}
	}
}
