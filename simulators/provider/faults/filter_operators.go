package faults

import (
	"encoding/json"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// alsoPresent adds that the attribute has a value.
func alsoPresent(c filter.Compare) filter.Filter {
	return filter.And{Left: filter.Compare{Path: c.Path, Op: filter.Pr}, Right: c}
}

// onOperator changes comparisons by one operator.
func onOperator(op filter.Op, edit func(c filter.Compare) filter.Filter) Wrap {
	return compared(queries(), func(c filter.Compare) filter.Filter {
		if c.Op == op {
			return edit(c)
		}
		return c
	})
}

func pathOf(text string) filter.Path {
	p, err := filter.ParsePath(text, scim.UserType())
	if err != nil {
		panic(err) // a path of this package
	}
	return p
}

// onAttribute changes comparisons of one attribute by one operator, at the users.
func onAttribute(path string, op filter.Op, edit func(c filter.Compare) filter.Filter) Wrap {
	return compared(queries("Users"), func(c filter.Compare) filter.Filter {
		if c.Op == op && about(c, path) {
			return edit(c)
		}
		return c
	})
}

func matchAll(filter.Compare) filter.Filter  { return everybody() }
func matchNone(filter.Compare) filter.Filter { return nobody() }

func byOperator(op filter.Op) func(filter.Compare) filter.Filter {
	return func(c filter.Compare) filter.Filter { c.Op = op; return c }
}

func operatorFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-02", "eq finds what starts with the value", takenFor(filter.Eq, filter.Sw)},
		{"RFC7644-3.4.2.2-02", "eq finds what contains the value", takenFor(filter.Eq, filter.Co)},
		{"RFC7644-3.4.2.2-02", "eq finds what ends with the value, on displayName", onAttribute("displayName", filter.Eq, byOperator(filter.Ew))},
		{"RFC7644-3.4.2.2-02", "eq finds nothing on titles", onAttribute("title", filter.Eq, matchNone)},
		{"RFC7644-3.4.2.2-02", "eq on names looks at the given name", compared(queries(), func(c filter.Compare) filter.Filter {
			if about(c, "name.familyName") {
				c.Path.Sub = "givenName"
			}
			return c
		})},
		{"RFC7644-3.4.2.2-02", "eq finds only one of several", asked(queries("Users"), firstMatchOnly)},
		{"RFC7644-3.4.2.2-02", "eq on groups finds what starts with the value", compared(queries("Groups"), func(c filter.Compare) filter.Filter {
			if c.Op == filter.Eq {
				c.Op = filter.Sw
			}
			return c
		})},
		{"RFC7644-3.4.2.2-02", "eq on groups finds nothing", compared(queries("Groups"), matchNone)},

		{"RFC7644-3.4.2.2-03", "active eq false finds everybody who is active", onAttribute("active", filter.Eq, func(c filter.Compare) filter.Filter { c.Value = true; return c })},
		{"RFC7644-3.4.2.2-03", "active eq true finds nobody", onAttribute("active", filter.Eq, func(c filter.Compare) filter.Filter {
			if c.Value == true {
				return nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-03", "active eq false finds nobody", onAttribute("active", filter.Eq, func(c filter.Compare) filter.Filter {
			if c.Value == false {
				return nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-03", "active is not compared", onAttribute("active", filter.Eq, matchAll)},
		{"RFC7644-3.4.2.2-03", "active ne means eq", onAttribute("active", filter.Ne, byOperator(filter.Eq))},
		{"RFC7644-3.4.2.2-03", "booleans have to be texts", refusingFilter(queries(), func(text string) bool {
			return strings.HasSuffix(text, " true") || strings.HasSuffix(text, " false")
		}, scim.InvalidFilter("a text was expected"))},
		{"RFC7644-3.4.2.2-03", "primary is not compared", onAttribute("emails.primary", filter.Eq, func(_ filter.Compare) filter.Filter {
			return filter.Compare{Path: pathOf("emails"), Op: filter.Pr}
		})},

		{"RFC7644-3.4.2.2-04", "a number fails", refusingFilter(queries(), containing("eq 42"), scim.Internal("NumberFormatException"))},
		{"RFC7644-3.4.2.2-04", "a decimal fails", refusingFilter(queries(), containing("-1.5e3"), scim.Internal("NumberFormatException"))},
		{"RFC7644-3.4.2.2-04", "a comparison with a number is left out", compared(queries(), onNumbers(everybody))},

		{"RFC7644-3.4.2.2-05", "ne does not find what has no value", onOperator(filter.Ne, alsoPresent)},
		{"RFC7644-3.4.2.2-05", "ne means eq", takenFor(filter.Ne, filter.Eq)},
		{"RFC7644-3.4.2.2-05", "ne finds everybody", onOperator(filter.Ne, matchAll)},
		{"RFC7644-3.4.2.2-05", "ne finds nobody", onOperator(filter.Ne, matchNone)},
		{"RFC7644-3.4.2.2-05", "ne does not find what contains the value", onOperator(filter.Ne, func(c filter.Compare) filter.Filter {
			c.Op = filter.Co
			return filter.Not{Of: c}
		})},
		{"RFC7644-3.4.2.2-05", "ne does not find what has no value, on familyName", onAttribute("name.familyName", filter.Ne, func(c filter.Compare) filter.Filter {
			return filter.And{Left: c, Right: filter.Compare{Path: pathOf("nickName"), Op: filter.Pr}}
		})},
		{"RFC7644-3.4.2.2-05", "ne is refused", refusingFilter(queries(), containing(" ne "), scim.InvalidFilter("ne is not supported"))},
		{"RFC7644-3.4.2.2-05", "ne on groups finds everything", compared(queries("Groups"), func(c filter.Compare) filter.Filter {
			if c.Op == filter.Ne {
				return everybody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-06", "co means sw", takenFor(filter.Co, filter.Sw)},
		{"RFC7644-3.4.2.2-06", "co means ew", takenFor(filter.Co, filter.Ew)},
		{"RFC7644-3.4.2.2-06", "co means eq", takenFor(filter.Co, filter.Eq)},
		{"RFC7644-3.4.2.2-06", "co finds everybody", onOperator(filter.Co, matchAll)},
		{"RFC7644-3.4.2.2-06", "co is refused", refusingFilter(queries(), containing(" co "), scim.InvalidFilter("co is not supported"))},
		{"RFC7644-3.4.2.2-06", "co finds parts of what was asked for", onOperator(filter.Co, func(c filter.Compare) filter.Filter {
			if v, ok := c.Value.(string); ok && len(v) > 4 {
				c.Value = v[:4]
			}
			return c
		})},
		{"RFC7644-3.4.2.2-06", "co means eq on groups", compared(queries("Groups"), taking(filter.Co, filter.Eq))},
		{"RFC7644-3.4.2.2-06", "co does not find the end", onOperator(filter.Co, func(c filter.Compare) filter.Filter {
			end := c
			end.Op = filter.Ew
			return filter.And{Left: c, Right: filter.Not{Of: end}}
		})},

		{"RFC7644-3.4.2.2-07", "sw means co", takenFor(filter.Sw, filter.Co)},
		{"RFC7644-3.4.2.2-07", "sw means eq", takenFor(filter.Sw, filter.Eq)},
		{"RFC7644-3.4.2.2-07", "sw means ew", takenFor(filter.Sw, filter.Ew)},
		{"RFC7644-3.4.2.2-07", "sw does not find what is equal", onOperator(filter.Sw, func(c filter.Compare) filter.Filter {
			same := c
			same.Op = filter.Eq
			return filter.And{Left: c, Right: filter.Not{Of: same}}
		})},
		{"RFC7644-3.4.2.2-07", "sw is refused", refusingFilter(queries(), containing(" sw "), scim.InvalidFilter("sw is not supported"))},
		{"RFC7644-3.4.2.2-07", "sw means co on groups", compared(queries("Groups"), func(c filter.Compare) filter.Filter {
			if c.Op == filter.Sw {
				return filter.Compare{Path: c.Path, Op: filter.Co, Value: "g"}
			}
			return c
		})},

		{"RFC7644-3.4.2.2-08", "ew means co", takenFor(filter.Ew, filter.Co)},
		{"RFC7644-3.4.2.2-08", "ew means sw", takenFor(filter.Ew, filter.Sw)},
		{"RFC7644-3.4.2.2-08", "ew means eq", takenFor(filter.Ew, filter.Eq)},
		{"RFC7644-3.4.2.2-08", "ew finds everybody", onOperator(filter.Ew, matchAll)},
		{"RFC7644-3.4.2.2-08", "ew does not find what is equal", onOperator(filter.Ew, func(c filter.Compare) filter.Filter {
			same := c
			same.Op = filter.Eq
			return filter.And{Left: c, Right: filter.Not{Of: same}}
		})},
		{"RFC7644-3.4.2.2-08", "ew is refused", refusingFilter(queries(), containing(" ew "), scim.InvalidFilter("ew is not supported"))},
		{"RFC7644-3.4.2.2-08", "ew finds nothing on groups", compared(queries("Groups"), func(c filter.Compare) filter.Filter {
			if c.Op == filter.Ew {
				return nobody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-09", "pr finds everybody", onOperator(filter.Pr, func(_ filter.Compare) filter.Filter { return everybody() })},
		{"RFC7644-3.4.2.2-09", "pr finds nobody", onOperator(filter.Pr, matchNone)},
		{"RFC7644-3.4.2.2-09", "pr does not find false", onAttribute("active", filter.Pr, func(c filter.Compare) filter.Filter {
			return filter.Compare{Path: c.Path, Op: filter.Eq, Value: true}
		})},
		{"RFC7644-3.4.2.2-09", "pr finds an empty list", onAttribute("emails", filter.Pr, matchAll)},
		{"RFC7644-3.4.2.2-09", "pr does not find a complex attribute", onAttribute("name", filter.Pr, matchNone)},
		{"RFC7644-3.4.2.2-09", "pr of a sub-attribute is that of its parent", onOperator(filter.Pr, func(c filter.Compare) filter.Filter { c.Path.Sub = ""; return c })},
		{"RFC7644-3.4.2.2-09", "pr does not find a list", onOperator(filter.Pr, func(c filter.Compare) filter.Filter {
			if about(c, "emails") || about(c, "phoneNumbers") {
				return nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-09", "pr means the opposite", onOperator(filter.Pr, func(c filter.Compare) filter.Filter { return filter.Not{Of: c} })},
		{"RFC7644-3.4.2.2-09", "pr finds groups without members", compared(queries("Groups"), func(c filter.Compare) filter.Filter {
			if c.Op == filter.Pr {
				return everybody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-09", "pr finds null", onAttribute("title", filter.Pr, func(c filter.Compare) filter.Filter {
			return filter.Or{Left: c, Right: filter.Compare{Path: pathOf("displayName"), Op: filter.Eq, Value: "Gus"}}
		})},

		{"RFC7644-3.4.2.2-26", "operators are read in lower case only", refusingFilter(queries(), shouts, scim.InvalidFilter("unknown operator"))},
		{"RFC7644-3.4.2.2-26", "the first capital of an operator is not read", refusingFilter(queries(), containing("Eq"), scim.InvalidFilter("unknown operator"))},
		{"RFC7644-3.4.2.2-26", "AND is not read", refusingFilter(queries(), containing(" AND "), scim.InvalidFilter("unknown operator"))},
		{"RFC7644-3.4.2.2-26", "OR means and", misread(queries(), respelled(" OR ", " and "))},
		{"RFC7644-3.4.2.2-26", "NOT is skipped", misread(queries(), respelled("NOT (", "("))},
		{"RFC7644-3.4.2.2-26", "an operator in capitals finds nobody", misread(queries(), respelled(" SW ", " eq "))},
		{"RFC7644-3.4.2.2-26", "EW means eq", misread(queries(), respelled(" EW ", " eq "))},
		{"RFC7644-3.4.2.2-26", "PR is refused", refusingFilter(queries(), containing(" PR"), scim.InvalidFilter("unknown operator"))},

		{"RFC7644-3.4.2.2-27", "names are read as they are written", refusingFilter(queries(), func(text string) bool {
			return containing("USERNAME ")(text) || containing("username ")(text)
		}, scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-27", "names in other letters find nobody", misread(queries(), respelled("USERNAME", "nickName"))},
		{"RFC7644-3.4.2.2-27", "sub-attributes are read as they are written", misread(queries(), respelled("Name.FamilyName", "name.middleName", "NAME.GIVENNAME", "name.middleName"))},
		{"RFC7644-3.4.2.2-27", "sub-attributes of lists are read as they are written", misread(queries(), respelled("Emails.VALUE", "emails.display"))},
		{"RFC7644-3.4.2.2-27", "ID is unknown", refusingFilter(queries(), containing("ID eq"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-27", "names of groups are read as they are written", refusingFilter(queries("Groups"), containing("DISPLAYNAME"), scim.InvalidFilter("unknown attribute"))},
	}
}

// onNumbers changes comparisons with numbers.
func onNumbers(to func() filter.Filter) func(filter.Compare) filter.Filter {
	return func(c filter.Compare) filter.Filter {
		if _, ok := c.Value.(json.Number); ok {
			return to()
		}
		return c
	}
}

func taking(from, to filter.Op) func(filter.Compare) filter.Filter {
	return func(c filter.Compare) filter.Filter {
		if c.Op == from {
			c.Op = to
		}
		return c
	}
}

func shouts(text string) bool {
	for word := range strings.FieldsSeq(text) {
		switch word {
		case "EQ", "Eq", "SW", "Co", "EW", "PR", "NE", "GT", "Lt", "AND", "OR", "NOT", "And":
			return true
		}
	}
	return false
}
