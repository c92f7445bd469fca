package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// EditFilter changes the text of filters; one that becomes "" is left out.
func EditFilter(chosen When, edit func(text string) string) Wrap {
	return Ahead(chosen, func(r *http.Request) {
		text, ok := FilterOf(r)
		if text = edit(text); ok && text == "" {
			OmitFilter(r)
		} else if ok {
			setFilter(r, text)
		}
	})
}

// OmitFilter takes the filter out of a query.
func OmitFilter(r *http.Request) {
	if r.Method != http.MethodPost {
		EditQuery(r, func(q url.Values) { q.Del("filter") })
		return
	}
	body := BodyOf(r)
	body.Delete("filter")
	SetBody(r, body)
}

// setFilter gives a query another filter.
func setFilter(r *http.Request, text string) {
	if r.Method != http.MethodPost {
		EditQuery(r, func(q url.Values) { q.Set("filter", text) })
		return
	}
	body := BodyOf(r)
	body.Set("filter", text)
	SetBody(r, body)
}

// FilterOf is the text of a query's filter.
func FilterOf(r *http.Request) (string, bool) {
	if r.Method == http.MethodPost {
		return BodyOf(r).String("filter"), BodyOf(r).String("filter") != ""
	}
	q := r.URL.Query()
	return q.Get("filter"), q.Has("filter")
}

// ReplaceTexts replaces pieces of a text: old, new, old, new.
func ReplaceTexts(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }

// ReadsNoFilter is a filter that is not there.
func ReadsNoFilter(string) string { return "" }

// FirstCondition is what stands before the first "and".
func FirstCondition(filter string) string {
	first, _, _ := strings.Cut(filter, " and ")
	return first
}

// EditFilterTree changes the syntax tree of filters that can be parsed.
func EditFilterTree(chosen When, edit func(f filter.Filter) filter.Filter) Wrap {
	return EditFilter(chosen, func(text string) string {
		f, err := filter.Parse(text, scim.UserType())
		if err != nil {
			return text
		}
		return edit(f).String()
	})
}

// EditComparisons changes every comparison, also within square brackets.
func EditComparisons(chosen When, edit func(c filter.Compare) filter.Filter) Wrap {
	return EditFilterTree(chosen, func(f filter.Filter) filter.Filter { return EachCompare(f, edit) })
}

// EditComparisonsOf changes the comparisons of one attribute of users by one
// operator.
func EditComparisonsOf(path string, op filter.Op, edit func(c filter.Compare) filter.Filter) Wrap {
	return EditComparisons(Queries("Users"), func(c filter.Compare) filter.Filter {
		if c.Op == op && About(c, path) {
			return edit(c)
		}
		return c
	})
}

// EditConnectives changes every node of the syntax tree, from the inside.
func EditConnectives(chosen When, edit func(f filter.Filter) filter.Filter) Wrap {
	return EditFilterTree(chosen, func(f filter.Filter) filter.Filter { return EachNode(f, edit) })
}

// EditLiterals changes the strings that attributes are compared with.
func EditLiterals(edit func(v string) string) Wrap {
	return EditComparisons(Queries(), func(c filter.Compare) filter.Filter {
		if v, ok := c.Value.(string); ok {
			c.Value = edit(v)
		}
		return c
	})
}

// EachCompare changes every comparison of a filter.
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

// EachNode changes every node of a filter, from the inside.
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

// OnAnd changes nodes that are a conjunction.
func OnAnd(edit func(f filter.And) filter.Filter) func(filter.Filter) filter.Filter {
	return func(f filter.Filter) filter.Filter {
		if and, ok := f.(filter.And); ok {
			return edit(and)
		}
		return f
	}
}

// OnNot changes nodes that are a negation; edit gets what is negated.
func OnNot(edit func(f filter.Filter) filter.Filter) func(filter.Filter) filter.Filter {
	return func(f filter.Filter) filter.Filter {
		if not, ok := f.(filter.Not); ok {
			return edit(not.Of)
		}
		return f
	}
}

// About says whether a comparison is of an attribute, such as "name.familyName".
func About(c filter.Compare, path string) bool {
	name := c.Path.Attr
	if c.Path.Sub != "" {
		name += "." + c.Path.Sub
	}
	return strings.EqualFold(name, path)
}

// OperatorBecomes replaces one operator by another.
func OperatorBecomes(from, to filter.Op) func(filter.Compare) filter.Filter {
	return func(c filter.Compare) filter.Filter {
		if c.Op == from {
			c.Op = to
		}
		return c
	}
}

// WithOperator replaces any operator.
func WithOperator(op filter.Op) func(filter.Compare) filter.Filter {
	return func(c filter.Compare) filter.Filter { c.Op = op; return c }
}

// AlsoPresent demands as well that the attribute has a value.
func AlsoPresent(c filter.Compare) filter.Filter {
	return filter.And{Left: filter.Compare{Path: c.Path, Op: filter.Pr}, Right: c}
}

// MatchAll makes a comparison true for every resource.
func MatchAll(filter.Compare) filter.Filter { return Everybody() }

// MatchNone makes a comparison false for every resource.
func MatchNone(filter.Compare) filter.Filter { return Nobody() }

