package guide

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of Reports, Activity Log.

// Entries is the log, newest first.
func (w *World) Entries() []duo.Entry { return w.log.Entries() }

// affectedName is a name in a table as the log shows it.
func (w *World) affectedName(name string) (string, error) {
	if user, err := w.roles.user(name); err == nil {
		if mapped, err := w.userName(name); err == nil {
			return mapped, nil
		}
		return user.Username, nil // not provisioned for want of a userName
	}
	return w.cell(name)
}

func (w *World) theLogShows(order string, table *messages.PickleTable) error {
	entries := w.Entries()
	if order == "oldest" {
		slices.Reverse(entries)
	}
	if err := w.Expect("entries of the Activity Log", len(table.Rows)-1, len(entries)); err != nil {
		return err
	}
	for i, row := range table.Rows[1:] {
		for j, cell := range row.Cells {
			column := table.Rows[0].Cells[j].Value
			want, err := w.affectedName(cell.Value)
			if err != nil {
				return err
			}
			if err := w.Expect(fmt.Sprintf("row %d of the Activity Log, %s", i+1, column), want, columnOf(entries[i], column)); err != nil {
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

func (w *World) theLogHasTheEntry(action, name string) error {
	affected, err := w.affectedName(name)
	if err != nil {
		return err
	}
	var got []string
	for _, e := range w.Entries() {
		if e.Affected.Name == affected {
			got = append(got, e.Label().Text)
		}
	}
	return w.ExpectThat(slices.Contains(got, action), "log entries about "+name, action, strings.Join(got, ", "))
}

func (w *World) theLogTellsAFailure(name string) error {
	affected, err := w.affectedName(name)
	if err != nil {
		return err
	}
	var got []string
	for _, e := range w.failures() {
		if e.Affected.Name == affected {
			w.failureText = failureText(e)
			w.Asserted(1)
			return nil
		}
		got = append(got, e.Affected.Name)
	}
	return w.Expect("failures in the Activity Log", "one about "+affected, strings.Join(got, ", "))
}

func (w *World) theLogTellsNoFailure() error {
	if len(w.Entries()) == 0 {
		return w.Expect("entries of the Activity Log", "some", "none")
	}
	failed := w.failures()
	if len(failed) == 0 {
		w.Asserted(1)
		return nil
	}
	return w.Expect("failures in the Activity Log", "none", failureText(failed[0]))
}

func failureText(e duo.Entry) string {
	details, err := e.Details.MarshalJSON()
	if err != nil {
		return err.Error()
	}
	return e.Label().Text + " (" + e.Affected.Name + "): " + string(details)
}

func (w *World) theFailureMentions(text string) error {
	return w.ExpectThat(strings.Contains(w.failureText, text), "the details of the failure", text, w.failureText)
}

func (w *World) theTokenAppearsNowhere() error {
	var text bytes.Buffer
	if err := w.log.WriteJSON(&text); err != nil {
		return err
	}
	fmt.Fprintln(&text, said(w.duoErr))
	if len(w.Entries()) == 0 {
		return w.Expect("entries of the Activity Log", "some", "none")
	}
	if !judge.Telling(w.Conn.Token) {
		return &judge.Untested{Reason: "the token of this run is short or a common word: where it is found says nothing"}
	}
	return w.ExpectThat(!strings.Contains(text.String(), w.Conn.Token), "the token in the Activity Log", "nowhere", "there")
}

func (w *World) anotherApplication(name string) error {
	w.log.Add(duo.Entry{
		ID: "other", Time: w.Run.Now(), Action: duo.ProvisioningEnabled,
		Actor:       duo.Party{Name: administrator, Type: duo.Administrator},
		Affected:    duo.Party{Name: name, Type: duo.OutboundSync},
		Application: duo.Party{Name: name},
		Details:     scim.NewObject(),
	})
	return nil
}

func (w *World) filteredByApplication(name string, n int) error {
	return w.Expect("entries of the application "+name, n, w.log.Filter(name).Len())
}

func (w *World) searchedFor(text string, n int) error {
	return w.Expect("entries found by "+text, n, w.log.Search(text).Len())
}

func (w *World) exportedAs(format string, n int) error {
	var out bytes.Buffer
	if format == "CSV" {
		if err := w.log.WriteCSV(&out, time.UTC); err != nil {
			return err
		}
		records, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			return err
		}
		return w.Expect("rows of the CSV file below its header", n, len(records)-1)
	}
	if err := w.log.WriteJSON(&out); err != nil {
		return err
	}
	envelope, err := scim.ParseObject(out.Bytes())
	if err != nil {
		return err
	}
	return w.Expect("items of the JSON file", n, len(envelope.Object("response").Array("items")))
}

var apiTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$`)

func (w *World) everyEntryHasTheShape() error {
	for _, e := range w.Entries() {
		item := e.Item()
		if err := w.ExpectThat(apiTime.MatchString(item.String("ts")), "ts", "microseconds and +00:00", item.String("ts")); err != nil {
			return err
		}
		details, _ := item.Object("action").Get("details")
		text, isText := details.(string)
		valid := details == nil || isText && json.Valid([]byte(text))
		if err := w.ExpectThat(valid, "action.details", "null or JSON in a string", fmt.Sprint(details)); err != nil {
			return err
		}
		if err := w.Expect("outcome.result", "SUCCESS", item.Object("outcome").String("result")); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) onlyTheseLabels(table *messages.PickleTable) error {
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
	return w.Expect("labels that are not assumed", strings.Join(want, ", "), strings.Join(got, ", "))
}

func (w *World) theLastEntryIsAssumed(name string) error {
	affected, err := w.affectedName(name)
	if err != nil {
		return err
	}
	for _, e := range w.Entries() {
		if e.Affected.Name == affected {
			return w.Expect("the label "+e.Label().Text+" is marked as assumed", true, e.Row(time.UTC).Assumed)
		}
	}
	return w.Expect("log entries about "+name, "at least one", "none")
}

func (w *World) theFirstColumnIs(want, zone string) error {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return err
	}
	return w.Expect("the header of the first column", want, w.log.View(location).Header[0])
}
