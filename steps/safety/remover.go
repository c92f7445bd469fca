package safety

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Leftover is something that could not be removed from the target.
type Leftover struct {
	Method string // of the request that did not do it
	Path   string // relative to the target
	Why    string
}

func (l Leftover) String() string {
	return fmt.Sprintf("%s %s %s", l.Method, l.Path, l.Why)
}

type sleepFunc func(context.Context, time.Duration) error

// A remover reads and deletes at a target, patiently: it repeats what was
// answered 429 or 503 or got lost. A target that does not answer at all is given
// up at some point.
type remover struct {
	client   *wire.Client
	sleep    sleepFunc
	timeouts atomic.Int32 // in a row
}

const (
	maxTries      = 4
	maxTimeouts   = 2
	pageSize      = 100
	maxPages      = 10_000 // a million resources; a server that makes up new ones for ever ends there
	usersSegment  = "Users"
	groupsSegment = "Groups"
)

// leftover keeps out of a message what a server has echoed of the token.
func (r *remover) leftover(method string, path []string, why string) Leftover {
	var secrets wire.Secrets
	secrets.Add(r.client.Token)
	return Leftover{method, secrets.Hide(pathText(path)), secrets.Hide(why)}
}

var errHangs = errors.New("was not sent: the target does not answer any more")

func (r *remover) hangs() bool { return r.timeouts.Load() >= maxTimeouts }

func (r *remover) send(ctx context.Context, request wire.Request) (*wire.Response, error) {
	for try := 1; ; try++ {
		if r.hangs() {
			return nil, errHangs
		}
		answer, err := r.client.Do(ctx, request)
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
		if err := r.sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// passes says whether the trouble is of the kind that passes.
func passes(answer *wire.Response, err error) bool {
	if err != nil {
		return isTransport(err, wire.Dropped)
	}
	return isBusy(answer.Status)
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
	case isMissing(answer.Status):
		return missing, nil, ""
	case !isSuccess(answer.Status):
		return unclear, nil, fmt.Sprintf("GET was answered %d", answer.Status)
	}
	resource, err = answer.Object()
	if err != nil {
		return unclear, nil, fmt.Sprintf("GET was answered %d: %v", answer.Status, err)
	}
	return visible, resource, ""
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
	if why != "" {
		return status, why
	}
	return status, r.verify(ctx, path, status)
}

// verify allows for a target that takes a moment to forget.
func (r *remover) verify(ctx context.Context, path []string, status int) (why string) {
	for try := 1; ; try++ {
		answer, err := r.send(ctx, wire.Request{Method: http.MethodGet, Path: path})
		switch {
		case err != nil:
			return fmt.Sprintf("was answered %d, but whether it is gone cannot be seen: %v", status, err)
		case isMissing(answer.Status):
			return ""
		case answer.Status == http.StatusMethodNotAllowed, answer.Status == http.StatusNotImplemented:
			return "" // a target without GET by id can only be believed
		case !isSuccess(answer.Status):
			return fmt.Sprintf("was answered %d, but whether it is gone cannot be seen: GET is answered %d", status, answer.Status)
		case try == maxTries:
			return fmt.Sprintf("was answered %d, but a GET still finds it", status)
		}
		if err := r.sleep(ctx, 500*time.Millisecond); err != nil {
			return err.Error()
		}
	}
}

// find looks a resource up by a filter. It is an error when the target did not
// filter: then what it lists, or does not, proves nothing.
func (r *remover) find(ctx context.Context, collection []string, attribute, value string) ([]*scim.Object, error) {
	quoted, err := scim.Marshal(value)
	if err != nil {
		return nil, err
	}
	found, _, err := r.list(ctx, collection, [2]string{"filter", attribute + " eq " + string(quoted)})
	if err != nil {
		return nil, err
	}
	for _, resource := range found {
		if !strings.EqualFold(resource.String(attribute), value) {
			return nil, errors.New("the target does not apply the filter")
		}
	}
	return found, nil
}

// walk reads the whole collection, page by page, at most pages of them, and keeps
// what is wanted. It goes on until a page brings nothing new, whatever
// totalResults says, because not every server counts right.
func (r *remover) walk(ctx context.Context, collection []string, pages int, wanted func(*scim.Object) bool) ([]*scim.Object, error) {
	var kept []*scim.Object
	seen := map[string]bool{}
	total := 0
	for start, page := 1, 1; ; page++ {
		if page > pages {
			return kept, fmt.Errorf("there are more than %d", pages*pageSize)
		}
		resources, n, err := r.list(ctx, collection, pageQuery(collection, start)...)
		if err != nil && page > 1 && len(seen) >= total {
			return kept, nil // some servers refuse a startIndex behind the end
		}
		if err != nil {
			return kept, err
		}
		news := 0
		for _, resource := range resources {
			id := idOf(resource)
			if id == "" || seen[id] {
				continue
			}
			seen[id] = true
			news++
			if wanted(resource) {
				kept = append(kept, resource)
			}
		}
		if news == 0 {
			return kept, nil
		}
		total = n
		start += len(resources)
	}
}

func pageQuery(collection []string, start int) [][2]string {
	query := [][2]string{{"startIndex", strconv.Itoa(start)}, {"count", strconv.Itoa(pageSize)}}
	if isCollection(collection, groupsSegment) {
		query = append(query, [2]string{"excludedAttributes", "members"}) // there may be very many
	}
	return query
}

// list reads one page, and reads it leniently: it is not for clean-up to judge.
func (r *remover) list(ctx context.Context, collection []string, query ...[2]string) (resources []*scim.Object, total int, err error) {
	answer, err := r.send(ctx, wire.Request{Method: http.MethodGet, Path: collection, Query: query})
	if err != nil {
		return nil, 0, err
	}
	if !isSuccess(answer.Status) {
		return nil, 0, &listError{answer.Status}
	}
	o, err := answer.Object()
	if err != nil {
		return nil, 0, fmt.Errorf("the list of %s cannot be read: %w", pathText(collection), err)
	}
	count, hasTotal := o.Get("totalResults")
	if _, ok := o.Get("Resources"); !ok && !hasTotal {
		return nil, 0, fmt.Errorf("the answer of %s is no list", pathText(collection))
	}
	for _, v := range o.Array("Resources") {
		if resource, ok := v.(*scim.Object); ok {
			resources = append(resources, resource)
		}
	}
	if n, ok := count.(json.Number); ok {
		total, _ = strconv.Atoi(n.String())
	}
	return resources, total, nil
}

type listError struct{ status int }

func (e *listError) Error() string { return fmt.Sprintf("the list was answered %d", e.status) }
