package steps

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The steps that judge one page by its numbers, or by another way to ask for it.

// itCountsAndShows judges a single answer by its totalResults and resources. A page
// by cursor need not count (RFC 9865 section 2).
func (w *world) itCountsAndShows(total int, ifItCounts, atMost string, n int) error {
	what := requestText(w.asked)
	if err := w.theAnswerIsOneOf("200"); err != nil {
		return err
	}
	list, problem := pageIn(w.last, ifItCounts != "")
	if problem != "" {
		return w.expectThat(false, what, "200 with a list", problem)
	}
	object, err := w.answered()
	if err != nil {
		return w.missed(err)
	}
	if err := w.expectNumber(object, "totalResults", " of "+what, total, ifItCounts == ""); err != nil {
		return err
	}
	ok := len(list.Resources) == n || atMost != "" && len(list.Resources) < n && (len(list.Resources) > 0 || n == 0)
	return w.expectThat(ok, "the resources shown by "+what, atMost+strconv.Itoa(n), strconv.Itoa(len(list.Resources)))
}

// theAnswerIsTheSameAsTo asks in another way, and demands the same answer: the
// same resource, or as many results and the same ones on the page.
func (w *world) theAnswerIsTheSameAsTo(ctx context.Context, method, path string, table *godog.Table) error {
	if w.last == nil {
		return fmt.Errorf("nothing was asked")
	}
	query, err := w.tableQuery(table)
	if err != nil {
		return err
	}
	first, what := w.last, requestText(w.asked)
	if err := w.sending(ctx, method, path, query, nil); err != nil {
		return err
	}
	if w.last.Status != 200 {
		return &Mismatch{What: requestText(w.asked), Want: "200", Got: statusOf(w.last)}
	}
	want, err := w.last.Object()
	if err != nil {
		return &Mismatch{What: requestText(w.asked), Want: "a JSON object", Got: err.Error()}
	}
	got, err := first.Object()
	if first.Status != 200 || err != nil {
		return w.expectThat(false, what, "the same as to "+requestText(w.asked), statusOf(first))
	}
	return w.expectThat(sameContent(standardPart(want), standardPart(got)), what, "the same as to "+requestText(w.asked)+": "+textOf(want), textOf(got))
}

// sameContent compares resources, or lists by what they count and show.
func sameContent(a, b *scim.Object) bool {
	if _, isList := a.Get("totalResults"); !isList {
		return sameState(a, b)
	}
	total, _ := b.Get("totalResults")
	want, _ := a.Get("totalResults")
	return scim.Equal(want, total) && listDifference("", a.Array("Resources"), anyList(b)) == nil && listDifference("", b.Array("Resources"), anyList(a)) == nil
}

func anyList(o *scim.Object) any { return append([]any{}, o.Array("Resources")...) }

// standardPart is a resource, or a list of them, without the attributes that the
// standard does not have: when these are shown is the target's own affair.
func standardPart(o *scim.Object) *scim.Object {
	part := scim.NewObject()
	_, isList := o.Get("totalResults")
	for name, v := range o.All() {
		switch {
		case isList && name == "Resources":
			part.Set(name, standardParts(o.Array(name)))
		case isList || isStandard(collectionShown(o), name):
			part.Set(name, v)
		}
	}
	return part
}

func standardParts(list []any) []any {
	parts := make([]any, len(list))
	for i, r := range list {
		if o, ok := r.(*scim.Object); ok {
			r = standardPart(o)
		}
		parts[i] = r
	}
	return parts
}

// collectionShown tells by its schemas where a resource belongs.
func collectionShown(o *scim.Object) string {
	if slices.Contains(o.Array("schemas"), any(scim.GroupURN)) {
		return "Groups"
	}
	return "Users"
}
