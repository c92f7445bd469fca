package model

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// A smaller request is tried only where RFC 7644 section 3.5.2 defines what comes of it:
// a target that is right may refuse the rest, or do something else.

// defined says whether each operation is one that the generator could have made in the
// state before it.
func (m *model) defined(state *scim.Object, parts []any) bool {
	for _, part := range parts {
		op, _ := part.(*scim.Object)
		after, err := m.patched(state, []any{op})
		if err != nil || !m.definedOne(state, after, op) {
			return false
		}
		state = after
	}
	return true
}

func (m *model) definedOne(before, after, op *scim.Object) bool {
	path := op.String("path")
	switch {
	case op.String("op") == "remove" && scim.Equal(before, after): // there was nothing to remove
		return false
	case strings.Contains(path, "[") && !m.selects(before, op):
		return false
	case op.String("op") == "add" && !m.mergesAll(before, op):
		return false
	}
	return m.oneOfEachType(after)
}

// selects says whether the path selects an element and, if the operation replaces the
// whole of it, whether the new one has all that the element had.
func (m *model) selects(before, op *scim.Object) bool {
	path := op.String("path")
	end := strings.LastIndex(path, "]") + 1
	without, err := m.patched(before, []any{operation("remove", path[:end], nil)})
	if err != nil || scim.Equal(before, without) {
		return false
	}
	value, _ := op.Get("value")
	whole, isObject := value.(*scim.Object)
	if !isObject || end < len(path) {
		return true
	}
	name, _, _ := strings.Cut(path, "[")
	for _, v := range before.Array(name) {
		element, _ := v.(*scim.Object)
		kept := slices.ContainsFunc(without.Array(name), func(left any) bool { return scim.Equal(left, v) })
		if !kept && !coversAll(whole, element) {
			return false
		}
	}
	return true
}

// mergesAll says whether an object that is added has every part that is there: what
// becomes of the others, servers read in two ways.
func (m *model) mergesAll(before, op *scim.Object) bool {
	value, _ := op.Get("value")
	added, _ := value.(*scim.Object)
	if path := op.String("path"); path != "" {
		added = scim.NewObject(pair(path, value))
	}
	for name, v := range added.All() {
		if part, isObject := v.(*scim.Object); isObject && !coversAll(part, before.Object(name)) {
			return false
		}
	}
	return true
}

func coversAll(whole, part *scim.Object) bool {
	for name := range part.All() {
		if _, there := whole.Get(name); !there {
			return false
		}
	}
	return true
}

// oneOfEachType says whether no list has two elements of one type: by the type elements
// are told apart.
func (m *model) oneOfEachType(state *scim.Object) bool {
	for _, p := range m.keeps.plurals {
		seen := map[string]bool{}
		for _, v := range state.Array(p.name) {
			element, _ := v.(*scim.Object)
			kind := element.String("type")
			if kind != "" && seen[kind] {
				return false
			}
			seen[kind] = true
		}
	}
	return true
}

// sameReason says whether two requests went wrong in the same way: in the same place, with
// the same status, or with a value that is missing, another or too many in both.
func sameReason(a, b *judge.Mismatch) bool { return reason(a) == reason(b) }

func reason(m *judge.Mismatch) string {
	more := strings.Count(m.Got, "{") - strings.Count(m.Want, "{")
	return strings.Join([]string{m.What, kindOf(m.Want), kindOf(m.Got), []string{"fewer", "as many", "more"}[min(max(more, -1), 1)+1]}, "\x00")
}

// kindOf is a status as it is, and of a value only whether there is one.
func kindOf(text string) string {
	if word, _, _ := strings.Cut(text, " "); strings.Trim(word, "0123456789") == "" && len(word) == 3 {
		return word
	}
	if text == "none" || text == "[]" || text == "null" {
		return "none"
	}
	return "some"
}
