package engine

import (
	"context"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/guide"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// guideOptions are those of a run with the guide's own files on the embedded target.
func guideOptions(t testing.TB) Options {
	t.Helper()
	settings, err := guide.Published()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Target: judge.Embedded(), Guide: settings, Load: briefLoad(), Granted: grantedFor(time.Hour)}
}

// notAtTheEmbedded is what the embedded target cannot show. It refuses scimgateway's writes,
// which have no schemas, as the standard has it; it has no TLS, and no authorization server.
var notAtTheEmbedded = map[string]report.Verdict{
	"SCIMGATEWAY-USER-03": report.Unsupported, "SCIMGATEWAY-USER-04": report.Unsupported, "SCIMGATEWAY-USER-05": report.Unsupported,
	"SCIMGATEWAY-USER-06": report.Unsupported, "SCIMGATEWAY-GROUP-02": report.Unsupported, "SCIMGATEWAY-GROUP-03": report.Unsupported,
	"SCIMGATEWAY-GROUP-04": report.Unsupported, "INTEROP01-7.1-02": report.Unsupported,
	"IPSIE00AL1-4.1-02": report.Untested, "IPSIE00AL1-4.1-03": report.Untested, "IPSIE00AL1-4.1-04": report.Untested,
	"IPSIE00AL1-4.1-05": report.Untested, "IPSIE00AL2-10-01": report.Untested,
}

// Without a fault every requirement holds, under every alternative: the embedded target
// is right, and so are the checks.
func TestEverythingPassesOnTheEmbeddedTarget(t *testing.T) {
	t.Parallel()
	options := guideOptions(t)
	options.Profiles, options.NoSweep = features.Profiles(), testing.Short() || raced
	result, err := Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range result.Requirements {
		for _, e := range q.Examples {
			if e.Verdict != report.Passed && e.Verdict != notAtTheEmbedded[q.ID] {
				t.Errorf("%s %s, %s: %s: %s (want %s, got %s)", q.ID, e.Name, e.Profile, e.Verdict, e.Message, e.Want, e.Got)
			}
		}
	}
	if t.Failed() {
		return
	}
	if result.ExitCode() != 0 {
		t.Errorf("exit code %d", result.ExitCode())
	}
}
