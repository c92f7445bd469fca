package format

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

func TestTheResultsLookAsTheGalleryShowsThem(t *testing.T) {
	failed := report.Example{
		Name: "e", Verdict: report.Failed, Message: "the answer to GET /Users", Want: "200", Got: "404",
		Exchanges: []*wire.Exchange{{Method: "GET", URL: "https://example.com/Users", Status: 404, ResponseBody: []byte(`{"detail":"nobody"}`)}},
	}
	r := &report.Report{Requirements: []report.Requirement{
		{ID: "GALLERY-USER-01", Title: "Create_User_Test: a user", Verdict: report.Failed, Message: failed.Message, Examples: []report.Example{failed}},
		{ID: "GALLERY-USER-04", Title: "Delete_User_Test: a user", Verdict: report.Warned, Message: "it stays"},
		{ID: "GALLERY-USER-05", Title: "User_Update_Manager_Test: a manager", Verdict: report.Unsupported, Message: "not mapped"},
		{ID: "GALLERY-SCIM-03", Title: "SCIM_User_Create_Test: a user", Verdict: report.Passed},
		{ID: "GALLERY-LOAD-01", Title: "Many requests are answered", Verdict: report.Passed},
	}}
	var b bytes.Buffer
	if err := WriteGallery(&b, r); err != nil {
		t.Fatal(err)
	}
	var got struct {
		OverallResult string
		TestResults   []galleryResult
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := []struct{ name, result, details string }{
		{"Create_User_Test", "FAILED - the answer", "expected 200, got 404; GET https://example.com/Users: 404; {\"detail\":\"nobody\"}"},
		{"Delete_User_Test", "WARNING - it stays", "it stays"},
		{"User_Update_Manager_Test", "skipped", "not mapped"},
		{"SCIM_User_Create_Test", "success", ""},
	}
	if len(got.TestResults) != len(want) || got.OverallResult != "Failed" {
		t.Fatalf("%s", b.String())
	}
	for i, w := range want {
		g := got.TestResults[i]
		if g.TestName != w.name || !strings.HasPrefix(g.TestResult, w.result) || !strings.Contains(g.ProvisioningErrorDetails, w.details) {
			t.Errorf("%+v, want %+v", g, w)
		}
		if (g.RecommendationURL == "") != (w.result == "success") {
			t.Errorf("%s: the recommendation is %q", w.name, g.RecommendationURL)
		}
	}
}
