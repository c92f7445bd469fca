package report

import (
	"slices"
	"strings"
)

// listView is every requirement, by section, and what they can be filtered by.
type listView struct {
	Total    int
	Sections []*sectionView
	Verdicts []countView
	Levels   []string
	Groups   []string
	Areas    []areaOption
	Profiles []string
}

// areaOption is an area and the sections that it consists of.
type areaOption struct {
	Label    string
	All      string // the area itself, if it can be chosen
	Sections []string
}

type sectionView struct {
	Title, Area, Group string
	Requirements       []*requirementView
}

type requirementView struct {
	ID, Level, Title, Source, Link, Text string
	Verdict                              Verdict
	Message                              string
	Requests                             string
	Known                                string
	Profiles                             string // one letter per profile of the list; see letter
	Examples                             []exampleView
}

// exampleView is one example with one outcome, under all profiles that had it.
type exampleView struct {
	Name    string
	Verdict Verdict
	Message string
	Under   string
	Diff    []diffLine
	Lines   []string // the exchanges before the deciding one
	Decided *exchangeView
}

func (p *painter) list(r *Report) listView {
	profiles := profilesOf(r)
	v := listView{Total: len(r.Requirements), Verdicts: counts(r.Summary), Profiles: each(profiles, Visible)}
	for _, l := range levelsOf(r) {
		v.Levels = append(v.Levels, levelName(l))
	}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		title, area, group := Visible(q.Feature), areaOf(q), groupOf(q.ID)
		if n := len(v.Sections); n == 0 || v.Sections[n-1].Title != title {
			v.Sections = append(v.Sections, &sectionView{Title: title, Area: area, Group: group})
			v.Areas = addArea(v.Areas, area, title, group)
		}
		section := v.Sections[len(v.Sections)-1]
		section.Requirements = append(section.Requirements, p.requirement(q, profiles))
		if !slices.Contains(v.Groups, group) {
			v.Groups = append(v.Groups, group)
		}
	}
	return v
}

// addArea offers a section in the choice of areas, under the area that it
// belongs to. The guide's sections are areas of their own.
func addArea(areas []areaOption, area, section, group string) []areaOption {
	label, all := area, area
	if area == section {
		label, all = group, ""
	}
	i := slices.IndexFunc(areas, func(o areaOption) bool { return o.Label == label })
	if i < 0 {
		i = len(areas)
		areas = append(areas, areaOption{Label: label, All: all})
	}
	if !slices.Contains(areas[i].Sections, section) {
		areas[i].Sections = append(areas[i].Sections, section)
	}
	return areas
}

// profilesOf is every profile of the run, the default one first.
func profilesOf(r *Report) []string {
	var all []string
	seen := map[string]bool{}
	for _, q := range r.Requirements {
		for _, e := range q.Examples {
			if !seen[e.Profile] {
				seen[e.Profile] = true
				all = append(all, e.Profile)
			}
		}
	}
	slices.SortFunc(all, compareProfiles)
	return all
}

func (p *painter) requirement(q *Requirement, profiles []string) *requirementView {
	v := &requirementView{
		ID: Visible(q.ID), Level: levelName(q.Level), Title: Visible(q.Title), Source: Visible(q.Source), Link: linkTo(q), Text: plainText(q),
		Verdict: q.Verdict, Message: short(q.Message, maxMessage), Requests: count(q.Requests, "request"), Known: short(q.Known, maxMessage),
		Profiles: letters(q, profiles),
	}
	for _, same := range sameOutcomes(q.Examples) {
		v.Examples = append(v.Examples, p.example(same))
	}
	return v
}

// letters says how the requirement fared under each profile: the first letter of
// the verdict, X for broken, or - if nothing ran.
func letters(q *Requirement, profiles []string) string {
	parts := map[string][]Verdict{}
	for _, e := range q.Examples {
		parts[e.Profile] = append(parts[e.Profile], e.Verdict)
	}
	var b strings.Builder
	for _, profile := range profiles {
		if len(parts[profile]) == 0 {
			b.WriteByte('-')
		} else {
			b.WriteByte(letter(Worst(parts[profile]...)))
		}
	}
	return b.String()
}

// letter is one letter per verdict, as the page's script reads them.
func letter(v Verdict) byte {
	switch v {
	case Passed:
		return 'p'
	case Warned:
		return 'w'
	case Failed:
		return 'f'
	case Unsupported:
		return 's'
	case Blocked:
		return 'b'
	case Untested:
		return 'u'
	}
	return 'x'
}

// sameOutcomes groups examples of one name that ended in the same way under
// several profiles.
func sameOutcomes(examples []Example) [][]Example {
	var all [][]Example
	place := map[string]int{}
	for _, e := range examples {
		key := e.Name + "\x00" + string(e.Verdict) + "\x00" + Cause(e)
		i, ok := place[key]
		if !ok {
			i = len(all)
			place[key] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], e)
	}
	return all
}

// example shows an outcome by its first example, which is the one under the
// default profile if that had it. Exchanges stand where something is to be seen
// in them.
func (p *painter) example(same []Example) exampleView {
	e := same[0]
	v := exampleView{Name: short(e.Name, maxMessage), Verdict: e.Verdict, Message: short(e.Message, maxMessage), Under: under(same)}
	if e.Verdict.rank() >= Passed.rank() {
		return v
	}
	v.Diff = p.diff(e.Want, e.Got)
	n := len(e.Exchanges)
	if n == 0 {
		return v
	}
	const most = 8
	before := e.Exchanges[max(0, n-1-most) : n-1]
	if n-1 > most {
		v.Lines = append(v.Lines, count(n-1-most, "earlier request")+" in the JSON report")
	}
	for _, x := range before {
		line, _ := p.take(exchangeLine(x), maxValue)
		v.Lines = append(v.Lines, line)
	}
	v.Decided = p.exchange(e.Exchanges[n-1])
	return v
}

// under says under which profiles the outcome was the same.
func under(same []Example) string {
	var alternatives []string
	for _, e := range same {
		if e.Profile != DefaultProfile {
			alternatives = append(alternatives, e.Profile)
		}
	}
	switch {
	case len(alternatives) == 0:
		return ""
	case len(alternatives) < len(same):
		return "also under " + Visible(list(alternatives, maxIDs))
	}
	return "only under " + Visible(list(alternatives, maxIDs))
}
