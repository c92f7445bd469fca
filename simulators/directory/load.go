package directory

import (
	"fmt"

	"github.com/simulate-duo/simulate-duo/schemas"
)

// MaxGroupsPerUser is how many groups a Duo user can be in (Duo documentation,
// "Rate Limits").
const MaxGroupsPerUser = 100

// fileUser and fileGroup are User and Group as a directory file has them.
type fileUser struct {
	Key         string            `yaml:"key"`
	Username    string            `yaml:"username"`
	DisplayName string            `yaml:"display_name"`
	Email       string            `yaml:"email"`
	FirstName   string            `yaml:"first_name"`
	LastName    string            `yaml:"last_name"`
	Status      Status            `yaml:"status"`
	Attributes  map[string]string `yaml:"attributes"`
}

type fileGroup struct {
	Key     string   `yaml:"key"`
	Name    string   `yaml:"name"`
	Members []string `yaml:"members"` // usernames or keys
}

// Load reads a directory file, YAML that fits schemas.Directory. The file's
// name is only used in messages. A key that the file leaves out is derived from
// the username or the group's name, so that it is the same at every load.
//
// A file that cannot be read, does not fit the schema, names a member that it
// does not have, has a key, username or group name twice, or puts a user into
// more than MaxGroupsPerUser groups yields a *schemas.Invalid with every
// problem and its line and column.
func Load(file string, data []byte) (*Directory, error) {
	var content struct {
		Users  []fileUser  `yaml:"users"`
		Groups []fileGroup `yaml:"groups"`
	}
	positions, err := schemas.DecodeYAML(schemas.Directory, file, data, &content)
	if err != nil {
		return nil, err
	}
	l := loader{positions: positions, keys: map[string]string{}, usernames: map[string]string{}, names: map[string]string{}}
	d := &Directory{}
	for i, u := range content.Users {
		d.Users = append(d.Users, l.user(i, u))
	}
	groups := map[string]int{}
	for i, g := range content.Groups {
		d.Groups = append(d.Groups, l.group(i, g, d.Users, groups))
	}
	if err := positions.Invalid(l.problems...); err != nil {
		return nil, err
	}
	return d, nil
}

// loader collects what a schema cannot check.
type loader struct {
	positions *schemas.Positions
	problems  []schemas.Problem
	keys      map[string]string // key → path of its first use
	usernames map[string]string // folded username → key
	names     map[string]string // folded group name → path of its first use
}

func (l *loader) fail(path string, format string, args ...any) {
	l.problems = append(l.problems, l.positions.Problem(path, format, args...))
}

func (l *loader) user(i int, u fileUser) User {
	at := func(steps ...any) string { return schemas.Path(append([]any{"users", i}, steps...)...) }
	if u.Key == "" {
		u.Key = newKey("DU", u.Username)
	}
	if u.Status == "" {
		u.Status = Active
	}
	if first, twice := l.usernames[fold(u.Username)]; twice {
		l.fail(at("username"), "%s has this username already, and usernames are compared without regard to case: choose another", l.keys[first])
	} else {
		l.usernames[fold(u.Username)] = u.Key
		l.key(u.Key, at(), at("key"))
	}
	for label := range u.Attributes {
		if defaultField(&User{}, label) != nil {
			l.problems = append(l.problems, l.positions.KeyProblem(at("attributes", label),
				"%s is a default attribute of Duo: write it as %s", label, fileNames[label]))
		}
	}
	return User(u)
}

// fileNames are the default attributes as a directory file names them.
var fileNames = map[string]string{
	Username: "username", DisplayName: "display_name", Email: "email", FirstName: "first_name", LastName: "last_name",
}

func (l *loader) key(key, owner, at string) {
	if first, twice := l.keys[key]; twice {
		l.fail(at, "%s has the key %s already: choose another", first, key)
		return
	}
	l.keys[key] = owner
}

// group resolves the members to keys and counts each user's groups.
func (l *loader) group(i int, g fileGroup, users []User, groups map[string]int) Group {
	at := func(steps ...any) string { return schemas.Path(append([]any{"groups", i}, steps...)...) }
	if g.Key == "" {
		g.Key = newKey("DG", g.Name)
	}
	if first, twice := l.names[fold(g.Name)]; twice {
		l.fail(at("name"), "%s has this name already, and names are compared without regard to case: choose another", first)
	} else {
		l.names[fold(g.Name)] = at()
		l.key(g.Key, at(), at("key"))
	}
	members := make([]string, 0, len(g.Members))
	seen := make(map[string]bool, len(g.Members))
	for j, ref := range g.Members {
		key, ok := l.member(ref)
		switch {
		case !ok:
			l.fail(at("members", j), "there is no user %q in this file%s", ref, l.hint(ref, users))
			continue
		case seen[key]:
			l.fail(at("members", j), "%q is a member of this group already: remove one of both", ref)
			continue
		}
		seen[key] = true
		members = append(members, key)
		if groups[key]++; groups[key] == MaxGroupsPerUser+1 {
			l.fail(at("members", j), "%q would be in more than the %d groups that Duo allows a user: remove the user from some", ref, MaxGroupsPerUser)
		}
	}
	g.Members = members
	return Group(g)
}

// member resolves a key or a username to a key. A file whose users have
// problems of their own still resolves what it can.
func (l *loader) member(ref string) (string, bool) {
	if _, isUser := l.keys[ref]; isUser && len(ref) == keyLength && ref[:2] == "DU" {
		return ref, true
	}
	key, ok := l.usernames[fold(ref)]
	return key, ok
}

// maxHints bounds how many unknown members are compared with every username.
const maxHints = 20

func (l *loader) hint(ref string, users []User) string {
	if len(l.problems) >= maxHints {
		return ""
	}
	usernames := make([]string, len(users))
	for i, u := range users {
		usernames[i] = u.Username
	}
	if near, ok := schemas.Nearest(ref, usernames); ok {
		return fmt.Sprintf(": did you mean %q?", near)
	}
	return ": name one of its users by username or key"
}
