package format

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/har"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// WriteHAR writes every exchange that the report keeps as an HTTP Archive 1.2,
// one page for each example.
func WriteHAR(w io.Writer, r *report.Report) error {
	archive := har.Archive{Log: har.Log{
		Version: "1.2", Creator: har.Creator{Name: words.Valid(r.Tool.Name), Version: words.Valid(r.Tool.Version)},
		Comment: harComment(r), Pages: []har.Page{}, Entries: []har.Entry{},
	}}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		for _, e := range q.Examples {
			if len(e.Exchanges) == 0 {
				continue
			}
			page := har.Page{
				Started: har.Time(e.Exchanges[0].Started), ID: fmt.Sprintf("page_%d", len(archive.Log.Pages)+1),
				Title: words.Valid(q.ID + " " + caseName(q, e) + ": " + string(e.Verdict)), Timings: map[string]int{"onContentLoad": -1, "onLoad": -1},
			}
			archive.Log.Pages = append(archive.Log.Pages, page)
			for _, x := range e.Exchanges {
				entry := har.EntryOf(x)
				entry.Page = page.ID
				archive.Log.Entries = append(archive.Log.Entries, entry)
			}
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(archive); err != nil {
		return fmt.Errorf("write the HAR report: %w", err)
	}
	return nil
}

// harComment is the result in a sentence, behind what makes all of it doubtful.
func harComment(r *report.Report) string {
	return words.Sentences(r.Insecure, harResult(r))
}

func harResult(r *report.Report) string {
	if r.Partial != "" {
		return "The run stopped early, and this archive is partial: " + words.Valid(r.Partial)
	}
	end := report.NewEnding(r, report.Findings(r), "above")
	return end.Lead + " " + end.Text
}
