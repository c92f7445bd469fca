package engine

import (
	"net/http/httptest"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// At a real target a guard stands between the checks and the server, a journal is kept and
// examples share what they make. None of that may keep a right server from its verdict.
func TestEverythingIsJudgedAtOurOwnServerAsARealTarget(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("a quick run goes the same way, under the race detector too; .ci/run runs this without")
	}
	access, err := secureaccess.New(secureaccess.Config{Organization: "Example"})
	if err != nil {
		t.Fatal(err)
	}
	directory, err := access.IntegrateDirectory("Staff", secureaccess.Duo)
	if err != nil {
		t.Fatal(err)
	}
	token, err := directory.GenerateToken()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(access)
	t.Cleanup(server.Close)
	o := guideOptions(t)
	o.Target = judge.Target{Name: "own", URL: access.ProvisioningURL(server.URL), Token: token}
	o.JournalDir, o.NoSweep = t.TempDir(), true
	result := mustRun(t, o)
	for _, q := range result.Requirements {
		for _, e := range q.Examples {
			if e.Verdict != report.Passed && e.Verdict != report.Untested && e.Verdict != report.Unsupported {
				t.Errorf("%s %s: %s: %s (want %s, got %s)", q.ID, e.Name, e.Verdict, e.Message, e.Want, e.Got)
			}
		}
	}
	if result.ExitCode() != 0 {
		t.Errorf("exit code %d", result.ExitCode())
	}
}
