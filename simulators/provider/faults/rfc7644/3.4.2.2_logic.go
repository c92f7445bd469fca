package rfc7644

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// filterLogicFaults violate features/rfc7644/3.4.2.2_logic.feature.
func filterLogicFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.2.2-15", "and means or", rewrite.EditConnectives(rewrite.Queries(), rewrite.OnAnd(func(f filter.And) filter.Filter { return filter.Or(f) }))},
		{"RFC7644-3.4.2.2-15", "or means and", rewrite.EditConnectives(rewrite.Queries(), onOr(func(f filter.Or) filter.Filter { return filter.And(f) }))},
		{"RFC7644-3.4.2.2-15", "only the left side of and counts", rewrite.EditConnectives(rewrite.Queries(), rewrite.OnAnd(func(f filter.And) filter.Filter { return f.Left }))},
		{"RFC7644-3.4.2.2-15", "only the right side of and counts", rewrite.EditConnectives(rewrite.Queries(), rewrite.OnAnd(func(f filter.And) filter.Filter { return f.Right }))},
		{"RFC7644-3.4.2.2-15", "only the left side of or counts", rewrite.EditConnectives(rewrite.Queries(), onOr(func(f filter.Or) filter.Filter { return f.Left }))},
		{"RFC7644-3.4.2.2-15", "only the right side of or counts", rewrite.EditConnectives(rewrite.Queries(), onOr(func(f filter.Or) filter.Filter { return f.Right }))},
		{"RFC7644-3.4.2.2-15", "or finds resources that match one side only", rewrite.EditConnectives(rewrite.Queries(), onOr(func(f filter.Or) filter.Filter {
			return filter.And{Left: f, Right: filter.Not{Of: filter.And(f)}}
		}))},
		{"RFC7644-3.4.2.2-15", "or on groups means and", rewrite.EditConnectives(rewrite.Queries("Groups"), onOr(func(f filter.Or) filter.Filter { return filter.And(f) }))},
		{"RFC7644-3.4.2.2-15", "and on groups means or", rewrite.EditConnectives(rewrite.Queries("Groups"), rewrite.OnAnd(func(f filter.And) filter.Filter { return filter.Or(f) }))},
		{"RFC7644-3.4.2.2-15", "only the first two comparisons count", rewrite.EditConnectives(rewrite.Queries(), onOr(func(f filter.Or) filter.Filter {
			if left, ok := f.Left.(filter.Or); ok {
				return left
			}
			return f
		}))},

		{"RFC7644-3.4.2.2-16", "not is skipped", rewrite.EditConnectives(rewrite.Queries(), rewrite.OnNot(func(f filter.Filter) filter.Filter { return f }))},
		{"RFC7644-3.4.2.2-16", "not finds every user", rewrite.EditConnectives(rewrite.Queries(), rewrite.OnNot(func(filter.Filter) filter.Filter { return rewrite.Everybody() }))},
		{"RFC7644-3.4.2.2-16", "not finds no user", rewrite.EditConnectives(rewrite.Queries(), rewrite.OnNot(func(filter.Filter) filter.Filter { return rewrite.Nobody() }))},
		{"RFC7644-3.4.2.2-16", "not does not find resources without a value", strictNot},
		{"RFC7644-3.4.2.2-16", "not or means not and", rewrite.EditConnectives(rewrite.Queries(), rewrite.OnNot(func(f filter.Filter) filter.Filter {
			if or, ok := f.(filter.Or); ok {
				return filter.Not{Of: filter.And(or)}
			}
			return filter.Not{Of: f}
		}))},
		{"RFC7644-3.4.2.2-16", "not not is not", rewrite.EditConnectives(rewrite.Queries(), rewrite.OnNot(func(f filter.Filter) filter.Filter {
			if inner, ok := f.(filter.Not); ok {
				return inner
			}
			return filter.Not{Of: f}
		}))},
		{"RFC7644-3.4.2.2-16", "not on groups is skipped", rewrite.EditConnectives(rewrite.Queries("Groups"), rewrite.OnNot(func(f filter.Filter) filter.Filter { return f }))},
		{"RFC7644-3.4.2.2-16", "not on lists is false where there is no list", rewrite.EditConnectives(rewrite.Queries(), rewrite.OnNot(func(f filter.Filter) filter.Filter {
			if c, ok := f.(filter.Compare); ok && c.Path.Attr == "emails" {
				return filter.And{Left: filter.Not{Of: f}, Right: filter.Compare{Path: rewrite.PathOf("emails"), Op: filter.Pr}}
			}
			return filter.Not{Of: f}
		}))},

		{"RFC7644-3.4.2.2-17", "parentheses within parentheses are refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("(("), scim.InvalidFilter("( is not supported"))},
		{"RFC7644-3.4.2.2-17", "parentheses are ignored", rewrite.EditFilter(rewrite.Queries(), whereReadable(unparenthesized))},
		{"RFC7644-3.4.2.2-17", "a filter in parentheses is dropped", rewrite.Ahead(rewrite.Queries(), func(r *http.Request) {
			if text, ok := rewrite.FilterOf(r); ok && strings.HasPrefix(text, "(") {
				rewrite.OmitFilter(r)
			}
		})},

		{"RFC7644-3.4.2.2-18", "or binds as and does", rewrite.EditFilter(rewrite.Queries(), whereReadable(flat))},
		{"RFC7644-3.4.2.2-18", "parentheses are ignored", rewrite.EditFilter(rewrite.Queries(), whereReadable(unparenthesized))},
		{"RFC7644-3.4.2.2-18", "parentheses behind and are ignored", rewrite.EditFilter(rewrite.Queries(), func(text string) string {
			before, grouped, found := strings.Cut(text, " and (")
			if inner, last := strings.CutSuffix(grouped, ")"); found && last && !strings.Contains(inner, "(") {
				return before + " and " + inner
			}
			return text
		})},
		{"RFC7644-3.4.2.2-18", "not holds for all that follows", rewrite.EditFilter(rewrite.Queries(), whereReadable(wideNot))},
		{"RFC7644-3.4.2.2-18", "or binds before and", rewrite.EditConnectives(rewrite.Queries(), onOr(func(f filter.Or) filter.Filter {
			if and, ok := f.Right.(filter.And); ok {
				return filter.And{Left: filter.Or{Left: f.Left, Right: and.Left}, Right: and.Right}
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-18", "or binds before an and on its left", rewrite.EditConnectives(rewrite.Queries(), onOr(func(f filter.Or) filter.Filter {
			if and, ok := f.Left.(filter.And); ok {
				return filter.And{Left: and.Left, Right: filter.Or{Left: and.Right, Right: f.Right}}
			}
			return f
		}))},

		{"RFC7644-3.4.2.2-19", "parts of two values satisfy a value filter", rewrite.EditConnectives(rewrite.Queries(), onSelection(spread))},
		{"RFC7644-3.4.2.2-19", "only the first comparison in brackets counts", rewrite.EditConnectives(rewrite.Queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			if and, ok := f.Of.(filter.And); ok {
				f.Of = and.Left
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-19", "only the last comparison in brackets counts", rewrite.EditConnectives(rewrite.Queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			if and, ok := f.Of.(filter.And); ok {
				f.Of = and.Right
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-19", "a value filter is true for every list", rewrite.EditConnectives(rewrite.Queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			return filter.Compare{Path: f.Path, Op: filter.Pr}
		}))},
		{"RFC7644-3.4.2.2-19", "a value filter finds every user", rewrite.EditConnectives(rewrite.Queries(), onSelection(func(filter.ValuePath) filter.Filter { return rewrite.Everybody() }))},
		{"RFC7644-3.4.2.2-19", "a value filter finds no user", rewrite.EditConnectives(rewrite.Queries(), onSelection(func(filter.ValuePath) filter.Filter { return rewrite.Nobody() }))},
		{"RFC7644-3.4.2.2-19", "a value filter fails", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("["), scim.Internal("NullPointerException"))},
		{"RFC7644-3.4.2.2-19", "comparisons of a list have to hold for one value", rewrite.EditFilterTree(rewrite.Queries(), func(f filter.Filter) filter.Filter {
			and, ok := f.(filter.And)
			left, isLeft := and.Left.(filter.Compare)
			right, isRight := and.Right.(filter.Compare)
			if !ok || !isLeft || !isRight || left.Path.Attr != "emails" || right.Path.Attr != "emails" {
				return f
			}
			left.Path, right.Path = filter.Path{Attr: left.Path.Sub}, filter.Path{Attr: right.Path.Sub}
			return filter.ValuePath{Path: rewrite.PathOf("emails"), Of: filter.And{Left: left, Right: right}}
		})},

		{"RFC7644-3.4.2.2-20", "or in brackets means and", rewrite.EditConnectives(rewrite.Queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			f.Of = rewrite.EachNode(f.Of, onOr(func(o filter.Or) filter.Filter { return filter.And(o) }))
			return f
		}))},
		{"RFC7644-3.4.2.2-20", "not in brackets is skipped", rewrite.EditConnectives(rewrite.Queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			f.Of = rewrite.EachNode(f.Of, rewrite.OnNot(func(of filter.Filter) filter.Filter { return of }))
			return f
		}))},
		{"RFC7644-3.4.2.2-20", "not in brackets holds for the whole list", rewrite.EditConnectives(rewrite.Queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			if not, ok := f.Of.(filter.Not); ok {
				return filter.Not{Of: filter.ValuePath{Path: f.Path, Of: not.Of}}
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-20", "not before brackets is skipped", rewrite.EditConnectives(rewrite.Queries(), rewrite.OnNot(func(of filter.Filter) filter.Filter {
			if _, ok := of.(filter.ValuePath); ok {
				return of
			}
			return filter.Not{Of: of}
		}))},
		{"RFC7644-3.4.2.2-20", "nested brackets fail", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("[("), scim.Internal("StackOverflow"))},

		{"RFC7644-3.4.2.2-21", "the filter before a sub-attribute is ignored", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(`[type eq "work"].`, ".", `[type eq "home"].`, ".", `[type eq "other"].`, "."))},
		{"RFC7644-3.4.2.2-21", "the comparison after a value filter is ignored", rewrite.EditFilterTree(rewrite.Queries(), func(f filter.Filter) filter.Filter {
			if c, ok := f.(filter.Compare); ok && c.Path.Filter != nil {
				return filter.ValuePath{Path: filter.Path{Attr: c.Path.Attr}, Of: c.Path.Filter}
			}
			return f
		})},
		{"RFC7644-3.4.2.2-21", "a sub-attribute after a value filter fails", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("]."), scim.Internal("IndexOutOfBounds"))},
		{"RFC7644-3.4.2.2-21", "a sub-attribute after a value filter finds every user", rewrite.Ahead(rewrite.Queries(), func(r *http.Request) {
			if text, ok := rewrite.FilterOf(r); ok && strings.Contains(text, "].") {
				rewrite.OmitFilter(r)
			}
		})},

		{"RFC7644-3.4.2.2-22", "only the first value of a list is compared", oneValue(func(int) int { return 0 })},
		{"RFC7644-3.4.2.2-22", "only the last value of a list is compared", oneValue(func(n int) int { return n - 1 })},
		{"RFC7644-3.4.2.2-22", "every value of a list has to match", rewrite.Reevaluate(rewrite.Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			for i := range max(1, len(o.Array("emails"))) {
				cut := o.Clone()
				if list := cut.Array("emails"); len(list) > 0 {
					cut.Set("emails", list[i:i+1])
				}
				if !filter.Match(f, t, cut) {
					return false
				}
			}
			return true
		})},
		{"RFC7644-3.4.2.2-22", "only the primary value of a list is compared", rewrite.Reevaluate(rewrite.Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			cut := o.Clone()
			list := slices.DeleteFunc(slices.Clone(cut.Array("emails")), func(v any) bool {
				e, _ := v.(*scim.Object)
				primary, _ := e.Get("primary")
				return primary != true
			})
			cut.Set("emails", list)
			return filter.Match(f, t, cut)
		})},
		{"RFC7644-3.4.2.2-22", "types of a list are not compared", comparingList("emails.type", func(_ filter.Compare) filter.Filter {
			return filter.Compare{Path: rewrite.PathOf("emails"), Op: filter.Pr}
		})},
		{"RFC7644-3.4.2.2-22", "members of groups are not found", comparingList("members.value", rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-22", "members of groups find every group", comparingList("members.value", rewrite.MatchAll)},

		{"RFC7644-3.4.2.2-23", "emails is compared by every sub-attribute", comparingList("emails", func(c filter.Compare) filter.Filter {
			other := c
			c.Path.Sub, other.Path.Sub = "value", "type"
			return filter.Or{Left: c, Right: other}
		})},
		{"RFC7644-3.4.2.2-23", "a name is compared by its parts", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("name eq", "name.familyName eq", "name co", "name.familyName co"))},
		{"RFC7644-3.4.2.2-23", "a complex attribute finds every user", rewrite.TakeBadFilters(rewrite.Queries(), true)},
		{"RFC7644-3.4.2.2-23", "a complex attribute fails", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("name eq"), scim.Internal("ClassCastException"))},
		{"RFC7644-3.4.2.2-23", "emails means their type", comparingList("emails", func(c filter.Compare) filter.Filter {
			if c.Op != filter.Pr {
				c.Path.Sub = "type"
			}
			return c
		})},
		{"RFC7644-3.4.2.2-23", "parts of a name are compared with all of it", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("name.familyName eq \"Ada\"", "name.givenName eq \"Ada\""))},
		{"RFC7644-3.4.2.2-23", "middle names are not compared", rewrite.EditComparisonsOf("name.middleName", filter.Eq, rewrite.MatchNone)},

		{"RFC7644-3.4.2.2-42", "and means or within parentheses", rewrite.EditConnectives(rewrite.Queries("Users"), rewrite.OnAnd(func(f filter.And) filter.Filter {
			if _, scoped := f.Left.(filter.Compare); scoped && f.Left.(filter.Compare).Op == filter.Sw {
				return f
			}
			return filter.Or(f)
		}))},
		{"RFC7644-3.4.2.2-42", "not does not find resources without a value", strictNot},
		{"RFC7644-3.4.2.2-42", "or binds as and does, deep in a filter", rewrite.EditConnectives(rewrite.Queries("Users"), onOr(func(f filter.Or) filter.Filter {
			if and, ok := f.Right.(filter.And); ok {
				return filter.And{Left: filter.Or{Left: f.Left, Right: and.Left}, Right: and.Right}
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-42", "ew means co", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Ew, filter.Co))},
		{"RFC7644-3.4.2.2-42", "le means lt", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Le, filter.Gt))},
		{"RFC7644-3.4.2.2-42", "externalId has no case", rewrite.IgnoreCase(rewrite.Queries(), "externalId", filter.Eq, filter.Co, filter.Sw, filter.Ew)},
		{"RFC7644-3.4.2.2-42", "userType has case", rewrite.SetExactness(true, func(name string) bool { return name == "userType" || name == "title" })},
		{"RFC7644-3.4.2.2-42", "parts of two values satisfy a value filter", rewrite.EditConnectives(rewrite.Queries("Users"), onSelection(spread))},
		{"RFC7644-3.4.2.2-42", "eq on titles means sw", rewrite.EditComparisonsOf("title", filter.Eq, rewrite.WithOperator(filter.Sw))},
		{"RFC7644-3.4.2.2-42", "emails are compared by their first value", oneValue(func(int) int { return 0 })},

		{"RFC7644-3.4.2.2-43", "members are not compared", comparingList("members.value", rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-43", "not is skipped on groups", rewrite.EditConnectives(rewrite.Queries("Groups"), rewrite.OnNot(func(f filter.Filter) filter.Filter { return f }))},
		{"RFC7644-3.4.2.2-43", "or means and on groups", rewrite.EditConnectives(rewrite.Queries("Groups"), onOr(func(f filter.Or) filter.Filter { return filter.And(f) }))},
		{"RFC7644-3.4.2.2-43", "ew means co on groups", rewrite.EditComparisons(rewrite.Queries("Groups"), rewrite.OperatorBecomes(filter.Ew, filter.Co))},
		{"RFC7644-3.4.2.2-43", "only the first member is compared", oneValue(func(int) int { return 0 })},
	}
}

func onSelection(edit func(f filter.ValuePath) filter.Filter) func(filter.Filter) filter.Filter {
	return func(f filter.Filter) filter.Filter {
		if selection, ok := f.(filter.ValuePath); ok {
			return edit(selection)
		}
		return f
	}
}

// spread takes what stands in brackets for comparisons of the list as a whole.
func spread(f filter.ValuePath) filter.Filter {
	return rewrite.EachCompare(f.Of, func(c filter.Compare) filter.Filter {
		c.Path = filter.Path{URN: f.Path.URN, Attr: f.Path.Attr, Sub: c.Path.Attr}
		return c
	})
}

// oneValue evaluates lists by one of their values.
func oneValue(choose func(n int) int) rewrite.Wrap {
	return rewrite.Reevaluate(rewrite.Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		cut := o.Clone()
		for _, name := range []string{"emails", "members"} {
			if list := cut.Array(name); len(list) > 1 {
				cut.Set(name, []any{list[choose(len(list))]})
			}
		}
		return filter.Match(f, t, cut)
	})
}

func comparingList(path string, edit func(c filter.Compare) filter.Filter) rewrite.Wrap {
	return rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
		if rewrite.About(c, path) {
			return edit(c)
		}
		return c
	})
}

