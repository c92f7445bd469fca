package duo

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The operations, as the details of log entries name them.
const (
	opMap        = "map"
	opMatch      = "match"
	opCreate     = "create"
	opReactivate = "reactivate"
	opUpdate     = "update"
	opDeactivate = "deactivate"
	opDelete     = "delete"
	opRename     = "rename"
	opMembers    = "members"
	opEmpty      = "empty"
)

// work is what one user or group takes: requests, what they mean for the store,
// and one entry of the log.
type work struct {
	cycle *cycle
	ref   store.Ref
	who   Party
	name  string // userName or displayName by which a creation can be found

	done   []string // operations that succeeded, in order
	now    string   // the operation under way
	id     string   // the target's id, once it is known
	more   []scim.Member
	batch  store.Batch // what is to be written next
	active string      // the account's id while it is linked and active

	fingerprint int64  // of what is wanted
	leaving     bool   // it deprovisions or removes
	uncertain   bool   // an earlier request may have been processed: a refusal of the next one closes no intent
	reason      string // why it is done, for a plan
}

func (c *cycle) work(kind store.Kind, who Party) *work {
	w := &work{cycle: c, ref: store.Ref{Kind: kind, Key: who.Key}, who: who}
	if c.plan != nil {
		c.plan.work = w
	}
	if what := c.drifted[w.ref]; what != "" {
		w.note("repairs", what)
	}
	return w
}

func (w *work) begin(operation string) { w.now = operation }
func (w *work) end()                   { w.done = append(w.done, w.now) }

// noteChanges notes what changes, old and new.
func (w *work) noteChanges(known *scim.Object, changes []change) {
	list := make([]any, len(changes))
	for i, c := range changes {
		list[i] = scim.NewObject(member("attribute", c.at.path()), member("old", c.at.get(known)), member("new", c.value))
	}
	w.note("changes", list)
}

func (w *work) note(name string, value any) { w.more = append(w.more, member(name, value)) }

// details are what stands behind "View details" of the entry; what Duo shows
// there is not published, this form is the simulator's.
func (w *work) details(err error) *scim.Object {
	operation := strings.Join(w.done, ", ")
	if err != nil {
		operation = w.now
	}
	d := scim.NewObject(member("operation", operation))
	if w.id != "" {
		d.Set("id", cut(w.id))
	}
	for _, m := range w.more {
		d.Set(m.Name, m.Value)
	}
	if err != nil {
		d.Set("error", err.Error())
	}
	return d
}

// detail is what an intent needs beside id and name.
type detail struct {
	Members []string `json:"members,omitempty"` // keys of the users whom the request puts into a group
	Done    []string `json:"done,omitempty"`    // earlier operations of the same work, which the log does not tell yet
}

// change sends a request that changes something. It announces the request in the
// store first, so that a provisioner that is killed before the answer looks at
// the target before it repeats anything. members are the keys of the users whom
// the request puts into a group.
func (p *Provisioner) change(ctx context.Context, w *work, c call, members []string) (*wire.Response, error) {
	if err := p.interrupted(ctx); err != nil {
		return nil, err
	}
	intent := store.Intent{
		Kind: w.ref.Kind, Key: w.ref.Key, Operation: w.now, ID: w.id, Name: w.name, Started: p.now(), Run: w.cycle.run.ID,
	}
	if len(members)+len(w.done) > 0 {
		intent.Detail = encoded(detail{members, w.done})
	}
	w.batch.OpenIntents = []store.Intent{intent}
	if err := p.write(w); err != nil {
		return nil, err
	}
	resp, err := p.do(ctx, c)
	switch {
	case err == nil || isAnswer(err) && !w.uncertain:
		w.answered()
	case !isAnswer(err):
		w.uncertain = true
	}
	return resp, err
}

// answered closes the intent with what is written next.
func (w *work) answered() { w.batch.CloseIntents = []store.Ref{w.ref} }

// unanswered keeps the intent open: what became of the request is not certain.
func (w *work) unanswered() { w.batch.CloseIntents = nil }

// isAnswer says whether the target has said for certain what became of a
// request: a success, or a refusal that is no failure on the way to it.
func isAnswer(err error) bool {
	r, refused := errors.AsType[*refusal](err)
	return err == nil || refused && (r.status < http.StatusInternalServerError || r.status == http.StatusServiceUnavailable)
}

// write commits what has come together, with these entries.
func (p *Provisioner) write(w *work, entries ...Entry) error {
	b := w.batch
	if len(entries) == 0 && reflect.ValueOf(b).IsZero() {
		return nil
	}
	w.batch = store.Batch{}
	return p.commit(b, entries...)
}

// finish writes what became of the work, with one entry about it: done or failed.
// Work that had nothing to do is not logged. The error ends the cycle.
func (p *Provisioner) finish(ctx context.Context, w *work, err error, done, failed Action) error {
	if err == nil {
		err = p.tell(w, done)
	}
	if err == nil {
		return nil
	}
	if fatal, ok := errors.AsType[*unwritten](err); ok {
		return fatal
	}
	if ctx.Err() != nil || errors.Is(err, ErrStopped) { // the next cycle goes on with it
		if err := p.tell(w, done); err != nil {
			return err
		}
		return p.interrupted(ctx)
	}
	if taken, ok := errors.AsType[*store.Taken](err); ok {
		err = p.claimed(ctx, w, taken)
	}
	w.cycle.count(func(s *Summary) { s.failed(w.ref.Kind) })
	w.batch.PutFailures = []store.Failure{p.failure(w, err)}
	return p.write(w, p.syncEntry(failed, w.who, w.details(err)))
}

// tell writes the operations that succeeded, with an entry about them if there
// are any, and counts them.
func (p *Provisioner) tell(w *work, action Action) error {
	if len(w.done) == 0 {
		return p.write(w)
	}
	w.healed()
	if err := p.write(w, p.syncEntry(action, w.who, w.details(nil))); err != nil {
		return err
	}
	w.cycle.count(func(s *Summary) { s.did(w.ref.Kind, w.done) })
	return nil
}
