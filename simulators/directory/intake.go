package directory

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/simulate-duo/simulate-duo/schemas"
)

// intake builds a directory from users and groups that come one by one, and
// collects what is wrong with them.
type intake struct {
	file      string
	d         *Directory
	problems  []schemas.Problem
	keys      map[string]int // the line of each key
	usernames map[string]int // the place of each folded username
	names     map[string]int // the place of each folded group name
	userLines []int
	pending   []pending // members that may come later in the file
	texts     map[string]string
}

// pending is a group's members as its line names them.
type pending struct {
	group, line int
	members     []string
}

// maxProblems is how many problems are collected before the rest of a file is
// left unread: it is wrong as a whole.
const maxProblems = 1000

func newIntake(file string) *intake {
	return &intake{
		file: file, d: &Directory{}, keys: map[string]int{}, usernames: map[string]int{}, names: map[string]int{},
		texts: map[string]string{},
	}
}

func (in *intake) fail(line, column int, path, format string, args ...any) {
	in.problems = append(in.problems, schemas.Problem{Path: path, Line: line, Column: max(column, 1), Message: fmt.Sprintf(format, args...)})
}

// user takes a user from a line, with the names or keys of groups that are
// known by now.
func (in *intake) user(line int, u User, groups []string) {
	before := len(in.problems)
	in.checkUser(line, &u)
	if first, twice := in.usernames[fold(u.Username)]; twice {
		in.fail(line, 1, "username", "line %d has the username %q already, and usernames are compared without regard to case: choose another, or remove one of both", in.userLines[first], u.Username)
	}
	in.key(line, u.Key)
	if len(in.problems) > before {
		return
	}
	in.usernames[fold(u.Username)] = len(in.d.Users)
	in.d.Users = append(in.d.Users, u)
	in.userLines = append(in.userLines, line)
	for _, ref := range groups {
		if g, ok := in.groupPlace(ref); ok {
			in.d.Groups[g].Members = append(in.d.Groups[g].Members, u.Key)
		} else {
			in.fail(line, 1, "groups", "there is no group %q above this line: put the line of the group before its first user", ref)
		}
	}
}

// group takes a group from a line.
func (in *intake) group(line int, g Group) {
	before := len(in.problems)
	checkName(g.Name, "a group's name", func(why string) { in.fail(line, 1, "name", "%s", why) })
	if g.Key == "" {
		g.Key = newKey("DG", g.Name)
	}
	in.checkKey(line, g.Key, "DG", "a group's")
	if first, twice := in.names[fold(g.Name)]; twice {
		in.fail(line, 1, "name", "line %d has the name %q already, and names are compared without regard to case: choose another, or remove one of both", in.keys[in.d.Groups[first].Key], g.Name)
	}
	in.key(line, g.Key)
	if len(in.problems) > before {
		return
	}
	place := len(in.d.Groups)
	in.names[fold(g.Name)] = place
	if len(g.Members) > 0 {
		in.pending = append(in.pending, pending{place, line, g.Members})
	}
	in.d.Groups = append(in.d.Groups, Group{Key: g.Key, Name: g.Name})
}

func (in *intake) key(line int, key string) {
	if first, twice := in.keys[key]; twice {
		in.fail(line, 1, "key", "line %d has the key %s already: choose another, or remove one of both", first, key)
		return
	}
	in.keys[key] = line
}

func (in *intake) groupPlace(ref string) (int, bool) {
	if i, ok := in.names[fold(ref)]; ok {
		return i, true
	}
	if _, known := in.keys[ref]; !known || !isKey(ref, "DG") {
		return 0, false
	}
	i := slices.IndexFunc(in.d.Groups, func(g Group) bool { return g.Key == ref })
	return i, i >= 0
}

// finish resolves what was left open and returns the directory, or what is
// wrong with the file.
func (in *intake) finish() (*Directory, error) {
	for _, p := range in.pending {
		in.members(p)
	}
	in.checkMemberships()
	if len(in.problems) > 0 {
		slices.SortStableFunc(in.problems, func(a, b schemas.Problem) int { return cmp.Compare(a.Line, b.Line) })
		return nil, &schemas.Invalid{Schema: schemas.Directory, File: in.file, Problems: in.problems}
	}
	return in.d, nil
}

func (in *intake) members(p pending) {
	g := &in.d.Groups[p.group]
	for _, ref := range p.members {
		switch i, ok := in.usernames[fold(ref)]; {
		case ok:
			g.Members = append(g.Members, in.d.Users[i].Key)
		case in.keys[ref] > 0 && isKey(ref, "DU"):
			g.Members = append(g.Members, ref)
		case len(in.problems) < maxProblems:
			in.fail(p.line, 1, "members", "there is no user %q in this file: name one of its users by username or key, or remove the member", ref)
		}
	}
}

// checkMemberships refuses a membership that is there twice, and more groups
// than Duo allows a user.
func (in *intake) checkMemberships() {
	groups := make(map[string]uint8, len(in.d.Users))
	for _, g := range in.d.Groups {
		seen := make(map[string]bool, len(g.Members))
		for _, user := range g.Members {
			if seen[user] {
				in.fail(in.keys[user], 1, "groups", "%q is in group %q twice: name the membership once, at the user or at the group", in.username(user), g.Name)
				continue
			}
			seen[user] = true
			if groups[user]++; groups[user] == MaxGroupsPerUser+1 {
				in.fail(in.keys[user], 1, "groups", "%q would be in more than the %d groups that Duo allows a user: remove the user from some", in.username(user), MaxGroupsPerUser)
			}
			groups[user] = min(groups[user], MaxGroupsPerUser+1)
		}
	}
}

func (in *intake) username(key string) string {
	i := slices.IndexFunc(in.d.Users, func(u User) bool { return u.Key == key })
	return in.d.Users[i].Username
}

// same returns the text as it was first read, so that what many users share is
// held once.
func (in *intake) same(text string) string {
	if first, known := in.texts[text]; known {
		return first
	}
	if len(in.texts) < 1<<16 {
		in.texts[text] = text
	}
	return text
}
