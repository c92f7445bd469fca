package judge

import (
	"context"
	"maps"
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A user whom an example has changed serves the next example at a real target: a PUT makes
// of him what that starts from, which costs one request where a removal and a creation cost
// two. It has to show exactly what a creation would show; a target whose PUT does not is
// given new users.

// used has the users that no example needs as they are.
type used struct {
	mu     sync.Mutex
	free   []*Subject
	misses int               // of PUTs that did not make what a creation makes
	added  map[string]string // what creations have shown that was not sent, with its value if it stands at the top
	always map[string]string // what of it all of them have shown
}

const (
	// mostUsed is how many users wait for another example. More would make every list longer.
	mostUsed = 16
	// mostUseless is after how many PUTs in vain no user is used again.
	mostUseless = 3
)

func (u *used) take() *Subject {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.free) == 0 || u.misses >= mostUseless {
		return nil
	}
	s := u.free[0]
	u.free = u.free[1:]
	return s
}

func (u *used) give(s *Subject) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.free) >= mostUsed || u.misses >= mostUseless {
		return false
	}
	u.free = append(u.free, s)
	return true
}

func (u *used) all() []*Subject {
	u.mu.Lock()
	defer u.mu.Unlock()
	all := u.free
	u.free = nil
	return all
}

func (u *used) missed() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.misses++
}

// learn keeps what the answer to a creation shows beyond what was sent.
func (u *used) learn(sent, shown *scim.Object) {
	more := beyond(sent, shown)
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.added == nil {
		u.added, u.always = map[string]string{}, maps.Clone(more)
	}
	maps.DeleteFunc(u.always, func(name, _ string) bool { return !has(more, name) })
	maps.Copy(u.added, more)
}

// isAsNew says whether what is shown could be the answer to a creation with this body.
func (u *used) isAsNew(sent, shown *scim.Object) bool {
	visible := sent.Clone()
	visible.Delete("password")
	if Difference("", visible, shown) != nil {
		return false
	}
	more := beyond(sent, shown)
	u.mu.Lock()
	defer u.mu.Unlock()
	for name := range u.always {
		if !has(more, name) && !isSent(sent, name) {
			return false
		}
	}
	for name, value := range more {
		if usual, known := u.added[name]; !known || usual != value {
			return false
		}
	}
	return true
}

func has(names map[string]string, name string) bool {
	_, there := names[name]
	return there
}

// isSent says whether a body has the member of this name in lower case.
func isSent(body *scim.Object, name string) bool {
	for sent := range namesIn(body) {
		if strings.ToLower(sent) == name {
			return true
		}
	}
	return false
}

// beyond are the members, each below those that it is in, that are shown and were not sent. Those
// at the top have their values, but for what differs from one resource to the next.
func beyond(sent, shown *scim.Object) map[string]string {
	was, more := map[string]bool{}, map[string]string{}
	for name := range namesIn(sent) {
		was[strings.ToLower(name)] = true
	}
	for name := range namesIn(WithoutUnassigned(shown)) {
		lower := strings.ToLower(name)
		if was[lower] {
			continue
		}
		more[lower] = ""
		if v, top := shown.Get(name); top && lower != "id" && lower != "meta" {
			more[lower] = Text(v)
		}
	}
	return more
}

// MakeGiven makes a subject that an example starts from: of a used user, or a new one.
func (j *Session) MakeGiven(ctx context.Context, name, collection string, body *scim.Object) error {
	if j.Recycles && !j.Thorough && j.scope != nil && collection == "Users" {
		if s := j.Run.used.take(); s != nil && j.recycle(ctx, name, s, body) {
			return nil
		}
	}
	return j.Make(ctx, name, collection, body)
}

// recycle makes what the body says of a used user, who is this session's own from then on.
func (j *Session) recycle(ctx context.Context, name string, s *Subject, body *scim.Object) bool {
	j.spared = true
	j.scope.Adopt(s.Collection, s.ID)
	path := []string{s.Collection, s.ID}
	answer, err := j.Send(ctx, j.Client(), wire.Request{Method: http.MethodPut, Path: path, Body: body})
	if err == nil && answer.Status == http.StatusOK {
		if now := j.madeOf(ctx, s, body, answer); now != nil {
			j.Subjects[name] = now
			j.reads.keep(now)
			return true
		}
	}
	j.Run.used.missed()
	_, _ = j.Send(ctx, j.Client(), wire.Request{Method: http.MethodDelete, Path: path}) // the name may be taken by now
	return false
}

// madeOf is what a PUT has made of a used user, if that is what a creation would have made,
// and a read shows it too; nil otherwise. A read is not needed where enough have shown it.
func (j *Session) madeOf(ctx context.Context, was *Subject, body *scim.Object, answer *wire.Response) *Subject {
	shown, err := ObjectIn(answer)
	if err != nil || scim.IDOf(shown) != was.ID || !j.Run.used.isAsNew(body, shown) {
		return nil
	}
	if born := was.Shown.Object("meta").String("created"); born != shown.Object("meta").String("created") {
		return nil
	}
	now := &Subject{Collection: was.Collection, ID: was.ID, Shown: shown, Etag: answer.Header.Get("ETag"), by: http.MethodPut}
	if j.Run.answers.to(http.MethodPut).tell(now) {
		return now
	}
	read, err := j.readAnew(ctx, now)
	if err != nil {
		return nil
	}
	j.wasRead(read)
	if !scim.Equal(read.Shown, shown) {
		return nil
	}
	return read
}

// HandOver lets other examples have the users of this one when it ends, as they are.
func (j *Session) HandOver() { j.handsOver = true }

// handedOver are the users of this session that others may have: all where they cannot be removed.
func (j *Session) handedOver() []*Subject {
	if !j.handsOver && (j.scope == nil || !j.Recycles || j.Run.Guard.Keeps("Users") == "") {
		return nil
	}
	seen := map[string]bool{}
	var all []*Subject
	for _, s := range j.Subjects {
		if s.Collection == "Users" && !seen[s.ID] && j.scope.Owns(s.Collection, s.ID) {
			seen[s.ID] = true
			all = append(all, s)
		}
	}
	return all
}
