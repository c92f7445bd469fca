package replay

import (
	"bytes"
	"go/parser"
	"go/token"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

const target = "https://example.com/scim/v2"

func exchange(method, path, body string, status int, answer string) *wire.Exchange {
	return &wire.Exchange{
		Method: method, URL: target + path, RequestBody: []byte(body), Status: status, ResponseBody: []byte(answer),
		RequestHeader: http.Header{"Authorization": {"Bearer [hidden]"}}, ResponseHeader: http.Header{},
	}
}

// finding is a report of one failure, decided by these exchanges.
func finding(want, got string, all ...*wire.Exchange) *report.Report {
	e := report.Example{Name: "e", Profile: report.DefaultProfile, Verdict: report.Failed, Message: "it is wrong", Want: want, Got: got, Exchanges: all}
	return &report.Report{
		Version: report.Version, Tool: report.Tool{Name: "simulate-duo", Version: "1"}, Target: report.Target{URL: target}, Started: time.Unix(0, 0),
		Requirements: []report.Requirement{{ID: "A-01", Level: "MUST", Title: "It is right", Verdict: report.Failed, Message: "it is wrong", Examples: []report.Example{e}}},
	}
}

func planned(t *testing.T, r *report.Report) *Replay {
	t.Helper()
	p, err := New(r, "A-01")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func written(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// requests are the method and the URL of every step, variables in braces.
func requests(p *Replay) string {
	var all []string
	for _, s := range p.Steps {
		all = append(all, s.Method+" "+shown(s.URL)+" "+shown(s.Body))
	}
	return strings.Join(all, "\n")
}

func shown(t text) string {
	return t.fill(itself, func(p piece) string { return "{" + p.variable + "}" })
}

func TestWhatOnlyLooksIsLeftOut(t *testing.T) {
	p := planned(t, finding("204", "404",
		exchange("GET", "/Users?startIndex=1&count=1", "", 200, `{"totalResults":7}`),
		exchange("POST", "/Users", `{"userName":"a"}`, 201, `{"id":"7","meta":{"version":"W/\"1\""}}`),
		exchange("GET", "/Users/7", "", 200, `{"id":"7"}`),
		exchange("POST", "/Users/.search", `{"startIndex":7}`, 200, `{"Resources":[{"id":"12"}]}`),
		exchange("PATCH", "/Users/7", `{"Operations":[{"value":7,"path":"x[value eq \"7\"]"},{"value":"7","count":"17"}]}`, 200, `{}`),
		exchange("GET", "/Groups?startIndex=7&filter=members.value%20eq%20%227%22", "", 200, `{"Resources":[{"id":"0"},{"id":"9"}]}`),
		exchange("DELETE", "/Groups/9", "", 404, ``),
	))
	const want = `POST {base}/Users {"userName":"a"}
PATCH {base}/Users/{value1} {"Operations":[{"value":7,"path":"x[value eq \"{value1}\"]"},{"value":"{value1}","count":"17"}]}
GET {base}/Groups?startIndex=7&filter=members.value%20eq%20%22{value1}%22 
DELETE {base}/Groups/{value2} `
	if got := requests(p); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if c := p.Steps[2].Captures; len(c) != 1 || c[0].query() != ".Resources[1].id" {
		t.Errorf("the third yields %+v", c)
	}
	if p.WantStatus != 204 {
		t.Errorf("the last has to answer %d", p.WantStatus)
	}
}

func TestAVersionIsTakenFromTheAnswer(t *testing.T) {
	created := exchange("POST", "/Users", `{}`, 201, `{"id":"abc"}`)
	created.ResponseHeader.Set("ETag", `W/"1"`)
	read := exchange("GET", "/Users/abc", "", 200, `{}`)
	read.RequestHeader.Set("If-None-Match", `W/"1"`)
	script := written(t, planned(t, finding("304", "200", created, read)).WriteCurl)
	for _, want := range []string{`value2=$(header 1 ETag)`, `-H 'If-None-Match: '"$value2"`, `"$(escape "$value1")"`} {
		if !strings.Contains(script, want) {
			t.Errorf("%s is missing in\n%s", want, script)
		}
	}
}

func TestNoOtherServerGetsTheToken(t *testing.T) {
	elsewhere := exchange("GET", "/Users", "", 200, `{}`)
	elsewhere.URL = "https://example.com/scim/v2.example.org/Users"
	p := planned(t, finding("200", "404", elsewhere))
	if p.Steps[0].Token {
		t.Error("it gets it")
	}
	if script := written(t, p.WriteCurl); !strings.Contains(script, "showed other credentials than the token") {
		t.Errorf("nothing is said of the credentials in\n%s", script)
	}
}

func TestWhatTheRunHadMadeBeforeIsSaidToBeMissing(t *testing.T) {
	script := written(t, planned(t, finding("400", "200", exchange("GET", "/Users?filter=userName%20sw%20%22sduo-1f3a9c2e%22", "", 200, `{}`))).WriteHTTP)
	if !strings.Contains(script, "They are about what the run had created before, which is gone") {
		t.Error(script)
	}
}

func TestAFindingIsHeldToWhatItAsserts(t *testing.T) {
	answer := `{"id":"7","active":true,"emails":[{"value":"A@example.com"}],"totalResults":3}`
	for name, test := range map[string]struct {
		message, want, got string
		status             int
		goTest, shell      string
	}{
		"a status of several":        {"the answer to GET /Users", "200 or 204", "404 (no)", 404, `wantStatus([][2]int{{200, 200}, {204, 204}}`, `[ "$status" -ge 204 ]`},
		"a kind of status":           {"the answer to GET /Users", "a status of success", "404", 404, `wantStatus([][2]int{{200, 299}}`, `[ "$status" -le 299 ]`},
		"a value that is known":      {"active of Ann", "false", "true", 200, `wantOther(step1.text("active"), "true", "false"`, `jq -c '.active' "$dir/1.body" 2>/dev/null || :)" != 'false' ]`},
		"a value told in words":      {"emails.value in the answer", "the domain in lower case", `"A@example.com"`, 200, `wantOther(step1.text("emails", 0, "value"), "\"A@example.com\"", ""`, `jq -c '.emails[0].value' "$dir/1.body" 2>/dev/null || :)" = '"A@example.com"' ]`},
		"a text told without quotes": {"id in the answer", "8", "7", 200, `wantOther(step1.text("id"), "\"7\"", ""`, `jq -c '.id' "$dir/1.body" 2>/dev/null || :)" = '"7"' ]`},
		"a number":                   {"totalResults in the answer", "2", "3", 200, `wantOther(step1.text("totalResults"), "3", "2"`, `!= '2' ]`},
		"something in the answer":    {"the answer", "a list", "no list", 200, `wantOtherAnswer(200, "{\"id\":`, `compare: the answer: expected a list`},
	} {
		t.Run(name, func(t *testing.T) {
			r := finding(test.want, test.got, exchange("GET", "/Users", "", test.status, answer))
			r.Requirements[0].Examples[0].Message = test.message
			p := planned(t, r)
			if code := written(t, p.WriteGo); !strings.Contains(code, test.goTest) {
				own, _, _ := strings.Cut(code, "// target is")
				t.Errorf("the Go test lacks %s:\n%s", test.goTest, own)
			}
			if script := written(t, p.WriteCurl); !strings.Contains(script, test.shell) {
				t.Errorf("the script lacks %s:\n%s", test.shell, script)
			}
		})
	}
}

func TestAWrongTokenIsRepeatedAsOne(t *testing.T) {
	x := exchange("GET", "/Users", "", 200, `{}`)
	kind := "Bearer {token cut short}"
	x.Credentials = &kind
	p := planned(t, finding("401", "200", x))
	for form, want := range map[string]string{
		written(t, p.WriteCurl): `-H 'Authorization: Bearer '"${SCIM_TOKEN%?}"`,
		written(t, p.WriteGo):   `"Authorization", "Bearer "+token("{token cut short}")`,
		written(t, p.WriteHTTP): "by hand, with what it says in place of the braces: Authorization: Bearer {token cut short}",
	} {
		if !strings.Contains(form, want) {
			t.Errorf("%s is missing in\n%s", want, form)
		}
	}
}

func TestAFindingWithoutAStatusIsLeftToTheEye(t *testing.T) {
	for _, test := range []struct{ want, got string }{{"false", "true"}, {"201 or 200", "404"}, {"200", "201 in words"}, {"", ""}} {
		p := planned(t, finding(test.want, test.got, exchange("GET", "/Users", "", 404, `{}`)))
		if p.WantStatus != 0 {
			t.Errorf("%q, %q: the status has to be %d", test.want, test.got, p.WantStatus)
		}
	}
}

// hostile is what a target might send so that who replays its faults runs its commands.
const hostile = "'; touch pwned; '\n$(touch pwned)\n`touch pwned`\" + panic(1) + \"\x1b[2J\u202e\x00\n### x\nimport \"os\"\n*/ func init() {}"

func TestAHostileReportDoesNothing(t *testing.T) {
	x := exchange("POST", "/Users/"+hostile, `{"id":"`+hostile+`"}`, 400, `{}`)
	x.RequestHeader["X-Odd"] = []string{hostile}
	r := finding(hostile, hostile, exchange("POST", "/Users", hostile, 201, `{"id":"abc"}`), x)
	q := &r.Requirements[0]
	q.Title, q.Level = hostile, hostile
	q.Examples[0].Message, q.Examples[0].Name, q.Examples[0].Profile = hostile, hostile, report.DefaultProfile
	r.Tool.Version = hostile
	p := planned(t, r)
	for form, write := range map[string]func(io.Writer) error{"curl": p.WriteCurl, "http": p.WriteHTTP, "go": p.WriteGo} {
		script := written(t, write)
		if strings.ContainsFunc(script, func(r rune) bool { return r != '\n' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Cf) }) {
			t.Errorf("%s: a control character came through in %q", form, script)
		}
		switch form {
		case "go":
			if file, err := parser.ParseFile(token.NewFileSet(), "x.go", script, 0); err != nil || len(file.Imports) != 11 {
				t.Errorf("it is another program: %v\n%s", err, script)
			}
		case "curl":
			runHarmlessly(t, script)
		}
	}
}

// runHarmlessly runs a script with a curl that does nothing, and looks for what a
// command of the target's would have left.
func runHarmlessly(t *testing.T, script string) {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	cmd := exec.CommandContext(t.Context(), sh, "-c", "curl() { echo 200; }; jq() { echo x; }\n"+script+"\n:")
	cmd.Dir = t.TempDir()
	cmd.Env = append(cmd.Environ(), "SCIM_TOKEN=t")
	out, _ := cmd.CombinedOutput()
	if !strings.Contains(string(out), "--- request 2") {
		t.Errorf("the script ends early: %s", out)
	}
	listing, err := exec.CommandContext(t.Context(), "ls", cmd.Dir).Output()
	if err != nil || len(listing) > 0 {
		t.Errorf("it left %q, %v", listing, err)
	}
}

// The commands where a finding is told make what they need, and send each request once.
func TestTheShortRepeatMakesWhatItNeeds(t *testing.T) {
	made := exchange("POST", "/Users", `{"userName":"sduo-1f3a9c2e-1"}`, 201, `{"id":"abc-123"}`)
	read := exchange("GET", "/Users/abc-123", "", 404, "")
	short := func(all ...*wire.Exchange) string {
		r := finding("200", "404", all...)
		return strings.Join(Short(report.Findings(r)[0], r.Target), "\n")
	}
	const want = `value1=$(curl -s -X 'POST' 'https://example.com/scim/v2/Users' -H "Authorization: Bearer $SCIM_TOKEN" --data-raw '{"userName":"sduo-1f3a9c2e-1"}' | jq -r '.id')
curl -i 'https://example.com/scim/v2/Users/'"$value1" -H "Authorization: Bearer $SCIM_TOKEN"
# what this creates: simulate-duo sweep --target 'https://example.com/scim/v2' --mark sduo-1f3a9c2e removes it`
	if got := short(made, read); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	lookup := exchange("GET", "/Users?filter=userName%20eq%20%22sduo-1f3a9c2e-7%22", "", 404, "")
	if got := short(lookup); !strings.Contains(got, "# what it looks for was made by the run and is gone") {
		t.Error(got)
	}
}
