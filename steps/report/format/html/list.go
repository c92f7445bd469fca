package html

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
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
	Verdict                              report.Verdict
	Message                              string
	Requests                             string
	Known                                string
	Profiles                             string // one letter per profile of the list; see letter
	Examples                             []exampleView
	Explained                            *explainedView // of what is not met; else nil
}

// exampleView is one example with one outcome, under all profiles that had it.
type exampleView struct {
	Name    string
	Verdict report.Verdict
	Message string
	Under   string
	Diff    []diffLine
	Lines   []string // the exchanges before the deciding one
	Decided *exchangeView
}

func (p *painter) list(r *report.Report) listView {
	profiles := profilesOf(r)
	v := listView{Total: len(r.Requirements), Verdicts: counts(r.Summary), Profiles: words.Each(profiles, words.Visible)}
	for _, l := range levelsOf(r) {
		v.Levels = append(v.Levels, levelName(l))
	}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		title, area, group := words.Visible(q.Feature), report.AreaOf(q), report.GroupOf(q.ID)
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
func profilesOf(r *report.Report) []string {
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
	slices.SortFunc(all, report.CompareProfiles)
	return all
}

func (p *painter) requirement(q *report.Requirement, profiles []string) *requirementView {
	v := &requirementView{
		ID: words.Visible(q.ID), Level: levelName(q.Level), Title: words.Visible(q.Title), Source: words.Visible(q.Source), Link: report.Link(q), Text: cited(q),
		Verdict: q.Verdict, Message: words.Short(q.Message, words.MaxMessage), Requests: words.Count(q.Requests, "request"), Known: words.Short(q.Known, words.MaxMessage),
		Profiles: letters(q, profiles),
	}
	if q.Verdict == report.Failed || q.Verdict == report.Warned || q.Verdict == report.Blocked {
		v.Explained = p.explained(q)
	}
	for _, same := range sameOutcomes(q.Examples) {
		v.Examples = append(v.Examples, p.example(same))
	}
	return v
}

// letters says how the requirement fared under each profile: the first letter of
// the verdict, X for broken, or - if nothing ran.
func letters(q *report.Requirement, profiles []string) string {
	parts := map[string][]report.Verdict{}
	for _, e := range q.Examples {
		parts[e.Profile] = append(parts[e.Profile], e.Verdict)
	}
	var b strings.Builder
	for _, profile := range profiles {
		if len(parts[profile]) == 0 {
			b.WriteByte('-')
		} else {
			b.WriteByte(letter(report.Worst(parts[profile]...)))
		}
	}
	return b.String()
}

// letter is one letter per verdict, as the page's script reads them.
func letter(v report.Verdict) byte {
	switch v {
	case report.Passed:
		return 'p'
	case report.Warned:
		return 'w'
	case report.Failed:
		return 'f'
	case report.Unsupported:
		return 's'
	case report.Blocked:
		return 'b'
	case report.Untested:
		return 'u'
	}
	return 'x'
}

// sameOutcomes groups examples of one name that ended in the same way under
// several profiles.
func sameOutcomes(examples []report.Example) [][]report.Example {
	var all [][]report.Example
	place := map[string]int{}
	for _, e := range examples {
		key := e.Name + "\x00" + string(e.Verdict) + "\x00" + report.Cause(e)
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
func (p *painter) example(same []report.Example) exampleView {
	e := same[0]
	v := exampleView{Name: words.Short(e.Name, words.MaxMessage), Verdict: e.Verdict, Message: words.Short(e.Message, words.MaxMessage), Under: under(same)}
	if e.Verdict.Rank() >= report.Passed.Rank() {
		return v
	}
	v.Diff = p.diff(e.Want, e.Got)
	led := report.UntilDecided(e)
	n := len(led)
	if n == 0 {
		return v
	}
	const most = 8
	before := led[max(0, n-1-most) : n-1]
	if n-1 > most {
		v.Lines = append(v.Lines, words.Count(n-1-most, "earlier request")+" in the JSON report")
	}
	for _, x := range before {
		line, _ := p.take(exchangeLine(x), words.MaxValue)
		v.Lines = append(v.Lines, line)
	}
	v.Decided = p.exchange(led[n-1])
	return v
}

// under says under which profiles the outcome was the same.
func under(same []report.Example) string {
	var alternatives []string
	for _, e := range same {
		if e.Profile != report.DefaultProfile {
			alternatives = append(alternatives, e.Profile)
		}
	}
	switch {
	case len(alternatives) == 0:
		return ""
	case len(alternatives) < len(same):
		return "also under " + words.Visible(words.List(alternatives, words.MaxIDs))
	}
	return "only under " + words.Visible(words.List(alternatives, words.MaxIDs))
}
