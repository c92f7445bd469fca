package faults

import (
	"encoding/json"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// alsoPresent adds that the attribute has a value.
func alsoPresent(c scim.Compare) scim.Filter {
	return scim.And{Left: scim.Compare{Path: c.Path, Op: scim.Pr}, Right: c}
}

// onOperator changes comparisons by one operator.
func onOperator(op scim.Op, edit func(c scim.Compare) scim.Filter) Wrap {
	return compared(queries(), func(c scim.Compare) scim.Filter {
		if c.Op == op {
			return edit(c)
		}
		return c
	})
}

func pathOf(text string) scim.Path {
	p, err := scim.ParsePath(text, scim.UserType())
	if err != nil {
		panic(err) // a path of this package
	}
	return p
}

// onAttribute changes comparisons of one attribute by one operator, at the users.
func onAttribute(path string, op scim.Op, edit func(c scim.Compare) scim.Filter) Wrap {
	return compared(queries("Users"), func(c scim.Compare) scim.Filter {
		if c.Op == op && about(c, path) {
			return edit(c)
		}
		return c
	})
}

func matchAll(scim.Compare) scim.Filter  { return everybody() }
func matchNone(scim.Compare) scim.Filter { return nobody() }

func byOperator(op scim.Op) func(scim.Compare) scim.Filter {
	return func(c scim.Compare) scim.Filter { c.Op = op; return c }
}

func operatorFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-02", "eq finds what starts with the value", takenFor(scim.Eq, scim.Sw)},
		{"RFC7644-3.4.2.2-02", "eq finds what contains the value", takenFor(scim.Eq, scim.Co)},
		{"RFC7644-3.4.2.2-02", "eq finds what ends with the value, on displayName", onAttribute("displayName", scim.Eq, byOperator(scim.Ew))},
		{"RFC7644-3.4.2.2-02", "eq finds nothing on titles", onAttribute("title", scim.Eq, matchNone)},
		{"RFC7644-3.4.2.2-02", "eq on names looks at the given name", compared(queries(), func(c scim.Compare) scim.Filter {
			if about(c, "name.familyName") {
				c.Path.Sub = "givenName"
			}
			return c
		})},
		{"RFC7644-3.4.2.2-02", "eq finds only one of several", asked(queries("Users"), firstMatchOnly)},
		{"RFC7644-3.4.2.2-02", "eq on groups finds what starts with the value", compared(queries("Groups"), func(c scim.Compare) scim.Filter {
			if c.Op == scim.Eq {
				c.Op = scim.Sw
			}
			return c
		})},
		{"RFC7644-3.4.2.2-02", "eq on groups finds nothing", compared(queries("Groups"), matchNone)},

		{"RFC7644-3.4.2.2-03", "active eq false finds everybody who is active", onAttribute("active", scim.Eq, func(c scim.Compare) scim.Filter { c.Value = true; return c })},
		{"RFC7644-3.4.2.2-03", "active eq true finds nobody", onAttribute("active", scim.Eq, func(c scim.Compare) scim.Filter {
			if c.Value == true {
				return nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-03", "active eq false finds nobody", onAttribute("active", scim.Eq, func(c scim.Compare) scim.Filter {
			if c.Value == false {
				return nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-03", "active is not compared", onAttribute("active", scim.Eq, matchAll)},
		{"RFC7644-3.4.2.2-03", "active ne means eq", onAttribute("active", scim.Ne, byOperator(scim.Eq))},
		{"RFC7644-3.4.2.2-03", "booleans have to be texts", refusingFilter(queries(), func(text string) bool {
			return strings.HasSuffix(text, " true") || strings.HasSuffix(text, " false")
		}, scim.InvalidFilter("a text was expected"))},
		{"RFC7644-3.4.2.2-03", "primary is not compared", onAttribute("emails.primary", scim.Eq, func(_ scim.Compare) scim.Filter {
			return scim.Compare{Path: pathOf("emails"), Op: scim.Pr}
		})},

		{"RFC7644-3.4.2.2-04", "a number fails", refusingFilter(queries(), containing("eq 42"), scim.Internal("NumberFormatException"))},
		{"RFC7644-3.4.2.2-04", "a decimal fails", refusingFilter(queries(), containing("-1.5e3"), scim.Internal("NumberFormatException"))},
		{"RFC7644-3.4.2.2-04", "a comparison with a number is left out", compared(queries(), onNumbers(everybody))},

		{"RFC7644-3.4.2.2-05", "ne does not find what has no value", onOperator(scim.Ne, alsoPresent)},
		{"RFC7644-3.4.2.2-05", "ne means eq", takenFor(scim.Ne, scim.Eq)},
		{"RFC7644-3.4.2.2-05", "ne finds everybody", onOperator(scim.Ne, matchAll)},
		{"RFC7644-3.4.2.2-05", "ne finds nobody", onOperator(scim.Ne, matchNone)},
		{"RFC7644-3.4.2.2-05", "ne does not find what contains the value", onOperator(scim.Ne, func(c scim.Compare) scim.Filter {
			c.Op = scim.Co
			return scim.Not{Of: c}
		})},
		{"RFC7644-3.4.2.2-05", "ne does not find what has no value, on familyName", onAttribute("name.familyName", scim.Ne, func(c scim.Compare) scim.Filter {
			return scim.And{Left: c, Right: scim.Compare{Path: pathOf("nickName"), Op: scim.Pr}}
		})},
		{"RFC7644-3.4.2.2-05", "ne is refused", refusingFilter(queries(), containing(" ne "), scim.InvalidFilter("ne is not supported"))},
		{"RFC7644-3.4.2.2-05", "ne on groups finds everything", compared(queries("Groups"), func(c scim.Compare) scim.Filter {
			if c.Op == scim.Ne {
				return everybody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-06", "co means sw", takenFor(scim.Co, scim.Sw)},
		{"RFC7644-3.4.2.2-06", "co means ew", takenFor(scim.Co, scim.Ew)},
		{"RFC7644-3.4.2.2-06", "co means eq", takenFor(scim.Co, scim.Eq)},
		{"RFC7644-3.4.2.2-06", "co finds everybody", onOperator(scim.Co, matchAll)},
		{"RFC7644-3.4.2.2-06", "co is refused", refusingFilter(queries(), containing(" co "), scim.InvalidFilter("co is not supported"))},
		{"RFC7644-3.4.2.2-06", "co finds parts of what was asked for", onOperator(scim.Co, func(c scim.Compare) scim.Filter {
			if v, ok := c.Value.(string); ok && len(v) > 4 {
				c.Value = v[:4]
			}
			return c
		})},
		{"RFC7644-3.4.2.2-06", "co means eq on groups", compared(queries("Groups"), taking(scim.Co, scim.Eq))},
		{"RFC7644-3.4.2.2-06", "co does not find the end", onOperator(scim.Co, func(c scim.Compare) scim.Filter {
			end := c
			end.Op = scim.Ew
			return scim.And{Left: c, Right: scim.Not{Of: end}}
		})},

		{"RFC7644-3.4.2.2-07", "sw means co", takenFor(scim.Sw, scim.Co)},
		{"RFC7644-3.4.2.2-07", "sw means eq", takenFor(scim.Sw, scim.Eq)},
		{"RFC7644-3.4.2.2-07", "sw means ew", takenFor(scim.Sw, scim.Ew)},
		{"RFC7644-3.4.2.2-07", "sw does not find what is equal", onOperator(scim.Sw, func(c scim.Compare) scim.Filter {
			same := c
			same.Op = scim.Eq
			return scim.And{Left: c, Right: scim.Not{Of: same}}
		})},
		{"RFC7644-3.4.2.2-07", "sw is refused", refusingFilter(queries(), containing(" sw "), scim.InvalidFilter("sw is not supported"))},
		{"RFC7644-3.4.2.2-07", "sw means co on groups", compared(queries("Groups"), func(c scim.Compare) scim.Filter {
			if c.Op == scim.Sw {
				return scim.Compare{Path: c.Path, Op: scim.Co, Value: "g"}
			}
			return c
		})},

		{"RFC7644-3.4.2.2-08", "ew means co", takenFor(scim.Ew, scim.Co)},
		{"RFC7644-3.4.2.2-08", "ew means sw", takenFor(scim.Ew, scim.Sw)},
		{"RFC7644-3.4.2.2-08", "ew means eq", takenFor(scim.Ew, scim.Eq)},
		{"RFC7644-3.4.2.2-08", "ew finds everybody", onOperator(scim.Ew, matchAll)},
		{"RFC7644-3.4.2.2-08", "ew does not find what is equal", onOperator(scim.Ew, func(c scim.Compare) scim.Filter {
			same := c
			same.Op = scim.Eq
			return scim.And{Left: c, Right: scim.Not{Of: same}}
		})},
		{"RFC7644-3.4.2.2-08", "ew is refused", refusingFilter(queries(), containing(" ew "), scim.InvalidFilter("ew is not supported"))},
		{"RFC7644-3.4.2.2-08", "ew finds nothing on groups", compared(queries("Groups"), func(c scim.Compare) scim.Filter {
			if c.Op == scim.Ew {
				return nobody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-09", "pr finds everybody", onOperator(scim.Pr, func(_ scim.Compare) scim.Filter { return everybody() })},
		{"RFC7644-3.4.2.2-09", "pr finds nobody", onOperator(scim.Pr, matchNone)},
		{"RFC7644-3.4.2.2-09", "pr does not find false", onAttribute("active", scim.Pr, func(c scim.Compare) scim.Filter {
			return scim.Compare{Path: c.Path, Op: scim.Eq, Value: true}
		})},
		{"RFC7644-3.4.2.2-09", "pr finds an empty list", onAttribute("emails", scim.Pr, matchAll)},
		{"RFC7644-3.4.2.2-09", "pr does not find a complex attribute", onAttribute("name", scim.Pr, matchNone)},
		{"RFC7644-3.4.2.2-09", "pr of a sub-attribute is that of its parent", onOperator(scim.Pr, func(c scim.Compare) scim.Filter { c.Path.Sub = ""; return c })},
		{"RFC7644-3.4.2.2-09", "pr does not find a list", onOperator(scim.Pr, func(c scim.Compare) scim.Filter {
			if about(c, "emails") || about(c, "phoneNumbers") {
				return nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-09", "pr means the opposite", onOperator(scim.Pr, func(c scim.Compare) scim.Filter { return scim.Not{Of: c} })},
		{"RFC7644-3.4.2.2-09", "pr finds groups without members", compared(queries("Groups"), func(c scim.Compare) scim.Filter {
			if c.Op == scim.Pr {
				return everybody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-09", "pr finds null", onAttribute("title", scim.Pr, func(c scim.Compare) scim.Filter {
			return scim.Or{Left: c, Right: scim.Compare{Path: pathOf("displayName"), Op: scim.Eq, Value: "Gus"}}
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
func onNumbers(to func() scim.Filter) func(scim.Compare) scim.Filter {
	return func(c scim.Compare) scim.Filter {
		if _, ok := c.Value.(json.Number); ok {
			return to()
		}
		return c
	}
}

func taking(from, to scim.Op) func(scim.Compare) scim.Filter {
	return func(c scim.Compare) scim.Filter {
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
