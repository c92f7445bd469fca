package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// joined changes every conjunction, disjunction and negation, from the inside.
func joined(chosen when, edit func(f scim.Filter) scim.Filter) Wrap {
	return rebuilt(chosen, func(f scim.Filter) scim.Filter { return eachNode(f, edit) })
}

func eachNode(f scim.Filter, edit func(f scim.Filter) scim.Filter) scim.Filter {
	switch f := f.(type) {
	case scim.And:
		return edit(scim.And{Left: eachNode(f.Left, edit), Right: eachNode(f.Right, edit)})
	case scim.Or:
		return edit(scim.Or{Left: eachNode(f.Left, edit), Right: eachNode(f.Right, edit)})
	case scim.Not:
		return edit(scim.Not{Of: eachNode(f.Of, edit)})
	case scim.ValuePath:
		return edit(scim.ValuePath{Path: f.Path, Of: eachNode(f.Of, edit)})
	}
	return edit(f)
}

func onAnd(edit func(f scim.And) scim.Filter) func(scim.Filter) scim.Filter {
	return func(f scim.Filter) scim.Filter {
		if and, ok := f.(scim.And); ok {
			return edit(and)
		}
		return f
	}
}

func onOr(edit func(f scim.Or) scim.Filter) func(scim.Filter) scim.Filter {
	return func(f scim.Filter) scim.Filter {
		if or, ok := f.(scim.Or); ok {
			return edit(or)
		}
		return f
	}
}

func onNot(edit func(f scim.Filter) scim.Filter) func(scim.Filter) scim.Filter {
	return func(f scim.Filter) scim.Filter {
		if not, ok := f.(scim.Not); ok {
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
		if _, err := scim.ParseFilter(edited, scim.UserType()); err != nil {
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
var strictNot = joined(queries(), onNot(func(f scim.Filter) scim.Filter {
	return eachNode(scim.Not{Of: f}, func(n scim.Filter) scim.Filter {
		c, ok := n.(scim.Compare)
		if !ok || c.Op == scim.Pr {
			return n
		}
		return scim.Or{Left: c, Right: scim.Not{Of: scim.Compare{Path: c.Path, Op: scim.Pr}}}
	})
}))

func logicFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-15", "and means or", joined(queries(), onAnd(func(f scim.And) scim.Filter { return scim.Or(f) }))},
		{"RFC7644-3.4.2.2-15", "or means and", joined(queries(), onOr(func(f scim.Or) scim.Filter { return scim.And(f) }))},
		{"RFC7644-3.4.2.2-15", "only the left side of and counts", joined(queries(), onAnd(func(f scim.And) scim.Filter { return f.Left }))},
		{"RFC7644-3.4.2.2-15", "only the right side of and counts", joined(queries(), onAnd(func(f scim.And) scim.Filter { return f.Right }))},
		{"RFC7644-3.4.2.2-15", "only the left side of or counts", joined(queries(), onOr(func(f scim.Or) scim.Filter { return f.Left }))},
		{"RFC7644-3.4.2.2-15", "only the right side of or counts", joined(queries(), onOr(func(f scim.Or) scim.Filter { return f.Right }))},
		{"RFC7644-3.4.2.2-15", "or finds what satisfies one side only", joined(queries(), onOr(func(f scim.Or) scim.Filter {
			return scim.And{Left: f, Right: scim.Not{Of: scim.And(f)}}
		}))},
		{"RFC7644-3.4.2.2-15", "or on groups means and", joined(queries("Groups"), onOr(func(f scim.Or) scim.Filter { return scim.And(f) }))},
		{"RFC7644-3.4.2.2-15", "and on groups means or", joined(queries("Groups"), onAnd(func(f scim.And) scim.Filter { return scim.Or(f) }))},
		{"RFC7644-3.4.2.2-15", "only the first two comparisons count", joined(queries(), onOr(func(f scim.Or) scim.Filter {
			if left, ok := f.Left.(scim.Or); ok {
				return left
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-15", "or is refused", refusingFilter(queries(), containing(" or "), scim.InvalidFilter("or is not supported"))},

		{"RFC7644-3.4.2.2-16", "not is skipped", joined(queries(), onNot(func(f scim.Filter) scim.Filter { return f }))},
		{"RFC7644-3.4.2.2-16", "not finds everybody", joined(queries(), onNot(func(scim.Filter) scim.Filter { return everybody() }))},
		{"RFC7644-3.4.2.2-16", "not finds nobody", joined(queries(), onNot(func(scim.Filter) scim.Filter { return nobody() }))},
		{"RFC7644-3.4.2.2-16", "not does not find what has no value", strictNot},
		{"RFC7644-3.4.2.2-16", "not or means not and", joined(queries(), onNot(func(f scim.Filter) scim.Filter {
			if or, ok := f.(scim.Or); ok {
				return scim.Not{Of: scim.And(or)}
			}
			return scim.Not{Of: f}
		}))},
		{"RFC7644-3.4.2.2-16", "not not is not", joined(queries(), onNot(func(f scim.Filter) scim.Filter {
			if inner, ok := f.(scim.Not); ok {
				return inner
			}
			return scim.Not{Of: f}
		}))},
		{"RFC7644-3.4.2.2-16", "not on groups is skipped", joined(queries("Groups"), onNot(func(f scim.Filter) scim.Filter { return f }))},
		{"RFC7644-3.4.2.2-16", "not on lists is false where there is no list", joined(queries(), onNot(func(f scim.Filter) scim.Filter {
			if c, ok := f.(scim.Compare); ok && c.Path.Attr == "emails" {
				return scim.And{Left: scim.Not{Of: f}, Right: scim.Compare{Path: pathOf("emails"), Op: scim.Pr}}
			}
			return scim.Not{Of: f}
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
		{"RFC7644-3.4.2.2-18", "or binds before and", joined(queries(), onOr(func(f scim.Or) scim.Filter {
			if and, ok := f.Right.(scim.And); ok {
				return scim.And{Left: scim.Or{Left: f.Left, Right: and.Left}, Right: and.Right}
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-18", "or binds before an and on its left", joined(queries(), onOr(func(f scim.Or) scim.Filter {
			if and, ok := f.Left.(scim.And); ok {
				return scim.And{Left: and.Left, Right: scim.Or{Left: and.Right, Right: f.Right}}
			}
			return f
		}))},
	}
}
