package schemas

import "fmt"

// Positions knows where the values of one decoded YAML file stand, so that
// rules which a schema cannot express are reported like those it can.
type Positions struct {
	schema Name
	file   string
	root   *place
}

// place is where one value stands. The places form a tree like the values, so
// that their number and size are bounded by the file's.
type place struct {
	key     position // of the name, if the value is a member of an object
	value   position
	members map[string]*place
	items   []*place
}

// position is a line and a column, both from 1; the column counts characters.
type position struct{ line, column int }

// Problem describes what is wrong with the value at path, written as Path
// writes it. A path that is not in the file, such as a member that was left
// out, is placed at the nearest value around it.
func (p *Positions) Problem(path string, format string, args ...any) Problem {
	problem := Problem{Path: path, Message: fmt.Sprintf(format, args...)}
	p.locate(&problem)
	return problem
}

// KeyProblem is Problem for a member whose name is at fault, not its value.
func (p *Positions) KeyProblem(path string, format string, args ...any) Problem {
	problem := Problem{Path: path, Message: fmt.Sprintf(format, args...), atKey: true}
	p.locate(&problem)
	return problem
}

// Invalid returns the problems as one *Invalid in line order, or nil if there
// are none.
func (p *Positions) Invalid(problems ...Problem) error {
	return newInvalid(p.schema, p.file, problems)
}

// locate gives a problem the line and column that belong to its path.
func (p *Positions) locate(problem *Problem) {
	at, exact := p.nearest(problem.Path)
	found := at.value
	if problem.atKey && exact {
		found = at.key
	}
	problem.Line, problem.Column = found.line, found.column
}

// nearest follows a path as far as the file has it, and says whether it has
// all of it.
func (p *Positions) nearest(path string) (at *place, exact bool) {
	at = p.root
	for _, step := range parsePath(path) {
		var next *place
		switch step := step.(type) {
		case string:
			next = at.members[step]
		case int:
			if step < len(at.items) {
				next = at.items[step]
			}
		}
		if next == nil {
			return at, false
		}
		at = next
	}
	return at, true
}
