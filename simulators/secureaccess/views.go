package secureaccess

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// UserRow is a row of the table under Connect > Users, Groups, and Endpoint
// Devices > Users. Columns as in Cisco guide 225885.
type UserRow struct {
	Name         string // displayName, else the parts of the name, else userName (assumed)
	RiskAlerts   string // always NoRiskAlerts
	UPN          string // userName (inferred from the guide)
	AuthProperty string // authName, else the UPN (inferred from the guide)
	Source       string // the label of the directory's identity provider
	Directory    string
}

// GroupRow is a row of the table under Groups and Organizational Units on the
// same page. Columns as in Cisco guide 225885.
type GroupRow struct {
	Name      string // displayName
	Type      string // always GroupType
	Source    string
	Directory string
}

// The values of two columns that provisioning does not fill (Cisco guide 225885).
const (
	NoRiskAlerts = "-"
	GroupType    = "Groups"
)

// ViewQuery chooses rows. An empty field chooses all.
type ViewQuery struct {
	Search    string // part of the name or the UPN, in any case
	Source    string // label of an identity provider
	Directory string // name of a directory
}

// Counts are the numbers on the tabs of the page, over all directories.
type Counts struct {
	Users, Groups int
}

// Users returns the rows of the users table, directory by directory in the order
// of their integration, and in each the users in the order of their creation
// (assumed). Deactivated users are among them (assumed).
func (s *Server) Users(query ViewQuery) []UserRow {
	var rows []UserRow
	for _, d := range s.chosen(query) {
		for _, user := range d.current().Snapshot("User") {
			row := d.userRow(user)
			if contains(row.Name, query.Search) || contains(row.UPN, query.Search) {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// Groups returns the rows of the groups table, in the same order as Users.
func (s *Server) Groups(query ViewQuery) []GroupRow {
	var rows []GroupRow
	for _, d := range s.chosen(query) {
		for _, group := range d.current().Snapshot("Group") {
			name := group.String("displayName")
			if contains(name, query.Search) {
				rows = append(rows, GroupRow{Name: name, Type: GroupType, Source: string(d.idp), Directory: d.name})
			}
		}
	}
	return rows
}

// Counts returns the number of users and of groups in the organization.
func (s *Server) Counts() Counts {
	var c Counts
	for _, d := range s.chosen(ViewQuery{}) {
		c.Users += d.current().Len("User")
		c.Groups += d.current().Len("Group")
	}
	return c
}

// chosen are the directories that a query is about.
func (s *Server) chosen(query ViewQuery) []*Directory {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var chosen []*Directory
	for _, d := range s.directories {
		if (query.Source == "" || query.Source == string(d.idp)) && (query.Directory == "" || query.Directory == d.name) {
			chosen = append(chosen, d)
		}
	}
	return chosen
}

func (d *Directory) userRow(user *scim.Object) UserRow {
	row := UserRowOf(user)
	row.Source, row.Directory = string(d.idp), d.name
	return row
}

// UserRowOf is how the table shows a SCIM user, without the columns Source and Directory.
func UserRowOf(user *scim.Object) UserRow {
	row := UserRow{
		Name:         nameOf(user),
		RiskAlerts:   NoRiskAlerts,
		UPN:          user.String("userName"),
		AuthProperty: user.Object(ExtensionURN).String("authName"),
	}
	if row.AuthProperty == "" {
		row.AuthProperty = row.UPN
	}
	return row
}

func nameOf(user *scim.Object) string {
	name := user.Object("name")
	parts := strings.TrimSpace(name.String("givenName") + " " + name.String("familyName"))
	for _, s := range []string{user.String("displayName"), name.String("formatted"), parts} {
		if s != "" {
			return s
		}
	}
	return user.String("userName")
}

func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
