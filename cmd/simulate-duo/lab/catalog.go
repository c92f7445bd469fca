package lab

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// offer is an application in Duo's catalog.
type offer struct {
	ID       duo.ApplicationType
	Title    string // in the catalog
	Name     string // of the application when it was added
	Verified bool   // with the badge "Duo Verified"
	About    string
}

// catalog lists the applications with provisioning that are known by name (Cisco guide
// 225885, Cisco lab LTRCOL-2004), and the custom one.
var catalog = []offer{
	{duo.CiscoSecureAccess, "Cisco Secure Access", "Cisco Secure Access - Single Sign-On", true, "SAML single sign-on, provisioning"},
	{duo.CiscoWebex, "Cisco Webex (with Control Hub)", "Cisco Webex (with Control Hub) - Single Sign-On", true, "SAML single sign-on, provisioning"},
	{duo.Generic, "Generic SAML Service Provider", "Generic SAML Service Provider - Single Sign-On", false, "For an application that is not in the catalog, such as your own"},
}

// offers are those whose title contains the text in any case.
func offers(text string) []offer {
	var found []offer
	for _, o := range catalog {
		if strings.Contains(strings.ToLower(o.Title), strings.ToLower(strings.TrimSpace(text))) {
			found = append(found, o)
		}
	}
	return found
}

func offerOf(id duo.ApplicationType) (offer, bool) {
	for _, o := range catalog {
		if o.ID == id {
			return o, true
		}
	}
	return offer{}, false
}

// usual is the Duo attribute that a new row of the mapping begins with. Cisco guide
// 225885 shows these; where it shows none, the most alike is assumed.
var usual = map[string]string{
	"userName": directory.Username, "displayName": directory.DisplayName, "emails": directory.Email,
	"name.familyName": directory.LastName, "name.givenName": directory.FirstName,
	"name.formatted": directory.DisplayName, "nickName": directory.DisplayName,
}

// usualRow is a new row of the mapping: with the usual attribute, or one of the labels
// that is called alike ("Department" for department), or the Username.
func usualRow(application string, labels []string) duo.Row {
	label, ok := usual[application]
	if i := slices.IndexFunc(labels, func(l string) bool { return strings.EqualFold(strings.ReplaceAll(l, " ", ""), application) }); !ok && i >= 0 {
		label, ok = labels[i], true
	}
	if !ok {
		label = directory.Username
	}
	return duo.Row{Duo: label, Application: application}
}
