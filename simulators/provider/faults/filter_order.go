package faults

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// firstMatchOnly shows one match where there are several.
func firstMatchOnly(_ http.Handler, _ *http.Request, text string, a *answer) {
	if a.ok() && strings.Contains(text, " eq ") && len(a.body.Array("Resources")) > 1 {
		a.body.Set("Resources", a.body.Array("Resources")[:1])
		a.body.Set("totalResults", number(1))
	}
}

// asTexts compares points in time by their letters.
var asTexts = reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
	return filter.Match(eachCompare(f, func(c filter.Compare) filter.Filter {
		literal, ok := c.Value.(string)
		if !ok || !strings.EqualFold(c.Path.Attr, "meta") || c.Op == filter.Pr || about(c, "meta.resourceType") {
			return c
		}
		order := strings.Compare(o.Object("meta").String(c.Path.Sub), literal)
		if order > 0 && (c.Op == filter.Gt || c.Op == filter.Ge) || order < 0 && (c.Op == filter.Lt || c.Op == filter.Le) || order == 0 && c.Op != filter.Gt && c.Op != filter.Lt {
			return everybody()
		}
		return nobody()
	}), t, o)
})

// asNumbers orders what consists of digits by value.
var asNumbers = reevaluated(queries("Users"), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
	return filter.Match(eachCompare(f, func(c filter.Compare) filter.Filter {
		literal, _ := c.Value.(string)
		want, err := strconv.Atoi(literal)
		have, errHave := strconv.Atoi(o.Object(scim.EnterpriseURN).String("employeeNumber"))
		if err != nil || errHave != nil || !about(c, "employeeNumber") {
			return c
		}
		if c.Op == filter.Gt && have > want || c.Op == filter.Lt && have < want || c.Op == filter.Eq && have == want {
			return everybody()
		}
		return nobody()
	}), t, o)
})

// onDates changes comparisons of points in time.
func onDates(edit func(c filter.Compare) filter.Filter) Wrap {
	return compared(queries(), func(c filter.Compare) filter.Filter {
		if about(c, "meta.created") || about(c, "meta.lastModified") {
			return edit(c)
		}
		return c
	})
}

