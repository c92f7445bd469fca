package lab

import (
	"bytes"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	gherkin "github.com/cucumber/gherkin/go/v42"
	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

// guided is a scenario under way.
type guided struct {
	*tab

	lab    *Lab
	origin string
	start  func(path string) *tab
	saved  map[string]string // by label
}

// sentence is a step of the features and what it does.
type sentence struct {
	form *regexp.Regexp
	do   func(g *guided, said []string, table [][]string)
}

func sentenceOf(form string, do func(g *guided, said []string, table [][]string)) sentence {
	return sentence{regexp.MustCompile(`^(?:the administrator )?` + form + `$`), do}
}

var sentences = []sentence{
	sentenceOf(`the lab is open`, func(g *guided, _ []string, _ [][]string) { g.begin(Options{}) }),
	sentenceOf(`the lab is open with an endpoint at a URL`, func(g *guided, _ []string, _ [][]string) { g.begin(Options{Target: endpoint(g.T), Token: canary}) }),
	sentenceOf(`the lab is open with an independent server`, func(g *guided, _ []string, _ [][]string) { g.begin(Options{Target: independent(g.T), Token: canary}) }),
	sentenceOf(`navigates to "(.+)"`, func(g *guided, said []string, _ [][]string) { g.click(said[0], "Pages") }),
	sentenceOf(`clicks "(.+)"`, func(g *guided, said []string, _ [][]string) { g.click(said[0], "") }),
	sentenceOf(`under "(.+)" (?:the administrator )?clicks "(.+)"`, func(g *guided, said []string, _ [][]string) { g.click(said[1], said[0]) }),
	sentenceOf(`enters "(.+)" as "(.+)"`, func(g *guided, said []string, _ [][]string) { g.enter(said[0], said[1]) }),
	sentenceOf(`chooses "(.+)" as "(.+)"`, func(g *guided, said []string, _ [][]string) {
		g.find(said[1], "")
		// Typing would take a space for a click where the machine is slow.
		g.text(`(() => {
			const list = document.querySelector("[` + mark + `]");
			list.value = [...list.options].find((o) => o.text === ` + strconv.Quote(said[0]) + `).value;
			list.dispatchEvent(new Event("change", {bubbles: true}));
		})()`)
	}),
	sentenceOf(`pastes the "(.+)" as "(.+)"`, func(g *guided, said []string, _ [][]string) { g.enter(g.saved[said[0]], said[1]) }),
	sentenceOf(`saves the "(.+)" and the "(.+)"`, func(g *guided, said []string, _ [][]string) {
		for _, label := range said {
			g.find(label, "")
			g.saved[label] = g.text(`document.querySelector("[` + mark + `]").value`)
		}
	}),
	sentenceOf(`the page shows "(.+)" and "(.+)"`, func(g *guided, said []string, _ [][]string) { g.shows(said...) }),
	sentenceOf(`the page shows "([^"]+)"`, func(g *guided, said []string, _ [][]string) { g.shows(said...) }),
	sentenceOf(`the attribute mapping is`, func(g *guided, _ []string, want [][]string) {
		got := g.text(`[...document.querySelectorAll("#mapping tbody tr")].map((r) => r.querySelector("select").value + " | " + r.querySelector("th").innerText).join("\n")`)
		g.same(got, want)
	}),
	sentenceOf(`the table "(.+)" has the row`, func(g *guided, said []string, want [][]string) {
		g.same(g.text(rowsOf(`[...document.querySelectorAll('[role=region]')].find((e) => e.getAttribute("aria-label") === `+strconv.Quote(said[0])+`)`)), want)
	}),
	sentenceOf(`the activity log is, newest first`, func(g *guided, _ []string, want [][]string) {
		g.same(g.text(`[...document.querySelectorAll("#log tbody tr")].map((r) => [...r.cells].slice(1, 5).map((c) => c.innerText.replace(/\s+/g, " ").trim()).join(" | ")).join("\n")`), want)
	}),
	sentenceOf(`each request below has its answer`, func(g *guided, _ []string, want [][]string) {
		got := "\n" + g.text(`[...document.querySelectorAll("#wire tbody tr")].map((r) => [2, 3, 4].map((i) => r.cells[i].innerText.trim()).join(" | ")).join("\n")`) + "\n"
		for _, row := range want {
			if line := strings.Join(row, " | "); !strings.Contains(got, "\n"+line+"\n") {
				g.Errorf("the wire lacks %q:%s", line, got)
			}
		}
	}),
	sentenceOf(`the guide is done`, func(g *guided, _ []string, _ [][]string) {
		g.wait(`document.getElementById("guide").innerText.includes("The guide is done")`)
	}),
}

func rowsOf(part string) string {
	return `[...` + part + `.querySelectorAll("tbody tr")].map((r) => [...r.cells].map((c) => c.innerText.replace(/\s+/g, " ").trim()).join(" | ")).join("\n")`
}

func (g *guided) same(got string, want [][]string) {
	g.Helper()
	lines := make([]string, len(want))
	for i, row := range want {
		lines[i] = strings.Join(row, " | ")
	}
	if text := strings.Join(lines, "\n"); got != text {
		g.Errorf("got\n%s\nwant\n%s", got, text)
	}
}

func (g *guided) begin(opt Options) {
	l, server := newLab(g.T, opt)
	g.lab, g.origin, g.saved = l, server.URL, map[string]string{}
	g.tab = g.start(server.URL)
}

// shows waits until the page shows texts.
func (g *guided) shows(texts ...string) {
	g.Helper()
	for _, text := range texts {
		g.wait(`document.querySelector("main").innerText.replace(/\s+/g, " ").includes(` + strconv.Quote(text) + `)`)
	}
}

// endpoint is a SCIM endpoint that is not the lab's.
func endpoint(t *testing.T) string {
	t.Helper()
	p, err := provider.New(provider.Config{BasePath: "/scim/v2", Authorize: provider.BearerAuth(canary)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	return server.URL + "/scim/v2"
}

func TestTheGuideInABrowser(t *testing.T) {
	text, err := os.ReadFile("testdata/guide.feature")
	if err != nil {
		t.Fatal(err)
	}
	ids := 0
	newID := func() string { ids++; return strconv.Itoa(ids) }
	doc, err := gherkin.ParseGherkinDocument(bytes.NewReader(text), newID)
	if err != nil {
		t.Fatal(err)
	}
	chromium := browser(t)
	for _, way := range []string{"by mouse", "by keyboard alone"} {
		for _, scenario := range gherkin.Pickles(*doc, "guide.feature", newID) {
			t.Run(scenario.Name+", "+way, func(t *testing.T) {
				g := &guided{tab: &tab{T: t}, start: func(origin string) *tab {
					p := open(chromium, t, origin, "/")
					p.keyboard = way == "by keyboard alone"
					return p
				}}
				for _, step := range scenario.Steps {
					t.Log(step.Text)
					if g.play(step); t.Failed() {
						t.FailNow()
					}
				}
			})
		}
	}
}

// play does what a step says.
func (g *guided) play(step *messages.PickleStep) {
	g.Helper()
	var table [][]string
	if step.Argument != nil && step.Argument.DataTable != nil {
		for _, row := range step.Argument.DataTable.Rows {
			cells := make([]string, len(row.Cells))
			for i, c := range row.Cells {
				cells[i] = c.Value
			}
			table = append(table, cells)
		}
	}
	for _, s := range sentences {
		if found := s.form.FindStringSubmatch(step.Text); found != nil {
			s.do(g, found[1:], table)
			return
		}
	}
	g.Fatalf("no sentence fits the step: %s", step.Text)
}
