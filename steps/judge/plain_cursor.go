package judge

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A walk through five resources by cursors, by pages of two: what is wrong with that is seen by all
// who page by cursors; see FlawedPlainly.

// flaw is what is wrong, and the requirement that tells it.
type flaw struct{ home, why string }

// walkedPlainly finds out whether the plainest walk by cursors goes wrong already. What is to be
// refused needs none.
func (j *Session) walkedPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	byCursor := func(r wire.Request) bool {
		_, inBody := bodyOf(r).Get("cursor")
		return selects(r, "cursor") || inBody
	}
	all := j.requestsIn(m)
	i := slices.IndexFunc(all, byCursor)
	if i < 0 || strings.HasPrefix(m.Want, "4") || strings.HasPrefix(m.Want, "a status from 4") {
		return "", "", nil
	}
	collection := "Users"
	if len(all[i].Path) > 0 && all[i].Path[0] == "Groups" {
		collection = "Groups"
	}
	ask := byQuery
	if all[i].Method == http.MethodPost {
		ask = Searching
	}
	found, err := SharedBy(ctx, j.Run, "the plain walk by cursors, "+all[i].Method+" "+collection, func(ctx context.Context, own *Session) (flaw, error) {
		return own.walkByCursors(ctx, collection, ask)
	})
	if found.home == judged || err != nil {
		return "", "", OnlyLost(err)
	}
	return found.home, found.why, nil
}

func (j *Session) walkByCursors(ctx context.Context, collection string, ask func(filter string, path ...string) wire.Request) (flaw, error) {
	all, filter, err := j.five(ctx, collection)
	if err != nil {
		return flaw{}, err
	}
	var got []string
	for cursor := ""; len(got) < len(all); {
		r := ask(filter, collection)
		if isSearch(r) {
			bodyOf(r).Set("cursor", cursor)
			bodyOf(r).Set("count", 2)
		} else {
			r.Query = append(r.Query, [2]string{"count", "2"}, [2]string{"cursor", cursor})
		}
		answer, err := j.Send(ctx, j.Client(), r)
		if err != nil {
			return flaw{}, err
		}
		page, problem := PageIn(answer, true)
		if problem != "" {
			return flaw{}, nil // that is told by its status
		}
		ids := idsIn(page)
		switch got = append(got, ids...); {
		case len(ids) > 2:
			return flaw{"RFC9865-2-05", fmt.Sprintf("a page by cursor holds more than it was asked for: %s shows %d", RequestText(r), len(ids))}, nil
		case len(ids) == 0:
			return flaw{"RFC9865-2-10", fmt.Sprintf("the plainest pages by cursor end too early: %s shows nobody, and there are %d", RequestText(r), len(all))}, nil
		}
		shown, _ := ObjectIn(answer) // it is a list
		if cursor = shown.String("nextCursor"); cursor == "" && len(got) < len(all) {
			home := "RFC9865-2-06"
			if len(got) == len(ids) {
				home = cursorHome // not even the first one does
			}
			return flaw{home, fmt.Sprintf("a page by cursor does not lead to the next: %s has no nextCursor, and %d of %d are shown", RequestText(r), len(got), len(all))}, nil
		}
	}
	if slices.Sort(got); !slices.Equal(got, all) {
		return flaw{"RFC9865-2-10", "the plainest pages by cursor overlap: those of five, two at a time, do not show each once"}, nil
	}
	return flaw{}, nil
}
