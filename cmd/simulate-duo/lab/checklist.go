package lab

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// step is a step of the guide.
type step struct {
	ID     string // for tests and the API
	Text   string // what to do, in the words of the guide
	Link   string // where
	Target bool   // it is done also where the other side is at a URL
	Way    bool   // it leads to the next one: who has done that has done this
	done   func(l *Lab) bool
}

// chapter is a part of the guide.
type chapter struct {
	Title string
	steps []step
}

// opened is a step that is done by opening a page.
func opened(path string) func(*Lab) bool {
	return func(l *Lab) bool { return !l.done[path].IsZero() }
}

// guide is Cisco guide 225885, "Provision Users and Groups to Secure Access via DUO", as
// a list of what there is to do. The functions are called with the lab's lock held.
var guide = []chapter{
	{"Configure Cisco Secure Access", []step{
		{"csa-people", "Navigate to Connect > Users, Groups and Endpoint Devices.", pathPeople, false, true, opened(pathPeople)},
		{"csa-configuration", "Click Configuration management.", pathConfiguration, false, true, opened(pathConfiguration)},
		{"csa-integrate", "Click Integrate Directory.", pathIntegrate, false, true, opened(pathIntegrate)},
		{"csa-directory", "Under Provision Method click Identity Provider, name the directory “DUO Integration”, choose the Identity Provider (IdP) Duo, and click Next.", pathIntegrate, false, false, hasDirectory},
		{"csa-token", "Click Generate token. Save the generated token and the provisioning URL, then click Done.", pathConfiguration, false, false, hasToken},
	}},
	{"Configure Provisioning in Cisco DUO", []step{
		{"duo-applications", "Navigate to Applications > Applications.", pathApplications, true, true, opened(pathApplications)},
		{"duo-catalog", "Click Add application.", pathCatalog, true, true, opened(pathCatalog)},
		{"duo-add", "Look for Cisco Secure Access and click Add.", pathCatalog, true, false, func(l *Lab) bool { return l.app != nil }},
		{"duo-connect", "Click Provisioning. Enter the Base URL and the Token, and click Connect to application.", pathProvisioning, true, false, isConnected},
		{"duo-mapping", "Scroll down to Attribute mapping and map Username, Display Name, Email Address, Last Name and First Name, in this order.", pathProvisioning + "#mapping", true, false, isMapped},
		{"duo-groups", "Scroll down to Groups and select the group(s) to sync.", pathProvisioning + "#groups", true, false, hasGroups},
		{"duo-save", "Choose what happens to users who leave, and click Save.", pathProvisioning + "#save", true, false, func(l *Lab) bool { return l.status.Enabled }},
	}},
	{"Verify in Cisco Secure Access", []step{
		{"csa-users", "Navigate to Connect > Users, Groups and Endpoint Devices and click Users.", pathPeople + "?tab=users", true, false, afterSave(pageUsers)},
		{"csa-groups", "Click Groups and Organizational Units.", pathPeople + "?tab=groups", true, false, afterSave(pageGroups)},
	}},
	{"Verify in DUO", []step{
		{"duo-log", "Navigate to Reports > Activity Log.", pathActivity, true, false, afterSave(pathActivity)},
		{"duo-filter", "Filter based on the name of the Application.", pathActivity, true, false, afterSave(pageFiltered)},
	}},
}

// What counts as a page of its own in the guide: a tab, or a page with a filter.
const (
	pageUsers    = "people, tab users"
	pageGroups   = "people, tab groups"
	pageFiltered = "activity, of one application"
	pageSaved    = "saved"
)

func hasDirectory(l *Lab) bool { return l.side.server != nil && len(l.side.server.Directories()) > 0 }

func hasToken(l *Lab) bool {
	if l.side.server == nil {
		return false
	}
	for _, d := range l.side.server.Directories() {
		if d.HasToken() {
			return true
		}
	}
	return false
}

func isConnected(l *Lab) bool { return l.app != nil && l.app.link.Test != nil && l.app.link.Test.OK }

func isMapped(l *Lab) bool {
	if l.app == nil || len(l.app.draft.Mapping) < len(guideAttributes) {
		return false
	}
	for i, name := range guideAttributes {
		if row := l.app.draft.Mapping[i]; row != usualRow(name, nil) {
			return false
		}
	}
	return true
}

func hasGroups(l *Lab) bool {
	if l.app == nil {
		return false
	}
	g := l.app.draft.Groups
	return len(g.Select) > 0 || g.Use == duo.SSOAccess && len(l.app.draft.SSOAccess) > 0
}

// afterSave is a page that was opened after the settings were saved.
func afterSave(page string) func(*Lab) bool {
	return func(l *Lab) bool {
		saved := l.done[pageSaved]
		return !saved.IsZero() && l.done[page].After(saved)
	}
}

// refreshHeader marks requests of the script, which are no clicks.
const refreshHeader = "X-Lab-Refresh"

// visit notes that somebody opened a page.
func (l *Lab) visit(r *http.Request, page string) {
	if r.Header.Get(refreshHeader) == "" {
		l.reached(page)
	}
}

// reached notes a point of the guide.
func (l *Lab) reached(page string) {
	l.mu.Lock()
	_, before := l.done[page]
	l.done[page] = l.Now()
	l.mu.Unlock()
	if !before {
		l.changed(eventGuide, "reached %s", page)
	}
}

// progress is how far the guide has been followed.
type progress struct {
	Chapters []chapterDone
	Done     int
	Total    int
	Next     *stepDone // the first step that is not done; nil after the last
}

// chapterDone is a part of the guide with what has been done of it.
type chapterDone struct {
	Title string
	Steps []stepDone
}

// stepDone is a step of the guide and whether it has been done.
type stepDone struct {
	step
	Number int
	Done   bool
}

// progress says which steps of the guide have been done.
func (l *Lab) progress() progress {
	l.mu.Lock()
	defer l.mu.Unlock()
	var p progress
	for _, c := range guide {
		chapter := chapterDone{Title: c.Title}
		for _, s := range c.steps {
			if l.side.server != nil || s.Target {
				chapter.Steps = append(chapter.Steps, stepDone{step: s, Done: s.done(l)})
			}
		}
		p.add(chapter)
	}
	return p
}

// add counts a chapter. A step that leads to one that is done is done, too.
func (p *progress) add(c chapterDone) {
	if len(c.Steps) == 0 {
		return
	}
	for i := len(c.Steps) - 2; i >= 0; i-- {
		c.Steps[i].Done = c.Steps[i].Done || c.Steps[i].Way && c.Steps[i+1].Done
	}
	for i := range c.Steps {
		p.Total++
		c.Steps[i].Number = p.Total
		if c.Steps[i].Done {
			p.Done++
		} else if p.Next == nil {
			p.Next = &c.Steps[i]
		}
	}
	p.Chapters = append(p.Chapters, c)
}