// onTexts changes comparisons of everything else.
func onTexts(edit func(c filter.Compare) filter.Filter) Wrap {
	return compared(queries(), func(c filter.Compare) filter.Filter {
		if about(c, "meta.created") || about(c, "meta.lastModified") {
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

func filterOrderFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-10", "points in time are compared as texts", asTexts},
		{"RFC7644-3.4.2.2-10", "the offset of a point in time is overlooked", onDates(withoutOffset)},
		{"RFC7644-3.4.2.2-10", "gt on points in time means lt", onDates(taking(filter.Gt, filter.Lt))},
		{"RFC7644-3.4.2.2-10", "lt on points in time finds everybody", onDates(func(c filter.Compare) filter.Filter {
			if c.Op == filter.Lt {
				return everybody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-10", "points in time are not compared", onDates(matchAll)},
		{"RFC7644-3.4.2.2-10", "points in time are refused", refusingFilter(queries(), containing("meta.created"), scim.InvalidFilter("not supported"))},
		{"RFC7644-3.4.2.2-10", "lastModified is never later", onAttribute("meta.lastModified", filter.Gt, matchNone)},
		{"RFC7644-3.4.2.2-10", "points in time of groups are not compared", compared(queries("Groups"), func(c filter.Compare) filter.Filter {
			if about(c, "meta.created") {
				return everybody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-11", "ge on texts means gt", onTexts(taking(filter.Ge, filter.Gt))},
		{"RFC7644-3.4.2.2-11", "le on texts means lt", onTexts(taking(filter.Le, filter.Lt))},
		{"RFC7644-3.4.2.2-11", "gt on texts means ge", onTexts(taking(filter.Gt, filter.Ge))},
		{"RFC7644-3.4.2.2-11", "lt on texts means le", onTexts(taking(filter.Lt, filter.Le))},
		{"RFC7644-3.4.2.2-11", "ge and le are swapped", compared(queries(), func(c filter.Compare) filter.Filter {
			switch c.Op {
			case filter.Ge:
				c.Op = filter.Le
			case filter.Le:
				c.Op = filter.Ge
			}
			return c
		})},
		{"RFC7644-3.4.2.2-11", "ge is refused", refusingFilter(queries(), containing(" ge "), scim.InvalidFilter("ge is not supported"))},
		{"RFC7644-3.4.2.2-11", "le on points in time is eq", onDates(taking(filter.Le, filter.Eq))},
		{"RFC7644-3.4.2.2-11", "ge on points in time overlooks the offset", onDates(withoutOffset)},

		{"RFC7644-3.4.2.2-12", "digits are compared as numbers", asNumbers},
		{"RFC7644-3.4.2.2-12", "gt on texts finds what has no value", onTexts(func(c filter.Compare) filter.Filter {
			if c.Op == filter.Gt {
				return filter.Or{Left: c, Right: filter.Not{Of: filter.Compare{Path: c.Path, Op: filter.Pr}}}
			}
			return c
		})},
		{"RFC7644-3.4.2.2-12", "lt on texts finds what has no value", onTexts(func(c filter.Compare) filter.Filter {
			if c.Op == filter.Lt {
				return filter.Or{Left: c, Right: filter.Not{Of: filter.Compare{Path: c.Path, Op: filter.Pr}}}
			}
			return c
		})},
		{"RFC7644-3.4.2.2-12", "texts are ordered with capital letters first", reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			setCase(t.Schema.Attributes, "", true, func(name string) bool { return name == "title" || name == "userType" })
			return filter.Match(f, t, o)
		})},
		{"RFC7644-3.4.2.2-12", "gt on texts means lt", onTexts(taking(filter.Gt, filter.Lt))},
		{"RFC7644-3.4.2.2-12", "texts are ordered by their first letter", onTexts(func(c filter.Compare) filter.Filter {
			if v, ok := c.Value.(string); ok && (c.Op == filter.Gt || c.Op == filter.Lt) && v != "" {
				c.Value = v[:1]
			}
			return c
		})},

		{"RFC7644-3.4.2.2-13", "an order of booleans finds nobody", lenient(queries(), false)},
		{"RFC7644-3.4.2.2-13", "an order of booleans finds everybody", lenient(queries(), true)},
		{"RFC7644-3.4.2.2-13", "an order of booleans is refused without scimType", refusingFilter(queries(), ordering("active"), &scim.Error{Status: 400})},
		{"RFC7644-3.4.2.2-13", "an order of booleans is refused as invalidValue", refusingFilter(queries(), ordering("active"), scim.InvalidValue("no order"))},
		{"RFC7644-3.4.2.2-13", "an order of booleans fails", refusingFilter(queries(), ordering("active"), scim.Internal("ClassCastException"))},
		{"RFC7644-3.4.2.2-13", "gt of booleans means ne", misread(queries(), respelled("active gt", "active ne"))},
		{"RFC7644-3.4.2.2-13", "le of booleans means eq", misread(queries(), respelled("active le", "active eq"))},
		{"RFC7644-3.4.2.2-13", "an order of booleans within a list is served", misread(queries(), respelled("emails.primary gt false", "emails.primary eq true"))},

		{"RFC7644-3.4.2.2-14", "an order of binaries finds nobody", lenient(queries(), false)},
		{"RFC7644-3.4.2.2-14", "an order of binaries is refused without scimType", refusingFilter(queries(), ordering("x509Certificates.value"), &scim.Error{Status: 400})},
		{"RFC7644-3.4.2.2-14", "an order of binaries fails", refusingFilter(queries(), ordering("x509Certificates.value"), scim.Internal("ClassCastException"))},
		{"RFC7644-3.4.2.2-14", "binaries are ordered as texts", misread(queries(), respelled("x509Certificates.value gt", "nickName eq", "x509Certificates.value le", "nickName eq"))},
	}
}
