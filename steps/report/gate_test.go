package report

import (
	"strings"
	"testing"
)

// The table of decisions that Microsoft publishes: SCIM-Validation-Test-Overview.md, August 2026.
func TestAGateDecidesAsItIsPublished(t *testing.T) {
	const secret, federated = "Validate_Credentials_Test", "Federated_Identity_Test"
	for name, c := range map[string]struct {
		create, deletion, manager, credentials, federation, load Verdict
		partial                                                  string
		want                                                     string
	}{
		"everything passes": {
			Passed, Passed, Passed, Passed, Passed, Untested, "",
			"Entra gallery: would be accepted, 4 tests passed, 1 skipped",
		},
		"an optional test fails": {
			Passed, Warned, Passed, Passed, Untested, Untested, "",
			"Entra gallery: would be accepted, 3 tests passed, 1 optional one did not, 1 skipped",
		},
		"the manager is not mapped": {
			Passed, Passed, Unsupported, Passed, Failed, Untested, "",
			"Entra gallery: would be accepted, 3 tests passed, 2 skipped",
		},
		"only the other way in passes": {
			Passed, Passed, Passed, Failed, Passed, Untested, "",
			"Entra gallery: would be accepted, 4 tests passed, 1 skipped",
		},
		"a mandatory test fails": {
			Failed, Passed, Failed, Passed, Untested, Untested, "",
			"Entra gallery: not accepted: these are missing: Create_User_Test, User_Update_Manager_Test",
		},
		"no way in passes": {
			Passed, Passed, Passed, Untested, Untested, Untested, "",
			"Entra gallery: not accepted: these are missing: " + secret + " or " + federated + " (one of them has to pass)",
		},
		"one way in fails, and the other is skipped": {
			Passed, Passed, Passed, Failed, Untested, Untested, "",
			"Entra gallery: not accepted: these are missing: " + secret + " or " + federated + " (one of them has to pass)",
		},
		"a mandatory test is blocked": {
			Blocked, Passed, Passed, Passed, Untested, Untested, "",
			"Entra gallery: not judged, could not be judged: Create_User_Test",
		},
		"the way in is broken": {
			Passed, Passed, Passed, Broken, Untested, Untested, "",
			"Entra gallery: not judged, could not be judged: " + secret + " or " + federated,
		},
		"the load is refused": {
			Passed, Passed, Passed, Passed, Untested, Failed, "",
			"Entra gallery: not accepted: these are missing: Many requests are answered",
		},
		"the run stopped": {
			Passed, Passed, Passed, Passed, Untested, Untested, "interrupted",
			"Entra gallery: not judged, the run stopped early",
		},
	} {
		r := &Report{Partial: c.partial, Requirements: []Requirement{
			{ID: "GALLERY-USER-01", Title: "Create_User_Test: a user", Verdict: c.create},
			{ID: "GALLERY-USER-04", Title: "Delete_User_Test: a user", Verdict: c.deletion},
			{ID: "GALLERY-USER-05", Title: "User_Update_Manager_Test: a manager", Verdict: c.manager},
			{ID: "GALLERY-SCIM-07", Title: secret + ": a token", Verdict: c.credentials, OneOf: "authentication"},
			{ID: "GALLERY-SCIM-08", Title: federated + ": a token", Verdict: c.federation, OneOf: "authentication"},
			{ID: "GALLERY-LOAD-01", Title: "Many requests are answered", Verdict: c.load},
			{ID: "RFC7644-3.3-05", Title: "Nothing of the gate's", Verdict: Failed},
		}}
		if got := wordsOf(r, "Entra gallery"); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

func TestWhatWasNotSelectedIsNotAccepted(t *testing.T) {
	left := Requirement{ID: "GALLERY-USER-04", Title: "Delete_User_Test: a user", Verdict: Untested, Message: notSelected}
	passed := Requirement{ID: "GALLERY-USER-01", Title: "Create_User_Test: a user", Verdict: Passed}
	if got := wordsOf(&Report{Requirements: []Requirement{passed, left}}, "Entra gallery"); got != "Entra gallery: not judged, 1 test not selected for this run" {
		t.Error(got)
	}
	if got := wordsOf(&Report{Requirements: []Requirement{left}}, "Entra gallery"); got != "Entra gallery: not judged, none of its tests was played" {
		t.Error(got)
	}
}

// Nothing has failed, and still the gate takes nobody in who was not reached by one of its two ways.
func TestARunThatPassesIsNotCalledAcceptedByAGateThatRefuses(t *testing.T) {
	r := &Report{}
	for _, q := range []Requirement{
		{ID: "GALLERY-USER-01", Title: "Create_User_Test: a user", Verdict: Passed},
		{ID: "GALLERY-SCIM-07", Title: "Validate_Credentials_Test: a token", Verdict: Unsupported, OneOf: "authentication"},
		{ID: "GALLERY-SCIM-08", Title: "Federated_Identity_Test: a token", Verdict: Unsupported, OneOf: "authentication"},
	} {
		r.add(q)
	}
	if e := NewEnding(r, nil, "above"); e.Lead != "Passed, but not accepted." || !strings.Contains(e.Text, "Validate_Credentials_Test or Federated_Identity_Test") {
		t.Errorf("%+v", e)
	}
}

func wordsOf(r *Report, name string) string {
	for _, x := range Readinesses(r) {
		if x.Name == name {
			return x.Words()
		}
	}
	return ""
}
