package paging

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// listing is a query that the client goes through page by page, by startIndex or
// by cursor, by GET or by POST to .search.
type listing struct {
	path  []string    // such as "Users", or "Users" and ".search"
	query [][2]string // as the first page was asked for
	pages []listPage

	refused *refusedFilter // that was left out, see goThroughOwn; nil if none was
}

// listPage is one answer of a listing.
type listPage struct {
	*scim.List
	asked  wire.Request
	object *scim.Object
}

func (p listPage) next() string     { return p.object.String("nextCursor") }
func (p listPage) previous() string { return p.object.String("previousCursor") }

// ids are those of the resources on the page, in their order.
func (p listPage) ids() []string {
	all := make([]string, len(p.Resources))
	for i, r := range p.Resources {
		all[i] = scim.IDOf(r)
	}
	return all
}

// String names the listing as messages do: "GET /Users?count=2".
func (l *listing) String() string { return judge.RequestText(listRequest(l.path, l.query)) }

func (l *listing) parameter(name string) (string, bool) { return parameterOf(l.query, name) }

func parameterOf(query [][2]string, name string) (string, bool) {
	for _, q := range query {
		if q[0] == name {
			return q[1], true
		}
	}
	return "", false
}

// with is the query with another value of a parameter, appended where it had none.
func with(query [][2]string, name, value string) [][2]string {
	changed := slices.DeleteFunc(slices.Clone(query), func(q [2]string) bool { return q[0] == name })
	return append(changed, [2]string{name, value})
}

// byCursor says whether the listing is paged by cursors (RFC 9865).
func (l *listing) byCursor() bool {
	_, is := l.parameter("cursor")
	return is
}

// resources are those of all pages, in their order.
func (l *listing) resources() []*scim.Object {
	var all []*scim.Object
	for _, p := range l.pages {
		all = append(all, p.Resources...)
	}
	return all
}

func (l *listing) ids() []string {
	var all []string
	for _, p := range l.pages {
		all = append(all, p.ids()...)
	}
	return all
}

// listRequest puts a query into the URL, or for .search into the body.
func listRequest(path []string, query [][2]string) wire.Request {
	if len(path) > 0 && path[len(path)-1] == ".search" {
		return wire.Request{Method: http.MethodPost, Path: path, Body: judge.SearchRequest(query)}
	}
	return wire.Request{Method: http.MethodGet, Path: path, Query: query}
}

// mostPages and mostListed bound what a listing may cost: a target that never
// ends its list, and one that holds far more than this run has made.
const (
	mostPages  = 200
	mostListed = 3000
)

// goThroughOwn reads the listing. A filter that only leaves aside what else the target holds
// is a tool: where it is refused, the whole list is gone through, in which the steps look for
// the resources of the example.
func (w *World) goThroughOwn(ctx context.Context, l *listing) error {
	err := w.goThrough(ctx, l)
	refused, is := errors.AsType[*refusedFilter](err)
	if !is || !judge.IsTool(refused.filter) {
		return err
	}
	l.refused = refused
	l.query = slices.DeleteFunc(slices.Clone(l.query), func(q [2]string) bool { return q[0] == "filter" })
	return w.goThrough(ctx, l)
}

// goThrough reads the listing from its first page to its last.
func (w *World) goThrough(ctx context.Context, l *listing) error {
	l.pages = nil
	query, seen := l.query, 0
	for len(l.pages) < mostPages {
		page, err := w.listPage(ctx, l.path, query)
		if err != nil {
			return err
		}
		l.pages = append(l.pages, page)
		if page.TotalResults > mostListed {
			return &judge.Untested{Reason: fmt.Sprintf("%s lists %d resources: more than this example goes through", l, page.TotalResults)}
		}
		if n := len(page.Resources); len(l.pages) == 1 && n > 0 && page.TotalResults/n > mostPages/2 {
			return &judge.Untested{Reason: fmt.Sprintf("%s lists %d resources on pages of %d: more than this example goes through", l, page.TotalResults, n)}
		}
		seen += len(page.Resources)
		switch {
		case l.byCursor() && page.next() == "":
			return nil
		case l.byCursor():
			query = with(query, "cursor", page.next())
		case len(page.Resources) == 0 || seen >= page.TotalResults:
			return nil
		default:
			query = with(query, "startIndex", strconv.Itoa(seen+1))
		}
	}
	return &judge.Mismatch{What: l.String(), Want: "a last page", Got: fmt.Sprintf("none after %d pages", mostPages)}
}

