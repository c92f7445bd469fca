package judge

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// A target that has refused each of many creations, and has taken none, is asked for no more of
// what examples only start from: thousands of refusals say nothing that twenty do not. What has
// attributes that none before had is tried once, as they may be what is missing. Creations that are
// what an example is about are still sent, and the first one that is taken ends it.

// enoughRefused is how many refusals of what examples start from are enough.
const enoughRefused = 20

// taking is what is known of the creations of a run.
type taking struct {
	mu      sync.Mutex
	taken   map[string]bool   // collections in which one has succeeded
	refused map[string]int    // those that were refused, by collection
	last    map[string]string // how the last of them was
	tried   map[string]bool   // collections with the attributes that were refused there
}

// note keeps that a creation has succeeded.
func (t *taking) note(r wire.Request, answer *wire.Response) {
	if r.Method != http.MethodPost || len(r.Path) != 1 || answer.Status/100 != 2 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.taken == nil {
		t.taken = map[string]bool{}
	}
	t.taken[r.Path[0]] = true
}

// refuse keeps how something that an example starts from was refused. What is about the load
// says nothing of the next one.
func (t *taking) refuse(collection string, body *scim.Object, answer *wire.Response) {
	if safety.IsBusy(answer.Status) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.refused == nil {
		t.refused, t.last, t.tried = map[string]int{}, map[string]string{}, map[string]bool{}
	}
	t.refused[collection]++
	t.last[collection] = StatusOf(answer)
	t.tried[collection+" "+attributesOf(body)] = true
}

// attributesOf are the names of what a resource has, in their order.
func attributesOf(body *scim.Object) string {
	var names []string
	for name := range body.All() {
		names = append(names, strings.ToLower(name))
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// none is why nothing more is asked for; nil if it is.
func (t *taking) none(collection string, body *scim.Object) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.taken[collection] || t.refused[collection] < enoughRefused || !t.tried[collection+" "+attributesOf(body)] {
		return nil
	}
	return &Blocked{fmt.Sprintf("the target has taken none of %d that this run wanted to start from: POST /%s is answered %s; see RFC7644-3.3-03. "+
		"If all of them need something there, say it by --set ATTRIBUTE=VALUE, or in the target file", t.refused[collection], collection, t.last[collection])}
}
