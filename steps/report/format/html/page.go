package html

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// pageView is everything that the page shows, in its order. All texts are
// visible already; the template escapes them for HTML.
type pageView struct {
	frame

	Tool, Target, URL string
	Facts             []string // when, how long, how much
	Ending            endingView
	Headline          string
	Partial           string
	Notes             []string
	Insecure          string // that nothing is known about who has answered; "" if it is
	LeftBehind        []string
	Counts            []countView
	Bar               []barPart
	Ready             []readyView
	Charts            []chart
	Log               []report.LogRow
	Application       string

	Failures, Warnings []*causeView
	FailedCount        string
	WarnedCount        string
	Known, Stale       []knownView
	Unjudged           []unjudgedView
	Sweep              sweepView
	Cost               string
	List               listView
}

type endingView struct {
	Verdict    report.Verdict
	Lead, Text string
}

type countView struct {
	Verdict report.Verdict
	N       string
}

type readyView struct{ Name, Answer, Says, Why, Group string }

// unjudgedView is why some requirements could not be judged.
type unjudgedView struct {
	Verdict report.Verdict
	N       int
	Reason  string
	IDs     []string
}

type sweepView struct {
	Tried string
	Worse []sweepRow
}

// sweepRow is an alternative that fares worse, explained as simulate-duo profile does.
type sweepRow struct {
	Name string
	IDs  []string

	Question, Meaning, Why, Evidence, Beyond string // "" where this version does not know the alternative
}

func newPage(r *report.Report) *pageView {
	found := report.Findings(r)
	end := report.NewEnding(r, found, "below")
	v := &pageView{
		frame:  newFrame(targetName(r)+" - "+r.Tool.Name, "page.js"),
		Tool:   words.Visible(strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version)),
		Target: words.Short(targetName(r), words.MaxMessage),
		URL:    words.Short(r.Target.URL, words.MaxMessage),
		Facts:  facts(r), Ending: endingView{end.Verdict, end.Lead, end.Text + " " + end.Next},
		Headline: report.Headline(r, found), Partial: words.Short(r.Partial, words.MaxMessage),
		Insecure:   r.Insecure,
		Notes:      words.Each(r.Notes, func(s string) string { return words.Short(s, words.MaxMessage) }),
		LeftBehind: words.Each(r.LeftBehind, func(s string) string { return words.Short(s, words.MaxMessage) }),
		Counts:     counts(r.Summary), Bar: newBar(r.Summary), Ready: readyViews(r), Charts: charts(r),
		Log:         words.Each(r.ActivityLog, visibleRow),
		FailedCount: words.Count(unknown(r, report.Failed), "failed requirement"),
		WarnedCount: words.Count(unknown(r, report.Warned), "warned requirement"),
		Known:       knownViews(r), Stale: staleViews(r), Cost: report.Cost(r),
		Unjudged: unjudgedViews(r), Sweep: newSweepView(r),
	}
	if len(v.Log) > 0 {
		v.Application = v.Log[0].Application
	}
	p := newPainter(r.Target)
	v.Failures, v.Warnings = p.causes(found, report.Failed, report.Blocked), p.causes(found, report.Warned)
	v.List = p.list(r)
	return v
}

// targetName is the target's name, or its address if it has no name.
func targetName(r *report.Report) string {
	if r.Target.Name != "" {
		return r.Target.Name
	}
	return r.Target.URL
}

// facts is one line about the run: when, how long, how much, whose requirements
// and which profiles.
func facts(r *report.Report) []string {
	took := time.Duration(r.DurationMS) * time.Millisecond
	if took > time.Second {
		took = took.Round(100 * time.Millisecond)
	}
	var whose []string
	for _, c := range features.Clients() {
		if slices.ContainsFunc(r.Requirements, func(q report.Requirement) bool {
			return q.Verdict != report.Untested && report.GroupOf(q.ID) == c.Title
		}) {
			whose = append(whose, c.Title)
		}
	}
	all := []string{r.Started.UTC().Format("2 January 2006, 15:04 UTC"), took.String(), words.GroupedCount(r.Summary.Requests, "request")}
	if len(whose) > 0 {
		all = append(all, "asked by "+strings.Join(whose, ", "))
	}
	if n := report.NewSweep(r).Tried; n > 0 {
		return append(all, fmt.Sprintf("default profile and %s", words.Count(n, "alternative")))
	}
	if r.Target.Client {
		return append(all, "task by task")
	}
	return append(all, "default profile")
}

// shownOrder is the order in which verdicts are counted: what judges the target
// first, and of that what passed.
var shownOrder = []report.Verdict{report.Passed, report.Failed, report.Warned, report.Broken, report.Blocked, report.Unsupported, report.Untested}

func counts(sum report.Summary) []countView {
	var all []countView
	for _, v := range shownOrder {
		if n := *sum.Of(v); n > 0 {
			all = append(all, countView{v, words.Grouped(n)})
		}
	}
	return all
}

// readyViews are the answers to those who were asked.
func readyViews(r *report.Report) []readyView {
	return words.Each(report.AskedReadiness(r), func(x report.Readiness) readyView { return readyView{x.Name, x.Answer, x.Says(), x.Why, x.Group} })
}

func unjudgedViews(r *report.Report) []unjudgedView {
	var all []unjudgedView
	for _, v := range []report.Verdict{report.Broken, report.Unsupported, report.Untested} {
		for _, x := range report.Reasons(r, v) {
			all = append(all, unjudgedView{v, len(x.IDs), x.Text, x.IDs})
		}
	}
	return all
}

func newSweepView(r *report.Report) sweepView {
	s := report.NewSweep(r)
	if s.Tried == 0 {
		return sweepView{}
	}
	v := sweepView{Tried: words.Count(s.Tried, "alternative")}
	for _, a := range s.Worse {
		v.Worse = append(v.Worse, newSweepRow(a))
	}
	return v
}

func newSweepRow(a report.Alternative) sweepRow {
	row := sweepRow{Name: words.Visible(a.Name), IDs: words.Each(a.IDs, words.Visible)}
	if field, choice := duo.Explain(a.Name); field != nil {
		row.Question, row.Why, row.Evidence = field.Question, field.Why, string(field.Evidence)
		row.Meaning, row.Beyond = choice.Meaning, choice.Beyond
	}
	return row
}

// visibleRow is a row of the Activity Log as it can be shown.
func visibleRow(l report.LogRow) report.LogRow {
	l.Timestamp = l.Timestamp.UTC()
	for _, s := range []*string{
		&l.Action, &l.Actor, &l.ActorType, &l.Affected, &l.AffectedType, &l.Application, &l.AccessDevice, &l.Details,
	} {
		*s = words.Short(*s, words.MaxMessage)
	}
	return l
}
