package rfc7643

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// primaryInFiltersFaults violate features/rfc7643/2.4_primary_in_filters.feature.
func primaryInFiltersFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-2.4-03", "a value without primary is no match of false", rewrite.Reevaluate(rewrite.Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			return filter.Match(f, t, withPrimary(o, "unknown"))
		})},
		{"RFC7643-2.4-03", "a value without primary is primary", rewrite.Reevaluate(rewrite.Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			return filter.Match(f, t, withPrimary(o, true))
		})},
		{"RFC7643-2.4-03", "primary eq false is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("primary eq false"), scim.InvalidFilter("not supported"))},
		{"RFC7643-2.4-03", "primary eq false finds no user", rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
			if c.Value == false && strings.EqualFold(c.Path.Sub, "primary") {
				return rewrite.Nobody()
			}
			return c
		})},
		{"RFC7643-2.4-03", "a value without primary is no match of false in brackets", rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
			if c.Value == false && strings.EqualFold(c.Path.Attr, "primary") {
				c.Value = true
			}
			return c
		})},
	}
}

// withPrimary fills in the primary that a value does not have.
func withPrimary(o *scim.Object, primary any) *scim.Object {
	filled := o.Clone()
	for _, e := range rewrite.ObjectsIn(filled.Array("emails")) {
		if _, has := e.Get("primary"); !has {
			e.Set("primary", primary)
		}
	}
	return filled
}
