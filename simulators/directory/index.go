package directory

import (
	"slices"
	"strings"
	"sync/atomic"
)

// indexes find users, groups and memberships at a cost that does not depend on
// how many there are. Each is built when it is first needed; look-ups may do so
// concurrently. A slice that was replaced, grown, cut or reordered is noticed.
type indexes struct {
	users       atomic.Pointer[table[User]]
	groups      atomic.Pointer[table[Group]]
	memberships atomic.Pointer[memberships]
}

// named is what both users and groups have.
type named interface{ names() (key, name string) }

func (u User) names() (key, name string)  { return u.Key, u.Username }
func (g Group) names() (key, name string) { return g.Key, g.Name }

// table knows the places of rows by key and by name. Rows are numbered as they
// come; a row's place is its number less the numbers before it that are gone.
type table[T named] struct {
	rows   []T // as they stood when the table was last right
	keys   map[string]int32
	folded map[string]int32
	next   int32
	gone   []int32 // numbers of removed rows, ascending
}

// find returns the place of the row with this key, or else this name in any
// case, or -1.
func find[T named](of *atomic.Pointer[table[T]], rows []T, ref string) int {
	t := current(of, rows)
	i := t.place(ref)
	if i >= 0 && !goesBy(rows[i], ref) { // reordered, or renamed in the slice itself
		t = newTable(rows)
		of.Store(t)
		i = t.place(ref)
	}
	return i
}

func current[T named](of *atomic.Pointer[table[T]], rows []T) *table[T] {
	t := of.Load()
	if t == nil || !sameSlice(t.rows, rows) {
		t = newTable(rows)
		of.Store(t)
	}
	return t
}

func sameSlice[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

func goesBy[T named](row T, ref string) bool {
	key, name := row.names()
	return key == ref || strings.EqualFold(name, ref)
}

func newTable[T named](rows []T) *table[T] {
	t := &table[T]{keys: make(map[string]int32, len(rows)), folded: make(map[string]int32, len(rows))}
	for _, r := range rows {
		t.number(r)
	}
	t.rows = rows
	return t
}

// number gives the next row its number. Of two with one name the first is found.
func (t *table[T]) number(row T) {
	key, name := row.names()
	if _, taken := t.keys[key]; !taken {
		t.keys[key] = t.next
	}
	if name = fold(name); !t.knows(name) {
		t.folded[name] = t.next
	}
	t.next++
}

func (t *table[T]) knows(folded string) bool {
	_, known := t.folded[folded]
	return known
}

func (t *table[T]) place(ref string) int {
	n, ok := t.keys[ref]
	if !ok {
		n, ok = t.folded[fold(ref)]
	}
	if !ok {
		return -1
	}
	before, _ := slices.BinarySearch(t.gone, n)
	return int(n) - before
}

// added, renamed and removed keep the table right after a change of one row;
// rows is the slice after it.

func (t *table[T]) added(rows []T) {
	t.number(rows[len(rows)-1])
	t.rows = rows
}

func (t *table[T]) renamed(before, after string) {
	n := t.folded[fold(before)]
	delete(t.folded, fold(before))
	t.folded[fold(after)] = n
}

func (t *table[T]) removed(row T, rows []T) {
	key, name := row.names()
	n := t.keys[key]
	delete(t.keys, key)
	delete(t.folded, fold(name))
	i, _ := slices.BinarySearch(t.gone, n)
	t.gone = slices.Insert(t.gone, i, n)
	t.rows = rows
}

// memberships knows the groups of each user.
type memberships struct {
	rows []Group
	keys []string // of the groups, by place
	of   map[string][]int32
}

// groupPlaces lists the places of the groups that a user is a member of, ascending.
func (d *Directory) groupPlaces(user string) []int32 {
	m := d.index.memberships.Load()
	if m == nil || !sameSlice(m.rows, d.Groups) || slices.ContainsFunc(m.of[user], func(i int32) bool { return d.Groups[i].Key != m.keys[i] }) {
		m = newMemberships(d.Groups)
		d.index.memberships.Store(m)
	}
	return m.of[user]
}

func newMemberships(groups []Group) *memberships {
	largest := 0 // which has nearly everybody, often
	for _, g := range groups {
		largest = max(largest, len(g.Members))
	}
	m := &memberships{rows: groups, of: make(map[string][]int32, largest)}
	for i, g := range groups {
		m.keys = append(m.keys, g.Key)
		for _, user := range g.Members {
			m.join(user, int32(i))
		}
	}
	return m
}

func (m *memberships) join(user string, group int32) {
	if i, already := slices.BinarySearch(m.of[user], group); !already {
		m.of[user] = slices.Insert(m.of[user], i, group)
	}
}

func (m *memberships) leave(user string, group int32) {
	if i, in := slices.BinarySearch(m.of[user], group); in {
		m.of[user] = slices.Delete(m.of[user], i, i+1)
	}
}
