package safety

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// ErrStays is the error of a creation that was not sent, because the target has deleted
// nothing of what this run has made, and as much of it as --max-left allows is there.
var ErrStays = fmt.Errorf("%w: the target deletes nothing, so that what the run makes stays there, and it makes no more; --max-left NUMBER allows more, 0 any number", errNotSent)

// surelyKept is how many refused DELETEs, and none that has succeeded, show that a target
// deletes nothing of a collection. One is enough that says so itself.
const surelyKept = 3

// keeping is what is known of the deletions in a collection.
type keeping struct {
	removes bool           // one has succeeded
	refused map[string]int // how, by path
	says    bool           // 405 or 501
}

// noteDelete keeps how the target has answered a DELETE. What is about the request, the
// token or the load says nothing of others.
func (g *Guard) noteDelete(path []string, status int) {
	ofRequest := []int{http.StatusUnauthorized, http.StatusPreconditionFailed, http.StatusPreconditionRequired}
	if isMissing(status) || IsBusy(status) || slices.Contains(ofRequest, status) {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.deletions == nil {
		g.deletions = map[string]*keeping{}
	}
	if g.known[pathText(path)] == nil {
		return
	}
	collection := pathText(path[:len(path)-1])
	k := g.deletions[collection]
	if k == nil {
		k = &keeping{refused: map[string]int{}}
		g.deletions[collection] = k
	}
	if status < 400 {
		k.removes = true
		return
	}
	k.refused[pathText(path)] = status
	k.says = k.says || status == http.StatusMethodNotAllowed || status == http.StatusNotImplemented
}

// exempt is the key of what Exempt puts into a context.
type exempt struct{}

// Exempt lets what is asked with the context create beyond MaxLeft: without some questions to a
// target nothing can be judged there.
func Exempt(ctx context.Context) context.Context { return context.WithValue(ctx, exempt{}, true) }

// Share lets a part of MaxLeft stay, of what the questions that are Exempt leave of it.
func (g *Guard) Share(part float64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.share = part
}

// IsFull says whether a request that creates something has to be held back: the collection
// is one from which nothing is deleted, and as much as MaxLeft of this run stays in such.
func (g *Guard) IsFull(r *http.Request) bool {
	path, within := relativePath(g.base, r.URL)
	if g.MaxLeft <= 0 || !within || len(path) == 0 || r.Method != http.MethodPost || wire.ReadOnly(r.Method, r.URL.EscapedPath()) {
		return false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if r.Context().Value(exempt{}) != nil {
		g.asked = g.there(func([]string) bool { return true }) // whether they can be deleted will be seen
		return false
	}
	if !isBulk(path) && !g.keeps(path) {
		return false
	}
	stays := g.there(g.keeps) // the request itself is one of them
	return stays > g.asked+int(g.share*float64(g.MaxLeft-g.asked))
}

// there is how many of this run are, or may be, in such collections.
func (g *Guard) there(in func(collection []string) bool) (n int) {
	for _, c := range g.creations {
		if (c.state == present || c.state == doubtful) && in(c.collection) {
			n++
		}
	}
	return n
}

func (g *Guard) keeps(collection []string) bool {
	k := g.deletions[pathText(collection)]
	return k != nil && !k.removes && (k.says || len(k.refused) >= surelyKept)
}

// Keeps says how the target refuses to delete what is in a collection, of which it has deleted
// nothing; "" if it is not known to.
func (g *Guard) Keeps(collection string) string {
	if g == nil {
		return ""
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.keeps([]string{collection}) {
		return ""
	}
	refused := g.deletions[pathText([]string{collection})].refused
	one := slices.Min(slices.Collect(maps.Keys(refused)))
	return fmt.Sprintf("DELETE %s is answered %d", one, refused[one])
}