// listPage reads one page. What the target refuses for the filter's sake is no
// judgement on paging or sorting.
func (w *World) listPage(ctx context.Context, path []string, query [][2]string) (listPage, error) {
	r := listRequest(path, query)
	if err := w.Ask(ctx, r.Method, r.Path, r.Query, r.Body); err != nil {
		return listPage{}, err
	}
	if err := w.notServed(ctx, path, query); err != nil {
		return listPage{}, err
	}
	_, cursor := parameterOf(query, "cursor")
	list, problem := judge.PageIn(w.Last, cursor)
	if problem != "" {
		return listPage{}, &judge.Mismatch{What: judge.RequestText(r), Want: "200 with a list", Got: problem}
	}
	object, err := w.Answered()
	return listPage{List: list, asked: r, object: object}, err
}

// notServed finds out whether a refusal is about something that the target need
// not offer: searches by POST or of the root, this filter, or an order by an
// attribute that is not everywhere.
func (w *World) notServed(ctx context.Context, path []string, query [][2]string) error {
	status := w.Last.Status
	if status < 400 || status >= 500 && status != http.StatusNotImplemented {
		return nil
	}
	refusal := judge.StatusOf(w.Last)
	if refused, err := w.filterRefused(ctx, path, query); refused != nil || err != nil {
		return cmp.Or(err, error(refused))
	}
	isRoot := len(path) == 0 || path[0] == ".search"
	if status == http.StatusNotImplemented || isRoot && judge.DeclinesRoot(w.Last) {
		return &judge.Unsupported{Reason: "the target does not serve /" + judge.JoinPath(path) + " with this query: it answers " + refusal}
	}
	if by, sorted := parameterOf(query, "sortBy"); sorted && !strings.EqualFold(by, "userName") && !strings.EqualFold(by, "displayName") {
		return &judge.Unsupported{Reason: "the target does not sort by " + by + ": it answers " + refusal}
	}
	return nil
}

// refusedFilter is a filter that the target refuses also where nothing else is asked for.
type refusedFilter struct{ filter, refusal string }

func (r *refusedFilter) Error() string {
	return "the target refuses the filter " + r.filter + ", by which its own resources are left aside: it answers " + r.refusal
}

// Unwrap makes it a thing that the target does not offer.
func (r *refusedFilter) Unwrap() error { return &judge.Unsupported{Reason: r.Error()} }

func (w *World) filterRefused(ctx context.Context, path []string, query [][2]string) (*refusedFilter, error) {
	filter, filtered := parameterOf(query, "filter")
	if !filtered {
		return nil, nil
	}
	answer, err := w.Send(ctx, w.Client(), listRequest(path, [][2]string{{"filter", filter}}))
	if err != nil || answer.Status < 400 {
		return nil, err
	}
	return &refusedFilter{filter, judge.StatusOf(answer)}, nil
}

var errNoListing = errors.New("the client has not gone through a list")

// settled looks at the listing, and reads it again if it is not as it should be:
// where other scenarios write at the same time, a page may miss or repeat what
// has moved in between, and a target may take its time (--settle).
func (w *World) settled(ctx context.Context, look func(l *listing) error) error {
	l := w.listing
	if l == nil {
		return errNoListing
	}
	_, filtered := l.parameter("filter")
	again := 0
	if !filtered {
		again = 4
	}
	first := true
	return w.Eventually(ctx, func() error {
		for tries := again; ; tries-- {
			err := w.lookAt(ctx, l, !first, look)
			first = false
			if _, wrong := judge.IsMismatch(err); !wrong || tries == 0 && filtered {
				return err
			} else if tries == 0 {
				return w.unlessItMoved(ctx, l, err)
			}
		}
	})
}

// lookAt looks at the listing or, again, goes through the list anew and looks while nothing
// that this run does can change it.
func (w *World) lookAt(ctx context.Context, l *listing, again bool, look func(l *listing) error) error {
	if !again {
		return look(l)
	}
	return w.Run.WithoutWrites(ctx, func() error {
		if err := w.goThrough(ctx, l); err != nil {
			return err
		}
		return look(l)
	})
}

// unlessItMoved holds a finding about an unfiltered list against the target
// only if the list is the same when it is gone through once more: others may be
// creating and deleting all the time.
func (w *World) unlessItMoved(ctx context.Context, l *listing, finding error) error {
	judged := l.ids()
	if err := w.Run.WithoutWrites(ctx, func() error { return w.goThrough(ctx, l) }); err != nil {
		return err
	}
	if slices.Equal(judged, l.ids()) {
		return finding
	}
	return &judge.Unsupported{Reason: "the list changes while it is looked at: run with --workers 1 where nobody else works"}
}
