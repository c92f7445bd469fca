package client

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// How a client looks for users and groups.

func (w *World) eachFollowsTheGrammar() error {
	return w.each("the filter of %s", "one that follows the grammar", func(x *Exchange) string {
		text := parameters(x).Get("filter")
		if _, err := filter.Parse(text, w.typeOf(x)); err != nil {
			return fmt.Sprintf("%q: %v", text, err)
		}
		return ""
	})
}

func (w *World) eachAsksForAttributes() error {
	return w.each("the filter of %s", "attributes of the resource type", func(x *Exchange) string {
		f, err := filter.Parse(parameters(x).Get("filter"), w.typeOf(x))
		if err != nil {
			return skip // another requirement says so
		}
		if err := filter.Check(f, w.typeOf(x)); err != nil {
			return err.Error()
		}
		return ""
	})
}

// theNameItLooksFor compares the texts that filters on the attribute name during the task.
// Of those that are others, only what resembles the name is meant for it.
func (w *World) theNameItLooksFor(attribute, person string) error {
	want := People[person].UserName
	if attribute == "displayName" {
		want = OddGroup
	}
	judged := false
	for _, x := range w.chosen {
		for _, text := range w.namesSoughtBy(x, attribute) {
			if text != want && !resembles(text, want) {
				continue
			}
			judged = true
			if err := w.expectOf(x, text == want, "the "+attribute+" that %s looks for", quoted(want), quoted(text)); err != nil {
				return err
			}
		}
	}
	if !judged {
		return untested("the client looked for nobody by %s meanwhile", attribute)
	}
	return nil
}

func (w *World) theGroupItLooksFor() error { return w.theNameItLooksFor("displayName", "") }

// namesSoughtBy are the texts with which a query compares the attribute; of a filter that
// does not follow the grammar, what stands behind the first operator.
func (w *World) namesSoughtBy(x *Exchange, attribute string) []string {
	text := parameters(x).Get("filter")
	if text == "" || w.typeOf(x) == nil {
		return nil
	}
	if _, err := filter.Parse(text, w.typeOf(x)); err != nil {
		_, value, _ := strings.Cut(text, " eq ")
		return []string{strings.Trim(value, `"`)}
	}
	return w.soughtBy(x, attribute)
}

// resembles says whether a text may be the name, spoilt on the way: they begin alike, but
// for signs and letters beyond ASCII.
func resembles(text, name string) bool {
	a, b := plainLetters(text), plainLetters(name)
	alike := 0
	for alike < min(len(a), len(b)) && a[alike] == b[alike] {
		alike++
	}
	return alike >= 4 || alike >= 2 && strings.Contains(text, "%")
}

func plainLetters(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' {
			return c
		}
		return -1
	}, strings.ToLower(text))
}

// soughtBy are the texts with which a query compares the attribute.
func (w *World) soughtBy(x *Exchange, attribute string) []string {
	t := w.typeOf(x)
	if t == nil || !isQuery(x) {
		return nil
	}
	f, err := filter.Parse(parameters(x).Get("filter"), t)
	if err != nil {
		return nil
	}
	return compared(f, attribute)
}

// compared are the texts with which a filter compares an attribute, "" any attribute.
func compared(f filter.Filter, attribute string) []string {
	switch f := f.(type) {
	case filter.And:
		return append(compared(f.Left, attribute), compared(f.Right, attribute)...)
	case filter.Or:
		return append(compared(f.Left, attribute), compared(f.Right, attribute)...)
	case filter.ValuePath:
		return compared(f.Of, attribute)
	case filter.Compare:
		if text, ok := f.Value.(string); ok && (attribute == "" || strings.EqualFold(f.Path.Attr, attribute)) {
			return []string{text}
		}
	}
	return nil
}

// page is an answer to a list of a whole endpoint.
type page struct {
	x            *Exchange
	start, total int
	resources    []any
}

