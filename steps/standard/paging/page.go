package paging

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that go through lists page by page, and judge the pages.

// Rows are the cells of a table.
func Rows(table *messages.PickleTable) [][]string {
	if table == nil {
		return nil
	}
	all := make([][]string, len(table.Rows))
	for i, row := range table.Rows {
		for _, cell := range row.Cells {
			all[i] = append(all[i], cell.Value)
		}
	}
	return all
}

func (w *World) theClientPagesThrough(ctx context.Context, path string, table *messages.PickleTable) error {
	query, err := w.QueryOf(Rows(table))
	if err != nil {
		return err
	}
	l := &listing{query: query}
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if segment != "" {
			l.path = append(l.path, segment)
		}
	}
	w.listing = l
	return w.goThroughOwn(ctx, l)
}

// mine are the ids of the example's resources of a kind, by their names.
func (w *World) mine(kind string) map[string]string {
	ids := map[string]string{}
	for name, s := range w.Subjects {
		if kind == "resource" || s.Collection == judge.CollectionOf(kind) {
			ids[s.ID] = name
		}
	}
	return ids
}

// everyOneIsListedOnce also counts: of what the example does not know by name, as many
// are listed as the target says that there are.
func (w *World) everyOneIsListedOnce(ctx context.Context, kind string) error {
	mine := w.mine(kind)
	return w.settled(ctx, func(l *listing) error {
		times := map[string]int{}
		for _, id := range l.ids() {
			times[id]++
		}
		var missing, repeated []string
		for id, name := range mine {
			switch n := times[id]; {
			case n == 0:
				missing = append(missing, name)
			case n > 1:
				repeated = append(repeated, name)
			}
		}
		got := fmt.Sprintf("%d missing (%s) and %d repeated (%s) on %d pages", len(missing), someOf(missing), len(repeated), someOf(repeated), len(l.pages))
		if err := w.ExpectThat(len(missing)+len(repeated) == 0, l.String(), fmt.Sprintf("all %d %ss of the example, once each", len(mine), kind), got); err != nil || l.byCursor() {
			return err
		}
		total := l.pages[len(l.pages)-1].TotalResults
		return w.ExpectThat(len(times) == total, l.String(), fmt.Sprintf("%d different resources, as totalResults says", total), strconv.Itoa(len(times)))
	})
}

// eachIsListedAsRead compares each resource of the example in the list with a read of it.
func (w *World) eachIsListedAsRead(ctx context.Context, kind string) error {
	mine := w.mine(kind)
	return w.settled(ctx, func(l *listing) error {
		listed := 0
		for _, o := range l.resources() {
			name := mine[scim.IDOf(o)]
			if name == "" {
				continue
			}
			listed++
			now, err := w.Reread(ctx, name)
			if err != nil {
				return w.Missed(err)
			}
			if err := w.showsAll(l, name, now, o); err != nil {
				return err
			}
		}
		if listed == 0 { // whether all are listed is another question
			return &judge.Unsupported{Reason: "no " + kind + " of the example is on the pages that were read"}
		}
		return nil
	})
}

// showsAll demands what a read shows of the standard's attributes. The times in meta may
// be less precise in a list, and a list may show more.
func (w *World) showsAll(l *listing, name string, read *judge.Subject, listed *scim.Object) error {
	for attribute, value := range judge.WithoutUnassigned(read.Shown).All() {
		if attribute == "meta" || !judge.IsStandardPath(read.Collection, attribute) {
			continue
		}
		other, _ := listed.Get(attribute)
		if err := w.ExpectPart(attribute+" of "+name+" in the answer to "+l.String(), value, other); err != nil {
			return err
		}
	}
	return nil
}

// someOf names the first few.
func someOf(names []string) string {
	slices.Sort(names)
	if len(names) == 0 {
		return "none"
	}
	if len(names) > 5 {
		return strings.Join(names[:5], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// noPageIsLarger judges by the number that was asked for, by one that the target
// announces, or, a single answer, by a number.
func (w *World) noPageIsLarger(ctx context.Context, than string) error {
	if than == "asked for" {
		return w.noPageIsLargerThanAskedFor(ctx)
	}
	if member, ok := strings.CutPrefix(than, `the announced "`); ok {
		return w.noPageIsLargerThanAnnounced(ctx, strings.TrimSuffix(member, `"`))
	}
	limit, err := strconv.Atoi(than)
	if err != nil {
		return err
	}
	return w.noPageOfItIsLarger(limit)
}

func (w *World) noPageIsLargerThanAskedFor(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		text, _ := l.parameter("count")
		count, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("the example asks for no count")
		}
		for i, p := range l.pages {
			if err := w.ExpectThat(len(p.Resources) <= count, fmt.Sprintf("page %d of %s", i+1, l), "at most "+text+" resources", strconv.Itoa(len(p.Resources))); err != nil {
				return err
			}
		}
		return nil
	})
}

