package paging

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// sortKey is a value with what decides its place in a sorted list.
type sortKey struct {
	present bool
	text    string // as it was shown
	folded  string // as it compares
	exact   bool   // capital letters count
	time    time.Time
	timed   bool
	number  json.Number
	open    bool // its place among other values is not told by the standard
}

// sortKeyOf is the key of a resource. The path has to name an attribute of the type.
func sortKeyOf(t *scim.ResourceType, by string, shown *scim.Object) (sortKey, error) {
	path, err := filter.ParsePath(by, t)
	if err != nil {
		return sortKey{}, err
	}
	r, ok := filter.Resolve(t, path)
	if !ok || r.Attribute == nil {
		return sortKey{}, fmt.Errorf("%s has no attribute %s to sort by", t.Name, by)
	}
	v, told := valueToSortBy(r, shown)
	if scim.IsUnassigned(v) {
		return sortKey{}, nil
	}
	leaf := r.Leaf()
	k := sortKey{present: true, text: judge.Plain(v), folded: scim.Fold(leaf, judge.Plain(v)), exact: leaf.CaseExact || leaf.Type == scim.Reference, open: !told}
	switch leaf.Type {
	case scim.Boolean:
		k.open = true // nobody says whether false comes before true
	case scim.DateTime:
		k.time, err = time.Parse(time.RFC3339Nano, k.text)
		k.timed = err == nil
		k.open = k.open || !k.timed // a moment without a zone may be any of a day
	case scim.Integer, scim.Decimal:
		k.number, _ = v.(json.Number)
		k.open = k.open || k.number == ""
	}
	return k, nil
}

// compare is negative if a stands before b in every order that the standard
// permits, and 0 where that is open. It says "Unicode alphabetic", which some
// read as the order of code points and others as a collation: both agree on
// letters of one case, on digits, and on what begins a longer text.
func (a sortKey) compare(b sortKey) int {
	switch {
	case a.open || b.open:
		return 0
	case a.timed && b.timed:
		return a.time.Compare(b.time)
	case a.number != "":
		return scim.CompareNumbers(a.number, b.number)
	}
	x, y := a.folded, b.folded
	for x != "" && y != "" {
		r, n := utf8.DecodeRuneInString(x)
		s, m := utf8.DecodeRuneInString(y)
		if r != s {
			return compareRunes(r, s, a.exact)
		}
		x, y = x[n:], y[m:]
	}
	if !startsPlain(x + y) {
		return 0
	}
	return cmp.Compare(len(x), len(y))
}

func compareRunes(r, s rune, exact bool) int {
	if !isPlain(r) || !isPlain(s) {
		return 0
	}
	if exact && unicode.IsUpper(r) != unicode.IsUpper(s) {
		return 0
	}
	return cmp.Compare(r, s)
}

// startsPlain is false for what a collation may skip, such as punctuation.
func startsPlain(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && isPlain(r)
}

func isPlain(r rune) bool {
	return strings.ContainsRune("0123456789", r) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
