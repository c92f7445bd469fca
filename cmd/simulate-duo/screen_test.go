package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps"
)

func TestARowOfTheLogFitsTheScreen(t *testing.T) {
	for _, width := range []int{20, 60, 80, 119} {
		s := &screen{width: width}
		row := s.columns("15:04:05", "Provisioning successfully connected", "Automated Provisioning Integration", "Cisco Secure Access - Single Sign-On")
		if n := utf8.RuneCountInString(row) + 2; n > width {
			t.Errorf("at %d columns it takes %d: %s", width, n, row)
		}
	}
	for _, width := range []int{0, 120, 200} {
		s := &screen{width: width}
		if row := s.columns("15:04:05", "a", "Automated Provisioning Integration", "b"); !strings.Contains(row, "Integration") {
			t.Errorf("at %d columns the actor is left out: %s", width, row)
		}
	}
}

func TestTheFirstLineSaysWhoIsAtWork(t *testing.T) {
	target := steps.Target{Name: "target", URL: "https://example.com/scim"}
	for want, profiles := range map[string][]features.Profile{
		"Duo provisions https://example.com/scim.\n":                                            features.Profiles(),
		"https://example.com/scim is judged by the requirements of Microsoft Entra ID, Okta.\n": {"entra", "okta"},
		"https://example.com/scim is judged by the requirements of RFC.\n":                      {features.RFC},
	} {
		var out strings.Builder
		(&screen{out: &out}).begin(target, profiles)
		if out.String() != want {
			t.Errorf("got %q, want %q", out.String(), want)
		}
	}
}
