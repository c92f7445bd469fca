package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// joined changes every conjunction, disjunction and negation, from the inside.
func joined(chosen when, edit func(f filter.Filter) filter.Filter) Wrap {
	return rebuilt(chosen, func(f filter.Filter) filter.Filter { return eachNode(f, edit) })
}

func eachNode(f filter.Filter, edit func(f filter.Filter) filter.Filter) filter.Filter {
	switch f := f.(type) {
	case filter.And:
		return edit(filter.And{Left: eachNode(f.Left, edit), Right: eachNode(f.Right, edit)})
	case filter.Or:
		return edit(filter.Or{Left: eachNode(f.Left, edit), Right: eachNode(f.Right, edit)})
	case filter.Not:
		return edit(filter.Not{Of: eachNode(f.Of, edit)})
	case filter.ValuePath:
		return edit(filter.ValuePath{Path: f.Path, Of: eachNode(f.Of, edit)})
	}
	return edit(f)
}

func onAnd(edit func(f filter.And) filter.Filter) func(filter.Filter) filter.Filter {
	return func(f filter.Filter) filter.Filter {
		if and, ok := f.(filter.And); ok {
			return edit(and)
		}
		return f
	}
}

func onOr(edit func(f filter.Or) filter.Filter) func(filter.Filter) filter.Filter {
	return func(f filter.Filter) filter.Filter {
		if or, ok := f.(filter.Or); ok {
			return edit(or)
		}
		return f
	}
}

func onNot(edit func(f filter.Filter) filter.Filter) func(filter.Filter) filter.Filter {
	return func(f filter.Filter) filter.Filter {
		if not, ok := f.(filter.Not); ok {
			return edit(not.Of)
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
var strictNot = joined(queries(), onNot(func(f filter.Filter) filter.Filter {
	return eachNode(filter.Not{Of: f}, func(n filter.Filter) filter.Filter {
		c, ok := n.(filter.Compare)
		if !ok || c.Op == filter.Pr {
			return n
		}
		return filter.Or{Left: c, Right: filter.Not{Of: filter.Compare{Path: c.Path, Op: filter.Pr}}}
	})
}))

func logicFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-15", "and means or", joined(queries(), onAnd(func(f filter.And) filter.Filter { return filter.Or(f) }))},
		{"RFC7644-3.4.2.2-15", "or means and", joined(queries(), onOr(func(f filter.Or) filter.Filter { return filter.And(f) }))},
		{"RFC7644-3.4.2.2-15", "only the left side of and counts", joined(queries(), onAnd(func(f filter.And) filter.Filter { return f.Left }))},
		{"RFC7644-3.4.2.2-15", "only the right side of and counts", joined(queries(), onAnd(func(f filter.And) filter.Filter { return f.Right }))},
		{"RFC7644-3.4.2.2-15", "only the left side of or counts", joined(queries(), onOr(func(f filter.Or) filter.Filter { return f.Left }))},
		{"RFC7644-3.4.2.2-15", "only the right side of or counts", joined(queries(), onOr(func(f filter.Or) filter.Filter { return f.Right }))},
		{"RFC7644-3.4.2.2-15", "or finds what satisfies one side only", joined(queries(), onOr(func(f filter.Or) filter.Filter {
			return filter.And{Left: f, Right: filter.Not{Of: filter.And(f)}}
		}))},
		{"RFC7644-3.4.2.2-15", "or on groups means and", joined(queries("Groups"), onOr(func(f filter.Or) filter.Filter { return filter.And(f) }))},
		{"RFC7644-3.4.2.2-15", "and on groups means or", joined(queries("Groups"), onAnd(func(f filter.And) filter.Filter { return filter.Or(f) }))},
		{"RFC7644-3.4.2.2-15", "only the first two comparisons count", joined(queries(), onOr(func(f filter.Or) filter.Filter {
			if left, ok := f.Left.(filter.Or); ok {
				return left
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-15", "or is refused", refusingFilter(queries(), containing(" or "), scim.InvalidFilter("or is not supported"))},

		{"RFC7644-3.4.2.2-16", "not is skipped", joined(queries(), onNot(func(f filter.Filter) filter.Filter { return f }))},
		{"RFC7644-3.4.2.2-16", "not finds everybody", joined(queries(), onNot(func(filter.Filter) filter.Filter { return everybody() }))},
		{"RFC7644-3.4.2.2-16", "not finds nobody", joined(queries(), onNot(func(filter.Filter) filter.Filter { return nobody() }))},
		{"RFC7644-3.4.2.2-16", "not does not find what has no value", strictNot},
		{"RFC7644-3.4.2.2-16", "not or means not and", joined(queries(), onNot(func(f filter.Filter) filter.Filter {
			if or, ok := f.(filter.Or); ok {
				return filter.Not{Of: filter.And(or)}
			}
			return filter.Not{Of: f}
		}))},
		{"RFC7644-3.4.2.2-16", "not not is not", joined(queries(), onNot(func(f filter.Filter) filter.Filter {
			if inner, ok := f.(filter.Not); ok {
				return inner
			}
			return filter.Not{Of: f}
		}))},
		{"RFC7644-3.4.2.2-16", "not on groups is skipped", joined(queries("Groups"), onNot(func(f filter.Filter) filter.Filter { return f }))},
		{"RFC7644-3.4.2.2-16", "not on lists is false where there is no list", joined(queries(), onNot(func(f filter.Filter) filter.Filter {
			if c, ok := f.(filter.Compare); ok && c.Path.Attr == "emails" {
				return filter.And{Left: filter.Not{Of: f}, Right: filter.Compare{Path: pathOf("emails"), Op: filter.Pr}}
			}
			return filter.Not{Of: f}
		}))},
		{"RFC7644-3.4.2.2-16", "not is refused", refusingFilter(queries(), containing("not ("), scim.InvalidFilter("not is not supported"))},

		{"RFC7644-3.4.2.2-17", "parentheses are refused", refusingFilter(queries(), containing("("), scim.InvalidFilter("( is not supported"))},
		{"RFC7644-3.4.2.2-17", "parentheses within parentheses are refused", refusingFilter(queries(), containing("(("), scim.InvalidFilter("( is not supported"))},
		{"RFC7644-3.4.2.2-17", "parentheses are overlooked", misread(queries(), whereReadable(unparenthesized))},
		{"RFC7644-3.4.2.2-17", "a filter in parentheses is dropped", ahead(queries(), func(r *http.Request) {
			if text, ok := filterOf(r); ok && strings.HasPrefix(text, "(") {
				dropFilter(r)
			}
		})},

		{"RFC7644-3.4.2.2-18", "or binds as and does", misread(queries(), whereReadable(flat))},
		{"RFC7644-3.4.2.2-18", "parentheses are overlooked", misread(queries(), whereReadable(unparenthesized))},
		{"RFC7644-3.4.2.2-18", "not holds for all that follows", misread(queries(), whereReadable(wideNot))},
		{"RFC7644-3.4.2.2-18", "or binds before and", joined(queries(), onOr(func(f filter.Or) filter.Filter {
			if and, ok := f.Right.(filter.And); ok {
				return filter.And{Left: filter.Or{Left: f.Left, Right: and.Left}, Right: and.Right}
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-18", "or binds before an and on its left", joined(queries(), onOr(func(f filter.Or) filter.Filter {
			if and, ok := f.Left.(filter.And); ok {
				return filter.And{Left: and.Left, Right: filter.Or{Left: and.Right, Right: f.Right}}
			}
			return f
		}))},
	}
}
