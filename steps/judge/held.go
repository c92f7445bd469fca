package judge

import (
	"cmp"
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Most examples end with a read of what they have changed. Where the answers of a real
// target have proven to show what a read shows, that read is held: the example goes on with
// what the answer shows, and one look at a list reads what many examples hold. What that
// does not confirm is played again, with every read.

// answers is what a run has learned of its target's answers to changes, by method.
type answers struct {
	mu       sync.Mutex
	byMethod map[string]*creations
	misses   int         // resources that a list did not show as the reads of them do
	off      atomic.Bool // nothing is held any more
}

func (a *answers) to(method string) *creations {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.byMethod == nil {
		a.byMethod = map[string]*creations{}
	}
	if a.byMethod[method] == nil {
		a.byMethod[method] = &creations{}
	}
	return a.byMethod[method]
}

// mostMisses is how many resources may be read one by one, because a list did not show
// them, until nothing is held any more: it would save nothing.
const mostMisses = 8

func (a *answers) missed(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.misses += n; a.misses > mostMisses {
		a.off.Store(true)
	}
}

// noteAnswer keeps what the answer to a change shows of the resource that it changed.
func (j *Session) noteAnswer(r wire.Request, answer *wire.Response) {
	changes := (r.Method == http.MethodPut || r.Method == http.MethodPatch) && len(r.Path) == 2
	creates := r.Method == http.MethodPost && len(r.Path) == 1
	if j.scope == nil || !changes && !creates || len(r.Query) > 0 || answer.Status/100 != 2 || r.Path[0] != "Users" && r.Path[0] != "Groups" {
		return
	}
	shown, err := ObjectIn(answer)
	id := scim.IDOf(shown)
	if err != nil || id == "" || changes && id != r.Path[1] {
		return
	}
	s := &Subject{Collection: r.Path[0], ID: id, Shown: shown, Etag: cmp.Or(answer.Header.Get("ETag"), shown.Object("meta").String("version"))}
	j.reads.answer(s, r.Method)
}

// believed is the resource as the answer to its newest change shows it, or as it was before
// a change that was refused, if that may be believed for now; nil otherwise.
func (j *Session) believed(id string) *Subject {
	if !j.Holds || j.scope == nil || j.Thorough || j.unsure.Load() || j.Run.answers.off.Load() {
		return nil
	}
	if refused := j.reads.refused(id); refused != nil {
		return refused
	}
	s, method := j.reads.answered(id)
	if s == nil || !j.Run.answers.to(method).tell(s) {
		return nil
	}
	whole := *s
	whole.read = true
	return &whole
}

// hold goes on with what an answer has shown, until Prove reads it.
func (j *Session) hold(s *Subject) {
	if j.held == nil {
		j.held = map[string]*Subject{}
	}
	j.held[s.ID], j.spared = s, true
}

// HoldsLooks says whether the example has believed what is to be proven yet.
func (j *Session) HoldsLooks() bool { return len(j.held) > 0 }

// Unsure says whether the example has believed what was not so, or cannot be proven any more.
func (j *Session) Unsure() bool { return j.unsure.Load() }

// proveBefore reads what the session holds before a request may change it.
func (j *Session) proveBefore(ctx context.Context, r wire.Request) {
	if isRead(r) || len(j.held) == 0 {
		return
	}
	for _, s := range j.held {
		if !j.isProven(ctx, j, s) {
			j.unsure.Store(true)
		}
	}
	j.held = nil
}

// isProven reads a resource that the session holds.
func (j *Session) isProven(ctx context.Context, by *Session, s *Subject) bool {
	now, err := by.readAnew(ctx, s)
	if err != nil || !scim.Equal(now.Shown, s.Shown) {
		return false
	}
	j.reads.keep(now)
	return true
}

// mostInFilter is how many resources one list is to show.
const mostInFilter = 16

// plainName is a name that no server misreads in a filter.
var plainName = regexp.MustCompile(`^[A-Za-z0-9@. _-]+$`)

// Prove reads what the sessions hold, many at a time. Those of them whose examples have
// believed what is not so, or what could not be read, are unsure then.
func (r *Run) Prove(ctx context.Context, sessions []*Session) {
	by, err := r.NewSession()
	if err != nil {
		for _, j := range sessions {
			j.unsure.Store(true)
		}
		return
	}
	defer by.Conn.Close()
	by.common = true
	for _, collection := range []string{"Users", "Groups"} {
		var names []string
		for _, j := range sessions {
			for _, s := range j.held {
				if name := s.Shown.String(Naming(collection)); s.Collection == collection && plainName.MatchString(name) {
					names = append(names, name)
				}
			}
		}
		for some := range slices.Chunk(names, mostInFilter) {
			by.proveSome(ctx, sessions, collection, some)
		}
	}
	for _, j := range sessions {
		for _, s := range j.held {
			if !j.isProven(ctx, by, s) {
				j.unsure.Store(true)
			}
		}
		j.held = nil
	}
}

// proveSome takes out of what the sessions hold what one list shows as they believe it to be.
func (j *Session) proveSome(ctx context.Context, sessions []*Session, collection string, names []string) {
	if len(names) < 2 {
		return
	}
	terms := make([]string, len(names))
	for i, name := range names {
		terms[i] = Naming(collection) + " eq " + Text(name)
	}
	list, err := j.List(ctx, j.Client(), collection, [2]string{"filter", strings.Join(terms, " or ")})
	if err != nil {
		j.Run.answers.missed(len(names))
		return
	}
	shown := map[string]*scim.Object{}
	for _, o := range list.Resources {
		shown[scim.IDOf(o)] = o
	}
	missing := len(names)
	for _, of := range sessions {
		for id, s := range of.held {
			if o := shown[id]; o != nil && scim.Equal(o, s.Shown) {
				of.reads.keep(s)
				delete(of.held, id)
				missing--
			}
		}
	}
	j.Run.answers.missed(missing)
}
