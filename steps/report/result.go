package report

import "github.com/simulate-duo/simulate-duo/steps/report/words"

// Result is how the run ended, worked out from the rest of the report so that
// readers of the JSON need not: they see first whether they may rely on it.
type Result struct {
	ExitCode  int         `json:"exit_code"` // see Report.ExitCode
	Says      string      `json:"says"`
	Undecided []string    `json:"undecided"` // ids of what could not be judged
	Readiness []Readiness `json:"readiness"` // for those whose requirements were to be judged
}

// NewResult is the result of the report.
func NewResult(r *Report) *Result {
	end := NewEnding(r, Findings(r), "below")
	result := &Result{ExitCode: r.ExitCode(), Says: words.Valid(end.Lead + " " + end.Text), Undecided: []string{}, Readiness: append([]Readiness{}, AskedReadiness(r)...)}
	for _, q := range r.Undecided() {
		result.Undecided = append(result.Undecided, words.Valid(q.ID))
	}
	return result
}
