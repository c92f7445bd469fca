package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
)

// The README cannot be generated, so this holds it to the table of clients.
func TestTheREADMEHasARowForEveryClient(t *testing.T) {
	data, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range append(clientRows(),
		fmt.Sprintf("| `--profile %s` | whose requirements: a list of %s |", features.JoinProfiles(features.DefaultProfiles(), ","), knownProfiles("or"))) {
		if !strings.Contains(string(data), row+"\n") {
			t.Errorf("README.md has no line\n%s", row)
		}
	}
}

// clientRows is a row for each client: its profile, whose it is, its ids.
func clientRows() []string {
	var rows []string
	for _, c := range features.Clients() {
		profile := fmt.Sprintf("`%s`", c.Profile)
		if c.Default {
			profile += ", by default"
		}
		var prefixes []string
		for _, f := range c.Families {
			prefixes = append(prefixes, fmt.Sprintf("`%s-`", f.Prefix))
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %s |", profile, c.Title, strings.Join(prefixes, ", ")))
	}
	return rows
}

func TestTheActionTakesTheProfilesThatThereAre(t *testing.T) {
	var action struct {
		Inputs map[string]struct{ Description, Default string }
	}
	decodeYAML(t, "action.yml", &action)
	input := action.Inputs["profile"]
	if want := "Whose requirements, a list of " + knownProfiles("or") + "."; input.Description != want {
		t.Errorf("action.yml describes the profile as %q, want %q", input.Description, want)
	}
	if want := features.JoinProfiles(features.DefaultProfiles(), ","); input.Default != want {
		t.Errorf("action.yml has the default profile %q, want %q", input.Default, want)
	}
}
