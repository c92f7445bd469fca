package standard

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of what is left of a deleted resource: nothing (RFC 7644 section 3.6).

// isFoundNowhere looks for the resource in every way of one kind. What the target
// refuses to filter by is no way to find it.
func (w *World) isFoundNowhere(ctx context.Context, s *judge.Subject, how string) error {
	return w.Eventually(ctx, func() error {
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

func (w *World) filterBy(ctx context.Context, path []string, filter string) (*wire.Response, error) {
	return w.Send(ctx, w.Client(), wire.Request{Method: http.MethodGet, Path: path, Query: [][2]string{{"filter", filter}}})
}

func (w *World) searchFor(ctx context.Context, path []string, filter string) (*wire.Response, error) {
	body := scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}},
		scim.Member{Name: "filter", Value: filter},
	)
	return w.Send(ctx, w.Client(), wire.Request{Method: http.MethodPost, Path: append(path, ".search"), Body: body})
}

// isNotFoundBy asks at the resource's own endpoint and at the service root, by
// every attribute that identifies it.
func (w *World) isNotFoundBy(ctx context.Context, s *judge.Subject, ask queryBy) error {
	asked := 0
	for _, path := range [][]string{{s.Collection}, {}} {
		for _, filter := range identifying(s) {
			answer, err := ask(ctx, path, filter)
			if err != nil {
				return err
			}
			list, problem := judge.ListIn(answer)
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
		return &judge.Unsupported{Reason: "the target refuses every filter on " + s.Collection}
	}
	return nil
}

// identifying are filters that only the resource fits, by what it was last seen with.
func identifying(s *judge.Subject) []string {
	filters := []string{"id eq " + judge.Text(s.ID)}
	for _, attribute := range []string{"userName", "displayName", "externalId"} {
		value := s.Shown.String(attribute)
		if value == "" || attribute == "displayName" && s.Collection == "Users" {
			continue
		}
		filters = append(filters, attribute+" eq "+judge.Text(value), attribute+" sw "+judge.Text(value))
	}
	return filters
}

// expectNotIn also counts, where what fits is the resource alone.
func (w *World) expectNotIn(list *scim.List, problem error, s *judge.Subject, filter string) error {
	what := "/" + s.Collection + " where " + filter
	if problem != nil {
		return w.ExpectThat(false, what, "a list", problem.Error())
	}
	for _, r := range list.Resources {
		if err := w.ExpectThat(scim.IDOf(r) != s.ID, what, "nothing that was deleted", judge.Text(r)); err != nil {
			return err
		}
	}
	if len(list.Resources) > 0 {
		return nil // others fit: their number says nothing
	}
	return w.Expect("totalResults of "+what, 0, list.TotalResults)
}

// pagesListed bounds how many pages are read from each end of a long list.
const pagesListed = 10

// isNotListed goes through the list of all resources of the collection, or
// through both ends of it where it is very long.
func (w *World) isNotListed(ctx context.Context, s *judge.Subject) error {
	start, pages := 1, 0
	for {
		answer, err := w.Send(ctx, w.Client(), wire.Request{
			Method: http.MethodGet, Path: []string{s.Collection},
			Query: [][2]string{{"startIndex", strconv.Itoa(start)}, {"count", "100"}},
		})
		if err != nil {
			return err
		}
		if answer.Status >= 400 {
			return &judge.Unsupported{Reason: "the target does not list all " + s.Collection + ": " + judge.StatusOf(answer)}
		}
		list, err := judge.ListIn(answer)
		if err != nil {
			return w.ExpectThat(false, "the list of all "+s.Collection, "a list", err.Error())
		}
		for _, r := range list.Resources {
			if err := w.ExpectThat(scim.IDOf(r) != s.ID, "the list of all "+s.Collection, "nothing that was deleted", judge.Text(r)); err != nil {
				return err
			}
		}
		size := len(list.Resources)
		total := list.TotalResults
		start, pages = start+size, pages+1
		if size == 0 || start > total {
			return w.ExpectThat(true, fmt.Sprintf("%d pages of the list", pages), "", "")
		}
		if pages == pagesListed && total-start > pagesListed*size {
			start = total - pagesListed*size + 1
		}
	}
}
