package rfc7644

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// filterOperatorFaults violate features/rfc7644/3.4.2.2_operators.feature.
func filterOperatorFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.2.2-02", "eq finds values that begin with it", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Eq, filter.Sw))},
		{"RFC7644-3.4.2.2-02", "eq finds values that contain it", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Eq, filter.Co))},
		{"RFC7644-3.4.2.2-02", "eq on displayName finds values that end with it", rewrite.EditComparisonsOf("displayName", filter.Eq, rewrite.WithOperator(filter.Ew))},
		{"RFC7644-3.4.2.2-02", "eq finds nothing on titles", rewrite.EditComparisonsOf("title", filter.Eq, rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-02", "eq on names looks at the given name", rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
			if rewrite.About(c, "name.familyName") {
				c.Path.Sub = "givenName"
			}
			return c
		})},
		{"RFC7644-3.4.2.2-02", "eq finds only one of several", rewrite.FilterAnswers(rewrite.Queries("Users"), rewrite.FirstMatchOnly)},
		{"RFC7644-3.4.2.2-02", "eq on groups finds values that begin with it", rewrite.EditComparisons(rewrite.Queries("Groups"), func(c filter.Compare) filter.Filter {
			if c.Op == filter.Eq {
				c.Op = filter.Sw
			}
			return c
		})},
		{"RFC7644-3.4.2.2-02", "eq on groups finds nothing", rewrite.EditComparisons(rewrite.Queries("Groups"), rewrite.MatchNone)},

		{"RFC7644-3.4.2.2-03", "active eq false finds the active users", rewrite.EditComparisonsOf("active", filter.Eq, func(c filter.Compare) filter.Filter { c.Value = true; return c })},
		{"RFC7644-3.4.2.2-03", "active eq true finds no user", rewrite.EditComparisonsOf("active", filter.Eq, func(c filter.Compare) filter.Filter {
			if c.Value == true {
				return rewrite.Nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-03", "active eq false finds no user", rewrite.EditComparisonsOf("active", filter.Eq, func(c filter.Compare) filter.Filter {
			if c.Value == false {
				return rewrite.Nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-03", "active is not compared", rewrite.EditComparisonsOf("active", filter.Eq, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-03", "active ne means eq", rewrite.EditComparisonsOf("active", filter.Ne, rewrite.WithOperator(filter.Eq))},
		{"RFC7644-3.4.2.2-03", "primary is not compared", rewrite.EditComparisonsOf("emails.primary", filter.Eq, func(_ filter.Compare) filter.Filter {
			return filter.Compare{Path: rewrite.PathOf("emails"), Op: filter.Pr}
		})},

		{"RFC7644-3.4.2.2-04", "a number fails", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("eq 42"), scim.Internal("NumberFormatException"))},
		{"RFC7644-3.4.2.2-04", "a decimal fails", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("-1.5e3"), scim.Internal("NumberFormatException"))},
		{"RFC7644-3.4.2.2-04", "a comparison with a number is left out", rewrite.EditComparisons(rewrite.Queries(), onNumbers(rewrite.Everybody))},

		{"RFC7644-3.4.2.2-05", "ne does not find resources without a value", onOperator(filter.Ne, rewrite.AlsoPresent)},
		{"RFC7644-3.4.2.2-05", "ne means eq", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Ne, filter.Eq))},
		{"RFC7644-3.4.2.2-05", "ne finds every user", onOperator(filter.Ne, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-05", "ne finds no user", onOperator(filter.Ne, rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-05", "ne does not find values that contain it", onOperator(filter.Ne, func(c filter.Compare) filter.Filter {
			c.Op = filter.Co
			return filter.Not{Of: c}
		})},
		{"RFC7644-3.4.2.2-05", "ne on familyName does not find resources without a value", rewrite.EditComparisonsOf("name.familyName", filter.Ne, func(c filter.Compare) filter.Filter {
			return filter.And{Left: c, Right: filter.Compare{Path: rewrite.PathOf("nickName"), Op: filter.Pr}}
		})},
		{"RFC7644-3.4.2.2-05", "ne on groups finds everything", rewrite.EditComparisons(rewrite.Queries("Groups"), func(c filter.Compare) filter.Filter {
			if c.Op == filter.Ne {
				return rewrite.Everybody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-06", "co means sw", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Co, filter.Sw))},
		{"RFC7644-3.4.2.2-06", "co means ew", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Co, filter.Ew))},
		{"RFC7644-3.4.2.2-06", "co means eq", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Co, filter.Eq))},
		{"RFC7644-3.4.2.2-06", "co finds every user", onOperator(filter.Co, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-06", "co finds parts of the value", onOperator(filter.Co, func(c filter.Compare) filter.Filter {
			if v, ok := c.Value.(string); ok && len(v) > 4 {
				c.Value = v[:4]
			}
			return c
		})},
		{"RFC7644-3.4.2.2-06", "co means eq on groups", rewrite.EditComparisons(rewrite.Queries("Groups"), rewrite.OperatorBecomes(filter.Co, filter.Eq))},
		{"RFC7644-3.4.2.2-06", "co does not find the end", onOperator(filter.Co, func(c filter.Compare) filter.Filter {
			end := c
			end.Op = filter.Ew
			return filter.And{Left: c, Right: filter.Not{Of: end}}
		})},

		{"RFC7644-3.4.2.2-07", "sw means co", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Sw, filter.Co))},
		{"RFC7644-3.4.2.2-07", "sw means eq", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Sw, filter.Eq))},
		{"RFC7644-3.4.2.2-07", "sw means ew", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Sw, filter.Ew))},
		{"RFC7644-3.4.2.2-07", "sw does not find equal values", onOperator(filter.Sw, func(c filter.Compare) filter.Filter {
			same := c
			same.Op = filter.Eq
			return filter.And{Left: c, Right: filter.Not{Of: same}}
		})},
		{"RFC7644-3.4.2.2-07", "sw means co on groups", rewrite.EditComparisons(rewrite.Queries("Groups"), func(c filter.Compare) filter.Filter {
			if c.Op == filter.Sw {
				return filter.Compare{Path: c.Path, Op: filter.Co, Value: "g"}
			}
			return c
		})},

		{"RFC7644-3.4.2.2-08", "ew means co", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Ew, filter.Co))},
		{"RFC7644-3.4.2.2-08", "ew means sw", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Ew, filter.Sw))},
		{"RFC7644-3.4.2.2-08", "ew means eq", rewrite.EditComparisons(rewrite.Queries(), rewrite.OperatorBecomes(filter.Ew, filter.Eq))},
		{"RFC7644-3.4.2.2-08", "ew finds every user", onOperator(filter.Ew, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-08", "ew does not find equal values", onOperator(filter.Ew, func(c filter.Compare) filter.Filter {
			same := c
			same.Op = filter.Eq
			return filter.And{Left: c, Right: filter.Not{Of: same}}
		})},
		{"RFC7644-3.4.2.2-08", "ew finds nothing on groups", rewrite.EditComparisons(rewrite.Queries("Groups"), func(c filter.Compare) filter.Filter {
			if c.Op == filter.Ew {
				return rewrite.Nobody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-09", "pr finds every user", onOperator(filter.Pr, func(_ filter.Compare) filter.Filter { return rewrite.Everybody() })},
		{"RFC7644-3.4.2.2-09", "pr finds no user", onOperator(filter.Pr, rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-09", "pr does not find false", rewrite.EditComparisonsOf("active", filter.Pr, func(c filter.Compare) filter.Filter {
			return filter.Compare{Path: c.Path, Op: filter.Eq, Value: true}
		})},
		{"RFC7644-3.4.2.2-09", "pr finds an empty list", rewrite.EditComparisonsOf("emails", filter.Pr, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-09", "pr does not find a complex attribute", rewrite.EditComparisonsOf("name", filter.Pr, rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-09", "pr of a sub-attribute is that of its parent", onOperator(filter.Pr, func(c filter.Compare) filter.Filter { c.Path.Sub = ""; return c })},
		{"RFC7644-3.4.2.2-09", "pr does not find a list", onOperator(filter.Pr, func(c filter.Compare) filter.Filter {
			if rewrite.About(c, "emails") || rewrite.About(c, "phoneNumbers") {
				return rewrite.Nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-09", "pr means the opposite", onOperator(filter.Pr, func(c filter.Compare) filter.Filter { return filter.Not{Of: c} })},
		{"RFC7644-3.4.2.2-09", "pr finds groups without members", rewrite.EditComparisons(rewrite.Queries("Groups"), func(c filter.Compare) filter.Filter {
			if c.Op == filter.Pr {
				return rewrite.Everybody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-09", "pr finds null", rewrite.EditComparisonsOf("title", filter.Pr, func(c filter.Compare) filter.Filter {
			return filter.Or{Left: c, Right: filter.Compare{Path: rewrite.PathOf("displayName"), Op: filter.Eq, Value: "Gus"}}
		})},

		{"RFC7644-3.4.2.2-10", "points in time are compared as texts", asTexts},
		{"RFC7644-3.4.2.2-10", "the offset of a point in time is ignored", onDates(withoutOffset)},
		{"RFC7644-3.4.2.2-10", "gt on points in time means lt", onDates(rewrite.OperatorBecomes(filter.Gt, filter.Lt))},
		{"RFC7644-3.4.2.2-10", "lt on points in time finds every user", onDates(func(c filter.Compare) filter.Filter {
			if c.Op == filter.Lt {
				return rewrite.Everybody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-10", "points in time are not compared", onDates(rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-10", "lastModified is never later", rewrite.EditComparisonsOf("meta.lastModified", filter.Gt, rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-10", "points in time of groups are not compared", rewrite.EditComparisons(rewrite.Queries("Groups"), func(c filter.Compare) filter.Filter {
			if rewrite.About(c, "meta.created") {
				return rewrite.Everybody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-11", "ge on texts means gt", onTexts(rewrite.OperatorBecomes(filter.Ge, filter.Gt))},
		{"RFC7644-3.4.2.2-11", "le on texts means lt", onTexts(rewrite.OperatorBecomes(filter.Le, filter.Lt))},
		{"RFC7644-3.4.2.2-11", "gt on texts means ge", onTexts(rewrite.OperatorBecomes(filter.Gt, filter.Ge))},
		{"RFC7644-3.4.2.2-11", "lt on texts means le", onTexts(rewrite.OperatorBecomes(filter.Lt, filter.Le))},
		{"RFC7644-3.4.2.2-11", "ge and le are swapped", rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
			switch c.Op {
			case filter.Ge:
				c.Op = filter.Le
			case filter.Le:
				c.Op = filter.Ge
			}
			return c
		})},
		{"RFC7644-3.4.2.2-11", "le on points in time is eq", onDates(rewrite.OperatorBecomes(filter.Le, filter.Eq))},
		{"RFC7644-3.4.2.2-11", "ge on points in time ignores the offset", onDates(withoutOffset)},

		{"RFC7644-3.4.2.2-12", "digits are compared as numbers", asNumbers},
		{"RFC7644-3.4.2.2-12", "gt on texts finds resources without a value", onTexts(func(c filter.Compare) filter.Filter {
			if c.Op == filter.Gt {
				return filter.Or{Left: c, Right: filter.Not{Of: filter.Compare{Path: c.Path, Op: filter.Pr}}}
			}
			return c
		})},
		{"RFC7644-3.4.2.2-12", "lt on texts finds resources without a value", onTexts(func(c filter.Compare) filter.Filter {
			if c.Op == filter.Lt {
				return filter.Or{Left: c, Right: filter.Not{Of: filter.Compare{Path: c.Path, Op: filter.Pr}}}
			}
			return c
		})},
		{"RFC7644-3.4.2.2-12", "texts are ordered with capital letters first", rewrite.Reevaluate(rewrite.Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			rewrite.SetExact(t.Schema.Attributes, "", true, func(name string) bool { return name == "title" || name == "userType" })
			return filter.Match(f, t, o)
		})},
		{"RFC7644-3.4.2.2-12", "gt on texts means lt", onTexts(rewrite.OperatorBecomes(filter.Gt, filter.Lt))},
		{"RFC7644-3.4.2.2-12", "texts are ordered by their first letter", onTexts(func(c filter.Compare) filter.Filter {
			if v, ok := c.Value.(string); ok && (c.Op == filter.Gt || c.Op == filter.Lt) && v != "" {
				c.Value = v[:1]
			}
			return c
		})},

		{"RFC7644-3.4.2.2-13", "an order of booleans finds no user", rewrite.TakeBadFilters(rewrite.Queries(), false)},
		{"RFC7644-3.4.2.2-13", "an order of booleans finds every user", rewrite.TakeBadFilters(rewrite.Queries(), true)},
		{"RFC7644-3.4.2.2-13", "an order of booleans is refused without scimType", rewrite.RefuseFilters(rewrite.Queries(), ordering("active"), &scim.Error{Status: 400})},
		{"RFC7644-3.4.2.2-13", "an order of booleans is refused as invalidValue", rewrite.RefuseFilters(rewrite.Queries(), ordering("active"), scim.InvalidValue("no order"))},
		{"RFC7644-3.4.2.2-13", "an order of booleans fails", rewrite.RefuseFilters(rewrite.Queries(), ordering("active"), scim.Internal("ClassCastException"))},
		{"RFC7644-3.4.2.2-13", "gt of booleans means ne", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("active gt", "active ne"))},
		{"RFC7644-3.4.2.2-13", "le of booleans means eq", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("active le", "active eq"))},
		{"RFC7644-3.4.2.2-13", "an order of booleans within a list is served", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("emails.primary gt false", "emails.primary eq true"))},

		{"RFC7644-3.4.2.2-14", "an order of binaries finds no user", rewrite.TakeBadFilters(rewrite.Queries(), false)},
		{"RFC7644-3.4.2.2-14", "an order of binaries is refused without scimType", rewrite.RefuseFilters(rewrite.Queries(), ordering("x509Certificates.value"), &scim.Error{Status: 400})},
		{"RFC7644-3.4.2.2-14", "an order of binaries fails", rewrite.RefuseFilters(rewrite.Queries(), ordering("x509Certificates.value"), scim.Internal("ClassCastException"))},
		{"RFC7644-3.4.2.2-14", "binaries are ordered as texts", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("x509Certificates.value gt", "nickName eq", "x509Certificates.value le", "nickName eq"))},

		{"RFC7644-3.4.2.2-26", "operators are read in lower case only", rewrite.RefuseFilters(rewrite.Queries(), shouts, scim.InvalidFilter("unknown operator"))},
		{"RFC7644-3.4.2.2-26", "the first capital of an operator is not read", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("Eq"), scim.InvalidFilter("unknown operator"))},
		{"RFC7644-3.4.2.2-26", "AND is not read", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(" AND "), scim.InvalidFilter("unknown operator"))},
		{"RFC7644-3.4.2.2-26", "OR means and", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(" OR ", " and "))},
		{"RFC7644-3.4.2.2-26", "NOT is skipped", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("NOT (", "("))},
		{"RFC7644-3.4.2.2-26", "an operator in capitals finds no user", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(" SW ", " eq "))},
		{"RFC7644-3.4.2.2-26", "EW means eq", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(" EW ", " eq "))},
		{"RFC7644-3.4.2.2-26", "PR is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(" PR"), scim.InvalidFilter("unknown operator"))},

		{"RFC7644-3.4.2.2-27", "names are read as they are written", rewrite.RefuseFilters(rewrite.Queries(), func(text string) bool {
			return rewrite.Containing("USERNAME ")(text) || rewrite.Containing("username ")(text)
		}, scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-27", "names in other letters find no user", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("USERNAME", "nickName"))},
		{"RFC7644-3.4.2.2-27", "sub-attributes are read as they are written", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("Name.FamilyName", "name.middleName", "NAME.GIVENNAME", "name.middleName"))},
		{"RFC7644-3.4.2.2-27", "sub-attributes of lists are read as they are written", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("Emails.VALUE", "emails.display"))},
		{"RFC7644-3.4.2.2-27", "a part of meta in other letters is a server error", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("Meta.R"), scim.Internal("no such column"))},
		{"RFC7644-3.4.2.2-27", "ID is unknown", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("ID eq"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-27", "names of groups are read as they are written", rewrite.RefuseFilters(rewrite.Queries("Groups"), rewrite.Containing("DISPLAYNAME"), scim.InvalidFilter("unknown attribute"))},
	}
}

// onOperator changes comparisons by one operator.
func onOperator(op filter.Op, edit func(c filter.Compare) filter.Filter) rewrite.Wrap {
	return rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
		if c.Op == op {
			return edit(c)
		}
		return c
	})
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

// shouts says whether an operator in a filter has capital letters.
func shouts(text string) bool {
	for word := range strings.FieldsSeq(text) {
		switch word {
		case "EQ", "Eq", "SW", "Co", "EW", "PR", "NE", "GT", "Lt", "AND", "OR", "NOT", "And":
			return true
		}
	}
	return false
}

// asTexts compares points in time by their letters.
var asTexts = rewrite.Reevaluate(rewrite.Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
	return filter.Match(rewrite.EachCompare(f, func(c filter.Compare) filter.Filter {
		literal, ok := c.Value.(string)
		if !ok || !strings.EqualFold(c.Path.Attr, "meta") || c.Op == filter.Pr || rewrite.About(c, "meta.resourceType") {
			return c
		}
		order := strings.Compare(o.Object("meta").String(c.Path.Sub), literal)
		if order > 0 && (c.Op == filter.Gt || c.Op == filter.Ge) || order < 0 && (c.Op == filter.Lt || c.Op == filter.Le) || order == 0 && c.Op != filter.Gt && c.Op != filter.Lt {
			return rewrite.Everybody()
		}
		return rewrite.Nobody()
	}), t, o)
})

