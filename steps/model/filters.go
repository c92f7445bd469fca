package model

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/population"
)

// filterMaker makes filters at random from the values that the population has,
// so that about every comparison is true for somebody. What the standard leaves
// open, or is read in two ways, it does not make: ne without pr, an order of
// texts with other letters than A to Z.
type filterMaker struct {
	*rand.Rand
	texts    []filterField // attributes that at least one member has
	flags    []string
	whole    []string // paths that pr can be asked of
	selected []string // value filters, if the target has them
}

// filterField is an attribute with the values it has in the population.
type filterField struct {
	path   string
	values []string
	single bool     // has one value, so that ne has one meaning
	bounds []string // texts that its values can be ordered by
}

const enterprisePrefix = scim.EnterpriseURN + ":"

// newFilterMaker offers what the target has kept of the population.
func (w *World) newFilterMaker(collection string, seed uint64) *filterMaker {
	m := &filterMaker{Rand: rand.New(rand.NewPCG(seed, 0))} //nolint:gosec // meant to be repeated
	mark := w.Remembered["population"] + "-"
	letters := []string{"B", "d", "J", "m", "Z"}
	fields := []filterField{{path: "displayName", single: true}, {path: "externalId", single: true}, {path: "members.value"}, {path: "id", single: true}}
	if collection == "Users" {
		fields = []filterField{
			{path: "userName", single: true, bounds: []string{mark + "b", mark + "F", mark + "k"}},
			{path: scim.UserURN + ":userName", single: true},
			{path: "displayName", single: true}, {path: "nickName", single: true}, {path: "externalId", single: true},
			{path: "title", single: true, bounds: letters}, {path: "userType", single: true, bounds: letters},
			{path: "name.familyName", single: true}, {path: "name.givenName", single: true},
			{path: "emails.value"}, {path: "emails.type"},
			{path: enterprisePrefix + "department", single: true, bounds: letters}, {path: enterprisePrefix + "employeeNumber", single: true},
		}
	}
	for _, f := range fields {
		if f.values = w.valuesInPopulation(collection, f.path); len(f.values) > 0 {
			m.texts = append(m.texts, f)
			m.whole = append(m.whole, f.path)
		}
	}
	if collection == "Users" && len(w.valuesInPopulation(collection, "active")) > 0 {
		m.flags = []string{"active"}
	}
	return m
}

