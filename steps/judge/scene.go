package judge

import (
	"context"
	"maps"
	"net/http"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// A scene is what the Givens of an example have made at a real target. One that an
// example leaves as it was serves the next example with the same Givens, which goes on
// with the same mark: that saves the creations and the removals.
type scene struct {
	key      string
	scope    *safety.Scope
	mark     string
	subjects map[string]*Subject
	names    map[string]string
	plain    []*plain
	made     []*wire.Exchange // as evidence
}

// scenes are those that no example uses, the one that was left last at the end.
type scenes struct {
	mu   sync.Mutex
	free []*scene
}

// mostScenes is how many scenes wait for another example. More would make every list of
// the target longer.
const mostScenes = 16

func (s *scenes) take(key string) *scene {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, x := range s.free {
		if x.key == key {
			s.free = append(s.free[:i:i], s.free[i+1:]...)
			return x
		}
	}
	return nil
}

// give returns the scene that has to make room for this one, or nil.
func (s *scenes) give(x *scene) *scene {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free = append(s.free, x)
	if len(s.free) <= mostScenes {
		return nil
	}
	oldest := s.free[0]
	s.free = s.free[1:]
	return oldest
}

// Enter makes the session go on in a scene of this key, if one is free. The key is the
// text of the Givens; "" has no scene.
func (j *Session) Enter(key string) {
	if j.scope == nil || j.Thorough || key == "" {
		return
	}
	j.sceneKey = key
	x := j.Run.scenes.take(key)
	if x == nil {
		return
	}
	j.scope, j.markText, j.plain, j.spared = x.scope, x.mark, x.plain, true
	j.Subjects, j.names, j.given = x.subjects, x.names, maps.Clone(x.subjects)
	j.Borrowed = append(j.Borrowed, x.made...)
	for _, s := range x.subjects {
		if s.read {
			j.reads.keep(s)
		}
	}
}

// Given says whether a scene already has the resource that a Given is about to make.
func (j *Session) Given(name string) bool { return j.given[name] != nil }

// IsGiven notes that a Given has made the resource.
func (j *Session) IsGiven(name string) {
	if j.given == nil {
		j.given = map[string]*Subject{}
	}
	j.given[name] = j.Subjects[name]
	j.setUp = j.Wire.Exchanges()
}

// leave is the scene of this session, if it is as the Givens have made it, and nothing
// else of this session is at the target; nil otherwise.
func (j *Session) leave() *scene {
	if j.sceneKey == "" || len(j.given) == 0 || !j.scope.HasOnly(len(j.given)) {
		return nil
	}
	x := &scene{key: j.sceneKey, scope: j.scope, mark: j.Mark(), subjects: map[string]*Subject{}, names: j.names, plain: j.plain, made: j.Borrowed}
	for _, e := range j.setUp {
		if e.Method == http.MethodPost {
			x.made = append(x.made, e)
		}
	}
	since := j.Wire.Exchanges()[len(j.setUp):]
	for name, s := range j.given {
		if now := j.Subjects[name]; now != nil && now.ID == s.ID {
			s = now // a request may have been about how it was before
		}
		if x.subjects[name] = j.asBefore(s, since); x.subjects[name] == nil {
			return nil
		}
	}
	return x
}

// Leave leaves to other examples what this one has left as it was: its whole scene, or
// the plain resources in it.
func (j *Session) Leave(ctx context.Context) {
	if j.scope == nil || j.Thorough {
		return
	}
	x := j.leave()
	if x == nil {
		j.GiveBack()
		return
	}
	j.scope = nil // Close removes nothing of it
	if over := j.Run.scenes.give(x); over != nil {
		over.scope.Cleanup(context.WithoutCancel(ctx))
	}
}

// Vacate removes from a real target what waits for another example, when there will be
// none that may have it.
func (r *Run) Vacate(ctx context.Context) {
	if r.Guard == nil {
		return
	}
	ctx = context.WithoutCancel(ctx)
	for _, x := range r.scenes.all() {
		x.scope.Cleanup(ctx)
	}
	rest := r.Guard.Scope()
	for _, x := range r.pool.all() {
		rest.Adopt(x.subject.Collection, x.subject.ID)
	}
	for _, s := range r.used.all() {
		rest.Adopt(s.Collection, s.ID)
	}
	rest.Cleanup(ctx)
}

func (s *scenes) all() []*scene {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.free
	s.free = nil
	return all
}

func (p *pool) all() []*plain {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []*plain
	for _, of := range p.free {
		all = append(all, of...)
	}
	p.free = nil
	return all
}
