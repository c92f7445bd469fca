package paging

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of cursor paging (RFC 9865).

var unreserved = regexp.MustCompile(`^[A-Za-z0-9._~-]+$`)

func (w *World) everyCursorIsUnreserved(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		seen := 0
		for _, p := range l.pages {
			for _, name := range []string{"nextCursor", "previousCursor"} {
				v, there := p.object.Get(name)
				if !there {
					continue
				}
				seen++
				text, _ := v.(string)
				if err := w.ExpectThat(unreserved.MatchString(text), name+" of "+judge.RequestText(p.asked), "letters, digits and -._~", judge.Text(v)); err != nil {
					return err
				}
			}
		}
		return w.ExpectThat(seen > 0, l.String(), "a cursor", "none")
	})
}

func (w *World) everyPreviousCursorLeadsBack(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		offered := false
		for i, p := range l.pages {
			if p.previous() == "" || i == 0 {
				continue
			}
			offered = true
			back, err := w.listPage(ctx, l.path, with(l.query, "cursor", p.previous()))
			if err != nil {
				return w.Missed(err)
			}
			want, got := l.pages[i-1].ids(), back.ids()
			what := fmt.Sprintf("the page before page %d of %s", i+1, l)
			if err := w.ExpectThat(slices.Equal(want, got), what, strings.Join(want, ", "), strings.Join(got, ", ")); err != nil {
				return err
			}
		}
		if !offered {
			return &judge.Unsupported{Reason: "the target offers no previousCursor"}
		}
		return nil
	})
}

// theFirstPageHasNoPrevious looks at the first page as it was asked for, and as
// it is reached backwards.
func (w *World) theFirstPageHasNoPrevious(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		first := l.pages[0]
		if err := w.ExpectThat(first.previous() == "", "previousCursor of "+judge.RequestText(first.asked), "none", first.previous()); err != nil {
			return err
		}
		if len(l.pages) < 2 || l.pages[1].previous() == "" {
			return nil
		}
		back, err := w.listPage(ctx, l.path, with(l.query, "cursor", l.pages[1].previous()))
		if err != nil {
			return w.Missed(err)
		}
		return w.ExpectThat(back.previous() == "", "previousCursor of the first page, reached by "+judge.RequestText(back.asked), "none", back.previous())
	})
}

// changedCursor is a cursor that was sent with another query than its own.
type changedCursor struct {
	parameter, value string
	query            [][2]string // the whole query, without the cursor
}

// theClientSendsTheCursorWithAnother breaks the client's promise to change nothing but
// the cursor.
func (w *World) theClientSendsTheCursorWithAnother(ctx context.Context, parameter, value string) error {
	l := w.listing
	if l == nil {
		return errNoListing
	}
	value, err := w.Expand(value)
	if err != nil {
		return err
	}
	if len(l.pages) < 2 {
		return &judge.Unsupported{Reason: "the target shows everything on one page"}
	}
	w.changed = &changedCursor{parameter, value, with(l.query, parameter, value)}
	r := listRequest(l.path, with(w.changed.query, "cursor", l.pages[0].next()))
	return w.Ask(ctx, r.Method, r.Path, r.Query, r.Body)
}

// isTheRestOrTheChangedList: the target may refuse, go on with the query that the cursor
// belongs to, or begin the new one; it may not mix them.
func (w *World) isTheRestOrTheChangedList(ctx context.Context) error {
	if w.Last.Status/100 == 4 {
		return w.ExpectRefusal()
	}
	l, what := w.listing, judge.RequestText(w.Asked)+" with a cursor of "+w.listing.String()
	got, problem := judge.PageIn(w.Last, true)
	if problem != "" {
		return w.ExpectThat(false, what, "a refusal or a list", problem)
	}
	ids := listPage{List: got}.ids()
	fresh, err := w.listPage(ctx, l.path, w.changed.query)
	if err != nil {
		return err
	}
	rest := l.ids()[len(l.pages[0].Resources):]
	ok := begins(rest, ids) || slices.Equal(fresh.ids(), ids)
	if count, err := strconv.Atoi(w.changed.value); err == nil && w.changed.parameter == "count" {
		ok = ok && len(ids) <= count
	}
	return w.ExpectThat(ok, what, "a refusal, "+strings.Join(rest, ", ")+" or "+strings.Join(fresh.ids(), ", "), strings.Join(ids, ", "))
}

func begins(whole, part []string) bool {
	return len(part) > 0 && len(part) <= len(whole) && slices.Equal(whole[:len(part)], part)
}

func (w *World) theSecondClientMayNotSee(ctx context.Context, name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	w.Next.Second = true
	if err := w.Ask(ctx, http.MethodGet, []string{s.Collection, s.ID}, nil, nil); err != nil {
		return err
	}
	if w.Last.Status == http.StatusOK {
		return &judge.Untested{Reason: "the second client sees what the first has made: no right to see it can be judged"}
	}
	return nil
}

func (w *World) itShowsNoneOfTheExample() error {
	if w.Last == nil {
		return fmt.Errorf("nothing was asked")
	}
	body := strings.ToLower(string(w.Last.Body))
	for name, s := range w.Subjects {
		for _, secret := range []string{s.ID, s.Shown.String("userName")} {
			if len(secret) > 3 && strings.Contains(body, strings.ToLower(secret)) {
				return w.ExpectThat(false, "the answer to "+judge.RequestText(w.Asked), "nothing of "+name, "its "+secret)
			}
		}
	}
	return w.ExpectThat(true, "", "", "")
}

// theRefusalIsTheSame compares with the answer to a cursor that was made up. A
// target may repeat the cursor in its message.
func (w *World) theRefusalIsTheSame(ctx context.Context, madeUp string) error {
	given, _ := parameterOf(w.Asked.Query, "cursor")
	first, what, query := w.Last, judge.RequestText(w.Asked), with(w.Asked.Query, "cursor", madeUp)
	w.Next.Second = true
	if err := w.Ask(ctx, http.MethodGet, w.Asked.Path, query, nil); err != nil {
		return err
	}
	want := strings.ReplaceAll(judge.StatusOf(w.Last), madeUp, "")
	got := strings.ReplaceAll(judge.StatusOf(first), given, "")
	return w.ExpectThat(want == got, "the answer to "+what, want, got)
}
