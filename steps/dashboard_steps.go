package steps

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// The steps of the Secure Access dashboard. Only the embedded target has one.

func (w *world) noDirectoryYet() (err error) {
	w.conn.dashboard, err = secureaccess.New(secureaccess.Config{})
	return err
}

func (w *world) integrateDirectory(name, idp string) error {
	w.conn.directory, w.refusal = w.conn.dashboard.IntegrateDirectory(name, secureaccess.IdP(idp))
	return nil
}

func (w *world) generateItsToken() error {
	if w.refusal != nil {
		return w.mismatchOf("integrate the directory", w.refusal)
	}
	w.tokens["generated"], w.refusal = w.conn.directory.GenerateToken()
	return nil
}

func (w *world) generateTokenAgain() error {
	token, err := w.conn.directory.GenerateToken()
	w.tokens["old"], w.tokens["new"] = w.conn.token, token
	return err
}

func (w *world) aSecondDirectory() error {
	w.tokens["second"] = w.conn.secondToken
	return nil
}

func (w *world) theSecondDirectoryHas(ctx context.Context, users, groups int) error {
	c := w.client(w.conn.behind, w.tokens["second"], w.judgeWire)
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

func (w *world) tenIntegratedDirectories() error {
	for i := 2; i < 10; i++ { // the guide's own and another one are there already
		if _, err := w.conn.dashboard.IntegrateDirectory(fmt.Sprintf("Directory %d", i), secureaccess.Duo); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) secureAccessTakesAtMost(groups int) error {
	return w.openEmbedded(secureaccess.Config{GroupLimit: groups})
}

func (w *world) showsURLAndToken() error {
	if w.refusal != nil {
		return w.mismatchOf("integrate the directory", w.refusal)
	}
	url := w.conn.dashboard.ProvisioningURL("https://api.sse.cisco.com")
	if err := w.expect("the provisioning URL", "https://api.sse.cisco.com/identity/v2/scim", url); err != nil {
		return err
	}
	return w.expectThat(len(w.tokens["generated"]) >= 20, "the generated token", "at least 20 characters", strconv.Itoa(len(w.tokens["generated"])))
}

func (w *world) secureAccessRefuses(because string) error {
	if w.refusal == nil {
		return w.expect("integrating the directory", "a refusal with "+because, "accepted")
	}
	return w.expectThat(strings.Contains(w.refusal.Error(), because), "the refusal", because, w.refusal.Error())
}

// sameProvisioningURL asks the URL of the first directory with both tokens.
func (w *world) sameProvisioningURL(ctx context.Context) error {
	for _, token := range []string{w.conn.token, w.tokens["second"]} {
		if err := w.listUsers(ctx, token); err != nil {
			return err
		}
		if err := w.theAnswerIsOneOf("200"); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) theSecondTokenFindsNoUser(ctx context.Context, name string) error {
	userName, err := w.userName(name)
	if err != nil {
		return err
	}
	found, err := w.find(ctx, w.client(w.conn.behind, w.tokens["second"], w.judgeWire), "Users", "userName", userName)
	if err != nil {
		return err
	}
	return w.expect("users found with the second token", 0, len(found))
}

// page is the rows of one of the two pages, for one directory or, with "", all.
func (w *world) page(which, directory string) [][]string {
	query := secureaccess.ViewQuery{Directory: directory}
	var rows [][]string
	if which == "Users" {
		for _, r := range w.conn.dashboard.Users(query) {
			rows = append(rows, []string{r.Name, r.RiskAlerts, r.UPN, r.AuthProperty, r.Source, r.Directory})
		}
		return rows
	}
	for _, r := range w.conn.dashboard.Groups(query) {
		rows = append(rows, []string{r.Name, r.Type, r.Source, r.Directory})
	}
	return rows
}

func (w *world) thePageShows(which string, table *godog.Table) error {
	rows := w.page(which, "")
	if err := w.expect("rows of the page "+which, len(table.Rows)-1, len(rows)); err != nil {
		return err
	}
	for i, row := range table.Rows[1:] {
		for j, cell := range row.Cells {
			want, err := w.cell(cell.Value)
			if err != nil {
				return err
			}
			if err := w.expect(fmt.Sprintf("the page %s, %s", which, table.Rows[0].Cells[j].Value), want, rows[i][j]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *world) thePageShowsCounts(which string, shown, all int, directory string) error {
	if err := w.expect("results for the directory "+directory, shown, len(w.page(which, directory))); err != nil {
		return err
	}
	return w.expect("the count of the tab "+which, all, len(w.page(which, "")))
}

func (w *world) theUsersPageIsEmpty() error {
	return w.expect("rows of the page Users", 0, len(w.page("Users", "")))
}

// cell is what a table means: "Josue's Username" is that attribute of the
// person who plays Josue, a known group's name is its name at the target, and
// everything else is itself.
func (w *world) cell(text string) (string, error) {
	if name, label, ok := strings.Cut(text, "'s "); ok && !strings.Contains(name, " ") {
		user, err := w.user(name)
		if err != nil {
			return "", err
		}
		value, _ := user.Attribute(label)
		return value, nil
	}
	for _, g := range w.cast.guide.Groups {
		if g.Name == text {
			return w.groupName(text)
		}
	}
	return text, nil
}