// valuesInPopulation lists the different values of an attribute, as text.
func (w *World) valuesInPopulation(collection, path string) []string {
	var values []string
	path = strings.TrimPrefix(path, scim.UserURN+":")
	for _, p := range population.Members() {
		s := w.Subjects[p.Name]
		if s == nil || s.Collection != collection {
			continue
		}
		name, sub, _ := strings.Cut(path, ".")
		if list := s.Shown.Array(name); list != nil {
			for _, element := range list {
				if o, ok := element.(*scim.Object); ok && o.String(sub) != "" {
					values = append(values, o.String(sub))
				}
			}
		} else if v, ok := judge.At(s.Shown, path); ok && !scim.IsUnassigned(v) {
			values = append(values, judge.Plain(v))
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

func draw[T any](m *filterMaker, from []T) T { return from[m.IntN(len(from))] }

// filter is one of at most so many levels of and, or and not. Where it leaves
// parentheses out, the order of precedence decides what it means.
func (m *filterMaker) filter(depth int) string {
	if depth == 0 || m.IntN(4) == 0 {
		return m.comparison()
	}
	switch m.IntN(5) {
	case 0:
		return "not (" + m.filter(depth-1) + ")"
	case 1, 2:
		return m.operand(depth-1) + " and " + m.operand(depth-1)
	}
	return m.operand(depth-1) + " or " + m.operand(depth-1)
}

func (m *filterMaker) operand(depth int) string {
	f := m.filter(depth)
	if m.IntN(2) == 0 {
		return "(" + f + ")"
	}
	return f
}

func (m *filterMaker) comparison() string {
	switch kind := m.IntN(10); {
	case kind == 0:
		return draw(m, m.whole) + " pr"
	case kind == 1 && len(m.flags) > 0:
		return draw(m, m.flags) + " eq " + draw(m, []string{"true", "false"})
	case kind <= 3 && len(m.selected) > 0:
		return draw(m, m.selected)
	}
	f := draw(m, m.texts)
	value := draw(m, f.values)
	switch kind := m.IntN(7); {
	case kind == 0 && f.single:
		return fmt.Sprintf("(%s pr and %s ne %s)", f.path, f.path, judge.Text(m.otherCase(f.path, value)))
	case kind == 1 && len(f.bounds) > 0:
		return f.path + " " + draw(m, []string{"gt", "ge", "lt", "le"}) + " " + judge.Text(draw(m, f.bounds))
	case kind == 2:
		return f.path + " sw " + judge.Text(m.otherCase(f.path, m.part(value, m.IntN(3) > 0, false)))
	case kind == 3:
		return f.path + " ew " + judge.Text(m.otherCase(f.path, m.part(value, false, m.IntN(3) > 0)))
	case kind == 4:
		return f.path + " co " + judge.Text(m.otherCase(f.path, m.part(value, false, false)))
	case kind == 5:
		return f.path + " eq " + judge.Text(m.part(value, true, false))
	}
	return f.path + " eq " + judge.Text(m.otherCase(f.path, value))
}

// part cuts a piece out of a text, from its start or to its end if so wanted.
func (m *filterMaker) part(text string, fromStart, toEnd bool) string {
	runes := []rune(text)
	from, to := m.IntN(len(runes)), len(runes)
	if fromStart {
		from = 0
	}
	if !toEnd {
		to = from + 1 + m.IntN(len(runes)-from)
	}
	piece := string(runes[from:to])
	if strings.TrimSpace(piece) != piece { // some servers trim, and may
		return text
	}
	return piece
}

// otherCase writes, as often as not, the letters A to Z the other way round. References
// stay as they are: an id has case (RFC 7643 section 3.1), and section 8.7.1 says of
// members.value that it has none, so that servers differ.
func (m *filterMaker) otherCase(path, text string) string {
	if m.IntN(2) > 0 || path == "members.value" {
		return text
	}
	return judge.SwapCase(text)
}

// randomFilters compares what the target finds with our own evaluation. Every
// filter is held to the population, so that the answers stay short.
func (w *World) randomFilters(ctx context.Context, n int, kind string, seed int) error {
	collection := judge.CollectionOf(strings.TrimSuffix(kind, "s"))
	m := w.newFilterMaker(collection, uint64(seed)) //nolint:gosec // never negative: the sentence says digits
	if collection == "Users" {
		if err := w.offerValueFilters(ctx, m); err != nil {
			return err
		}
	}
	for i := range w.fewer(n) {
		filter := m.filter(3)
		wrong, err := w.disagreement(ctx, collection, filter)
		if err != nil {
			return err
		}
		if wrong != nil {
			return w.smallest(ctx, collection, filter, wrong, fmt.Sprintf("number %d of the seed %d", i+1, seed))
		}
	}
	return nil
}

// offerValueFilters adds the square brackets, which a target may refuse.
func (w *World) offerValueFilters(ctx context.Context, m *filterMaker) error {
	s := &population.Search{Where: `emails[type eq "work"]`, Collections: []string{"Users"}}
	if err := w.RunSearch(ctx, s); err != nil {
		return err
	}
	if s.Problem == "" && len(w.valuesInPopulation("Users", "emails.type")) > 0 {
		m.selected = []string{
			`emails[type eq "work"]`, `emails[type eq "home" and value co "home"]`, `emails[type eq "work" and value co "home"]`,
			`emails[type eq "other" or value co "joy"]`, `emails[not (type eq "home")]`, `emails[type eq "work" and primary eq true]`,
		}
	}
	return nil
}

// disagreement is how the target's answer differs from our own evaluation, or nil.
func (w *World) disagreement(ctx context.Context, collection, filter string) (*judge.Mismatch, error) {
	scope := fmt.Sprintf("userName sw %s", judge.Text(w.Remembered["population"]+"-"))
	if collection == "Groups" {
		scope = fmt.Sprintf("displayName co %s", judge.Text(w.Remembered["population"]+"-"))
	}
	s := &population.Search{Where: scope + " and (" + filter + ")", Collections: []string{collection}}
	want, err := w.Described(ctx, s.Where, s.Collections)
	if err != nil {
		return nil, err
	}
	if err := w.RunSearch(ctx, s); err != nil {
		return nil, err
	}
	what := collection + " found where " + s.Where
	if s.Problem != "" {
		return &judge.Mismatch{What: what, Want: population.NamesText(want), Got: s.Problem, About: w.Decided(nil)}, nil
	}
	wrong, differs := judge.IsMismatch(w.CompareFound(ctx, s, what, want))
	if differs {
		wrong.About = w.Decided(nil)
	}
	return wrong, nil
}
