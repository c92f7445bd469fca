package engine

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// expectVerdicts judges requirements at a provider behind a wrapper, as at a real target.
func expectVerdicts(t *testing.T, wrap func(http.Handler) http.Handler, want map[string]report.Verdict) *report.Report {
	t.Helper()
	result := expectVerdictsLeaving(t, wrap, want)
	if len(result.LeftBehind) > 0 {
		t.Errorf("left behind: %s", result.LeftBehind)
	}
	return result
}

// expectVerdictsLeaving is expectVerdicts of a target that may not be able to remove what it is given.
func expectVerdictsLeaving(t *testing.T, wrap func(http.Handler) http.Handler, want map[string]report.Verdict) *report.Report {
	t.Helper()
	var made atomic.Int64
	config := provider.Config{
		Types: []*scim.ResourceType{scim.UserType(), scim.GroupType()}, BasePath: "/scim", Authorize: provider.BearerAuth("a-token"),
		NewID: func() string { return strconv.FormatInt(1000+made.Add(1), 10) },
	}
	p, err := provider.New(config)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(wrap(p))
	t.Cleanup(server.Close)
	options := guideOptions(t)
	options.Target = judge.Target{Name: "a target", URL: server.URL + "/scim", Token: "a-token"}
	options.JournalDir, options.NoSweep, options.Only = t.TempDir(), true, slices.Collect(maps.Keys(want))
	result, err := Run(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range result.Requirements {
		if verdict, asked := want[q.ID]; asked && q.Verdict != verdict {
			t.Errorf("%s is %s (%s), want %s", q.ID, q.Verdict, q.Message, verdict)
		}
	}
	return result
}

// withoutDiscovery answers 404 at all discovery endpoints.
func withoutDiscovery(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/scim/ServiceProviderConfig", "/scim/Schemas", "/scim/ResourceTypes":
			w.WriteHeader(http.StatusNotFound)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// What is not described is tried: sorting, entity tags and bulk. What discovery would
// say is blocked by the requirement on the endpoint.
func TestATargetWithoutDiscoveryIsJudgedByWhatItDoes(t *testing.T) {
	t.Parallel()
	want := map[string]report.Verdict{
		"RFC7644-4-01": report.Failed, "RFC7643-5-01": report.Blocked, "RFC7643-6-02": report.Blocked, "RFC7644-4-06": report.Blocked,
		"RFC7644-3.4.2.3-03": report.Passed, "RFC7644-3.7-01": report.Passed, "RFC7644-3.14-06": report.Passed,
		"RFC7643-7-08": report.Passed, "RFC7643-7-20": report.Passed, "RFC7643-7-19": report.Blocked, // by RFC 7643 section 8.7
	}
	expectVerdicts(t, withoutDiscovery, want)
}

var plainEq = regexp.MustCompile(`^[A-Za-z.]+ eq "[^"]*"$`)

// onlyEq refuses every filter but one comparison by eq.
func onlyEq(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f := r.URL.Query().Get("filter")
		if f != "" && !plainEq.MatchString(f) {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]any{"schemas": []string{scim.ErrorURN}, "status": "400", "scimType": "invalidFilter"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// RFC 7644 section 3.12 lets a target refuse a comparison that it does not know: that is
// one warning, and no failure of what is asked with such filters.
func TestAnOperatorThatIsRefusedIsOneWarning(t *testing.T) {
	t.Parallel()
	want := map[string]report.Verdict{
		"RFC7644-3.4.2.2-48": report.Warned, "RFC7644-3.4.2.2-05": report.Unsupported, "RFC7644-3.4.2.2-18": report.Unsupported,
		"RFC7644-3.4.2.2-01": report.Passed, "RFC7644-3.4.2.2-33": report.Passed, "RFC7644-3.4.2.2-29": report.Unsupported,
		"RFC7644-3.4.2.3-03": report.Passed, "RFC7644-3.4.2.4-05": report.Passed, "RFC7644-3.4.2-06": report.Passed, "RFC7643-4.2-11": report.Passed,
	}
	expectVerdicts(t, onlyEq, want)
}

var quotedID = regexp.MustCompile(`"id":"(\d+)"`)

// numberedIDs shows the id of every resource as a number.
func numberedIDs(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		body := bytes.TrimSpace(quotedID.ReplaceAll(answer.Body.Bytes(), []byte(`"id":$1`)))
		maps.Copy(w.Header(), answer.Header())
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(answer.Code)
		_, _ = w.Write(body)
	})
}

// A deviation of form is a finding of its requirement, and all else is judged.
func TestAnIdThatIsANumberIsOneFinding(t *testing.T) {
	want := map[string]report.Verdict{
		"RFC7643-3.1-02": report.Failed, "RFC7644-3.4.1-01": report.Passed, "RFC7644-3.3-03": report.Passed, "RFC7644-3.5.1-10": report.Passed,
	}
	expectVerdicts(t, numberedIDs, want)
}
