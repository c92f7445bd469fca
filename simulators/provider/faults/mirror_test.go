package faults_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
)

const features = "../../../features"

var requirementID = regexp.MustCompile(`^([A-Z][A-Z0-9]*)-[\w.-]+-\d+$`)

// A requirement is found in two places: its feature file, and the file of faults
// with the same folder and name.
func TestFaultsMirrorTheFeatures(t *testing.T) {
	known := map[string]bool{}
	for _, f := range faults.All() {
		known[f.Requirement] = true
	}
	for _, file := range filesOf(t) {
		t.Run(file, func(t *testing.T) {
			feature, err := os.ReadFile(filepath.Join(features, strings.TrimSuffix(file, ".go")+".feature"))
			if err != nil {
				t.Fatalf("there is no feature file of this name: %v", err)
			}
			tags := strings.Fields(string(feature))
			ids := idsIn(t, file)
			if len(ids) == 0 {
				t.Error("it violates no requirement")
			}
			for _, id := range ids {
				delete(known, id)
				if !slices.Contains(tags, "@"+id) {
					t.Errorf("%s is a requirement of another feature file", id)
				}
			}
		})
	}
	for id := range known {
		t.Errorf("the faults of %s are in no file of their feature", id)
	}
}

// filesOf are the files with faults, each as FOLDER/FILE.go. The file that is
// named like its folder lists the others.
func filesOf(t *testing.T) []string {
	t.Helper()
	folders, err := filepath.Glob(features + "/*")
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, folder := range folders {
		name := filepath.Base(folder)
		found, err := filepath.Glob(filepath.Join(name, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if f != filepath.Join(name, name+".go") {
				files = append(files, filepath.ToSlash(f))
			}
		}
	}
	if len(files) == 0 {
		t.Fatal("no file found")
	}
	return files
}

// idsIn are the ids of requirements in the texts of a Go file.
func idsIn(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if text, err := strconv.Unquote(l.Value); err == nil && requirementID.MatchString(text) {
				ids = append(ids, text)
			}
		}
		return true
	})
	return ids
}

func TestFaultsHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range faults.All() {
		if key := f.Requirement + " " + f.Name; seen[key] || f.Name == "" || f.Wrap == nil {
			t.Errorf("%s: given twice, or without a name or a wrap", key)
		} else {
			seen[key] = true
		}
	}
	for _, v := range faults.Variations() {
		if seen[v.Name] || v.Name == "" || v.Why == "" || v.Wrap == nil {
			t.Errorf("%s: given twice, or without a name, a reason or a wrap", v.Name)
		}
		seen[v.Name] = true
	}
}
