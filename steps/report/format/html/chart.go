package html

import (
	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// chart is a table of bars.
type chart struct {
	Title, Column string
	Filter        string // the filter that a row sets
	Folded        bool
	Rows          []chartRow
}

type chartRow struct {
	Name, Words string // the name is also the value of the filter
	Bar         []barPart
	Counts      []countView
}

// barPart is one colour of a bar that is barWidth wide.
type barPart struct {
	Verdict  report.Verdict
	X, Width int
}

// barWidth is the width of a bar in its own units.
const barWidth = 1000

// newBar divides a bar by verdict. What was counted at all is at least a sliver.
func newBar(sum report.Summary) []barPart {
	total := sum.Total()
	var parts []barPart
	done := 0
	for _, v := range shownOrder {
		n := *sum.Of(v)
		if n == 0 {
			continue
		}
		from, to := barWidth*done/total, barWidth*(done+n)/total
		parts = append(parts, barPart{v, from, max(to-from, 4)})
		done += n
	}
	return parts
}

// charts shows the result by area, by level and, folded, by section.
func charts(r *report.Report) []chart {
	return []chart{
		newChart(r, chart{Title: "By area", Column: "Area", Filter: "area"}, report.AreaOf),
		newChart(r, levelChart(r), func(q *report.Requirement) string { return levelName(q.Level) }),
		newChart(r, chart{Title: "By section", Column: "Section", Filter: "area", Folded: true}, func(q *report.Requirement) string { return words.Visible(q.Feature) }),
	}
}

// levelChart begins with the levels in their order, which is not that in which
// requirements come.
func levelChart(r *report.Report) chart {
	c := chart{Title: "By level", Column: "Level", Filter: "level"}
	for _, l := range levelsOf(r) {
		c.Rows = append(c.Rows, chartRow{Name: levelName(l)})
	}
	return c
}

// newChart counts requirements by what name says of each. Rows that the chart has
// already keep their place.
func newChart(r *report.Report, c chart, name func(*report.Requirement) string) chart {
	sums := map[string]*report.Summary{}
	for _, row := range c.Rows {
		sums[row.Name] = &report.Summary{}
	}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		n := name(q)
		if sums[n] == nil {
			sums[n] = &report.Summary{}
			c.Rows = append(c.Rows, chartRow{Name: n})
		}
		*sums[n].Of(q.Verdict)++
	}
	for i := range c.Rows {
		row := &c.Rows[i]
		sum := *sums[row.Name]
		row.Words, row.Bar, row.Counts = sum.Words(), newBar(sum), counts(sum)
	}
	return c
}

// levelsOf is the levels that the report has, worst to violate first.
func levelsOf(r *report.Report) []features.Level {
	there := map[features.Level]bool{}
	for _, q := range r.Requirements {
		there[q.Level] = true
	}
	var all []features.Level
	for _, l := range append(features.Levels(), "") {
		if there[l] {
			all = append(all, l)
		}
	}
	return all
}

// levelName is the level in words; a result that belongs to no requirement has
// none.
func levelName(l features.Level) string {
	if l == "" {
		return "no level"
	}
	return words.Visible(l.Words())
}
