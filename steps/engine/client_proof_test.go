package engine

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	duofaults "github.com/simulate-duo/simulate-duo/simulators/duo/faults"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/client"
	"github.com/simulate-duo/simulate-duo/steps/client/visit"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// certified is a certificate for 127.0.0.1, and a transport that trusts it.
func certified(t *testing.T) (*tls.Certificate, *http.Transport) {
	t.Helper()
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	return &server.TLS.Certificates[0], transport
}

// overTLS has a Duo do all tasks at an https address.
func overTLS(t *testing.T, build func(duo.Application, *wire.Client, duo.Options) (provisioner, error)) *client.Recording {
	t.Helper()
	certificate, transport := certified(t)
	return received(t, visit.Options{Certificate: certificate}, func(h *visit.Host, clock *clock) visit.Doer {
		return newDuoClient(t, h, clock, nil, func(a duo.Application, c *wire.Client, o duo.Options) (provisioner, error) {
			c.HTTP.Transport = transport
			return build(a, c, o)
		}).do
	})
}

// wantNoFinding demands that nothing is found wrong, nothing blocked and nothing broken.
// Known are the findings that are right, by id.
func wantNoFinding(t *testing.T, r *report.Report, known ...string) {
	t.Helper()
	for _, q := range r.Requirements {
		isKnown := false
		for _, id := range known {
			isKnown = isKnown || id == q.ID
		}
		switch isFound := q.Verdict != report.Passed && q.Verdict != report.Untested; {
		case isFound && !isKnown:
			for _, e := range q.Examples {
				t.Errorf("%s, %s: %s: %s, want %s, got %s", q.ID, e.Name, e.Verdict, e.Message, e.Want, e.Got)
			}
		case !isFound && isKnown:
			t.Errorf("%s is %s, and was to be found wrong", q.ID, q.Verdict)
		}
	}
}

func TestDuoPassesUnderItsDefaultProfile(t *testing.T) {
	rec := received(t, visit.Options{}, duoWith(t, duo.Profile{}, nil))
	for _, task := range rec.Tasks {
		if task.State != client.Done && task.Name != "certificate" {
			t.Errorf("task %s: %s %s", task.Name, task.State, task.Reason)
		}
	}
	wantNoFinding(t, judgedClient(t, rec))
}

func TestDuoPassesOverTLS(t *testing.T) {
	rec := overTLS(t, func(a duo.Application, c *wire.Client, o duo.Options) (provisioner, error) {
		return duo.New(a, duo.Profile{}, c, o)
	})
	r := judgedClient(t, rec)
	wantNoFinding(t, r)
	for _, q := range r.Requirements {
		if strings.HasPrefix(q.ID, "CLIENT-TLS-") && q.Verdict != report.Passed {
			t.Errorf("%s: %s %s", q.ID, q.Verdict, q.Message)
		}
	}
}

func TestDuoPassesThatDeletesOrSendsNoGroups(t *testing.T) {
	for name, set := range map[string]func(*duo.Application){
		"deletes":         func(a *duo.Application) { a.Deprovisioning = duo.Delete },
		"sends no groups": func(a *duo.Application) { a.Groups.ExcludeGroupInformation = true },
	} {
		t.Run(name, func(t *testing.T) {
			wantNoFinding(t, judgedClient(t, received(t, visit.Options{}, duoWith(t, duo.Profile{}, set))))
		})
	}
}

// A Duo that deactivates by PUT reads the user whose deactivation has failed, and then
// writes the whole user without the version.
var knownOf = map[string][]string{"deactivate=put": {"CLIENT-VERSION-02"}}

func TestDuoPassesUnderEveryAlternativeOfItsProfile(t *testing.T) {
	for i, alternative := range duo.Alternatives() {
		if i%everyNth != 0 {
			continue
		}
		t.Run(alternative.String(), func(t *testing.T) {
			r := judgedClient(t, received(t, visit.Options{}, duoWith(t, alternative.Profile, nil)))
			wantNoFinding(t, r, knownOf[alternative.String()]...)
		})
	}
}

// verdictOn has a Duo with a fault do all tasks, and judges one requirement.
func verdictOn(t *testing.T, id string, fault duofaults.Fault) report.Requirement {
	t.Helper()
	build := func(a duo.Application, c *wire.Client, o duo.Options) (provisioner, error) {
		return fault.New(a, duo.Profile{}, c, o)
	}
	var rec *client.Recording
	if strings.HasPrefix(id, "CLIENT-TLS-") {
		rec = overTLS(t, build)
	} else {
		rec = received(t, visit.Options{}, func(h *visit.Host, clock *clock) visit.Doer {
			return newDuoClient(t, h, clock, settingsFor(fault), build).do
		})
	}
	for _, q := range judgedClient(t, rec, id).Requirements {
		if q.ID == id {
			return q
		}
	}
	t.Fatalf("there is no requirement %s", id)
	return report.Requirement{}
}

