package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
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
	LeftBehind        []string
	Counts            []countView
	Bar               []barPart
	Ready             []readyView
	Charts            []chart
	Log               []LogRow
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
	Verdict    Verdict
	Lead, Text string
}

type countView struct {
	Verdict Verdict
	N       string
}

type readyView struct{ Name, Answer, Why, Group string }

// unjudgedView is why some requirements could not be judged.
type unjudgedView struct {
	Verdict Verdict
	N       int
	Reason  string
	IDs     []string
}

type sweepView struct {
	Tried string
	Worse []sweepRow
}

type sweepRow struct {
	Name string
	IDs  []string
}

func newPage(r *Report) *pageView {
	found := findings(r)
	end := newEnding(r, found, "below")
	v := &pageView{
		frame:  newFrame(targetName(r)+" - "+r.Tool.Name, "page.js"),
		Tool:   Visible(strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version)),
		Target: short(targetName(r), maxMessage),
		URL:    short(r.Target.URL, maxMessage),
		Facts:  facts(r), Ending: endingView{end.verdict, end.lead, end.text},
		Headline: headline(r, found), Partial: short(r.Partial, maxMessage),
		LeftBehind: each(r.LeftBehind, func(s string) string { return short(s, maxMessage) }),
		Counts:     counts(r.Summary), Bar: newBar(r.Summary), Ready: readyViews(r), Charts: charts(r),
		Log:         each(r.ActivityLog, visibleRow),
		FailedCount: count(unknown(r, Failed), "failed requirement"),
		WarnedCount: count(unknown(r, Warned), "warned requirement"),
		Known:       knownViews(r), Stale: staleViews(r), Cost: cost(r),
		Unjudged: unjudgedViews(r), Sweep: newSweepView(r),
	}
	if len(v.Log) > 0 {
		v.Application = v.Log[0].Application
	}
	p := newPainter(r.Target)
	v.Failures, v.Warnings = p.causes(found, Failed), p.causes(found, Warned)
	v.List = p.list(r)
	return v
}

// targetName is the target's name, or its address where nobody gave it one.
func targetName(r *Report) string {
	if r.Target.Name != "" {
		return r.Target.Name
	}
	return r.Target.URL
}

// facts is one line about the run: when, how long, how much, whose requirements
// and which profiles.
func facts(r *Report) []string {
	took := time.Duration(r.DurationMS) * time.Millisecond
	if took > time.Second {
		took = took.Round(100 * time.Millisecond)
	}
	var whose []string
	for _, c := range features.Clients() {
		if slices.ContainsFunc(r.Requirements, func(q Requirement) bool { return q.Verdict != Untested && groupOf(q.ID) == c.Title }) {
			whose = append(whose, c.Title)
		}
	}
	all := []string{r.Started.UTC().Format("2 January 2006, 15:04 UTC"), took.String(), groupedCount(r.Summary.Requests, "request")}
	if len(whose) > 0 {
		all = append(all, "asked by "+strings.Join(whose, ", "))
	}
	if n := newSweep(r).tried; n > 0 {
		return append(all, fmt.Sprintf("default profile and %s", count(n, "alternative")))
	}
	return append(all, "default profile")
}

// shownOrder is the order in which verdicts are counted: what judges the target
// first, and of that what passed.
var shownOrder = []Verdict{Passed, Failed, Warned, Broken, Blocked, Unsupported, Untested}

func counts(sum Summary) []countView {
	var all []countView
	for _, v := range shownOrder {
		if n := *sum.of(v); n > 0 {
			all = append(all, countView{v, grouped(n)})
		}
	}
	return all
}

func readyViews(r *Report) []readyView {
	return each(readinesses(r), func(x readiness) readyView { return readyView{x.name, x.answer, x.why, x.group} })
}

func unjudgedViews(r *Report) []unjudgedView {
	var all []unjudgedView
	for _, v := range []Verdict{Broken, Blocked, Unsupported, Untested} {
		for _, x := range reasons(r, v) {
			all = append(all, unjudgedView{v, len(x.ids), x.text, x.ids})
		}
	}
	return all
}

func newSweepView(r *Report) sweepView {
	s := newSweep(r)
	if s.tried == 0 {
		return sweepView{}
	}
	v := sweepView{Tried: count(s.tried, "alternative")}
	for _, a := range s.worse {
		v.Worse = append(v.Worse, sweepRow{Visible(a.name), each(a.ids, Visible)})
	}
	return v
}

// visibleRow is a row of the Activity Log as it can be shown.
func visibleRow(l LogRow) LogRow {
	l.Timestamp = l.Timestamp.UTC()
	for _, s := range []*string{
		&l.Action, &l.Actor, &l.ActorType, &l.Affected, &l.AffectedType, &l.Application, &l.AccessDevice, &l.Details,
	} {
		*s = short(*s, maxMessage)
	}
	return l
}
