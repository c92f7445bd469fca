package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// queries are the requests that may carry a filter, at any of these endpoints
// ("" for the service root); without any, at all of them.
//
//go:noinline
func queries(places ...string) when {
	return func(r *http.Request) bool {
		at := segments(r)
		if r.Method == http.MethodPost && (len(at) == 0 || at[len(at)-1] != ".search") {
			return false
		}
		if r.Method == http.MethodPost {
			at = at[:len(at)-1]
		}
		if r.Method != http.MethodPost && r.Method != http.MethodGet || len(at) > 1 {
			return false
		}
		endpoint := ""
		if len(at) == 1 && isEndpoint(at[0]) {
			endpoint = at[0]
		}
		ours := endpoint == "" || endpoint == "Users" || endpoint == "Groups"
		return ours && (len(places) == 0 || slices.Contains(places, endpoint))
	}
}

// isEndpoint says whether a segment is an endpoint; the root is not.
func isEndpoint(segment string) bool { return slices.Contains(endpoints, segment) }

func searches(r *http.Request) bool { return r.Method == http.MethodPost && queries()(r) }

// filterOf is the text of a query's filter.
func filterOf(r *http.Request) (string, bool) {
	if r.Method == http.MethodPost {
		return bodyOf(r).String("filter"), bodyOf(r).String("filter") != ""
	}
	q := r.URL.Query()
	return q.Get("filter"), q.Has("filter")
}

func setFilter(r *http.Request, text string) {
	if r.Method != http.MethodPost {
		editQuery(r, func(q url.Values) { q.Set("filter", text) })
		return
	}
	body := bodyOf(r)
	body.Set("filter", text)
	setBody(r, body)
}

func dropFilter(r *http.Request) {
	if r.Method != http.MethodPost {
		editQuery(r, func(q url.Values) { q.Del("filter") })
		return
	}
	body := bodyOf(r)
	body.Delete("filter")
	setBody(r, body)
}

// ahead acts on requests before the provider sees them.
//
//go:noinline
func ahead(chosen when, edit func(r *http.Request)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				edit(r)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// misread changes the text of filters.
//
//go:noinline
func misread(chosen when, edit func(text string) string) Wrap {
	return ahead(chosen, func(r *http.Request) {
		if text, ok := filterOf(r); ok {
			setFilter(r, edit(text))
		}
	})
}

// respelled changes pieces of a text.
//
//go:noinline
func respelled(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }

// rebuilt changes the syntax tree of filters that can be read.
//
//go:noinline
func rebuilt(chosen when, edit func(f filter.Filter) filter.Filter) Wrap {
	return misread(chosen, func(text string) string {
		f, err := filter.Parse(text, scim.UserType())
		if err != nil {
			return text
		}
		return edit(f).String()
	})
}

// compared changes every comparison, also within square brackets.
//
//go:noinline
func compared(chosen when, edit func(c filter.Compare) filter.Filter) Wrap {
	return rebuilt(chosen, func(f filter.Filter) filter.Filter { return eachCompare(f, edit) })
}

func eachCompare(f filter.Filter, edit func(c filter.Compare) filter.Filter) filter.Filter {
	switch f := f.(type) {
	case filter.And:
		return filter.And{Left: eachCompare(f.Left, edit), Right: eachCompare(f.Right, edit)}
	case filter.Or:
		return filter.Or{Left: eachCompare(f.Left, edit), Right: eachCompare(f.Right, edit)}
	case filter.Not:
		return filter.Not{Of: eachCompare(f.Of, edit)}
	case filter.ValuePath:
		return filter.ValuePath{Path: f.Path, Of: eachCompare(f.Of, edit)}
	case filter.Compare:
		return edit(f)
	}
	return f
}

// takenFor takes one operator for another.
//
//go:noinline
func takenFor(of, taken filter.Op) Wrap {
	return compared(queries(), func(c filter.Compare) filter.Filter {
		if c.Op == of {
			c.Op = taken
		}
		return c
	})
}

// about holds for comparisons of an attribute, by its path in lower case without URN.
func about(c filter.Compare, path string) bool {
	name := c.Path.Attr
	if c.Path.Sub != "" {
		name += "." + c.Path.Sub
	}
	return strings.EqualFold(name, path)
}

// nobody and everybody are filters that are always false and always true.
func nobody() filter.Filter {
	return filter.Compare{Path: filter.Path{Attr: "id"}, Op: filter.Eq, Value: "no such id"}
}
func everybody() filter.Filter { return filter.Compare{Path: filter.Path{Attr: "id"}, Op: filter.Pr} }

// asked rewrites the answers to queries with a filter, of which it knows the text.
//
//go:noinline
func asked(chosen when, edit func(next http.Handler, r *http.Request, text string, a *answer)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			text, ok := "", false
			if chosen(r) {
				text, ok = filterOf(r)
			}
			if !ok {
				next.ServeHTTP(w, r)
				return
			}
			a := serve(next, r)
			edit(next, r, text, a)
			a.send(w)
		})
	}
}

