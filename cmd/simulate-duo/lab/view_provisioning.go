package lab

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// viewProvisioning is the tab "Provisioning" of the application. Its page is one form:
// each of its buttons keeps what was typed and does something more.
var viewProvisioning = view{
	path: pathProvisioning, template: "provisioning", title: "Provisioning", under: pathApplications, live: true,
	show: func(l *Lab, _ *http.Request) (any, error) {
		a := l.application()
		if a == nil {
			return nil, &httpError{http.StatusNotFound, errNoApplication}
		}
		return provisioningPage{application: a, lab: l, dir: l.Directory()}, nil
	},
	forms: map[string]form{pathProvisioning: saveProvisioning},
}

// provisioningPage is what the tab shows.
type provisioningPage struct {
	*application
	lab *Lab
	dir *directory.Directory
}

// Verified says whether the application has the badge "Duo Verified".
func (p provisioningPage) Verified() bool {
	o, _ := offerOf(p.draft.Type)
	return o.Verified
}

// BaseURL is what was typed.
func (p provisioningPage) BaseURL() string { return p.link.BaseURL }

// HasToken says whether there is a token. The page never shows it.
func (p provisioningPage) HasToken() bool { return p.link.token != "" }

// Test is what came of "Connect to application".
func (p provisioningPage) Test() *test { return p.link.Test }

// Found are the requests of the connection test, with their answers.
func (p provisioningPage) Found() []exchangeLine {
	var lines []exchangeLine
	for _, seq := range p.link.Test.Exchanges {
		if e, ok := p.lab.wire.one(seq); ok {
			lines = append(lines, lineOf(e))
		}
	}
	return lines
}

// Rows are the attribute mapping.
func (p provisioningPage) Rows() []duo.Row { return p.draft.Mapping }

// Labels are the Duo user attributes that can be mapped.
func (p provisioningPage) Labels() []string { return p.dir.AttributeLabels() }

// Required is the one required attribute.
func (provisioningPage) Required() string { return duo.RequiredAttribute }

// Optional are the application's other attributes.
func (p provisioningPage) Optional() []string { return p.draft.Type.Attributes()[1:] }

// Maps says whether an attribute is mapped.
func (p provisioningPage) Maps(application string) bool {
	return slices.ContainsFunc(p.draft.Mapping, func(r duo.Row) bool { return r.Application == application })
}

// Groups are all groups in Duo.
func (p provisioningPage) Groups() []directory.Group { return p.dir.Groups }

// Selected says whether a group is selected.
func (p provisioningPage) Selected(g directory.Group) bool {
	return slices.Contains(p.draft.Groups.Select, g.Key)
}

// UsesSSO says whether the groups with SSO access are used.
func (p provisioningPage) UsesSSO() bool { return p.draft.Groups.Use == duo.SSOAccess }

// SSOGroups are the names of the groups with SSO access.
func (p provisioningPage) SSOGroups() []string {
	var names []string
	for _, key := range p.draft.SSOAccess {
		if g, ok := p.dir.Group(key); ok {
			names = append(names, g.Name)
		}
	}
	return names
}

// Deletes says whether users who leave are deleted.
func (p provisioningPage) Deletes() bool { return p.draft.Deprovisioning == duo.Delete }

// saveProvisioning keeps what was typed, and does what the button says.
func saveProvisioning(l *Lab, r *http.Request) (to, said string, err error) {
	err = errors.Join(l.Authenticate(r.PostFormValue("base_url"), r.PostFormValue("token")), l.Change(func(a *duo.Application) { takeForm(a, r) }))
	if err != nil {
		return "", "", err
	}
	labels := l.Directory().AttributeLabels()
	action, argument, _ := strings.Cut(r.PostFormValue("action"), ":")
	switch action {
	case "connect":
		_, err := l.Connect()
		return pathProvisioning + "#authentication", "", err
	case "map":
		return pathProvisioning + "#mapping", "", l.Change(func(a *duo.Application) { chooseRows(a, r.PostForm["attribute"], labels) })
	case "map-all":
		return pathProvisioning + "#mapping", "", l.Change(func(a *duo.Application) { chooseRows(a, a.Type.Attributes(), labels) })
	case "up", "down":
		return pathProvisioning + "#mapping", "", l.Change(func(a *duo.Application) { moveRow(a, action, argument) })
	case "disable":
		return pathProvisioning, "Provisioning is disabled", l.Disable()
	case "keep":
		return pathProvisioning, "", nil
	}
	sum, err := l.Save()
	return pathProvisioning, "Saved. " + sum.String(), err
}

// takeForm lays what was typed on the settings.
func takeForm(a *duo.Application, r *http.Request) {
	for i := range a.Mapping {
		if label := r.PostFormValue("duo:" + a.Mapping[i].Application); label != "" {
			a.Mapping[i].Duo = label
		}
	}
	a.Groups = duo.GroupSelection{ExcludeGroupInformation: r.PostFormValue("exclude") != ""}
	if r.PostFormValue("use") == string(duo.SSOAccess) {
		a.Groups.Use = duo.SSOAccess
	} else {
		a.Groups.Select = slices.Clone(r.PostForm["group"])
	}
	if d := r.PostFormValue("deprovisioning"); d != "" {
		a.Deprovisioning = duo.Deprovisioning(d)
	}
}

// chooseRows maps these attributes beside the required one: rows that are there stay as
// and where they are, new ones follow in the order of the list.
func chooseRows(a *duo.Application, chosen, labels []string) {
	a.Mapping = slices.DeleteFunc(a.Mapping, func(r duo.Row) bool {
		return r.Application != duo.RequiredAttribute && !slices.Contains(chosen, r.Application)
	})
	for _, name := range a.Type.Attributes() {
		there := slices.ContainsFunc(a.Mapping, func(r duo.Row) bool { return r.Application == name })
		if slices.Contains(chosen, name) && !there {
			a.Mapping = append(a.Mapping, usualRow(name, labels))
		}
	}
}

// moveRow moves the row with this number one place.
func moveRow(a *duo.Application, way, number string) {
	i, err := strconv.Atoi(number)
	other := i + 1
	if way == "up" {
		other = i - 1
	}
	if err == nil && i >= 0 && i < len(a.Mapping) && other >= 0 && other < len(a.Mapping) {
		a.Mapping[i], a.Mapping[other] = a.Mapping[other], a.Mapping[i]
	}
}
