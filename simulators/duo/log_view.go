package duo

import (
	"time"
)

// NoDevice is what the column "Access device" shows for what no device did
// (Cisco guide 225885).
const NoDevice = "—"

// View is the Activity Log page: a header and rows, newest first.
type View struct {
	Header []string
	Rows   []LogRow
}

// LogRow is one row of the page. Cells of two lines are two fields.
type LogRow struct {
	Timestamp    string // "03:11:57 PM Mar 18, 2026" in the view's zone
	Action       string
	Actor        string
	ActorType    PartyType
	Affected     string
	AffectedType PartyType
	Application  string
	AccessDevice string
	Details      string // JSON; "" where there is nothing to tell
	Failed       bool
	Assumed      bool // the text of Action is the simulator's own
}

// timestampLayout is the page's, as seen in Cisco guide 225885.
const timestampLayout = "03:04:05 PM Jan 2, 2006"

// View shows the log in a time zone, which the first column's header names by
// its abbreviation at the newest entry (an empty log, by its name).
func (l *Log) View(zone *time.Location) View {
	entries := l.Entries()
	abbreviation := zone.String()
	if len(entries) > 0 {
		abbreviation, _ = entries[0].Time.In(zone).Zone()
	}
	v := View{Header: []string{
		"Timestamp (" + abbreviation + ")", "Action", "Actor", "Affected", "Application", "Access device", "Log details",
	}}
	for _, e := range entries {
		v.Rows = append(v.Rows, e.Row(zone))
	}
	return v
}

// Row is the entry's row on the page, in a time zone.
func (e Entry) Row(zone *time.Location) LogRow {
	label := e.Label()
	return LogRow{
		Timestamp:    e.Time.In(zone).Format(timestampLayout),
		Action:       label.Text,
		Actor:        e.Actor.Name,
		ActorType:    e.Actor.Type,
		Affected:     e.Affected.Name,
		AffectedType: e.Affected.Type,
		Application:  e.Application.Name,
		AccessDevice: NoDevice,
		Details:      jsonText(e.Details),
		Failed:       label.Outcome == Failure,
		Assumed:      label.Assumed,
	}
}
