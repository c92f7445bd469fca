package safety

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

type sleepFunc func(context.Context, time.Duration) error

// A remover reads and deletes at a target, patiently: it repeats what was
// answered 429 or 503 or got lost. A target that does not answer at all is given
// up at some point.
type remover struct {
	client   *wire.Client
	sleep    sleepFunc
	timeouts atomic.Int32 // in a row
	stayed   atomic.Int32 // resources in a row that were still there after every try
	sees     *atomic.Bool // whether a read by id has shown a resource
}

const (
	maxTries      = 4
	maxTimeouts   = 2
	maxStayed     = 3
	usersSegment  = "Users"
	groupsSegment = "Groups"
)

var (
	errHangs  = errors.New("was not sent: the target does not answer any more")
	errTimeUp = errors.New("was not sent: the time for clean-up is over")
	errCutOff = errors.New("timed out: no answer came before the time for clean-up was over")
)

func (r *remover) hangs() bool { return r.timeouts.Load() >= maxTimeouts }

func (r *remover) send(ctx context.Context, request wire.Request) (*wire.Response, error) {
	for try := 1; ; try++ {
		if r.hangs() {
			return nil, errHangs
		}
		if why := context.Cause(ctx); errors.Is(why, errTimeUp) {
			return nil, why
		}
		answer, err := r.client.Do(ctx, request)
		if err != nil && errors.Is(context.Cause(ctx), errTimeUp) {
			return nil, errCutOff
		}
		if isTransport(err, wire.Timeout) {
			r.timeouts.Add(1)
			return nil, err
		}
		r.timeouts.Store(0)
		if try == maxTries || !passes(answer, err) {
			return answer, err
		}
		wait := 250 * time.Millisecond << (try - 1)
		if answer != nil {
			if asked, ok := answer.RetryAfter(time.Now()); ok {
				wait = min(asked, maxRetryWait)
			}
		}
		if r.sleep(ctx, wait) != nil {
			return answer, err // the time is over
		}
	}
}

// passes says whether the trouble is of the kind that passes.
func passes(answer *wire.Response, err error) bool {
	if err != nil {
		return isTransport(err, wire.Dropped)
	}
	return IsBusy(answer.Status)
}

func isTransport(err error, kind wire.TransportKind) bool {
	var t *wire.TransportError
	return errors.As(err, &t) && t.Kind == kind
}

type sight int

const (
	unclear sight = iota // the target does not tell
	missing
	visible
)

// look reads a resource. When it is unclear whether there is one, why says so.
func (r *remover) look(ctx context.Context, path []string) (s sight, resource *scim.Object, why string) {
	answer, err := r.send(ctx, wire.Request{Method: http.MethodGet, Path: path})
	switch {
	case err != nil:
		return unclear, nil, err.Error()
	case isMissing(answer.Status), r.isUnknown(ctx, path, answer.Status):
		return missing, nil, ""
	case !isSuccess(answer.Status):
		return unclear, nil, fmt.Sprintf("GET was answered %d", answer.Status)
	}
	shown, _, err := scim.ParseLeniently(answer.Body)
	if err != nil {
		return unclear, nil, fmt.Sprintf("GET was answered %d: %v", answer.Status, err)
	}
	s, resource = sightOf(shown, path[len(path)-1])
	if s == visible {
		r.sees.Store(true)
	}
	if s == unclear {
		why = fmt.Sprintf("GET was answered %d without a resource", answer.Status)
	}
	return s, resource, why
}

// sightOf finds the resource with the id in the answer to a GET of it. Some servers
// answer with a list: then the resource is missing if the list does not have it.
func sightOf(shown any, id string) (sight, *scim.Object) {
	elements, isList := elementsOf(shown)
	if isList {
		for _, e := range elements {
			if idOf(e) == id {
				return visible, e
			}
		}
		return missing, nil
	}
	if o, ok := shown.(*scim.Object); ok {
		return visible, o
	}
	return unclear, nil
}

func isMissing(status int) bool {
	return status == http.StatusNotFound || status == http.StatusGone
}

// delete deletes a resource. Why is "" where that has succeeded, or where there was
// none; status is that of the DELETE, or 0 without an answer.
func (r *remover) delete(ctx context.Context, path []string) (status int, why string) {
	answer, err := r.send(ctx, wire.Request{Method: http.MethodDelete, Path: path})
	if err != nil {
		return 0, err.Error()
	}
	status = answer.Status
	switch {
	case isMissing(status), isSuccess(status):
		return status, ""
	case status == http.StatusMethodNotAllowed, status == http.StatusNotImplemented:
		return status, fmt.Sprintf("was answered %d: the target does not delete such resources; remove it by hand", status)
	case status == http.StatusForbidden, status == http.StatusUnauthorized:
		return status, fmt.Sprintf("was answered %d: the token may not delete it; remove it by hand", status)
	}
	if fault := answer.Fault(); fault != nil && fault.Detail != "" {
		return status, fmt.Sprintf("was answered %d (%.200q)", status, fault.Detail)
	}
	return status, fmt.Sprintf("was answered %d", status)
}

