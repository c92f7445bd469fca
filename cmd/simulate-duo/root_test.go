package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The top level of the repository: what is there, and nothing else.
var (
	rootFolders = []string{"cmd", "features", "fixtures", "schemas", "simulators", "steps"}
	rootFiles   = []string{
		".dockerignore", ".gitignore", ".golangci.yml", "BENCHMARKS.md", "CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile", "LICENSE",
		"Makefile", "README.md", "action.yml", "go.mod", "go.sum",
	}
	hiddenFolders = []string{".ci", ".github"}
)

func TestTheTopLevelIsWhatTheDesignSays(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			got = append(got, e.Name())
		}
	}
	if !slices.Equal(got, rootFolders) {
		t.Errorf("the folders are %v, want %v", got, rootFolders)
	}
}

// What git tracks counts: builds and reports may lie about.
func TestTheFilesAtTheTopAreOnTheList(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "git", "ls-files")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Skip("not a checkout of git: ", err)
	}
	var files, hidden []string
	for name := range strings.Lines(string(out)) {
		switch top, _, inside := strings.Cut(strings.TrimSpace(name), "/"); {
		case !inside:
			files = append(files, top)
		case strings.HasPrefix(top, ".") && !slices.Contains(hidden, top):
			hidden = append(hidden, top)
		}
	}
	if !slices.Equal(files, rootFiles) {
		t.Errorf("the files are\n%v, want\n%v", files, rootFiles)
	}
	if !slices.Equal(hidden, hiddenFolders) {
		t.Errorf("the hidden folders are %v, want %v", hidden, hiddenFolders)
	}
}
