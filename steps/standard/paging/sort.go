package paging

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that judge the order of a list that was gone through.

// ranked is a resource of the example in its place in a list.
type ranked struct {
	name string
	key  sortKey
}

// ranking are the example's resources as they stand in the list, each with the
// value that it has to be sorted by: as the target showed it when it was read,
// whatever the list shows of it.
func (w *World) ranking(ctx context.Context, l *listing, by string) ([]ranked, error) {
	types, err := w.DeclaredTypes(ctx)
	if err != nil {
		return nil, err
	}
	mine := w.mine("resource")
	var all []ranked
	for _, id := range l.ids() {
		name := mine[id]
		if name == "" {
			continue
		}
		s := w.Subjects[name]
		key, err := sortKeyOf(types[s.Collection], by, s.Shown)
		if err != nil {
			return nil, err
		}
		all = append(all, ranked{name, key})
	}
	return all, nil
}

// theyAreSortedBy compares every pair of values whose order is beyond doubt.
// Where values are missing is another requirement.
func (w *World) theyAreSortedBy(ctx context.Context, by, order string) error {
	return w.settled(ctx, func(l *listing) error {
		all, err := w.ranking(ctx, l, by)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(r ranked) bool { return !r.key.present })
		told := 0 // pairs whose order tells something
		for i, a := range all {
			for _, b := range all[i+1:] {
				n := a.key.compare(b.key)
				if n == 0 {
					continue
				}
				told++
				if ok := (n < 0) == (order == "ascending"); !ok {
					return w.ExpectThat(false, l.String(), "an order by "+by+", "+order, a.String()+" before "+b.String())
				}
			}
		}
		if told < 2 {
			return &judge.Unsupported{Reason: "the target does not keep different values of " + by + " to sort by"}
		}
		return w.ExpectThat(true, l.String(), "", "")
	})
}

// String names the resource with the value that it is sorted by.
func (r ranked) String() string { return r.name + " (" + r.key.text + ")" }

func (w *World) thoseWithoutCome(ctx context.Context, by, where string) error {
	return w.settled(ctx, func(l *listing) error {
		all, err := w.ranking(ctx, l, by)
		if err != nil {
			return err
		}
		with := slices.ContainsFunc(all, func(r ranked) bool { return r.key.present })
		without := slices.ContainsFunc(all, func(r ranked) bool { return !r.key.present })
		if !with || !without {
			return &judge.Unsupported{Reason: "at this target all users have " + by + ", or none: no place for a missing value can be seen"}
		}
		for i := 1; i < len(all); i++ {
			if a, b := all[i-1], all[i]; a.key.present != b.key.present && a.key.present != (where == "last") {
				return w.ExpectThat(false, l.String(), "those without "+by+" "+where, a.String()+" before "+b.String())
			}
		}
		return w.ExpectThat(true, l.String(), "", "")
	})
}

func (w *World) theyComeInTheOrder(ctx context.Context, order, other string) error {
	return w.settled(ctx, func(l *listing) error {
		mine := w.mine("resource")
		var names []string
		for _, id := range l.ids() {
			if name := mine[id]; name != "" {
				names = append(names, name)
			}
		}
		got := strings.Join(names, ", ")
		want := order
		if other != "" {
			want += " or " + other
		}
		return w.ExpectThat(got == order || other != "" && got == other, "the order of "+l.String(), want, got)
	})
}

// fitsTheDeclarationOfSorting holds a target to its word: what it
// declares it serves. What it does not declare it may ignore, refuse, or do.
func (w *World) fitsTheDeclarationOfSorting(ctx context.Context) error {
	if w.Last == nil {
		return fmt.Errorf("nothing was asked")
	}
	status, what := w.Last.Status, "the answer to "+judge.RequestText(w.Asked)
	missing, err := w.Run.Missing(ctx, "sort")
	if err != nil {
		return err
	}
	if missing == "" {
		return w.ExpectThat(status == http.StatusOK, what+", as sorting is declared", "200", judge.StatusOf(w.Last))
	}
	if err := w.ExpectThat(status < 500 || status == http.StatusNotImplemented, what+", as "+missing, "a list, or a refusal", judge.StatusOf(w.Last)); err != nil || status >= 400 {
		return err
	}
	_, problem := judge.ListOf(w.Last)
	return w.ExpectThat(problem == "", what+", as "+missing, "a list, or a refusal", problem+" with "+strconv.Itoa(status))
}

// valueToSortBy is the value that RFC 7644 section 3.4.2.3 names: of a
// multi-valued attribute the primary one, else the first. Which one is the first
// of several cannot be told from outside: lists have no order.
func valueToSortBy(r scim.Resolved, o *scim.Object) (v any, told bool) {
	if r.Extension != nil {
		o = o.Object(r.Extension.ID)
	}
	v, _ = o.Get(r.Attribute.Name)
	told = true
	if list, ok := v.([]any); ok {
		v, told = elementToSortBy(list)
	}
	if inner, ok := v.(*scim.Object); ok {
		sub := "value"
		if r.Sub != nil {
			sub = r.Sub.Name
		}
		v, _ = inner.Get(sub)
	}
	return v, told
}

func elementToSortBy(list []any) (v any, told bool) {
	for _, element := range list {
		inner, _ := element.(*scim.Object)
		if primary, _ := inner.Get("primary"); primary == true {
			return element, true
		}
	}
	if len(list) == 0 {
		return nil, true
	}
	return list[0], len(list) == 1
}
