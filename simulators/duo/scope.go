package duo

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// scope is whom and what the settings cover in one state of the directory.
type scope struct {
	dir    *directory.Directory
	groups []scopedGroup // the chosen ones that Duo still has
	member []bool        // by position in dir.Users: in one of these groups
	in     []bool        // the members that are to be provisioned
}

// scopedGroup is a group with the positions of its members in dir.Users.
type scopedGroup struct {
	directory.Group
	positions []int32
}

func (p *Provisioner) scope(dir *directory.Directory) scope {
	s := scope{dir: dir, member: make([]bool, len(dir.Users)), in: make([]bool, len(dir.Users))}
	for _, g := range dir.Groups {
		if !slices.Contains(p.state.Chosen, g.Key) {
			continue
		}
		positions := make([]int32, 0, len(g.Members))
		find := dir.Walk()
		for _, k := range g.Members {
			if i, ok := find(k); ok {
				s.member[i] = true
				positions = append(positions, int32(i)) //nolint:gosec // no directory has two thousand million users
			}
		}
		s.groups = append(s.groups, scopedGroup{g, positions})
	}
	for i, u := range dir.Users {
		s.in[i] = s.member[i] && !p.shutOut(u)
	}
	return s
}

// shutOut says whether a member's own status keeps it from being provisioned.
func (p *Provisioner) shutOut(u directory.User) bool {
	off := u.Status == directory.Disabled || u.Status == directory.PendingDeletion
	return off && fieldDisabledUser.ask(p.answers) == DisabledDeprovisioned
}

// position is the place of a user that is to be provisioned.
func (s scope) position(userKey string) (int, bool) {
	i, ok := s.dir.UserIndex(userKey)
	return i, ok && s.in[i]
}

// reasonToBring says why something is sent about a user.
func (c *cycle) reasonToBring(position int) string {
	key := c.dir.Users[position].Key
	switch {
	case c.drifted[store.Ref{Kind: store.UserKind, Key: key}] != "":
		return "repairs " + c.drifted[store.Ref{Kind: store.UserKind, Key: key}]
	case !c.known[position]:
		return "new in a chosen group"
	case c.ids[position] == "":
		return "back in a chosen group"
	}
	return "a mapped value has changed"
}

// reasonToLeave says why a user is not to be provisioned, or "".
func (s scope) reasonToLeave(userKey string) string {
	i, ok := s.dir.UserIndex(userKey)
	switch {
	case !ok:
		return "no longer in Duo"
	case s.in[i]:
		return ""
	case s.member[i]:
		return string(s.dir.Users[i].Status) + " in Duo"
	}
	return "in no chosen group any more"
}
