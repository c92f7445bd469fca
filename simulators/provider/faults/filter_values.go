package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// qualified changes comparisons whose attribute is named with its schema.
func qualified(urn string, edit func(c filter.Compare) filter.Filter) Wrap {
	return compared(queries(), func(c filter.Compare) filter.Filter {
		if strings.EqualFold(c.Path.URN, urn) {
			return edit(c)
		}
		return c
	})
}

// nulls changes comparisons with null.
func nulls(edit func(c filter.Compare) filter.Filter) Wrap {
	return compared(queries(), func(c filter.Compare) filter.Filter {
		if c.Value == nil && c.Op != filter.Pr {
			return edit(c)
		}
		return c
	})
}

func attributesNamed(names ...string) func(string) bool {
	return func(name string) bool { return slices.Contains(names, name) }
}

func allTexts(string) bool { return true }

func valueFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-24", "eq null finds nobody", nulls(matchNone)},
		{"RFC7644-3.4.2.2-24", "eq null finds everybody", nulls(matchAll)},
		{"RFC7644-3.4.2.2-24", "eq null means present", nulls(func(c filter.Compare) filter.Filter { return filter.Compare{Path: c.Path, Op: filter.Pr} })},
		{"RFC7644-3.4.2.2-24", "null is the text", nulls(func(c filter.Compare) filter.Filter { c.Value = "null"; return c })},
		{"RFC7644-3.4.2.2-24", "the text null stands for no value", literalNull},
		{"RFC7644-3.4.2.2-24", "null fails", refusingFilter(queries(), containing(" null"), scim.Internal("NullPointerException"))},

		{"RFC7644-3.4.2.2-25", "active eq true finds only who was sent as active", onAttribute("active", filter.Eq, activeIfNamed)},
		{"RFC7644-3.4.2.2-25", "active is present only where it was sent", onAttribute("active", filter.Pr, activeIfNamed)},
		{"RFC7644-3.4.2.2-25", "active that nobody sent is false", onAttribute("active", filter.Eq, func(c filter.Compare) filter.Filter { c.Value = c.Value != true; return c })},

		{"RFC7644-3.4.2.2-28", "all texts have case", withCase(true, allTexts)},
		{"RFC7644-3.4.2.2-28", "userName has case", withCase(true, attributesNamed("userName"))},
		{"RFC7644-3.4.2.2-28", "emails have case", withCase(true, attributesNamed("emails.value"))},
		{"RFC7644-3.4.2.2-28", "titles have case", withCase(true, attributesNamed("title"))},
		{"RFC7644-3.4.2.2-28", "names of people have case", withCase(true, attributesNamed("name.familyName"))},
		{"RFC7644-3.4.2.2-28", "names of groups have case", reevaluated(queries("Groups"), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			setCase(t.Schema.Attributes, "", true, allTexts)
			return filter.Match(f, t, o)
		})},
		{"RFC7644-3.4.2.2-28", "co has case", caseIn(filter.Co)},
		{"RFC7644-3.4.2.2-28", "sw has case", caseIn(filter.Sw)},
		{"RFC7644-3.4.2.2-28", "ew has case", caseIn(filter.Ew)},
		{"RFC7644-3.4.2.2-28", "ne has case", caseIn(filter.Ne)},
		{"RFC7644-3.4.2.2-28", "eq has case", caseIn(filter.Eq)},

		{"RFC7644-3.4.2.2-29", "core attributes with their schema are refused", refusingFilter(queries(), containing(scim.UserURN+":"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-29", "core attributes with their schema find nobody", qualified(scim.UserURN, matchNone)},
		{"RFC7644-3.4.2.2-29", "core attributes with their schema find everybody", qualified(scim.UserURN, matchAll)},
		{"RFC7644-3.4.2.2-29", "sub-attributes with their schema are refused", refusingFilter(queries(), containing(scim.UserURN+":name."), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-29", "schemas are read as they are written", refusingFilter(queries(), containing("URN:IETF"), scim.InvalidFilter("unknown schema"))},
		{"RFC7644-3.4.2.2-29", "group attributes with their schema are refused", refusingFilter(queries("Groups"), containing(scim.GroupURN+":"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-29", "a schema with dots is cut at the first", misread(queries(), respelled(scim.UserURN+":userName sw", "nickName sw"))},
		{"RFC7644-3.4.2.2-29", "lists with their schema find nobody", qualified(scim.UserURN, func(c filter.Compare) filter.Filter {
			if strings.EqualFold(c.Path.Attr, "emails") {
				return nobody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-30", "attributes of extensions are refused", refusingFilter(queries(), containing(scim.EnterpriseURN+":"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-30", "attributes of extensions find nobody", qualified(scim.EnterpriseURN, matchNone)},
		{"RFC7644-3.4.2.2-30", "attributes of extensions find everybody", qualified(scim.EnterpriseURN, matchAll)},
		{"RFC7644-3.4.2.2-30", "attributes of extensions are looked for in the core", qualified(scim.EnterpriseURN, func(c filter.Compare) filter.Filter {
			if c.Path.Attr == "department" {
				c.Path = pathOf("title")
			}
			return c
		})},
		{"RFC7644-3.4.2.2-30", "attributes of extensions have case", withCase(true, attributesNamed("department"))},
		{"RFC7644-3.4.2.2-30", "eq on extensions means sw", qualified(scim.EnterpriseURN, taking(filter.Eq, filter.Sw))},
		{"RFC7644-3.4.2.2-30", "pr on extensions is that of the extension", misread(queries(), respelled("department pr", "manager pr"))},
		{"RFC7644-3.4.2.2-30", "co on extensions is refused", refusingFilter(queries(), containing("department co"), scim.InvalidFilter("co is not supported"))},

		{"RFC7644-3.4.2.2-31", "schemas are not compared", compared(queries(), onSchemas(everybody))},
		{"RFC7644-3.4.2.2-31", "schemas find nobody", compared(queries(), onSchemas(nobody))},
		{"RFC7644-3.4.2.2-31", "only the first schema is compared", reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			cut := o.Clone()
			cut.Set("schemas", cut.Array("schemas")[:1])
			return filter.Match(f, t, cut)
		})},
		{"RFC7644-3.4.2.2-31", "schemas fail", refusingFilter(queries(), containing("schemas eq"), scim.Internal("column does not exist"))},

		{"RFC7644-3.4.2.2-32", "id is refused", refusingFilter(queries(), containing("id eq"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-32", "id is not compared", onAttribute("id", filter.Eq, matchAll)},
		{"RFC7644-3.4.2.2-32", "only the first of several ids is found", asked(queries(), func(next http.Handler, r *http.Request, text string, a *answer) {
			if containing("id eq", " or ")(text) {
				firstMatchOnly(next, r, text, a)
			}
		})},
		{"RFC7644-3.4.2.2-32", "externalId is refused", refusingFilter(queries(), containing("externalId"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-32", "externalId is not compared", onAttribute("externalId", filter.Eq, matchAll)},
		{"RFC7644-3.4.2.2-32", "externalId of groups finds nothing", compared(queries("Groups"), func(c filter.Compare) filter.Filter {
			if about(c, "externalId") {
				return nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-32", "sw on externalId means eq", onAttribute("externalId", filter.Sw, byOperator(filter.Eq))},
		{"RFC7644-3.4.2.2-32", "externalId is always present", onAttribute("externalId", filter.Pr, matchAll)},
		{"RFC7644-3.4.2.2-32", "meta.resourceType is not compared", onAttribute("meta.resourceType", filter.Eq, matchAll)},
		{"RFC7644-3.4.2.2-32", "meta is refused", refusingFilter(queries(), containing("meta."), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-32", "meta.created is never present", onAttribute("meta.created", filter.Pr, matchNone)},
		{"RFC7644-3.4.2.2-32", "id of a group finds nothing", compared(queries("Groups"), func(c filter.Compare) filter.Filter {
			if about(c, "id") {
				return nobody()
			}
			return c
		})},
	}
}

var literalNull = compared(queries(), func(c filter.Compare) filter.Filter {
	if c.Value == "null" {
		c.Value = nil
	}
	return c
})

// activeIfNamed is a comparison that is true only for who has more than a name.
func activeIfNamed(c filter.Compare) filter.Filter {
	return filter.And{Left: c, Right: filter.Compare{Path: pathOf("displayName"), Op: filter.Pr}}
}

// caseIn gives one operator regard to case.
func caseIn(op filter.Op) Wrap {
	return reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		exact := scim.UserType()
		setCase(exact.Schema.Attributes, "", true, allTexts)
		return filter.Match(eachCompare(f, func(c filter.Compare) filter.Filter {
			switch {
			case c.Op != op || about(c, "userName"):
				return c
			case filter.Match(c, exact, o):
				return everybody()
			}
			return nobody()
		}), t, o)
	})
}

func onSchemas(to func() filter.Filter) func(filter.Compare) filter.Filter {
	return func(c filter.Compare) filter.Filter {
		if about(c, "schemas") {
			return to()
		}
		return c
	}
}
