package duo

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// WriteCSV writes the log as the page shows it, newest first, with the second
// lines of the cells as columns of their own. The button "Export" is known
// (Cisco guide 225885), its formats are not: this one is the simulator's.
//
// A cell that a spreadsheet would run as a formula is preceded by an apostrophe.
func (l *Log) WriteCSV(w io.Writer, zone *time.Location) error {
	v := l.View(zone)
	c := csv.NewWriter(w)
	records := [][]string{{v.Header[0], "Action", "Actor", "Actor type", "Affected", "Affected type", "Application", "Access device", "Log details"}}
	for _, r := range v.Rows {
		records = append(records, []string{
			r.Timestamp, r.Action, r.Actor, string(r.ActorType), r.Affected, string(r.AffectedType), r.Application, r.AccessDevice, r.Details,
		})
	}
	for _, record := range records {
		for i := range record {
			record[i] = harmless(record[i])
		}
	}
	return c.WriteAll(records)
}

// harmless keeps a spreadsheet from taking a cell for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

// WriteJSON writes the log in the envelope of the Admin API's
// GET /admin/v2/logs/activity, oldest first as with sort=ts:asc, which log
// collectors ask for (duo_client_python, elastic/integrations). next_offset is
// null: it is all one page.
func (l *Log) WriteJSON(w io.Writer) error {
	entries := l.Entries()
	slices.Reverse(entries)
	items := make([]any, len(entries))
	for i, e := range entries {
		items[i] = e.Item()
	}
	total := scim.NewObject(
		member("relation", "eq"),
		member("value", json.Number(strconv.Itoa(len(items)))),
	)
	text, err := scim.NewObject(
		member("stat", "OK"),
		member("response", scim.NewObject(
			member("items", items),
			member("metadata", scim.NewObject(
				member("next_offset", nil),
				member("total_objects", total),
			)),
		)),
	).MarshalJSON()
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}
