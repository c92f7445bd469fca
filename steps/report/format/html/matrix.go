package html

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Column is one report of a matrix.
type Column struct {
	Name   string // in the head of the column; "" for that of the target
	Report *report.Report
}

// WriteMatrix writes a page that sets several targets side by side: a column for
// each report and a row for each requirement of any of them.
func WriteMatrix(w io.Writer, columns []Column) error {
	if len(columns) == 0 {
		return errors.New("a matrix needs a report")
	}
	return writePage(w, "matrix.gohtml", newMatrix(columns))
}

type matrixView struct {
	frame

	Tool     string
	Targets  []targetView
	Ready    []readyRow
	Total    int
	Differ   string // how many rows differ, in words
	Verdicts []countView
	Areas    []areaOption
	Sections []*matrixSection
}

// targetView is the head of a column.
type targetView struct {
	Name, URL, When string
	Bar             []barPart
	Words           string
	Counts          []countView
	Partial         string
	Undecided       string // how much could not be judged, in words
}

// readyRow is for whom each of the targets is ready.
type readyRow struct {
	Name    string
	Answers []readyView
}

type matrixSection struct {
	Title, Area string
	Rows        []*matrixRow
}

type matrixRow struct {
	ID, Level, Title, Source, Link string
	Differs                        bool
	Cells                          []cell
}

// cell is what one report says of one requirement; an empty verdict says that it
// does not know the requirement.
type cell struct {
	Verdict report.Verdict
	Message string
}

func newMatrix(columns []Column) *matrixView {
	v := &matrixView{frame: newFrame(words.Count(len(columns), "target")+" - simulate-duo matrix", "matrix.js"), Tool: "simulate-duo"}
	reports := make([]*report.Report, len(columns))
	for i, c := range columns {
		r := c.Report
		reports[i] = r
		v.Targets = append(v.Targets, targetView{
			Name: words.Short(cmp.Or(c.Name, targetName(r)), words.MaxMessage), URL: words.Short(r.Target.URL, words.MaxMessage), When: r.Started.UTC().Format("2 January 2006, 15:04 UTC"),
			Bar: newBar(r.Summary), Words: r.Summary.Words(), Counts: counts(r.Summary), Partial: words.Short(r.Partial, words.MaxMessage),
			Undecided: undecidedView(r),
		})
	}
	v.Ready = readyRows(reports)
	differ := 0
	for _, q := range allRequirements(reports) {
		row := newMatrixRow(q, reports)
		v.addRow(q, row)
		if row.Differs {
			differ++
		}
	}
	v.Differ = fmt.Sprintf("%s of %s", words.Grouped(differ), words.Count(v.Total, "requirement"))
	v.Verdicts = v.countRows()
	return v
}

// readyRows has a row for everyone whom one of the reports answers.
func readyRows(reports []*report.Report) []readyRow {
	var rows []readyRow
	for i, r := range reports {
		for _, x := range report.AskedReadiness(r) {
			at := slices.IndexFunc(rows, func(row readyRow) bool { return row.Name == x.Name })
			if at < 0 {
				at = len(rows)
				rows = append(rows, readyRow{Name: x.Name, Answers: slices.Repeat([]readyView{notAsked}, len(reports))})
			}
			rows[at].Answers[i] = readyView{x.Name, x.Answer, x.Says(), x.Why, x.Group}
		}
	}
	return rows
}

// notAsked is the answer of a report that has judged nothing of the kind.
var notAsked = readyView{Answer: report.ReadyUnknown, Says: "not judged", Why: "none of its requirements was judged"}

func (v *matrixView) addRow(q *report.Requirement, row *matrixRow) {
	title, area := words.Visible(q.Feature), report.AreaOf(q)
	if n := len(v.Sections); n == 0 || v.Sections[n-1].Title != title {
		v.Sections = append(v.Sections, &matrixSection{Title: title, Area: area})
		v.Areas = addArea(v.Areas, area, title, report.GroupOf(q.ID))
	}
	section := v.Sections[len(v.Sections)-1]
	section.Rows = append(section.Rows, row)
	v.Total++
}

// countRows is in how many rows each verdict stands.
func (v *matrixView) countRows() []countView {
	var sum report.Summary
	for _, section := range v.Sections {
		for _, row := range section.Rows {
			for _, verdict := range report.Verdicts {
				if slices.ContainsFunc(row.Cells, func(c cell) bool { return c.Verdict == verdict }) {
					*sum.Of(verdict)++
				}
			}
		}
	}
	return counts(sum)
}

// allRequirements is every requirement of any report: in the order of the first,
// and what only a later one has after what stands before it there.
func allRequirements(reports []*report.Report) []*report.Requirement {
	var all []*report.Requirement
	place := func(id string) int {
		return slices.IndexFunc(all, func(q *report.Requirement) bool { return q.ID == id })
	}
	for _, r := range reports {
		at := 0
		for i := range r.Requirements {
			q := &r.Requirements[i]
			if found := place(q.ID); found >= 0 {
				at = found + 1
				continue
			}
			all = slices.Insert(all, at, q)
			at++
		}
	}
	return all
}

func newMatrixRow(q *report.Requirement, reports []*report.Report) *matrixRow {
	row := &matrixRow{ID: words.Visible(q.ID), Level: levelName(q.Level), Title: words.Visible(q.Title), Source: words.Visible(q.Source), Link: report.Link(q)}
	for _, r := range reports {
		var c cell
		if i := slices.IndexFunc(r.Requirements, func(other report.Requirement) bool { return other.ID == q.ID }); i >= 0 {
			c.Verdict = r.Requirements[i].Verdict
			if c.Verdict.Rank() < report.Passed.Rank() {
				c.Message = words.Short(r.Requirements[i].Message, words.MaxMessage)
			}
		}
		row.Cells = append(row.Cells, c)
	}
	row.Differs = differ(row.Cells)
	return row
}

// undecidedView says that a column cannot be relied on; "" if it can.
func undecidedView(r *report.Report) string {
	n := len(r.Undecided())
	if n == 0 {
		return ""
	}
	return words.Count(n, "requirement") + " could not be judged"
}

// differ says whether two that were judged were judged differently.
func differ(cells []cell) bool {
	judged := slices.DeleteFunc(slices.Clone(cells), func(c cell) bool { return !c.Verdict.Judged() })
	return slices.ContainsFunc(judged, func(c cell) bool { return c.Verdict != judged[0].Verdict })
}
