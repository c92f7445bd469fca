package features

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// file makes a file system of one feature file.
func file(text string) fstest.MapFS {
	return fstest.MapFS{"guide/a.feature": {Data: []byte(text)}}
}

func TestLoadReadsARequirement(t *testing.T) {
	got, err := Load(file(`@guide
Feature: Connect
  Source: Cisco document 225885, step 5, unless a Rule names another.

  Background:
    Given a target

  @DUO-CONNECT-01 @OBSERVED @requires.bulk
  Rule: Connecting changes nothing
    The page says so,
      more or less.

    @slow
    Example: only reads
      When the administrator connects

    Scenario Outline: <who> connects
      When <who> connects

      @late
      Examples:
        | who  |
        | Ada  |
        | Grit |

  @RFC7644-3.4.2.2-05 @MUST-NOT @unobservable
  Rule: Nobody can see it
    It happens inside. Source: elsewhere.
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Requirement{{
		ID: "DUO-CONNECT-01", Level: Observed, Title: "Connecting changes nothing",
		Text: "The page says so,\nmore or less.", Source: "Cisco document 225885, step 5",
		Feature: "Connect", File: "guide/a.feature", Line: 9, Tags: []string{"guide", "requires.bulk"},
		Examples: []Example{
			{Name: "only reads", Line: 14, Tags: []string{"slow"}, Steps: []string{"a target", "the administrator connects"}},
			{Name: "Ada connects", Line: 23, Tags: []string{"late"}, Steps: []string{"a target", "Ada connects"}},
			{Name: "Grit connects", Line: 24, Tags: []string{"late"}, Steps: []string{"a target", "Grit connects"}},
		},
	}, {
		ID: "RFC7644-3.4.2.2-05", Level: MustNot, Title: "Nobody can see it",
		Text: "It happens inside. Source: elsewhere.", Source: "RFC 7644 section 3.4.2.2",
		Feature: "Connect", File: "guide/a.feature", Line: 27, Tags: []string{"guide"}, Unobservable: true,
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if place := got[1].Place(); place != "guide/a.feature:27" {
		t.Errorf("place %s", place)
	}
}

func TestLoadKeepsTheOrderOfPathsAndLines(t *testing.T) {
	feature := func(ids ...string) *fstest.MapFile {
		text := "Feature: F\n  Source: here.\n"
		for _, id := range ids {
			text += "@" + id + " @MUST @unobservable\nRule: r\n  because\n"
		}
		return &fstest.MapFile{Data: []byte(text)}
	}
	got, err := Load(fstest.MapFS{
		"guide/2.feature":      feature("DUO-B-02", "DUO-B-01"),
		"guide/1.feature":      feature("DUO-A-01"),
		"rfc/x.feature":        feature("OKTA-01"),
		"rfc/notes.md":         {Data: []byte("Rule: not read")},
		"guide/deep/z.feature": feature("ENTRA-02"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range got {
		ids = append(ids, r.ID)
	}
	if s := strings.Join(ids, " "); s != "DUO-A-01 DUO-B-02 DUO-B-01 ENTRA-02 OKTA-01" {
		t.Error(s)
	}
}

func TestLoadTakesTheSourceFrom(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"the sentence after the word": {"Why. Source: Cisco help 119453; a second. How it\nshows is unknown.", "Cisco help 119453; a second"},
		"the lines that it spans":     {"Source: Cisco help\n    119453.", "Cisco help 119453"},
		"the Feature otherwise":       {"Only why.", "the guide"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Load(file("Feature: F\n  Source: the guide.\n\n  @DUO-A-01 @MUST @unobservable\n  Rule: r\n    " + test.text + "\n"))
			if err != nil {
				t.Fatal(err)
			}
			if got[0].Source != test.want {
				t.Errorf("got %q, want %q", got[0].Source, test.want)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	const (
		head = "Feature: F\n  Source: here.\n" // lines 1 and 2
		tags = head + "@DUO-A-01 @MUST\n"      // line 3
		rule = tags + "Rule: r\n"              // line 4
		step = "Example: e\nGiven x\n"         // two lines
		good = rule + step                     // lines 1 to 6
	)
	tests := map[string]struct {
		text string
		want string // a line of the error
	}{
		"a Rule without an id":              {head + "@MUST\nRule: r\n" + step, `guide/a.feature:4: Rule "r" has no id: tag it`},
		"an id that is given twice":         {good + "@DUO-A-01 @MUST\nRule: s\n" + step, `guide/a.feature:8: id DUO-A-01 is taken by the Rule at guide/a.feature:4: ids are never reused`},
		"two ids at one Rule":               {head + "@DUO-A-01 @DUO-A-02 @MUST\nRule: r\n" + step, `guide/a.feature:3: the Rule has two ids, @DUO-A-01 and @DUO-A-02`},
		"an id with a counter of one digit": {head + "@DUO-A-1 @MUST\nRule: r\n" + step, `guide/a.feature:3: @DUO-A-1 is no requirement id`},
		"an id in lower case":               {head + "@duo-a-01 @MUST\nRule: r\n" + step, `guide/a.feature:3: @duo-a-01 is no requirement id`},
		"an id of another standard":         {head + "@RFC2119-1-01 @MUST\nRule: r\n" + step, `guide/a.feature:3: @RFC2119-1-01 is no requirement id`},
		"an id without a section":           {head + "@RFC7644-01 @MUST\nRule: r\n" + step, `guide/a.feature:3: @RFC7644-01 is no requirement id`},
		"a Rule without a level":            {head + "@DUO-A-01\nRule: r\n" + step, `guide/a.feature:4: Rule "r" has no level: tag it with one of @MUST @MUST-NOT`},
		"two levels at one Rule":            {head + "@DUO-A-01 @MUST @SHALL\nRule: r\n" + step, `guide/a.feature:3: the Rule has two levels, @MUST and @SHALL`},
		"a misspelt level":                  {head + "@DUO-A-01 @Must\nRule: r\n" + step, `guide/a.feature:3: @Must is neither a level nor an id`},
		"a level at the Feature":            {"@MUST\n" + good, `guide/a.feature:1: @MUST stands at the Feature: move it to the Rule`},
		"an id at an example":               {rule + "@DUO-A-02\n" + step, `guide/a.feature:5: @DUO-A-02 stands at example "e": move it to the Rule`},
		"a level at a table of an outline":  {rule + "Scenario Outline: <a>\nGiven x\n@MUST\nExamples:\n|a|\n|1|\n", `guide/a.feature:7: @MUST stands at a table of example "<a>"`},
		"unobservable at an example":        {rule + "@unobservable\n" + step, `guide/a.feature:5: @unobservable stands at example "e"`},
		"a Rule without an example":         {rule, `guide/a.feature:4: Rule "r" has no example: add one, or tag it @unobservable and say why`},
		"an unobservable Rule with one":     {head + "@DUO-A-01 @MUST @unobservable\nRule: r\nwhy\n" + step, `guide/a.feature:4: Rule "r" is @unobservable and has an example`},
		"an unobservable Rule without why":  {head + "@DUO-A-01 @MUST @unobservable\nRule: r\n", `guide/a.feature:4: Rule "r" is @unobservable without a reason`},
		"an example outside a Rule":         {head + step + "@DUO-A-01 @MUST\nRule: r\n" + step, `guide/a.feature:3: example "e" is outside a Rule`},
		"two examples of one name":          {good + step, `guide/a.feature:7: example "e" is also the name of the one at line 5`},
		"rows that cannot be told apart":    {rule + "Scenario Outline: e\nGiven <a>\nExamples:\n|a|\n|1|\n|2|\n", `guide/a.feature:10: example "e" is also the name of the one at line 9: results could not be told apart; in an outline, put a <column> into the name`},
		"an outline without a row":          {rule + "Scenario Outline: e\nGiven <a>\nExamples:\n|a|\n", `guide/a.feature:5: outline "e" has no row`},
		"an example without a step":         {rule + "Example: e\n", `guide/a.feature:5: example "e" has no step`},
		"an example without a name":         {rule + "Example:\nGiven x\n", `guide/a.feature:5: the example has no name`},
		"a Rule without a title":            {tags + "Rule:\n" + step, `guide/a.feature:4: the Rule has no title`},
		"a Feature without a title":         {"Feature:\nSource: here.\n@DUO-A-01 @MUST\nRule: r\n" + step, `guide/a.feature:1: the Feature has no title`},
		"a Rule that nobody wrote anywhere": {"Feature: F\n@DUO-A-01 @MUST\nRule: r\n" + step, `guide/a.feature:3: Rule "r" has no source`},
		"an outline that is read as a text": {rule + "Example Outline: e <a>\nGiven <a>\nExamples:\n|a|\n|1|\n" + step, `guide/a.feature:4: the text below holds an outline or a table`},
		"a file without a Feature":          {"# nothing\n", `guide/a.feature:1: the file holds no Feature`},
		"text that is no Gherkin":           {good + "Then there is\n\nnonsense\n", `guide/a.feature:9: expected: `},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Load(file(test.text))
			if err == nil {
				t.Fatalf("no error, read %+v", got)
			}
			for line := range strings.Lines(err.Error()) {
				if strings.HasPrefix(line, test.want) {
					return
				}
			}
			t.Errorf("got\n%v\nwant a line that begins\n%s", err, test.want)
		})
	}
}

func TestLoadReportsEverythingAtOnceByFileAndLine(t *testing.T) {
	_, err := Load(fstest.MapFS{
		"b.feature": {Data: []byte("Feature: F\nSource: x.\nRule: r\nExample: e\nGiven x\n")},
		"a.feature": {Data: []byte("nonsense\n")},
	})
	if err == nil {
		t.Fatal("no error")
	}
	var begins []string
	for line := range strings.Lines(err.Error()) {
		place, _, _ := strings.Cut(line, ": ")
		begins = append(begins, place)
	}
	if s := strings.Join(begins, " "); s != "a.feature:1 b.feature:3 b.feature:3" {
		t.Errorf("places %s of\n%v", s, err)
	}
}

func TestLoadRefusesToFindNothing(t *testing.T) {
	if _, err := Load(fstest.MapFS{"a.txt": {}}); err == nil || err.Error() != "read requirements: no .feature file found" {
		t.Error(err)
	}
}

func TestEveryEmbeddedRequirementIsInOrder(t *testing.T) {
	requirements, err := Load(FS)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(requirements); n < 45 {
		t.Errorf("%d requirements", n)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("@DUO-A-01 @MUST\nRule: r\n  Example: e\n    Given x\n")
	f.Add("Feature: F\n Rule:\n  Scenario Outline: <a>\n   Given <a>\n   Examples:\n   |a|\n   |1|\n")
	f.Add("# language: de\nFunktionalität: x\n")
	f.Fuzz(func(t *testing.T, text string) {
		requirements, err := Load(file(text))
		if err == nil && len(requirements) > 0 && !IsID(requirements[0].ID) {
			t.Errorf("accepted the id %q", requirements[0].ID)
		}
	})
}
