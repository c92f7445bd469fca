package draft

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// aResourceWithAnotherID leaves out an example about what only looks like an address by
// another attribute: a server may make its ids of names.
func (w *World) aResourceWithAnotherID(ctx context.Context, kind, name, attribute string) error {
	if err := w.MakePlain(ctx, name, judge.CollectionOf(kind)); err != nil {
		return err
	}
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	if value := s.Shown.String(attribute); strings.EqualFold(value, s.ID) {
		return &judge.Unsupported{Reason: "the ids of the target are the " + attribute + " of its resources"}
	}
	return nil
}

// conflictsAsFound holds the last answer against what a filter finds.
func (w *World) conflictsAsFound(ctx context.Context, filter, name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	if filter, err = w.Expand(filter); err != nil {
		return err
	}
	given := w.Last
	what := "the answer to " + w.TheRequest()
	answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodGet, Path: []string{s.Collection}, Query: [][2]string{{"filter", filter}}})
	if err != nil {
		return err
	}
	list, problem := judge.ListOf(answer)
	if problem != "" {
		return &judge.Blocked{Reason: "the filter " + filter + " is answered " + judge.StatusOf(answer) + "; see INTEROP01-6.3-02"}
	}
	found := slices.ContainsFunc(list.Resources, func(o *scim.Object) bool { return scim.IDOf(o) == s.ID })
	want, right := "a success, as "+filter+" does not find "+name, given.Status/100 == 2
	if found {
		want, right = "a refusal, as "+filter+" finds "+name, given.Status/100 == 4
	}
	return w.ExpectThat(right, what, want, judge.StatusOf(given))
}

func (w *World) isASuccessOrAnError(status, scimType string) error {
	if w.Last != nil && w.Last.Status/100 == 2 {
		return w.ExpectSuccess()
	}
	return w.ExpectError(status, scimType)
}

// isPaged takes either way: the last answer was asked for by index; if it is none, the first
// page is asked for by cursor.
func (w *World) isPaged(ctx context.Context) error {
	byIndex := pageProblem(w.Last)
	if byIndex == "" {
		return w.ExpectThat(true, "", "", "")
	}
	what, path := "the answer to "+w.TheRequest(), w.Asked.Path
	cursor, _, err := w.Configured(ctx, "pagination.cursor")
	if err != nil {
		return err
	}
	if cursor != true {
		return w.ExpectThat(false, what, "the second resource alone, with startIndex 2 and the right totalResults", byIndex+"; pagination.cursor is not announced either")
	}
	answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodGet, Path: path, Query: [][2]string{{"cursor", ""}, {"count", "1"}}})
	if err != nil {
		return err
	}
	object, err := judge.ObjectIn(answer)
	works := err == nil && answer.Status == http.StatusOK && len(object.Array("Resources")) <= 1 && object.String("nextCursor") != ""
	return w.ExpectThat(works, fmt.Sprintf("the answer to GET /%s?cursor=&count=1", strings.Join(path, "/")), "one resource and a nextCursor, as pagination.cursor is announced", judge.StatusOf(answer))
}

// pageProblem says what keeps an answer from being the second page of one resource; "" if nothing.
func pageProblem(answer *wire.Response) string {
	object, err := judge.ObjectIn(answer)
	switch {
	case answer.Status != http.StatusOK || err != nil:
		return judge.StatusOf(answer)
	case len(object.Array("Resources")) > 1:
		return fmt.Sprintf("%d resources", len(object.Array("Resources")))
	}
	for name, least := range map[string]int64{"startIndex": 2, "totalResults": 2} {
		value, _ := object.Get(name)
		number, _ := value.(json.Number)
		n, err := number.Int64()
		if err != nil || n < least || name == "startIndex" && n != least {
			return name + " " + judge.Text(value)
		}
	}
	return ""
}

func (w *World) showsAtLeast(n int) error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	got := len(answer.Array("Resources"))
	return w.ExpectThat(got >= n, "the resources in the answer to "+w.TheRequest(), fmt.Sprintf("at least %d", n), fmt.Sprint(got))
}

func (w *World) doesNotList(name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	listed := slices.ContainsFunc(objectsIn(answer.Array("Resources")), func(o *scim.Object) bool { return scim.IDOf(o) == s.ID })
	return w.ExpectThat(!listed, "the answer to "+w.TheRequest(), "nothing of /"+s.Collection, "the resource "+s.ID+" of /"+s.Collection)
}

func (w *World) hasItsAddress(name, endpoint string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	value, _ := judge.At(answer, "meta.location")
	text, _ := value.(string)
	u, err := url.Parse(text)
	want := endpoint + "/" + url.PathEscape(s.ID)
	right := err == nil && (strings.HasSuffix(u.EscapedPath(), want) || strings.HasSuffix(u.Path, endpoint+"/"+s.ID))
	return w.ExpectThat(right, "meta.location in the answer to "+w.TheRequest(), "an address that ends in "+want, judge.QuotedOrNone(text))
}

// haveExactly compares the values of a multi-valued attribute, in any order.
func (w *World) haveExactly(ctx context.Context, attribute, name, list string) error {
	list, err := w.Expand(list)
	if err != nil {
		return err
	}
	want := judge.Listed(list)
	slices.Sort(want)
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		got := judge.ValuesOf(now.Shown, attribute)
		slices.Sort(got)
		return w.ExpectThat(slices.EqualFunc(want, got, strings.EqualFold), "the values of "+attribute+" of "+name+" as it is read now",
			strings.Join(want, ", "), strings.Join(got, ", "))
	})
}
