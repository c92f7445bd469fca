package paging

import (
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
	object, err := w.Last.Object()
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

// cursorsWorkIfAnnounced asks for the first of several users by cursor.
func (w *World) cursorsWorkIfAnnounced(ctx context.Context) error {
	p, err := w.announced(ctx)
	if err != nil {
		return err
	}
	says, _ := p.Get("cursor")
	if err := w.Ask(ctx, http.MethodGet, []string{"Users"}, [][2]string{{"cursor", ""}, {"count", "1"}}, nil); err != nil {
		return err
	}
	works := false
	if object, err := w.Last.Object(); err == nil {
		works = w.Last.Status == http.StatusOK && object.String("nextCursor") != ""
	}
	if !works && says != true {
		return &judge.Unsupported{Reason: "the target has no cursor paging: it neither announces a cursor nor gives one"}
	}
	return w.ExpectThat(works == (says == true), "pagination.cursor of /ServiceProviderConfig", strconv.FormatBool(works)+", as the target does", judge.Text(says))
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

// pagedAsAnnounced looks at lists of users and groups that ask for neither method,
// each longer than its page: a nextCursor tells that cursors are the default.
func (w *World) pagedAsAnnounced(ctx context.Context) error {
	p, err := w.announced(ctx)
	if err != nil {
		return err
	}
	said := p.String("defaultPaginationMethod")
	seen := ""
	for _, collection := range []string{"Users", "Users", "Groups"} {
		page, err := w.listPage(ctx, []string{collection}, [][2]string{{"count", "1"}})
		if err != nil {
			return err
		}
		method := "index"
		if page.next() != "" {
			method = "cursor"
		}
		what := "the paging of " + judge.RequestText(page.asked)
		if said != "" {
			if err := w.Expect(what+", as announced", said, method); err != nil {
				return err
			}
		}
		if seen != "" {
			if err := w.Expect(what+", as before", seen, method); err != nil {
				return err
			}
		}
		seen = method
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
