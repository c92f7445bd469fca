package format

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/text"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

// formats are the writers that a snapshot of their own looks at.
var formats = map[string]func(io.Writer, *report.Report) error{
	"junit": WriteJUnit, "tap": WriteTAP, "markdown": WriteMarkdown, "har": WriteHAR, "sarif": WriteSARIF,
}

func rendered(t *testing.T, format string, r *report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := formats[format](&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEachFormatShowsEveryVerdict(t *testing.T) {
	for format := range formats {
		t.Run(format, func(t *testing.T) {
			snaps.WithConfig(snaps.Filename(format)).MatchSnapshot(t, string(rendered(t, format, reporttest.EveryKind())))
		})
	}
}

func TestAHostileTargetBreaksNoFormat(t *testing.T) {
	for format := range formats {
		t.Run(format, func(t *testing.T) {
			text := rendered(t, format, reporttest.HostileReport())
			switch format {
			case "junit":
				if err := xml.Unmarshal(text, new(junitSuites)); err != nil {
					t.Errorf("no XML: %v", err)
				}
			case "har", "sarif":
				if !json.Valid(text) {
					t.Error("no JSON")
				}
			}
			forbidden := "\x00\x07\x08\x1b\u202e"
			if format == "har" || format == "sarif" {
				forbidden = "\x00\x07\x08\x1b" // JSON for machines keeps what is text
			}
			if bytes.ContainsAny(text, forbidden) {
				t.Error("a control character of the target's came through")
			}
			if strings.Contains(string(text), "<script") {
				t.Error("markup of the target's came through")
			}
		})
	}
}

func TestJUnitCountsWhatItHolds(t *testing.T) {
	var suites junitSuites
	if err := xml.Unmarshal(rendered(t, "junit", reporttest.EveryKind()), &suites); err != nil {
		t.Fatal(err)
	}
	var failures, errs, skipped, said, tests int
	for _, s := range suites.Suites {
		said += s.Skipped
		for _, c := range s.Cases {
			tests++
			switch {
			case c.Failure != nil:
				failures++
			case c.Error != nil:
				errs++
			case c.Skipped != nil:
				skipped++
			}
		}
	}
	if tests != suites.Tests || failures != suites.Failures || errs != suites.Errors || skipped != said {
		t.Errorf("counted %d/%d/%d/%d, it says %d/%d/%d/%d", tests, failures, errs, skipped, suites.Tests, suites.Failures, suites.Errors, said)
	}
	if failures == 0 || errs == 0 || skipped == 0 {
		t.Error("the example report has one of each")
	}
}

func TestEveryWriterReportsADiskThatIsFull(t *testing.T) {
	for format, write := range formats {
		t.Run(format, func(t *testing.T) {
			if err := write(reporttest.Failing{}, reporttest.EveryKind()); err == nil || errors.Is(err, io.EOF) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestEachFormatShowsWhatIsKnown(t *testing.T) {
	for format, want := range map[string][]string{
		"text": {
			"Known not to be met\n  failed  CSA-SYNC-01  MUST  A created user gets an id\n    known    issue 17\n",
			"OUTDATED  CSA-DEPROV-02: the baseline lists it as a known failure, and it is unsupported now: remove its line.",
			"Whether the baseline still holds for CSA-DEPROV-01 cannot be told: blocked.", "Known not to be met: 1. ",
		},
		"markdown": {"## Known not to be met\n\n- **CSA-SYNC-01** MUST, failed: A created user gets an id (known: issue 17)", "## The baseline is out of date\n\n- **CSA-DEPROV-02**: "},
		"junit":    {`<skipped message="known: issue 17">`, `<failure message="CSA-DEPROV-02: the baseline lists it`},
		"tap":      {"not ok 4 - CSA-SYNC-01 MUST: A created user gets an id # TODO known: issue 17\n", "1..9\n", "not ok 9 - CSA-DEPROV-02: the baseline lists it"},
		"sarif":    {`"kind": "external"`, `"justification": "issue 17"`, "CSA-DEPROV-02: the baseline lists it"},
		"json":     {`"known": "issue 17"`},
	} {
		t.Run(format, func(t *testing.T) {
			text := string(inFormat(t, format, reporttest.KnownAndStale()))
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("%q is missing in\n%s", w, text)
				}
			}
		})
	}
}

// inFormat is the report in one of all formats, the screen's among them.
func inFormat(t *testing.T, format string, r *report.Report) []byte {
	t.Helper()
	write := formats[format]
	switch format {
	case "text":
		write = func(w io.Writer, r *report.Report) error { return text.Write(w, r, text.Style{}) }
	case "json":
		write = report.WriteJSON
	}
	var b bytes.Buffer
	if err := write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
