// Package filter reads filters and attribute paths (RFC 7644 sections 3.4.2.2,
// 3.5.2 and 3.10), checks them against the schemas of a resource type, and
// evaluates filters on resources.
package filter

import (
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Filter is the syntax tree of a filter (RFC 7644 section 3.4.2.2). Its nodes
// are And, Or, Not, Compare and ValuePath. They are exported so that a server
// can find a comparison that an index answers. Parse builds trees; they do not
// change afterwards.
type Filter interface {
	// String is the canonical text, which Parse reads as the same tree.
	fmt.Stringer
	node()
}

// Op is a comparison operator, in lower case (RFC 7644 Table 3).
type Op string

// The operators of RFC 7644 Table 3.
const (
	Eq Op = "eq" // equal
	Ne Op = "ne" // not equal
	Co Op = "co" // contains
	Sw Op = "sw" // starts with
	Ew Op = "ew" // ends with
	Gt Op = "gt" // greater than
	Ge Op = "ge" // greater than or equal to
	Lt Op = "lt" // less than
	Le Op = "le" // less than or equal to
	Pr Op = "pr" // present; takes no value
)

var ops = []Op{Eq, Ne, Co, Sw, Ew, Gt, Ge, Lt, Le, Pr}

// And matches what both sides match.
type And struct{ Left, Right Filter }

// Or matches what at least one side matches.
type Or struct{ Left, Right Filter }

// Not matches what Of does not match.
type Not struct{ Of Filter }

// Compare compares the values of an attribute with a literal. The path may
// select the values first, as in emails[type eq "work"].value eq "a@b.c"; many
// servers accept this form, which the RFC's grammar lacks.
type Compare struct {
	Path  Path
	Op    Op
	Value any // string, bool, json.Number, or nil for null and for Pr
}

// ValuePath matches when one and the same value of the attribute Path matches
// Of, whose paths are relative to that value.
type ValuePath struct {
	Path Path
	Of   Filter
}

func (And) node()       {}
func (Or) node()        {}
func (Not) node()       {}
func (Compare) node()   {}
func (ValuePath) node() {}

// String is the canonical text of the conjunction.
func (f And) String() string {
	return operand(f.Left, isOr(f.Left)) + " and " + operand(f.Right, isOr(f.Right) || isAnd(f.Right))
}

// String is the canonical text of the disjunction.
func (f Or) String() string {
	return operand(f.Left, false) + " or " + operand(f.Right, isOr(f.Right))
}

// String is the canonical text of the negation.
func (f Not) String() string { return "not (" + f.Of.String() + ")" }

// String is the canonical text of the comparison.
func (f Compare) String() string {
	text := f.Path.String() + " " + string(f.Op)
	if f.Op == Pr {
		return text
	}
	value, err := scim.Marshal(f.Value)
	if err != nil { // only a tree that Parse did not build gets here
		return text + " null"
	}
	return text + " " + string(value)
}

// String is the canonical text of the value filter.
func (f ValuePath) String() string { return f.Path.String() + "[" + f.Of.String() + "]" }

// operand is an operand's text. It has brackets where the tree would read
// differently without them: a chain of equal operators groups to the left.
func operand(f Filter, grouped bool) string {
	if grouped {
		return "(" + f.String() + ")"
	}
	return f.String()
}

func isAnd(f Filter) bool { _, ok := f.(And); return ok }

func isOr(f Filter) bool { _, ok := f.(Or); return ok }

// lowerOp returns the operator that a word spells in any case.
func lowerOp(word string) (Op, bool) {
	for _, op := range ops {
		if strings.EqualFold(word, string(op)) {
			return op, true
		}
	}
	return "", false
}