// asNumbers orders what consists of digits by value.
var asNumbers = rewrite.Reevaluate(rewrite.Queries("Users"), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
	return filter.Match(rewrite.EachCompare(f, func(c filter.Compare) filter.Filter {
		literal, _ := c.Value.(string)
		want, err := strconv.Atoi(literal)
		have, errHave := strconv.Atoi(o.Object(scim.EnterpriseURN).String("employeeNumber"))
		if err != nil || errHave != nil || !rewrite.About(c, "employeeNumber") {
			return c
		}
		if c.Op == filter.Gt && have > want || c.Op == filter.Lt && have < want || c.Op == filter.Eq && have == want {
			return rewrite.Everybody()
		}
		return rewrite.Nobody()
	}), t, o)
})

// onDates changes comparisons of points in time.
func onDates(edit func(c filter.Compare) filter.Filter) rewrite.Wrap {
	return rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
		if rewrite.About(c, "meta.created") || rewrite.About(c, "meta.lastModified") {
			return edit(c)
		}
		return c
	})
}

// onTexts changes comparisons of everything else.
func onTexts(edit func(c filter.Compare) filter.Filter) rewrite.Wrap {
	return rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
		if rewrite.About(c, "meta.created") || rewrite.About(c, "meta.lastModified") {
			return c
		}
		return edit(c)
	})
}

// withoutOffset takes the local time for the time.
func withoutOffset(c filter.Compare) filter.Filter {
	if v, ok := c.Value.(string); ok && len(v) > 19 {
		c.Value = v[:19] + "Z"
	}
	return c
}

// ordering holds for filters with gt, ge, lt or le on an attribute.
func ordering(attribute string) func(string) bool {
	return func(text string) bool {
		for _, op := range []string{" gt ", " ge ", " lt ", " le "} {
			if strings.Contains(text, attribute+op) {
				return true
			}
		}
		return false
	}
}
