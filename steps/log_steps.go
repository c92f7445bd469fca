package steps

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// The steps of Reports, Activity Log.

// entries is the log, newest first.
func (w *world) entries() []duo.Entry {
	return w.shownLog().Entries()
}

// shownLog is the log as the provisioner writes it.
func (w *world) shownLog() *duo.Log {
	if w.fault == nil || w.fault.Entry == nil {
		return w.log
	}
	shown := &duo.Log{}
	for _, e := range slices.Backward(w.log.Entries()) {
		if w.fault.Entry(&e, w.conn.token) {
			shown.Add(e)
		}
	}
	return shown
}

// affectedName is a name in a table as the log shows it.
func (w *world) affectedName(name string) (string, error) {
	if user, err := w.cast.user(name); err == nil {
		if mapped, err := w.userName(name); err == nil {
			return mapped, nil
		}
		return user.Username, nil // not provisioned for want of a userName
	}
	return w.cell(name)
}

func (w *world) theLogShows(order string, table *godog.Table) error {
	entries := w.entries()
	if order == "oldest" {
		slices.Reverse(entries)
	}
	if err := w.expect("entries of the Activity Log", len(table.Rows)-1, len(entries)); err != nil {
		return err
	}
	for i, row := range table.Rows[1:] {
		for j, cell := range row.Cells {
			column := table.Rows[0].Cells[j].Value
			want, err := w.affectedName(cell.Value)
			if err != nil {
				return err
			}
			if err := w.expect(fmt.Sprintf("row %d of the Activity Log, %s", i+1, column), want, columnOf(entries[i], column)); err != nil {
				return err
			}
		}
	}
	return nil
}

func columnOf(e duo.Entry, column string) string {
	row := e.Row(time.UTC)
	return map[string]string{
		"Action": row.Action, "Actor": row.Actor, "Actor type": string(row.ActorType),
		"Affected": row.Affected, "Affected type": string(row.AffectedType),
		"Application": row.Application, "Access device": row.AccessDevice,
	}[column]
}

func (w *world) theLogHasTheEntry(action, name string) error {
	affected, err := w.affectedName(name)
	if err != nil {
		return err
	}
	var got []string
	for _, e := range w.entries() {
		if e.Affected.Name == affected {
			got = append(got, e.Label().Text)
		}
	}
	return w.expectThat(slices.Contains(got, action), "log entries about "+name, action, strings.Join(got, ", "))
}

func (w *world) theLogTellsAFailure(name string) error {
	affected, err := w.affectedName(name)
	if err != nil {
		return err
	}
	var got []string
	for _, e := range w.failures() {
		if e.Affected.Name == affected {
			w.failureText = failureText(e)
			w.assertions++
			return nil
		}
		got = append(got, e.Affected.Name)
	}
	return w.expect("failures in the Activity Log", "one about "+affected, strings.Join(got, ", "))
}

func (w *world) theLogTellsNoFailure() error {
	if len(w.entries()) == 0 {
		return w.expect("entries of the Activity Log", "some", "none")
	}
	failed := w.failures()
	if len(failed) == 0 {
		w.assertions++
		return nil
	}
	return w.expect("failures in the Activity Log", "none", failureText(failed[0]))
}

func failureText(e duo.Entry) string {
	details, err := e.Details.MarshalJSON()
	if err != nil {
		return err.Error()
	}
	return e.Label().Text + " (" + e.Affected.Name + "): " + string(details)
}

func (w *world) theFailureMentions(text string) error {
	return w.expectThat(strings.Contains(w.failureText, text), "the details of the failure", text, w.failureText)
}

func (w *world) theTokenAppearsNowhere() error {
	var text bytes.Buffer
	if err := w.shownLog().WriteJSON(&text); err != nil {
		return err
	}
	fmt.Fprintln(&text, said(w.duoErr))
	if len(w.entries()) == 0 {
		return w.expect("entries of the Activity Log", "some", "none")
	}
	return w.expectThat(!strings.Contains(text.String(), w.conn.token), "the token in the Activity Log", "nowhere", "there")
}

func (w *world) anotherApplication(name string) error {
	w.log.Add(duo.Entry{
		ID: "other", Time: w.run.options.Now(), Action: duo.ProvisioningEnabled,
		Actor:       duo.Party{Name: administrator, Type: duo.Administrator},
		Affected:    duo.Party{Name: name, Type: duo.OutboundSync},
		Application: duo.Party{Name: name},
		Details:     scim.NewObject(),
	})
	return nil
}

func (w *world) filteredByApplication(name string, n int) error {
	return w.expect("entries of the application "+name, n, w.shownLog().Filter(name).Len())
}

func (w *world) searchedFor(text string, n int) error {
	return w.expect("entries found by "+text, n, w.shownLog().Search(text).Len())
}

func (w *world) exportedAs(format string, n int) error {
	var out bytes.Buffer
	if format == "CSV" {
		if err := w.shownLog().WriteCSV(&out, time.UTC); err != nil {
			return err
		}
		records, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			return err
		}
		return w.expect("rows of the CSV file below its header", n, len(records)-1)
	}
	if err := w.shownLog().WriteJSON(&out); err != nil {
		return err
	}
	envelope, err := scim.ParseObject(out.Bytes())
	if err != nil {
		return err
	}
	return w.expect("items of the JSON file", n, len(envelope.Object("response").Array("items")))
}

var apiTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$`)

func (w *world) everyEntryHasTheShape() error {
	for _, e := range w.entries() {
		item := e.Item()
		if err := w.expectThat(apiTime.MatchString(item.String("ts")), "ts", "microseconds and +00:00", item.String("ts")); err != nil {
			return err
		}
		details, _ := item.Object("action").Get("details")
		text, isText := details.(string)
		valid := details == nil || isText && json.Valid([]byte(text))
		if err := w.expectThat(valid, "action.details", "null or JSON in a string", fmt.Sprint(details)); err != nil {
			return err
		}
		if err := w.expect("outcome.result", "SUCCESS", item.Object("outcome").String("result")); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) onlyTheseLabels(table *godog.Table) error {
	var want, got []string
	for _, row := range table.Rows {
		want = append(want, row.Cells[0].Value)
	}
	for _, l := range duo.Labels {
		if !l.Assumed {
			got = append(got, l.Text)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	return w.expect("labels that are not assumed", strings.Join(want, ", "), strings.Join(got, ", "))
}

func (w *world) theLastEntryIsAssumed(name string) error {
	affected, err := w.affectedName(name)
	if err != nil {
		return err
	}
	for _, e := range w.entries() {
		if e.Affected.Name == affected {
			return w.expect("the label "+e.Label().Text+" is marked as assumed", true, e.Row(time.UTC).Assumed)
		}
	}
	return w.expect("log entries about "+name, "at least one", "none")
}

func (w *world) theFirstColumnIs(want, zone string) error {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return err
	}
	return w.expect("the header of the first column", want, w.shownLog().View(location).Header[0])
}

// logRows is the log as the report shows it, oldest first.
func logRows(entries []duo.Entry) []report.LogRow {
	rows := make([]report.LogRow, 0, len(entries))
	for _, e := range entries {
		row := e.Row(time.UTC)
		rows = append(rows, report.LogRow{
			Timestamp: e.Time.UTC(), Action: row.Action,
			Actor: row.Actor, ActorType: string(row.ActorType),
			Affected: row.Affected, AffectedType: string(row.AffectedType),
			Application: row.Application, AccessDevice: row.AccessDevice,
			Details: row.Details,
		})
	}
	return rows
}
