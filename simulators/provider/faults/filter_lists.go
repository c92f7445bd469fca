package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

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
	return eachCompare(f.Of, func(c filter.Compare) filter.Filter {
		c.Path = filter.Path{URN: f.Path.URN, Attr: f.Path.Attr, Sub: c.Path.Attr}
		return c
	})
}

// oneValue evaluates lists by one of their values.
func oneValue(choose func(n int) int) Wrap {
	return reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		cut := o.Clone()
		for _, name := range []string{"emails", "members"} {
			if list := cut.Array(name); len(list) > 1 {
				cut.Set(name, []any{list[choose(len(list))]})
			}
		}
		return filter.Match(f, t, cut)
	})
}

func comparingList(path string, edit func(c filter.Compare) filter.Filter) Wrap {
	return compared(queries(), func(c filter.Compare) filter.Filter {
		if about(c, path) {
			return edit(c)
		}
		return c
	})
}

func filterListFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-19", "parts of two values satisfy a value filter", joined(queries(), onSelection(spread))},
		{"RFC7644-3.4.2.2-19", "only the first comparison in brackets counts", joined(queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			if and, ok := f.Of.(filter.And); ok {
				f.Of = and.Left
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-19", "only the last comparison in brackets counts", joined(queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			if and, ok := f.Of.(filter.And); ok {
				f.Of = and.Right
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-19", "a value filter is true for every list", joined(queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			return filter.Compare{Path: f.Path, Op: filter.Pr}
		}))},
		{"RFC7644-3.4.2.2-19", "a value filter finds everybody", joined(queries(), onSelection(func(filter.ValuePath) filter.Filter { return everybody() }))},
		{"RFC7644-3.4.2.2-19", "a value filter finds nobody", joined(queries(), onSelection(func(filter.ValuePath) filter.Filter { return nobody() }))},
		{"RFC7644-3.4.2.2-19", "a value filter fails", refusingFilter(queries(), containing("["), scim.Internal("NullPointerException"))},
		{"RFC7644-3.4.2.2-19", "comparisons of a list have to hold for one value", rebuilt(queries(), func(f filter.Filter) filter.Filter {
			and, ok := f.(filter.And)
			left, isLeft := and.Left.(filter.Compare)
			right, isRight := and.Right.(filter.Compare)
			if !ok || !isLeft || !isRight || left.Path.Attr != "emails" || right.Path.Attr != "emails" {
				return f
			}
			left.Path, right.Path = filter.Path{Attr: left.Path.Sub}, filter.Path{Attr: right.Path.Sub}
			return filter.ValuePath{Path: pathOf("emails"), Of: filter.And{Left: left, Right: right}}
		})},

		{"RFC7644-3.4.2.2-20", "or in brackets means and", joined(queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			f.Of = eachNode(f.Of, onOr(func(o filter.Or) filter.Filter { return filter.And(o) }))
			return f
		}))},
		{"RFC7644-3.4.2.2-20", "not in brackets is skipped", joined(queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			f.Of = eachNode(f.Of, onNot(func(of filter.Filter) filter.Filter { return of }))
			return f
		}))},
		{"RFC7644-3.4.2.2-20", "not in brackets holds for the whole list", joined(queries(), onSelection(func(f filter.ValuePath) filter.Filter {
			if not, ok := f.Of.(filter.Not); ok {
				return filter.Not{Of: filter.ValuePath{Path: f.Path, Of: not.Of}}
			}
			return f
		}))},
		{"RFC7644-3.4.2.2-20", "not before brackets is skipped", joined(queries(), onNot(func(of filter.Filter) filter.Filter {
			if _, ok := of.(filter.ValuePath); ok {
				return of
			}
			return filter.Not{Of: of}
		}))},
		{"RFC7644-3.4.2.2-20", "nested brackets fail", refusingFilter(queries(), containing("[("), scim.Internal("StackOverflow"))},

		{"RFC7644-3.4.2.2-21", "the filter before a sub-attribute is overlooked", misread(queries(), respelled(`[type eq "work"].`, ".", `[type eq "home"].`, ".", `[type eq "other"].`, "."))},
		{"RFC7644-3.4.2.2-21", "the comparison after a value filter is overlooked", rebuilt(queries(), func(f filter.Filter) filter.Filter {
			if c, ok := f.(filter.Compare); ok && c.Path.Filter != nil {
				return filter.ValuePath{Path: filter.Path{Attr: c.Path.Attr}, Of: c.Path.Filter}
			}
			return f
		})},
		{"RFC7644-3.4.2.2-21", "a sub-attribute after a value filter fails", refusingFilter(queries(), containing("]."), scim.Internal("IndexOutOfBounds"))},
		{"RFC7644-3.4.2.2-21", "a sub-attribute after a value filter finds everybody", ahead(queries(), func(r *http.Request) {
			if text, ok := filterOf(r); ok && strings.Contains(text, "].") {
				dropFilter(r)
			}
		})},

		{"RFC7644-3.4.2.2-22", "only the first value of a list is compared", oneValue(func(int) int { return 0 })},
		{"RFC7644-3.4.2.2-22", "only the last value of a list is compared", oneValue(func(n int) int { return n - 1 })},
		{"RFC7644-3.4.2.2-22", "every value of a list has to match", reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
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
		{"RFC7644-3.4.2.2-22", "only the primary value of a list is compared", reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
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
			return filter.Compare{Path: pathOf("emails"), Op: filter.Pr}
		})},
		{"RFC7644-3.4.2.2-22", "members of groups are not found", comparingList("members.value", matchNone)},
		{"RFC7644-3.4.2.2-22", "members of groups find every group", comparingList("members.value", matchAll)},
		{"RFC7644-3.4.2.2-22", "lists are refused", refusingFilter(queries(), containing("emails."), scim.InvalidFilter("multi-valued attributes are not supported"))},

		{"RFC7644-3.4.2.2-23", "emails is compared by every sub-attribute", comparingList("emails", func(c filter.Compare) filter.Filter {
			other := c
			c.Path.Sub, other.Path.Sub = "value", "type"
			return filter.Or{Left: c, Right: other}
		})},
		{"RFC7644-3.4.2.2-23", "a name is compared by its parts", misread(queries(), respelled("name eq", "name.familyName eq", "name co", "name.familyName co"))},
		{"RFC7644-3.4.2.2-23", "a complex attribute finds everybody", lenient(queries(), true)},
		{"RFC7644-3.4.2.2-23", "a complex attribute fails", refusingFilter(queries(), containing("name eq"), scim.Internal("ClassCastException"))},
		{"RFC7644-3.4.2.2-23", "emails means their type", comparingList("emails", func(c filter.Compare) filter.Filter {
			if c.Op != filter.Pr {
				c.Path.Sub = "type"
			}
			return c
		})},
		{"RFC7644-3.4.2.2-23", "parts of a name are compared with all of it", misread(queries(), respelled("name.familyName eq \"Ada\"", "name.givenName eq \"Ada\""))},
		{"RFC7644-3.4.2.2-23", "middle names are not compared", onAttribute("name.middleName", filter.Eq, matchNone)},
	}
}
