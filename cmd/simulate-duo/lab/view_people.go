package lab

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// viewPeople is Connect > Users, Groups, and Endpoint Devices.
var viewPeople = view{
	path: pathPeople, template: "people", title: "Users, Groups, and Endpoint Devices", part: partSecureAccess, label: "Connect > Users, Groups and Endpoint Devices", live: true,
	show: showPeople,
}

// peoplePage is the page with the tab that is open.
type peoplePage struct {
	Tab     string // users, groups or devices
	Users   table[secureaccess.UserRow]
	Groups  table[secureaccess.GroupRow]
	Counts  secureaccess.Counts
	Cut     bool
	Sources []string
	Simply  bool // a target at a URL: without the columns of Secure Access
}

func showPeople(l *Lab, r *http.Request) (any, error) {
	q := r.URL.Query()
	found, err := l.People(r.Context(), secureaccess.ViewQuery{Search: q.Get("q"), Source: q.Get("source")})
	if err != nil {
		return nil, &httpError{http.StatusBadGateway, err}
	}
	p := peoplePage{
		Tab: q.Get("tab"), Counts: found.Counts, Cut: found.Cut, Sources: l.sources(), Simply: l.side.server == nil,
		Users: paged(found.Users, found.Counts.Users, q), Groups: paged(found.Groups, found.Counts.Groups, q),
	}
	switch p.Tab {
	case "groups":
		l.visit(r, pageGroups)
	case "devices":
	default:
		p.Tab = "users"
		l.visit(r, pageUsers)
	}
	return p, nil
}

// sources are the labels in the list "Source": the identity providers of the directories.
func (l *Lab) sources() []string {
	var all []string
	if l.side.server == nil {
		return nil
	}
	seen := map[secureaccess.IdP]bool{}
	for _, d := range l.side.server.Directories() {
		if !seen[d.IdP()] {
			seen[d.IdP()] = true
			all = append(all, string(d.IdP()))
		}
	}
	return all
}
