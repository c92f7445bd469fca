package steps

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The steps of cursor paging (RFC 9865).

// cursorClaims are about the pages that the client last went through, or about the
// last answer.
var cursorClaims = map[string]claim{
	"every cursor is of unreserved characters":                    (*world).everyCursorIsUnreserved,
	"every previousCursor leads back to the page before":          (*world).everyPreviousCursorLeadsBack,
	"the first page has no previousCursor, however it is reached": (*world).theFirstPageHasNoPrevious,
	"cursors work if, and only if, they are announced":            (*world).cursorsWorkIfAnnounced,
	"a query that asks for no method is paged as announced":       (*world).pagedAsAnnounced,
	"nothing of the example is shown":                             (*world).itShowsNoneOfTheExample,
	"the refusal is the same as of a cursor that never was":       (*world).theRefusalIsTheSame,
	"many queries can be begun and left":                          (*world).queriesCanBeBegunAndLeft,
	"the pages that follow show nothing and come to an end":       (*world).thePagesThatFollowShowNothing,
	"everybody listed is active":                                  (*world).everybodyListedIsActive,
	"a nextCursor that comes unasked leads to the next page":      (*world).aNextCursorLeadsOn,
	"the page follows startIndex or the cursor, or is refused":    (*world).thePageFollowsOneMethod,
}

var unreserved = regexp.MustCompile(`^[A-Za-z0-9._~-]+$`)

func (w *world) everyCursorIsUnreserved(ctx context.Context) error {
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
				if err := w.expectThat(unreserved.MatchString(text), name+" of "+requestText(p.asked), "letters, digits and -._~", textOf(v)); err != nil {
					return err
				}
			}
		}
		return w.expectThat(seen > 0, l.String(), "a cursor", "none")
	})
}

func (w *world) everyPreviousCursorLeadsBack(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		offered := false
		for i, p := range l.pages {
			if p.previous() == "" || i == 0 {
				continue
			}
			offered = true
			back, err := w.listPage(ctx, l.path, with(l.query, "cursor", p.previous()))
			if err != nil {
				return w.missed(err)
			}
			want, got := l.pages[i-1].ids(), back.ids()
			what := fmt.Sprintf("the page before page %d of %s", i+1, l)
			if err := w.expectThat(slices.Equal(want, got), what, strings.Join(want, ", "), strings.Join(got, ", ")); err != nil {
				return err
			}
		}
		if !offered {
			return &unsupported{"the target offers no previousCursor"}
		}
		return nil
	})
}

// theFirstPageHasNoPrevious looks at the first page as it was asked for, and as
// it is reached backwards.
func (w *world) theFirstPageHasNoPrevious(ctx context.Context) error {
	return w.settled(ctx, func(l *listing) error {
		first := l.pages[0]
		if err := w.expectThat(first.previous() == "", "previousCursor of "+requestText(first.asked), "none", first.previous()); err != nil {
			return err
		}
		if len(l.pages) < 2 || l.pages[1].previous() == "" {
			return nil
		}
		back, err := w.listPage(ctx, l.path, with(l.query, "cursor", l.pages[1].previous()))
		if err != nil {
			return w.missed(err)
		}
		return w.expectThat(back.previous() == "", "previousCursor of the first page, reached by "+requestText(back.asked), "none", back.previous())
	})
}

// itsCursorWithAnother breaks the client's promise to change nothing but the
// cursor. The target may refuse, go on with the query that the cursor belongs
// to, or begin the new one; it may not mix them.
func (w *world) itsCursorWithAnother(ctx context.Context, parameter, value string) error {
	l := w.listing
	value, err := w.expand(value)
	if err != nil {
		return err
	}
	if len(l.pages) < 2 {
		return &unsupported{"the target shows everything on one page"}
	}
	changed := with(l.query, parameter, value)
	r := listRequest(l.path, with(changed, "cursor", l.pages[0].next()))
	if err := w.ask(ctx, r.Method, r.Path, r.Query, r.Body); err != nil {
		return err
	}
	if w.last.Status/100 == 4 {
		return w.expectThat(true, "", "", "")
	}
	what := requestText(r) + " with a cursor of " + l.String()
	got, problem := pageIn(w.last, true)
	if problem != "" {
		return w.expectThat(false, what, "a refusal or a list", problem)
	}
	ids := listPage{List: got}.ids()
	fresh, err := w.listPage(ctx, l.path, changed)
	if err != nil {
		return err
	}
	rest := l.ids()[len(l.pages[0].Resources):]
	ok := begins(rest, ids) || slices.Equal(fresh.ids(), ids)
	if count, err := strconv.Atoi(value); err == nil && parameter == "count" {
		ok = ok && len(ids) <= count
	}
	return w.expectThat(ok, what, "a refusal, "+strings.Join(rest, ", ")+" or "+strings.Join(fresh.ids(), ", "), strings.Join(ids, ", "))
}

func begins(whole, part []string) bool {
	return len(part) > 0 && len(part) <= len(whole) && slices.Equal(whole[:len(part)], part)
}

func (w *world) theSecondClientMayNotSee(ctx context.Context, name string) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	w.second = true
	if err := w.ask(ctx, http.MethodGet, []string{s.collection, s.id}, nil, nil); err != nil {
		return err
	}
	if w.last.Status == http.StatusOK {
		return &untested{"the second client sees what the first has made: no right to see it can be judged"}
	}
	return nil
}

func (w *world) itShowsNoneOfTheExample(context.Context) error {
	if w.last == nil {
		return fmt.Errorf("nothing was asked")
	}
	body := strings.ToLower(string(w.last.Body))
	for name, s := range w.subjects {
		for _, secret := range []string{s.id, s.shown.String("userName")} {
			if len(secret) > 3 && strings.Contains(body, strings.ToLower(secret)) {
				return w.expectThat(false, "the answer to "+requestText(w.asked), "nothing of "+name, "its "+secret)
			}
		}
	}
	return w.expectThat(true, "", "", "")
}

// theRefusalIsTheSame compares with the answer to a cursor that was made up. A
// target may repeat the cursor in its message.
func (w *world) theRefusalIsTheSame(ctx context.Context) error {
	const madeUp = "sduo-made-up"
	given, _ := parameterOf(w.asked.Query, "cursor")
	first, what, query := w.last, requestText(w.asked), with(w.asked.Query, "cursor", madeUp)
	w.second = true
	if err := w.ask(ctx, http.MethodGet, w.asked.Path, query, nil); err != nil {
		return err
	}
	want := strings.ReplaceAll(statusOf(w.last), madeUp, "")
	got := strings.ReplaceAll(statusOf(first), given, "")
	return w.expectThat(want == got, "the answer to "+what, want, got)
}

// queriesBegun is more than a client forgets by mistake, and no load.
const queriesBegun = 100

// queriesCanBeBegunAndLeft asks for many first pages, and for none of the next
// ones. The target may slow the client down, but neither fail nor stop to serve.
func (w *world) queriesCanBeBegunAndLeft(ctx context.Context) error {
	for i := range queriesBegun {
		if err := w.ask(ctx, http.MethodGet, []string{"Users"}, [][2]string{{"cursor", ""}, {"count", "1"}}, nil); err != nil {
			return err
		}
		s := w.last.Status
		limited := s == http.StatusTooManyRequests || s == http.StatusServiceUnavailable || s == http.StatusBadRequest && w.last.Fault().ScimType == "tooMany"
		if err := w.expectThat(s == http.StatusOK || limited, fmt.Sprintf("the answer to the query begun after %d others", i), "200, 429, 503 or tooMany", statusOf(w.last)); err != nil {
			return err
		}
	}
	return nil
}
