package paging

import (
	"context"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Single pages by cursor, and what comes after them.

// lastPage is the last answer as a page by cursor.
func (w *World) lastPage() (listPage, error) {
	if w.Last == nil {
		return listPage{}, fmt.Errorf("nothing was asked")
	}
	list, problem := judge.PageIn(w.Last, true)
	if problem != "" {
		return listPage{}, w.ExpectThat(false, judge.RequestText(w.Asked), "200 with a list", problem)
	}
	object, err := w.Answered()
	return listPage{List: list, asked: w.Asked, object: object}, err
}

// thePagesThatFollowAreEmpty: a target may find out only on the next page that there is
// nothing more.
func (w *World) thePagesThatFollowAreEmpty(ctx context.Context, most int) error {
	page, err := w.lastPage()
	if err != nil {
		return err
	}
	path, query := w.Asked.Path, w.Asked.Query
	for range most {
		w.Asserted(1)
		if page.next() == "" {
			return nil
		}
		if page, err = w.listPage(ctx, path, with(query, "cursor", page.next())); err != nil {
			return w.Missed(err)
		}
		if err := w.Expect("the resources shown by "+judge.RequestText(page.asked)+", after the last", 0, len(page.Resources)); err != nil {
			return err
		}
	}
	return &judge.Mismatch{What: "nextCursor after the last page", Want: "none", Got: page.next()}
}

func (w *World) eachListedHas(ctx context.Context, name, want string) error {
	return w.settled(ctx, func(l *listing) error {
		for _, r := range l.resources() {
			got, _ := r.Get(name)
			if err := w.Expect(name+" of "+scim.IDOf(r)+" in "+l.String(), want, judge.Plain(got)); err != nil {
				return err
			}
		}
		return nil
	})
}

// aNextCursorLeadsOn follows the cursor of a page that was asked for by no method.
func (w *World) aNextCursorLeadsOn(ctx context.Context) error {
	page, err := w.lastPage()
	if err != nil {
		return err
	}
	w.Asserted(1)
	if page.next() == "" {
		return nil // paged by index
	}
	next, err := w.listPage(ctx, w.Asked.Path, with(w.Asked.Query, "cursor", page.next()))
	if err != nil {
		return w.Missed(err)
	}
	for _, id := range next.ids() {
		for _, before := range page.ids() {
			if err := w.ExpectThat(id != before, judge.RequestText(next.asked), "what comes after the first page", id+" again"); err != nil {
				return err
			}
		}
	}
	return w.ExpectThat(len(next.Resources) > 0, judge.RequestText(next.asked), "the next resources", "none")
}

// thePageFollowsOneMethod compares with the pages of either method alone.
func (w *World) thePageFollowsOneMethod(ctx context.Context, one, other string) error {
	if w.Last == nil {
		return fmt.Errorf("nothing was asked")
	}
	if w.Last.Status/100 == 4 {
		return w.ExpectThat(true, "", "", "")
	}
	asked := w.Asked
	both, err := w.lastPage()
	if err != nil {
		return err
	}
	got := both.ids()
	var permitted []string
	for _, without := range []string{one, other} {
		var query [][2]string
		for _, q := range asked.Query {
			if q[0] != without {
				query = append(query, q)
			}
		}
		page, err := w.listPage(ctx, asked.Path, query)
		if err != nil {
			return err
		}
		permitted = append(permitted, strings.Join(page.ids(), ", "))
	}
	found := strings.Join(got, ", ")
	return w.ExpectThat(found == permitted[0] || found == permitted[1], judge.RequestText(asked), "a refusal, "+permitted[0]+" or "+permitted[1], found)
}
