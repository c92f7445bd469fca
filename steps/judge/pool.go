package judge

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Most examples need a user or group that is nothing but there. At a real target one that an
// example leaves as it was serves the next example: that saves its creation and its removal.

// pool has the plain resources that no example uses.
type pool struct {
	mu   sync.Mutex
	free map[string][]*plain // by collection
}

// plain is a resource of the template, as it was last read.
type plain struct {
	subject *Subject
	made    *wire.Exchange // its creation
}

// poolSize is how many of a collection wait for another example. More would make every
// list of the target longer.
const poolSize = 24

func (p *pool) take(collection string) *plain {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.free[collection]
	if len(all) == 0 {
		return nil
	}
	p.free[collection] = all[1:]
	return all[0]
}

func (p *pool) give(x *plain) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free == nil {
		p.free = map[string][]*plain{}
	}
	of := x.subject.Collection
	if len(p.free[of]) >= poolSize {
		return false
	}
	p.free[of] = append(p.free[of], x)
	return true
}

// MakePlain makes a subject of the template, or takes one that another example has left
// as it was.
func (j *Session) MakePlain(ctx context.Context, name, collection string) error {
	if j.Shares && j.scope != nil {
		if x := j.Run.pool.take(collection); x != nil {
			j.borrow(name, x)
			return nil
		}
	}
	if err := j.MakeGiven(ctx, name, collection, j.Template(collection, name)); err != nil {
		return err
	}
	if made := j.Wire.Exchanges(); j.Shares && j.scope != nil && len(made) > 0 {
		j.plain = append(j.plain, &plain{j.Subjects[name], creationOf(made, j.Subjects[name].ID)})
	}
	return nil
}

// creationOf is the POST that was answered with the id.
func creationOf(all []*wire.Exchange, id string) *wire.Exchange {
	for _, e := range slices.Backward(all) {
		if e.Method == http.MethodPost && (bytes.Contains(e.ResponseBody, []byte(id)) || strings.HasSuffix(e.ResponseHeader.Get("Location"), id)) {
			return e
		}
	}
	return nil
}

// borrow makes the resource the example's own, with its name.
func (j *Session) borrow(name string, x *plain) {
	j.scope.Adopt(x.subject.Collection, x.subject.ID)
	j.Borrowed = append(j.Borrowed, x.made)
	j.spared = true
	j.plain = append(j.plain, x)
	j.Subjects[name] = x.subject
	if x.subject.read {
		j.reads.keep(x.subject)
	}
	if j.names == nil {
		j.names = map[string]string{}
	}
	j.names[x.subject.Collection+" "+name] = x.subject.Shown.String(Naming(x.subject.Collection))
}

// GiveBack leaves to other examples what this one has left as it was: at once, or when it
// is in no group of this example any more.
func (j *Session) GiveBack() {
	all := j.Wire.Exchanges()
	for _, x := range j.plain {
		now := j.untouched(x, all)
		if now == nil && j.onlyReferredTo(x, all) {
			unread := *x.subject
			unread.read = false
			j.parting = append(j.parting, &plain{&unread, x.made})
			continue
		}
		if now != nil && x.made != nil && j.Run.pool.give(&plain{now, x.made}) {
			j.scope.Release(x.subject.Collection, x.subject.ID)
		}
	}
}

// onlyReferredTo says whether all that was sent about a user was sent to groups.
func (j *Session) onlyReferredTo(x *plain, all []*wire.Exchange) bool {
	return x.made != nil && x.subject.Collection == "Users" && !slices.ContainsFunc(all, func(e *wire.Exchange) bool {
		about := e != x.made && !wire.ReadOnly(e.Method, e.URL) && names(e, x.subject)
		return about && (!strings.Contains(e.URL, "/Groups") || strings.Contains(e.URL, x.subject.ID))
	})
}

// part removes what the session has made but the users that only its groups referred to,
// which other examples may have.
func (j *Session) part(ctx context.Context) {
	for _, x := range j.parting {
		j.scope.Release(x.subject.Collection, x.subject.ID)
	}
	handed := j.handedOver()
	for _, s := range handed {
		j.scope.Release(s.Collection, s.ID)
	}
	j.scope.Cleanup(ctx)
	for _, s := range handed {
		if !j.Run.used.give(s) {
			j.scope.Adopt(s.Collection, s.ID)
		}
	}
	for _, x := range j.parting {
		if !j.Run.pool.give(x) {
			j.scope.Adopt(x.subject.Collection, x.subject.ID)
		}
	}
	j.scope.Cleanup(ctx)
}

// untouched is the resource as it was last read, if nothing that was sent could have
// changed it, or else a read after it has shown that it did not; nil otherwise.
func (j *Session) untouched(x *plain, all []*wire.Exchange) *Subject {
	since := slices.DeleteFunc(slices.Clone(all), func(e *wire.Exchange) bool { return e == x.made })
	if now := j.known(x.subject.ID); now != nil {
		return j.asBefore(x.subject, since)
	}
	return nil
}

// asBefore is the resource as it was, if no request could have changed it, or else as a
// read after it has shown that it did not; nil otherwise.
func (j *Session) asBefore(was *Subject, since []*wire.Exchange) *Subject {
	touched := false
	for _, e := range since {
		if !wire.ReadOnly(e.Method, e.URL) && names(e, was) {
			if e.Status < 400 || e.Status >= 500 {
				return nil
			}
			touched = true
		}
	}
	now := j.known(was.ID)
	switch {
	case now == nil && !touched:
		unread := *was
		unread.read = false
		return &unread
	case now == nil, !scim.Equal(now.Shown, was.Shown), touched && now.Etag != was.Etag:
		return nil
	}
	return now
}

// names says whether a request names the resource.
func names(e *wire.Exchange, s *Subject) bool {
	sent := strings.ToLower(e.URL + string(e.RequestBody))
	return strings.Contains(sent, strings.ToLower(s.ID)) ||
		strings.Contains(sent, strings.ToLower(s.Shown.String(Naming(s.Collection)))) || e.RequestTruncated
}
