package engine

import (
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

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
