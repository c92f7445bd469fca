package duo

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// Summary counts what one pass did. A user who was matched, reactivated and
// updated counts under all three.
type Summary struct { //nolint:recvcheck // counted through a pointer, printed as a value
	UsersCreated, UsersMatched, UsersReactivated, UsersUpdated int
	UsersDeactivated, UsersDeleted, UsersFailed                int

	GroupsCreated, GroupsMatched, GroupsRenamed, MembershipsChanged int
	GroupsEmptied, GroupsDeleted, GroupsFailed                      int

	Skipped int // dead letters, which were not sent again
	Drifted int // users and groups that a full cycle found changed at the target, or gone
}

// Tally is what became of a cycle, or of a piece of it.
type Tally struct {
	Summary

	Requests, FailedRequests int
	LastFailure              string // of a request
}

// Add adds what became of another piece.
func (t *Tally) Add(o Tally) {
	for i, n := range o.numbers() {
		*t.numbers()[i] += *n
	}
	t.Requests += o.Requests
	t.FailedRequests += o.FailedRequests
	t.LastFailure = cmp.Or(o.LastFailure, t.LastFailure)
}

// numbers are all counts.
func (s *Summary) numbers() []*int {
	return []*int{
		&s.UsersCreated, &s.UsersMatched, &s.UsersReactivated, &s.UsersUpdated, &s.UsersDeactivated, &s.UsersDeleted, &s.UsersFailed,
		&s.GroupsCreated, &s.GroupsMatched, &s.GroupsRenamed, &s.MembershipsChanged, &s.GroupsEmptied, &s.GroupsDeleted, &s.GroupsFailed,
		&s.Skipped, &s.Drifted,
	}
}

// did counts operations that succeeded.
func (s *Summary) did(kind store.Kind, operations []string) {
	counters := s.userCounters()
	if kind == store.GroupKind {
		counters = s.groupCounters()
	}
	for _, op := range operations {
		if n := counters[op]; n != nil {
			*n++
		}
	}
}

func (s *Summary) userCounters() map[string]*int {
	return map[string]*int{
		opMatch: &s.UsersMatched, opCreate: &s.UsersCreated, opReactivate: &s.UsersReactivated,
		opUpdate: &s.UsersUpdated, opDeactivate: &s.UsersDeactivated, opDelete: &s.UsersDeleted,
	}
}

func (s *Summary) groupCounters() map[string]*int {
	return map[string]*int{
		opMatch: &s.GroupsMatched, opCreate: &s.GroupsCreated, opRename: &s.GroupsRenamed,
		opMembers: &s.MembershipsChanged, opEmpty: &s.GroupsEmptied, opDelete: &s.GroupsDeleted,
	}
}

// failed counts a step that failed.
func (s *Summary) failed(kind store.Kind) {
	if kind == store.GroupKind {
		s.GroupsFailed++
		return
	}
	s.UsersFailed++
}

// counts is the summary as the record of a run keeps it.
func (s *Summary) counts() []byte {
	return encoded(s)
}

// Failed is how many steps failed; the next pass tries them again.
func (s Summary) Failed() int { return s.UsersFailed + s.GroupsFailed }

// String lists the counts that are not zero, such as "users: 3 created, 1 failed; groups:
// 1 created, 1 members changed", or says that nothing changed.
func (s Summary) String() string {
	type count struct {
		n    int
		what string
	}
	part := func(kind string, counts ...count) string {
		var words []string
		for _, c := range counts {
			if c.n > 0 {
				words = append(words, fmt.Sprintf("%d %s", c.n, c.what))
			}
		}
		if len(words) == 0 {
			return ""
		}
		return kind + ": " + strings.Join(words, ", ")
	}
	users := part("users", count{s.UsersCreated, "created"}, count{s.UsersMatched, "matched"},
		count{s.UsersReactivated, "reactivated"}, count{s.UsersUpdated, "updated"},
		count{s.UsersDeactivated, "deactivated"}, count{s.UsersDeleted, "deleted"}, count{s.UsersFailed, "failed"})
	groups := part("groups", count{s.GroupsCreated, "created"}, count{s.GroupsMatched, "matched"},
		count{s.GroupsRenamed, "renamed"}, count{s.MembershipsChanged, "with other members"},
		count{s.GroupsEmptied, "emptied"}, count{s.GroupsDeleted, "deleted"}, count{s.GroupsFailed, "failed"})
	switch {
	case users == "" && groups == "":
		return "nothing changed"
	case users == "" || groups == "":
		return users + groups
	}
	return users + "; " + groups
}
