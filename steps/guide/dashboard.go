package guide

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// The steps of the Secure Access dashboard. Only the embedded target has one.

func (w *World) noDirectoryYet() (err error) {
	w.dashboard, err = secureaccess.New(secureaccess.Config{})
	return err
}

func (w *World) integrateDirectory(name, idp string) error {
	w.integrated, w.refusal = w.dashboard.IntegrateDirectory(name, secureaccess.IdP(idp))
	return nil
}

func (w *World) generateItsToken() error {
	if w.refusal != nil {
		return w.mismatchOf("integrate the directory", w.refusal)
	}
	w.tokens["generated"], w.refusal = w.integrated.GenerateToken()
	return nil
}

func (w *World) generateTokenAgain() error {
	token, err := w.integrated.GenerateToken()
	w.tokens["old"], w.tokens["new"] = w.Conn.Token, token
	return err
}

func (w *World) aSecondDirectory() error {
	w.tokens["second"] = w.Conn.SecondToken
	return nil
}

func (w *World) theSecondDirectoryHas(ctx context.Context, users, groups int) error {
	c := w.ClientAt(w.Conn.URL, w.tokens["second"])
	for i := range users {
		if err := w.create(ctx, c, "Users", scim.UserURN, "userName", fmt.Sprintf("other%d@example.com", i)); err != nil {
			return err
		}
	}
	for i := range groups {
		if err := w.create(ctx, c, "Groups", scim.GroupURN, "displayName", fmt.Sprintf("Other %d", i)); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) tenIntegratedDirectories() error {
	for i := 2; i < 10; i++ { // the guide's own and another one are there already
		if _, err := w.dashboard.IntegrateDirectory(fmt.Sprintf("Directory %d", i), secureaccess.Duo); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) secureAccessTakesAtMost(groups int) error {
	return w.openEmbedded(secureaccess.Config{GroupLimit: groups})
}

func (w *World) showsURLAndToken() error {
	if w.refusal != nil {
		return w.mismatchOf("integrate the directory", w.refusal)
	}
	url := w.dashboard.ProvisioningURL("https://api.sse.cisco.com")
	if err := w.Expect("the provisioning URL", "https://api.sse.cisco.com/identity/v2/scim", url); err != nil {
		return err
	}
	return w.ExpectThat(len(w.tokens["generated"]) >= 20, "the generated token", "at least 20 characters", strconv.Itoa(len(w.tokens["generated"])))
}

func (w *World) secureAccessRefuses(because string) error {
	if w.refusal == nil {
		return w.Expect("integrating the directory", "a refusal with "+because, "accepted")
	}
	return w.ExpectThat(strings.Contains(w.refusal.Error(), because), "the refusal", because, w.refusal.Error())
}

// sameProvisioningURL asks the URL of the first directory with both tokens.
func (w *World) sameProvisioningURL(ctx context.Context) error {
	for _, token := range []string{w.Conn.Token, w.tokens["second"]} {
		if err := w.listUsers(ctx, token); err != nil {
			return err
		}
		if err := w.ExpectOneOf("200"); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) theSecondTokenFindsNoUser(ctx context.Context, name string) error {
	userName, err := w.userName(name)
	if err != nil {
		return err
	}
	found, err := w.Find(ctx, w.ClientAt(w.Conn.URL, w.tokens["second"]), "Users", "userName", userName)
	if err != nil {
		return err
	}
	return w.Expect("users found with the second token", 0, len(found))
}

// page is the rows of one of the two pages, for one directory or, with "", all.
func (w *World) page(which, directory string) [][]string {
	query := secureaccess.ViewQuery{Directory: directory}
	var rows [][]string
	if which == "Users" {
		for _, r := range w.dashboard.Users(query) {
			rows = append(rows, []string{r.Name, r.RiskAlerts, r.UPN, r.AuthProperty, r.Source, r.Directory})
		}
		return rows
	}
	for _, r := range w.dashboard.Groups(query) {
		rows = append(rows, []string{r.Name, r.Type, r.Source, r.Directory})
	}
	return rows
}

func (w *World) thePageShows(which string, table *messages.PickleTable) error {
	rows := w.page(which, "")
	if err := w.Expect("rows of the page "+which, len(table.Rows)-1, len(rows)); err != nil {
		return err
	}
	for i, row := range table.Rows[1:] {
		for j, cell := range row.Cells {
			want, err := w.cell(cell.Value)
			if err != nil {
				return err
			}
			if err := w.Expect(fmt.Sprintf("the page %s, %s", which, table.Rows[0].Cells[j].Value), want, rows[i][j]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *World) thePageShowsCounts(which string, shown, all int, directory string) error {
	if err := w.Expect("results for the directory "+directory, shown, len(w.page(which, directory))); err != nil {
		return err
	}
	return w.Expect("the count of the tab "+which, all, len(w.page(which, "")))
}

func (w *World) theUsersPageIsEmpty() error {
	return w.Expect("rows of the page Users", 0, len(w.page("Users", "")))
}

// cell is what a table means: "Josue's Username" is that attribute of the
// person who plays Josue, a known group's name is its name at the target, and
// everything else is itself.
func (w *World) cell(text string) (string, error) {
	if name, label, ok := strings.Cut(text, "'s "); ok && !strings.Contains(name, " ") {
		user, err := w.user(name)
		if err != nil {
			return "", err
		}
		value, _ := user.Attribute(label)
		return value, nil
	}
	for _, g := range w.roles.guide.Groups {
		if g.Name == text {
			return w.groupName(text)
		}
	}
	return text, nil
}
