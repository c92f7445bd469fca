package steps

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The steps that go through lists page by page, and judge the pages.

// pageClaims are about the pages that the client last went through.
var pageClaims = map[string]claim{
	"every page says what is on it":                   (*world).everyPageSaysWhatIsOnIt,
	"a page from anywhere on shows what stands there": (*world).aPageFromAnywhere,
}

// tableQuery reads parameters from a table of names and values.
func (w *world) tableQuery(table *godog.Table) ([][2]string, error) {
	if table == nil {
		return nil, nil
	}
	var query [][2]string
	for _, row := range table.Rows {
		value, err := w.expand(row.Cells[1].Value)
		if err != nil {
			return nil, err
		}
		query = append(query, [2]string{row.Cells[0].Value, value})
	}
	return query, nil
}

func (w *world) theClientGoesThrough(ctx context.Context, path string, table *godog.Table) error {
	query, err := w.tableQuery(table)
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
	return w.goThrough(ctx, l)
}

// mine are the ids of the example's resources of a kind, by their names.
func (w *world) mine(kind string) map[string]string {
	ids := map[string]string{}
	for name, s := range w.subjects {
		if kind == "resource" || s.collection == collectionOf(kind) {
			ids[s.id] = name
		}
	}
	return ids
}

// everyOneIsListedOnce also counts: of what the example does not know by name, as many
// are listed as the target says that there are.
func (w *world) everyOneIsListedOnce(ctx context.Context, kind string) error {
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
		if err := w.expectThat(len(missing)+len(repeated) == 0, l.String(), fmt.Sprintf("all %d %ss of the example, once each", len(mine), kind), got); err != nil || l.byCursor() {
			return err
		}
		total := l.pages[len(l.pages)-1].TotalResults
		return w.expectThat(len(times) == total, l.String(), fmt.Sprintf("%d different resources, as totalResults says", total), strconv.Itoa(len(times)))
	})
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
func (w *world) noPageIsLarger(ctx context.Context, than string) error {
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

func (w *world) noPageIsLargerThanAskedFor(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		text, _ := l.parameter("count")
		count, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("the example asks for no count")
		}
		for i, p := range l.pages {
			if err := w.expectThat(len(p.Resources) <= count, fmt.Sprintf("page %d of %s", i+1, l), "at most "+text+" resources", strconv.Itoa(len(p.Resources))); err != nil {
				return err
			}
		}
		return nil
	})
}

// noPageOfItIsLarger judges a single answer.
func (w *world) noPageOfItIsLarger(limit int) error {
	list, problem := listOf(w.last)
	if problem != "" {
		return w.expectThat(false, requestText(w.asked), "200 with a list", problem)
	}
	n := len(list.Resources)
	return w.expectThat(n <= limit && (n > 0 || limit == 0), "the resources shown by "+requestText(w.asked), fmt.Sprintf("at most %d, and not none", limit), strconv.Itoa(n))
}

// everyPageSaysWhatIsOnIt compares the numbers beside the resources with them.
// startIndex and itemsPerPage may be absent where the list is complete; under
// cursor paging totalResults may be, and startIndex says nothing.
func (w *world) everyPageSaysWhatIsOnIt(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		before := 0
		for i, p := range l.pages {
			what := fmt.Sprintf(" of page %d of %s", i+1, l)
			partial := len(p.Resources) < len(l.ids())
			if err := w.expectNumber(p.object, "totalResults", what, len(l.ids()), !l.byCursor()); err != nil {
				return err
			}
			if err := w.expectNumber(p.object, "itemsPerPage", what, len(p.Resources), partial && !l.byCursor()); err != nil {
				return err
			}
			if len(p.Resources) > 0 && !l.byCursor() {
				if err := w.expectNumber(p.object, "startIndex", what, before+1, partial); err != nil {
					return err
				}
			}
			before += len(p.Resources)
		}
		return w.nothingFollows(ctx, l)
	})
}

// nothingFollows looks behind the last page: where a target counts too few, the
// client stops too early.
func (w *world) nothingFollows(ctx context.Context, l *listing) error {
	if l.byCursor() {
		return nil
	}
	n := len(l.ids())
	page, err := w.listPage(ctx, l.path, with(l.query, "startIndex", strconv.Itoa(n+1)))
	if err != nil {
		return w.missed(err)
	}
	return w.expectThat(len(page.Resources) == 0, requestText(page.asked), fmt.Sprintf("nothing, as totalResults was %d", n), fmt.Sprintf("%d resources", len(page.Resources)))
}

func (w *world) expectNumber(o *scim.Object, name, what string, want int, required bool) error {
	got, there := o.Get(name)
	if !there && !required {
		return nil
	}
	return w.expectThat(plain(got) == strconv.Itoa(want), name+what, strconv.Itoa(want), textOf(got))
}

// aPageFromAnywhere asks for windows of the list that was gone through. A page
// may be smaller than asked for, but not empty.
func (w *world) aPageFromAnywhere(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		all := l.ids()
		n, total := len(all), l.pages[0].TotalResults
		if err := w.expectThat(n == total && n > 1, l.String(), fmt.Sprintf("all %d resources that it counts", total), strconv.Itoa(n)); err != nil {
			return err
		}
		for _, window := range [][2]int{{1, 1}, {2, 1}, {2, 2}, {min(3, n), n}, {n, 1}, {n, 3}, {n - 1, 2}} {
			start, count := window[0], window[1]
			query := with(with(l.query, "startIndex", strconv.Itoa(start)), "count", strconv.Itoa(count))
			page, err := w.listPage(ctx, l.path, query)
			if err != nil {
				return err
			}
			want := all[start-1 : min(start-1+count, n)]
			got := page.ids()
			ok := len(got) > 0 && len(got) <= len(want) && slices.Equal(got, want[:len(got)])
			if err := w.expectThat(ok, requestText(page.asked), strings.Join(want, ", "), strings.Join(got, ", ")); err != nil {
				return err
			}
		}
		return nil
	})
}
