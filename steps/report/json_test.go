package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func encode(t *testing.T, r *Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteJSON(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheJSONFitsItsSchema(t *testing.T) {
	for name, r := range map[string]*Report{
		"all passed":      allPassed(),
		"every kind":      everyKind(),
		"hostile":         hostileReport(),
		"with a baseline": knownAndStale(),
		"strict":          {Version: Version, Tool: Tool{Name: "simulate-duo"}, Strict: true},
		"nothing to tell": {Version: Version, Tool: Tool{Name: "simulate-duo"}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := schemas.Validate(schemas.Report, encode(t, r)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTheJSON(t *testing.T) {
	var c Collector
	c.Add("CSA-AUTH-01", Example{
		Name: "the users are listed", Verdict: Failed, Message: "the answer is no list", Want: "a list", Got: "<an object>", DurationMS: 5,
		Requests: 1, Exchanges: []*wire.Exchange{exchange("GET", "/Users", 200, "application/scim+json", `{"users":[]}`)},
	})
	r := finished(&c)
	r.Requirements = r.Requirements[:1]
	r.ActivityLog = []LogRow{{
		Timestamp: r.Started, Action: "Enabled provisioning", Actor: "Ada", ActorType: "Administrator",
		Affected: "Example", AffectedType: "Outbound SCIM Sync", Application: "Example", AccessDevice: "—",
	}}
	snaps.MatchSnapshot(t, string(encode(t, r)))
}

func TestTheSchemaKnowsEveryVerdictAndLevel(t *testing.T) {
	r := allPassed()
	q := &r.Requirements[0]
	for _, l := range features.Levels() {
		q.Level = l
		if err := schemas.Validate(schemas.Report, encode(t, r)); err != nil {
			t.Error(err)
		}
	}
	for _, v := range verdicts {
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
	var got Report
	if err := json.Unmarshal(encode(t, hostileReport()), &got); err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(hostile, "\xff\xfe", `\xff\xfe`)
	for place, text := range map[string]string{
		"partial":      got.Partial,
		"target":       got.Target.Name,
		"left behind":  got.LeftBehind[0],
		"message":      find(t, &got, "CSA-AUTH-01").Examples[0].Message,
		"profile":      find(t, &got, "CSA-AUTH-01").Examples[0].Profile,
		"requirement":  find(t, &got, "CSA-SYNC-01").Message,
		"activity log": got.ActivityLog[0].Details,
		"affected":     got.ActivityLog[0].Affected,
		"body":         string(find(t, &got, "CSA-AUTH-01").Examples[0].Exchanges[0].ResponseBody),
	} {
		if text != want {
			t.Errorf("%s: got %q, want %q", place, text, want)
		}
	}
	if g := find(t, &got, "CSA-AUTH-01").Examples[0].Got; g != want+longText {
		t.Errorf("got is cut to %d bytes", len(g))
	}
}

func TestWritingJSONLeavesTheReportAlone(t *testing.T) {
	r := hostileReport()
	encode(t, r)
	if got := r.Requirements[0].Examples[0].Message; got != hostile {
		t.Errorf("the message became %q", got)
	}
}

// failing is a writer that does not write.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAWriterThatFailsIsReported(t *testing.T) {
	if err := WriteJSON(failing{}, allPassed()); err == nil || err.Error() != "write the JSON report: disk full" {
		t.Error(err)
	}
	if err := WriteText(failing{}, allPassed(), Style{}); err == nil || err.Error() != "write the report: disk full" {
		t.Error(err)
	}
}
