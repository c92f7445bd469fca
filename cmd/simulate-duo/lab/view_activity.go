package lab

import (
	"bytes"
	"net/http"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// viewActivity is Reports > Activity Log.
var viewActivity = view{
	path: pathActivity, template: "activity", title: "Activity Log", part: partDuo, label: "Reports > Activity Log", live: true,
	show: showActivity,
}

// activityPage is the log as the page shows it.
type activityPage struct {
	Header       []string
	Table        table[activityRow]
	Spans        []span
	Labels       []duo.Label // of the actions, for the filter
	Applications []string
	More         bool // there are more than maxEntries
}

// maxEntries is how many entries the page leads to; filters and the export find all.
const maxEntries = 1000

// activityRow is a row of the log with what leads to its details.
type activityRow struct {
	duo.LogRow
	ID string
}

func showActivity(l *Lab, r *http.Request) (any, error) {
	q := r.URL.Query()
	log, err := l.log(q, maxEntries+1)
	if err != nil {
		return nil, err
	}
	view, entries := log.View(time.Local), log.Entries()
	more := len(entries) > maxEntries
	if more {
		entries = entries[:maxEntries]
	}
	rows := make([]activityRow, len(entries))
	for i, e := range entries {
		rows[i] = activityRow{view.Rows[i], e.ID}
	}
	p := activityPage{Header: view.Header, Table: paged(rows, len(rows), q), Spans: spans, Labels: duo.Labels, More: more}
	if a := l.application(); a != nil {
		p.Applications = []string{a.draft.Name}
	}
	if q.Get("application") != "" || q.Get("q") != "" {
		l.visit(r, pageFiltered)
	}
	return p, nil
}

// viewDetails is what "View details" shows of an entry.
var viewDetails = view{
	path: "/duo/activity/{entry}", template: "details", title: "Log details", under: pathActivity,
	show: func(l *Lab, r *http.Request) (any, error) {
		e, ok, err := l.entry(r.PathValue("entry"))
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, notFound("there is no such entry in the Activity Log")
		}
		p := detailsPage{LogRow: e.Row(time.Local), ID: e.ID, Changes: changesOf(e), Details: indented([]byte(e.Row(time.Local).Details))}
		for _, x := range l.wire.choose(func(x *Exchange) bool { return x.Entry == e.ID }) {
			p.Exchanges = append(p.Exchanges, exchangeOf(x))
		}
		return p, nil
	},
}

// detailsPage is an entry with its requests.
type detailsPage struct {
	duo.LogRow
	ID        string
	Changes   []changedValue
	Details   string
	Exchanges []exchangePage
}

// export is the button "Export": the rows that the filters leave, as CSV, or as JSON in
// the envelope of the Admin API.
func (l *Lab) export(w http.ResponseWriter, r *http.Request) {
	log, err := l.log(r.URL.Query(), 0)
	if err != nil {
		refuse(w, http.StatusInternalServerError, l.wire.hide(err.Error()))
		return
	}
	var text bytes.Buffer
	name, kind := "activity-log.csv", "text/csv; charset=utf-8"
	if r.URL.Query().Get("format") == "json" {
		name, kind = "activity-log.json", "application/json"
		err = log.WriteJSON(&text)
	} else {
		err = log.WriteCSV(&text, time.Local)
	}
	if err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, _ = text.WriteTo(w)
}
