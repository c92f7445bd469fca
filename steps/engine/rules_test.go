package engine

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
)

func TestRulesThatAreNotChosenAreLeftOutInTheirPlace(t *testing.T) {
	all, err := features.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		one := all[i : i+1]
		text, err := fs.ReadFile(rulesOf(features.FS, all, one), one[0].File)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		if n := strings.Count(string(text), "Rule:"); n != 1 || !strings.Contains(lines[one[0].Line-1], one[0].Title) {
			t.Fatalf("%s: %d rules, line %d is %q", one[0].ID, n, one[0].Line, lines[one[0].Line-1])
		}
		whole, err := fs.ReadFile(features.FS, one[0].File)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(string(whole), "\n") != strings.Count(string(text), "\n") {
			t.Fatalf("%s: the lines have moved", one[0].ID)
		}
	}
}
