package engine

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/client/visit"
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
				case !slices.Contains(options.Profiles, ProfileOf(q.ID)), q.Verdict == report.Untested, q.Verdict == report.Unsupported:
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
	t.Parallel()
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

// What an authorization server says of itself at the host of the target is held against IPSIE; where
// nothing is said, nothing is judged.
func TestTheMetadataOfAnAuthorizationServer(t *testing.T) {
	const right = `{"issuer": "https://as.example.com", "token_endpoint": "https://as.example.com/token", "grant_types_supported": ["client_credentials"],
		"token_endpoint_auth_methods_supported": ["private_key_jwt"], "scopes_supported": ["scim"]}`
	ids := []string{"IPSIE00AL1-4.1-02", "IPSIE00AL1-4.1-03", "IPSIE00AL1-4.1-04", "IPSIE00AL1-4.1-05"}
	for name, test := range map[string]struct {
		metadata string
		wrong    string // the requirement that is violated; "" for none
	}{
		"all is right":                 {right, ""},
		"scopes are not told":          {strings.Replace(right, `"scopes_supported"`, `"x"`, 1), ""},
		"there is no token endpoint":   {strings.Replace(right, `"token_endpoint"`, `"x"`, 1), "IPSIE00AL1-4.1-05"},
		"there is no issuer":           {strings.Replace(right, `"issuer"`, `"x"`, 1), "IPSIE00AL1-4.1-04"},
		"the scope has another name":   {strings.Replace(right, `["scim"]`, `["users"]`, 1), "IPSIE00AL1-4.1-03"},
		"clients send their secret":    {strings.Replace(right, "private_key_jwt", "client_secret_post", 1), "IPSIE00AL1-4.1-02"},
		"the grant is another":         {strings.Replace(right, `["client_credentials"]`, `["authorization_code"]`, 1), "IPSIE00AL1-4.1-02"},
		"there are no metadata at all": {"", "none"},
	} {
		t.Run(name, func(t *testing.T) {
			server, token := realTarget(t, secureaccess.Config{Interop: true})
			mux := http.NewServeMux()
			mux.Handle("/", server)
			if test.metadata != "" {
				mux.HandleFunc("GET /.well-known/oauth-authorization-server", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(test.metadata)) })
			}
			web := httptest.NewServer(mux)
			t.Cleanup(web.Close)
			options := guideOptions(t)
			options.Target = judge.Target{Name: "target", URL: server.ProvisioningURL(web.URL), Token: token}
			options.Only, options.Profiles, options.JournalDir = ids, []Profile{"ipsie-al1@00"}, t.TempDir()
			result, err := Run(context.Background(), options)
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range result.Requirements {
				want := report.Passed
				switch {
				case !slices.Contains(ids, q.ID):
					continue
				case q.ID == test.wrong:
					want = report.Failed
				case test.metadata == "":
					want = report.Untested
				}
				if q.Verdict != want {
					t.Errorf("%s: %s %s, want %s", q.ID, q.Verdict, q.Message, want)
				}
			}
		})
	}
}

// What drafts demand of clients is judged on demand alone: Duo under its default profile meets all
// of it but for what is listed.
func TestDraftsAreJudgedOfClientsOnDemand(t *testing.T) {
	rec := received(t, visit.Options{}, duoWith(t, duo.Profile{}, nil))
	for _, q := range judgedClient(t, rec).Requirements {
		if strings.HasPrefix(q.ID, "CLIENT-INTEROP") || strings.HasPrefix(q.ID, "CLIENT-IPSIE") {
			t.Errorf("%s is judged without being asked for", q.ID)
		}
	}
	result, err := JudgeClient(t.Context(), rec, ClientOptions{Name: "client", Drafts: drafts()})
	if err != nil {
		t.Fatal(err)
	}
	wantNoFinding(t, result, "CLIENT-INTEROP01-16", "CLIENT-IPSIE00-03")
}

