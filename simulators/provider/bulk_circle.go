package provider

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// circle finds operations that wait for one another in a circle and for nothing
// else: what Tarjan's algorithm for strongly connected components completes
// first. It is nil when no operation is left, and expects that each one left
// waits for another. Only creations can be in a circle, as nothing waits for a
// change but a later change of the same resource.
func (j *bulkJob) circle() []*bulkOperation {
	for _, o := range j.operations[j.done:] {
		if o.result == nil {
			s := circleSearch{index: map[*bulkOperation]int{}, low: map[*bulkOperation]int{}}
			return s.from(o)
		}
	}
	return nil
}

type circleSearch struct {
	index, low map[*bulkOperation]int
	stack      []*bulkOperation
}

// from visits what the operation waits for, and returns the first component.
func (s *circleSearch) from(o *bulkOperation) []*bulkOperation {
	position := len(s.stack)
	s.index[o], s.low[o] = position, position
	s.stack = append(s.stack, o)
	for _, other := range o.needs {
		if other.result != nil {
			continue
		}
		if _, seen := s.index[other]; !seen {
			if found := s.from(other); found != nil {
				return found
			}
		}
		s.low[o] = min(s.low[o], s.low[other])
	}
	if s.low[o] == position {
		return s.stack[position:]
	}
	return nil
}

// performCircle creates resources that refer to one another: all of them, or, if
// one cannot be created, none (RFC 7644 section 3.7.1). They are first created
// without the references that lead nowhere yet, and then completed. The lock is held
// meanwhile, so no other request sees half of it.
func (j *bulkJob) performCircle(circle []*bulkOperation) {
	j.store.Lock()
	defer j.store.Unlock()
	entries, culprit, err := j.createCircle(circle)
	if err == nil {
		culprit, err = j.completeCircle(circle, entries)
	}
	if err != nil {
		for _, e := range entries {
			j.store.forget(e, j.now())
			j.store.remove(e)
		}
		for _, o := range circle {
			delete(j.created, o.bulkID)
		}
	}
	for i, o := range circle {
		switch {
		case err == nil:
			j.wasCreated(&call{base: j.call.base, txn: j.call.operationTxn(o.position)}, entries[i])
			j.finish(o, j.resource(j.call, entries[i], http.StatusCreated, entries[i].kind.selection(projection{})), nil)
		case o == culprit:
			j.finish(o, nil, err)
		default:
			j.finish(o, nil, scim.Conflict("the operation refers in a circle to %s%s, which could not be created", bulkPrefix, culprit.bulkID))
		}
	}
}

// createCircle creates the resources without their references to one another.
// On an error it also returns whose fault that is and what was created before.
func (j *bulkJob) createCircle(circle []*bulkOperation) (entries []*entry, culprit *bulkOperation, err error) {
	for _, o := range circle {
		k, d, err := j.draft(o)
		if err != nil {
			return entries, o, err
		}
		for _, r := range k.references {
			d.resource = r.with(d.resource, withoutBulkIDs(r.elements(d.resource)))
		}
		k.setSchemas(d.resource)
		e, err := j.add(k, d)
		if err != nil {
			return entries, o, err
		}
		entries = append(entries, e)
		j.created[o.bulkID] = e.id
	}
	return entries, nil, nil
}

// completeCircle gives the resources, which all have their id now, the references.
func (j *bulkJob) completeCircle(circle []*bulkOperation, entries []*entry) (culprit *bulkOperation, err error) {
	for i, o := range circle {
		_, data, err := j.resolved(o)
		if err == nil {
			err = j.replaceBy(entries[i], data)
		}
		if err != nil {
			return o, err
		}
	}
	return nil, nil
}

func (j *bulkJob) replaceBy(e *entry, data *scim.Object) error {
	d, err := e.kind.acceptWhole(data)
	if err != nil {
		return err
	}
	return j.update(e, d)
}

// draft is the operation's data with the references replaced that can be by now.
func (j *bulkJob) draft(o *bulkOperation) (*kind, draft, error) {
	k := j.kindAt(o.path[0])
	if k == nil {
		return nil, draft{}, scim.NotFound("/"+o.path[0], "")
	}
	_, data := o.rewrite(func(bulkID string) string {
		if id, ok := j.created[bulkID]; ok {
			return id
		}
		return bulkPrefix + bulkID
	})
	d, err := k.acceptWhole(data)
	return k, d, err
}

// withoutBulkIDs drops the references that are not replaced yet.
func withoutBulkIDs(elements []*scim.Object) []*scim.Object {
	kept := make([]*scim.Object, 0, len(elements))
	for _, element := range elements {
		if !strings.HasPrefix(element.String("value"), bulkPrefix) {
			kept = append(kept, element)
		}
	}
	return kept
}
