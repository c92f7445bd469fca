package lab

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// viewSSO is the tab "Single Sign-On" of the application, as far as provisioning needs
// it: which groups may sign in.
var viewSSO = view{
	path: "/duo/application/sso", template: "sso", title: "Single Sign-On", under: pathApplications,
	show: func(l *Lab, _ *http.Request) (any, error) {
		a := l.application()
		if a == nil {
			return nil, &httpError{http.StatusNotFound, errNoApplication}
		}
		return ssoPage{a, l.Directory()}, nil
	},
	forms: map[string]form{"/duo/application/sso": saveSSO},
}

// ssoPage is the application and the groups that may sign in.
type ssoPage struct {
	*application
	dir *directory.Directory
}

// Groups are all groups in Duo.
func (p ssoPage) Groups() []directory.Group { return p.dir.Groups }

// Has says whether a group may sign in.
func (p ssoPage) Has(g directory.Group) bool { return slices.Contains(p.draft.SSOAccess, g.Key) }

func saveSSO(l *Lab, r *http.Request) (to, said string, err error) {
	err = l.Change(func(a *duo.Application) { a.SSOAccess = slices.Clone(r.PostForm["group"]) })
	return "/duo/application/sso", "Saved who may sign in; provisioning follows when its settings are saved", err
}
