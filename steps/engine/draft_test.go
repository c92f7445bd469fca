package engine

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// drafts are the profiles of drafts.
func drafts() []Profile {
	return slices.DeleteFunc(features.Profiles(), func(p Profile) bool { return slices.Contains(features.AllProfiles(), p) })
}

// The embedded target keeps to each draft when it is judged by it.
func TestTheEmbeddedTargetKeepsToEachDraft(t *testing.T) {
	for _, p := range drafts() {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			options := guideOptions(t)
			options.Profiles, options.NoSweep = features.WithIncluded([]Profile{p}), true
			result, err := Run(context.Background(), options)
			if err != nil {
				t.Fatal(err)
			}
			passed := 0
			for _, q := range result.Requirements {
				switch {
				case !byDraft(q.ID), q.Verdict == report.Untested, q.Verdict == report.Unsupported:
				case q.Verdict == report.Passed:
					passed++
				default:
					t.Errorf("%s: %s %s", q.ID, q.Verdict, q.Message)
				}
			}
			if passed < 20 {
				t.Errorf("%d requirements passed", passed)
			}
		})
	}
}

// A server that follows the standard and not the draft is not taken for one that claims it.
func TestAServerThatFollowsTheStandardMayGoWithoutTheClaim(t *testing.T) {
	result := judgedAt(t, func(o *Options) { o.Profiles, o.Tags = []Profile{"interop@01"}, "" })
	verdicts := map[string]report.Verdict{}
	for _, q := range result.Requirements {
		verdicts[q.ID] = q.Verdict
	}
	for id, want := range map[string]report.Verdict{
		"INTEROP01-4-02": report.Passed, "INTEROP01-5.3-02": report.Failed, "INTEROP01-6.5.1.1-01": report.Failed,
		"INTEROP01-6.5.2.1-02": report.Failed, "INTEROP01-6.6-06": report.Passed, "INTEROP01-5.4-01": report.Failed,
	} {
		if verdicts[id] != want {
			t.Errorf("%s is %s, want %s", id, verdicts[id], want)
		}
	}
}

// judgedAt judges a Secure Access that follows the standard, over HTTP.
func judgedAt(t *testing.T, set func(*Options)) *report.Report {
	t.Helper()
	server, token := realTarget(t, secureaccess.Config{})
	web := httptest.NewServer(server)
	t.Cleanup(web.Close)
	options := guideOptions(t)
	options.Target = judge.Target{Name: "target", URL: server.ProvisioningURL(web.URL), Token: token}
	options.NoSweep, options.JournalDir = true, t.TempDir()
	set(&options)
	result, err := Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func realTarget(t *testing.T, config secureaccess.Config) (*secureaccess.Server, string) {
	t.Helper()
	server, err := secureaccess.New(config)
	if err != nil {
		t.Fatal(err)
	}
	directory, err := server.IntegrateDirectory("D", secureaccess.Duo)
	if err != nil {
		t.Fatal(err)
	}
	token, err := directory.GenerateToken()
	if err != nil {
		t.Fatal(err)
	}
	return server, token
}

// A claim is not believed where the verdicts speak against it, and the finding says how many.
func TestAFalseClaimIsToldWithTheStatementsThatDoNotHold(t *testing.T) {
	fault, err := faults.Find("INTEROP01-4-02/conformance is claimed and a conflict is a bad request")
	if err != nil {
		t.Fatal(err)
	}
	q := judged(t, "INTEROP01-4-02", fault.Wrap)
	if q.Verdict != report.Failed || !strings.Contains(q.Examples[0].Want, "1 binding statement does not hold (INTEROP01-6.9.1-01)") {
		t.Errorf("%s %s, want %q", q.Verdict, q.Message, q.Examples[0].Want)
	}
}

// TLS 1.3 has to be spoken.
func TestTLS13IsSpoken(t *testing.T) {
	for most, want := range map[uint16]report.Verdict{tls.VersionTLS12: report.Failed, tls.VersionTLS13: report.Passed} {
		server, token := realTarget(t, secureaccess.Config{Interop: true})
		web := httptest.NewUnstartedServer(server)
		web.TLS = &tls.Config{MinVersion: tls.VersionTLS12, MaxVersion: most}
		web.StartTLS()
		t.Cleanup(web.Close)
		options := guideOptions(t)
		options.Target = judge.Target{Name: "target", URL: server.ProvisioningURL(web.URL), Token: token}
		options.CAs = x509.NewCertPool()
		options.CAs.AddCert(web.Certificate())
		options.Only, options.Profiles, options.JournalDir = []string{"INTEROP01-7.1-02"}, []Profile{"interop@01"}, t.TempDir()
		result, err := Run(context.Background(), options)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range result.Requirements {
			if q.ID == "INTEROP01-7.1-02" && q.Verdict != want {
				t.Errorf("at most version %x: %s %s, want %s", most, q.Verdict, q.Message, want)
			}
		}
	}
}
