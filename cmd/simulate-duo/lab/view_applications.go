package lab

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// viewApplications is Applications > Applications.
var viewApplications = view{
	path: pathApplications, template: "applications", title: "Applications", part: partDuo, label: "Applications > Applications", live: true,
	show:  func(l *Lab, _ *http.Request) (any, error) { return l.application(), nil },
	forms: map[string]form{"/duo/application/remove": removeApplication},
}

// Draft is the application as its page shows it.
func (a *application) Draft() duo.Application { return a.draft }

// viewCatalog is the catalog behind "Add application".
var viewCatalog = view{
	path: pathCatalog, template: "catalog", title: "Add application", under: pathApplications,
	show: func(l *Lab, r *http.Request) (any, error) {
		return catalogPage{Offers: offers(r.URL.Query().Get("q")), Taken: l.application() != nil}, nil
	},
	forms: map[string]form{pathCatalog: addApplication},
}

// catalogPage are the applications that can be added.
type catalogPage struct {
	Offers []offer
	Taken  bool // the lab has an application already
}

func addApplication(l *Lab, r *http.Request) (to, said string, err error) {
	kind := duo.ApplicationType(r.PostFormValue("application"))
	o, _ := offerOf(kind)
	return "/duo/application/sso", "Added " + o.Name, l.AddApplication(kind)
}

func removeApplication(l *Lab, _ *http.Request) (to, said string, err error) {
	return pathApplications, "Removed the application", l.RemoveApplication()
}
