package safety

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// ErrStays is the error of a creation that was not sent, because the target has deleted
// nothing of what this run has made, and as much of it as --max-left allows is there.
var ErrStays = fmt.Errorf("%w: the target deletes nothing, so that what the run makes stays there, and it makes no more; --max-left NUMBER allows more, 0 any number", errNotSent)

// surelyKept is how many DELETEs that were refused, or answered with success and not done, and
// none that has removed anything, show that a target deletes nothing of a collection. One is
// enough that says so itself.
const surelyKept = 3

// keeping is what is known of the deletions in a collection.
type keeping struct {
	removes bool           // a read has shown that one has, or nothing shows that none does
	kept    map[string]int // the status of the DELETE, by path
	says    bool           // 405 or 501
	first   []string       // the path of the first one that was kept although the DELETE had succeeded
	unclear int            // DELETEs that have succeeded and of which no read told whether they are true
}

func (k *keeping) keeps() bool { return !k.removes && (k.says || len(k.kept) >= surelyKept) }

// noteDelete keeps how the target has refused a DELETE. What is about the request, the token or
// the load says nothing of others; whether a success is true, the clean-up sees.
func (g *Guard) noteDelete(path []string, status int) {
	ofRequest := []int{http.StatusUnauthorized, http.StatusPreconditionFailed, http.StatusPreconditionRequired}
	if status < 400 || isMissing(status) || IsBusy(status) || slices.Contains(ofRequest, status) {
		return
	}
	g.noteKept(path, status)
}

// noteKept keeps that what this run made at the path is there after a DELETE with the status.
func (g *Guard) noteKept(path []string, status int) {
	g.mu.Lock()
	k := g.keeping(path[:len(path)-1])
	known := k.keeps()
	if g.known[pathText(path)] != nil {
		k.kept[pathText(path)] = status
		if status < 400 && k.first == nil {
			k.first = path
		}
		k.says = k.says || status == http.StatusMethodNotAllowed || status == http.StatusNotImplemented
	}
	isNew := !known && k.keeps()
	g.mu.Unlock()
	if isNew && g.Kept != nil {
		g.Kept(howKept(pathText(path), status))
	}
}

// keeping is that of a collection. The caller holds mu.
func (g *Guard) keeping(collection []string) *keeping {
	if g.deletions == nil {
		g.deletions = map[string]*keeping{}
	}
	key := pathText(collection)
	if g.deletions[key] == nil {
		g.deletions[key] = &keeping{kept: map[string]int{}}
	}
	return g.deletions[key]
}

func howKept(path string, status int) string {
	how := fmt.Sprintf("DELETE %s is answered %d", path, status)
	if status < 400 {
		how += ", and a GET still finds it"
	}
	return how
}

// isRemoved says whether a DELETE that was answered with success is to be believed. Nothing is
// read for that once one has been true, or none of several: the end of the run tells of the rest.
func (c *cleaner) isRemoved(ctx context.Context, path []string) bool {
	g := c.guard
	g.mu.Lock()
	k := g.keeping(path[:len(path)-1])
	removes, keeps, first := k.removes, k.keeps(), k.first
	g.mu.Unlock()
	if removes || keeps {
		return removes
	}
	seen := c.seenAfter(ctx, path, first)
	if seen == visible {
		g.noteKept(path, http.StatusNoContent)
		return false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if seen == unclear {
		k.unclear++
	}
	k.removes = seen == missing || k.unclear >= surelyKept
	return true
}

// seenAfter waits for the first one, and looks again at that where another one is still there: a
// target may take a moment to forget. One that only marks what is deleted does not list it any more.
func (c *cleaner) seenAfter(ctx context.Context, path, first []string) sight {
	if first != nil {
		for _, p := range [][]string{path, first} {
			if seen, _, _ := c.look(ctx, p); seen != visible {
				return seen
			}
		}
		return visible
	}
	switch why := c.verify(ctx, path, http.StatusNoContent); {
	case why == "":
		return missing
	case !strings.HasSuffix(why, stillFound):
		return unclear
	}
	seen, shown, _ := c.look(ctx, path)
	if seen == visible && !c.isStillListed(ctx, path[:len(path)-1], shown) {
		return missing
	}
	return seen
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
	return g.keeping(collection).keeps()
}

// Keeps says how the target keeps what is in a collection, of which it has deleted nothing; "" if it is not known to.
func (g *Guard) Keeps(collection string) string {
	if g == nil {
		return ""
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.keeps([]string{collection}) {
		return ""
	}
	kept := g.keeping([]string{collection}).kept
	one := slices.Min(slices.Collect(maps.Keys(kept)))
	return howKept(one, kept[one])
}
