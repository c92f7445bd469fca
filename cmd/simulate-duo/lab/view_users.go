package lab

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// viewUsers is the list of users in Duo.
var viewUsers = view{
	path: pathUsers, template: "users", title: "Users", part: partDuo, live: true,
	show: func(l *Lab, r *http.Request) (any, error) { return usersOf(l.Directory(), r.URL.Query()), nil },
}

// pageSize is how many rows a table shows.
const pageSize = 50

// userRow is a row of the list.
type userRow struct {
	directory.User
	Groups []directory.Group
}

// table is a part of a list, with what leads to the others.
type table[T any] struct {
	Rows     []T
	Total    int // of the rows that were asked for
	All      int // of all
	First    int // number of the first row shown, from 1
	Last     int
	Previous string // query of the page before, "" if there is none
	Next     string
}

// usersOf are the users whose names or address contain the text of the parameter q.
func usersOf(d *directory.Directory, q url.Values) table[userRow] {
	var found []directory.User
	for _, u := range d.Users {
		if containsAny(q.Get("q"), u.Username, u.DisplayName, u.Email, u.FirstName, u.LastName) {
			found = append(found, u)
		}
	}
	t := paged(found, len(d.Users), q)
	rows := table[userRow]{Total: t.Total, All: t.All, First: t.First, Last: t.Last, Previous: t.Previous, Next: t.Next}
	for _, u := range t.Rows {
		rows.Rows = append(rows.Rows, userRow{u, d.GroupsOf(u.Key)})
	}
	return rows
}

// containsAny says whether one of the texts contains the part, in any case.
func containsAny(part string, texts ...string) bool {
	part = strings.ToLower(strings.TrimSpace(part))
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(strings.ToLower(text), part) })
}

// paged is the page of the rows that the parameter page asks for.
func paged[T any](rows []T, all int, q url.Values) table[T] {
	number, err := strconv.Atoi(q.Get("page"))
	last := max((len(rows)+pageSize-1)/pageSize, 1)
	if err != nil {
		number = 1
	}
	number = min(max(number, 1), last)
	from := (number - 1) * pageSize
	to := min(from+pageSize, len(rows))
	t := table[T]{Rows: rows[from:to], Total: len(rows), All: all, First: min(from+1, to), Last: to}
	at := func(n int) string {
		other := maps.Clone(q)
		other.Set("page", strconv.Itoa(n))
		return "?" + other.Encode()
	}
	if number > 1 {
		t.Previous = at(number - 1)
	}
	if number < last {
		t.Next = at(number + 1)
	}
	return t
}

// enough is how long a form waits for Duo to provision what it has changed, so that the
// page after it shows the result.
const enough = 2 * time.Second

func waitFor(done <-chan struct{}) {
	if done == nil {
		return
	}
	timer := time.NewTimer(enough)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	}
}
