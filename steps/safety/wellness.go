package safety

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// ErrUnwell is the error of a creation that was not sent, because the target shows its list
// of users no more since an earlier one: what that has stored breaks it.
var ErrUnwell = fmt.Errorf("%w: the target shows its users no more, and one more would make it no better", errNotSent)

// ErrBlind is the error of a creation that was not sent, because the target answers the list
// in which it would stand with an error of its own.
var ErrBlind = fmt.Errorf("%w: the target answers the list of such resources with an error of its own, and what it stores without telling its id nobody could remove", errNotSent)

// Wellness is the transport that holds creations back while the target is not well: it
// answered a change with an error of its own, and answers a list with one since that it has
// shown before. It is safe for concurrent use.
type Wellness struct {
	Next http.RoundTripper
	Who  func(context.Context) any // whose request it is, comparable; nil for nobody's
	Full func(*http.Request) bool  // whether too much would stay of what the request creates; nil for never

	mu     sync.Mutex
	off    bool
	list   *http.Request // a look at the users that was answered well
	unwell bool
	guilty map[any]bool
	blind  map[string]int // how often in a row a look at this collection, by its path, has shown no list; 0 if it is shown
	held   map[any]error  // why creations of these were held back
}

// RoundTrip sends the request; the error is ErrUnwell, ErrBlind or ErrStays for a creation that is held back.
func (w *Wellness) RoundTrip(r *http.Request) (*http.Response, error) {
	switch {
	case w.holds(r):
		closeBody(r)
		return nil, ErrUnwell
	case w.Full != nil && w.Full(r):
		return nil, w.holdBack(r, ErrStays)
	case w.isBlind(r):
		return nil, w.holdBack(r, ErrBlind)
	}
	answer, err := w.Next.RoundTrip(r)
	if err != nil {
		return answer, err
	}
	isRead := wire.ReadOnly(r.Method, r.URL.EscapedPath())
	switch {
	case isRead && r.Method == http.MethodGet && answer.StatusCode == http.StatusOK && strings.HasSuffix(r.URL.Path, "/"+usersSegment):
		w.remember(r)
	case !isRead && isOwnError(answer.StatusCode) && w.looks(r.Context()) && !w.IsWell(r.Context()):
		w.accuse(w.Who(r.Context()))
	case isCreation(r) && isOwnError(answer.StatusCode) && !w.shows(r):
		w.noteBlind(r.URL.Path, true)
	}
	return answer, nil
}

// isCreation says whether a request creates a user or group.
func isCreation(r *http.Request) bool {
	return r.Method == http.MethodPost && (strings.HasSuffix(r.URL.Path, "/"+usersSegment) || strings.HasSuffix(r.URL.Path, "/"+groupsSegment))
}

// shows says whether the target shows the list in which a creation would stand. It looks
// twice, because a target may only have been busy, and then for a page: some answer a list that
// is too long with an error of their own, and can be walked by pages.
func (w *Wellness) shows(creation *http.Request) bool {
	for _, query := range []string{"", "startIndex=1&count=100"} {
		look := creation.Clone(creation.Context())
		look.Method, look.URL.RawQuery = http.MethodGet, query
		look.Body, look.GetBody, look.ContentLength = nil, nil, 0
		look.Header.Del("Content-Type")
		answer, err := w.Next.RoundTrip(look)
		if err != nil {
			return true // another matter
		}
		discard(answer)
		if !isOwnError(answer.StatusCode) {
			return true
		}
	}
	return false
}

// isBlind says whether nobody could find what the request may leave. It looks before the first
// creation, and before each one since the list was not shown.
func (w *Wellness) isBlind(r *http.Request) bool {
	if !isCreation(r) {
		return false
	}
	w.mu.Lock()
	looks, known := w.blind[r.URL.Path]
	w.mu.Unlock()
	if known && looks == 0 || looks == mostBlindLooks {
		return looks > 0
	}
	blind := !w.shows(r)
	w.noteBlind(r.URL.Path, blind)
	return blind
}

// mostBlindLooks is after how many looks in vain a collection is given up: each costs a request.
const mostBlindLooks = 3

func (w *Wellness) noteBlind(path string, blind bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.blind == nil {
		w.blind = map[string]int{}
	}
	if !blind {
		w.blind[path] = 0
		return
	}
	w.blind[path] = min(w.blind[path]+1, mostBlindLooks)
}

func (w *Wellness) holdBack(r *http.Request, why error) error {
	closeBody(r)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.held == nil {
		w.held = map[any]error{}
	}
	w.held[w.Who(r.Context())] = why
	return why
}

// TakeHeldBack says once why a creation of this one was held back: ErrBlind or ErrStays, or nil.
func (w *Wellness) TakeHeldBack(who any) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	held := w.held[who]
	delete(w.held, who)
	return held
}

// isOwnError says whether a status tells of a mistake of the server: 501 and 503 are answers.
func isOwnError(status int) bool {
	return status >= 500 && status != http.StatusNotImplemented && status != http.StatusServiceUnavailable
}

func (w *Wellness) holds(r *http.Request) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.unwell && r.Method == http.MethodPost && !wire.ReadOnly(r.Method, r.URL.EscapedPath())
}

func (w *Wellness) remember(r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.list == nil {
		w.list = r.Clone(context.WithoutCancel(r.Context()))
	}
}

// looks says whether there is something to compare with, and somebody to blame.
func (w *Wellness) looks(ctx context.Context) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.off && w.list != nil && w.Who(ctx) != nil
}

func (w *Wellness) accuse(who any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.guilty == nil {
		w.guilty = map[any]bool{}
	}
	w.unwell, w.guilty[who] = true, true
}

// IsWell looks at the users; twice, because a target may only have been busy.
func (w *Wellness) IsWell(ctx context.Context) bool {
	for range 2 {
		answer, err := w.Next.RoundTrip(w.list.Clone(ctx))
		if err != nil {
			return true // another matter
		}
		discard(answer)
		if !isOwnError(answer.StatusCode) {
			return true
		}
	}
	return false
}

// IsGuilty says whether the target is not well since a request of this one.
func (w *Wellness) IsGuilty(who any) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.guilty[who]
}

// IsUnwell says whether creations are held back.
func (w *Wellness) IsUnwell() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.unwell
}

// Acquit looks at the target when what a guilty one had made is removed, and lets creations
// out again if it is well. Only the last of several can tell.
func (w *Wellness) Acquit(ctx context.Context, who any) (last, well bool) {
	w.mu.Lock()
	delete(w.guilty, who)
	last = len(w.guilty) == 0
	w.mu.Unlock()
	if !last || !w.IsWell(ctx) {
		return last, false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.unwell = len(w.guilty) > 0
	return true, true
}

// Off ends the watch: somebody else looks after the target from now on.
func (w *Wellness) Off() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.off, w.unwell = true, false
}
