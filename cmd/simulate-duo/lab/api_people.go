package lab

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// peopleRoutes are about users and groups, on both sides.
var peopleRoutes = []route{
	{"GET", "/api/users", func(l *Lab, _ *http.Request) (any, error) { return usersJSON(l.Directory()), nil }},
	{"POST", "/api/users", createUser},
	{"DELETE", "/api/users/{user}", func(l *Lab, r *http.Request) (any, error) {
		_, err := l.Edit("deleted a user", func(d *directory.Directory) error { return d.RemoveUser(r.PathValue("user")) })
		return nil, err
	}},
	{"GET", "/api/groups", func(l *Lab, _ *http.Request) (any, error) { return groupsJSON(l.Directory()), nil }},
	{"PUT", "/api/groups/{group}/members", replaceMembers},
	{"GET", "/api/secure-access", func(l *Lab, r *http.Request) (any, error) {
		return l.People(r.Context(), secureaccess.ViewQuery{Search: r.URL.Query().Get("q"), Source: r.URL.Query().Get("source")})
	}},
}

// userJSON is a user in Duo.
type userJSON struct {
	Key         string            `json:"key,omitempty"`
	Username    string            `json:"username"`
	DisplayName string            `json:"display_name,omitempty"`
	Email       string            `json:"email,omitempty"`
	FirstName   string            `json:"first_name,omitempty"`
	LastName    string            `json:"last_name,omitempty"`
	Status      directory.Status  `json:"status,omitempty"`
	Attributes  map[string]string `json:"attributes,omitempty"`
}

func usersJSON(d *directory.Directory) []userJSON {
	all := make([]userJSON, len(d.Users))
	for i, u := range d.Users {
		all[i] = userJSON(u)
	}
	return all
}

// groupJSON is a group in Duo, with the keys of its members.
type groupJSON struct {
	Key     string   `json:"key"`
	Name    string   `json:"name"`
	Members []string `json:"members"`
}

func groupsJSON(d *directory.Directory) []groupJSON {
	all := make([]groupJSON, len(d.Groups))
	for i, g := range d.Groups {
		all[i] = groupJSON(g)
	}
	return all
}

func createUser(l *Lab, r *http.Request) (any, error) {
	var u userJSON
	if err := readJSON(r, &u); err != nil {
		return nil, err
	}
	_, err := l.Edit("added "+u.Username, func(d *directory.Directory) error { return d.AddUser(directory.User(u)) })
	if err != nil {
		return nil, err
	}
	added, _ := l.Directory().User(u.Username)
	return userJSON(added), nil
}

func replaceMembers(l *Lab, r *http.Request) (any, error) {
	var members []string
	if err := readJSON(r, &members); err != nil {
		return nil, err
	}
	_, err := l.Edit("changed the members of a group", func(d *directory.Directory) error {
		return setMembers(d, r.PathValue("group"), members)
	})
	return nil, err
}
