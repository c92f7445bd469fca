package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"
)

// formats are the writers that a snapshot of their own looks at.
var formats = map[string]func(io.Writer, *Report) error{
	"junit": WriteJUnit, "tap": WriteTAP, "markdown": WriteMarkdown, "har": WriteHAR, "sarif": WriteSARIF,
}

func rendered(t *testing.T, format string, r *Report) []byte {
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
			snaps.WithConfig(snaps.Filename(format)).MatchSnapshot(t, string(rendered(t, format, everyKind())))
		})
	}
}

func TestAHostileTargetBreaksNoFormat(t *testing.T) {
	for format := range formats {
		t.Run(format, func(t *testing.T) {
			text := rendered(t, format, hostileReport())
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
	if err := xml.Unmarshal(rendered(t, "junit", everyKind()), &suites); err != nil {
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
			if err := write(failing{}, everyKind()); err == nil || errors.Is(err, io.EOF) {
				t.Errorf("got %v", err)
			}
		})
	}
}
