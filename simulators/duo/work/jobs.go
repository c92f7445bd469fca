package work

import (
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// cycleJob begins a cycle. There is one at a time.
type cycleJob struct{}

// Kind implements river.JobArgs.
func (cycleJob) Kind() string { return "cycle" }

// InsertOpts implements river.JobArgsWithInsertOpts.
func (cycleJob) InsertOpts() river.InsertOpts { return once() }

// pieceJob does one piece of a cycle. An application has one job a piece at a time: its
// jobs are in a schema of its own.
type pieceJob struct {
	Piece int    `json:"piece" river:"unique"` // its place in the stage
	Stage int    `json:"stage"`                // its place in the agenda
	Cycle string `json:"cycle"`
}

// Kind implements river.JobArgs.
func (pieceJob) Kind() string { return "piece" }

// InsertOpts implements river.JobArgsWithInsertOpts.
func (pieceJob) InsertOpts() river.InsertOpts { return once() }

// once are the options of a job of which a second one is not taken before the first has
// come to an end. It is tried again however often it fails: what fails for good is in the
// log and does not make a job fail.
func once() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 30_000, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
	}}}
}

// again is when a job is tried again that could not be done, say because the database
// could not be reached.
const again = 5 * time.Second
