package secureaccess_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

func TestAUserIsShownUnderTheBestNameThereIs(t *testing.T) {
	s := newServer(t, secureaccess.Config{})
	c := integrate(t, s, "d", secureaccess.Duo)
	for want, members := range map[string]string{
		"Display":     `"userName":"a","displayName":"Display","name":{"formatted":"Formatted"}`,
		"Formatted":   `"userName":"b","name":{"formatted":"Formatted","givenName":"Given"}`,
		"Given Names": `"userName":"c","name":{"givenName":"Given","familyName":"Names"}`,
		"Names":       `"userName":"d","name":{"familyName":"Names"}`,
		"user":        `"userName":"user","name":{"middleName":"M"}`,
	} {
		id := c.createUser(members)
		if rows := s.Users(secureaccess.ViewQuery{}); len(rows) != 1 || rows[0].Name != want {
			t.Errorf("want %q, got %+v", want, rows)
		}
		status, _ := c.do(http.MethodDelete, "/Users/"+id, "")
		expect(t, status, http.StatusNoContent)
	}
}

func TestADeactivatedUserStaysInTheTable(t *testing.T) {
	s := newServer(t, secureaccess.Config{})
	c := integrate(t, s, "d", secureaccess.Duo)
	id := c.createUser(`"userName":"u"`)
	status, _ := c.do(http.MethodPatch, "/Users/"+id, `{"schemas":["`+scim.PatchOpURN+`"],"Operations":[{"op":"replace","path":"active","value":false}]}`)
	expect(t, status, http.StatusOK)
	if rows := s.Users(secureaccess.ViewQuery{}); len(rows) != 1 {
		t.Errorf("rows: %+v", rows)
	}
}

func TestTheTablesCanBeSearchedAndNarrowed(t *testing.T) {
	s := newServer(t, secureaccess.Config{})
	duo, okta := integrate(t, s, "DUO Integration", secureaccess.Duo), integrate(t, s, "Okta Integration", secureaccess.Okta)
	duo.createUser(`"userName":"anna@example.com","displayName":"Anna"`)
	duo.createUser(`"userName":"bert@example.com","displayName":"Bert"`)
	okta.createUser(`"userName":"anna@example.org","displayName":"Änne"`)
	duo.createGroup(`"displayName":"Staff"`)
	okta.createGroup(`"displayName":"Staff and Guests"`)
	for _, test := range []struct {
		query         secureaccess.ViewQuery
		users, groups string
	}{
		{secureaccess.ViewQuery{}, "anna@example.com bert@example.com anna@example.org", "Staff,Staff and Guests"},
		{secureaccess.ViewQuery{Source: "Duo"}, "anna@example.com bert@example.com", "Staff"},
		{secureaccess.ViewQuery{Directory: "Okta Integration"}, "anna@example.org", "Staff and Guests"},
		{secureaccess.ViewQuery{Source: "Duo", Directory: "Okta Integration"}, "", ""},
		{secureaccess.ViewQuery{Search: "ANNA"}, "anna@example.com anna@example.org", ""},
		{secureaccess.ViewQuery{Search: "äNN"}, "anna@example.org", ""},
		{secureaccess.ViewQuery{Search: "guest", Source: "Okta"}, "", "Staff and Guests"},
	} {
		var users, groups []string
		for _, row := range s.Users(test.query) {
			users = append(users, row.UPN)
		}
		for _, row := range s.Groups(test.query) {
			groups = append(groups, row.Name)
		}
		if got := strings.Join(users, " "); got != test.users {
			t.Errorf("%+v: users %q, want %q", test.query, got, test.users)
		}
		if got := strings.Join(groups, ","); got != test.groups {
			t.Errorf("%+v: groups %q, want %q", test.query, got, test.groups)
		}
	}
}
