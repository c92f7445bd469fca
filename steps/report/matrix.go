package report

import (
	"errors"
	"fmt"
	"io"
	"slices"
)

// WriteMatrix writes a page that sets several targets side by side: a column for
// each report and a row for each requirement of any of them.
func WriteMatrix(w io.Writer, reports []*Report) error {
	if len(reports) == 0 {
		return errors.New("a matrix needs a report")
	}
	return writePage(w, "matrix.gohtml", newMatrix(reports))
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
	Verdict Verdict
	Message string
}

func newMatrix(reports []*Report) *matrixView {
	v := &matrixView{frame: newFrame(count(len(reports), "target")+" - simulate-duo matrix", "matrix.js"), Tool: "simulate-duo"}
	for _, r := range reports {
		v.Targets = append(v.Targets, targetView{
			Name: short(targetName(r), maxMessage), URL: short(r.Target.URL, maxMessage), When: r.Started.UTC().Format("2 January 2006, 15:04 UTC"),
			Bar: newBar(r.Summary), Words: r.Summary.words(), Counts: counts(r.Summary), Partial: short(r.Partial, maxMessage),
		})
		v.addReady(readyViews(r))
	}
	differ := 0
	for _, q := range allRequirements(reports) {
		row := newMatrixRow(q, reports)
		v.addRow(q, row)
		if row.Differs {
			differ++
		}
	}
	v.Differ = fmt.Sprintf("%s of %s", grouped(differ), count(v.Total, "requirement"))
	v.Verdicts = v.countRows()
	return v
}

func (v *matrixView) addReady(answers []readyView) {
	for i, a := range answers {
		if i == len(v.Ready) {
			v.Ready = append(v.Ready, readyRow{Name: a.Name})
		}
		v.Ready[i].Answers = append(v.Ready[i].Answers, a)
	}
}

func (v *matrixView) addRow(q *Requirement, row *matrixRow) {
	title, area := Visible(q.Feature), areaOf(q)
	if n := len(v.Sections); n == 0 || v.Sections[n-1].Title != title {
		v.Sections = append(v.Sections, &matrixSection{Title: title, Area: area})
		v.Areas = addArea(v.Areas, area, title, groupOf(q.ID))
	}
	section := v.Sections[len(v.Sections)-1]
	section.Rows = append(section.Rows, row)
	v.Total++
}

// countRows is in how many rows each verdict stands.
func (v *matrixView) countRows() []countView {
	var sum Summary
	for _, section := range v.Sections {
		for _, row := range section.Rows {
			for _, verdict := range verdicts {
				if slices.ContainsFunc(row.Cells, func(c cell) bool { return c.Verdict == verdict }) {
					*sum.of(verdict)++
				}
			}
		}
	}
	return counts(sum)
}

// allRequirements is every requirement of any report: in the order of the first,
// and what only a later one has after what stands before it there.
func allRequirements(reports []*Report) []*Requirement {
	var all []*Requirement
	place := func(id string) int {
		return slices.IndexFunc(all, func(q *Requirement) bool { return q.ID == id })
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

func newMatrixRow(q *Requirement, reports []*Report) *matrixRow {
	row := &matrixRow{ID: Visible(q.ID), Level: levelName(q.Level), Title: Visible(q.Title), Source: Visible(q.Source), Link: linkTo(q)}
	for _, r := range reports {
		var c cell
		if i := slices.IndexFunc(r.Requirements, func(other Requirement) bool { return other.ID == q.ID }); i >= 0 {
			c.Verdict = r.Requirements[i].Verdict
			if c.Verdict.rank() < Passed.rank() {
				c.Message = short(r.Requirements[i].Message, maxMessage)
			}
		}
		row.Cells = append(row.Cells, c)
	}
	row.Differs = slices.ContainsFunc(row.Cells, func(c cell) bool { return c.Verdict != row.Cells[0].Verdict })
	return row
}
