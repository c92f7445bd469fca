package steps

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// Single pages by cursor, and what comes after them.

// bareParameter takes the equals sign off a parameter without a value.
type bareParameter struct {
	next http.RoundTripper
	name string
}

func (b bareParameter) RoundTrip(r *http.Request) (*http.Response, error) {
	changed := r.Clone(r.Context())
	changed.URL.RawQuery = strings.Replace(r.URL.RawQuery, b.name+"=", b.name, 1)
	return b.next.RoundTrip(changed)
}

// lastPage is the last answer as a page by cursor.
func (w *world) lastPage() (listPage, error) {
	if w.last == nil {
		return listPage{}, fmt.Errorf("nothing was asked")
	}
	list, problem := pageIn(w.last, true)
	if problem != "" {
		return listPage{}, w.expectThat(false, requestText(w.asked), "200 with a list", problem)
	}
	object, err := w.answered()
	return listPage{List: list, asked: w.asked, object: object}, err
}

// mostEmptyPages is how often a target may find out only on the next page that
// there is nothing more.
const mostEmptyPages = 3

func (w *world) thePagesThatFollowShowNothing(ctx context.Context) error {
	page, err := w.lastPage()
	if err != nil {
		return err
	}
	path, query := w.asked.Path, w.asked.Query
	for range mostEmptyPages {
		w.assertions++
		if page.next() == "" {
			return nil
		}
		if page, err = w.listPage(ctx, path, with(query, "cursor", page.next())); err != nil {
			return w.missed(err)
		}
		if err := w.expect("the resources shown by "+requestText(page.asked)+", after the last", 0, len(page.Resources)); err != nil {
			return err
		}
	}
	return &Mismatch{What: "nextCursor after the last page", Want: "none", Got: page.next()}
}

func (w *world) everybodyListedIsActive(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		for _, r := range l.resources() {
			got, _ := r.Get("active")
			if err := w.expect("active of "+r.String("id")+" in "+l.String(), "true", plain(got)); err != nil {
				return err
			}
		}
		return nil
	})
}

// aNextCursorLeadsOn follows the cursor of a page that was asked for by no method.
func (w *world) aNextCursorLeadsOn(ctx context.Context) error {
	page, err := w.lastPage()
	if err != nil {
		return err
	}
	w.assertions++
	if page.next() == "" {
		return nil // paged by index
	}
	next, err := w.listPage(ctx, w.asked.Path, with(w.asked.Query, "cursor", page.next()))
	if err != nil {
		return w.missed(err)
	}
	for _, id := range next.ids() {
		for _, before := range page.ids() {
			if err := w.expectThat(id != before, requestText(next.asked), "what comes after the first page", id+" again"); err != nil {
				return err
			}
		}
	}
	return w.expectThat(len(next.Resources) > 0, requestText(next.asked), "the next resources", "none")
}

// thePageFollowsOneMethod compares with the pages of either method alone.
func (w *world) thePageFollowsOneMethod(ctx context.Context) error {
	if w.last == nil {
		return fmt.Errorf("nothing was asked")
	}
	if w.last.Status/100 == 4 {
		return w.expectThat(true, "", "", "")
	}
	asked := w.asked
	both, err := w.lastPage()
	if err != nil {
		return err
	}
	got := both.ids()
	var permitted []string
	for _, without := range []string{"cursor", "startIndex"} {
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
	return w.expectThat(found == permitted[0] || found == permitted[1], requestText(asked), "a refusal, "+permitted[0]+" or "+permitted[1], found)
}
