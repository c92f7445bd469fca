package features

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// inDraft is how many statements each section of a draft has: its key words in capitals, counted in
// its text, and what the lists say to be meant so in small letters.
var inDraft = map[string]map[string]int{
	"interop01": {
		"4": 2, "5.1": 6, "5.2": 5, "5.3": 3, "5.4": 2, "6.1": 7, "6.2": 3, "6.3": 5, "6.4": 5, "6.5": 3, "6.5.1.1": 3, "6.5.1.2": 1,
		"6.5.2.1": 6, "6.5.2.2": 6, "6.5.3": 4, "6.6": 8, "6.7": 2, "6.8": 1, "6.9.1": 2, "7.1": 3, "7.2": 1,
	},
	"ipsie00al1": {"4.1": 8, "4.2": 4, "4.3": 6, "5.1": 5, "5.2": 2, "5.3": 1, "5.4": 1, "8": 6, "10": 7},
	"ipsie00al2": {
		"6": 3, "6.1.1": 2, "6.1.2": 4, "6.1.3": 1, "6.1.4": 1, "6.1.5": 3, "6.2": 2, "6.2.1": 4, "6.2.2": 2, "6.2.3": 2, "6.2.4": 1,
		"6.2.5": 1, "6.2.6": 3, "10": 7,
	},
}

// Each statement of a draft has its row in the folder's README, and each Rule of the folder is in
// one. Nothing is missed, and nothing is made up.
func TestEveryStatementOfADraftHasItsRule(t *testing.T) {
	all, err := LoadAll()
	if err != nil {
		t.Fatal(err)
	}
	known, section := map[string]bool{}, map[string]string{}
	for _, q := range all {
		folder, _, _ := strings.Cut(q.File, "/")
		known[q.ID], section[q.ID] = true, ""
		if _, isDraft := inDraft[folder]; isDraft {
			_, family, _ := ClientOf(q.ID)
			section[q.ID], _, _ = strings.Cut(strings.TrimPrefix(q.ID, family.Prefix+"-"), "-")
		}
	}
	for folder, counts := range inDraft {
		t.Run(folder, func(t *testing.T) {
			rows, stated := map[string]int{}, map[string]bool{}
			for _, row := range statementsIn(t, folder) {
				rows[row.section]++
				for id := range strings.SplitSeq(row.rules, ", ") {
					if stated[id] = true; id != "-" && !known[id] {
						t.Errorf("section %s: there is no Rule %s", row.section, id)
					}
				}
			}
			for s, n := range counts {
				if rows[s] != n {
					t.Errorf("section %s has %d rows, and %d statements in the draft", s, rows[s], n)
				}
			}
			for _, q := range all {
				if strings.HasPrefix(q.File, folder+"/") && (!stated[q.ID] || counts[section[q.ID]] == 0) {
					t.Errorf("%s is in no row", q.ID)
				}
			}
		})
	}
}

type statement struct{ section, rules string }

// statementsIn are the rows of the table in the folder's README.
func statementsIn(t *testing.T, folder string) []statement {
	t.Helper()
	text, err := os.ReadFile(folder + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []statement
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) == 6 && !slices.Contains([]string{"section", "---"}, strings.TrimSpace(cells[1])) {
			all = append(all, statement{strings.TrimSpace(cells[1]), strings.TrimSpace(cells[4])})
		}
	}
	return all
}

func TestProfilesHaveVersionsOfDrafts(t *testing.T) {
	if p, ok := Newest("interop"); !ok || p != "interop@01" || p.Name() != "interop" || p.Version() != "01" {
		t.Error(p, ok)
	}
	if p, ok := Newest("rfc"); !ok || p != RFC || p.Version() != "" {
		t.Error(p, ok)
	}
	if _, ok := Newest("interop@01"); ok {
		t.Error("a name with a version is no name")
	}
	if got := JoinProfiles(WithIncluded([]Profile{"ipsie-al2@00", Duo}), ","); got != "duo,interop@01,ipsie-al1@00,ipsie-al2@00" {
		t.Error(got)
	}
	if slices.Contains(AllProfiles(), "interop@01") || !slices.Contains(AllProfiles(), RFC) {
		t.Error(AllProfiles())
	}
}
