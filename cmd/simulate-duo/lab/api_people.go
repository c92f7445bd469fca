package lab

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// peopleRoutes are about users and groups, on both sides.
var peopleRoutes = []route{
	{"GET", "/api/users", nil, func(l *Lab, _ *http.Request) (any, error) { return usersJSON(l.Directory()), nil }},
	{"POST", "/api/users", nil, createUser},
	{"PUT", "/api/users/{user}", nil, replaceUser},
	{"DELETE", "/api/users/{user}", nil, func(l *Lab, r *http.Request) (any, error) {
		_, err := l.Edit("deleted a user", func(d *directory.Directory) error { return d.RemoveUser(r.PathValue("user")) })
		return nil, err
	}},
	{"GET", "/api/groups", nil, func(l *Lab, _ *http.Request) (any, error) { return groupsJSON(l.Directory()), nil }},
	{"POST", "/api/groups", nil, createGroup},
	{"DELETE", "/api/groups/{group}", nil, func(l *Lab, r *http.Request) (any, error) {
		_, err := l.Edit("deleted a group", func(d *directory.Directory) error { return d.RemoveGroup(r.PathValue("group")) })
		return nil, err
	}},
	{"PUT", "/api/groups/{group}/members", nil, replaceMembers},
	{"GET", "/api/secure-access", []string{"q", "source"}, tablesNow},
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
	Key     string   `json:"key,omitempty"`
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

// replaceUser gives a user all these values; the key stays.
func replaceUser(l *Lab, r *http.Request) (any, error) {
	var u userJSON
	if err := readJSON(r, &u); err != nil {
		return nil, err
	}
	key := ""
	_, err := l.Edit("changed "+u.Username, func(d *directory.Directory) error {
		there, _ := d.User(r.PathValue("user"))
		key = there.Key
		return setUser(d, r.PathValue("user"), directory.User(u))
	})
	if err != nil {
		return nil, err
	}
	changed, _ := l.Directory().User(key)
	return userJSON(changed), nil
}

func createGroup(l *Lab, r *http.Request) (any, error) {
	var g groupJSON
	if err := readJSON(r, &g); err != nil {
		return nil, err
	}
	_, err := l.Edit("added the group "+g.Name, func(d *directory.Directory) error { return d.AddGroup(directory.Group(g)) })
	if err != nil {
		return nil, err
	}
	added, _ := l.Directory().Group(g.Name)
	return groupJSON(added), nil
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

// tablesJSON are the tables of the page Users, Groups, and Endpoint Devices.
type tablesJSON struct {
	Users  []userRowJSON  `json:"users"`
	Groups []groupRowJSON `json:"groups"`
	Counts countsJSON     `json:"counts"`
	Cut    bool           `json:"cut"` // there are more than the lab reads
}

type userRowJSON struct {
	Name         string `json:"name"`
	RiskAlerts   string `json:"risk_alerts"`
	UPN          string `json:"upn"`
	AuthProperty string `json:"auth_property"`
	Source       string `json:"source"`
	Directory    string `json:"directory"`
}

type groupRowJSON struct {
	Name      string `json:"name"`
	Type      string `json:"type"`
	Source    string `json:"source"`
	Directory string `json:"directory"`
}

type countsJSON struct {
	Users  int `json:"users"`
	Groups int `json:"groups"`
}

func tablesNow(l *Lab, r *http.Request) (any, error) {
	q := r.URL.Query()
	p, err := l.People(r.Context(), secureaccess.ViewQuery{Search: q.Get("q"), Source: q.Get("source")})
	t := tablesJSON{Users: []userRowJSON{}, Groups: []groupRowJSON{}, Counts: countsJSON(p.Counts), Cut: p.Cut}
	for _, u := range p.Users {
		t.Users = append(t.Users, userRowJSON(u))
	}
	for _, g := range p.Groups {
		t.Groups = append(t.Groups, groupRowJSON(g))
	}
	return t, err
}
