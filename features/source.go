package features

import (
	"cmp"
	"fmt"
	"strings"

	messages "github.com/cucumber/messages/go/v34"
)

// source is one file on its way into the loader.
type source struct {
	*loader
	file   string
	checks map[string][]*messages.Pickle // scenario's node -> what runs of it
}

func (s *source) report(line int64, format string, args ...any) {
	s.problems = append(s.problems, problem{s.file, int(line), fmt.Sprintf(format, args...)})
}

func (s *source) feature(f *messages.Feature) {
	if f.Name == "" {
		s.report(f.Location.Line, "the Feature has no title: reports count by it")
	}
	s.checkText(f.Location.Line, f.Description)
	tags := s.plainTags("the Feature", f.Tags)
	for _, child := range f.Children {
		switch {
		case child.Rule != nil:
			s.rule(f, child.Rule, tags)
		case child.Scenario != nil:
			s.report(child.Scenario.Location.Line, "example %q is outside a Rule: move it under the Rule that it checks", child.Scenario.Name)
		}
	}
}

func (s *source) rule(f *messages.Feature, rule *messages.Rule, inherited []string) {
	r := Requirement{
		Title:   rule.Name,
		Text:    unindent(rule.Description),
		Feature: f.Name,
		File:    s.file,
		Line:    int(rule.Location.Line),
		Tags:    append([]string(nil), inherited...),
	}
	s.ruleTags(&r, rule)
	s.checkText(rule.Location.Line, rule.Description)
	r.Source = cmp.Or(sectionOf(r.ID), sourceIn(r.Text), sourceIn(f.Description))
	for _, child := range rule.Children {
		if child.Scenario != nil {
			r.Examples = append(r.Examples, s.examples(child.Scenario)...)
		}
	}
	s.checkRule(r)
	s.requirements = append(s.requirements, r)
}

// ruleTags gives the requirement its id, its level and its other tags.
func (s *source) ruleTags(r *Requirement, rule *messages.Rule) {
	for _, t := range rule.Tags {
		tag, line := strings.TrimPrefix(t.Name, "@"), t.Location.Line
		switch {
		case IsID(tag) && r.ID != "":
			s.report(line, "the Rule has two ids, @%s and @%s: split it or drop one", r.ID, tag)
		case IsID(tag):
			r.ID = tag
		case Level(tag).Known() && r.Level != "":
			s.report(line, "the Rule has two levels, @%s and @%s: keep the one its source uses", r.Level, tag)
		case Level(tag).Known():
			r.Level = Level(tag)
		case tag == unobservable:
			r.Unobservable = true
		case s.reserved(tag, line):
		default:
			r.Tags = append(r.Tags, tag)
		}
	}
}

// plainTags returns the tags of anything but a Rule, which may carry neither id
// nor level.
func (s *source) plainTags(what string, tags []*messages.Tag) []string {
	var plain []string
	for _, t := range tags {
		tag, line := strings.TrimPrefix(t.Name, "@"), t.Location.Line
		switch {
		case IsID(tag), Level(tag).Known(), tag == unobservable:
			s.report(line, "@%s stands at %s: move it to the Rule", tag, what)
		case s.reserved(tag, line):
		default:
			plain = append(plain, tag)
		}
	}
	return plain
}

const (
	unobservable = "unobservable"
	requires     = "requires." // and the name of a capability, which may be two words in one
)

// reserved reports a tag that was meant as an id or a level and is none.
func (s *source) reserved(tag string, line int64) bool {
	switch {
	case likeID.MatchString(tag):
		s.report(line, "@%s is no requirement id: ids are %s", tag, idForms)
	case strings.ToLower(tag) != tag && !strings.HasPrefix(tag, requires):
		s.report(line, "@%s is neither a level nor an id: levels are @%s; ids are %s; write other tags in lower case", tag, joinLevels(), idForms)
	default:
		return false
	}
	return true
}

func joinLevels() string {
	var b strings.Builder
	for i, l := range levels {
		if i > 0 {
			b.WriteString(" @")
		}
		b.WriteString(string(l))
	}
	return b.String()
}

// examples returns what runs of one scenario: itself, or each row of an outline.
func (s *source) examples(scenario *messages.Scenario) []Example {
	line := scenario.Location.Line
	if len(scenario.Steps) == 0 {
		s.report(line, "example %q has no step: it would check nothing", scenario.Name)
	}
	s.checkText(line, scenario.Description)
	what := fmt.Sprintf("example %q", scenario.Name)
	own := s.plainTags(what, scenario.Tags)
	ofRow := map[string][]string{}
	for _, table := range scenario.Examples {
		tags := s.plainTags("a table of "+what, table.Tags)
		for _, row := range table.TableBody {
			ofRow[row.Id] = tags
		}
	}
	checks := s.checks[scenario.Id]
	if len(checks) == 0 {
		s.report(line, "outline %q has no row: it would check nothing", scenario.Name)
	}
	all := make([]Example, 0, len(checks))
	for _, p := range checks {
		tags := append(append([]string(nil), own...), ofRow[p.AstNodeIds[len(p.AstNodeIds)-1]]...)
		all = append(all, Example{Name: p.Name, Line: int(p.Location.Line), Tags: tags, Steps: stepsOf(p)})
	}
	return all
}

// stepsOf are the sentences of an example, with the values of its row.
func stepsOf(p *messages.Pickle) []string {
	steps := make([]string, len(p.Steps))
	for i, step := range p.Steps {
		steps[i] = step.Text
	}
	return steps
}

func (s *source) checkRule(r Requirement) {
	line := int64(r.Line)
	if r.Title == "" {
		s.report(line, "the Rule has no title: say in one sentence what must hold")
	}
	switch place, taken := s.places[r.ID]; {
	case r.ID == "":
		s.report(line, "Rule %q has no id: tag it with one of the form %s", r.Title, idForms)
	case taken:
		s.report(line, "id %s is taken by the Rule at %s: ids are never reused", r.ID, place)
	default:
		s.places[r.ID] = r.Place()
	}
	if r.Level == "" {
		s.report(line, "Rule %q has no level: tag it with one of @%s", r.Title, joinLevels())
	}
	if r.Source == "" {
		s.report(line, "Rule %q has no source: add a sentence \"Source: ...\" to its text or to the text of the Feature", r.Title)
	}
	s.checkExamples(r)
}

func (s *source) checkExamples(r Requirement) {
	line := int64(r.Line)
	switch {
	case r.Unobservable && len(r.Examples) > 0:
		s.report(line, "Rule %q is @unobservable and has an example: drop one of both", r.Title)
	case r.Unobservable && r.Text == "":
		s.report(line, "Rule %q is @unobservable without a reason: say under the Rule why nothing outside can see it", r.Title)
	case !r.Unobservable && len(r.Examples) == 0:
		s.report(line, "Rule %q has no example: add one, or tag it @unobservable and say why", r.Title)
	}
	first := map[string]int{}
	for _, e := range r.Examples {
		switch at, taken := first[e.Name]; {
		case e.Name == "":
			s.report(int64(e.Line), "the example has no name: results are reported by it")
		case taken:
			s.report(int64(e.Line), "example %q is also the name of the one at line %d: results could not be told apart; in an outline, put a <column> into the name", e.Name, at)
		default:
			first[e.Name] = e.Line
		}
	}
}