// settingsFor are those under which the fault shows.
func settingsFor(fault duofaults.Fault) func(*duo.Application) {
	if fault.Requirement != "DUO-DEPROV-02" {
		return nil
	}
	return func(a *duo.Application) { a.Deprovisioning = duo.Delete }
}

func isNoticed(q report.Requirement) bool {
	return q.Verdict == report.Failed || q.Verdict == report.Warned
}

func TestEveryFaultOfAClientIsNoticedByItsOwnRequirement(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for i, fault := range duofaults.OfClients() {
		if i%everyNth != 0 || testing.Short() && tried[fault.Requirement] {
			continue
		}
		tried[fault.Requirement] = true
		t.Run(fault.Requirement+" "+fault.Name, func(t *testing.T) {
			if q := verdictOn(t, fault.Requirement, fault); !isNoticed(q) {
				t.Errorf("not noticed: the verdict is %s %s", q.Verdict, q.Message)
			}
		})
	}
}

func TestEveryRequirementOnClientsHasAFaultAndEveryFaultARequirement(t *testing.T) {
	proven := map[string]bool{}
	for _, f := range duofaults.OfClients() {
		proven[f.Requirement] = true
	}
	all, err := features.Load(features.ClientFS)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		if proven[q.ID] == q.Unobservable {
			t.Errorf("%s: proven %v, unobservable %v", q.ID, proven[q.ID], q.Unobservable)
		}
		delete(proven, q.ID)
	}
	for id := range proven {
		t.Errorf("a fault is kept for %s, which is no requirement", id)
	}
}

// seenAs are the faults of the simulated Duo that any target can see, by requirement and
// name, with the requirement on clients that has to notice.
var seenAs = map[string]string{
	"DUO-CONNECT-01 the token is not sent":                            "CLIENT-TOKEN-01",
	"DUO-CONNECT-01 requests go beside the base URL":                  "CLIENT-URL-03",
	"DUO-CONNECT-02 the connection is tested by creating a user":      "CLIENT-CONNECT-01",
	"DUO-CONNECT-03 whatever answers is taken for a connection":       "CLIENT-CREATE-01",
	"DUO-CONNECT-04 redirects are followed to any host":               "CLIENT-TOKEN-04",
	"DUO-CONNECT-06 something is sent while provisioning is disabled": "CLIENT-COST-01",
	"DUO-CONNECT-07 users are sent though the connection failed":      "CLIENT-CREATE-01",
	"DUO-MAP-06 attributes of the extension are sent at the top":      "CLIENT-BODY-03",
	"DUO-SYNC-03 users are created without a look":                    "CLIENT-CREATE-01",
	"DUO-SYNC-07 a user is sent once for each group":                  "CLIENT-CREATE-04",
	"DUO-SYNC-08 changes of mapped values are not sent":               "CLIENT-CHANGE-01",
	"DUO-SYNC-09 everything is sent with each pass":                   "CLIENT-COST-01",
	"DUO-SYNC-11 a pass ends with the first failure":                  "CLIENT-DEPROV-01",
	"DUO-SYNC-13 identifiers are not percent-encoded":                 "CLIENT-URL-02",
	"DUO-SYNC-15 the next pass creates without a look":                "CLIENT-CREATE-01",
	"DUO-SYNC-18 what became of a creation is not looked up":          "CLIENT-CREATE-03",
	"DUO-DEPROV-02 every user of the group is deleted":                "CLIENT-DEPROV-03",
	"DUO-DEPROV-04 deprovisioning is sent with each pass":             "CLIENT-COST-01",
	"DUO-DEPROV-05 a deprovisioning that failed is forgotten":         "CLIENT-DEPROV-02",
}

func TestFaultsOfDuoThatATargetCanSeeAreNoticed(t *testing.T) {
	known := map[string]bool{}
	seen := 0
	for _, fault := range duofaults.All() {
		key := fault.Requirement + " " + fault.Name
		known[key] = true
		id := seenAs[key]
		if id == "" {
			continue
		}
		if seen++; seen%everyGroup != 0 {
			continue
		}
		t.Run(key, func(t *testing.T) {
			if q := verdictOn(t, id, fault); !isNoticed(q) {
				t.Errorf("%s does not notice: the verdict is %s %s", id, q.Verdict, q.Message)
			}
		})
	}
	for key := range seenAs {
		if !known[key] {
			t.Errorf("there is no such fault any more: %s", key)
		}
	}
}