func onOr(edit func(f filter.Or) filter.Filter) func(filter.Filter) filter.Filter {
	return func(f filter.Filter) filter.Filter {
		if or, ok := f.(filter.Or); ok {
			return edit(or)
		}
		return f
	}
}

// flat reads and and or from left to right, as if both bound equally, unless
// there are parentheses.
func flat(text string) string {
	if strings.ContainsAny(text, "()[") {
		return text
	}
	var out string
	for i, part := range strings.Split(text, " or ") {
		if i > 0 {
			out = "(" + out + " or " + strings.Split(part, " and ")[0] + ")"
			if _, rest, ok := strings.Cut(part, " and "); ok {
				out += " and " + rest
			}
			continue
		}
		out = part
	}
	return out
}

// whereReadable is edit for texts of which it leaves a filter.
func whereReadable(edit func(string) string) func(string) string {
	return func(text string) string {
		edited := edit(text)
		if _, err := filter.Parse(edited, scim.UserType()); err != nil {
			return text
		}
		return edited
	}
}

// wideNot reads not as if it held for everything behind it.
func wideNot(text string) string {
	before, after, ok := strings.Cut(text, "not (")
	if !ok {
		return text
	}
	return before + "not ((" + after + ")"
}

func unparenthesized(text string) string {
	return strings.NewReplacer("(nick", "nick", "(title", "title", `")`, `"`, "false)", "false", "true)", "true").Replace(text)
}

// strictNot is false where there is nothing to compare, as in SQL.
var strictNot = rewrite.EditConnectives(rewrite.Queries(), rewrite.OnNot(func(f filter.Filter) filter.Filter {
	return rewrite.EachNode(filter.Not{Of: f}, func(n filter.Filter) filter.Filter {
		c, ok := n.(filter.Compare)
		if !ok || c.Op == filter.Pr {
			return n
		}
		return filter.Or{Left: c, Right: filter.Not{Of: filter.Compare{Path: c.Path, Op: filter.Pr}}}
	})
}))
