package judge

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Five resources, listed at once and page by page as a client would: what is wrong with that is
// seen by all who page or list; see FlawedPlainly.

// walkHome is the requirement that tells that pages do not show all, or not once.
const walkHome = "RFC7644-3.4.2.4-07"

// isPaged recognises what is wrong with a page of several, be it its order or its numbers, of
// a list, or of a search, that is of this kind.
func isPaged(such func(wire.Request) bool) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		return such(r) && (ParameterOf(r, "count") != "" || ParameterOf(r, "startIndex") != "") && !countsNothing(m, r)
	}
}

// ofNoGroups are the lists and searches of users, and of all there is.
func ofNoGroups(r wire.Request) bool {
	path := strings.Join(r.Path, "/")
	if r.Method == http.MethodPost {
		return path == ".search" || path == "Users/.search"
	}
	return r.Method == http.MethodGet && (path == "" || path == "Users")
}

// walksBadly goes through five resources by pages of two, three times, as far as there are some.
func walksBadly(collection string, ask func(filter string, path ...string) wire.Request) func(context.Context, *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		all, filter, err := own.five(ctx, collection)
		if err != nil {
			return "", err
		}
		list, err := own.list(ctx, ask(filter, collection))
		if err != nil || list == nil || !slices.Equal(slices.Sorted(slices.Values(idsIn(list))), all) {
			return "", err // that is no matter of pages
		}
		for range 3 {
			why, err := own.walk(ctx, all, func() wire.Request { return ask(filter, collection) })
			if why != "" || err != nil {
				return why, err
			}
		}
		return "", nil
	}
}

// walk goes once through all that is asked for, and says what is wrong.
func (j *Session) walk(ctx context.Context, all []string, ask func() wire.Request) (string, error) {
	var got []string
	for len(got) < len(all) {
		r := from(ask(), 1+len(got))
		page, err := j.list(ctx, r)
		switch {
		case err != nil || page == nil || len(page.Resources) > 2:
			return "", err // a matter of its own: there is no such page, or the number is overlooked
		case page.TotalResults != len(all) && ofNoGroups(r):
			return "", nil // others tell it
		case page.TotalResults != len(all):
			return fmt.Sprintf("the number of all is not that of the pages: totalResults of %s is %d of %d", RequestText(r), page.TotalResults, len(all)), nil
		case len(page.Resources) == 0:
			return fmt.Sprintf("the plainest pages end too early: %s shows nobody, and there are %d", RequestText(r), len(all)), nil
		}
		got = append(got, idsIn(page)...)
	}
	if slices.Sort(got); !slices.Equal(got, all) {
		return "the plainest pages overlap: " + RequestText(from(ask(), 1)) + " and what follows do not show each of five once", nil
	}
	return "", nil
}

// repeatsOne says whether the plainest list shows a resource more than once.
func repeatsOne(collection string, ask func(filter string, path ...string) wire.Request) func(context.Context, *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		_, filter, err := own.five(ctx, collection)
		if err != nil {
			return "", err
		}
		r := ask(filter, collection)
		list, err := own.list(ctx, r)
		if err != nil || list == nil {
			return "", err
		}
		ids := slices.Sorted(slices.Values(idsIn(list)))
		if slices.Contains(ids, "") || len(slices.Compact(ids)) == len(list.Resources) {
			return "", nil
		}
		return "a list shows a resource more than once: " + RequestText(r), nil
	}
}

// five creates as many, and returns their ids in their order, and the filter that finds them.
func (j *Session) five(ctx context.Context, collection string) (ids []string, filter string, err error) {
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		if err := j.Make(ctx, name, collection, j.Template(collection, "paged-"+name)); err != nil {
			return nil, "", err
		}
		ids = append(ids, j.Subjects[name].ID)
	}
	slices.Sort(ids)
	if collection == "Groups" {
		return ids, "displayName sw " + Text(j.GroupName("paged-")), nil
	}
	return ids, "userName sw " + Text(j.Mark()+"-paged-"), nil
}

// from asks for two of what the request finds, from a place on.
func from(r wire.Request, startIndex int) wire.Request {
	if isSearch(r) {
		bodyOf(r).Set("startIndex", startIndex)
		bodyOf(r).Set("count", 2)
		return r
	}
	r.Query = append(r.Query, [2]string{"startIndex", strconv.Itoa(startIndex)}, [2]string{"count", "2"})
	return r
}

// list is what is answered; nil if that is no list.
func (j *Session) list(ctx context.Context, r wire.Request) (*scim.List, error) {
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil {
		return nil, err
	}
	list, problem := ListOf(answer)
	if problem != "" {
		return nil, nil
	}
	return list, nil
}

// idsIn are the ids of what a list shows, in its order.
func idsIn(list *scim.List) []string {
	var ids []string
	for _, o := range list.Resources {
		ids = append(ids, scim.IDOf(o))
	}
	return ids
}