// Everybody is a filter that is true for every resource.
func Everybody() filter.Filter { return filter.Compare{Path: filter.Path{Attr: "id"}, Op: filter.Pr} }

// Nobody is a filter that is true for no resource.
func Nobody() filter.Filter {
	return filter.Compare{Path: filter.Path{Attr: "id"}, Op: filter.Eq, Value: "no such id"}
}

// PathOf parses a path.
func PathOf(text string) filter.Path {
	p, err := filter.ParsePath(text, scim.UserType())
	if err != nil {
		panic(err) // a path of this package
	}
	return p
}

// FilterAnswers rewrites the answers to queries with a filter. text is the
// filter.
func FilterAnswers(chosen When, edit func(next http.Handler, r *http.Request, text string, a *Answer)) Wrap {
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

// FirstMatchOnly shows one match of several.
func FirstMatchOnly(_ http.Handler, _ *http.Request, text string, a *Answer) {
	if a.OK() && strings.Contains(text, " eq ") && len(a.Body.Array("Resources")) > 1 {
		a.Body.Set("Resources", a.Body.Array("Resources")[:1])
		a.Body.Set("totalResults", Number(1))
	}
}

// RefuseFilters answers a query with an error if its filter is such.
func RefuseFilters(chosen When, of func(text string) bool, e *scim.Error) Wrap {
	return FilterAnswers(chosen, func(_ http.Handler, _ *http.Request, text string, a *Answer) {
		if of(text) {
			a.Refuse(e)
		}
	})
}

// TakeBadFilters answers a filter that the provider refuses with all resources,
// or with none.
func TakeBadFilters(chosen When, everything bool) Wrap {
	return FilterAnswers(chosen, func(next http.Handler, r *http.Request, _ string, a *Answer) {
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

// Containing chooses texts that contain all the parts.
func Containing(parts ...string) func(string) bool {
	return func(text string) bool {
		return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(text, p) })
	}
}

// Reevaluate answers filters by an evaluation of its own, where that finds others than the provider's:
// order, page and choice of attributes stay what was asked for.
func Reevaluate(chosen When, match func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool) Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		t, endpoint := TypeAt(r)
		if !chosen(r) || !slices.Contains(Segments(r), endpoint) {
			return nil
		}
		text, _ := FilterOf(r)
		f, err := filter.Parse(text, t)
		usual := Ask(next, r, http.MethodGet, endpoint+"?count=200&filter="+url.QueryEscape(text), nil)
		if err != nil || !usual.OK() {
			return nil
		}
		var found []string
		for _, o := range Ask(next, r, http.MethodGet, endpoint+"?count=200", nil).Resources() {
			if match(f, t, o) {
				found = append(found, `id eq "`+o.String("id")+`"`)
			}
		}
		same := len(found) == len(usual.Resources()) && !slices.ContainsFunc(usual.Resources(), func(o *scim.Object) bool {
			return !slices.Contains(found, `id eq "`+o.String("id")+`"`)
		})
		if same {
			return nil
		}
		if len(found) == 0 {
			found = []string{Nobody().String()}
		}
		setFilter(r, strings.Join(found, " or "))
		return nil
	})
}

// IgnoreCase compares an attribute without regard to case, for these operators.
func IgnoreCase(chosen When, path string, ops ...filter.Op) Wrap {
	return Reevaluate(chosen, func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
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

// IgnoreCaseOfExternalID compares externalId without regard to case, for one
// operator.
func IgnoreCaseOfExternalID(op filter.Op) Wrap { return IgnoreCase(Queries(), "externalId", op) }

// RespectCase compares all attributes but userName with regard to case, for one
// operator.
func RespectCase(op filter.Op) Wrap {
	return Reevaluate(Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		exact := scim.UserType()
		SetExact(exact.Schema.Attributes, "", true, AllTexts)
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

// SetExactness compares the chosen attributes with regard to case, or without.
func SetExactness(exact bool, chosen func(name string) bool) Wrap {
	return Reevaluate(Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		lists := [][]*scim.Attribute{t.Schema.Attributes}
		for _, x := range t.Extensions {
			lists = append(lists, x.Schema.Attributes)
		}
		for _, attributes := range lists {
			SetExact(attributes, "", exact, chosen)
		}
		return filter.Match(f, t, o)
	})
}

// SetExact changes caseExact in the definitions of the chosen attributes.
func SetExact(attributes []*scim.Attribute, prefix string, exact bool, chosen func(name string) bool) {
	for _, a := range attributes {
		if chosen(prefix + a.Name) {
			a.CaseExact = exact
		}
		SetExact(a.SubAttributes, prefix+a.Name+".", exact, chosen)
	}
}

// AttributesNamed chooses attributes by name.
func AttributesNamed(names ...string) func(string) bool {
	return func(name string) bool { return slices.Contains(names, name) }
}

// AllTexts chooses every attribute.
func AllTexts(string) bool { return true }

// TypeAt is the type of resource that a query is about, and its endpoint.
func TypeAt(r *http.Request) (*scim.ResourceType, string) {
	if slices.Contains(Segments(r), "Groups") {
		return scim.GroupType(), "Groups"
	}
	return scim.UserType(), "Users"
}
