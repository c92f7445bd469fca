package safety

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

const (
	pageSize = 100
	maxPages = 10_000 // a million resources; a server that makes up new ones for ever ends there
	// A list in which so many places in a row cannot be shown is given up: maxGap
	// where the list has shown something, maxBlind where it has not.
	maxGap   = 50
	maxBlind = 5
)

// A walker reads a whole collection, page by page. Where a page cannot be had, it
// reads smaller ones, down to single resources, and passes those that the target
// cannot show: one broken resource must not hide the others.
type walker struct {
	*remover
	collection []string
	wanted     func(*scim.Object) bool

	start, size int // of the next page
	total       int // as the target last counted
	seen        map[string]bool
	inGap       int // places in a row that could not be shown

	kept    []*scim.Object
	endless bool // it has met no end within its pages

	gaps []string // what came instead of a resource, with the request that shows it
}

// walk reads at most so many pages of the collection and keeps what is wanted. It
// goes on until a page brings nothing new, whatever totalResults says, because not
// every server counts right. The error says why there may be more.
func (r *remover) walk(ctx context.Context, collection []string, pages int, wanted func(*scim.Object) bool) (*walker, error) {
	w := &walker{remover: r, collection: collection, wanted: wanted, start: 1, size: pageSize, seen: map[string]bool{}}
	for requests := 0; ; requests++ {
		if requests == pages {
			w.endless = true
			return w, fmt.Errorf("there are more than %d", w.start-1)
		}
		done, err := w.next(ctx)
		if done || err != nil {
			return w, err
		}
	}
}

// next reads one page; done says that it was the last one.
func (w *walker) next(ctx context.Context) (done bool, err error) {
	resources, total, err := w.list(ctx, w.collection, w.page()...)
	switch {
	case err == nil:
		return w.take(resources, total), nil
	case isUnanswered(err):
		return false, err
	case w.start > 1 && len(w.seen)+len(w.gaps) >= w.total:
		return true, nil // some servers refuse a startIndex behind the end
	case w.start == 1 && (isAbsent(err) || isClosed(err)):
		return false, err
	case w.size > 1:
		w.size /= 10
		return false, nil
	}
	return w.pass(ctx, err)
}

// take notes the resources of a page, and returns to larger pages behind a gap.
func (w *walker) take(resources []*scim.Object, total int) (done bool) {
	news := 0
	for _, resource := range resources {
		id := idOf(resource)
		if id == "" || w.seen[id] {
			continue
		}
		w.seen[id] = true
		news++
		if w.wanted(resource) {
			w.kept = append(w.kept, resource)
		}
	}
	w.total, w.inGap = total, 0
	w.start += len(resources)
	if w.size < pageSize && (w.start-1)%(w.size*10) == 0 {
		w.size *= 10
	}
	return news == 0
}

// pass goes over the one resource that the target cannot show, unless its names
// alone can be had.
func (w *walker) pass(ctx context.Context, why error) (done bool, err error) {
	names := [2]string{"attributes", strings.Join(namingAttributes, ",")}
	resources, total, err := w.list(ctx, w.collection, append(w.page(), names)...)
	if err == nil && len(resources) > 0 {
		return w.take(resources, max(total, w.total)), nil
	}
	limit := maxGap
	if len(w.seen) == 0 {
		limit = maxBlind
	}
	if w.inGap++; w.inGap > limit {
		return false, why
	}
	w.gaps = append(w.gaps, fmt.Sprintf("GET %s?startIndex=%d&count=1: %v", pathText(w.collection), w.start, why))
	w.start++
	return false, nil
}

func (w *walker) page() [][2]string {
	query := [][2]string{{"startIndex", strconv.Itoa(w.start)}, {"count", strconv.Itoa(w.size)}}
	if isCollection(w.collection, groupsSegment) {
		query = append(query, [2]string{"excludedAttributes", "members"}) // there may be very many
	}
	return query
}

// find looks a resource up by a filter. It is an error when the target did not
// filter: then what it lists, or does not, proves nothing.
func (r *remover) find(ctx context.Context, collection []string, attribute, value string) ([]*scim.Object, error) {
	found, _, err := r.list(ctx, collection, [2]string{"filter", attribute + " eq " + quoted(value)})
	if err != nil {
		return nil, err
	}
	for _, resource := range found {
		isIt := func(name string) bool { return strings.EqualFold(name, value) }
		if !slices.ContainsFunc(ownNames(resource), isIt) {
			return nil, errors.New("the target does not apply the filter")
		}
	}
	return found, nil
}

// isStillListed says whether a filter finds a resource that a list has shown. Some targets
// show for a moment what is gone; one that does not filter is taken at the word of its list.
func (r *remover) isStillListed(ctx context.Context, collection []string, resource *scim.Object) bool {
	attribute, value := bestName(resource)
	if attribute == "" {
		return true
	}
	for try := 1; ; try++ {
		found, err := r.find(ctx, collection, attribute, value)
		switch {
		case err != nil:
			return true
		case len(found) == 0:
			return false
		case try == maxTries:
			return true
		}
		if r.sleep(ctx, 250*time.Millisecond) != nil {
			return true
		}
	}
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
	shown, _, err := scim.ParseLeniently(answer.Body)
	if err != nil {
		return nil, 0, fmt.Errorf("the list cannot be read: %w", err)
	}
	resources, isList := elementsOf(shown)
	if !isList {
		return nil, 0, errors.New("the answer is no list")
	}
	o, _ := shown.(*scim.Object)
	count, _ := o.Get("totalResults")
	if n, ok := count.(json.Number); ok {
		total, _ = strconv.Atoi(n.String())
	}
	return resources, total, nil
}

// elementsOf are the resources in a list, whatever its form: in "Resources", or a
// bare array. What is no object is left out.
func elementsOf(shown any) (resources []*scim.Object, isList bool) {
	elements, isArray := shown.([]any)
	if o, ok := shown.(*scim.Object); ok {
		_, counts := o.Get("totalResults")
		_, lists := o.Get("Resources")
		if !counts && !lists {
			return nil, false
		}
		elements, isArray = o.Array("Resources"), true
	}
	for _, e := range elements {
		if resource, ok := e.(*scim.Object); ok {
			resources = append(resources, resource)
		}
	}
	return resources, isArray
}

// A listError is a list that was refused.
type listError struct{ status int }

func (e *listError) Error() string { return fmt.Sprintf("the list was answered %d", e.status) }

// isAbsent says whether the list was refused in the way of a target that does not
// have such resources.
func isAbsent(err error) bool {
	var refused *listError
	return errors.As(err, &refused) && (isMissing(refused.status) || refused.status == http.StatusNotImplemented)
}

// isClosed says whether smaller pages are of no use: this token may not list.
func isClosed(err error) bool {
	var refused *listError
	return errors.As(err, &refused) && (refused.status == http.StatusUnauthorized || refused.status == http.StatusForbidden)
}

// isUnanswered says whether smaller pages are of no use, because the target does not answer.
func isUnanswered(err error) bool {
	var t *wire.TransportError
	return errors.Is(err, errHangs) || errors.Is(err, errTimeUp) || errors.Is(err, errCutOff) || errors.As(err, &t) && t.Kind != wire.Dropped && t.Kind != wire.Malformed
}
