package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// Inexact decides comparisons of an attribute as if it had no case.
func Inexact(chosen When, path string, ops ...filter.Op) Wrap {
	return Reevaluated(chosen, func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		small := scim.NewObject()
		for name, v := range o.All() {
			if text, ok := v.(string); ok && strings.EqualFold(name, path) {
				v = strings.ToLower(text)
			}
			small.Set(name, v)
		}
		return filter.Match(EachCompare(f, func(c filter.Compare) filter.Filter {
			if v, ok := c.Value.(string); ok && About(c, path) && slices.Contains(ops, c.Op) {
				c.Value = strings.ToLower(v)
				if filter.Match(c, t, small) {
					return Everybody()
				}
				return Nobody()
			}
			return c
		}), t, o)
	})
}

func ExternalFolded(op filter.Op) Wrap { return Inexact(Queries(), "externalId", op) }

// Joined changes every conjunction, disjunction and negation, from the inside.
func Joined(chosen When, edit func(f filter.Filter) filter.Filter) Wrap {
	return Rebuilt(chosen, func(f filter.Filter) filter.Filter { return EachNode(f, edit) })
}

func EachNode(f filter.Filter, edit func(f filter.Filter) filter.Filter) filter.Filter {
	switch f := f.(type) {
	case filter.And:
		return edit(filter.And{Left: EachNode(f.Left, edit), Right: EachNode(f.Right, edit)})
	case filter.Or:
		return edit(filter.Or{Left: EachNode(f.Left, edit), Right: EachNode(f.Right, edit)})
	case filter.Not:
		return edit(filter.Not{Of: EachNode(f.Of, edit)})
	case filter.ValuePath:
		return edit(filter.ValuePath{Path: f.Path, Of: EachNode(f.Of, edit)})
	}
	return edit(f)
}

func OnAnd(edit func(f filter.And) filter.Filter) func(filter.Filter) filter.Filter {
	return func(f filter.Filter) filter.Filter {
		if and, ok := f.(filter.And); ok {
			return edit(and)
		}
		return f
	}
}

func OnNot(edit func(f filter.Filter) filter.Filter) func(filter.Filter) filter.Filter {
	return func(f filter.Filter) filter.Filter {
		if not, ok := f.(filter.Not); ok {
			return edit(not.Of)
		}
		return f
	}
}

// AlsoPresent adds that the attribute has a value.
func AlsoPresent(c filter.Compare) filter.Filter {
	return filter.And{Left: filter.Compare{Path: c.Path, Op: filter.Pr}, Right: c}
}

func PathOf(text string) filter.Path {
	p, err := filter.ParsePath(text, scim.UserType())
	if err != nil {
		panic(err) // a path of this package
	}
	return p
}

// OnAttribute changes comparisons of one attribute by one operator, at the users.
func OnAttribute(path string, op filter.Op, edit func(c filter.Compare) filter.Filter) Wrap {
	return Compared(Queries("Users"), func(c filter.Compare) filter.Filter {
		if c.Op == op && About(c, path) {
			return edit(c)
		}
		return c
	})
}

func MatchAll(filter.Compare) filter.Filter { return Everybody() }

func MatchNone(filter.Compare) filter.Filter { return Nobody() }

func ByOperator(op filter.Op) func(filter.Compare) filter.Filter {
	return func(c filter.Compare) filter.Filter { c.Op = op; return c }
}

func Taking(from, to filter.Op) func(filter.Compare) filter.Filter {
	return func(c filter.Compare) filter.Filter {
		if c.Op == from {
			c.Op = to
		}
		return c
	}
}

// FirstMatchOnly shows one match where there are several.
func FirstMatchOnly(_ http.Handler, _ *http.Request, text string, a *Answer) {
	if a.Ok() && strings.Contains(text, " eq ") && len(a.Body.Array("Resources")) > 1 {
		a.Body.Set("Resources", a.Body.Array("Resources")[:1])
		a.Body.Set("totalResults", Number(1))
	}
}

// FilterOf is the text of a query's filter.
func FilterOf(r *http.Request) (string, bool) {
	if r.Method == http.MethodPost {
		return BodyOf(r).String("filter"), BodyOf(r).String("filter") != ""
	}
	q := r.URL.Query()
	return q.Get("filter"), q.Has("filter")
}

func setFilter(r *http.Request, text string) {
	if r.Method != http.MethodPost {
		EditQuery(r, func(q url.Values) { q.Set("filter", text) })
		return
	}
	body := BodyOf(r)
	body.Set("filter", text)
	SetBody(r, body)
}

func DropFilter(r *http.Request) {
	if r.Method != http.MethodPost {
		EditQuery(r, func(q url.Values) { q.Del("filter") })
		return
	}
	body := BodyOf(r)
	body.Delete("filter")
	SetBody(r, body)
}

// Misread changes the text of filters.
func Misread(chosen When, edit func(text string) string) Wrap {
	return Ahead(chosen, func(r *http.Request) {
		if text, ok := FilterOf(r); ok {
			setFilter(r, edit(text))
		}
	})
}

// Respelled changes pieces of a text.
func Respelled(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }

// Rebuilt changes the syntax tree of filters that can be read.
func Rebuilt(chosen When, edit func(f filter.Filter) filter.Filter) Wrap {
	return Misread(chosen, func(text string) string {
		f, err := filter.Parse(text, scim.UserType())
		if err != nil {
			return text
		}
		return edit(f).String()
	})
}

// Compared changes every comparison, also within square brackets.
func Compared(chosen When, edit func(c filter.Compare) filter.Filter) Wrap {
	return Rebuilt(chosen, func(f filter.Filter) filter.Filter { return EachCompare(f, edit) })
}

