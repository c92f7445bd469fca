package explain

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func allExplained(t *testing.T) []*Explanation {
	t.Helper()
	all, err := features.LoadAll()
	if err != nil {
		t.Fatal(err)
	}
	var explained []*Explanation
	for _, q := range all {
		x, err := Of(q)
		if err != nil {
			t.Fatal(err)
		}
		explained = append(explained, x)
	}
	return explained
}

func TestEveryRequirementIsExplained(t *testing.T) {
	var proven []string // by tests of their own: no fault of the simulators can show them
	for _, x := range allExplained(t) {
		switch {
		case x.Title == "", x.Source == "", x.AskedBy == "", !strings.Contains(x.Rule, "Rule: "+x.Title), x.mend() == "":
			t.Errorf("%s: something is missing: %+v", x.ID, x)
		case x.Unobservable && len(x.Mistakes) > 0:
			t.Errorf("%s: it cannot be observed, and there are %d mistakes", x.ID, len(x.Mistakes))
		case !x.Unobservable && len(x.Mistakes) == 0:
			proven = append(proven, x.ID)
		case x.Try != "" && len(faults.Of(x.ID)) == 0:
			t.Errorf("%s: nothing can be tried with %s", x.ID, x.Try)
		}
	}
	if len(proven) > 10 {
		t.Errorf("these are explained without a mistake: %v", proven)
	}
}

func TestProseFitsTheWidth(t *testing.T) {
	for _, width := range []int{60, 80, 200} {
		for _, x := range allExplained(t) {
			var b bytes.Buffer
			if err := Text(&b, []*Explanation{x}, width); err != nil {
				t.Fatal(err)
			}
			prose, _, _ := strings.Cut(b.String(), "\n"+x.Rule) // the Gherkin is as it is in its file
			for line := range strings.Lines(prose) {
				line = strings.TrimRight(line, "\n")
				isOne := !strings.Contains(strings.TrimSpace(line), " ") // an address or a path
				if utf8.RuneCountInString(line) > width && !isOne {
					t.Errorf("%s at %d columns: %q", x.ID, width, line)
				}
			}
		}
	}
}

func TestTheJSONFormHasListsAndNoNull(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, allExplained(t)); err != nil {
		t.Fatal(err)
	}
	var members []map[string]any
	if err := json.Unmarshal(b.Bytes(), &members); err != nil {
		t.Fatal(err)
	}
	for _, x := range members {
		for name, value := range x {
			if value == nil {
				t.Errorf("%v: %s is null", x["id"], name)
			}
		}
	}
	var back []Explanation
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
}

func TestRequestsOfOneFormAreShownOnce(t *testing.T) {
	x := &Explanation{}
	for _, id := range []string{"1", "2", "3"} {
		x.Sent("an example", "When it is read", false, "http://x/scim", &wire.Exchange{Method: "GET", URL: "http://x/scim/Users/" + id, Status: 200})
	}
	x.Sent("an example", "Then it is gone", false, "http://x/scim", &wire.Exchange{Method: "GET", URL: "http://x/scim/Users/1", Status: 404})
	shown, left := x.typical(maxRequests)
	if len(shown) != 2 || left != 0 || shown[0].Path != "/Users/1" || shown[1].Status != 404 {
		t.Errorf("got %+v and %d more", shown, left)
	}
	if shown, left = x.typical(1); len(shown) != 1 || left != 1 {
		t.Errorf("got %d and %d more", len(shown), left)
	}
}

// What a server answers is a stranger's text: it is plain on a terminal and in Markdown.
func TestAnswersCannotActOnATerminal(t *testing.T) {
	x := &Explanation{ID: "RFC7644-3.3-01", Rule: "Rule: r\n"}
	x.Sent("e", "When it is read", false, "", &wire.Exchange{
		Method: "GET", URL: "/Users\x1b[2J", Status: 200, RequestBody: []byte("\x1b]0;title\a"), ResponseBody: []byte("```\x1b[31m"),
	})
	var text, markdown bytes.Buffer
	if err := Text(&text, []*Explanation{x}, 80); err != nil {
		t.Fatal(err)
	}
	if err := Markdown(&markdown, []*Explanation{x}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(text.String()+markdown.String(), "\x1b\a") {
		t.Errorf("a control character is left:\n%s\n%s", &text, &markdown)
	}
	if !strings.Contains(markdown.String(), "````http") {
		t.Errorf("the answer ends its block:\n%s", &markdown)
	}
}

func TestARequirementOfAnotherVersionIsNotExplained(t *testing.T) {
	if x := Find("RFC7644-3.6-01", "something else"); x != nil {
		t.Errorf("got %+v", x)
	}
	if x := Find("RFC7644-3.6-01", "A deletion is answered 204, without a body"); x == nil || len(x.Mistakes) == 0 {
		t.Errorf("got %+v", x)
	}
}
