package directory

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/schemas"
)

// The columns of Duo's import form (Duo documentation, "Import Users"): a header
// names them, in any order, and only username is required. alias, phone,
// platform, group, token and type carry a number. That realname is the Display
// Name is assumed.
var (
	csvFields   = []string{"username", "realname", "email", "status", "notes", "firstname", "lastname"}
	csvNumbered = regexp.MustCompile(`^(alias|phone|platform|group|token|type)[0-9]*$`)
)

// readCSV reads Duo's import form. Its groups are those that its users name.
// Columns that provisioning has no use for are read over.
func readCSV(file string, r io.Reader) (*Directory, error) {
	in, ends := newIntake(file), &ending{r: r}
	rows := csv.NewReader(ends)
	rows.ReuseRecord = true
	form, err := readHeader(in, rows)
	if err != nil {
		return nil, err
	}
	at := 1
	for form != nil && len(in.problems) < maxProblems {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err := in.csvTrouble(err); err != nil {
			return nil, err
		}
		if len(row) == 0 { // it is not known where the next one begins
			break
		}
		if at, _ = rows.FieldPos(0); len(row) == form.columns {
			in.csvUser(at, row, form)
		}
	}
	switch {
	case len(in.problems) > 0:
	case len(in.d.Users) == 0:
		in.fail(at, 1, "", "the file holds no user: write it again")
	case ends.last != '\n':
		in.fail(at, 1, "", "the last line does not end in a line break, so the file may not have been written to its end: write it again, or add the line break")
	}
	return in.finish()
}

// ending remembers the last byte that was read.
type ending struct {
	r    io.Reader
	last byte
}

func (e *ending) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	if n > 0 {
		e.last = p[n-1]
	}
	return n, err
}

// header says in which column what is.
type header struct {
	columns int
	of      map[string]int
	groups  []int
}

func readHeader(in *intake, rows *csv.Reader) (*header, error) {
	row, err := rows.Read()
	if errors.Is(err, io.EOF) {
		in.fail(1, 1, "", "the file is empty: write it again")
		return nil, nil
	}
	if err := in.csvTrouble(err); err != nil || row == nil {
		return nil, err
	}
	h := &header{columns: len(row), of: map[string]int{}}
	row[0] = strings.TrimPrefix(row[0], "\uFEFF") // which spreadsheets write
	for i, name := range row {
		name = strings.ToLower(strings.TrimSpace(name))
		_, column := rows.FieldPos(i)
		_, twice := h.of[name]
		switch {
		case twice:
			in.fail(1, column, "", "the column %q is there twice: remove one", name)
		case strings.HasPrefix(name, "group") && csvNumbered.MatchString(name):
			h.groups = append(h.groups, i)
		case !slices.Contains(csvFields, name) && !csvNumbered.MatchString(name):
			in.fail(1, column, "", "unknown column %q: %s, or alias, phone, platform, group, token or type with a number", name, schemas.Suggestion(name, csvFields))
		}
		h.of[name] = i
	}
	if _, ok := h.of["username"]; !ok {
		in.fail(1, 1, "", `the first line has no column "username": it has to name the columns, such as username,realname,email,status,group1`)
	}
	if len(in.problems) > 0 {
		return nil, nil
	}
	return h, nil
}

// csvTrouble notes what the parser stumbled over; what it could not read at all
// is returned.
func (in *intake) csvTrouble(err error) error {
	var p *csv.ParseError
	switch {
	case err == nil:
	case !errors.As(err, &p):
		return fmt.Errorf("%s: the file cannot be read: %w", in.file, err)
	case errors.Is(err, csv.ErrFieldCount):
		in.fail(p.Line, 1, "", "the line has not as many columns as the first: it was not written to its end, or a comma is missing or too many; put a value that holds a comma in quotes")
	default:
		in.fail(p.Line, p.Column, "", "this is not CSV: %s: put the whole value in quotes, and double those within", p.Err)
	}
	return nil
}

func (in *intake) csvUser(at int, row []string, h *header) {
	cell := func(name string) string {
		if i, ok := h.of[name]; ok {
			return strings.Clone(strings.TrimSpace(row[i]))
		}
		return ""
	}
	var groups []string
	for _, i := range h.groups {
		if name := in.same(strings.TrimSpace(row[i])); name != "" {
			if _, known := in.names[fold(name)]; !known {
				in.group(at, Group{Name: strings.Clone(name)})
			}
			groups = append(groups, name)
		}
	}
	in.user(at, User{
		Username: cell("username"), DisplayName: cell("realname"), Email: cell("email"),
		FirstName: in.same(cell("firstname")), LastName: in.same(cell("lastname")), Status: Status(in.same(strings.ToLower(cell("status")))),
	}, groups)
}
