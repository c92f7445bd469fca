package faults

import (
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// randomFaults are noticed by random filters alone: each is a mistake that needs a
// combination, or that other requirements notice too.
func randomFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-42", "and means or within parentheses", joined(queries("Users"), onAnd(func(f filter.And) filter.Filter {
			if _, scoped := f.Left.(filter.Compare); scoped && f.Left.(filter.Compare).Op == filter.Sw {
				return f
			}
			return filter.Or(f)
		}))},
		{"RFC7644-3.4.2.2-42", "not does not find what has no value", strictNot},
		{"RFC7644-3.4.2.2-42", "or binds as and does, deep in a filter", joined(queries("Users"), onOr(func(f filter.Or) filter.Filter {
			if and, ok := f.Right.(filter.And); ok {
				return filter.And{Left: filter.Or{Left: f.Left, Right: and.Left}, Right: and.Right}
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-42", "ew means co", takenFor(filter.Ew, filter.Co)},
		{"RFC7644-3.4.2.2-42", "le means lt", takenFor(filter.Le, filter.Gt)},
		{"RFC7644-3.4.2.2-42", "externalId has no case", inexact(queries(), "externalId", filter.Eq, filter.Co, filter.Sw, filter.Ew)},
		{"RFC7644-3.4.2.2-42", "userType has case", withCase(true, func(name string) bool { return name == "userType" || name == "title" })},
		{"RFC7644-3.4.2.2-42", "parts of two values satisfy a value filter", joined(queries("Users"), onSelection(spread))},
		{"RFC7644-3.4.2.2-42", "eq on titles means sw", onAttribute("title", filter.Eq, byOperator(filter.Sw))},
		{"RFC7644-3.4.2.2-42", "emails are compared by their first value", oneValue(func(int) int { return 0 })},
		{"RFC7644-3.4.2.2-43", "members are not compared", comparingList("members.value", matchAll)},
		{"RFC7644-3.4.2.2-43", "not is skipped on groups", joined(queries("Groups"), onNot(func(f filter.Filter) filter.Filter { return f }))},
		{"RFC7644-3.4.2.2-43", "or means and on groups", joined(queries("Groups"), onOr(func(f filter.Or) filter.Filter { return filter.And(f) }))},
		{"RFC7644-3.4.2.2-43", "ew means co on groups", compared(queries("Groups"), taking(filter.Ew, filter.Co))},
		{"RFC7644-3.4.2.2-43", "only the first member is compared", oneValue(func(int) int { return 0 })},
	}
}
