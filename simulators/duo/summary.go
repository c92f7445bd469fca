package duo

import (
	"fmt"
	"strings"
)

// Summary counts what one pass did. A user who was matched, reactivated and
// updated counts under all three.
type Summary struct {
	UsersCreated, UsersMatched, UsersReactivated, UsersUpdated int
	UsersDeactivated, UsersDeleted, UsersFailed                int

	GroupsCreated, GroupsMatched, GroupsRenamed, MembershipsChanged int
	GroupsEmptied, GroupsDeleted, GroupsFailed                      int
}

func countUser(s *Summary, operations []string) {
	for _, op := range operations {
		switch op {
		case opMatch:
			s.UsersMatched++
		case opCreate:
			s.UsersCreated++
		case opReactivate:
			s.UsersReactivated++
		case opUpdate:
			s.UsersUpdated++
		case opDeactivate:
			s.UsersDeactivated++
		case opDelete:
			s.UsersDeleted++
		}
	}
}

func countGroup(s *Summary, operations []string) {
	for _, op := range operations {
		switch op {
		case opMatch:
			s.GroupsMatched++
		case opCreate:
			s.GroupsCreated++
		case opRename:
			s.GroupsRenamed++
		case opMembers:
			s.MembershipsChanged++
		case opEmpty:
			s.GroupsEmptied++
		case opDelete:
			s.GroupsDeleted++
		}
	}
}

// Failed is how many steps failed; the next pass tries them again.
func (s Summary) Failed() int { return s.UsersFailed + s.GroupsFailed }

// String lists what is not zero, such as "users: 3 created, 1 failed; groups:
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