// typeAt is the type of resource that a query is about.
func typeAt(r *http.Request) (*scim.ResourceType, string) {
	if slices.Contains(segments(r), "Groups") {
		return scim.GroupType(), "Groups"
	}
	return scim.UserType(), "Users"
}

// reevaluated answers filters by an evaluation of the fault's own.
//
//go:noinline
func reevaluated(chosen when, match func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool) Wrap {
	return asked(chosen, func(next http.Handler, r *http.Request, text string, a *answer) {
		t, endpoint := typeAt(r)
		f, err := filter.Parse(text, t)
		if err != nil || !a.ok() {
			return
		}
		found := []any{}
		for _, o := range ask(next, r, http.MethodGet, endpoint+"?count=200", nil).resources() {
			if match(f, t, o) {
				found = append(found, o)
			}
		}
		a.body.Set("totalResults", number(len(found)))
		a.body.Set("itemsPerPage", number(len(found)))
		a.body.Set("Resources", found)
	})
}

// withCase evaluates with every text attribute that a fault chooses turned
// exact or inexact.
//
//go:noinline
func withCase(exact bool, chosen func(name string) bool) Wrap {
	return reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		lists := [][]*scim.Attribute{t.Schema.Attributes}
		for _, x := range t.Extensions {
			lists = append(lists, x.Schema.Attributes)
		}
		for _, attributes := range lists {
			setCase(attributes, "", exact, chosen)
		}
		return filter.Match(f, t, o)
	})
}

func setCase(attributes []*scim.Attribute, prefix string, exact bool, chosen func(name string) bool) {
	for _, a := range attributes {
		if chosen(prefix + a.Name) {
			a.CaseExact = exact
		}
		setCase(a.SubAttributes, prefix+a.Name+".", exact, chosen)
	}
}

// refusingFilter answers a query with an error where its filter is of a kind.
//
//go:noinline
func refusingFilter(chosen when, of func(text string) bool, e *scim.Error) Wrap {
	return asked(chosen, func(_ http.Handler, _ *http.Request, text string, a *answer) {
		if of(text) {
			a.refuse(e)
		}
	})
}

// containing holds for filters with all of these texts in them.
//
//go:noinline
func containing(parts ...string) func(string) bool {
	return func(text string) bool {
		return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(text, p) })
	}
}

// lenient answers with everything, or with an empty list, where the provider
// refuses a filter.
//
//go:noinline
func lenient(chosen when, everything bool) Wrap {
	return asked(chosen, func(next http.Handler, r *http.Request, _ string, a *answer) {
		if a.status != http.StatusBadRequest {
			return
		}
		_, endpoint := typeAt(r)
		query := "?filter=id+eq+%22none%22"
		if everything {
			query = "?count=200"
		}
		*a = *ask(next, r, http.MethodGet, endpoint+query, nil)
	})
}
