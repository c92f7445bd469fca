package paging

import (
	"context"
	"fmt"
	"strconv"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that judge one page by its numbers, or by another way to ask for it.

// itCountsAndShows judges a single answer by its totalResults and resources. A page
// by cursor need not count (RFC 9865 section 2).
func (w *World) itCountsAndShows(total int, ifItCounts, atMost string, n int) error {
	what := judge.RequestText(w.Asked)
	if w.listing != nil && w.listing.refused != nil {
		return w.listing.refused // the whole list was gone through, which counts all there is
	}
	if err := w.ExpectOneOf("200"); err != nil {
		return err
	}
	list, problem := judge.PageIn(w.Last, ifItCounts != "")
	if problem != "" {
		return w.ExpectThat(false, what, "200 with a list", problem)
	}
	object, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	if err := w.ExpectNumber(object, "totalResults", " of "+what, total, ifItCounts == ""); err != nil {
		return err
	}
	ok := len(list.Resources) == n || atMost != "" && len(list.Resources) < n && (len(list.Resources) > 0 || n == 0)
	return w.ExpectThat(ok, "the resources shown by "+what, atMost+strconv.Itoa(n), strconv.Itoa(len(list.Resources)))
}

// theAnswerIsTheSameAsTo asks in another way, and demands the same answer: the
// same resource, or as many results and the same ones on the page.
func (w *World) theAnswerIsTheSameAsTo(ctx context.Context, method, path string, table *messages.PickleTable) error {
	if w.Last == nil {
		return fmt.Errorf("nothing was asked")
	}
	query, err := w.QueryOf(Rows(table))
	if err != nil {
		return err
	}
	first, what := w.Last, judge.RequestText(w.Asked)
	if err := w.SendTo(ctx, method, path, query, nil); err != nil {
		return err
	}
	if w.Last.Status != 200 {
		return &judge.Mismatch{What: judge.RequestText(w.Asked), Want: "200", Got: judge.StatusOf(w.Last)}
	}
	want, err := w.Last.FirstObject()
	if err != nil {
		return &judge.Mismatch{What: judge.RequestText(w.Asked), Want: "a JSON object", Got: err.Error()}
	}
	got, err := first.FirstObject()
	if first.Status != 200 || err != nil {
		return w.ExpectThat(false, what, "the same as to "+judge.RequestText(w.Asked), judge.StatusOf(first))
	}
	return w.ExpectThat(sameContent(standardPart(want), standardPart(got)), what, "the same as to "+judge.RequestText(w.Asked)+": "+judge.Text(want), judge.Text(got))
}

// sameContent compares resources, or lists by what they count and show.
func sameContent(a, b *scim.Object) bool {
	if _, isList := a.Get("totalResults"); !isList {
		return judge.SameState(a, b)
	}
	total, _ := b.Get("totalResults")
	want, _ := a.Get("totalResults")
	return scim.Equal(want, total) && judge.ListDifference("", a.Array("Resources"), anyList(b)) == nil && judge.ListDifference("", b.Array("Resources"), anyList(a)) == nil
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
		case isList || judge.IsStandard(judge.CollectionShown(o), name):
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
