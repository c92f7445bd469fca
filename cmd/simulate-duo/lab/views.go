package lab

import (
	"net/http"
	"strings"
)

// The pages that others lead to.
const (
	pathUsers         = "/duo/users"
	pathGroups        = "/duo/groups"
	pathApplications  = "/duo/applications"
	pathCatalog       = "/duo/applications/add"
	pathProvisioning  = "/duo/application"
	pathActivity      = "/duo/activity"
	pathPeople        = "/secure-access/people"
	pathConfiguration = "/secure-access/configuration"
	pathIntegrate     = "/secure-access/integrate"
	pathWire          = "/wire"
)

// view is a page: where it is, what it shows, and what its forms do. To add one, write a
// file view_NAME.go with a variable of this type and templates/NAME.html, and add the
// variable to views below.
type view struct {
	path     string // of GET, a pattern of http.ServeMux
	template string // file in templates, without .html; it defines "main"
	title    string // of the page, and its h1
	part     part   // in the navigation; "" stands in none
	label    string // there; "" for the title
	under    string // path of the page that the navigation marks instead
	live     bool   // parts of it with data-live are loaded again when something happens

	// show returns what the template shows as .Data. An error is shown in its place, with
	// the status of an *httpError or 404.
	show func(l *Lab, r *http.Request) (any, error)
	// forms are what POST to a path does; the page is shown again if one fails.
	forms map[string]form
}

// form does what a form asks for and returns the page to go to and what to say there. An
// error is shown above the form, which keeps what was typed.
type form func(l *Lab, r *http.Request) (to, said string, err error)

// part is a part of the navigation.
type part string

// The parts of the navigation, in their order.
const (
	partLab          part = "Lab"
	partDuo          part = "Duo"
	partSecureAccess part = "Secure Access"
)

// views are all pages, in the order of the navigation.
var views = []view{
	viewGuide, viewWire, viewExchange, viewWeather, viewDryRun, viewOne, viewProfile, viewJudge,
	viewUsers, viewNewUser, viewUser, viewImport, viewGroups, viewGroup,
	viewApplications, viewCatalog, viewProvisioning, viewSSO, viewActivity, viewDetails, viewAdmin,
	viewPeople, viewConfiguration, viewIntegrate, viewToken,
}

// link is an entry of the navigation.
type link struct {
	Path, Label string
	Here        bool
}

// section is a part of the navigation with its entries.
type section struct {
	Part  part
	ID    string // of the heading
	Links []link
}

// navigation is what leads from a page to the others.
func navigation(here view) []section {
	at := here.under
	if at == "" {
		at = here.path
	}
	var sections []section
	for _, p := range []part{partLab, partDuo, partSecureAccess} {
		s := section{Part: p, ID: "nav-" + strings.ReplaceAll(strings.ToLower(string(p)), " ", "-")}
		for _, v := range views {
			if v.part != p {
				continue
			}
			label := v.label
			if label == "" {
				label = v.title
			}
			s.Links = append(s.Links, link{pathOf(v), label, v.path == at})
		}
		sections = append(sections, s)
	}
	return sections
}

// pathOf is the address of a view without wildcards.
func pathOf(v view) string {
	if v.path == "/{$}" {
		return "/"
	}
	return v.path
}
