package lab

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// applicationRoutes are about the application and its settings.
var applicationRoutes = []route{
	{"PUT", "/api/application", nil, saveApplication},
	{"DELETE", "/api/application", nil, func(l *Lab, _ *http.Request) (any, error) { return nil, l.RemoveApplication() }},
	{"POST", "/api/application/connect", nil, func(l *Lab, _ *http.Request) (any, error) { return l.Connect() }},
}

// guideDirectory is what the guide calls the directory of Secure Access; guideAttributes
// are what it maps.
const guideDirectory = "DUO Integration"

var guideAttributes = []string{"userName", "displayName", "emails", "name.familyName", "name.givenName"}

// settingsJSON are the settings of the Provisioning tab. What is left out is as in the
// guide: Cisco Secure Access, its five attributes, all groups, deactivate.
type settingsJSON struct {
	Application    duo.ApplicationType `json:"application"`
	BaseURL        string              `json:"base_url"` // "" for the other side of the lab
	Token          string              `json:"token"`    // "" for the one that is there, or a new one of the simulated Secure Access
	Attributes     []string            `json:"attributes"`
	Groups         []string            `json:"groups"` // keys or names
	ExcludeGroups  bool                `json:"exclude_group_information"`
	Deprovisioning duo.Deprovisioning  `json:"deprovisioning"`
}

// saveApplication does the guide's part in Duo at once: add the application, enter the
// settings, press Save. It answers what the first cycle came to.
func saveApplication(l *Lab, r *http.Request) (any, error) {
	var s settingsJSON
	if err := readOptional(r, &s); err != nil {
		return nil, err
	}
	if err := l.enter(s); err != nil {
		return nil, err
	}
	sum, err := l.Save()
	return summaryJSON{sum.String(), sum.Failed()}, err
}

// enter fills in the Provisioning tab.
func (l *Lab) enter(s settingsJSON) error {
	groups, err := l.groupKeys(s.Groups)
	if err != nil {
		return err
	}
	kind := cmp.Or(s.Application, duo.CiscoSecureAccess)
	switch a := l.application(); {
	case a == nil:
		if err := l.AddApplication(kind); err != nil {
			return err
		}
	case s.Application != "" && a.draft.Type != kind:
		return fmt.Errorf("application: there is %q already: DELETE /api/application removes it", a.draft.Type)
	}
	if err := l.enterConnection(s); err != nil {
		return err
	}
	attributes := s.Attributes
	if attributes == nil {
		attributes = guideAttributes
	}
	if err := checkAttributes(l.application().draft.Type, attributes); err != nil {
		return err
	}
	labels := l.Directory().AttributeLabels()
	return l.Change(func(a *duo.Application) {
		chooseRows(a, attributes, labels)
		a.Groups = duo.GroupSelection{Select: groups, ExcludeGroupInformation: s.ExcludeGroups}
		a.Deprovisioning = cmp.Or(s.Deprovisioning, duo.Deactivate)
	})
}

func checkAttributes(of duo.ApplicationType, attributes []string) error {
	known := of.Attributes()
	for _, a := range attributes {
		if !slices.Contains(known, a) {
			return fmt.Errorf("attributes: %s has no %q: %s", of, a, schemas.Suggestion(a, known))
		}
	}
	return nil
}

// groupKeys are the keys of groups, by key or name; nil means all groups.
func (l *Lab) groupKeys(named []string) ([]string, error) {
	var keys []string
	for _, g := range l.Directory().Groups {
		if named == nil {
			keys = append(keys, g.Key)
		}
	}
	for _, name := range named {
		g, ok := l.Directory().Group(name)
		if !ok {
			return nil, fmt.Errorf("groups: there is no group %q in Duo", name)
		}
		keys = append(keys, g.Key)
	}
	return keys, nil
}

// enterConnection fills in Base URL and Token.
func (l *Lab) enterConnection(s settingsJSON) error {
	link := l.application().link
	base := cmp.Or(s.BaseURL, link.BaseURL, l.side.url)
	if s.Token != "" || link.token != "" && base == link.BaseURL {
		return l.Authenticate(base, s.Token)
	}
	if l.side.server == nil || base != l.side.url {
		return errors.New("token: it is missing, and only the simulated Secure Access of the lab can generate one")
	}
	token, err := l.tokenOfGuide()
	if err != nil {
		return err
	}
	return l.Authenticate(base, token)
}

// tokenOfGuide generates a token for the directory of the guide, integrated first if it is
// not there.
func (l *Lab) tokenOfGuide() (string, error) {
	all := l.side.server.Directories()
	i := slices.IndexFunc(all, func(d *secureaccess.Directory) bool { return d.IdP() == secureaccess.Duo })
	if i >= 0 {
		return l.generateToken(all[i])
	}
	d, err := l.side.server.IntegrateDirectory(guideDirectory, secureaccess.Duo)
	if err != nil {
		return "", err
	}
	l.changed(eventSecureAccess, "integrated the directory %s", d.Name())
	return l.generateToken(d)
}