// A Duo that removes members by replacing the list, and lists groups without their members, meets
// all of it.
func TestADuoCanKeepToTheDrafts(t *testing.T) {
	rec := received(t, visit.Options{}, func(h *visit.Host, clock *clock) visit.Doer {
		return newDuoClient(t, h, clock, nil, func(a duo.Application, c *wire.Client, o duo.Options) (provisioner, error) {
			c.HTTP.Transport = withoutMembers{c.HTTP.Transport}
			return duo.New(a, duo.Profile{MembersRemove: duo.RemoveReplaceAll}, c, o)
		}).do
	})
	result, err := JudgeClient(t.Context(), rec, ClientOptions{Name: "client", Drafts: drafts()})
	if err != nil {
		t.Fatal(err)
	}
	wantNoFinding(t, result)
}

// withoutMembers asks for lists of groups without their members.
type withoutMembers struct{ next http.RoundTripper }

// RoundTrip sends the request.
func (w withoutMembers) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/Groups") {
		r = r.Clone(r.Context())
		q := r.URL.Query()
		q.Set("excludedAttributes", "members")
		r.URL.RawQuery = q.Encode()
	}
	return w.next.RoundTrip(r)
}

// What the standard permits changes no verdict of a draft, unless the draft forbids it.
func TestNoVariationChangesAVerdictOfADraft(t *testing.T) {
	if testing.Short() {
		t.Skip("a run of the drafts for each variation")
	}
	var permitted []faults.Variation
	for _, v := range faults.Variations() {
		if _, forbidden := forbiddenByDrafts[v.Name]; !forbidden {
			permitted = append(permitted, v)
		}
	}
	raisesNoAlarm(t, permitted, alarmsOfDrafts)
}

// What a draft forbids is told by the Rules that forbid it, and by no other.
func TestAVariationThatADraftForbidsIsToldByItsRules(t *testing.T) {
	if testing.Short() {
		t.Skip("a run of the drafts for each variation")
	}
	n := 0
	for _, v := range faults.Variations() {
		forbidding, ok := forbiddenByDrafts[v.Name]
		if n++; !ok || n%everyNth != 0 {
			continue
		}
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			told := false
			for _, alarm := range alarmsOfDrafts(t, []faults.Variation{v}) {
				id, _, _ := strings.Cut(alarm, ":")
				told = true
				if !strings.Contains(forbidding, id) {
					t.Error(alarm)
				}
			}
			if !told {
				t.Errorf("no draft minds it: %s", forbidding)
			}
		})
	}
}

// alarmsOfDrafts runs all drafts against a target that varies so.
func alarmsOfDrafts(t *testing.T, group []faults.Variation) []string {
	t.Helper()
	options := guideOptions(t)
	options.Profiles, options.NoSweep, options.Workers = drafts(), true, 1
	options.Embedded = behind(together(group))
	result, err := Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	var alarms []string
	for _, q := range result.Requirements {
		wrong := q.Verdict != report.Passed && q.Verdict != report.Unsupported && q.Verdict != report.Untested
		if byDraft(q.ID) && !isClaim(requirementOf(t, q.ID)) && wrong {
			alarms = append(alarms, fmt.Sprintf("%s: %s %s (want %s, got %s)", q.ID, q.Verdict, q.Message, q.Examples[0].Want, q.Examples[0].Got))
		}
	}
	return alarms
}

// requirementOf is the one with this id.
func requirementOf(t *testing.T, id string) features.Requirement {
	t.Helper()
	all, err := features.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		if q.ID == id {
			return q
		}
	}
	return features.Requirement{}
}

// forbiddenByDrafts are the variations that a draft forbids, with the Rules by which it does.
var forbiddenByDrafts = map[string]string{
	"at most ten results are given to a query":                                          "INTEROP01-6.4-02 INTEROP01-6.4-03",
	"pages have at most seven resources":                                                "INTEROP01-6.4-02 INTEROP01-6.4-03",
	"pages have at most three resources":                                                "INTEROP01-6.4-02 INTEROP01-6.4-03",
	"a page has five resources unless another count is asked for":                       "INTEROP01-6.4-02",
	"bulk is not supported":                                                             "IPSIE00AL1-4.3-03",
	"cursors are not supported":                                                         "IPSIE00AL2-6.1.5-03",
	"the service provider configuration has a documentation address and another scheme": "INTEROP01-7.2-01",
}
