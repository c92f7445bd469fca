package main

import (
	"bytes"
	"os"
	"testing"
)

func TestTheTableOfRequirementsIsUpToDate(t *testing.T) {
	var want, stderr bytes.Buffer
	env := environment{getenv: func(string) string { return "" }, stdout: &want, stderr: &stderr}
	if code := run(t.Context(), []string{"requirements", "--format", "markdown"}, env); code != exitPassed {
		t.Fatalf("exit %d: %s", code, &stderr)
	}
	got, err := os.ReadFile("../../features/README.md")
	if err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("features/README.md is stale (%v): run make docs", err)
	}
}