// erase deletes a resource and looks whether it is gone.
func (r *remover) erase(ctx context.Context, path []string) (status int, why string) {
	status, why = r.delete(ctx, path)
	if why == "" {
		return status, r.verify(ctx, path, status)
	}
	if TellsNothing(status) || isOfToken(status) { // many answer so where there is nothing to delete
		if seen, _, _ := r.look(ctx, path); seen == missing {
			return http.StatusNotFound, ""
		}
	}
	return status, why
}

// NoSuchID is an id that no resource has.
const NoSuchID = "sduo-no-such-id"

// isUnknown says whether the status of a read is an error that an id gets as well which the
// target has never given: many answer 500 or 400 in place of 404. Where no read has shown
// anything so far, it may be all that reads get.
func (r *remover) isUnknown(ctx context.Context, path []string, status int) bool {
	if !r.sees.Load() || !TellsNothing(status) && !isOfToken(status) {
		return false
	}
	never, err := r.send(ctx, wire.Request{Method: http.MethodGet, Path: append(slices.Clone(path[:len(path)-1]), NoSuchID)})
	if err != nil || never.Status != status {
		return false
	}
	return !isOfToken(status) || r.stillReads(ctx, path[0])
}

// stillReads says whether the token is good for reading: then an error about the token, in
// answer to a read of one resource, is none.
func (r *remover) stillReads(ctx context.Context, collection string) bool {
	answer, err := r.send(ctx, wire.Request{Method: http.MethodGet, Path: []string{collection}, Query: [][2]string{{"count", "1"}}})
	return err == nil && isSuccess(answer.Status)
}

func isOfToken(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden
}

// TellsNothing says whether a status, in answer to a read of one resource, may mean that there
// is none: an error, and none about the token, the method or the load.
func TellsNothing(status int) bool {
	return status >= 400 && !slices.Contains([]int{http.StatusUnauthorized, http.StatusForbidden, http.StatusMethodNotAllowed,
		http.StatusTooManyRequests, http.StatusNotImplemented, http.StatusServiceUnavailable}, status)
}

// stillFound ends what verify says of a resource that is there after its DELETE.
const stillFound = ", but a GET still finds it"

// verify allows for a target that takes a moment to forget, and repeats the DELETE
// for as long as a GET still finds the resource. A target that kept several so far is
// not waited for: with hundreds of resources that would take minutes.
func (r *remover) verify(ctx context.Context, path []string, status int) (why string) {
	tries := maxTries
	if r.stayed.Load() >= maxStayed {
		tries = 1
	}
	for try := 1; ; try++ {
		answer, err := r.send(ctx, wire.Request{Method: http.MethodGet, Path: path})
		switch {
		case err != nil:
			return fmt.Sprintf("was answered %d, but whether it is gone cannot be seen: %v", status, err)
		case isMissing(answer.Status):
			r.stayed.Store(0)
			return ""
		case answer.Status == http.StatusMethodNotAllowed, answer.Status == http.StatusNotImplemented:
			return "" // a target without GET by id can only be believed
		case r.isUnknown(ctx, path, answer.Status):
			r.stayed.Store(0)
			return ""
		case !isSuccess(answer.Status):
			return fmt.Sprintf("was answered %d, but whether it is gone cannot be seen: GET is answered %d", status, answer.Status)
		case isEmptyList(answer, path):
			r.stayed.Store(0)
			return ""
		case try == tries:
			r.stayed.Add(1)
			return fmt.Sprintf("was answered %d%s", status, stillFound)
		}
		if r.sleep(ctx, 500*time.Millisecond) != nil {
			return fmt.Sprintf("was answered %d%s", status, stillFound)
		}
		if try > 1 {
			_, _ = r.delete(ctx, path) // the next GET tells whether it helped
		}
	}
}

// isEmptyList says whether a GET by id was answered with a list without that id.
func isEmptyList(answer *wire.Response, path []string) bool {
	shown, _, err := scim.ParseLeniently(answer.Body)
	if err != nil {
		return false
	}
	s, _ := sightOf(shown, path[len(path)-1])
	return s == missing
}
