package steps

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The steps of what is left of a deleted resource: nothing (RFC 7644 section 3.6).

// refreshAll makes "as before" mean before the request that is about to be sent,
// also for what that request does not name.
func (w *world) refreshAll(ctx context.Context) {
	for name := range w.subjects {
		w.refresh(ctx, name)
	}
}

// isFoundNowhere looks for the resource in every way of one kind. What the target
// refuses to filter by is no way to find it.
func (w *world) isFoundNowhere(ctx context.Context, s *subject, how string) error {
	return w.eventually(ctx, func() error {
		switch how {
		case "listing":
			return w.isNotListed(ctx, s)
		case "a search":
			return w.isNotFoundBy(ctx, s, w.searchFor)
		}
		return w.isNotFoundBy(ctx, s, w.filterBy)
	})
}

// queryBy asks for one page of what fits a filter.
type queryBy func(ctx context.Context, path []string, filter string) (*wire.Response, error)

func (w *world) filterBy(ctx context.Context, path []string, filter string) (*wire.Response, error) {
	return w.send(ctx, w.judge(), wire.Request{Method: http.MethodGet, Path: path, Query: [][2]string{{"filter", filter}}})
}

func (w *world) searchFor(ctx context.Context, path []string, filter string) (*wire.Response, error) {
	body := scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}},
		scim.Member{Name: "filter", Value: filter},
	)
	return w.send(ctx, w.judge(), wire.Request{Method: http.MethodPost, Path: append(path, ".search"), Body: body})
}

// isNotFoundBy asks at the resource's own endpoint and at the service root, by
// every attribute that identifies it.
func (w *world) isNotFoundBy(ctx context.Context, s *subject, ask queryBy) error {
	asked := 0
	for _, path := range [][]string{{s.collection}, {}} {
		for _, filter := range identifying(s) {
			answer, err := ask(ctx, path, filter)
			if err != nil {
				return err
			}
			list, problem := listIn(answer)
			if answer.Status >= 400 || len(path) == 0 && problem != nil {
				continue // not every target can be asked at its root
			}
			asked++
			if err := w.expectNotIn(list, problem, s, filter); err != nil {
				return err
			}
		}
	}
	if asked == 0 {
		return &unsupported{"the target refuses every filter on " + s.collection}
	}
	return nil
}

func listIn(answer *wire.Response) (*scim.List, error) {
	object, err := answer.Object()
	if err != nil {
		return nil, err
	}
	return scim.ParseList(object)
}

// identifying are filters that only the resource fits, by what it was last seen with.
func identifying(s *subject) []string {
	filters := []string{"id eq " + textOf(s.id)}
	for _, attribute := range []string{"userName", "displayName", "externalId"} {
		value := s.shown.String(attribute)
		if value == "" || attribute == "displayName" && s.collection == "Users" {
			continue
		}
		filters = append(filters, attribute+" eq "+textOf(value), attribute+" sw "+textOf(value))
	}
	return filters
}

// expectNotIn also counts, where what fits is the resource alone.
func (w *world) expectNotIn(list *scim.List, problem error, s *subject, filter string) error {
	what := "/" + s.collection + " where " + filter
	if problem != nil {
		return w.expectThat(false, what, "a list", problem.Error())
	}
	for _, r := range list.Resources {
		if err := w.expectThat(r.String("id") != s.id, what, "nothing that was deleted", textOf(r)); err != nil {
			return err
		}
	}
	if len(list.Resources) > 0 {
		return nil // others fit: their number says nothing
	}
	return w.expect("totalResults of "+what, 0, list.TotalResults)
}

// pagesListed bounds how many pages are read from each end of a long list.
const pagesListed = 10

// isNotListed goes through the list of all resources of the collection, or
// through both ends of it where it is very long.
func (w *world) isNotListed(ctx context.Context, s *subject) error {
	start, pages := 1, 0
	for {
		answer, err := w.send(ctx, w.judge(), wire.Request{
			Method: http.MethodGet, Path: []string{s.collection},
			Query: [][2]string{{"startIndex", strconv.Itoa(start)}, {"count", "100"}},
		})
		if err != nil {
			return err
		}
		if answer.Status >= 400 {
			return &unsupported{"the target does not list all " + s.collection + ": " + statusOf(answer)}
		}
		list, err := listIn(answer)
		if err != nil {
			return w.expectThat(false, "the list of all "+s.collection, "a list", err.Error())
		}
		for _, r := range list.Resources {
			if err := w.expectThat(r.String("id") != s.id, "the list of all "+s.collection, "nothing that was deleted", textOf(r)); err != nil {
				return err
			}
		}
		size := len(list.Resources)
		total := list.TotalResults
		start, pages = start+size, pages+1
		if size == 0 || start > total {
			return w.expectThat(true, fmt.Sprintf("%d pages of the list", pages), "", "")
		}
		if pages == pagesListed && total-start > pagesListed*size {
			start = total - pagesListed*size + 1
		}
	}
}