// noPageOfItIsLarger judges a single answer.
func (w *World) noPageOfItIsLarger(limit int) error {
	list, problem := judge.ListOf(w.Last)
	if problem != "" {
		return w.ExpectThat(false, judge.RequestText(w.Asked), "200 with a list", problem)
	}
	n := len(list.Resources)
	return w.ExpectThat(n <= limit && (n > 0 || limit == 0), "the resources shown by "+judge.RequestText(w.Asked), fmt.Sprintf("at most %d, and not none", limit), strconv.Itoa(n))
}

// eachPageHasItsNumbers compares the numbers beside the resources with them.
// startIndex and itemsPerPage may be absent where the list is complete; under
// cursor paging totalResults may be, and startIndex says nothing.
func (w *World) eachPageHasItsNumbers(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		before := 0
		for i, p := range l.pages {
			what := fmt.Sprintf(" of page %d of %s", i+1, l)
			partial := len(p.Resources) < len(l.ids())
			if err := w.ExpectNumber(p.object, "totalResults", what, len(l.ids()), !l.byCursor()); err != nil {
				return err
			}
			if err := w.ExpectNumber(p.object, "itemsPerPage", what, len(p.Resources), partial && !l.byCursor()); err != nil {
				return err
			}
			if len(p.Resources) > 0 && !l.byCursor() {
				if err := w.ExpectNumber(p.object, "startIndex", what, before+1, partial); err != nil {
					return err
				}
			}
			before += len(p.Resources)
		}
		return nil
	})
}

// nothingFollowsTheLastPage looks behind it: where a target counts too few, the client
// stops too early.
func (w *World) nothingFollowsTheLastPage(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error { return w.nothingFollows(ctx, l) })
}

func (w *World) nothingFollows(ctx context.Context, l *listing) error {
	n := len(l.ids())
	page, err := w.listPage(ctx, l.path, with(l.query, "startIndex", strconv.Itoa(n+1)))
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(len(page.Resources) == 0, judge.RequestText(page.asked), fmt.Sprintf("nothing, as totalResults was %d", n), fmt.Sprintf("%d resources", len(page.Resources)))
}

// windows are places in a list of n resources, by startIndex and count.
func windows(n int) [][2]int {
	return [][2]int{{1, 1}, {2, 1}, {2, 2}, {min(3, n), n}, {n, 1}, {n, 3}, {n - 1, 2}}
}

// theClientAsksAgain chooses the pages. They are asked for where they are judged, so
// that it can be done again if another scenario has changed the list meanwhile.
func (w *World) theClientAsksAgain() error {
	if w.listing == nil || len(w.listing.pages) == 0 {
		return fmt.Errorf("the client has paged through nothing")
	}
	w.again = windows
	return nil
}

// eachPageShowsItsPart asks for windows of the list. A page may be smaller than asked
// for, but not empty.
func (w *World) eachPageShowsItsPart(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		all := l.ids()
		n, total := len(all), l.pages[0].TotalResults
		if err := w.ExpectThat(n == total && n > 1, l.String(), fmt.Sprintf("all %d resources that it counts", total), strconv.Itoa(n)); err != nil {
			return err
		}
		for _, window := range w.again(n) {
			start, count := window[0], window[1]
			query := with(with(l.query, "startIndex", strconv.Itoa(start)), "count", strconv.Itoa(count))
			page, err := w.listPage(ctx, l.path, query)
			if err != nil {
				return err
			}
			want := all[start-1 : min(start-1+count, n)]
			got := page.ids()
			ok := len(got) > 0 && len(got) <= len(want) && slices.Equal(got, want[:len(got)])
			if err := w.ExpectThat(ok, judge.RequestText(page.asked), strings.Join(want, ", "), strings.Join(got, ", ")); err != nil {
				return err
			}
		}
		return nil
	})
}