// lists are the pages that were read of an endpoint without a filter and with room for more
// than one resource: a list of one tests the connection.
func (w *World) lists(endpoint string) []page {
	var pages []page
	for _, x := range w.chosen {
		q, path := parameters(x), w.rec.Path(x)
		count, err := strconv.Atoi(q.Get("count"))
		isProbe := err == nil && count <= 1
		if !isQuery(x) || !x.Succeeded() || len(path) == 0 || path[0] != endpoint || len(path) == 2 && path[1] != ".search" || q.Get("filter") != "" || isProbe {
			continue
		}
		list, err := scim.ParseList(answer(x))
		if err != nil {
			continue // cut by the recorder
		}
		p := page{x: x, start: 1, total: list.TotalResults, resources: answer(x).Array("Resources")}
		if start, err := strconv.Atoi(q.Get("startIndex")); err == nil && start > 1 {
			p.start = start
		}
		pages = append(pages, p)
	}
	return pages
}

func (p page) next() int    { return p.start + len(p.resources) }
func (p page) isLast() bool { return p.next() > p.total }

func (w *World) aListIsReadToItsEnd(person string) error {
	pages := w.lists("Users")
	if len(pages) == 0 {
		return untested("the client read no list without a filter meanwhile")
	}
	for i, p := range pages {
		found := slices.ContainsFunc(p.resources, func(v any) bool {
			o, _ := v.(*scim.Object)
			return strings.EqualFold(o.String("userName"), People[person].UserName)
		})
		goesOn := slices.ContainsFunc(pages[i+1:], func(later page) bool { return later.start == p.next() }) || p.x.cursorGoesOn(w.chosen)
		got := fmt.Sprintf("the end after %d of %d", p.next()-1, p.total)
		if err := w.expectOf(p.x, found || p.isLast() || goesOn, "what follows %s", fmt.Sprintf("the page that begins at %d", p.next()), got); err != nil {
			return err
		}
	}
	return nil
}

// cursorGoesOn says whether a later query has the cursor that this answer gave.
func (x *Exchange) cursorGoesOn(later []*Exchange) bool {
	next := answer(x).String("nextCursor")
	return next != "" && slices.ContainsFunc(later, func(l *Exchange) bool { return parameters(l).Get("cursor") == next })
}

func (w *World) theNextPageBegins() error {
	pages := w.lists("Users")
	judged := false
	for i, p := range pages[min(1, len(pages)):] {
		if p.start == 1 {
			continue
		}
		judged = true
		behind := slices.ContainsFunc(pages[:i+1], func(before page) bool { return before.next() == p.start })
		if err := w.expectOf(p.x, behind, "startIndex in %s", fmt.Sprint(pages[i].next()), fmt.Sprint(p.start)); err != nil {
			return err
		}
	}
	if !judged {
		return untested("the client read no second page of a list meanwhile")
	}
	return nil
}

func (w *World) eachHasWholeNumbers() error {
	return w.each("startIndex and count of %s", "whole numbers", func(x *Exchange) string {
		for _, name := range []string{"startIndex", "count"} {
			text := parameters(x).Get(name)
			if _, err := strconv.Atoi(text); err != nil && parameters(x).Has(name) {
				return name + "=" + text
			}
		}
		return ""
	})
}

func (w *World) eachCursorWasGiven() error {
	return w.each("the cursor of %s", "one that the target gave for the same query", func(x *Exchange) string {
		q := parameters(x)
		for _, before := range w.rec.Exchanges {
			if before == x {
				break
			}
			given := answer(before)
			if next := q.Get("cursor"); next != given.String("nextCursor") && next != given.String("previousCursor") {
				continue
			}
			if sameQuery(q, parameters(before)) && slices.Equal(w.rec.Path(before), w.rec.Path(x)) {
				return ""
			}
			return "one that it gave for another query"
		}
		return "one that it never gave"
	})
}

// sameQuery compares all parameters but the cursor.
func sameQuery(a, b url.Values) bool {
	a, b = maps.Clone(a), maps.Clone(b)
	a.Del("cursor")
	b.Del("cursor")
	return maps.EqualFunc(a, b, slices.Equal[[]string])
}

func (w *World) noneHasBothSelections() error {
	return w.each("the parameters of %s", "attributes or excludedAttributes", func(x *Exchange) string {
		if q := parameters(x); q.Get("attributes") != "" && q.Get("excludedAttributes") != "" {
			return "both"
		}
		return ""
	})
}

// blockedUnless is what a Given says that does not hold.
func blockedUnless(ok bool, format string, args ...any) error {
	if ok {
		return nil
	}
	return &judge.Blocked{Reason: fmt.Sprintf(format, args...)}
}
