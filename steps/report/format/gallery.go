package format

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Gallery is the profile whose tests WriteGallery writes.
const Gallery features.Profile = "entra-gallery"

// galleryHelp is where Microsoft tells what its tests ask for, and how to find out why one fails.
const (
	galleryHelp     = "https://learn.microsoft.com/entra/identity/enterprise-apps/troubleshoot-user-provisioning-validation"
	galleryAuthHelp = "https://learn.microsoft.com/entra/identity/enterprise-apps/app-gallery-user-provisioning-requirements#scim-authentication-requirements"
)

// galleryResult is a test as the results of the gallery show it, without the links into a
// Logic App. Source: MicrosoftDocs/entra-docs, validate-user-provisioning-app-gallery.md of 26
// August 2026, "Review your validation results", read in November 2026.
type galleryResult struct {
	TestName                 string `json:"testName"`
	TestResult               string `json:"testResult"`
	ProvisioningErrorDetails string `json:"provisioningErrorDetails"`
	RecommendationURL        string `json:"recommendationUrl"`
}

// WriteGallery writes the tests of the Entra gallery as its own results look. It is no
// submission: that is a run of Microsoft's own.
func WriteGallery(w io.Writer, r *report.Report) error {
	all := []galleryResult{}
	for _, t := range report.TestsOf(r, Gallery) {
		if features.TestName(t.Title) != "" {
			all = append(all, galleryResultOf(t))
		}
	}
	end := report.NewEnding(r, report.Findings(r), "in other reports")
	out := struct {
		Insecure      string          `json:"insecure,omitempty"` // beyond what the gallery shows: nobody may overlook it
		OverallResult string          `json:"overallResult"`
		Says          string          `json:"says"`
		TestResults   []galleryResult `json:"testResults"`
	}{r.Insecure, "Failed", words.Valid(end.Lead + " " + end.Text), all}
	for i, c := range features.Clients() {
		if x := report.Readinesses(r); c.Profile == Gallery && i < len(x) {
			out.Says += " " + words.Valid(x[i].Words())
			if x[i].Answer == report.ReadyYes || x[i].Answer == report.ReadyWarned {
				out.OverallResult = "Succeeded"
			}
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

func galleryResultOf(t report.Test) galleryResult {
	g := galleryResult{TestName: words.Valid(t.Name)}
	switch t.Verdict {
	case report.Passed:
		g.TestResult = "success"
		return g
	case report.Unsupported, report.Untested:
		g.TestResult, g.ProvisioningErrorDetails = "skipped", words.Valid(t.Message)
	case report.Warned:
		g.TestResult = "WARNING - " + words.Short(t.Message, words.MaxMessage)
	case report.Failed:
		g.TestResult = "FAILED - " + words.Short(t.Message, words.MaxMessage)
	default:
		g.TestResult = "not judged - " + words.Short(t.Message, words.MaxMessage)
	}
	if g.ProvisioningErrorDetails == "" {
		g.ProvisioningErrorDetails = galleryDetails(t)
	}
	g.RecommendationURL = galleryHelp
	if t.OneOf != "" {
		g.RecommendationURL = galleryAuthHelp
	}
	return g
}

// galleryDetails is what was wanted and got, with the exchange that decided.
func galleryDetails(t report.Test) string {
	for _, e := range t.Examples {
		if e.Verdict != t.Verdict {
			continue
		}
		parts := []string{e.Message}
		if want, got := report.Values(e.Want, e.Got); want != "" {
			parts = append(parts, "expected "+words.Short(want, words.MaxValue)+", got "+words.Short(got, words.MaxValue))
		}
		if x := report.Deciding(e); x != nil {
			parts = append(parts, fmt.Sprintf("%s %s: %d", x.Method, x.URL, x.Status), words.Short(string(x.ResponseBody), words.MaxValue))
		}
		return words.Valid(strings.Join(parts, "; "))
	}
	return words.Valid(t.Message)
}
