package paging

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// What a target announces of its paging in /ServiceProviderConfig (RFC 9865
// section 4), and whether it keeps it.

// announced is the member "pagination", nil where there is none.
func (w *World) announced(ctx context.Context) (*scim.Object, error) {
	if err := w.Ask(ctx, http.MethodGet, []string{"ServiceProviderConfig"}, nil, nil); err != nil {
		return nil, err
	}
	object, err := w.Last.FirstObject()
	if err != nil || w.Last.Status != http.StatusOK {
		return nil, nil //nolint:nilerr // a configuration that cannot be read announces nothing
	}
	return object.Object("pagination"), nil
}

func (w *World) theTargetAnnouncesPaging(ctx context.Context) error {
	p, err := w.announced(ctx)
	if err == nil && p == nil {
		return &judge.Unsupported{Reason: "/ServiceProviderConfig says nothing of pagination"}
	}
	return err
}

// cursorsWorkIfAnnounced holds the first page by cursor against the configuration.
func (w *World) cursorsWorkIfAnnounced(ctx context.Context) error {
	asked := w.LastAnswer()
	answer := asked.Response
	p, err := w.announced(ctx)
	if err != nil {
		return err
	}
	says, _ := p.Get("cursor")
	works := false
	if object, err := answer.FirstObject(); err == nil {
		works = answer.Status == http.StatusOK && object.String("nextCursor") != ""
	}
	if !works && says != true {
		return &judge.Unsupported{Reason: "the target has no cursor paging: it neither announces a cursor nor gives one"}
	}
	if answer.Status != http.StatusOK && says == true {
		return w.finds(asked, "the first page by cursor, "+asked.String(), "200 with a nextCursor, as announced", judge.StatusOf(answer))
	}
	return w.ExpectThat(works == (says == true), "pagination.cursor of /ServiceProviderConfig", strconv.FormatBool(works)+", as the target does", judge.Text(says))
}

// finds is the Mismatch about an answer that is not the last one any more.
func (w *World) finds(a judge.Answer, what, want, got string) error {
	w.Several = []judge.Answer{a}
	w.LookAt(a)
	return w.ExpectThat(false, what, want, got)
}

func (w *World) noPageIsLargerThanAnnounced(ctx context.Context, member string) error {
	if w.listing == nil {
		return errNoListing
	}
	p, err := w.announced(ctx)
	if err != nil {
		return err
	}
	v, _ := p.Get(member)
	limit, err := strconv.Atoi(judge.Plain(v))
	if err != nil {
		return &judge.Unsupported{Reason: "/ServiceProviderConfig announces no pagination." + member}
	}
	for i, page := range w.listing.pages {
		what := fmt.Sprintf("page %d of %s", i+1, w.listing)
		if err := w.ExpectThat(len(page.Resources) <= limit, what, fmt.Sprintf("at most %d resources, as announced", limit), strconv.Itoa(len(page.Resources))); err != nil {
			return err
		}
	}
	return nil
}

// pagedAsAnnounced looks at lists that were asked for by neither method, each longer
// than its page: a nextCursor tells that cursors are the default.
func (w *World) pagedAsAnnounced(ctx context.Context) error {
	answers, err := w.Answers()
	if err != nil {
		return err
	}
	p, err := w.announced(ctx)
	if err != nil {
		return err
	}
	want := p.String("defaultPaginationMethod")
	for _, a := range answers {
		what := "the paging in " + a.String()
		if _, problem := judge.PageIn(a.Response, false); problem != "" {
			return w.finds(a, what, "200 with a list", problem)
		}
		method := "index"
		if a.Body.String("nextCursor") != "" {
			method = "cursor"
		}
		want = cmp.Or(want, method)
		if err := w.Expect(what+", as announced and as before", want, method); err != nil {
			return err
		}
	}
	return nil
}

// longestWait is how long an example waits for a cursor to expire.
const longestWait = 5 * time.Second

// theTimeOfTheCursorIsOver lets the announced time pass: the embedded target's
// clock is put forward.
func (w *World) theTimeOfTheCursorIsOver(ctx context.Context) error {
	p, err := w.announced(ctx)
	if err != nil {
		return err
	}
	v, _ := p.Get("cursorTimeout")
	seconds, err := strconv.Atoi(judge.Plain(v))
	if err != nil {
		return &judge.Unsupported{Reason: "/ServiceProviderConfig announces no pagination.cursorTimeout"}
	}
	wait := time.Duration(seconds)*time.Second + time.Second
	if w.Run.Target.IsEmbedded() {
		w.PutForward(wait)
		return nil
	}
	if wait > longestWait {
		return &judge.Untested{Reason: fmt.Sprintf("a cursor lives %d seconds: longer than an example waits", seconds)}
	}
	return judge.Pause(ctx, wait)
}