func EachCompare(f filter.Filter, edit func(c filter.Compare) filter.Filter) filter.Filter {
	switch f := f.(type) {
	case filter.And:
		return filter.And{Left: EachCompare(f.Left, edit), Right: EachCompare(f.Right, edit)}
	case filter.Or:
		return filter.Or{Left: EachCompare(f.Left, edit), Right: EachCompare(f.Right, edit)}
	case filter.Not:
		return filter.Not{Of: EachCompare(f.Of, edit)}
	case filter.ValuePath:
		return filter.ValuePath{Path: f.Path, Of: EachCompare(f.Of, edit)}
	case filter.Compare:
		return edit(f)
	}
	return f
}

// TakenFor takes one operator for another.
func TakenFor(of, taken filter.Op) Wrap {
	return Compared(Queries(), func(c filter.Compare) filter.Filter {
		if c.Op == of {
			c.Op = taken
		}
		return c
	})
}

// About holds for comparisons of an attribute, by its path in lower case without URN.
func About(c filter.Compare, path string) bool {
	name := c.Path.Attr
	if c.Path.Sub != "" {
		name += "." + c.Path.Sub
	}
	return strings.EqualFold(name, path)
}

// Nobody and everybody are filters that are always false and always true.
func Nobody() filter.Filter {
	return filter.Compare{Path: filter.Path{Attr: "id"}, Op: filter.Eq, Value: "no such id"}
}

func Everybody() filter.Filter { return filter.Compare{Path: filter.Path{Attr: "id"}, Op: filter.Pr} }

// Asked rewrites the answers to queries with a filter, of which it knows the text.
func Asked(chosen When, edit func(next http.Handler, r *http.Request, text string, a *Answer)) Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		text, ok := "", false
		if chosen(r) {
			text, ok = FilterOf(r)
		}
		if !ok {
			return nil
		}
		a := Serve(next, r)
		edit(next, r, text, a)
		return a
	})
}

// TypeAt is the type of resource that a query is about.
func TypeAt(r *http.Request) (*scim.ResourceType, string) {
	if slices.Contains(Segments(r), "Groups") {
		return scim.GroupType(), "Groups"
	}
	return scim.UserType(), "Users"
}

// Reevaluated answers filters by an evaluation of the fault's own.
func Reevaluated(chosen When, match func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool) Wrap {
	return Asked(chosen, func(next http.Handler, r *http.Request, text string, a *Answer) {
		t, endpoint := TypeAt(r)
		f, err := filter.Parse(text, t)
		if err != nil || !a.Ok() {
			return
		}
		found := []any{}
		for _, o := range Ask(next, r, http.MethodGet, endpoint+"?count=200", nil).Resources() {
			if match(f, t, o) {
				found = append(found, o)
			}
		}
		a.Body.Set("totalResults", Number(len(found)))
		a.Body.Set("itemsPerPage", Number(len(found)))
		a.Body.Set("Resources", found)
	})
}

// WithCase evaluates with every text attribute that a fault chooses turned
// exact or inexact.
func WithCase(exact bool, chosen func(name string) bool) Wrap {
	return Reevaluated(Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		lists := [][]*scim.Attribute{t.Schema.Attributes}
		for _, x := range t.Extensions {
			lists = append(lists, x.Schema.Attributes)
		}
		for _, attributes := range lists {
			SetCase(attributes, "", exact, chosen)
		}
		return filter.Match(f, t, o)
	})
}

func SetCase(attributes []*scim.Attribute, prefix string, exact bool, chosen func(name string) bool) {
	for _, a := range attributes {
		if chosen(prefix + a.Name) {
			a.CaseExact = exact
		}
		SetCase(a.SubAttributes, prefix+a.Name+".", exact, chosen)
	}
}

// RefusingFilter answers a query with an error where its filter is of a kind.
func RefusingFilter(chosen When, of func(text string) bool, e *scim.Error) Wrap {
	return Asked(chosen, func(_ http.Handler, _ *http.Request, text string, a *Answer) {
		if of(text) {
			a.Refuse(e)
		}
	})
}

// Containing holds for filters with all of these texts in them.
func Containing(parts ...string) func(string) bool {
	return func(text string) bool {
		return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(text, p) })
	}
}

// Lenient answers with everything, or with an empty list, where the provider
// refuses a filter.
func Lenient(chosen When, everything bool) Wrap {
	return Asked(chosen, func(next http.Handler, r *http.Request, _ string, a *Answer) {
		if a.Status != http.StatusBadRequest {
			return
		}
		_, endpoint := TypeAt(r)
		query := "?filter=id+eq+%22none%22"
		if everything {
			query = "?count=200"
		}
		*a = *Ask(next, r, http.MethodGet, endpoint+query, nil)
	})
}

// Literals changes the texts that attributes are compared with.
func Literals(edit func(v string) string) Wrap {
	return Compared(Queries(), func(c filter.Compare) filter.Filter {
		if v, ok := c.Value.(string); ok {
			c.Value = edit(v)
		}
		return c
	})
}

func AttributesNamed(names ...string) func(string) bool {
	return func(name string) bool { return slices.Contains(names, name) }
}

func AllTexts(string) bool { return true }

// CaseIn gives one operator regard to case.
func CaseIn(op filter.Op) Wrap {
	return Reevaluated(Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		exact := scim.UserType()
		SetCase(exact.Schema.Attributes, "", true, AllTexts)
		return filter.Match(EachCompare(f, func(c filter.Compare) filter.Filter {
			switch {
			case c.Op != op || About(c, "userName"):
				return c
			case filter.Match(c, exact, o):
				return Everybody()
			}
			return Nobody()
		}), t, o)
	})
}
