package honesty

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about what a target says of itself at /ServiceProviderConfig,
// /ResourceTypes and /Schemas.

// place is a value within a document, with its path.
type place struct {
	path  string
	value any
	there bool
}

// places finds all values at a path such as "Resources[].attributes[].type". A
// list that is not there has no elements; the last name counts also where it is
// missing, as a place without a value.
func places(at place, path string) []place {
	if path == "" {
		return []place{at}
	}
	step, rest, _ := strings.Cut(path, ".")
	name, isList := strings.CutSuffix(step, "[]")
	o, _ := at.value.(*scim.Object)
	value, there := o.Get(name)
	at = place{strings.TrimPrefix(at.path+"."+name, "."), value, there}
	if !isList {
		return places(at, rest)
	}
	var all []place
	list, _ := value.([]any)
	for i, e := range list {
		all = append(all, places(place{labelled(at.path, i, e), e, true}, rest)...)
	}
	return all
}

// labelled calls an element by its name or id, if it has one.
func labelled(path string, i int, element any) string {
	o, _ := element.(*scim.Object)
	for _, name := range []string{"id", "name"} {
		if label := o.String(name); label != "" {
			return fmt.Sprintf("%s[%s]", path, label)
		}
	}
	return fmt.Sprintf("%s[%d]", path, i)
}

// everyFits judges all values at a path of the last answer; "if there" does not mind
// missing ones.
func (w *World) everyFits(path, ifThere, want string, fits func(v any) bool) error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	for _, p := range places(place{value: answer}, path) {
		if ifThere != "" && (!p.there || p.value == nil) {
			continue
		}
		if err := w.ExpectThat(fits(p.value), p.path+" in the answer to "+w.TheRequest(), want, judge.Text(p.value)); err != nil {
			return err
		}
	}
	return w.ExpectThat(true, "", "", "")
}

func (w *World) everyIsOneOf(path, list, ifThere string) error {
	list, err := w.Expand(list)
	if err != nil {
		return err
	}
	words := judge.Listed(list)
	return w.everyFits(path, ifThere, "one of "+list, func(v any) bool {
		text, is := v.(string)
		return is && slices.Contains(words, text)
	})
}

func (w *World) everyIsTheIDOfASchema(ctx context.Context, path, ifThere string) error {
	schemas, err := w.Discovered(ctx, "Schemas")
	if err != nil {
		return err
	}
	return w.everyFits(path, ifThere, "the id of a schema", func(v any) bool {
		urn, is := v.(string)
		return is && slices.ContainsFunc(schemas, func(s *scim.Object) bool { return strings.EqualFold(s.String("id"), urn) })
	})
}

func (w *World) everyIsAText(path, ifThere string) error {
	return w.everyFits(path, ifThere, "a text", func(v any) bool {
		text, is := v.(string)
		return is && strings.TrimSpace(text) != ""
	})
}

func (w *World) everyIsA(path, kind, ifThere string) error {
	return w.everyFits(path, ifThere, "a value of type "+kind, func(v any) bool { return judge.IsA(v, kind) })
}

// everyHasTheDigits leaves aside what else a telephone number is written with.
func (w *World) everyHasTheDigits(path, one, other string) error {
	return w.everyFits(path, ", if there", "the digits "+one+" or "+other, func(v any) bool {
		digits := notDigits.ReplaceAllString(judge.Plain(v), "")
		return digits == one || digits == other
	})
}

// theSameRequestWith asks again with a query that must not matter. The order is
// compared only where the target keeps to one by itself.
func (w *World) theSameRequestWith(ctx context.Context, query string) error {
	before, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	path := "/" + strings.Join(w.Asked.Path, "/")
	if err := w.SendTo(ctx, http.MethodGet, path, nil, nil); err != nil {
		return err
	}
	again, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	if err := w.SendTo(ctx, http.MethodGet, path+"?"+query, nil, nil); err != nil {
		return err
	}
	after, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	ordered := judge.IDsIn(before) == judge.IDsIn(again) && len(before.Array("Resources")) > 3
	same := w.Last.Status == http.StatusOK && sameResources(before, after) && (!ordered || judge.IDsIn(before) == judge.IDsIn(after))
	return w.ExpectThat(same, "the answer to "+w.TheRequest()+judge.QueryText(w.Asked), "the same as without the query, "+judge.IDsIn(before), judge.StatusOf(w.Last)+" "+judge.IDsIn(after))
}

func sameResources(a, b *scim.Object) bool {
	if _, isList := a.Get("Resources"); !isList {
		return judge.SameState(a, b)
	}
	totalA, _ := a.Get("totalResults")
	totalB, _ := b.Get("totalResults")
	listA, listB := a.Array("Resources"), b.Array("Resources")
	return scim.Equal(totalA, totalB) && judge.SameValue(any(listA), any(listB))
}

// comesWithThePermanentLocation looks at the first answer to a request for /Me,
// before a redirect was followed. Status 501 says that there is no such alias.
func (w *World) comesWithThePermanentLocation(ctx context.Context) error {
	first, err := w.firstOfMe()
	if err != nil {
		return err
	}
	if first.Status/100 != 2 && first.Status/100 != 3 {
		return w.ExpectThat(true, "", "", "")
	}
	location := first.ResponseHeader.Get("Location")
	what := fmt.Sprintf("the Location of the answer %d to GET /Me", first.Status)
	if location == "" {
		return w.ExpectThat(false, what, "the address of the subject's resource", "none")
	}
	u, err := url.Parse(location)
	if err != nil || strings.HasSuffix(strings.TrimSuffix(u.Path, "/"), "/Me") {
		return w.ExpectThat(false, what, "the permanent address of the subject's resource", location)
	}
	if first.Status/100 == 3 {
		return w.ExpectThat(w.Last.Status == http.StatusOK, what, "an address that answers 200", location+", which answers "+judge.StatusOf(w.Last))
	}
	shown, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	segments := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	if len(segments) < 2 {
		return w.ExpectThat(false, what, "the address of a resource", location)
	}
	id, err := url.PathUnescape(segments[len(segments)-1])
	if err != nil {
		return w.ExpectThat(false, what, "the address of a resource", location)
	}
	read, err := w.Read(ctx, segments[len(segments)-2], id)
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(read.String("id") == shown.String("id"), what, "the address of "+shown.String("id"), location+", which shows "+read.String("id"))
}

func (w *World) firstOfMe() (*wire.Exchange, error) {
	seen := w.Wire.Exchanges()
	i := slices.IndexFunc(seen, func(e *wire.Exchange) bool { return strings.HasSuffix(e.URL, "/Me") })
	if i < 0 {
		return nil, fmt.Errorf("/Me was not asked for")
	}
	return seen[i], nil
}
