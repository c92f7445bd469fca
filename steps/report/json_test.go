package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"
	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/text"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

func encode(t *testing.T, r *report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.WriteJSON(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheJSONFitsItsSchema(t *testing.T) {
	for name, r := range map[string]*report.Report{
		"all passed":      reporttest.AllPassed(),
		"every kind":      reporttest.EveryKind(),
		"hostile":         reporttest.HostileReport(),
		"with a baseline": reporttest.KnownAndStale(),
		"strict":          {Version: report.Version, Tool: report.Tool{Name: "simulate-duo"}, Strict: true},
		"nothing to tell": {Version: report.Version, Tool: report.Tool{Name: "simulate-duo"}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := schemas.Validate(schemas.Report, encode(t, r)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTheJSON(t *testing.T) {
	var c report.Collector
	c.Add("CSA-AUTH-01", report.Example{
		Name: "the users are listed", Verdict: report.Failed, Message: "the answer is no list", Want: "a list", Got: "<an object>", DurationMS: 5,
		Requests: 1, Exchanges: []*wire.Exchange{reporttest.Exchange("GET", "/Users", 200, "application/scim+json", `{"users":[]}`)},
	})
	r := reporttest.Finished(&c)
	r.Requirements = r.Requirements[:1]
	r.ActivityLog = []report.LogRow{{
		Timestamp: r.Started, Action: "Enabled provisioning", Actor: "Ada", ActorType: "Administrator",
		Affected: "Example", AffectedType: "Outbound SCIM Sync", Application: "Example", AccessDevice: "—",
	}}
	snaps.MatchSnapshot(t, string(encode(t, r)))
}

func TestTheSchemaKnowsEveryVerdictAndLevel(t *testing.T) {
	r := reporttest.AllPassed()
	q := &r.Requirements[0]
	for _, l := range features.Levels() {
		q.Level = l
		if err := schemas.Validate(schemas.Report, encode(t, r)); err != nil {
			t.Error(err)
		}
	}
	for _, v := range report.Verdicts {
		q.Verdict = v
		if err := schemas.Validate(schemas.Report, encode(t, r)); err != nil {
			t.Error(err)
		}
	}
	q.Verdict = "fine"
	if schemas.Validate(schemas.Report, encode(t, r)) == nil {
		t.Error("the schema accepts any verdict")
	}
}

func TestTheJSONHoldsWhatTheTargetSent(t *testing.T) {
	var got report.Report
	if err := json.Unmarshal(encode(t, reporttest.HostileReport()), &got); err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(reporttest.Hostile, "\xff\xfe", `\xff\xfe`)
	for place, text := range map[string]string{
		"partial":      got.Partial,
		"target":       got.Target.Name,
		"left behind":  got.LeftBehind[0],
		"message":      reporttest.Find(t, &got, "CSA-AUTH-01").Examples[0].Message,
		"profile":      reporttest.Find(t, &got, "CSA-AUTH-01").Examples[0].Profile,
		"requirement":  reporttest.Find(t, &got, "CSA-SYNC-01").Message,
		"activity log": got.ActivityLog[0].Details,
		"affected":     got.ActivityLog[0].Affected,
		"body":         string(reporttest.Find(t, &got, "CSA-AUTH-01").Examples[0].Exchanges[0].ResponseBody),
	} {
		if text != want {
			t.Errorf("%s: got %q, want %q", place, text, want)
		}
	}
	if g := reporttest.Find(t, &got, "CSA-AUTH-01").Examples[0].Got; g != want+reporttest.LongText {
		t.Errorf("got is cut to %d bytes", len(g))
	}
}

func TestWritingJSONLeavesTheReportAlone(t *testing.T) {
	r := reporttest.HostileReport()
	encode(t, r)
	if got := r.Requirements[0].Examples[0].Message; got != reporttest.Hostile {
		t.Errorf("the message became %q", got)
	}
}

func TestAWriterThatFailsIsReported(t *testing.T) {
	if err := report.WriteJSON(reporttest.Failing{}, reporttest.AllPassed()); err == nil || err.Error() != "write the JSON report: disk full" {
		t.Error(err)
	}
	if err := text.Write(reporttest.Failing{}, reporttest.AllPassed(), text.Style{}); err == nil || err.Error() != "write the report: disk full" {
		t.Error(err)
	}
}
